"""What a user says about a file, checked once, and how errors name it: as a Python argument or an option."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from motifcount._support import arguments
from motifcount.files.doors import PYTHON, Door
from motifcount.inputs.kinds import SIGN

Column = str | int

TABLES = ("edges", "matrix", "sif")
"""Formats that any table of text may be said to have."""


@dataclass(frozen=True)
class Options:
    """What was said about a file; None says nothing."""

    format: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    columns: tuple[Column, Column] | None = None
    weight: Column | None = None
    kinds: Column | None = None
    kind_of: Mapping[Any, Any] | None = None  # of the values of that column; edges of None are left out
    threshold: float | None = None
    fill: float | None = None  # what an empty cell of a matrix stands for
    undirected: bool | None = None
    order: tuple[str, ...] | None = None
    layer_columns: tuple[Column, Column] | None = None  # of sources and targets
    bias: bool = False
    weights: bool | None = None  # whether edges keep them
    errors: bool | None = None
    node_threshold: float | None = None
    edge_threshold: float | None = None
    known_delimiter: str | None = None  # where the reader knows it, and the user says nothing
    is_frame: bool = False  # whether the table never was a text
    door: Door = PYTHON

    def given(self, *names: str) -> list[str]:
        """Return which of these were given."""
        return [name for name in names if getattr(self, name) is not None]

    @property
    def asks_signs(self) -> bool:
        """Whether kinds are the signs of weights; a table of values belongs to a column, whatever it is called."""
        return self.kinds == SIGN and self.kind_of is None

    @property
    def kind_column(self) -> Column | None:
        """The column of kinds, None where there is none or they are the signs of weights."""
        return None if self.asks_signs else self.kinds

    def said_kinds(self) -> str:
        """Return `kinds` as the user says it."""
        return self.say("kinds", self.kinds if self.kind_of is None else {self.kinds: dict(self.kind_of)})

    def say(self, name: str, value: Any = ...) -> str:
        """Name an argument, with a value, as the user says it."""
        return self.door.say(name, value)

    @property
    def counted_from(self) -> int:
        """What the user calls the first column."""
        return 0 if self.door.in_python else 1

    def called(self, *columns: int) -> str:
        """Name columns by their positions, as the user counts."""
        *others, last = [str(column + self.counted_from) for column in columns]
        return f"columns {', '.join(others)} and {last}" if others else f"column {last}"

    def behind(self, n: int) -> Options:
        """Return the options for a table without its first `n` columns, which name columns as those of the whole."""

        def say(name: str, value: Any = ...) -> str:
            if name in ("columns", "weight", "kinds"):
                value = tuple(k + n for k in value) if isinstance(value, tuple) else value
                value = value + n if isinstance(value, int) else value
            return self.say(name, value)

        weight, kinds = (k - n if isinstance(k, int) else k for k in (self.weight, self.kinds))
        return replace(self, door=self.door._replace(say=say), weight=weight, kinds=kinds)

    def named_columns(self) -> list[str]:
        """Return the columns that are chosen by name: there is a header if any is."""
        chosen = [*(self.columns or ()), self.weight, self.kind_column, *(self.layer_columns or ())]
        return [column for column in chosen if isinstance(column, str)]


def checked(given: Mapping[str, Any], door: Door = PYTHON) -> Options:
    """Return the options that are given, by name, each of the right kind.

    Raises
    ------
    TypeError, ValueError
        If there is no such option, one is of another kind, or two do not go together.
    """
    for name in given:
        if name not in _CHECKS:
            raise TypeError(f"{name} must not be given: the options are {', '.join(_CHECKS)}")
    given, kind_of = _table_apart(given)
    told = {name: value for name, value in given.items() if value is not None or name == "bias"}
    options = Options(
        door=door, kind_of=kind_of, **{name: _checked(name, value, door.say) for name, value in told.items()}
    )
    for name in ("weight", "kinds"):
        if options.columns is not None and getattr(options, name) in options.columns:
            said = options.say(name).rstrip("=")
            raise ValueError(f"{said} must be another column than the two of columns, not {getattr(options, name)!r}")
    return options


def _checked(name: str, value: Any, say: Callable[..., str]) -> Any:
    """Return an option of the right kind; errors name it as the user does."""
    try:
        return _CHECKS[name](value)
    except (TypeError, ValueError) as error:
        raise type(error)(str(error).replace(f"{name} must", f"{say(name).rstrip('=')} must", 1)) from None


def _table_apart(given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[Any, Any] | None]:
    """Take the column of kinds and the table of its values, if there is one, apart."""
    kinds = given.get("kinds")
    if not isinstance(kinds, Mapping):
        return given, None
    if len(kinds) != 1:
        raise ValueError(f"kinds must be a column, or one column with a table of its values, not {len(kinds)} columns")
    ((column, table),) = kinds.items()
    if not isinstance(table, Mapping):
        raise TypeError(f"kinds must lead from a column to a table of its values, not to {arguments.shown(table)}")
    return {**given, "kinds": column}, table


def _format(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"format must be a format's name or None, not {arguments.shown(value)}")
    return value.lower().removeprefix(".")


_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "blank": " ", "space": " ", "pipe": "|"}


def _delimiter(value: Any) -> str:
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
    found = [] if isinstance(value, _UNORDERED) else arguments.sequence(name, value, "names of layers")
    if not found or not all(isinstance(item, str) for item in found):
        raise TypeError(f"{name} must be a list of names of layers, not {arguments.shown(value)}")
    return tuple(found)


def _share(name: str, value: Any) -> float:
    return arguments.number(name, value, "a number from 0 to 1", lambda share: 0 <= share <= 1)


_UNORDERED = (str, bytes, Mapping, Set)
"""What is no list, or has no order."""


def _pair(columns: Any) -> tuple[Column, Column]:
    if isinstance(columns, _UNORDERED) or not hasattr(columns, "__len__") or len(columns) != 2:
        wanted = "columns must be the columns of source and target, two names or two positions from 0"
        raise TypeError(f"{wanted}, not {arguments.shown(columns)}")
    first, second = (_column("columns", column) for column in columns)
    if first == second:
        raise ValueError(f"columns must be two different columns, not {first!r} twice")
    return first, second


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "format": _format,
    "delimiter": _delimiter,
    "header": lambda value: arguments.flag("header", value),
    "columns": _pair,
    "weight": lambda value: _column("weight", value),
    "kinds": lambda value: _column("kinds", value),
    "threshold": lambda value: arguments.number("threshold", value, "a finite number", math.isfinite),
    "fill": lambda value: arguments.number("fill", value, "a finite number", math.isfinite),
    "undirected": lambda value: arguments.flag("undirected", value),
    "order": lambda value: _words("order", value),
    "errors": lambda value: arguments.flag("errors", value),
    "node_threshold": lambda value: _share("node_threshold", value),
    "edge_threshold": lambda value: _share("edge_threshold", value),
    "weights": lambda value: arguments.flag("weights", value),
    "bias": lambda value: arguments.flag("bias", value),
}

_ATTRIBUTION_ONLY = ("errors", "node_threshold", "edge_threshold")

_SAYS_NOTHING: dict[str, tuple[str, ...]] = {
    "table": ("order", *_ATTRIBUTION_ONLY),
    "frame": ("delimiter", "order", *_ATTRIBUTION_ONLY),
    "sif": ("header", "columns", "weight", "fill", "order", *_ATTRIBUTION_ONLY),
    "attributes": ("delimiter", "header", "columns", "fill", "order"),
    "matrix": ("delimiter", "header", "columns", "weight", "order", *_ATTRIBUTION_ONLY),
    "graph": ("delimiter", "header", "columns", "weight", "fill", "order", *_ATTRIBUTION_ONLY),
    "weights": (
        *("delimiter", "header", "columns", "weight", "weights", "kinds", "threshold", "fill", "undirected"),
        *_ATTRIBUTION_ONLY,
    ),
    "plain": _ATTRIBUTION_ONLY,
}


def refuse_unused(options: Options, kind: str) -> None:
    """Refuse options that say nothing about a format of this kind.

    A kind is "table", "frame", "sif", "attributes" (graphs whose edges have some), "plain" (of these, all but
    attribution graphs), "matrix", "graph" (others) or "weights".
    """
    for name in options.given(*_SAYS_NOTHING[kind]):
        raise ValueError(f"{options.say(name, getattr(options, name))} says nothing about this format; leave it out")
    if options.bias and kind != "weights":
        must = "bias must be False" if options.door.in_python else "--bias must be left out"
        raise ValueError(f"{must} for this format, which holds none{'; not True' if options.door.in_python else ''}")
