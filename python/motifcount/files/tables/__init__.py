"""Tables of text: dialect, shape, columns, labels; read right, or refused with the option that settles it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from motifcount.files.columns.columns import Row
from motifcount.files.edges import Edges
from motifcount.files.graphs import sif
from motifcount.files.options import Options
from motifcount.files.sources import as_utf8
from motifcount.files.tables import edge_tables, matrices, matrix_or_edges, odd_matrices, other_formats, shape
from motifcount.files.tables.shape import MatrixShape
from motifcount.files.tables.table import Table, is_header, opened

_HINT = re.compile(rb"(sep=([\t,;|]))[ \r]*\n", re.IGNORECASE)
"""The first line by which Excel tells itself the delimiter."""


def read(raw: bytes, kind: str, options: Options) -> Edges:
    """Return the edges of a table.

    Raises
    ------
    ValueError
        If the text is no table, or has more than one reading.
    """
    raw = as_utf8(raw)
    if hint := _HINT.match(raw):  # its line stays, empty
        raw = raw[hint.end(1) :]
        options = replace(options, known_delimiter=hint[2].decode())
    if kind == "sif":
        return sif.read(raw, options)
    if options.format != "matrix":
        other_formats.refuse(raw, options)
    table = opened(raw, options)
    if options.format != "edges":
        found = _matrix(table, options)
        if found is not None:
            return found
    for name in options.given("fill"):
        raise ValueError(f"{options.say(name, options.fill)} is for empty cells of a matrix; this is a list of edges")
    return edge_tables.read(table, options)


def _matrix(table: Table, options: Options) -> Edges | None:
    """Return the edges of a matrix, or None where the table is a list of edges."""
    if not _may_be_matrix(table, options):
        return None
    n_rows = table.count_rows()
    head, has_gaps, trailing = _head(table, n_rows)
    found = _shape(head, n_rows, options)
    if found is not None and found.has_header and options.header is False:
        return None
    if found is not None and not found.has_header and options.header is True:
        is_matrix = options.format == "matrix" or matrix_or_edges.reading(found, head) == "matrix"
        if is_matrix and not is_header(head[0], replace(options, header=None)):
            raise ValueError(
                f"{options.say('header', True)} leaves {n_rows - 1:,} lines of {len(head[0])} fields, no square "
                f"matrix; leave it out, or say {options.say('format', 'edges')}"
            )
    is_sure = options.format == "matrix" or (found is not None and found.is_sure)
    may_be_named = matrix_or_edges.may_be_named_alike(head, found)
    if not is_sure and not may_be_named and is_header(table.head[0], replace(options, header=None)):
        return None
    if found is None:
        _refuse_nearly_matrices(table, head, n_rows, options)
        return None
    if not _is_read_as_matrix(table, found, head, options):
        return None
    lines = table.lines()
    rows = table.dialect.rows(lines)
    edges = matrices.read((row[:-1] for row in rows) if trailing else rows, found, str(table.dialect), options)
    table.n_empty = lines.n_empty
    if table.n_empty and has_gaps and not (found.has_header and found.has_row_labels):
        raise ValueError(
            f"{table.n_empty:,} rows are empty, and may be nodes of the matrix; write 0 where there is no edge"
        )
    return replace(edges, report=replace(edges.report, notes=(*edges.report.notes, *table.empty_rows())))


def _may_be_matrix(table: Table, options: Options) -> bool:
    if options.format == "matrix" and (table.names_in_comment or table.dialect.has_data):
        what = "data stand in braces behind edges" if table.dialect.has_data else "a comment names the columns of edges"
        raise ValueError(f"{options.say('format', 'matrix')} says nothing here, for {what}; leave it out")
    if table.names_in_comment or table.dialect.has_data or (options.columns is not None and options.format != "matrix"):
        return False
    return table.whole or len(table.head) <= len(table.head[1]) + 1  # not more rows than columns


def _head(table: Table, n_rows: int) -> tuple[Sequence[Row], bool, bool]:
    """Return the first rows without a last empty field, whether cells are empty, and whether a delimiter ends lines."""
    head: Sequence[Row] = table.head
    if not table.whole and n_rows < 50_000 and len(head[1]) >= n_rows - 1:
        head = list(table.rows()) if n_rows * len(head[1]) < 10**7 else head
    has_gaps = any(field.strip() == "" for row in head for field in row[1:-1])
    is_named = all(head[0][1:-1]) and not all(map(shape.is_cell, head[0]))
    trailing = len(head) > 1 and all(row[-1].strip() == "" for row in head) and (is_named or not has_gaps)
    return [row[:-1] for row in head] if trailing else head, has_gaps, trailing


def _shape(head: Sequence[Row], n_rows: int, options: Options) -> MatrixShape | None:
    if options.header is True and len(head) > 2 and len(head[0]) == 1 < len(head[1]):  # a line that counts the nodes
        below = shape.matrix_shape(head[1:], n_rows - 1)
        if (
            below is not None
            and "matrix" in (options.format, matrix_or_edges.reading(below, head[1:]))
            and not below.has_header
        ):
            return replace(below, has_header=True)
    return shape.matrix_shape(head, n_rows)


def _refuse_nearly_matrices(table: Table, head: Sequence[Row], n_rows: int, options: Options) -> None:
    """Refuse a table that is no square matrix, but may be meant as one."""
    if len(head) == n_rows:
        odd_matrices.refuse_odd_matrix(head, options)
        odd_matrices.refuse_marks(head)
        odd_matrices.refuse_nearly_square(head)
    numbers = all(all(map(shape.is_cell, row[1:])) for row in head[1:])
    bits = len(head[0]) > 2 and all(field.strip() in ("0", "1") for row in head for field in row)
    if options.format == "matrix" or (len(head[0]) > 12 and numbers) or (bits and options.format is None):
        raise ValueError(
            f"not a square matrix: {n_rows:,} lines, the first of {len(head[0])} fields; entries must be numbers, "
            "labels of rows and columns the same"
        )
    if table.n_empty and n_rows + table.n_empty == len(head[0]) and options.format is None:
        raise ValueError(
            f"the table may be a matrix of {len(head[0])} nodes with {table.n_empty} empty rows (write 0 for no "
            f"edge), or a list of edges: {options.say('format', 'edges')}"
        )


def _is_read_as_matrix(table: Table, found: MatrixShape, head: Sequence[Row], options: Options) -> bool:
    """Return whether a table in the shape of a matrix is one, and refuse one that may be either."""
    reading = "matrix" if options.format == "matrix" else matrix_or_edges.reading(found, head)
    if reading == "both":
        what = (
            f"the table may be a matrix of {found.n_nodes} nodes ({options.say('format', 'matrix')}) or a list of "
            f"edges ({options.say('format', 'edges')})"
        )
        try:
            edge_tables.read(table, options)
        except ValueError as error:
            raise ValueError(f"{what}, of which: {error}") from error
        raise ValueError(f"{what}; say which")
    if reading == "matrix":
        for name in options.given("columns", "weight"):
            raise ValueError(f"{options.say(name, getattr(options, name))} says nothing about a matrix; leave it out")
    return reading != "edges"
