"""The null model of N:M sparsity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from motifcount._support import arguments
from motifcount.graph import Graph, access
from motifcount.motifs.classes import Counted
from motifcount.nulls import kept as sums_kept
from motifcount.nulls.in_core import InCore
from motifcount.nulls.n_of_m_moments import NOfMMoments
from motifcount.nulls.sampling import SampleRange


@dataclass(frozen=True, slots=True)
class NOfM(InCore):
    """N:M sparsity: every unit keeps `kept` arcs from each group of `group_size` consecutive units of a layer.

    The units of a layer are cut into groups in the order of their numbers: of a Linear layer, consecutive columns of
    its weight, of shape (n_out, n_in), as hardware for 2:4 sparsity has it. Each unit of a later layer chooses among
    the units of each group independently and uniformly. Blocks with all arcs, as of a layer that was not pruned, the
    arcs of biases and those into pinned layers stay in place.

    Parameters
    ----------
    kept
        Arcs from each group to each unit: the N of N:M.
    group_size
        Units in a group: the M of N:M.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind or out of its range; and where it is used, if the graph has no layers, edges
        within a layer, or a block with another number of edges from any group to any unit. Convolutions have such
        blocks only if their kernels are 1 x 1, and :meth:`~motifcount.Graph.drop_ineffective` leaves none.
    """

    name: ClassVar[str] = "n_of_m"
    has_closed_forms: ClassVar[bool] = True
    kept: int = field(default=2, metadata={"help": "arcs from each group to each unit"})
    group_size: int = field(default=4, metadata={"help": "units in a group"})

    def __post_init__(self) -> None:
        size = arguments.integer("group_size", self.group_size, 2, 2**31 - 1)
        object.__setattr__(self, "group_size", size)
        object.__setattr__(self, "kept", arguments.integer("kept", self.kept, 1, size - 1))

    def check(self, graph: Graph) -> None:
        """Refuse a graph that has another number of arcs in any group."""
        InCore.check(self, graph)
        self.sample_counts(graph, Counted(("dyads",)), SampleRange(seed=0, first=0, n=0), num_threads=1)

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[sums_kept.Weights]:
        sums = [*sums_kept.arcs(observed), *sums_kept.impossible(graph, observed), *sums_kept.in_degrees(observed)]
        if graph.is_strictly_layered() and _has_even_in_degrees(graph):
            sums += sums_kept.even_in_degrees(observed)
        return sums

    def closed_forms(self, graph: Graph) -> NOfMMoments:
        return NOfMMoments(graph, self.kept, self.group_size)


def _has_even_in_degrees(graph: Graph) -> bool:
    """Whether all units of a layer have the same in-degree, in every layer."""
    groups = access.groups(graph)
    assert groups is not None
    degrees = graph.in_degrees()
    return all(len(np.unique(degrees[groups.units(layer)])) <= 1 for layer in range(groups.n_layers))
