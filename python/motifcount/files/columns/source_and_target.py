"""Which columns of a table hold sources and targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motifcount.files.columns.columns import Columns, Row, position
from motifcount.files.columns.first_line import counted, filled_up, is_counted, refuse_first_line
from motifcount.files.columns.other_columns import with_extras
from motifcount.files.columns.unused import are_numbers
from motifcount.files.columns.without_names import ends_of, kinds_of
from motifcount.files.options import Options
from motifcount.files.words import named_ends, names
from motifcount.files.words.labels import is_number

_MAY_BE_ENDS = (None, "source", "target", "source?", "target?")


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
        _refuse_numbers_as_names(first, head, options)
        options = replace(options, header=True)
    if n < 2 and options.delimiter is not None:
        given = options.say("delimiter", options.delimiter)
        raise ValueError(
            f"{' '.join(head[-1])[:60]!r} must hold a source and a target, and {given} divides nothing there; leave it "
            "out, or name another mark"
        )
    if n < 2 and options.known_delimiter is not None:
        way = ", or an index that reset_index() makes one" if options.is_frame else ""
        raise ValueError(f"{' '.join(head[-1])[:60]!r} stands alone: sources and targets must have a column each{way}")
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
        return with_extras(_chosen(first, n, head, options), first, head, options)
    found = None
    if options.header is not False and first:
        try:
            found = named_ends.ends(first)
        except ValueError as error:
            example = _example(first, head, options) or options.say("columns", (0, 1))
            raise ValueError(f"{error}; say which, as {example}") from None
    numbers = all(map(is_number, first))
    if options.header is None and (_is_numbered_header(first, head, n) or _names_numbers(first, head, n)):
        options = replace(options, header=True)
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
    return with_extras(columns, first, head, options)


def _refuse_numbers_as_names(first: Sequence[str], head: Sequence[Row], options: Options) -> None:
    """Refuse numbers as names of columns where other numbers are below: the first line may be a row like those."""
    for name in options.named_columns():
        below = (
            [row[first.index(name)] for row in head[1:]]
            if len(first) == len(head[-1]) and is_number(name) and name in first
            else []
        )
        if below and all(map(is_number, below)):
            raise ValueError(
                f"the first line, {' '.join(first)[:60]!r}, may be names of columns or a row like those below; if "
                f"names, say {options.say('header', True)}; if {name} is a position, give a number, as "
                f"{options.say('columns', (0, 1))}"
            )


def _chosen(first: Sequence[str], n: int, head: Sequence[Row], options: Options) -> Columns:
    assert options.columns is not None
    source, target = (position(column, "columns", first, n, options) for column in options.columns)
    if source == target:
        raise ValueError(f"{options.say('columns', options.columns)} are one column")
    header = options.header
    if header is None and (_differs_in_kind(first, head, n) or _is_numbered_header(first, head, n)):
        header = True
    return Columns(source, target, n, header, tuple(first), is_named=True)


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


def _names_numbers(first: Sequence[str], head: Sequence[Row], n: int) -> bool:
    """Tell whether a name such as "weight" stands above numbers: no edge has it, whatever the other names are."""
    if len(first) != n or any(map(is_number, first)):
        return False
    known = [k for k, name in enumerate(first) if names.says_number(name)]
    return any(are_numbers({row[k].strip() for row in head[1:]}) for k in known)


def _is_numbered_header(first: Sequence[str], head: Sequence[Row], n: int) -> bool:
    """Tell whether names of columns are numbers, as pandas gives them, but for one that is known, above numbers."""
    if len(head) < 2 or len(first) != n or not any(map(is_number, first)):
        return False
    kinds = kinds_of(head[1:], n)
    roles = [names.understood(name).role for name in first]
    known = [k for k in range(n) if roles[k] in ("weight", "attribute") and kinds[k] != "word" and len(first[k]) > 1]
    return bool(known) and all(k in known or is_number(name) for k, name in enumerate(first))


def _remaining(first: Sequence[str], head: Sequence[Row], n: int, options: Options) -> Columns:
    """Take the only two columns whose names may be those of ends."""
    known = [names.understood(name) for name in first]
    is_index = [known[k].role == "index" and is_counted([row[k].strip() for row in head[1:]]) for k in range(n)]
    beside = named_ends.beside_one_end(first, [k for k in range(n) if n == 2 or not is_index[k]])
    rest = beside or [k for k, name in enumerate(known) if name.role not in ("weight", "sign", "index", "attribute")]
    if len(rest) == 2:
        a, b = named_ends.oriented(rest[0], rest[1], known)
        kinds = kinds_of(head[1:], n) if len(head) > 1 else ["word"] * n
        rows = [k for k, name in enumerate(known) if name.role == "index" and kinds[k] == "word"]
        if rows and "word" not in (kinds[a], kinds[b]) and known[a].role is known[b].role is None:
            ends = (first[a], first[b])
            raise ValueError(
                f"{ends[0]!r} and {ends[1]!r} may be columns of a matrix or of values, for rows have names such as "
                f"{head[1][rows[0]]!r}; if they hold the ends of edges, say {options.say('columns', ends)}"
            )
        alike = known[a].role != known[b].role or (kinds[a] == "word") == (kinds[b] == "word")
        is_known = n == 2 and (known[a].role is not None or known[b].role is not None or options.header is True)
        are_nodes = not any(map(names.end_of, known)) or kinds[a] == kinds[b] == "word"
        share = are_nodes and {row[a].strip() for row in head[1:]} & {row[b].strip() for row in head[1:]}
        if len(head) > 2 and all(row[a].strip() == row[b].strip() for row in head[1:]):
            raise ValueError(
                f"columns {first[a]!r} and {first[b]!r} hold the same labels, such as {head[1][a].strip()[:60]!r}, and "
                f"no edges between them; name others with {options.say('columns')}"
            )
        if alike and "number" not in (kinds[a], kinds[b]) and (beside or is_known or share):
            return Columns(a, b, n, True, tuple(first), is_named=True)
    if list(first) == ["", *counted(0, n - 1)] and len(head) > 1:  # names that pandas gives, and an index
        source, target, relation = ends_of([row[1:] for row in head[1:]], n - 1, options.behind(1))
        relation = None if relation is None else relation + 1
        return Columns(source + 1, target + 1, n, True, tuple(first), relation=relation)
    if "SUID" in first:
        raise ValueError(
            "the columns are those of a table of Cytoscape, which has no ends of edges; export the network, as .sif or "
            f".graphml; if two columns hold ends, name them with {options.say('columns')}"
        )
    raise ValueError(
        f"none of the columns {', '.join(map(repr, first))[:200]} is known to hold sources and targets; "
        f"name them with {_example(first, head, options) or options.say('columns')}"
    )


def _example(first: Sequence[str], head: Sequence[Row], options: Options) -> str:
    """Return how to name two columns that may hold ends: named alike, or of unique names and values that vary.

    A column whose name says an end goes first, and beside it one that says node.
    """
    found = named_ends.twins(first)
    known = [names.understood(name) for name in first]
    if found is None:
        likely = []
        for k, name in enumerate(known):
            values = [row[k].strip() for row in head[1:]]
            is_one_end, is_node = names.end_of(name) is not None, named_ends.says_id(first[k])
            varies = not is_counted(values) and (len({*values}) > 1 or len(values) < 2)
            may_be_end = name.role in _MAY_BE_ENDS or not any(map(str.isalnum, first[k]))
            is_plain = list(first).count(first[k]) == 1 and "" not in {first[k], *values} and name.word != "n"
            if is_plain and (is_node or (may_be_end and varies)):
                likely.append((not is_one_end, not is_node, k))
        if len(likely) < 2:
            return ""
        is_one_end = not min(likely)[0]
        chosen = sorted(likely)[:2] if is_one_end else sorted(likely, key=lambda found: found[2])[:2]
        left, right = sorted(k for _, _, k in chosen)
        found = named_ends.oriented(left, right, known)
    return options.say("columns", (first[found[0]], first[found[1]]))
