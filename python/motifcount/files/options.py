"""What a user says about a file, checked once, and how errors name it: as a Python argument or an option."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motifcount._support import arguments

Column = str | int

TABLES = ("edges", "matrix", "sif")
"""Formats that any table of text may be said to have."""

_TABLE_ONLY = ("delimiter", "header", "columns")


def as_argument(name: str, value: object = ...) -> str:
    """Name an argument, with a value, as in Python."""
    return f"{name}=" if value is ... else f"{name}={value!r}"


@dataclass(frozen=True)
class Options:
    """What was said about a file; None says nothing."""

    format: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    columns: tuple[Column, Column] | None = None
    weight: Column | None = None
    threshold: float | None = None
    undirected: bool | None = None
    order: tuple[str, ...] | None = None
    layer_columns: tuple[Column, Column] | None = None  # of sources and targets
    bias: bool = False
    say: Callable[..., str] = as_argument

    def given(self, *names: str) -> list[str]:
        """Return which of these were given."""
        return [name for name in names if getattr(self, name) is not None]


def checked(
    *,
    format: Any,  # noqa: A002
    delimiter: Any,
    header: Any,
    columns: Any,
    weight: Any,
    threshold: Any,
    undirected: Any,
    order: Any,
    bias: Any,
    say: Callable[..., str] = as_argument,
) -> Options:
    """Return the options, each of the right kind.

    Raises
    ------
    TypeError, ValueError
        If one is of another kind, or two do not go together.
    """
    if format is not None and not isinstance(format, str):
        raise TypeError(f"format must be a format's name or None, not {arguments.shown(format)}")
    options = Options(
        format=None if format is None else format.lower().removeprefix("."),
        delimiter=_delimiter(delimiter),
        header=None if header is None else arguments.flag("header", header),
        columns=_pair(columns),
        weight=None if weight is None else _column("weight", weight),
        threshold=None
        if threshold is None
        else arguments.number("threshold", threshold, "a finite number", math.isfinite),
        undirected=None if undirected is None else arguments.flag("undirected", undirected),
        order=None if order is None else _words("order", order),
        bias=arguments.flag("bias", bias),
        say=say,
    )
    if options.columns is not None and options.weight in options.columns:
        raise ValueError(f"weight must be another column than the two of columns, not {options.weight!r}")
    return options


_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "blank": " ", "space": " ", "pipe": "|"}


def _delimiter(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'delimiter must be a str such as ",", "\\t" or " " (any blanks), not {arguments.shown(value)}')
    delimiter = _NAMED_DELIMITERS.get(value, value)
    if not delimiter or any(mark in delimiter for mark in '"\r\n\0') or len(delimiter) > 10 or delimiter.isalnum():
        raise ValueError(
            f'delimiter must be marks such as ",", "\\t" or " " (any blanks), not {arguments.shown(value)}'
        )
    return delimiter


def _column(name: str, value: Any) -> Column:
    if isinstance(value, str):
        return value
    return arguments.integer(name, value, 0)


def _words(name: str, value: Any) -> tuple[str, ...]:
    found = arguments.sequence(name, value, "names of layers")
    if not found or not all(isinstance(item, str) for item in found):
        raise TypeError(f"{name} must be a list of names of layers, not {arguments.shown(value)}")
    return tuple(found)


def _pair(columns: Any) -> tuple[Column, Column] | None:
    if columns is None:
        return None
    if isinstance(columns, (str, bytes)) or not hasattr(columns, "__len__") or len(columns) != 2:
        wanted = "columns must be the columns of source and target, two names or two positions from 0"
        raise TypeError(f"{wanted}, not {arguments.shown(columns)}")
    first, second = (_column("columns", column) for column in columns)
    if first == second:
        raise ValueError(f"columns must be two different columns, not {first!r} twice")
    return first, second


_SAYS_NOTHING = {
    "table": ("order",),
    "sif": ("header", "columns", "weight", "order"),
    "attributes": ("delimiter", "header", "columns", "order"),
    "graph": ("delimiter", "header", "columns", "weight", "order"),
    "weights": ("delimiter", "header", "columns", "weight", "threshold", "undirected"),
}


def refuse_unused(options: Options, kind: str) -> None:
    """Refuse options that say nothing about a format of this kind.

    A kind is "table", "sif", "attributes" (graphs whose edges have some), "graph" (others) or "weights".
    """
    for name in options.given(*_SAYS_NOTHING[kind]):
        raise ValueError(f"{options.say(name, getattr(options, name))} says nothing about this format; leave it out")
    if options.bias and kind != "weights":
        raise ValueError("bias must be False for this format, which holds none; not True")
