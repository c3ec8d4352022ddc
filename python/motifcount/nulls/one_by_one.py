"""Null models whose random graphs are made in Python, each of a seed of its own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from motifcount._support.progress import Report
from motifcount.counting.by_node import node_tables
from motifcount.counting.count import induced_counts
from motifcount.counting.intensity import IntensityTable, intensity_table
from motifcount.counting.parts import NodeCounts
from motifcount.graph import Graph
from motifcount.motifs.classes import Counted
from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import SINGLE, SampledCounts, SampleRange, Table, seed_of_sample

T = TypeVar("T")

Sampler = Callable[[int, int, int], Graph]
"""Makes a random graph of a seed, a sample's number and a number of threads, on which it must not depend."""


def shuffle_within(blocks: npt.NDArray[np.int64]) -> Callable[[int, int], npt.NDArray[np.int64]]:
    """Return what permutes positions among those of the same block, uniformly, by a seed and a sample's number."""
    places = np.argsort(blocks, kind="stable")

    def shuffle(seed: int, k: int) -> npt.NDArray[np.int64]:
        order = np.random.default_rng(seed_of_sample(seed, k)).permutation(places)
        found = np.empty_like(places)
        found[places] = order[np.argsort(blocks[order], kind="stable")]
        return found

    return shuffle


@dataclass(frozen=True, slots=True)
class OneByOne(NullModel):
    """A null model that makes a graph for each sample."""

    @abstractmethod
    def _sampler(self, graph: Graph) -> Sampler:
        """Return what makes the samples of a graph."""

    def draw(self, graph: Graph, seed: int, num_threads: int, _report: Report = None) -> Graph:
        """Return one random graph."""
        return self._sampler(graph)(seed, SINGLE, num_threads)

    def sample_counts(
        self, graph: Graph, counted: Counted, samples: SampleRange, num_threads: int, report: Report = None
    ) -> SampledCounts:
        """Return the counts of a range of samples."""

        def counts(random: Graph) -> Table:
            return induced_counts(random, counted, threads=num_threads).to_numpy()

        return SampledCounts(np.array(self._counted(graph, samples, num_threads, report, counts)))

    def sample_intensities(
        self, graph: Graph, samples: SampleRange, num_threads: int, report: Report = None
    ) -> IntensityTable:
        """Return intensity and coherence of a range of samples."""

        def measured(random: Graph) -> IntensityTable:
            return intensity_table(random, num_threads)

        return np.array(self._counted(graph, samples, num_threads, report, measured))

    def sample_node_counts(
        self,
        graph: Graph,
        families: tuple[str, ...],
        by_role: bool,
        samples: SampleRange,
        num_threads: int,
        report: Report = None,
    ) -> tuple[NodeCounts, ...]:
        """Return by family the counts of a range of samples by node and class, or role: (samples, n_nodes, columns)."""

        def counts(random: Graph) -> dict[str, NodeCounts]:
            return node_tables(random, families, True, num_threads, by_role=by_role)

        tables = self._counted(graph, samples, num_threads, report, counts)
        return tuple(np.array([table[family] for table in tables]) for family in families)

    def _counted(
        self, graph: Graph, samples: SampleRange, num_threads: int, report: Report, counts: Callable[[Graph], T]
    ) -> list[T]:
        """Return the counts of each sample."""
        sampler = self._sampler(graph)
        found: list[T] = []
        for k in range(samples.first, samples.first + samples.n):
            found.append(counts(sampler(samples.seed, k, num_threads)))
            if report is not None:
                report(len(found))
        return found
