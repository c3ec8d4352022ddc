"""A graph as an object of another library; the methods of :class:`motifcount.Graph` of the same names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support import extras, memory
from motifcount.graph.compact import edge_arrays
from motifcount.graph.groups import is_strictly_layered
from motifcount.graph.in_core import digraph_of
from motifcount.inputs.kinds import MINUS, PLUS
from motifcount.inputs.rows import Rows

if TYPE_CHECKING:
    import igraph
    import networkx as nx


def to_scipy(rows: Rows) -> sp.csr_array:
    if rows.arc_weights is not None:
        return _csr(rows, rows.arc_weights.copy())
    data = np.ones(len(rows.indices), np.int64)
    if rows.kinds is not None and rows.kinds.labels == (PLUS, MINUS):
        data -= 2 * rows.kinds.of_arc
    return _csr(rows, data)


def _csr(rows: Rows, data: npt.NDArray[Any]) -> sp.csr_array:
    shape = (rows.n_nodes, rows.n_nodes)
    if rows.node_ids is not None:
        return sp.csr_array((data, edge_arrays(rows)), shape=shape)
    return sp.csr_array((data, rows.indices, rows.indptr), shape=shape)


def to_networkx(rows: Rows) -> nx.DiGraph:
    nx = extras.require("networkx", "networkx", "to_networkx")
    _require_memory("to_networkx", rows.n_nodes)
    labels = rows.labels or range(rows.n_nodes)
    graph = nx.DiGraph()
    graph.add_nodes_from(labels)
    src, dst = edge_arrays(rows)
    ends = ((labels[u], labels[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True))
    attributes = _edge_attributes(rows)
    if not attributes:
        graph.add_edges_from(ends)
    else:
        of_edges = (dict(zip(attributes, each, strict=True)) for each in zip(*attributes.values(), strict=True))
        graph.add_edges_from((u, v, each) for (u, v), each in zip(ends, of_edges, strict=True))
    for name, values in _node_attributes(rows).items():
        nx.set_node_attributes(graph, dict(zip(labels, values, strict=True)), name)
    return graph


def to_igraph(rows: Rows) -> igraph.Graph:
    igraph = extras.require("igraph", "igraph", "to_igraph")
    _require_memory("to_igraph", rows.n_nodes)
    names = {} if rows.labels is None else {"name": list(rows.labels)}
    edges = np.column_stack(edge_arrays(rows))
    return igraph.Graph(
        rows.n_nodes,
        edges,
        directed=True,
        vertex_attrs=names | _node_attributes(rows),
        edge_attrs=_edge_attributes(rows),
    )


def to_layers(rows: Rows) -> list[sp.csr_array]:
    if rows.groups is None:
        raise ValueError("to_layers needs a layered graph; give the graph layers")
    if not is_strictly_layered(rows, digraph_of(rows)):
        raise ValueError("to_layers needs every edge to lead to the next layer; this graph has others")
    adjacency = to_scipy(rows)
    units = [rows.groups.units(layer) for layer in range(rows.groups.n_layers)]
    return [adjacency[units[k]][:, units[k + 1]] for k in range(len(units) - 1)]


def _require_memory(what: str, n_nodes: int) -> None:
    memory.require_memory(100 * n_nodes, f"{what}: an object for each of {n_nodes:,} nodes")


def _edge_attributes(rows: Rows) -> dict[str, list[Any]]:
    """What other libraries keep with the edges."""
    found: dict[str, list[Any]] = {}
    if rows.kinds is not None:
        found["kind"] = rows.kinds.values().tolist()
    if rows.arc_weights is not None:
        found["weight"] = rows.arc_weights.tolist()
    return found


def _node_attributes(rows: Rows) -> dict[str, list[Any]]:
    """What other libraries keep with the nodes."""
    if rows.groups is None:
        return {}
    attributes: dict[str, list[Any]] = {"layer": rows.groups.layers().tolist()}
    return attributes | {"bias": rows.groups.is_bias().tolist()} if rows.groups.bias_nodes else attributes
