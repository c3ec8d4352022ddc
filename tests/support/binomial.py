"""A null model written in Python that keeps the number of nodes alone: every arc is there by a toss of a coin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

import motifcount as mc
from motifcount.nulls.one_by_one import OneByOne
from motifcount.nulls.sampling import seed_of_sample


@dataclass(frozen=True, slots=True)
class Binomial(OneByOne):
    """Each of the n (n - 1) arcs with the same probability, whatever the observed graph has."""

    name: ClassVar[str] = "binomial"
    probability: float = 0.3

    def keeps(self, graph, observed):
        return []

    def _sampler(self, graph):
        n = graph.n_nodes
        return lambda seed, k, _threads: mc.Graph(
            np.random.default_rng(seed_of_sample(seed, k)).random((n, n)) < self.probability
        )


@dataclass(frozen=True, slots=True)
class Boastful(Binomial):
    """Says that it keeps the number of arcs, and does not."""

    def keeps(self, graph, observed):
        return [{"mutual": 2, "asymmetric": 1}]
