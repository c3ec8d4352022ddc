"""The null model of the study of Zahn, Daniel and Kutz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from motifcount.graph import Graph
from motifcount.nulls import kept
from motifcount.nulls.in_core import InCore


@dataclass(frozen=True, slots=True)
class Cover(InCore):
    """The random networks of the study: edges of every block kept, and every sending node has an edge in and out.

    A node is sending if it has an edge out, or lies in the last layer; biases are spread over all units of the next
    layer. Needs a strictly layered graph, best without ineffective nodes. **Not uniform**: an edge is first placed for
    every node, so degrees vary less than under "edge_count", and Erdős-Rényi layers score z of about 1 on 021D (Zahn,
    Daniel and Kutz 2024, arXiv:2403.00974).
    """

    name: ClassVar[str] = "cover"
    needs_strict_layers: ClassVar[bool] = True

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        return [*kept.arcs(observed), *kept.impossible(graph, observed)]
