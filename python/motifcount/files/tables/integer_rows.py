"""The rows of an edge table whose ends are integers, read by numpy.loadtxt."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.columns.columns import Columns
from motifcount.files.columns.unused import Tally
from motifcount.files.sources import text_stream
from motifcount.files.tables.row_values import RowValues
from motifcount.files.tables.table import Table
from motifcount.files.words.labels import PLAIN_INTEGER, is_number
from motifcount.files.words.numerals import SMALL

_PIECE = 1 << 20  # bytes


def read(table: Table, columns: Columns, skip: int) -> RowValues | None:
    """Return the rows behind the first `skip`, None where an end is no plain integer, or more is asked for."""
    body = table.head[1:] if len(table.head) > 1 else []
    ends = (columns.source, columns.target)
    if (
        not body
        or columns.direction is not None
        or columns.kinds is not None
        or columns.layers is not None
        or not all(PLAIN_INTEGER.fullmatch(row[k].strip()) for row in body for k in ends)
    ):
        return None
    delimiter = table.dialect.delimiter
    leading = table.marked[: table.n_leading]
    n_marks = sum(line.count("#") + line.count("%") for _, line in leading)
    odd = table.raw.count(b"#") + table.raw.count(b"%") != n_marks or has_padded(table.raw)
    if odd or table.dialect.has_data or (delimiter is not None and len(delimiter) > 1):
        return None
    kinds: dict[int, Any] = {columns.weight: np.float64} if columns.weight is not None else {}
    kinds |= {k: _kind_of([row[k].strip() for row in body]) for k in columns.tallied}
    found = _loaded(table, columns, skip, {**kinds, **dict.fromkeys(ends, np.int32)})
    if found is None:  # integers may be longer, and in other columns decimals further down
        kinds |= {k: np.float64 for k, kind in kinds.items() if kind is np.int32}
        found = _loaded(table, columns, skip, {**kinds, **dict.fromkeys(ends, np.int64)})
    if found is None:
        return None
    weight = None if columns.weight is None else np.ascontiguousarray(found[f"c{columns.weight}"])
    if weight is not None and not (np.isfinite(weight).all() and (weight.all() or not SMALL.search(table.raw))):
        return None
    src, dst, order = _numbered(found[f"c{ends[0]}"], found[f"c{ends[1]}"])
    tallies = {k: Tally.of_array(found[f"c{k}"]) for k in columns.tallied}
    return RowValues(src, dst, None, order, weight, tallies=tallies)


def _kind_of(words: Sequence[str]) -> Any:
    """Return the type for a column that is only counted: numbers, or texts where some are none."""
    if all(map(PLAIN_INTEGER.fullmatch, words)):
        return np.int32
    return np.float64 if all(map(is_number, words)) else "S24"


def _loaded(table: Table, columns: Columns, skip: int, kinds: Mapping[int, Any]) -> Any:
    """Return the rows as numpy.loadtxt reads them, by the kinds of columns, None if others are among them."""
    lines = table.lines()
    for _ in islice(lines, skip + 1):
        pass
    dtype = [(f"c{k}", kinds.get(k, "S1")) for k in range(columns.n_columns)]
    options: dict[str, Any] = {
        "delimiter": table.dialect.delimiter,
        "comments": None,
        "quotechar": '"' if table.dialect.quoted else None,
    }
    try:
        with warnings.catch_warnings(action="error"):
            return np.loadtxt(text_stream(table.raw), dtype, skiprows=lines.number - 1, ndmin=1, **options)
    except (ValueError, IndexError, OverflowError, Warning):
        return None


def has_padded(raw: bytes) -> bool:
    """Tell whether an integer begins with a 0 that other digits follow."""
    text = np.frombuffer(raw, np.uint8)
    for start in range(0, len(text), _PIECE):
        piece = text[max(0, start - 2) : start + _PIECE]
        is_digit = (piece >= ord("0")) & (piece <= ord("9"))
        begins = is_digit & (piece == ord("0"))
        begins[1:] &= ~is_digit[:-1] & (piece[:-1] != ord("."))
        begins[0] &= start == 0  # further on, it is the second but last of the piece before
        if (begins[:-1] & is_digit[1:]).any():
            return True
    return False


def _numbered(
    src: npt.NDArray[np.signedinteger[Any]], dst: npt.NDArray[np.signedinteger[Any]]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Return ends as ranks among the labels, and the labels in order."""
    low, high = min(int(src.min()), int(dst.min())), max(int(src.max()), int(dst.max()))
    if high - low <= 4 * len(src) + (1 << 16):
        present = np.zeros(high - low + 1, bool)
        present[src - low] = present[dst - low] = True
        rank = np.cumsum(present, dtype=np.int32) - np.int32(1)
        return rank[src - low], rank[dst - low], np.flatnonzero(present) + np.int64(low)
    order = np.unique(np.concatenate((src, dst)))
    return np.searchsorted(order, src), np.searchsorted(order, dst), order
