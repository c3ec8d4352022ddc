"""Graphs of networkx, igraph, graph-tool and PyTorch Geometric, none of which is imported here."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Hashable, Mapping
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.inputs import sparse
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import check_n_nodes, endpoints, from_edge_arrays
from motifcount.inputs.tensors import from_tensor


def from_networkx(graph: Any) -> Rows:
    """Convert a networkx DiGraph or MultiDiGraph. Keeps the node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected networkx graph; use graph.to_directed() to make each edge mutual")
    edges = graph.edges(data="weight", default=1)
    position: dict[Hashable, int] = {label: k for k, label in enumerate(graph)}
    src = np.fromiter((position[u] for u, _, _ in edges), np.int64, len(edges))
    dst = np.fromiter((position[v] for _, v, _ in edges), np.int64, len(edges))
    rows = _weighted(src, dst, [weight for _, _, weight in edges], len(position))
    return rows._replace(labels=tuple(position))


def _weighted(src: npt.NDArray[Any], dst: npt.NDArray[Any], weights: Any, n_nodes: int) -> Rows:
    """Build rows from edges and the values of their attribute ``weight``, where they have one."""
    if weights is None:
        return from_edge_arrays(src, dst, n_nodes, keep_all_rows=True)
    try:
        values = np.asarray(weights, dtype=np.float64)
        unknown = np.isnan(values)
    except (TypeError, ValueError, OverflowError):
        unknown = np.array([not isinstance(weight, numbers.Real) for weight in weights])
        values = np.ones(len(unknown))
    if values.shape != src.shape or unknown.any():
        k = int(np.argmax(unknown)) if unknown.shape == src.shape else 0
        raise ValueError(
            f"adj: the edge from node {src[k]} to node {dst[k]} (counted from 0) has the weight "
            f"{arguments.shown(weights[k])}, where a number must be; write 0 where there is no edge"
        )
    kept = values != 0
    zeros = len(kept) - int(np.count_nonzero(kept))
    return from_edge_arrays(src[kept], dst[kept], n_nodes, keep_all_rows=True, zeros=zeros)


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
    weights = graph.es["weight"] if "weight" in graph.es.attributes() else None
    rows = _weighted(ends[:, 0], ends[:, 1], weights, graph.vcount())
    names = graph.vs["name"] if "name" in graph.vs.attributes() else None
    return rows if names is None else rows._replace(labels=tuple(names))


def from_graph_tool(graph: Any) -> Rows:
    """Convert a directed graph_tool Graph or GraphView; if vertices are hidden, the others are labelled by number."""
    if not graph.is_directed():
        raise TypeError(
            "adj is an undirected graph-tool graph; adding its edges reversed, graph.get_edges()[:, ::-1], to a "
            "directed copy makes each edge mutual"
        )
    n, vertices = graph.num_vertices(), graph.get_vertices()
    has_weight = "weight" in graph.edge_properties
    edges = graph.get_edges([graph.edge_properties["weight"]] if has_weight else [])
    weights, edges = edges[:, 2] if has_weight else None, edges[:, :2].astype(np.int64)
    if n == 0 or vertices[-1] == n - 1:
        return _weighted(edges[:, 0], edges[:, 1], weights, n)
    edges = np.searchsorted(vertices, edges)
    return _weighted(edges[:, 0], edges[:, 1], weights, n)._replace(labels=tuple(vertices.tolist()))


def from_geometric(data: Any) -> Rows:
    """Convert a torch_geometric Data object: its `edge_index`, `edge_weight` and `num_nodes`."""
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
    weights = getattr(data, "edge_weight", None)
    weights = None if weights is None else np.asarray(from_tensor("adj.edge_weight", weights))
    return _weighted(src, dst, weights, n_nodes)


CONVERTERS: Mapping[str, Callable[[Any], Rows]] = {
    "graph_tool": from_graph_tool,
    "igraph": from_igraph,
    "networkx": from_networkx,
    "torch_geometric": from_geometric,
}
"""By the package that the class of a graph, or a class it derives from, belongs to."""
