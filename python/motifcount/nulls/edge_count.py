"""The null model that keeps the number of edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.digraph_moments import ArcMoments
from motifcount.nulls.edge_count_moments import EdgeCountMoments
from motifcount.nulls.in_core import InCore


@dataclass(frozen=True, slots=True)
class EdgeCount(InCore):
    """The number of edges is kept; in a layered graph, in every block over all nodes of its two layers.

    Uniform, by direct sampling. A bias keeps its number of edges, which go to any unit of the next layer, and nothing
    leads to it. Every node of the graph counts, those without edges too: take out nodes that cannot matter first
    (:meth:`~motifcount.Graph.drop_ineffective`).
    """

    name: ClassVar[str] = "edge_count"
    has_closed_forms: ClassVar[bool] = True

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        return [*kept.arcs(observed), *kept.impossible(graph, observed)]

    def closed_forms(self, graph: Graph) -> EdgeCountMoments | ArcMoments:
        return EdgeCountMoments(graph) if access.has_strict_layers(graph) else ArcMoments(graph)
