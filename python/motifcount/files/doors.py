"""Where users come in: from Python or from the command line, and how arguments are called there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


def as_argument(name: str, value: object = ...) -> str:
    """Name an argument, with a value, as in Python."""
    return f"{name}=" if value is ... else f"{name}={value!r}"


class Door(NamedTuple):
    """Where a user came in: how arguments of :func:`motifcount.read_graph` are called there.

    Attributes
    ----------
    say
        Names an argument, with a value or without.
    in_python
        Whether arguments are those of Python, where columns are counted from 0, and not options of the command line,
        where they are counted from 1.
    """

    say: Callable[..., str]
    in_python: bool


PYTHON = Door(as_argument, in_python=True)
