"""From what users hold to compressed sparse rows: one function per kind of input, and `rows_of` for any of them.

Every function returns a `Rows`. The rule is the same everywhere: a nonzero entry is an edge (a NaN, a negative or
a fraction is only a weight), stored zeros and self-loops are dropped, duplicates are merged.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount import _core, _threads, _validate

IntArray = npt.NDArray[np.signedinteger[Any]]


class Rows(NamedTuple):
    """Canonical compressed sparse rows of a digraph.

    ``indptr`` and ``indices`` share a dtype, int32 or int64. Where nodes without edges would dominate, only the
    others have rows: row r is node ``node_ids[r]``; otherwise ``node_ids`` is None.
    """

    n_nodes: int
    indptr: IntArray
    indices: IntArray
    node_ids: npt.NDArray[np.int64] | None = None
    labels: tuple[Hashable, ...] | None = None


def index_dtype(n_nodes: int, n_edges: int) -> type[np.int32] | type[np.int64]:
    """Return the smallest index type that holds the graph."""
    return np.int32 if n_nodes < _core.MAX_NODES_32 and n_edges < 2**31 else np.int64


def check_n_nodes(n_nodes: int) -> None:
    if n_nodes > _core.MAX_NODES:
        raise ValueError(f"n_nodes must be at most {_core.MAX_NODES}, not {_validate.shown(n_nodes)}")


def from_scipy(adj: Any, *, keep_all_rows: bool = False) -> Rows:
    """Convert a square scipy.sparse matrix or array of any format; a canonical CSR is borrowed, not copied."""
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        raise ValueError(f"adj must be square, not of shape {tuple(adj.shape)}")
    n = int(adj.shape[0])
    check_n_nodes(n)
    if adj.format == "csr":
        return Rows(n, *_canonical_rows(adj, n))
    if adj.format == "csc":
        return Rows(n, *_core.transpose(*_canonical_rows(adj, n)))
    coo = adj.tocoo()
    if not len(coo.row) == len(coo.col) == len(coo.data):
        raise ValueError(
            f"adj.row, adj.col and adj.data must have the same length, not {len(coo.row)}, {len(coo.col)} and "
            f"{len(coo.data)}"
        )
    keep = coo.data != 0
    rows, cols = (coo.row, coo.col) if keep.all() else (coo.row[keep], coo.col[keep])
    return from_edge_arrays(rows, cols, n, keep_all_rows=keep_all_rows)


def _canonical_rows(compressed: Any, n: int) -> tuple[IntArray, IntArray]:
    """Check a CSR (or the transpose, CSC) and return its arrays, themselves if they are canonical."""
    indptr, indices, data = compressed.indptr, compressed.indices, compressed.data
    for name, array in (("adj.indptr", indptr), ("adj.indices", indices)):
        if array.ndim != 1 or array.dtype.kind not in "iu":
            raise TypeError(f"{name} must be a vector of integers, not {array.dtype} of shape {array.shape}")
    if len(indptr) != n + 1:
        raise ValueError(f"adj.indptr must have {n + 1} entries for {n} rows, not {len(indptr)}")
    n_stored = int(indptr[-1])
    if not 0 <= n_stored <= min(len(indices), len(data)):
        raise ValueError(f"adj.indptr ends at {n_stored}, but there are {len(indices)} indices and {len(data)} values")
    narrow = {indptr.dtype, indices.dtype} == {np.dtype(np.int32)} and index_dtype(n, n_stored) is np.int32
    dtype = np.int32 if narrow else np.int64
    indptr = np.ascontiguousarray(indptr, dtype=dtype)
    indices = np.ascontiguousarray(indices[:n_stored], dtype=dtype)
    data = data[:n_stored]
    canonical = _core.is_canonical(indptr, indices, n, _threads.effective(None))
    keep = None if np.count_nonzero(data) == n_stored else (data != 0).astype(np.uint8)
    if keep is not None or not canonical:
        return _core.canonical_form(indptr, indices, keep)
    return indptr, indices


def from_dense(adj: npt.NDArray[Any]) -> Rows:
    """Convert a square array of numbers or bools."""
    if adj.dtype.kind not in "biufc":
        raise TypeError(f"adj must hold numbers or bools, not {adj.dtype}")
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        hint = "; edges go to Graph.from_edges(*adj)" if adj.ndim == 2 and len(adj) == 2 else ""
        raise ValueError(f"adj must be a square matrix, not an array of shape {adj.shape}{hint}")
    rows, cols = np.nonzero(adj)
    return from_edge_arrays(rows, cols, adj.shape[0])


def endpoints(name: str, values: Any) -> IntArray:
    """Check the sources or targets of edges, in a sequence, an array or a tensor, and return them as an array."""
    array = _validate.array(name, from_tensor(values) if is_torch_tensor(values) else values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}")
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold integers, not {array.dtype}")
    return array if array.size else array.astype(np.int64)


def from_edge_arrays(src: Any, dst: Any, n_nodes: int, *, keep_all_rows: bool = False) -> Rows:
    """Build rows from integer arrays of sources and targets."""
    dtype = index_dtype(n_nodes, len(src))
    if len(src) and dtype == np.int32:
        for name, ends in (("src", src), ("dst", dst)):
            if ends.dtype != np.int32:  # before the cast, which would wrap
                _check_range(name, ends, n_nodes)
    src, dst = (np.ascontiguousarray(ends, dtype=dtype) for ends in (src, dst))
    indptr, indices, node_ids = _core.build_graph(src, dst, n_nodes, keep_all_rows)
    return Rows(n_nodes, indptr, indices, node_ids)


def _check_range(name: str, ends: IntArray, n_nodes: int) -> None:
    for extreme in (int(ends.min()), int(ends.max())):
        if not 0 <= extreme < n_nodes:
            raise ValueError(
                f"{name}: {extreme} is outside the range 0 to {n_nodes - 1} of a graph with {n_nodes} nodes"
            )


def from_networkx(graph: Any) -> Rows:
    """Convert a networkx DiGraph or MultiDiGraph; every edge counts, whatever its weight. Keeps the node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected networkx graph; use graph.to_directed() to make each edge mutual")
    position, src, dst = networkx_arcs(graph)
    rows = from_edge_arrays(src, dst, len(position), keep_all_rows=True)
    return rows._replace(labels=tuple(position))


def networkx_arcs(graph: Any) -> tuple[dict[Hashable, int], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the position of each node of a networkx graph of any kind, and the arcs between positions.

    Self-loops are there, parallel edges once, an undirected edge both ways.
    """
    position: dict[Hashable, int] = {label: k for k, label in enumerate(graph)}
    neighbours = [row for _, row in graph.adjacency()]
    degrees = np.fromiter(map(len, neighbours), np.int64, len(neighbours))
    heads = map(position.__getitem__, chain.from_iterable(neighbours))
    dst = np.fromiter(heads, np.int64, int(degrees.sum()))
    return position, np.repeat(np.arange(len(position)), degrees), dst


def from_igraph(graph: Any) -> Rows:
    """Convert a directed igraph Graph; vertex names, if any, become node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected igraph graph; use graph.as_directed() to make each edge mutual")
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    rows = from_edge_arrays(ends[:, 0], ends[:, 1], graph.vcount(), keep_all_rows=True)
    names = graph.vs["name"] if "name" in graph.vs.attributes() else None
    return rows if names is None else rows._replace(labels=tuple(names))


def from_graph_tool(graph: Any) -> Rows:
    """Convert a directed graph_tool Graph or GraphView; if vertices are hidden, the others are labelled by number."""
    if not graph.is_directed():
        raise TypeError(
            "adj is an undirected graph-tool graph; adding its edges reversed, graph.get_edges()[:, ::-1], to a "
            "directed copy makes each edge mutual"
        )
    n, vertices, edges = graph.num_vertices(), graph.get_vertices(), graph.get_edges()
    if n == 0 or vertices[-1] == n - 1:
        return from_edge_arrays(edges[:, 0], edges[:, 1], n, keep_all_rows=True)
    edges = np.searchsorted(vertices, edges)
    rows = from_edge_arrays(edges[:, 0], edges[:, 1], n, keep_all_rows=True)
    return rows._replace(labels=tuple(vertices.tolist()))


def from_geometric(data: Any) -> Rows:
    """Convert a torch_geometric Data object: its `edge_index` and `num_nodes`."""
    edge_index = getattr(data, "edge_index", None)
    if edge_index is None:
        raise TypeError(
            "adj must be a torch_geometric object with an edge_index, which this "
            f"{type(data).__name__} lacks (HeteroData has to_homogeneous())"
        )
    if edge_index.ndim != 2 or len(edge_index) != 2:
        raise ValueError(f"adj.edge_index must have the shape (2, n_edges), not {tuple(edge_index.shape)}")
    src, dst = (endpoints("adj.edge_index", ends) for ends in edge_index)
    n_nodes = int(data.num_nodes)
    check_n_nodes(n_nodes)
    return from_edge_arrays(src, dst, n_nodes, keep_all_rows=True)


def is_torch_tensor(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "torch" and hasattr(value, "detach")


def from_tensor(tensor: Any) -> Any:
    """Return a torch tensor as a NumPy array, or, if it is sparse, as a scipy array of the same format.

    On the CPU, indices and values are shared; entries of COO tensors are not added up, as in scipy.
    """
    import torch

    if tensor.layout == torch.strided:
        try:
            return tensor.numpy(force=True)
        except TypeError:  # bfloat16 and others that NumPy lacks
            return (tensor != 0).numpy(force=True)
    if tensor.dense_dim():
        raise ValueError(f"a sparse tensor must be sparse in both dimensions, not of dense_dim {tensor.dense_dim()}")
    tensor = tensor.detach()
    shape = tuple(tensor.shape)
    if tensor.layout == torch.sparse_csr and tensor.ndim == 2:
        parts = tensor.values(), tensor.col_indices(), tensor.crow_indices()
        return sp.csr_array(tuple(map(from_tensor, parts)), shape=shape)
    if tensor.layout == torch.sparse_csc and tensor.ndim == 2:
        parts = tensor.values(), tensor.row_indices(), tensor.ccol_indices()
        return sp.csc_array(tuple(map(from_tensor, parts)), shape=shape)
    coo = tensor.to_sparse_coo()
    return sp.coo_array((from_tensor(coo._values()), tuple(from_tensor(coo._indices()))), shape=shape)


_GRAPH_LIBRARIES = {
    "graph_tool": from_graph_tool,
    "igraph": from_igraph,
    "networkx": from_networkx,
    "torch_geometric": from_geometric,
}


def _type_root(value: Any) -> set[str]:
    return {base.__module__.split(".")[0] for base in type(value).__mro__}


def rows_of(adj: Any, keep_all_rows: bool) -> Rows:
    """Convert whatever holds one adjacency."""
    if is_torch_tensor(adj):
        adj = from_tensor(adj)
    if sp.issparse(adj):
        return from_scipy(adj, keep_all_rows=keep_all_rows)
    if isinstance(adj, (np.ndarray, list, tuple)):
        try:
            return from_dense(np.asarray(adj))
        except ValueError as error:
            if isinstance(adj, np.ndarray):
                raise
            raise ValueError(f"adj must be a square matrix or a list of layer masks: {error}") from None
    roots = _type_root(adj)
    for library, convert in _GRAPH_LIBRARIES.items():
        if library in roots:
            return convert(adj)
    kind = type(adj)
    raise TypeError(
        "adj must be a Graph, a scipy.sparse matrix, a square array, a list of layer masks, a torch tensor or module, "
        "a networkx, igraph or graph_tool graph or a torch_geometric Data object, not "
        f"{kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__qualname__}'}"
    )
