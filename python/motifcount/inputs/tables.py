"""Edges as two columns, sources and targets."""

from __future__ import annotations

from typing import Any

import numpy as np

from motifcount import _core
from motifcount._support import arguments, memory
from motifcount.inputs import sparse
from motifcount.inputs.places import IntArray
from motifcount.inputs.rows import Rows, dropped
from motifcount.inputs.tensors import from_tensor, is_torch_tensor


def from_edges(src: Any, dst: Any, n_nodes: Any, *, keep_all_rows: bool) -> Rows:
    """Convert the ends of edges as a user gives them; without `n_nodes`, the highest end is the last node."""
    src, dst = endpoints("src", src), endpoints("dst", dst)
    if len(src) != len(dst):
        raise ValueError(f"src and dst must have the same length, not {len(src)} and {len(dst)}")
    if n_nodes is None:
        n_nodes = 1 + max((-1, *(int(ends.max()) for ends in (src, dst) if ends.size)))
        _refuse_ids(n_nodes - 1, len(src))
    return from_edge_arrays(src, dst, check_n_nodes(n_nodes), keep_all_rows=keep_all_rows)


def _refuse_ids(highest: int, n_edges: int) -> None:
    """Refuse numbers of nodes so high that most nodes would have no edge: they are ids, labels of nodes."""
    if highest < 1000 + 100 * n_edges:
        return
    way = f"n_nodes={highest + 1}" if highest < _core.MAX_NODES else f"n_nodes, {_core.MAX_NODES:,} at most"
    raise ValueError(
        f"integers in src and dst are numbers of nodes, from 0, and {highest:,} is too high for {n_edges:,} edges to "
        "be likely one; if they are ids, give them as labels, by a frame (Graph.from_edges(pandas.DataFrame({'source': "
        f"src, 'target': dst}}))) or as texts (list(map(str, src))); if they are numbers, give {way}"
    )


def check_n_nodes(n_nodes: Any) -> int:
    """Return a number of nodes that the core can take."""
    return arguments.integer("n_nodes", n_nodes, 0, _core.MAX_NODES)


def endpoints(name: str, values: Any) -> IntArray:
    """Check the sources or targets of edges, in a sequence, an array or a tensor, and return them as an array."""
    array = arguments.array(name, from_tensor(name, values) if is_torch_tensor(values) else values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}")
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold integers of up to 64 bits, not {array.dtype}")
    return array if array.size else array.astype(np.int64)


def from_edge_arrays(src: Any, dst: Any, n_nodes: int, *, keep_all_rows: bool = False, zeros: int = 0) -> Rows:
    """Build rows from integer arrays of sources and targets; `zeros` more had weight 0."""
    if keep_all_rows:
        memory.require_memory(12 * n_nodes, f"layers: a row for each of {n_nodes:,} nodes")
    dtype = sparse.index_dtype(n_nodes, len(src))
    for name, ends in (("src", src), ("dst", dst)):
        if ends.dtype != dtype:  # before the cast, which would wrap
            sparse.check_range(name, ends, n_nodes)
    src, dst = (np.ascontiguousarray(ends, dtype=dtype) for ends in (src, dst))
    indptr, indices, node_ids, loops = _core.build_graph(src, dst, n_nodes, keep_all_rows)
    if len(indptr) <= n_nodes and node_ids is None:  # no node has a row
        node_ids = np.empty(0, dtype=np.int64)
    left_out = dropped(loops=loops, duplicates=len(src) - loops - len(indices), zeros=zeros)
    return Rows(n_nodes, indptr, indices, node_ids, dropped=left_out)
