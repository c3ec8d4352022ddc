"""scipy.sparse matrices, looked at before they are used: SciPy trusts them, and reads out of bounds where they lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core, _threads

IntArray = npt.NDArray[np.signedinteger[Any]]


def index_dtype(n_nodes: int, n_edges: int) -> type[np.int32] | type[np.int64]:
    """Return the smallest index type that holds the graph."""
    return np.int32 if n_nodes < _core.MAX_NODES_32 and n_edges < 2**31 else np.int64


def check_dtype(name: str, dtype: np.dtype[Any]) -> None:
    """Refuse what is neither a number nor a bool."""
    if dtype.kind not in "biufc":
        raise TypeError(f"{name} must hold numbers or bools, not {dtype}")


def compressed_rows(name: str, matrix: Any) -> tuple[IntArray, IntArray]:
    """Check a square CSR (or CSC, by columns) and return its index arrays, themselves if they are canonical.

    Self-loops and stored zeros are dropped, columns sorted, duplicates merged.
    """
    indptr, indices, data, canonical = _checked(name, matrix)
    keep = None if np.count_nonzero(data) == len(data) else (data != 0).astype(np.uint8)
    if keep is not None or not canonical:
        return _core.canonical_form(indptr, indices, keep)
    return indptr, indices


def _checked(name: str, matrix: Any) -> tuple[IntArray, IntArray, npt.NDArray[Any], bool]:
    """Check a CSR or CSC; return its index arrays, its values, and whether rows ascend without self-loops."""
    n_rows, n_cols = matrix.shape if matrix.format == "csr" else matrix.shape[::-1]
    n_stored = _check_compressed(name, matrix, n_rows)
    indptr, indices, data = matrix.indptr, matrix.indices, matrix.data[:n_stored]
    _check_vector(f"{name}.data", data, "biufc")
    narrow = {indptr.dtype, indices.dtype} == {np.dtype(np.int32)}
    narrow = narrow and index_dtype(max(n_rows, n_cols), n_stored) is np.int32
    dtype = np.int32 if narrow else np.int64
    indptr = np.ascontiguousarray(indptr, dtype=dtype)
    indices = np.ascontiguousarray(indices[:n_stored], dtype=dtype)
    try:
        return indptr, indices, data, _core.is_canonical(indptr, indices, n_cols, _threads.effective(None))
    except _core.InvalidGraph as error:
        raise _core.InvalidGraph(f"{name}.{error}") from None


def coordinates(name: str, matrix: Any) -> tuple[IntArray, IntArray]:
    """Check a matrix or array of any format and return rows and columns of its nonzero entries."""
    if matrix.format in ("csr", "csc"):
        indptr, indices, data, _ = _checked(name, matrix)
        rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
        keep = data != 0
        rows, cols = (rows, indices) if keep.all() else (rows[keep], indices[keep])
        return (rows, cols) if matrix.format == "csr" else (cols, rows)
    if matrix.format in _CHECKS:
        _CHECKS[matrix.format](name, matrix)
    try:
        coo = matrix.tocoo()
        data, (rows, cols) = coo.data, coo.coords if hasattr(coo, "coords") else (coo.row, coo.col)
    except (ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"{name} is no valid {matrix.format} matrix: {error}") from error
    check_dtype(name, data.dtype)
    for end, side in ((rows, "row"), (cols, "col")):
        _check_vector(f"{name}.{side}", end, "iu")
    if not len(rows) == len(cols) == len(data):
        lengths = f"{len(rows)}, {len(cols)} and {len(data)}"
        raise ValueError(f"{name}.row, {name}.col and {name}.data must have the same length, not {lengths}")
    keep = data != 0
    if not keep.all():
        rows, cols = rows[keep], cols[keep]
    for end, side, size in ((rows, "row", matrix.shape[0]), (cols, "col", matrix.shape[1])):
        check_range(f"{name}.{side}", end, size)
    return rows, cols


def check_range(name: str, ends: Any, n: int) -> None:
    """Refuse integers outside 0 to n - 1."""
    if not len(ends):
        return
    for extreme in (int(ends.min()), int(ends.max())):
        if not 0 <= extreme < n:
            raise ValueError(f"{name}: {extreme} is outside the range 0 to {n - 1}")


def _check_vector(name: str, array: Any, kinds: str) -> None:
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype.kind not in kinds:
        found = f"{array.dtype} of shape {array.shape}" if isinstance(array, np.ndarray) else type(array).__name__
        raise TypeError(f"{name} must be a vector of {'integers' if kinds == 'iu' else 'numbers'}, not {found}")


def _check_compressed(name: str, matrix: Any, n_rows: int) -> int:
    """Check the ends of compressed rows; return the number of stored entries (or blocks)."""
    for part in ("indptr", "indices"):
        _check_vector(f"{name}.{part}", getattr(matrix, part), "iu")
    if not isinstance(matrix.data, np.ndarray):
        raise TypeError(f"{name}.data must be an array, not {type(matrix.data).__name__}")
    if len(matrix.indptr) != n_rows + 1:
        raise ValueError(f"{name}.indptr must have {n_rows + 1} entries for {n_rows} rows, not {len(matrix.indptr)}")
    n_stored = int(matrix.indptr[-1])
    n_there = len(matrix.indices), len(matrix.data)
    if not 0 <= n_stored <= min(n_there):
        there = f"{n_there[0]} indices and {n_there[1]} values"
        raise ValueError(f"{name}.indptr ends at {n_stored}, but there are {there}")
    return n_stored


def _check_bsr(name: str, matrix: Any) -> None:
    if not isinstance(matrix.data, np.ndarray) or matrix.data.ndim != 3 or 0 in matrix.data.shape[1:]:
        raise ValueError(f"{name}.data must hold blocks, of shape (n, rows, columns)")
    n_rows, n_cols = (n // side for n, side in zip(matrix.shape, matrix.data.shape[1:], strict=True))
    n_blocks = _check_compressed(name, matrix, n_rows)
    steps = np.diff(matrix.indptr.astype(np.int64))
    if matrix.indptr[0] != 0 or (steps < 0).any():
        raise ValueError(f"{name}.indptr must start at 0 and never fall")
    check_range(f"{name}.indices", matrix.indices[:n_blocks], n_cols)


def _check_dia(name: str, matrix: Any) -> None:
    _check_vector(f"{name}.offsets", matrix.offsets, "iu")
    data = matrix.data
    if not isinstance(data, np.ndarray) or data.ndim != 2 or len(data) != len(matrix.offsets):
        raise ValueError(f"{name}.data must have one row for each of the {len(matrix.offsets)} offsets")
    if len(np.unique(matrix.offsets)) != len(matrix.offsets):
        raise ValueError(f"{name}.offsets must differ from each other")


def _check_lil(name: str, matrix: Any) -> None:
    rows, data = matrix.rows, matrix.data
    if len(rows) != matrix.shape[0] or list(map(len, rows)) != list(map(len, data)):
        raise ValueError(f"{name}.rows and {name}.data must hold as many columns as values, row by row")


_CHECKS: Mapping[str, Callable[[str, Any], None]] = {"bsr": _check_bsr, "dia": _check_dia, "lil": _check_lil}
