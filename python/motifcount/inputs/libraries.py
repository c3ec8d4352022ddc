"""Graphs of networkx, igraph, graph-tool and PyTorch Geometric, none of which is imported here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.inputs import sparse
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import check_n_nodes, endpoints, from_edge_arrays


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


CONVERTERS: Mapping[str, Callable[[Any], Rows]] = {
    "graph_tool": from_graph_tool,
    "igraph": from_igraph,
    "networkx": from_networkx,
    "torch_geometric": from_geometric,
}
"""By the package that the class of a graph, or a class it derives from, belongs to."""
