"""Arrays and sparse matrices: .npy, .npz, MatrixMarket."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support.memory import require_memory
from motifcount.files.edges import Edges
from motifcount.files.library_errors import parsing
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.words.numerals import SMALL, is_too_small
from motifcount.inputs import sparse

Arrays = dict[str, npt.NDArray[Any]]


def load_npy(path: Path) -> npt.NDArray[Any]:
    """Return the array in a .npy file whose header fits its size."""
    with parsing("a NumPy array"):
        with path.open("rb") as file:
            _check_size(file, path.stat().st_size)
        return np.asarray(np.load(path, allow_pickle=False))


def read_npy(path: Path, options: Options) -> Edges:
    """Return the edges of a square array."""
    array = load_npy(path)
    _check_dtype("the array", array.dtype)
    _check_shape(array.shape)
    return of_dense(array, "NumPy array", options)


def of_dense(array: npt.NDArray[Any], what: str, options: Options) -> Edges:
    """Return the edges of a square array: row to column, where an entry is not 0."""
    array = _filled(array, options)
    sparse.refuse_infinite("the matrix", array)
    src, dst = np.nonzero(array)
    report = ReadReport(f"{what}, {len(array)} × {len(array)}", columns={"source": "rows", "target": "columns"})
    return Edges(src, dst, None, len(array), report, _weights(array[src, dst]))


def _check_dtype(name: str, dtype: np.dtype[Any]) -> None:
    try:
        sparse.check_dtype(name, dtype)
    except TypeError as error:  # of an argument; here a file holds it
        raise ValueError(str(error)) from None


def _filled(array: npt.NDArray[Any], options: Options) -> npt.NDArray[Any]:
    """Return an array with what the user says in place of NaN."""
    if array.dtype.kind != "f" or not (unknown := np.isnan(array)).any():
        return array
    if options.fill is None:
        row, column = np.argwhere(unknown)[0].tolist()
        raise ValueError(
            f"entry ({row}, {column}) of the matrix is NaN; {options.say('fill', 0)} takes such entries for no edge"
        )
    return np.where(unknown, options.fill, array)


def of_sparse(matrix: Any, what: str, options: Options) -> Edges:
    """Return the edges of a square sparse matrix: its entries that are not 0."""
    _check_dtype("the matrix", matrix.dtype)
    shape = sparse.shape_of("the matrix", matrix)
    _check_shape(shape)
    if matrix.format == "coo" and not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()  # as scipy means them
    if options.fill is not None and matrix.data.dtype.kind == "f":
        matrix = matrix.copy()
        matrix.data = np.where(np.isnan(matrix.data), options.fill, matrix.data)
    src, dst, data, n_zeros = sparse.entries("the matrix", matrix)
    columns = {"source": "rows", "target": "columns"}
    notes = (f"{n_zeros:,} stored zeros are no edges",) if n_zeros else ()
    report = ReadReport(f"{what}, {shape[0]} × {shape[0]}", columns=columns, notes=notes)
    return Edges(src, dst, None, shape[0], report, _weights(data))


def _weights(values: npt.NDArray[Any]) -> npt.NDArray[np.float64] | None:
    """Return entries that are not 0 as weights, the least for those of long floats that others have as 0."""
    if values.dtype.kind not in "buif":
        return None
    found = values.astype(np.float64)
    return np.where(found == 0, np.copysign(np.finfo(np.float64).smallest_subnormal, found), found)


def read_npz(path: Path) -> Any:
    """Return the sparse matrix in a .npz file, or its arrays by name, in the order in which they are stored."""
    with parsing("an .npz file"):
        _check_members(path)
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if "format" not in arrays.files:
                return {name: arrays[name] for name in arrays.files}
        return sp.load_npz(path)


def read_mtx(raw: bytes, options: Options) -> Edges:
    """Return the edges of a MatrixMarket file."""
    from scipy.io import mminfo, mmread

    if b"\0" in raw:
        raise ValueError(f"not a text file (byte {raw.index(0)})")
    # SciPy's parser crashes where it finds a zero byte, or the end of the file, before the end of a damaged line.
    raw = re.sub(rb"\A%%matrixmarket", b"%%MatrixMarket", raw, flags=re.IGNORECASE)  # SciPy wants these letters
    file = io.BytesIO(raw + b"\n")
    with parsing("MatrixMarket"), _saying_what_is_due():
        n_rows, n_columns, n_entries, layout = mminfo(file)[:4]
    with parsing("MatrixMarket"):
        file.seek(0)
        _check_shape((n_rows, n_columns))
        if layout == "array" and n_rows == 0:  # SciPy's parser divides by it
            if raw.split()[-2:] != [b"0", b"0"]:
                raise ValueError("damaged: a matrix of 0 rows has no entries")
            return of_dense(np.zeros((0, 0)), "MatrixMarket", options)
        if 2 * n_entries > len(file.getbuffer()) + 1:
            raise ValueError(f"damaged: {n_entries} entries are promised, more than the file has room for")
        if SMALL.search(raw) and (word := next(filter(is_too_small, raw.decode(errors="replace").split()), None)):
            raise ValueError(f"{word!r} is too small for floats, which have it as 0")
        with _saying_what_is_due():
            found = mmread(file)
    if sp.issparse(found):
        return of_sparse(found, "MatrixMarket", options)
    return of_dense(np.asarray(found), "MatrixMarket", options)


@contextmanager
def _saying_what_is_due() -> Iterator[None]:
    """Add to what SciPy says of a file of MatrixMarket how one begins."""
    try:
        yield
    except ValueError as error:
        raise ValueError(
            f"damaged, or not MatrixMarket: {str(error).rstrip('.')}; the first line must be such as "
            "'%%MatrixMarket matrix coordinate real general', the next that is no comment must hold the numbers of "
            "rows, columns and entries, and each entry a line below: row, column and value"
        ) from error


def _check_shape(shape: tuple[int, ...]) -> None:
    if len(shape) != 2 or shape[0] != shape[1]:
        star = "*" if shape[:1] == (2,) else ""
        is_list = len(shape) == 2 and 2 in shape
        way = f"; edges are taken by mc.Graph.from_edges({star}numpy.load(path)), in Python" if is_list else ""
        raise ValueError(f"must hold a square matrix, not one of shape {shape}{way}")


def _check_members(path: Path) -> None:
    """Refuse arrays whose headers promise other sizes than there are, before memory is asked for."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) != _n_promised(path):
            raise ValueError(f"damaged: {len(members)} arrays are found where {_n_promised(path)} are promised")
        require_memory(sum(member.file_size for member in members), f"unpacking {len(members)} arrays")
        for member in members:
            with archive.open(member) as file:
                _check_size(file, member.file_size, f"{member.filename}: ")


def _n_promised(path: Path) -> int:
    """Return the number of members by the last record of a zip file; a wrong bit can hide one from zipfile."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16)))
        content = file.read()
    record = content.rfind(b"PK\5\6")
    return int.from_bytes(content[record + 10 : record + 12], "little")


def _check_size(file: IO[bytes], size: int, where: str = "") -> None:
    version = np.lib.format.read_magic(file)
    headers = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    if version not in headers:
        raise ValueError(f"{where}version {version} of the npy format is not for matrices")
    shape, _, dtype = headers[version](file)
    promised = math.prod(shape) * dtype.itemsize
    found = size - file.tell()
    if promised != found and not dtype.hasobject:
        raise ValueError(f"{where}damaged: an array of shape {shape} has {promised} bytes, not {found}")
