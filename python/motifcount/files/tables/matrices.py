"""Matrices written as text, with or without labels of rows and columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.edges import Edges, IntArray
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.tables.shape import MatrixShape, is_in_words, leads_from_columns
from motifcount.files.words.labels import MISSING, TRUTH, canonical
from motifcount.files.words.numerals import is_too_small, with_point
from motifcount.files.words.vocabulary import TOTALS

_CELLS = 1 << 20


def read(rows: Iterator[list[str]], shape: MatrixShape, dialect: str, options: Options) -> Edges:
    """Return the edges of a matrix: row to column, where an entry is not 0.

    Raises
    ------
    ValueError
        If an entry is missing or no number.
    """
    n, skip = shape.n_nodes, int(shape.has_row_labels)
    if shape.has_header:
        next(rows)
    sources: list[Any] = []
    targets: list[Any] = []
    weights: list[Any] = []
    n_read = 0
    while chunk := list(islice(rows, max(1, _CELLS // max(n, 1)))):
        entries = np.array([_numbers(row, n, skip, n_read + k, options) for k, row in enumerate(chunk)])
        source, target = np.nonzero(entries)
        sources.append(source + n_read)
        targets.append(target)
        weights.append(entries[source, target])
        n_read += len(chunk)
    if n_read != n:
        raise ValueError(f"a matrix of {n} columns must have as many rows, not {n_read}")
    src, dst, weight = np.concatenate(sources), np.concatenate(targets), np.concatenate(weights)
    labels: Any = None
    words = shape.labels
    _refuse_totals((shape.row_order or words or ("",))[-1], (src, dst, weight), n, options)
    if words is not None:
        if shape.row_order is not None and shape.row_order != words:
            place = {word: k for k, word in enumerate(words)}
            src = np.array([place[word] for word in shape.row_order])[src]
        labels, position = canonical(words, locate=lambda _: "a label", named=True, quoted=True)
        if len(labels) != n:
            raise ValueError("two rows of the matrix have the same label")
        src, dst = position[src], position[dst]
    notes: tuple[str, ...] = ()
    ends = "rows", "columns"
    if is_in_words(shape.corner):
        raise ValueError(
            f"the corner {shape.corner!r} may say where edges lead; write from\\to if they lead from rows to columns, "
            "to\\from if they lead from columns to rows"
        )
    if leads_from_columns(shape.corner):
        src, dst, ends = dst, src, ("columns", "rows")
        notes = (f"the corner {shape.corner!r} says that edges lead from columns to rows",)
    found = "none" if words is None else "of rows and columns" if skip and shape.has_header else "of one side"
    columns = {"labels": found, "source": ends[0], "target": ends[1]}
    report = ReadReport(f"matrix of {n} × {n}", dialect, shape.has_header, columns, notes=notes)
    return Edges(src, dst, labels, n, report, weight)


def _refuse_totals(
    last: str, entries: tuple[IntArray, IntArray, npt.NDArray[np.float64]], n: int, options: Options
) -> None:
    """Refuse a last row that has the sums of the others, as spreadsheets, R and pandas add them.

    Its name may say so, or the last column and the corner, which have sums too.
    """
    src, dst, weight = entries
    is_inner = (src < n - 1) & (dst < n - 1)
    is_below, is_right = (src == n - 1) & (dst < n - 1), (dst == n - 1) & (src < n - 1)
    is_corner = (src == n - 1) & (dst == n - 1)
    total = float(weight[is_inner].sum())

    def have_sums(where: npt.NDArray[np.bool_], ends: IntArray) -> bool:
        return np.allclose(np.bincount(ends[where], weight[where], n), np.bincount(ends[is_inner], weight[is_inner], n))

    if n < 3 or total == 0 or not have_sums(is_below, dst):
        return
    called = f"the last row{f', {last!r},' if last else ''} has the sums of the others"
    if last.strip().lower() in TOTALS:
        raise ValueError(f"{called}; leave it and the last column out")
    if options.format != "matrix" and have_sums(is_right, src) and np.isclose(weight[is_corner].sum(), total):
        way = options.say("format", "matrix")
        raise ValueError(f"{called}, and so has the last column; leave both out, or say {way} if it is a node")


def _numbers(row: list[str], n: int, skip: int, k: int, options: Options) -> list[float]:
    if len(row) != n + skip:
        raise ValueError(f"row {k + options.counted_from} of the matrix must have {n} entries, not {len(row) - skip}")
    try:
        found = list(map(float, row[skip:]))
    except ValueError:
        found = [_number(field, k, m, options) for m, field in enumerate(row[skip:])]
    if not all(map(math.isfinite, found)) or (0.0 in found and any(map(is_too_small, row[skip:]))):
        found = [_number(field, k, m, options) for m, field in enumerate(row[skip:])]
    return found


def _number(field: str, row: int, column: int, options: Options) -> float:
    word = field.strip()
    if word in MISSING and options.fill is not None:
        return options.fill
    place = f"row {row + options.counted_from}, {options.called(column)} of the matrix"
    where = f"{place} is {repr(word[:60]) if word else 'empty'}"
    if word in MISSING:
        raise ValueError(f"{where}; write 0 where there is no edge, or say {options.say('fill', 0)}")
    try:
        found = TRUTH[word.lower()] if word.lower() in TRUTH else float(with_point(word))
    except ValueError:
        raise ValueError(f"{where}, no number") from None
    if found == 0 and is_too_small(word):
        raise ValueError(f"{where}, too small a number for floats, which have it as 0; write a larger one, or 0")
    if not math.isfinite(found):
        raise ValueError(f"{where}, no finite number; write 0 where there is no edge")
    return found
