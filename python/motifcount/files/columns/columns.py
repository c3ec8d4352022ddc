"""The columns of an edge table: which hold what, and how they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from motifcount.files.options import Column, Options

Row = Sequence[str]
"""The fields of a line."""


@dataclass(frozen=True)
class Columns:
    """The columns of an edge table by position, and what the first line is."""

    source: int
    target: int
    n_columns: int
    header: bool | None  # None: to be told by the labels below
    names: tuple[str, ...] = ()  # of all columns, where the first line may be a header
    is_named: bool = False  # the names say which columns hold the ends, or the user did
    weight: int | None = None
    relation: int | None = None
    direction: int | None = None  # says which edges have none, as Gephi's Type
    kinds: int | None = None  # where the user says so
    layers: tuple[int, int] | None = None  # of sources and targets, where the user says so
    counted_from: int = 0  # what the user calls the first column
    tallied: tuple[int, ...] = ()  # columns of numbers that are not used
    notes: tuple[str, ...] = field(default=())

    def name(self, column: int) -> str:
        """Return the name of a column, "" if it has none."""
        return self.names[column] if self.header is not False and column < len(self.names) else ""

    def called(self, column: int) -> str:
        """Name a column as people do."""
        return repr(self.name(column)) if self.name(column) else f"column {column + self.counted_from}"

    def is_unique(self, column: int) -> bool:
        """Tell whether a column has a name that no other has."""
        return self.name(column) != "" and self.names.count(self.name(column)) == 1

    def ends_as_named(self) -> tuple[Column, Column]:
        """Return the columns of source and target as a user would name them."""
        ends = self.source, self.target
        return (self.name(ends[0]), self.name(ends[1])) if all(map(self.is_unique, ends)) else ends

    def unused(self) -> list[int]:
        """Return the columns that no role was found for."""
        used = {self.source, self.target, self.weight, self.relation, self.direction, self.kinds, *(self.layers or ())}
        return [k for k in range(self.n_columns) if k not in used]


def refuse_numbers(columns: Columns, options: Options) -> None:
    """Refuse a column chosen by position where the header calls another one by the number that the user gives.

    Raises
    ------
    ValueError
        With the name by which the column is chosen beyond doubt.
    """
    if not columns.header or not columns.names:
        return
    single = {name: getattr(options, name) for name in ("weight", "kinds")}
    chosen: dict[str, tuple[Column, ...]] = {name: (column,) for name, column in single.items() if column is not None}
    chosen |= {"columns": options.columns or (), "layers": options.layer_columns or ()}
    for name, said in chosen.items():
        named = [_called_by(column, columns, options) for column in said]
        if None in named or tuple(named) == said:
            continue
        words = [
            tuple(columns.names[k] if isinstance(k, int) else k for k in some if k is not None)
            for some in (said, named)
        ]
        ways = " or ".join(options.say(name, some[0] if len(some) == 1 else some) for some in words)
        whole = options.say(name, said[0] if len(said) == 1 else said)
        raise ValueError(f"{whole} may say positions of columns, or names that other columns have; say {ways}")


def _called_by(column: Column, columns: Columns, options: Options) -> Column | None:
    """Return the column whose name is the number by which the user says a position, if there is one."""
    if isinstance(column, str):
        return column
    number = str(column + options.counted_from)
    return columns.names.index(number) if number in columns.names else None


def position(column: Column, name: str, first: Sequence[str], n: int, options: Options) -> int:
    """Return the position of a column that the user named."""
    if isinstance(column, int):
        if column >= n:
            raise ValueError(f"{options.say(name, column)}: the table has {n} columns")
        return column
    if options.header is False:
        raise ValueError(f"{options.say('header', False)}: without a header, columns are chosen by position")
    plain = [word.strip().lstrip("#% ").lower() for word in first]
    exact = [k for k, word in enumerate(first) if word.strip() == column]
    found = exact or [k for k, word in enumerate(plain) if word == column.strip().lower()]
    if len(found) != 1 and column.strip().isdigit() and first and not found:
        raise ValueError(
            f"{options.say(name, column)}: no column has this name; positions are numbers, as "
            f"{options.say(name, max(0, int(column) - options.counted_from))}"
        )
    if len(found) != 1:
        listed = f"is {', '.join(first)[:200]}" if first else "counts nodes and edges; choose columns by position"
        raise ValueError(
            f"{options.say(name, column)}: {'several columns have' if found else 'no column has'} this name; the first "
            f"line {listed}"
        )
    return found[0]
