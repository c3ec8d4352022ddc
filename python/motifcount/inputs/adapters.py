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

from motifcount import _core
from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount.inputs import sparse
from motifcount.inputs.sparse import IntArray


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


def check_n_nodes(n_nodes: Any) -> int:
    """Return a number of nodes that the core can take."""
    return arguments.integer("n_nodes", n_nodes, 0, _core.MAX_NODES)


def from_scipy(adj: Any, *, keep_all_rows: bool = False) -> Rows:
    """Convert a square scipy.sparse matrix or array of any format; a canonical CSR is borrowed, not copied."""
    shape = sparse.shape_of("adj", adj)
    if len(shape) != 2 or shape[0] != shape[1]:
        raise ValueError(f"adj must be square, not of shape {shape}")
    n = check_n_nodes(shape[0])
    if adj.format == "csr":
        return Rows(n, *sparse.compressed_rows("adj", adj))
    if adj.format == "csc":
        return Rows(n, *_core.transpose(*sparse.compressed_rows("adj", adj)))
    return from_edge_arrays(*sparse.coordinates("adj", adj), n, keep_all_rows=keep_all_rows)


def from_dense(adj: npt.NDArray[Any]) -> Rows:
    """Convert a square array of numbers or bools."""
    sparse.check_dtype("adj", adj.dtype)
    if adj.ndim != 2 or adj.shape[0] != adj.shape[1]:
        hint = "; edges go to Graph.from_edges(*adj)" if adj.ndim == 2 and len(adj) == 2 else ""
        raise ValueError(f"adj must be a square matrix, not an array of shape {adj.shape}{hint}")
    rows, cols = np.nonzero(adj)
    return from_edge_arrays(rows, cols, adj.shape[0])


def endpoints(name: str, values: Any) -> IntArray:
    """Check the sources or targets of edges, in a sequence, an array or a tensor, and return them as an array."""
    array = arguments.array(name, from_tensor(name, values) if is_torch_tensor(values) else values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}")
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold integers of up to 64 bits, not {array.dtype}")
    return array if array.size else array.astype(np.int64)


def from_edge_arrays(src: Any, dst: Any, n_nodes: int, *, keep_all_rows: bool = False) -> Rows:
    """Build rows from integer arrays of sources and targets."""
    if keep_all_rows:
        require_memory(12 * n_nodes, f"layers: a row for each of {n_nodes:,} nodes")
    dtype = sparse.index_dtype(n_nodes, len(src))
    for name, ends in (("src", src), ("dst", dst)):
        if ends.dtype != dtype:  # before the cast, which would wrap
            sparse.check_range(name, ends, n_nodes)
    src, dst = (np.ascontiguousarray(ends, dtype=dtype) for ends in (src, dst))
    indptr, indices, node_ids = _core.build_graph(src, dst, n_nodes, keep_all_rows)
    return Rows(n_nodes, indptr, indices, node_ids)


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
    n_nodes = check_n_nodes(data.num_nodes)
    for ends in (src, dst):
        sparse.check_range("adj.edge_index", ends, n_nodes)
    return from_edge_arrays(src, dst, n_nodes, keep_all_rows=True)


def is_torch_tensor(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "torch" and hasattr(value, "detach")


def from_tensor(name: str, tensor: Any) -> Any:
    """Return a torch tensor as a NumPy array, or, if it is sparse, as a scipy array of the same format.

    On the CPU, indices and values are shared; entries of COO tensors are not added up, as in scipy.
    """
    try:
        return _from_tensor(name, tensor)
    except RuntimeError as error:  # of a nested tensor, or one on the device "meta"
        reason = str(error).splitlines()[0]
        raise ValueError(f"{name} must be a tensor whose values can be read; this one cannot: {reason}") from error


def _from_tensor(name: str, tensor: Any) -> Any:
    import torch

    if tensor.layout == torch.strided:
        try:
            return tensor.numpy(force=True)
        except TypeError:  # bfloat16 and others that NumPy lacks
            return (tensor != 0).numpy(force=True)
    if tensor.dense_dim():
        found = tensor.dense_dim()
        raise ValueError(f"{name}: a sparse tensor must be sparse in both dimensions, not of dense_dim {found}")
    tensor = tensor.detach()
    shape = tuple(tensor.shape)
    if tensor.layout == torch.sparse_csr and tensor.ndim == 2:
        parts = tensor.values(), tensor.col_indices(), tensor.crow_indices()
        return _compressed(sp.csr_array(shape), name, parts)
    if tensor.layout == torch.sparse_csc and tensor.ndim == 2:
        parts = tensor.values(), tensor.row_indices(), tensor.ccol_indices()
        return _compressed(sp.csc_array(shape), name, parts)
    coo = tensor.to_sparse_coo()
    matrix = sp.coo_array(shape)
    matrix.coords, matrix.data = tuple(_from_tensor(name, coo._indices())), _from_tensor(name, coo._values())
    return matrix


def _compressed(matrix: Any, name: str, parts: tuple[Any, Any, Any]) -> Any:
    """Give an empty matrix its parts, which SciPy's constructor would check under other names."""
    matrix.data, matrix.indices, matrix.indptr = (_from_tensor(name, part) for part in parts)
    return matrix


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
        adj = from_tensor("adj", adj)
    if sp.issparse(adj):
        return from_scipy(adj, keep_all_rows=keep_all_rows)
    if isinstance(adj, (np.ndarray, list, tuple)):
        return from_dense(arguments.array("adj", adj))
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
