"""Checks of scipy.sparse matrices: SciPy trusts their arrays, and reads out of bounds where they are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support.threads import effective_threads
from motifcount.inputs.places import IntArray
from motifcount.inputs.rows import dropped


def index_dtype(n_nodes: int, n_edges: int) -> type[np.int32] | type[np.int64]:
    """Return the smallest index type that holds the graph."""
    return np.int32 if n_nodes < _core.MAX_NODES_32 and n_edges < 2**31 else np.int64


def check_dtype(name: str, dtype: np.dtype[Any]) -> None:
    """Refuse what is neither a real number nor a bool."""
    if dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold {'real ' if dtype.kind == 'c' else ''}numbers or bools, not {dtype}")


def shape_of(name: str, matrix: Any) -> tuple[int, ...]:
    """Return the shape of a matrix or array."""
    with _naming(name, matrix):
        return tuple(map(int, matrix.shape))


@contextmanager
def _naming(name: str, matrix: Any) -> Iterator[None]:
    """Name the matrix in whatever error its parts cause: they may be missing, or anything."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if str(error).startswith(name):
            raise
        raise ValueError(f"{name} is no valid {matrix.format} matrix: {error}") from error


def compressed_rows(name: str, matrix: Any) -> tuple[IntArray, IntArray, Mapping[str, int]]:
    """Check a square CSR (or CSC, by columns) and return its index arrays, themselves if they are canonical.

    Self-loops and stored zeros are dropped, columns sorted, duplicates merged; how many is returned too.
    """
    with _naming(name, matrix):
        indptr, indices, data, canonical = _checked(name, matrix)
    zeros = len(data) - int(np.count_nonzero(data))
    if zeros == 0 and canonical:
        return indptr, indices, dropped()
    keep = (data != 0).astype(np.uint8) if zeros else None
    new_indptr, new_indices, loops = _core.canonical_form(indptr, indices, keep)
    duplicates = len(data) - zeros - loops - len(new_indices)
    return new_indptr, new_indices, dropped(loops=loops, duplicates=duplicates, zeros=zeros)


def _checked(name: str, matrix: Any) -> tuple[IntArray, IntArray, npt.NDArray[Any], bool]:
    """Check a CSR or CSC; return its index arrays, its values, and whether rows ascend without self-loops."""
    n_rows, n_cols = _as_rows(matrix.shape) if matrix.format == "csr" else matrix.shape[::-1]
    n_stored = _check_compressed(name, matrix, n_rows)
    indptr, indices, data = matrix.indptr, matrix.indices, matrix.data[:n_stored]
    narrow = {indptr.dtype, indices.dtype} == {np.dtype(np.int32)}
    narrow = narrow and index_dtype(max(n_rows, n_cols), n_stored) is np.int32
    dtype = np.int32 if narrow else np.int64
    indptr = np.ascontiguousarray(indptr, dtype=dtype)
    indices = np.ascontiguousarray(indices[:n_stored], dtype=dtype)

    def entry(k: int) -> tuple[Any, ...]:
        at = np.searchsorted(indptr, k, side="right") - 1, indices[k]
        return at if matrix.format == "csr" else at[::-1]

    _refuse_infinite(name, data, entry)
    try:
        canonical = _core.is_canonical(indptr, indices, n_cols, effective_threads(None))
    except _core.InvalidGraph as error:
        raise _core.InvalidGraph(f"{name}.{error}") from None
    if not canonical and _may_cancel(data):
        data = _without_cancelled(np.repeat(np.arange(n_rows), np.diff(indptr)), indices, data, n_cols)
    return indptr, indices, data, canonical


def coordinates(name: str, matrix: Any) -> tuple[IntArray, IntArray]:
    """Check a matrix or array of any format and return rows and columns of its nonzero entries; a vector is one row."""
    return entries(name, matrix)[:2]


def entries(name: str, matrix: Any) -> tuple[IntArray, IntArray, npt.NDArray[Any], int]:
    """Return the :func:`coordinates` of a matrix, its entries there, and how many zeros it stores."""
    with _naming(name, matrix):
        if matrix.format in ("csr", "csc"):
            indptr, indices, data, _ = _checked(name, matrix)
            rows, cols = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr)), indices
        else:
            rows, cols, data = _coo_parts(name, matrix)
    keep = data != 0
    zeros = len(data) - int(np.count_nonzero(keep))
    if zeros:
        rows, cols, data = rows[keep], cols[keep], data[keep]
    return (cols, rows, data, zeros) if matrix.format == "csc" else (rows, cols, data, zeros)


def refuse_infinite(name: str, array: npt.NDArray[Any]) -> None:
    """Refuse a dense array with NaN or inf."""
    _refuse_infinite(name, array, lambda k: np.unravel_index(k, array.shape))


def _refuse_infinite(name: str, values: npt.NDArray[Any], entry: Callable[[int], tuple[Any, ...]]) -> None:
    """Refuse NaN, an empty cell or an unknown weight, and inf, no edge in matrices of distances.

    `entry` tells where value k stands.
    """
    if values.dtype.kind != "f" or not values.size or (np.isfinite(values.min()) and np.isfinite(values.max())):
        return
    k = int(np.flatnonzero(~np.isfinite(values))[0])
    at = tuple(map(int, entry(k)))
    found = "NaN" if np.isnan(values.flat[k]) else values.flat[k]
    raise ValueError(
        f"{name} must hold finite numbers, but entry {at if len(at) > 1 else at[0]} is {found}; "
        "fill such entries with 0 where there is no edge (np.where(np.isfinite(a), a, 0))"
    )


def _as_rows(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of a vector as that of one row."""
    return (1, *shape) if len(shape) == 1 else shape


def _coo_parts(name: str, matrix: Any) -> tuple[IntArray, IntArray, npt.NDArray[Any]]:
    if matrix.format in _CHECKS:
        _CHECKS[matrix.format](name, matrix)
    coo = matrix.tocoo()
    data, ends = coo.data, coo.coords if hasattr(coo, "coords") else (coo.row, coo.col)
    if len(ends) != len(matrix.shape):
        raise ValueError(f"{name}.coords must hold {len(matrix.shape)} arrays, not {len(ends)}")
    if len(ends) == 1:
        ends = np.zeros_like(ends[0]), ends[0]
    rows, cols = ends
    _check_array(f"{name}.data", data)
    for end, side, size in zip(ends, ("row", "col"), _as_rows(matrix.shape), strict=True):
        _check_array(f"{name}.{side}", end, "iu")
        check_range(f"{name}.{side}", end, size)
    if not len(rows) == len(cols) == len(data):
        lengths = f"{len(rows)}, {len(cols)} and {len(data)}"
        raise ValueError(f"{name}.row, {name}.col and {name}.data must have the same length, not {lengths}")
    _refuse_infinite(name, data, lambda k: (rows[k], cols[k]))
    return rows, cols, _without_cancelled(rows, cols, data, _as_rows(matrix.shape)[1]) if _may_cancel(data) else data


def _may_cancel(data: npt.NDArray[Any]) -> bool:
    return data.dtype.kind in "if" and bool(data.size) and bool(data.min() < 0)


def _without_cancelled(rows: IntArray, cols: IntArray, data: npt.NDArray[Any], n_cols: int) -> npt.NDArray[Any]:
    """Return entries with 0 for those of one place that add up to 0, as SciPy and torch add them."""
    _, first, place = np.unique(rows.astype(np.int64) * n_cols + cols, return_index=True, return_inverse=True)
    sums = np.zeros(len(first), data.dtype)
    np.add.at(sums, place, data)
    return np.where(sums[place] == 0, 0, data)


def check_range(name: str, ends: Any, n: int, low: int = 0) -> None:
    """Refuse integers outside `low` to n - 1."""
    if not len(ends):
        return
    for extreme in (int(ends.min()), int(ends.max())):
        if not low <= extreme < n:
            raise ValueError(f"{name}: {extreme} is outside the range {low} to {n - 1}")


def _check_array(name: str, array: Any, kinds: str = "biuf", ndim: int = 1) -> None:
    is_plain = isinstance(array, np.ndarray) and not isinstance(array, np.ma.MaskedArray)
    if not is_plain or array.ndim != ndim or array.dtype.kind not in kinds:
        found = f"{array.dtype} of shape {array.shape}" if is_plain else type(array).__name__
        of = "integers" if kinds == "iu" else "real numbers"
        raise TypeError(f"{name} must be an array of {of} with {ndim} dimension{'s'[: ndim > 1]}, not {found}")


def _check_compressed(name: str, matrix: Any, n_rows: int) -> int:
    """Check the ends of compressed rows; return the number of stored entries (or blocks)."""
    for part in ("indptr", "indices"):
        _check_array(f"{name}.{part}", getattr(matrix, part), "iu")
    _check_array(f"{name}.data", matrix.data, ndim=3 if matrix.format == "bsr" else 1)
    if len(matrix.indptr) != n_rows + 1:
        raise ValueError(f"{name}.indptr must have {n_rows + 1} entries for {n_rows} rows, not {len(matrix.indptr)}")
    n_stored = int(matrix.indptr[-1])
    n_there = len(matrix.indices), len(matrix.data)
    if not 0 <= n_stored <= min(n_there):
        there = f"{n_there[0]} indices and {n_there[1]} values"
        raise ValueError(f"{name}.indptr ends at {n_stored}, but there are {there}")
    return n_stored


def _check_bsr(name: str, matrix: Any) -> None:
    _check_array(f"{name}.data", matrix.data, ndim=3)
    blocks = matrix.data.shape[1:]
    if 0 in blocks or any(n % side for n, side in zip(matrix.shape, blocks, strict=True)):
        raise ValueError(f"{name}.data must hold blocks that divide the shape {matrix.shape}, not of shape {blocks}")
    n_rows, n_cols = (n // side for n, side in zip(matrix.shape, blocks, strict=True))
    n_blocks = _check_compressed(name, matrix, n_rows)
    steps = np.diff(matrix.indptr.astype(np.int64))
    if matrix.indptr[0] != 0 or (steps < 0).any():
        raise ValueError(f"{name}.indptr must start at 0 and never fall")
    check_range(f"{name}.indices", matrix.indices[:n_blocks], n_cols)


def _check_dia(name: str, matrix: Any) -> None:
    _check_array(f"{name}.offsets", matrix.offsets, "iu")
    _check_array(f"{name}.data", matrix.data, ndim=2)
    if len(matrix.data) != len(matrix.offsets):
        raise ValueError(f"{name}.data must have one row for each of the {len(matrix.offsets)} offsets")
    check_range(f"{name}.offsets", matrix.offsets, _MAX_OFFSET, -_MAX_OFFSET)
    if len(np.unique(matrix.offsets)) != len(matrix.offsets):
        raise ValueError(f"{name}.offsets must differ from each other")


def _check_lil(name: str, matrix: Any) -> None:
    rows, data = matrix.rows, matrix.data
    if len(rows) != matrix.shape[0] or list(map(len, rows)) != list(map(len, data)):
        raise ValueError(f"{name}.rows and {name}.data must hold as many columns as values, row by row")
    _check_keys(f"{name}.rows", list(chain.from_iterable(rows)), matrix.shape[1:])


def _check_dok(name: str, matrix: Any) -> None:
    _check_keys(f"{name}.keys", list(matrix.keys()), matrix.shape)


def _check_keys(name: str, keys: list[Any], shape: tuple[int, ...]) -> None:
    """Check that a list holds integers, or tuples of them, inside of a shape."""
    array = np.array(keys).reshape(len(keys), len(shape))
    if keys and array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold integers, not {array.dtype}")
    for column, size in zip(array.T, shape, strict=True):
        check_range(name, column, size)


_MAX_OFFSET = 2**62  # sums with row numbers must not wrap
_CHECKS: Mapping[str, Callable[[str, Any], None]] = {
    "bsr": _check_bsr,
    "dia": _check_dia,
    "dok": _check_dok,
    "lil": _check_lil,
}
