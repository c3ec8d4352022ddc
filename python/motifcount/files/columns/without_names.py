"""Which columns hold the ends of edges where no names say it: by kinds of words, shared labels and known relations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from motifcount.files.columns import leading_numbers
from motifcount.files.columns.columns import Row
from motifcount.files.columns.leading_numbers import FEW, Kind
from motifcount.files.options import Options
from motifcount.files.words.labels import is_integer, is_number
from motifcount.files.words.relations import BACKWARDS, RELATIONS, UNDIRECTED

_ARROW = re.compile(r"[<|]?[-=–—]+[>|]|[<|][-=–—]+|→|⊣|←")
Ends = tuple[int, int, int | None]
"""The columns of source, target and relation."""


def kinds_of(rows: Sequence[Row], n: int) -> list[Kind]:
    """Return what each column holds: integers, numbers, or other words too."""
    found: list[Kind] = []
    for k in range(n):
        words = {row[k].strip() for row in rows} - {""}
        found.append("integer" if all(map(is_integer, words)) else "number" if all(map(is_number, words)) else "word")
    return found


def ends_of(rows: Sequence[Row], n: int, options: Options, first: Sequence[str] = ()) -> Ends:
    """Return the columns of source, target and, if there is one, relation, of a table without names.

    `first` is a line above the rows that may be one of them.

    Raises
    ------
    ValueError
        If there is more than one reading.
    """
    every = [*filter(None, [first]), *rows]
    while n > 2 and all(row[n - 1].strip() == "" for row in every):  # a delimiter ends every line
        n -= 1
    if n == 2:
        return 0, 1, None
    if n > 2 and all(row[1].strip()[:1] == "(" and row[n - 2].strip()[-1:] == ")" for row in every):
        return 0, n - 1, 1
    _refuse_neighbours([*rows, *filter(None, [first])], options)
    kinds = kinds_of(rows, n)
    values = [{row[k].strip() for row in (*rows, *filter(None, [first]))} for k in range(n)]
    if cut := [k for k in range(2, n) if "" in values[k] and len(values[k]) > 1]:
        what = f"{options.called(cut[0])} is empty in some lines (a list of neighbours?)"
        raise ValueError(f"{what}; if the first two hold the edges, say {options.say('columns', (0, 1))}")
    if "word" in kinds[:2]:  # a label that is an integer leaves its column one of words
        labels = values[0] | values[1]
        kinds[2:] = ["word" if first and first[k] in labels else kinds[k] for k in range(2, n)]
    relation = next((k for k in range(min(n, 3)) if {v.lower() for v in values[k]} <= RELATIONS), None)
    chain = [k for k in range(n) if all(map(_ARROW.fullmatch, values[k]))]
    if len(chain) > 1:
        raise ValueError(
            f"{options.called(*chain)} hold arrows such as {min(values[chain[0]])!r}: chains "
            "of nodes; write one source and one target a line"
        )
    for k in range(n):
        _refuse_marks(k, values[k], n, options)
    if relation is not None:
        source, target = [k for k in range(3) if k != relation]
        kinds = kinds_of([*rows, *filter(None, [first])], n)  # the first line has a relation too
        if relation == 0 or kinds[source] != kinds[target] or values[relation] & (values[source] | values[target]):
            what = f"{options.called(relation)} may hold nodes, or relations such as {min(values[relation])!r}"
            raise _unclear(what, kinds, options)
        _refuse_further_targets(values, kinds, len(rows), options)
        return source, target, relation
    if kinds[0] == "word" and kinds[1] == "word":
        return _among_words(values, kinds, len(rows), n, options)
    if kinds[0] == "integer" and kinds[1] == "integer":
        if any(map(is_number, first)) and not all(map(is_integer, first[:2])):
            raise _unclear(f"{options.called(0, 1)} hold integers, but for the first line", kinds, options)
        every = [*filter(None, [first]), *rows]
        _refuse_rectangle(every, kinds, options)
        numbered = every if first and is_integer(first[0]) else rows
        if doubt := leading_numbers.doubt(numbered, values, kinds, n, options):
            raise _unclear(doubt, kinds, options)
        return 0, 1, None
    held = f"{_plural(kinds[0])}, {_plural(kinds[1])} and {_plural(kinds[2])}"
    raise _unclear(f"{options.called(0, 1, 2)} hold {held}", kinds, options)


def _refuse_marks(column: int, values: set[str], n: int, options: Options) -> None:
    """Refuse a column of marks by which edges lead backward or have no direction, beside the ends."""
    words = {value.lower() for value in values}
    marks = words & (UNDIRECTED | BACKWARDS)
    dash = words == {"-"}
    if not marks and not dash:
        return
    source, target = [k for k in range(n) if k != column][:2]
    if 0 < column < n - 1:
        source, target = column - 1, column + 1
    what = f"{options.called(column)} holds {min(marks, default='-')!r}"
    as_written = options.say("columns", (source, target))
    both = f"{as_written}, {options.say('undirected', True)}"
    if dash:
        raise ValueError(f"{what} alone: edges of no direction ({both}), or edges that inhibit ({as_written})")
    if words <= BACKWARDS:
        raise ValueError(
            f"{what}: edges lead to {options.called(source)}; say {options.say('columns', (target, source))}"
        )
    if words <= UNDIRECTED:
        raise ValueError(f"{what}: edges of no direction; {both} takes them both ways")
    others = min(words - marks, default=max(marks))
    raise ValueError(
        f"{what} beside {others!r}; write every edge from its source to its target, and one of no direction both ways, "
        "or name the columns in a first line, as source, target, type, above 'directed' and 'undirected'"
    )


def _refuse_rectangle(rows: Sequence[Row], kinds: Sequence[Kind], options: Options) -> None:
    """Refuse entries of a matrix that is not square: zeros are frequent in every column, and edges would repeat."""
    n_zeros = [sum(row[k].strip() == "0" for row in rows) for k in range(len(kinds))]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows]
    repeat = len({*pairs}) < len(pairs) or any(source == target for source, target in pairs)
    if {*kinds} == {"integer"} and repeat and all(zeros >= 2 and 4 * zeros >= len(rows) for zeros in n_zeros):
        raise ValueError(
            f"the table may be a matrix that is not square ({len(rows):,} or more rows, {len(kinds)} columns), for "
            "zeros are frequent in every column: nodes of two kinds, or sums, which must be labelled or left out; if "
            f"the first two columns are edges, say {options.say('columns', (0, 1))}"
        )


def _refuse_further_targets(values: Sequence[set[str]], kinds: Sequence[Kind], n_rows: int, options: Options) -> None:
    """Refuse columns behind source, relation and target that may hold further targets, as lines of SIF do."""
    labels = values[0] | values[2]
    for k in range(3, len(kinds)):
        shared = values[k] & labels if kinds[k] == "word" else values[k] <= labels
        if kinds[k] == kinds[2] and (shared or n_rows < FEW):
            raise ValueError(
                f"{options.called(k)} may hold further targets, such as {min(values[k])!r}, as lines of SIF do (say "
                f"{options.say('format', 'sif')}), or something else (say {options.say('columns', (0, 2))})"
            )


def _refuse_neighbours(rows: Sequence[Row], options: Options) -> None:
    """Refuse lists such as "a: b c"."""
    if all(row[0].strip().endswith(":") for row in rows) and len(rows) > 1:
        raise ValueError(
            f"a colon stands behind every first label, as in {rows[0][0].strip()[:40]!r}: lists of neighbours, which "
            f"networkx.read_adjlist(…, create_using=networkx.DiGraph) reads without the colons; labels, "
            f"if {options.say('columns', (0, 1))}"
        )


def refuse_unnamed(first: Sequence[str], rows: Sequence[Row], ends: tuple[int, int], options: Options) -> None:
    """Refuse a column without a name that may hold further nodes, as in lists of neighbours under a header."""
    labels = {row[k].strip() for row in rows for k in ends}
    for k in range(1, len(first)):
        values = {row[k].strip() for row in rows}
        words = values - {""}
        if first[k] or k in ends or not words:
            continue
        if words & labels or ("" in values and not all(map(is_number, words))):
            raise ValueError(
                f"{options.called(k)} has no name and may hold more nodes, as {min(words)!r} (a list of neighbours?); "
                f"if it holds none, say {options.say('columns', ends)}"
            )


def _plural(kind: str) -> str:
    return {"integer": "integers", "number": "numbers", "word": "words"}[kind]


def _unclear(what: str, kinds: Sequence[Kind], options: Options) -> ValueError:
    likely = [k for k in range(len(kinds)) if kinds[k] != "number"]
    likely = likely if len(likely) > 1 else list(range(len(kinds)))
    pairs = list(combinations(likely, 2) if list(kinds) == ["word"] * 3 else pairwise(likely))
    ways = " or ".join(options.say("columns", pair) for pair in pairs[:3])
    return ValueError(f"{what}, and no header says which are source and target; say it, as {ways}")


def _among_words(
    values: Sequence[set[str]], kinds: Sequence[Kind], n_rows: int, n: int, options: Options
) -> Ends:  # fmt: skip
    """Tell the ends among columns of words: what shares labels is nodes, a few words between them relations."""
    words = [k for k in range(n) if kinds[k] == "word"]
    if len(words) == 2:
        return 0, 1, None
    nodes = [k for k in words if any(values[k] & values[m] for m in words if m != k)]
    if len(nodes) == 2 and nodes[0] == 0:
        between = [k for k in words if 0 < k < nodes[1]]
        behind = [k for k in words if k > nodes[1]]
        if len(between) < 2 and all(3 * len(values[k]) <= n_rows for k in between):
            return 0, nodes[1], next(iter(between or behind), None)
    raise _unclear(f"{options.called(*words)} hold words", kinds, options)
