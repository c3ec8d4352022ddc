"""Whether a square table is a matrix, a list of edges, or could be both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from motifcount._support.natural import natural
from motifcount.files.columns.columns import Row
from motifcount.files.tables.shape import MatrixShape, are_counted
from motifcount.files.words import names
from motifcount.files.words.labels import MISSING, TRUTH, is_integer, is_number
from motifcount.files.words.numerals import with_point
from motifcount.inputs.labelled import are_alike

_MANY_COLUMNS = 12  # of numbers alone: no list of edges has as many
_ID = re.compile(r"[0-9]+[eE][0-9]+")


def is_edge_list(rows: Sequence[Row], skip: int = 0) -> bool:
    """Tell whether the first two columns behind `skip` could be edges: integers, no pair twice, no loop."""
    pairs = [(row[skip].strip(), row[skip + 1].strip()) for row in rows]
    if not all(is_integer(word) for pair in pairs for word in pair):
        return False
    return len(set(pairs)) == len(pairs) and all(source != target for source, target in pairs)


def diagonal_is_zero(shape: MatrixShape, head: Sequence[Row]) -> bool:
    """Tell whether a matrix has no loops, as far as its first rows go."""
    skip = int(shape.has_row_labels)
    return all(_is_zero(row[k + skip]) for k, row in enumerate(head[int(shape.has_header) :]))


def _is_zero(field: str) -> bool:
    word = field.strip()
    return (
        word in MISSING
        or TRUTH.get(word.lower(), word) in (0, 0.0)
        or (is_number(word) and float(with_point(word)) == 0)
    )


def only_bits(shape: MatrixShape, head: Sequence[Row]) -> bool:
    """Tell whether all entries are 0 or 1, as far as the first rows go."""
    skip = int(shape.has_row_labels)
    entries = {field.strip() for row in head[int(shape.has_header) :] for field in row[skip:]}
    return {entry.lower() for entry in entries} <= {"0", "1", "0.0", "1.0", "0.", "1.", *TRUTH}


def reading(shape: MatrixShape, head: Sequence[Row]) -> str:
    """Return "matrix", "edges" or "both": what a table that could be a matrix can be read as."""
    if shape.is_sure or len(head[1]) > _MANY_COLUMNS:
        return "matrix"
    body = head[int(shape.has_header) :]
    if shape.n_nodes == 2:
        return _reading_of_two(shape, body)
    starts = (1,) if shape.has_row_labels and shape.has_header else (0, 1)  # a layer or a weight may stand in front
    if diagonal_is_zero(shape, head) or only_bits(shape, head):
        starts = starts if shape.has_row_labels or not _are_labels(body, 0) else (0,)
        return "both" if any(is_edge_list(body, start) for start in starts) else "matrix"
    if _are_plain_edges(shape, head):
        return "edges"
    return "both" if any(_are_labels(body, start) for start in starts) else "matrix"


def _are_labels(rows: Sequence[Row], skip: int) -> bool:
    """Tell whether the first two columns behind `skip` hold integers, or such as 2E1, which may be an id."""
    return all(is_integer(word) or _ID.fullmatch(word) for row in rows for word in map(str.strip, row[skip : skip + 2]))


def _are_plain_edges(shape: MatrixShape, rows: Sequence[Row]) -> bool:
    """Tell whether three columns are edges and numbers: nodes are numbered, and no number is one; or sources count."""
    if len(rows[0]) != 3 or not is_edge_list(rows):
        return False
    ends = {row[k].strip() for row in rows for k in (0, 1)}
    is_numbered = are_counted(sorted(ends, key=lambda word: (len(word), word)))
    counts = shape.has_header and are_counted([row[0].strip() for row in rows])
    return counts or (is_numbered and not ends & {row[2].strip() for row in rows})


def may_be_named_alike(head: Sequence[Row], shape: MatrixShape | None) -> bool:
    """Tell whether a matrix of two nodes has names that columns of edges may have, too: true and false, or decimals."""
    if shape is None or shape.n_nodes != 2 or not shape.has_header or names.are_roles(head[0]):
        return False
    words = [field.strip() for row in head[1:] for field in row[int(shape.has_row_labels) :]]
    are_numbered = shape.has_row_labels and all(re.fullmatch("[VX][12]", word.strip()) for word in head[0][-2:])
    return are_numbered or any(word.lower() in TRUTH or "." in word for word in words)


def _reading_of_two(shape: MatrixShape, body: Sequence[Row]) -> str:
    """Return what a table that could be a matrix of two nodes can be read as."""
    skip = int(shape.has_row_labels)
    entries = [[field.strip() for field in row[skip:]] for row in body]
    found = {field for row in entries for field in row}
    if shape.has_row_labels or shape.has_header:
        return _reading_of_two_labelled(shape, entries, found)
    is_whole = all(map(is_integer, found))
    return "edges" if is_whole and are_alike([[float(field) for field in row] for row in entries]) else "both"


def _reading_of_two_labelled(shape: MatrixShape, entries: list[list[str]], found: set[str]) -> str:
    """Return "edges" only where two lines of integers look like edges and not like entries: no zero where none fits."""
    if shape.has_row_labels and shape.has_header:
        return "both"
    is_numbered = all(map(is_integer, shape.labels or ()))
    edges = [shape.labels or (), *entries] if shape.has_header and is_numbered else entries
    if not all(map(is_integer, found)) or found <= {"-1", "0", "1"} or all(_is_zero(entries[k][k]) for k in (0, 1)):
        return "both"
    return "both" if shape.has_header and not (_are_linked(edges) and (is_numbered or "0" not in found)) else "edges"


def _are_linked(edges: Sequence[Row]) -> bool:
    """Tell whether each of a few edges shares a node with another, and 0 is one only where nodes are counted from 0."""
    ends = [{word.strip() for word in edge} for edge in edges]
    nodes = sorted({*chain.from_iterable(ends)}, key=natural)
    shared = all(any(a & b for b in ends if b is not a) for a in ends)
    return is_edge_list(edges) and shared and ("0" not in nodes or are_counted(nodes))
