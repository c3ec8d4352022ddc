"""Null models in which pairs of nodes are independent of each other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.independent_dyads_moments import IndependentDyadMoments
from motifcount.nulls.model import NullModel
from motifcount.nulls.one_by_one import OneByOne, Sampler
from motifcount.nulls.sampling import seed_of_sample

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

STATES = ("null", "mutual", "there", "back")


class DyadModel(NamedTuple):
    """Independent dyads by class of nodes.

    Attributes
    ----------
    class_of
        By node, its class: int64 of shape (nodes,).
    sizes
        By class, its number of nodes.
    chances
        By state and two classes, the probability of the state: float64 of shape (4, classes, classes).
    """

    class_of: IntArray
    sizes: IntArray
    chances: FloatArray


@dataclass(frozen=True, slots=True)
class IndependentDyads(OneByOne):
    """A null model that says the probability of each state of each pair. A sample takes O(nodes ** 2)."""

    keeps_layers: ClassVar[bool] = True
    has_closed_forms: ClassVar[bool] = True
    is_fitted: ClassVar[bool] = True

    @abstractmethod
    def _dyads(self, graph: Graph) -> DyadModel:
        """Return the probabilities."""

    @property
    @abstractmethod
    def _has_own_mutual(self) -> bool:
        """Whether mutual pairs have probabilities of their own, 0 where the graph has none."""

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        never_mutual = self._has_own_mutual and not access.are_mutual(graph).any()
        return [*kept.impossible(graph, observed), *(kept.dyads(observed) if never_mutual else ())]

    def check(self, graph: Graph) -> None:
        """Refuse a graph with arcs that no null model moves, or that share weights."""
        NullModel.check(self, graph)
        groups = access.groups(graph)
        if groups is not None and groups.pinned_layers:
            raise NotImplementedError(f'null="{self.name}" has no layers whose arcs stay in place (sums)')
        if access.has_shared_weights(graph):
            raise NotImplementedError(
                f'null="{self.name}" does not know of weights that stand for an edge at every position'
            )

    def closed_forms(self, graph: Graph) -> IndependentDyadMoments:
        model = self._dyads(graph)
        return IndependentDyadMoments(self.name, model.sizes, model.chances)

    def _sampler(self, graph: Graph) -> Sampler:
        model = self._dyads(graph)
        return lambda seed, k, _threads: _drawn(graph, model, seed_of_sample(seed, k))


def group_of_nodes(graph: Graph) -> IntArray:
    """Return by node the number of its group: of all nodes 0 where the graph has no groups."""
    groups = access.groups(graph)
    group_of = np.zeros(graph.n_nodes, np.int64) if groups is None else groups.of_node()
    return np.unique(group_of, return_inverse=True)[1].astype(np.int64)


def _drawn(graph: Graph, model: DyadModel, seed: int) -> Graph:
    draw = np.random.default_rng(seed)
    limits = np.cumsum(model.chances[1:], axis=0)  # mutual, there, back
    sources, targets = [], []
    for node in range(graph.n_nodes - 1):
        others = np.arange(node + 1, graph.n_nodes)
        mutual, there, back = limits[:, model.class_of[node], model.class_of[others]]
        value = draw.random(len(others))
        out, into = others[value < there], others[(value < mutual) | ((value >= there) & (value < back))]
        sources += [np.full(len(out), node), into]
        targets += [out, np.full(len(into), node)]
    none = [np.empty(0, np.int64)]
    return access.with_edges(graph, np.concatenate(none + sources), np.concatenate(none + targets))
