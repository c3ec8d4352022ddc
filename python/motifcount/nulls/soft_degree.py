"""The null model of maximum entropy with expected degrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from motifcount._support import arguments
from motifcount.counting.count import count_families
from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.independent_dyads import IndependentDyadMoments
from motifcount.nulls.model import NullModel
from motifcount.nulls.one_by_one import OneByOne, Sampler
from motifcount.nulls.sampling import seed_of_sample
from motifcount.nulls.soft_degree_fit import DyadModel, fitted


@dataclass(frozen=True, slots=True)
class SoftDegree(OneByOne):
    """Degrees are kept in expectation, in every block: maximum entropy (DBCM; with `keep_mutual`, RBCM).

    Pairs of nodes are independent, and all graphs with the same degrees are equally likely, as under :class:`Degree`;
    but degrees vary from sample to sample, as in a network that might as well have had others. So z differ
    from those of :class:`Degree`, most where it fixes a class, which varies here. A sample takes O(nodes ** 2).

    Parameters
    ----------
    keep_mutual
        Whether each node's numbers of mutual, outgoing and incoming pairs are kept in expectation.

    Raises
    ------
    TypeError
        If `keep_mutual` is no bool.
    NotImplementedError
        Where it is used, if there are more than 2000 classes of nodes with equal degrees, layers whose arcs stay in
        place, or weights that stand for several edges.
    """

    name: ClassVar[str] = "soft_degree"
    keeps_layers: ClassVar[bool] = True
    has_closed_forms: ClassVar[bool] = True
    keep_mutual: bool = field(default=False, metadata={"help": "keep each node's mutual edges"})

    def __post_init__(self) -> None:
        arguments.flag("keep_mutual", self.keep_mutual)

    def check(self, graph: Graph) -> None:
        """Refuse a graph with arcs that no null model moves, or that share weights."""
        NullModel.check(self, graph)
        groups = access.groups(graph)
        if groups is not None and groups.pinned_layers:
            raise NotImplementedError('null="soft_degree" has no layers whose arcs stay in place (sums)')
        if access.has_shared_weights(graph):
            raise NotImplementedError(
                'null="soft_degree" does not know of weights that stand for an edge at every position'
            )

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        never_mutual = self.keep_mutual and not count_families(graph, ("dyads",), threads=1)["mutual"]
        return [*kept.impossible(graph, observed), *(kept.dyads(observed) if never_mutual else ())]

    def closed_forms(self, graph: Graph) -> IndependentDyadMoments:
        return IndependentDyadMoments(fitted(graph, self.keep_mutual))

    def _sampler(self, graph: Graph) -> Sampler:
        model = fitted(graph, self.keep_mutual)
        return lambda seed, k, _threads: _drawn(graph, model, seed_of_sample(seed, k))


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
