"""The null model that keeps the numbers of mutual and of asymmetric pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.digraph_moments import DyadMoments
from motifcount.nulls.edge_count_moments import EdgeCountMoments
from motifcount.nulls.in_core import InCore


@dataclass(frozen=True, slots=True)
class DyadCount(InCore):
    """The numbers of mutual and of asymmetric pairs are kept: U|MAN (Holland and Leinhardt 1976).

    Uniform, by direct sampling. In a graph with layers or other groups of nodes, every group keeps both numbers, and
    every two groups the numbers of pairs that are mutual, that lead there, and that lead back. A bias keeps its number
    of edges. Beyond that it is as :class:`EdgeCount`, and the same where no two groups have edges both ways and
    none has edges inside.

    Raises
    ------
    NotImplementedError
        Where it is used, if two layers have edges both ways, those of one direction pinned.
    """

    name: ClassVar[str] = "dyad_count"
    has_closed_forms: ClassVar[bool] = True

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        return [*kept.arcs(observed), *kept.dyads(observed), *kept.impossible(graph, observed)]

    def closed_forms(self, graph: Graph) -> EdgeCountMoments | DyadMoments:
        return EdgeCountMoments(graph) if access.has_strict_layers(graph) else DyadMoments(graph)
