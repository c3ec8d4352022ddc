"""The null model that keeps degrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from motifcount import _core
from motifcount._support import arguments
from motifcount.counting.count import count_families
from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.in_core import SwapChain


@dataclass(frozen=True, slots=True)
class Degree(SwapChain):
    """Every node keeps its in-degree and out-degree; in a layered graph, in every block.

    Uniform over all such graphs, by a chain of edge swaps in which refused attempts count as steps. Between two
    different layers swaps reach every state (Ryser 1957, doi:10.4153/CJM-1957-044-3); within a layer, and in a graph
    without layers, paths are also turned around, which reverses directed 3-cycles and so connects what swaps alone do
    not (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and Toroczkai 2010, arXiv:0905.4913).

    Parameters
    ----------
    swaps_per_edge
        Length of the chain, in attempts per edge of each block.
    keep_mutual
        Every node also keeps its number of mutual edges. Uniform on what the chain connects, which is not always
        every such graph. Two layers with edges in both directions between them are one block then.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind or out of its range.
    """

    name: ClassVar[str] = "degree"
    swaps_per_edge: float = field(default=10.0, metadata={"help": "length of the chain, in attempts per edge"})
    keep_mutual: bool = field(default=False, metadata={"help": "also keep each node's number of mutual edges"})

    def __post_init__(self) -> None:
        wanted = "a number above 0 and at most 1e6"
        swaps = arguments.number("swaps_per_edge", self.swaps_per_edge, wanted, lambda x: 0 < x <= 1e6)
        object.__setattr__(self, "swaps_per_edge", swaps)
        object.__setattr__(self, "keep_mutual", arguments.flag("keep_mutual", self.keep_mutual))

    def blocks_with_choice(self, graph: Graph) -> frozenset[tuple[int, int]]:
        """Return the blocks that are known to have several states: none that can hold mutual edges that are kept."""
        return frozenset(_core.blocks_with_choice(access.in_core(graph), self.keep_mutual))

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        sums = [*kept.arcs(observed), *kept.impossible(graph, observed), *kept.degrees(graph, observed)]
        sums += kept.each(kept.still_classes(graph, observed))
        if self.keep_mutual:
            sums += kept.dyads_of_nodes(observed)
            if not count_families(graph, ("dyads",), threads=1)["mutual"]:
                sums += kept.each(name for name in kept.WITH_MUTUAL if name in observed)
        return sums
