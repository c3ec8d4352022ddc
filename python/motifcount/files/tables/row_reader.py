"""The rows of an edge table: integers by numpy.loadtxt, others word by word."""

from __future__ import annotations

import csv
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import suppress
from itertools import count, islice

import numpy as np

from motifcount.files.columns.columns import Columns
from motifcount.files.columns.unused import Tally
from motifcount.files.sources import text_stream
from motifcount.files.tables import integer_rows
from motifcount.files.tables.row_values import RowValues, collect_layers, directions, numbers
from motifcount.files.tables.table import Table
from motifcount.files.text.dialect import Lines

_CHUNK = 1 << 10  # rows: few enough to stay in the cache


def read(table: Table, columns: Columns, skip: int) -> RowValues:
    """Return the rows behind the first `skip`."""
    return integer_rows.read(table, columns, skip) or _words(table, columns, skip)


def _words(table: Table, columns: Columns, skip: int) -> RowValues:
    """Read rows of any kind, every distinct word once."""
    lines = table.lines()
    next(iter(lines), None)
    plain = lines.number == 1 and b"#" not in table.raw and b"%" not in table.raw  # the first line is the first row
    body = _collected(table, columns, skip, text_stream(table.raw) if plain else table.lines())
    if plain and body is None:
        body = _collected(table, columns, skip, table.lines())
    if body is None:
        table.refuse_ragged(columns.n_columns, skip, table.rows())
        raise AssertionError("a line was ragged, and is not")
    return body


def _collected(table: Table, columns: Columns, skip: int, lines: Iterable[str]) -> RowValues | None:
    """Return the rows of lines, None if one is blank or has another number of fields."""
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    sources, targets, weights = [], [], []
    both: list[bool] = []
    kinds: list[str] = []
    layer_of: dict[str, str] = {}
    tallies = {k: Tally() for k in columns.tallied}
    table.n_repeated = table.n_without = 0
    rows = islice(table.dialect.rows(lines), skip, None)
    n, source, target = columns.n_columns, columns.source, columns.target
    try:
        while chunk := list(islice(rows, _CHUNK)):
            if set(map(len, chunk)) != {n}:
                return None
            if table.repeated is not None:
                chunk = table.without_repeated(chunk)
            sources.append(np.fromiter(map(ids.__getitem__, [row[source] for row in chunk]), np.int32, len(chunk)))
            targets.append(np.fromiter(map(ids.__getitem__, [row[target] for row in chunk]), np.int32, len(chunk)))
            if "" in ids and not isinstance(lines, Lines):
                return None
            if columns.weight is not None:
                weights.append(numbers([row[columns.weight] for row in chunk], table, columns))
            if columns.direction is not None:
                both.extend(directions(chunk, columns))
            if columns.kinds is not None:
                kinds.extend(row[columns.kinds].strip() for row in chunk)
            collect_layers(layer_of, chunk, columns)
            for k, tally in tallies.items():
                tally.add([row[k] for row in chunk])
    except csv.Error as error:
        raise ValueError(f"{_place(table, lines)}: {error}") from error
    if isinstance(lines, Lines):
        table.n_empty = lines.n_empty
    joined = [np.concatenate(parts) if parts else np.zeros(0, np.int32) for parts in (sources, targets)]
    weight = np.concatenate(weights) if weights else None if columns.weight is None else np.zeros(0)
    return RowValues(
        joined[0],
        joined[1],
        list(ids),
        None,
        weight,
        both_ways=np.array(both, dtype=bool) if both else None,
        kinds=kinds if columns.kinds is not None else None,
        layer_of=layer_of,
        tallies=tallies,
    )


def _place(table: Table, lines: Iterable[str]) -> str:
    """Name the line at which quotes go wrong."""
    if not isinstance(lines, Lines):
        lines = table.lines()
        with suppress(csv.Error):
            deque(table.dialect.rows(lines), maxlen=0)
    return f"line {lines.number}"
