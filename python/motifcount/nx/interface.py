"""What NetworkX's dispatching asks of a backend."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any

from motifcount.nx import algorithms, convert, listings

Verdict = bool | str  # a sentence means no

FEW = 1 / 20  # of the nodes: converting the graph takes longer than NetworkX takes for so few


class BackendInterface:
    """Every function of NetworkX that the backend has, by its name there."""

    convert_from_nx = staticmethod(convert.convert_from_nx)
    convert_to_nx = staticmethod(convert.convert_to_nx)

    all_triangles = staticmethod(listings.all_triangles)
    average_clustering = staticmethod(algorithms.average_clustering)
    clustering = staticmethod(algorithms.clustering)
    generalized_degree = staticmethod(algorithms.generalized_degree)
    overall_reciprocity = staticmethod(algorithms.overall_reciprocity)
    reciprocity = staticmethod(algorithms.reciprocity)
    robins_alexander_clustering = staticmethod(algorithms.robins_alexander_clustering)
    square_clustering = staticmethod(algorithms.square_clustering)
    transitivity = staticmethod(algorithms.transitivity)
    triadic_census = staticmethod(algorithms.triadic_census)
    triads_by_type = staticmethod(listings.triads_by_type)
    triangles = staticmethod(algorithms.triangles)

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Verdict:
        return _ask(_CAN_RUN.get(name), args, kwargs)

    @staticmethod
    def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Verdict:
        return _ask(_worth_converting if name != "triadic_census" else None, args, kwargs)


def _ask(question: Callable[..., Verdict] | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Verdict:
    try:
        return question is None or question(*args, **kwargs)
    except TypeError:  # wrong arguments: the function itself says so
        return True


def _worth_converting(G: Any, nodes: Any = None, *_: Any, **__: Any) -> Verdict:
    if nodes is None:
        return True
    if nodes in G or (isinstance(nodes, Sized) and len(nodes) < FEW * len(G)):
        return "for a few nodes it is not worth converting the graph"
    return True


def _unweighted(G: Any, nodes: Any = None, weight: Any = None, *_: Any, **__: Any) -> Verdict:
    return weight is None or "edge weights are not supported"


def _simple_digraph(G: Any, nodes: Any = None) -> Verdict:
    if G.is_directed() and not G.is_multigraph():
        return True
    return "reciprocity is counted in simple directed graphs only"


def _square_clustering(G: Any, nodes: Any = None) -> Verdict:
    if G.is_directed():
        return "squares are counted in undirected graphs only"
    return True


def _robins_alexander_clustering(G: Any) -> Verdict:
    if G.is_directed() or _has_loops(G):
        return "paths and squares are counted in undirected graphs without self-loops only"
    return True


def _triads_by_type(G: Any) -> Verdict:
    if G.is_multigraph() or _has_loops(G):
        return "triads are listed in simple directed graphs without self-loops only"
    return True


def _triadic_census(G: Any, nodelist: Any = None) -> Verdict:
    if nodelist is not None and _has_loops(G):
        return "NetworkX counts self-loops outside of nodelist as mutual edges"
    return True


def _has_loops(G: Any) -> bool:
    return bool(G.loops.any()) if isinstance(G, convert.BackendGraph) else any(v in G[v] for v in G)


_CAN_RUN: dict[str, Callable[..., Verdict]] = {
    "average_clustering": _unweighted,
    "clustering": _unweighted,
    "overall_reciprocity": _simple_digraph,
    "reciprocity": _simple_digraph,
    "robins_alexander_clustering": _robins_alexander_clustering,
    "square_clustering": _square_clustering,
    "triadic_census": _triadic_census,
    "triads_by_type": _triads_by_type,
}
