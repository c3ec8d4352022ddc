"""Square matrices, dense or of scipy.sparse."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.inputs import sparse
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import check_n_nodes, from_edge_arrays


def from_scipy(adj: Any, *, keep_all_rows: bool = False) -> Rows:
    """Convert a square scipy.sparse matrix or array of any format; the arrays of a canonical CSR are borrowed."""
    shape = sparse.shape_of("adj", adj)
    if len(shape) != 2 or shape[0] != shape[1]:
        raise ValueError(f"adj must be square, not of shape {shape}")
    n = check_n_nodes(shape[0])
    if adj.format == "csr":
        indptr, indices, dropped = sparse.compressed_rows("adj", adj)
        borrowed = np.may_share_memory(indptr, adj.indptr) or np.may_share_memory(indices, adj.indices)
        return Rows(n, indptr, indices, dropped=dropped, borrowed=borrowed)
    if adj.format == "csc":
        indptr, indices, dropped = sparse.compressed_rows("adj", adj)
        return Rows(n, *_core.transpose(indptr, indices), dropped=dropped)
    src, dst, _, zeros = sparse.entries("adj", adj)
    return from_edge_arrays(src, dst, n, keep_all_rows=keep_all_rows, zeros=zeros)


def from_dense(adj: npt.NDArray[Any]) -> Rows:
    """Convert a square array of numbers or bools."""
    sparse.check_dtype("adj", adj.dtype)
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        hint = ""
        if adj.ndim == 2 and 2 in adj.shape:
            hint = f"; edges go to Graph.from_edges({'adj' if adj.shape[1] == 2 else '*adj'})"
        raise ValueError(f"adj must be a square matrix, not an array of shape {adj.shape}{hint}")
    sparse.refuse_infinite("adj", adj)
    rows, cols = np.nonzero(adj)
    return from_edge_arrays(rows, cols, adj.shape[0])
