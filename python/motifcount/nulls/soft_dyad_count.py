"""The null model that keeps the numbers of mutual and of asymmetric pairs on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from motifcount.graph import Graph, access
from motifcount.nulls.independent_dyads import DyadModel, IndependentDyads, IntArray, group_of_nodes


@dataclass(frozen=True, slots=True)
class SoftDyadCount(IndependentDyads):
    """The numbers of mutual and of asymmetric pairs are kept on average: every pair is drawn on its own.

    A pair is mutual, asymmetric or null with the frequencies that the graph has, in every group of nodes and between
    every two (the binomial form of U|MAN; the reciprocal random graph of connectomics, as Song et al. 2005,
    doi:10.1371/journal.pbio.0030068). :class:`DyadCount` keeps the numbers themselves; here they vary, and standard
    deviations of triads are larger. The frequencies are those of the graph, whose own numbers are therefore in the
    middle: there are no p-values.

    Raises
    ------
    NotImplementedError
        Where it is used, if there are layers whose arcs stay in place, or weights that stand for several edges.
    """

    name: ClassVar[str] = "soft_dyad_count"

    @property
    def _has_own_mutual(self) -> bool:
        return True

    def _dyads(self, graph: Graph) -> DyadModel:
        group_of = group_of_nodes(graph)
        sizes = np.bincount(group_of)
        source, target = access.edge_arrays(graph)
        is_mutual = access.are_mutual(graph)

        def between_groups(chosen: IntArray) -> IntArray:
            cells = group_of[source[chosen]] * len(sizes) + group_of[target[chosen]]
            return np.bincount(cells, minlength=len(sizes) ** 2).reshape(len(sizes), len(sizes))

        mutual, there = (between_groups(np.flatnonzero(chosen)) for chosen in (is_mutual, ~is_mutual))
        pairs = np.maximum(sizes[:, None] * (sizes - np.eye(len(sizes), dtype=np.int64)), 1)
        chances = np.stack([mutual, there, there.T]) / pairs
        return DyadModel(group_of, sizes, np.concatenate([1 - chances.sum(axis=0, keepdims=True), chances]))
