"""Edge tables: columns, header, rows, labels, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from motifcount.files import columns as choosing
from motifcount.files import labels, table_rows
from motifcount.files.columns import Columns
from motifcount.files.dialect import Lines
from motifcount.files.edges import Edges
from motifcount.files.header import settle
from motifcount.files.marked import Marked, declared, resolve
from motifcount.files.opened import Table, divided
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.table_rows import PLAIN_INTEGER, Body, numbers


def read(table: Table, options: Options) -> Edges:
    """Return the edges of an opened table.

    Raises
    ------
    ValueError
        If it has more than one reading, or a line is not like the others.
    """
    undirected, note = declared(table.marked[: table.n_leading])
    if table.dialect.weight_key is not None:
        columns = Columns(0, 1, table.dialect.n_columns + 1, False, weight=table.dialect.n_columns)
        if table.dialect.n_columns != 2:
            raise ValueError(f"{table.dialect.n_columns} fields stand before the data in braces, where 2 should")
    else:
        columns = choosing.choose(table.head, options)
    if table.names_in_comment:
        columns = replace(columns, header=True)
    first_is_row = columns.header is False or (columns.header is None and not table.names_in_comment)
    first = None
    skip = 0
    if not table.names_in_comment and columns.header is not False:
        first, skip = [word.strip() for word in table.head[0]], 1
    body = table_rows.read(table, columns, skip)
    if columns.header is None and first is not None:
        known = set(body.words) if body.words is not None else None
        settled = settle(columns, first, known, body.order, len(body.src), table, options)
        if settled is None:  # names of columns are labels of nodes
            return read(table, replace(options, header=False))
        columns = settled
        first_is_row = columns.header is False
    if first is not None and first_is_row:
        _prepend(body, first, columns, table)
    return _labelled(table, columns, body, options, undirected, note)


def _prepend(body: Body, first: Sequence[str], columns: Columns, table: Table) -> None:
    """Add the first line, which is an edge after all."""
    ends = [first[columns.source], first[columns.target]]
    if body.order is not None and all(map(PLAIN_INTEGER.fullmatch, ends)):
        values = [int(word) for word in ends]
        order = np.union1d(body.order, values)
        rank = np.searchsorted(order, body.order)
        (source, target), body.order = np.searchsorted(order, values), order
        body.src, body.dst = rank[body.src], rank[body.dst]
    else:
        if body.order is not None:
            body.words, body.order = list(map(str, body.order.tolist())), None
        ids = {word: k for k, word in enumerate(body.words or ())}
        source, target = (ids.setdefault(word, len(ids)) for word in ends)
        body.words = list(ids)
    body.src, body.dst = np.concatenate(([source], body.src)), np.concatenate(([target], body.dst))
    if body.weight is not None:
        assert columns.weight is not None
        body.weight = np.concatenate((numbers([first[columns.weight]], table, columns), body.weight))


def _labelled(
    table: Table, columns: Columns, body: Body, options: Options, undirected: bool, note: str | None
) -> Edges:  # fmt: skip
    notes = [*columns.notes, *filter(None, [note])]
    if body.words is None:
        assert body.order is not None
        src, dst, found = body.src, body.dst, tuple(body.order.tolist())
    else:
        _add_marked(table, columns, body, options, notes)
        ends = (columns.source, columns.target)
        found, position = labels.canonical(
            body.words,
            locate=lambda fits: table.locate(lambda row: any(k < len(row) and fits(row[k]) for k in ends)),
            named=columns.is_named,
            quoted=table.dialect.quoted,
        )
        src, dst = position[body.src], position[body.dst]
    used = {"source": columns.called(columns.source), "target": columns.called(columns.target)}
    if columns.weight is not None:
        key = table.dialect.weight_key
        used["weight"] = columns.called(columns.weight) if key is None else repr(key)
    if columns.relation is not None:
        used["relation (not used)"] = columns.called(columns.relation)
    report = ReadReport("edge table", str(table.dialect), bool(columns.header), used, notes=tuple(notes))
    both: bool | npt.NDArray[np.bool_] = undirected or (body.both_ways if body.both_ways is not None else False)
    return Edges(src, dst, found, len(found), report, body.weight, both)


def _add_marked(table: Table, columns: Columns, body: Body, options: Options, notes: list[str]) -> None:
    """Add the lines that begin with a comment mark and are edges nevertheless."""
    lines = Lines(table.raw)
    if b"#" not in table.raw and b"%" not in table.raw:
        return
    for _ in lines:
        pass
    if not lines.marked:
        return
    assert body.words is not None
    ids = {word: k for k, word in enumerate(body.words)}
    marked = Marked(
        lines.marked,
        lines.n_leading,
        lambda line: divided(table.dialect, line),
        table.dialect.n_columns,
        table.dialect.delimiter is None,
        bool(columns.header),
    )
    rows = resolve(marked, (columns.source, columns.target), ids, options)
    if not rows:
        return
    notes.append(f"{len(rows)} lines beginning with # or % are edges")
    extra = [[ids.setdefault(row[k].strip(), len(ids)) for row in rows] for k in (columns.source, columns.target)]
    body.words = list(ids)
    body.src, body.dst = np.append(body.src, extra[0]), np.append(body.dst, extra[1])
    if columns.weight is not None and body.weight is not None:
        body.weight = np.append(body.weight, numbers([row[columns.weight] for row in rows], table, columns))
    if body.both_ways is not None and columns.kind is not None:
        kind = columns.kind
        body.both_ways = np.append(body.both_ways, [row[kind].strip().lower() != "directed" for row in rows])
