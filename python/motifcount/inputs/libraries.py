"""Graphs of networkx, igraph, graph-tool and PyTorch Geometric, none of which is imported here."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.inputs import sparse
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import check_n_nodes, endpoints, from_edge_arrays
from motifcount.inputs.tensors import from_tensor


class Edges(NamedTuple):
    """The edges of a graph as its library lists them.

    Attributes
    ----------
    src, dst
        Positions of their ends among the nodes.
    n_nodes
        Number of nodes.
    values
        By name of an attribute, its value for each edge, None where edges have none of this name.
    labels
        What the library calls the nodes, or None.
    """

    src: npt.NDArray[Any]
    dst: npt.NDArray[Any]
    n_nodes: int
    values: Callable[[str], Any]
    labels: tuple[Hashable, ...] | None = None


def _of_networkx(graph: Any) -> Edges:
    """Read a networkx DiGraph or MultiDiGraph."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected networkx graph; use graph.to_directed() to make each edge mutual")
    edges = graph.edges()
    position: dict[Hashable, int] = {label: k for k, label in enumerate(graph)}
    src, dst = (np.fromiter((position[edge[k]] for edge in edges), np.int64, len(edges)) for k in (0, 1))

    def values(name: str) -> list[Any] | None:
        missing = object()
        found = [value for *_, value in graph.edges(data=name, default=missing)]
        if found and all(value is missing for value in found):
            return None
        return [(1 if name == "weight" else None) if value is missing else value for value in found]

    return Edges(src, dst, len(position), values, tuple(position))


def _of_igraph(graph: Any) -> Edges:
    """Read a directed igraph Graph; vertex names, if any, are node labels."""
    if not graph.is_directed():
        raise TypeError("adj is an undirected igraph graph; use graph.as_directed() to make each edge mutual")
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    names = tuple(graph.vs["name"]) if "name" in graph.vs.attributes() else None

    def values(name: str) -> list[Any] | None:
        return graph.es[name] if name in graph.es.attributes() else None

    return Edges(ends[:, 0], ends[:, 1], graph.vcount(), values, names)


def _of_graph_tool(graph: Any) -> Edges:
    """Read a directed graph_tool Graph or GraphView; if vertices are hidden, the others are labelled by number."""
    if not graph.is_directed():
        raise TypeError(
            "adj is an undirected graph-tool graph; adding its edges reversed, graph.get_edges()[:, ::-1], to a "
            "directed copy makes each edge mutual"
        )
    n, vertices = graph.num_vertices(), graph.get_vertices()
    edges = graph.get_edges()[:, :2].astype(np.int64)

    def values(name: str) -> Any:
        return graph.get_edges([graph.edge_properties[name]])[:, 2] if name in graph.edge_properties else None

    if n == 0 or vertices[-1] == n - 1:
        return Edges(edges[:, 0], edges[:, 1], n, values)
    edges = np.searchsorted(vertices, edges)
    return Edges(edges[:, 0], edges[:, 1], n, values, tuple(vertices.tolist()))


def _of_geometric(data: Any) -> Edges:
    """Read a torch_geometric Data object: its `edge_index`, `edge_weight` and `num_nodes`."""
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

    def values(name: str) -> Any:
        found = getattr(data, "edge_weight" if name == "weight" else name, None)
        return None if found is None else np.asarray(from_tensor(f"adj.{name}", found))

    return Edges(src, dst, n_nodes, values)


_READERS: Mapping[str, Callable[[Any], Edges]] = {
    "graph_tool": _of_graph_tool,
    "igraph": _of_igraph,
    "networkx": _of_networkx,
    "torch_geometric": _of_geometric,
}


def edges_of(graph: Any) -> Edges | None:
    """Return the edges of a graph whose class, or a class it derives from, is of one of the libraries; else None."""
    packages = {base.__module__.split(".")[0] for base in type(graph).__mro__}
    return next((read(graph) for package, read in _READERS.items() if package in packages), None)


def from_library(edges: Edges) -> Rows:
    """Convert the edges of a library's graph: those whose attribute ``weight``, where they have it, is not 0."""
    weights = edges.values("weight")
    if weights is None:
        rows = from_edge_arrays(edges.src, edges.dst, edges.n_nodes, keep_all_rows=True)
    else:
        values = numbers_of(edges.src, edges.dst, weights)
        kept = values != 0
        zeros = len(kept) - int(np.count_nonzero(kept))
        rows = from_edge_arrays(edges.src[kept], edges.dst[kept], edges.n_nodes, keep_all_rows=True, zeros=zeros)
    return rows if edges.labels is None else rows._replace(labels=edges.labels)


def numbers_of(src: npt.NDArray[Any], dst: npt.NDArray[Any], weights: Any) -> npt.NDArray[np.float64]:
    """Return the weights of edges as numbers."""
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
    for k in np.flatnonzero(values == 0).tolist():
        if not _is_zero(weights[k]):
            raise ValueError(
                f"adj: the edge from node {src[k]} to node {dst[k]} (counted from 0) has the weight "
                f"{arguments.shown(weights[k])}, too small for floats, which have it as 0"
            )
    return values


def _is_zero(weight: Any) -> bool:
    """Tell whether a weight of any kind that a float has as 0 is 0."""
    return not Decimal(weight) if isinstance(weight, str) else bool(weight == 0)


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
