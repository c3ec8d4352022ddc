"""Which classes a table shows, and in which order: options of every command that prints classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import click

from motifcount.cli.options import combined
from motifcount.motifs.by_class import ranked
from motifcount.motifs.classes import chosen_class


def selection(measure: str, largest: str) -> Callable[[Any], Any]:
    """Return the options of a :class:`Selection` by `measure`; `largest` says in words what is largest."""
    return combined(
        click.option("--classes", metavar="A,B,…", help="Show these classes only."),
        click.option(
            "--sort",
            type=click.Choice(["class", measure]),
            help=f"Order of the table: that of the classes, or by {measure}, the largest first.",
        ),
        click.option("--top", type=click.IntRange(1), metavar="K", help=f"Show the K classes of largest {largest}."),
    )


@dataclass(frozen=True)
class Selection:
    """What was said about the classes that a table shows."""

    classes: str | None
    sort: str | None
    top: int | None

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Self:
        """Take the options of :func:`selection` out of all that were given."""
        return cls(given.pop("classes"), given.pop("sort"), given.pop("top"))

    def of(self, known: Sequence[str], shown: Sequence[str], measure: Callable[[str], float]) -> list[str]:
        """Return the classes to show, in their order: those that are named, of all `known`, or else those `shown`.

        Raises
        ------
        ValueError
            If a class is none of those `known`.
        """
        names = list(shown)
        if self.classes is not None:
            chosen = (chosen_class("--classes", word.strip(), known) for word in self.classes.split(","))
            names = list(dict.fromkeys(chosen))  # a class has several names
        elif self.sort == "class":
            names = [name for name in known if name in set(shown)]
        largest = ranked(names, measure)[: self.top]
        return [name for name in names if name in set(largest)] if self.sort in (None, "class") else largest

    @property
    def is_given(self) -> bool:
        """Whether some of the classes were chosen."""
        return self.classes is not None or self.top is not None
