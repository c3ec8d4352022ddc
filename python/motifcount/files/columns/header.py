"""Whether the first line of an edge table is a header, told by the labels below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Options
from motifcount.files.words import named_ends, names
from motifcount.files.words.labels import PLAIN_INTEGER, is_integer, is_number
from motifcount.files.words.relations import RELATIONS

_COUNTED = re.compile(r"[0-9]+$|(?<![A-Za-z])[A-Za-z]$|(?<=[a-z])[A-Z]$")
"""What tells node1 from node2, or nodeA from nodeB."""
_ID_SPACE = re.compile(r".*:(?P<end>START|END)_ID\((?P<space>.+)\)", re.IGNORECASE)


def settle(
    columns: Columns,
    first: Sequence[str],
    words: set[str] | None,
    integers: npt.NDArray[np.int64] | None,
    n_below: int,
    table: Any,
    options: Options,
) -> Columns | None:
    """Return the columns with `header` told, None if the names of the ends are labels of nodes.

    Raises
    ------
    ValueError
        If the first line may be a header as well as an edge.
    """
    ends = (first[columns.source], first[columns.target])
    below = {word.strip() for word in words} if words is not None else None
    occurs = [_occurs(word, below, integers) for word in ends]
    tells = _other_column_tells(columns, first, table)
    is_longer = any(len(word) > 1 and not is_number(word) for word in below or ())
    if columns.is_named and named_ends.are_known(first):
        if any(_is_like(word, below) for word in ends):
            if tells:
                return None
            raise _ambiguous(first, options)
        if tells and any(is_number(name) for name in first if name != "0"):  # which pandas gives to a size or a sum
            raise _ambiguous(first, options)
        if n_below == 0 and any(is_number(name) or name.lower() in RELATIONS for name in first):
            raise _ambiguous(first, options)  # one line, of an edge with a weight or a relation
        if not any(occurs):
            if not names.are_weak(ends) or n_below == 0 or integers is not None:
                return replace(columns, header=True)
        elif names.are_weak(ends):
            if _others_are_names(columns, first, table.head[1:]):
                return replace(columns, header=True)
            if is_longer or (names.are_single(ends) and not all(occurs)):
                raise _ambiguous(first, options)
            return None
        elif not all(occurs) and names.are_headings(first, ends):
            return replace(columns, header=True)
        raise _ambiguous(first, options)
    if all(map(is_number, ends)):
        _refuse_counts(first, below, integers, n_below, any(occurs), options)
        _refuse_numbered_names(columns, first, table.head[1:], any(occurs), options)
        return replace(columns, header=False)
    may_be_names = names.are_weak(ends) and is_longer and not all(occurs)
    if any(occurs) and (may_be_names or _others_are_names(columns, first, table.head[1:])):
        raise _ambiguous(first, options)
    if any(occurs):
        return replace(columns, header=False)
    all_integers = integers is not None or (bool(below) and all(map(is_integer, below or ())))
    if all_integers and n_below and not any(map(is_number, ends)):
        return replace(columns, header=True, is_named=True)
    if tells:
        return replace(columns, header=False)
    if any(_is_like(word, below) for word in ends):
        raise _ambiguous(first, options)
    known = [names.understood(name).role for name in ends]
    if n_below and columns.n_columns == 2 and {"source", "target"} & {*known} and names.are_headings(first, ends):
        if known[0] == "target" or known[1] == "source":
            raise ValueError(
                f"the first line, {' '.join(first)[:60]!r}, names targets before sources, or is an edge; say with "
                f"{options.say('columns', (columns.target, columns.source))} or {options.say('header', False)}"
            )
        return replace(columns, header=True, is_named=True)
    raise _ambiguous(first, options)


def _occurs(word: str, below: set[str] | None, integers: npt.NDArray[np.int64] | None) -> bool:
    if below is not None:
        return word in below
    assert integers is not None
    if not PLAIN_INTEGER.fullmatch(word):
        return False
    k = int(np.searchsorted(integers, int(word)))
    return k < len(integers) and int(integers[k]) == int(word)


def _is_like(name: str, below: set[str] | None) -> bool:
    """Tell whether labels differ from a name by a number or a letter at its end alone, as node3 does from node1."""
    stem = _COUNTED.sub("", name)
    return stem not in ("", name) and any(
        word.startswith(stem) and _COUNTED.sub("", word) == stem for word in below or ()
    )


def _ambiguous(first: Sequence[str], options: Options) -> ValueError:
    return ValueError(
        f"the first line, {' '.join(first)[:60]!r}, may be a header or an edge; say which with "
        f"{options.say('header', True)} or {options.say('header', False)}"
    )


def _other_column_tells(columns: Columns, first: Sequence[str], table: Any) -> bool:
    """Tell whether a column beside the ends shows that the first line is one like those below."""
    rows = table.head[1:]
    for k, word in enumerate(first):
        if k in (columns.source, columns.target) or not rows or not word:
            continue
        values = {row[k].strip() for row in rows}
        if word in values or (is_number(word) and all(map(is_number, values))):
            return True
    return False


def _refuse_counts(
    first: Sequence[str],
    below: set[str] | None,
    integers: npt.NDArray[np.int64] | None,
    n_below: int,
    any_occurs: bool,
    options: Options,
) -> None:
    """Refuse a first line of numbers that may count nodes and edges."""
    if not all(map(is_integer, first)) or n_below == 0:
        return
    values = list(map(_value, first))
    n_labels = len(integers) if integers is not None else len(below or ())
    highest = int(integers[-1]) if integers is not None else max(map(_value, below or ()), default=0)
    least = max(n_labels, highest) if any_occurs else n_labels
    pairs = ((values[0], values[-1]), (values[-1], values[0]))  # nodes and edges, edges and nodes
    if any(edges == n_below and nodes >= least for nodes, edges in pairs):
        raise ValueError(
            f"the first line, {' '.join(first)!r}, may count nodes and edges ({n_below} lines follow) or be an edge; "
            f"say which with {options.say('header', True)} (no edge) or {options.say('header', False)}"
        )


def _refuse_numbered_names(
    columns: Columns, first: Sequence[str], rows: Sequence[Sequence[str]], any_occurs: bool, options: Options
) -> None:
    """Refuse numbers as the ends of the first line that may be names: what is below or beside them is of other kinds.

    Names are 0, 1, 2, … where pandas gives them.
    """
    ends = (columns.source, columns.target)
    values = [{row[k].strip() for row in rows} for k in range(len(first))]
    others = [k for k in range(len(first)) if k not in ends]
    is_above_words = not any(map(is_number, values[ends[0]] | values[ends[1]]))
    is_beside_names = _others_are_names(columns, first, rows)
    is_counted = list(first) == [str(k) for k in range(len(first))]
    is_alone = (len(rows) > 1 and not any_occurs) or not all(is_integer(word) for k in others for word in values[k])
    if rows and (is_above_words or is_beside_names or (is_counted and is_alone)):
        raise ValueError(
            f"the first line, {' '.join(first)[:60]!r}, may be names of columns, as pandas numbers them, or an edge; "
            f"say which with {options.say('header', True)} or {options.say('header', False)}"
        )


def _others_are_names(columns: Columns, first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first line has a known name, or a word above numbers, beside the ends."""
    for k, word in enumerate(first):
        values = {row[k].strip() for row in rows}
        if k in (columns.source, columns.target) or not word or is_number(word) or word in values:
            continue
        if (values and all(map(is_number, values))) or (
            len(word) > 1 and names.understood(word).role in ("weight", "attribute", "sign")
        ):
            return True
    return False


def _value(word: str) -> int:
    whole = word.partition(".")[0]
    return int(whole) if PLAIN_INTEGER.fullmatch(whole) else -1


def refuse_two_id_spaces(header: Sequence[str]) -> None:
    """Refuse a header of Neo4j whose sources and targets have ids of their own, so that one id may be two nodes.

    Such are ``:START_ID(Person),:END_ID(Movie)``.

    Raises
    ------
    ValueError
        If it names two spaces of ids.
    """
    found = {match["end"].upper(): match for name in header if (match := _ID_SPACE.fullmatch(name.strip()))}
    if len({match["space"] for match in found.values()}) == 2:
        start, end = found["START"], found["END"]
        raise ValueError(
            f"{start[0]!r} and {end[0]!r} count {start['space']} and {end['space']} apart, so that one id may be two "
            "nodes; write ids that differ between them, and ':START_ID' and ':END_ID' above"
        )
