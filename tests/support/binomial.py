"""A null model written in Python that keeps the number of nodes alone: every arc is there by a toss of a coin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

import motifcount as mc
from motifcount.counting.count import count_families
from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import SampledCounts, seed_of_sample


@dataclass(frozen=True, slots=True)
class Binomial(NullModel):
    """Each of the n (n - 1) arcs with the same probability, whatever the observed graph has."""

    name: ClassVar[str] = "binomial"
    probability: float = 0.3

    def keeps(self, graph, observed):
        return []

    def draw(self, graph, seed, num_threads):
        return mc.Graph(np.random.default_rng(seed).random((graph.n_nodes, graph.n_nodes)) < self.probability)

    def sample_counts(self, graph, families, samples, num_threads, report=None):
        rows = []
        for k in range(samples.first, samples.first + samples.n):
            random = self.draw(graph, seed_of_sample(samples.seed, k), num_threads)
            rows.append(count_families(random, families, threads=num_threads).to_numpy())
        return SampledCounts(np.array(rows))


@dataclass(frozen=True, slots=True)
class Boastful(Binomial):
    """Says that it keeps the number of arcs, and does not."""

    def keeps(self, graph, observed):
        return [{"mutual": 2, "asymmetric": 1}]
