"""Lines beyond the first ones whose words may say something: that edges lead backward, or have no direction."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from operator import itemgetter

from motifcount.files.columns import source_and_target
from motifcount.files.columns.columns import Columns
from motifcount.files.columns.directions import DIRECTIONS
from motifcount.files.columns.unused import are_numbers
from motifcount.files.options import Options
from motifcount.files.sources import text_stream
from motifcount.files.tables.table import Table
from motifcount.files.words.labels import is_number

_CHUNK = 1 << 12  # rows
_ODD = re.compile(r"[^0-9.,eE+\s-]")
"""What numbers hardly hold."""
_MOST = 1000  # words of a column: one with more holds no relations, and known words alone are looked for


def checked(table: Table, columns: Columns, options: Options) -> Columns:
    """Return the columns as all lines say, where those that were looked at first are not all.

    Raises
    ------
    ValueError
        If a line further down makes the table one that is refused, or shows other ends.
    """
    if table.whole or table.dialect.has_data:
        return columns
    taken = {columns.source, columns.target, columns.weight, columns.kinds, *(columns.layers or ())}
    rows = _with_new_words(table, [k for k in range(columns.n_columns) if k not in taken])
    if not rows:
        return columns
    found = source_and_target.choose([*table.head, *rows], options, rows_are_named=table.has_quoted_rows())
    if (found.source, found.target) != (columns.source, columns.target):
        where, ends = table.locate(lambda row: row == rows[0]), (columns.source, columns.target)
        raise ValueError(
            f"{where}, {' '.join(rows[0])[:60]!r}, is unlike those above, by which {options.called(*ends)} hold the "
            f"ends; if they do, say {options.say('columns', columns.ends_as_named())}"
        )
    tallied = tuple(k for k in columns.tallied if k in found.tallied)
    return replace(columns, relation=found.relation, direction=found.direction, notes=found.notes, tallied=tallied)


def _with_new_words(table: Table, watched: Sequence[int]) -> list[list[str]]:
    """Return rows behind the first ones that have a word which no row above has in its column, among these columns."""
    lines = table.lines()
    next(iter(lines), None)
    if lines.number == 1 and b"#" not in table.raw and b"%" not in table.raw:  # the first line is the first row
        with suppress(csv.Error, IndexError):  # a blank line, say
            return _of_rows(table, watched, table.dialect.rows(text_stream(table.raw)))
    with suppress(csv.Error, IndexError):  # such lines are told where rows are read
        return _of_rows(table, watched, table.rows())
    return []


def _of_rows(table: Table, watched: Sequence[int], rows: Iterator[list[str]]) -> list[list[str]]:
    seen = {k: {row[k].strip() for row in table.head[1:]} for k in watched}
    numbers = {k for k in watched if are_numbers(seen[k])}
    found: list[list[str]] = []
    rows = islice(rows, len(table.head) - table.names_in_comment, None)
    while watched and (chunk := list(islice(rows, _CHUNK))):
        for k in watched:
            new = set(map(itemgetter(k), chunk)).difference(seen[k])
            if k in numbers:
                is_odd = _ODD.search("".join(new)) is not None
                new = {word for word in new if not is_number(word.strip())} if is_odd else set()
            elif len(seen[k]) > _MOST:
                new.intersection_update(DIRECTIONS)
            for row in chunk if new else ():
                if row[k] in new:
                    found.append(row)
                    new.discard(row[k])
                    seen[k].add(row[k])
    return found
