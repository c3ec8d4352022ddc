"""Which columns of a table hold sources, targets, weights and relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from motifcount.files import directions, names
from motifcount.files.first_lines import counted, filled_up, refuse_first_line
from motifcount.files.headerless import Row, ends_of, kinds_of, refuse_unnamed
from motifcount.files.labels import is_number
from motifcount.files.options import Column, Options

_MAY_BE_ENDS = (None, "source", "target", "source?", "target?")


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
    notes: tuple[str, ...] = field(default=())

    def called(self, column: int) -> str:
        """Name a column as people do."""
        named = self.header is not False and column < len(self.names) and self.names[column]
        return repr(self.names[column]) if named else f"column {column + 1}"


def choose(head: Sequence[Row], options: Options, *, rows_are_named: bool = False) -> Columns:
    """Return the columns of an edge table by its first rows, which may begin with names of rows in quotes.

    Raises
    ------
    ValueError
        If there is more than one reading, or the table holds no edges.
    """
    n = len(head[1]) if len(head) > 1 else len(head[0])
    first = [word.strip() for word in head[0]]
    if options.header is None and options.named_columns():
        options = replace(options, header=True)
    if n < 2:
        raise ValueError(
            f"{' '.join(head[-1])[:60]!r} must hold a source and a target; name what divides them, as "
            f"{options.say('delimiter', ',')}"
        )
    if len(first) == n - 1 and options.header is not False and not any(map(is_number, first)):
        first = filled_up(first, head, rows_are_named, options)
        options = replace(options, header=True)
    if len(first) != n:
        if options.columns is None or options.named_columns() or options.header is False:
            refuse_first_line(first, n, options)
        options = replace(options, header=True)
        first = []  # it counts nodes and edges, and names no columns
    if options.columns is not None:
        return _with_extras(_chosen(first, n, head, options), first, head, options)
    found = None
    if options.header is not False and first:
        try:
            found = names.ends(first)
        except ValueError as error:
            example = _example(first, head, options) or options.say("columns", (0, 1))
            raise ValueError(f"{error}; say which, as {example}") from None
    numbers = all(map(is_number, first))
    if found is not None:
        columns = Columns(*found, n, options.header, tuple(first), is_named=True)
    elif options.header is not False and (options.header or _differs_in_kind(first, head, n)) and not numbers:
        columns = _remaining(first, head, n, options)
    else:
        may_be_above = len(head) > 1 and options.header is None and not numbers
        is_above = len(head) > 1 and options.header is True
        rows = head[1:] if may_be_above or is_above else head
        source, target, relation = ends_of(rows, n, options, first if may_be_above else ())
        columns = Columns(source, target, n, options.header, tuple(first), relation=relation)
    return _with_extras(columns, first, head, options)


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
    if len(found) != 1:
        listed = f"is {', '.join(first)[:200]}" if first else "counts nodes and edges; choose columns by position"
        raise ValueError(
            f"{options.say(name, column)}: {'several columns have' if found else 'no column has'} this name; the first "
            f"line {listed}"
        )
    return found[0]


def _chosen(first: Sequence[str], n: int, head: Sequence[Row], options: Options) -> Columns:
    assert options.columns is not None
    source, target = (position(column, "columns", first, n, options) for column in options.columns)
    if source == target:
        raise ValueError(f"{options.say('columns', options.columns)} are one column")
    header = options.header
    if header is None and _differs_in_kind(first, head, n):
        header = True
    return Columns(source, target, n, header, tuple(first), is_named=True)


def _names_say_header(first: Sequence[str]) -> bool:
    try:
        return names.ends(first) is not None
    except ValueError:
        return True


def _differs_in_kind(first: Sequence[str], head: Sequence[Row], n: int) -> bool:
    """Tell whether the first line has words where all lines below have numbers, or an empty name."""
    if len(head) < 2 or len(first) != n:
        return False
    if first[0] == "" and any(first):
        return True
    if any(map(is_number, first)) or {field.strip() for row in head[1:] for field in row} & {*first} - {""}:
        return False
    kinds = kinds_of(head[1:], n)
    return any(kind != "word" and word for kind, word in zip(kinds, first, strict=True))


def _remaining(first: Sequence[str], head: Sequence[Row], n: int, options: Options) -> Columns:
    """Take the only two columns whose names may be those of ends."""
    known = [names.understood(name) for name in first]
    rest = [k for k, name in enumerate(known) if name.role not in ("weight", "sign", "index", "attribute")]
    if len(rest) == 2:
        a, b = rest
        if known[a].role == "target" or known[b].role == "source":
            a, b = b, a
        kinds = kinds_of(head[1:], n) if len(head) > 1 else ["word"] * n
        rows = [k for k, name in enumerate(known) if name.role == "index" and kinds[k] == "word"]
        if rows and "word" not in (kinds[a], kinds[b]) and known[a].role is known[b].role is None:
            ends = (first[a], first[b])
            raise ValueError(
                f"{ends[0]!r} and {ends[1]!r} may be columns of a matrix or of values, for rows have names such as "
                f"{head[1][rows[0]]!r}; if they hold the ends of edges, say {options.say('columns', ends)}"
            )
        alike = known[a].role != known[b].role or (kinds[a] == "word") == (kinds[b] == "word")
        is_known = known[a].role is not None or known[b].role is not None or (n == 2 and options.header is True)
        share = {row[a].strip() for row in head[1:]} & {row[b].strip() for row in head[1:]}
        if len(head) > 2 and all(row[a].strip() == row[b].strip() for row in head[1:]):
            raise ValueError(
                f"columns {first[a]!r} and {first[b]!r} hold the same labels, such as {head[1][a].strip()[:60]!r}, and "
                f"no edges between them; name others with {options.say('columns')}"
            )
        if alike and "number" not in (kinds[a], kinds[b]) and (is_known or share):
            return Columns(a, b, n, True, tuple(first), is_named=True)
    if list(first) == ["", *counted(0, n - 1)] and len(head) > 1:  # names that pandas gives, and an index
        source, target, relation = ends_of([row[1:] for row in head[1:]], n - 1, options)
        relation = None if relation is None else relation + 1
        return Columns(source + 1, target + 1, n, True, tuple(first), relation=relation)
    raise ValueError(
        f"none of the columns {', '.join(map(repr, first))[:200]} is known to hold sources and targets; "
        f"name them with {_example(first, head, options) or options.say('columns')}"
    )


def _example(first: Sequence[str], head: Sequence[Row], options: Options) -> str:
    """Return how to name the first columns that may hold ends: whose names are unique, and values vary."""
    known = [names.understood(name) for name in first]
    found = []
    for k, name in enumerate(first):
        values = [row[k].strip() for row in head[1:]]
        is_plain = values not in (counted(0, len(values)), counted(1, len(values))) and "" not in values
        may_be_end = known[k].role in _MAY_BE_ENDS or not any(map(str.isalnum, name))
        if name and list(first).count(name) == 1 and may_be_end and is_plain:
            found += [name] if len({*values}) > 1 or len(values) < 2 else []
    return options.say("columns", (found[0], found[1])) if len(found) > 1 else ""


def _with_extras(columns: Columns, first: Sequence[str], head: Sequence[Row], options: Options) -> Columns:
    """Add the columns of weight, relation, direction, kinds and layers."""
    ends = (columns.source, columns.target)
    has_names = columns.header is True or (columns.header is None and columns.is_named)
    weight = relation = direction = kinds = None
    notes = columns.notes
    if has_names:
        weight, relation = names.weight(first, ends), names.sign(first, ends)
        if options.columns is None:
            refuse_unnamed(first, head[1:], ends, options)
        direction, told = directions.said(first, head, ends, options)
        notes += told
    if options.weight is not None:
        weight = position(options.weight, "weight", first, columns.n_columns, options)
        if weight in ends:
            raise ValueError(f"{options.say('weight', options.weight)} is a column of ends")
    if options.kind_column is not None:
        kinds = position(options.kind_column, "kinds", first, columns.n_columns, options)
        if kinds in ends:
            raise ValueError(f"{options.say('kinds', options.kinds)} is a column of ends")
    if options.threshold is not None and weight is None:
        _refuse_weights(first, head, (*ends, kinds), columns.n_columns, options)
    layers = None
    if options.layer_columns is not None:
        sources, targets = (
            position(name, "layers", first, columns.n_columns, options) for name in options.layer_columns
        )
        layers = sources, targets
    relation = relation if columns.relation is None else columns.relation
    relation = None if relation == kinds else relation
    return replace(
        columns, weight=weight, relation=relation, direction=direction, kinds=kinds, layers=layers, notes=notes
    )


def _refuse_weights(
    first: Sequence[str], head: Sequence[Row], taken: Sequence[int | None], n: int, options: Options
) -> None:
    """Refuse a threshold where a column of numbers may hold the weights that it is for."""
    kinds = kinds_of(head[1:], n) if len(head) > 1 else []
    for k, kind in enumerate(kinds):
        values = [row[k].strip() for row in head[1:]]
        if (
            k in taken
            or kind == "word"
            or not any(values)
            or values in (counted(0, len(values)), counted(1, len(values)))
        ):
            continue
        has_name = len(first) == n and first[k] and not is_number(first[k])
        raise ValueError(
            f"{options.say('threshold', options.threshold)} is for weights, and column {k + 1} may hold them: say "
            f"{options.say('weight', first[k] if has_name else k)}, or leave the column out, to count lines"
        )
