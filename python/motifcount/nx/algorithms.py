"""NetworkX's functions on a :class:`BackendGraph`, each with the signature, values and errors of the original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

import networkx as nx
import numpy as np

from motifcount import _core
from motifcount._support.threads import effective_threads
from motifcount.counting.count import count
from motifcount.graph import access
from motifcount.nx.convert import BackendGraph

T = TypeVar("T")
ARCS_OF_PATHS = {"030T": 1, "030C": 1, "120D": 2, "120U": 2, "120C": 2, "210": 4, "300": 8}
"""By closed triad, the ways to choose one arc from each of its three dyads."""


def triadic_census(G: BackendGraph, nodelist: Any = None) -> dict[str, int]:
    census = count(G.graph, 3, progress=False)
    if nodelist is None:
        return dict(census)
    inside = set(G.nbunch_iter(nodelist))
    if len(nodelist) != len(inside):
        raise ValueError("nodelist includes duplicate nodes or nodes not in G")
    keep = np.array([node not in inside for node in G.position], dtype=bool)
    others = count(access.induced_subgraph(G.graph, keep), 3, progress=False)
    return {name: number - others[name] for name, number in census.items()}


def overall_reciprocity(G: BackendGraph) -> float:
    n_edges = G.number_of_edges()
    if n_edges == 0:
        raise nx.NetworkXError("Not defined for empty graphs")
    return 2 * count(G.graph, 2, progress=False)["mutual"] / n_edges


def reciprocity(G: BackendGraph, nodes: Any = None) -> float | dict[Hashable, float | None]:
    if nodes is None:
        return overall_reciprocity(G)
    both = (_by_node(G, 2)["mutual"] + G.loops).tolist()
    edges = (G.graph.out_degrees() + G.graph.in_degrees() + 2 * G.loops).tolist()
    values: list[float | None] = [2 * b / m if m else None for b, m in zip(both, edges, strict=True)]
    if nodes not in G:
        return _at(G, nodes, values)
    value = values[G.position[nodes]]
    if value is None:
        raise nx.NetworkXError("Not defined for isolated nodes.")
    return value


def triangles(G: BackendGraph, nodes: Any = None) -> int | dict[Hashable, int]:
    if nodes is not None:
        _refuse_multigraph(G)
    return _one_or_all(G, nodes, _by_node(G, 3)["300"].tolist())


def clustering(G: BackendGraph, nodes: Any = None, weight: None = None) -> float | dict[Hashable, float]:
    _refuse_multigraph(G)
    counts = _by_node(G, (2, 3))
    degrees = G.graph.out_degrees()
    if G.is_directed():
        degrees = degrees + G.graph.in_degrees()
        found = sum(2 * weight * counts[name] for name, weight in ARCS_OF_PATHS.items())
        possible = 2 * (degrees * (degrees - 1) - 2 * counts["mutual"])
    else:
        found = 2 * counts["300"]
        possible = degrees * (degrees - 1)
    values = [t / p if t else 0 for t, p in zip(found.tolist(), possible.tolist(), strict=True)]
    return _one_or_all(G, nodes, values)


def average_clustering(G: BackendGraph, nodes: Any = None, weight: None = None, count_zeros: bool = True) -> float:
    values: Iterable[float] = clustering(G, nodes).values()  # type: ignore[union-attr]  # one node: NetworkX fails too
    kept = [value for value in values if count_zeros or value > 0]
    return sum(kept) / len(kept)


def transitivity(G: BackendGraph) -> float:
    _refuse_multigraph(G)
    found = count(G.graph, 3, induced=False, progress=False)["030T"]
    degrees = G.graph.out_degrees()
    return found / int((degrees * (degrees - 1)).sum()) if found else 0


def generalized_degree(G: BackendGraph, nodes: Any = None) -> Counter[int] | dict[Hashable, Counter[int]]:
    _refuse_multigraph(G)
    found = _core.edge_triangles(access.in_core(G.graph), effective_threads(None)).tolist()
    starts = access.csr(G.graph)[0].tolist()
    wanted = G if nodes is None else G.nbunch_iter(nodes)
    degrees = {}
    for node in wanted:
        row = G.position[node]
        degrees[node] = Counter(found[starts[row] : starts[row + 1]])
    return degrees[nodes] if nodes in G else degrees


def square_clustering(G: BackendGraph, nodes: Any = None) -> float | dict[Hashable, float]:
    squares = _core.node_squares(access.in_core(G.graph), effective_threads(None))
    degrees = G.graph.out_degrees()
    around = G.graph.to_scipy() @ degrees  # degrees of the neighbours, summed
    possible = (degrees - 1) * (around - degrees) - 2 * _by_node(G, 3)["300"] - squares
    values = [s / p if p > 0 else 0 for s, p in zip(squares.tolist(), possible.tolist(), strict=True)]
    return _one_or_all(G, nodes, values)


def robins_alexander_clustering(G: BackendGraph) -> float:
    if len(G) < 4 or G.number_of_edges() < 3:
        return 0
    source, target = access.edge_arrays(G.graph)
    further = G.graph.out_degrees() - 1  # edges at one end of an edge beside it
    paths = (int((further[source] * further[target]).sum()) - 6 * count(G.graph, 3, progress=False)["300"]) / 2
    if paths == 0:
        return 0
    squares = int(_core.node_squares(access.in_core(G.graph), effective_threads(None)).sum()) / 4
    return 4.0 * squares / paths


def _by_node(G: BackendGraph, size: int | tuple[int, ...]) -> Any:
    return count(G.graph, size, by_node=True, progress=False).by_node


def _refuse_multigraph(G: BackendGraph) -> None:
    if G.is_multigraph():
        raise nx.NetworkXNotImplemented("not implemented for multigraph type")


def _one_or_all(G: BackendGraph, nodes: Any, values: list[T]) -> T | dict[Hashable, T]:
    """Return the value of a single node, or those of some (None: all) by node."""
    by_node = _at(G, nodes, values)
    return by_node[nodes] if nodes in G else by_node


def _at(G: BackendGraph, nodes: Any, values: list[T]) -> dict[Hashable, T]:
    if nodes is None:
        return dict(zip(G, values, strict=True))
    return {node: values[G.position[node]] for node in G.nbunch_iter(nodes)}
