"""Values by motif class: immutable mappings that know the aliases of the names."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.motifs.classes import ALIASES, CLASSES, LAYERED_TETRADS

K = TypeVar("K")
T = TypeVar("T")


class Frozen(Mapping[K, T], Generic[K, T]):
    """An immutable mapping that can be pickled."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[K, T]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: K) -> T:
        return self._values[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(self._values)


_TETRADS = frozenset(CLASSES[4])
_LONGEST_LIST = 40  # of names, in an error


class ByClass(Frozen[str, T], Generic[T]):
    """An immutable mapping from motif class to value, in class order; looks up aliases too.

    Of size 4 a strictly layered graph has the values of :data:`LAYERED_TETRADS`; the other classes, which it cannot
    hold, have the value `impossible`.
    """

    __slots__ = ("_impossible",)

    def __init__(self, values: Mapping[str, T], impossible: T | None = None) -> None:
        super().__init__(values)
        self._impossible = impossible

    def __getitem__(self, name: str) -> T:
        try:
            name = ALIASES.get(name, name)
            if self._impossible is not None and name not in self._values and self._rules_out(name):
                return self._value_of_impossible(name)
            return self._values[name]
        except (KeyError, TypeError, ValueError):
            hint = arguments.suggestion(name, [*self._values, *ALIASES])
            known = list(self._values)
            more = f", … ({len(known)} in all)" if len(known) > _LONGEST_LIST else ""
            wanted = f"name must be one of the classes {', '.join(known[:_LONGEST_LIST])}{more}"
            raise KeyError(f"{wanted}, not {arguments.shown(name)}{hint}") from None

    def __contains__(self, name: object) -> bool:
        """Whether a class is listed, by name or alias."""
        return isinstance(name, str) and ALIASES.get(name, name) in self._values

    def _value_of_impossible(self, name: str) -> T:
        assert self._impossible is not None
        return self._impossible

    def _rules_out(self, name: str) -> bool:
        return LAYERED_TETRADS[0] in self._values and name in _TETRADS

    def select(self, names: Iterable[str]) -> Self:
        """Return the values of some classes only, in the order given.

        Raises
        ------
        KeyError
            If one of the names is of no class that is listed.
        TypeError, ValueError
            If `names` are no list of names, or empty.
        """
        values = {name: self._values[name] for name in self._chosen(names)}
        return type(self)(values, self._impossible if len(values) == len(self) else None)

    def _chosen(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names, checked, without aliases, each once."""
        wanted = arguments.sequence("names", names, "names of classes")
        if not wanted:
            raise ValueError("names must hold at least one class, not be empty")
        for name in wanted:
            if name not in self:
                known = "classes that were counted and that the graph can hold"
                raise KeyError(f"names must be of {known}, not {arguments.shown(name)}")
        return tuple(dict.fromkeys(ALIASES.get(name, name) for name in wanted))

    def to_numpy(self) -> npt.NDArray[Any]:
        """Return the values in class order; Python ints in an object array where int64 cannot hold them."""
        values = list(self._values.values())
        if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in values):
            return np.array(values, dtype=object)
        return np.array(values)

    def __repr__(self) -> str:
        shown = occurring(self._values)
        width = max(map(len, shown), default=0)
        lines = [f"  {name:<{width}}  {_cell(value)}" for name, value in shown.items()]
        if n_more := len(self._values) - len(shown):
            lines.append(f"  … and {n_more} more classes, with 0")
        return "\n".join((f"{type(self).__name__}(", *lines, ")"))


def ranked(names: Iterable[str], value: Callable[[str], float], *, smallest_first: bool = False) -> list[str]:
    """Return names by the absolute value of each, the largest first unless told; those without one (NaN) come last."""
    sign = 1 if smallest_first else -1
    names = list(names)
    size = {name: abs(value(name)) for name in names}
    return sorted(names, key=lambda name: (math.isnan(size[name]), sign * size[name]))


def occurring(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values without those of tetrads that are 0, where there are all 199 of these."""
    if not _TETRADS.issubset(values):
        return values
    return {name: value for name, value in values.items() if name not in _TETRADS or np.any(value)}


def _cell(value: object) -> str:
    if isinstance(value, np.ndarray):
        value = np.array2string(value, threshold=6)
    return f"{value:>20,}" if isinstance(value, int) else f"{value!s:>20}"
