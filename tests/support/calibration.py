"""Is what a result says of its own errors true? Runs are repeated, and what they say is held against how they differ.

Used by tests/calibration, and by benchmarks/calibration.py for the tables of docs/reliability.md.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

import motifcount as mc
from motifcount.counting.count import induced_counts
from motifcount.motifs.classes import Counted
from motifcount.nulls.sampling import SampleRange
from support.calibration_graphs import graph_of
from support.mixing import pilots_once, without_pilots


@cache
def held_triads(name, swaps):
    return mc.nulls.Degree(swaps, keep_triads=True).prepared(graph_of(name), 1)


OF_SAMPLES = {  # null models without a chain, but for those that a name resolves to
    "n_of_m": mc.nulls.NOfM(2, 4),
    "kinds within blocks": mc.nulls.ShuffleKinds(within_blocks=True),
    "kinds by source": mc.nulls.ShuffleKinds(by_source=True),
}


@dataclass(frozen=True)
class Case:
    """A graph, under a null model."""

    graph: str
    null: str

    def model(self, swaps=None):
        if not self.has_chain:
            return OF_SAMPLES.get(self.null) or mc.nulls.resolve(self.null)
        if self.keeps_triads:  # the distribution that belongs to the graph, also for graphs drawn from it
            return held_triads(self.graph, swaps or 10)
        if self.null == "masks":
            return mc.nulls.Masks(swaps or 10)
        return mc.nulls.Degree(swaps or 10, keep_mutual=self.null == "keep_mutual")

    def tested(self, swaps):
        """The null model that a graph is tested under; with triads kept anew, weights and centres are its own."""
        return mc.nulls.Degree(swaps, keep_triads=True) if self.null == "keep_triads anew" else self.model(swaps)

    @property
    def keeps_triads(self):
        return self.null.startswith("keep_triads")

    @property
    def by_kind(self):
        return self.null.startswith("kinds")

    @property
    def has_chain(self):
        return self.keeps_triads or self.null in ("degree", "keep_mutual", "masks")

    @property
    def lengths(self):
        """Attempts per edge; (None,) without a chain."""
        if self.keeps_triads:
            return (10, 100)
        return (0.5, 1, 2, 5, 10, 20) if self.has_chain else (None,)

    @property
    def cost(self):
        """How much longer than others a run takes, roughly."""
        return 5 if self.keeps_triads or self.null == "masks" else 6 if self.by_kind else 1

    @property
    def size(self):
        return (4,) if self.graph.startswith("layers") or self.keeps_triads else (2, 3)


KEEP_TRIADS = ("hubs", "planted loops", "skips and lateral edges")

CASES = [
    *(Case(name, "degree") for name in ("hubs", "planted loops", "sparse, rare classes", "mutual edges")),
    *(Case(name, "degree") for name in ("layers", "layers, planted bi-fans", "layers and biases")),
    Case("skips and lateral edges", "degree"),
    *(Case(name, "keep_mutual") for name in ("hubs", "mutual edges", "skips and lateral edges")),
    *(Case("groups", null) for null in ("degree", "keep_mutual")),
    Case("layers, shared weights", "masks"),
    *(Case(name, "keep_triads") for name in KEEP_TRIADS),
    *(Case(name, "dyad_count") for name in ("hubs", "mutual edges")),
    *(Case(name, "edge_count") for name in ("hubs", "sparse, rare classes", "layers", "layers and biases")),
    *(Case(name, "cover") for name in ("layers", "layers and biases")),
    Case("layers, two of four", "n_of_m"),
    Case("hubs, signs", "kinds"),
    Case("skips and lateral edges, signs", "kinds within blocks"),
    Case("hubs, signs of nodes", "kinds by source"),
]


# ---- repeated runs -------------------------------------------------------------------------------------------------


def significance(graph, case, swaps, samples, seed):
    with warnings.catch_warnings(action="ignore"):
        return mc.significance(
            graph,
            case.tested(swaps),
            size=case.size,
            by_kind=case.by_kind,
            samples=samples,
            seed=seed,
            num_threads=1,
        )


@cache
def reference(case, samples):
    """By class, mean and standard deviation over 20 starts and long chains, and z of the graph."""
    graph = graph_of(case.graph)
    model = case.model({"keep_mutual": 100, "keep_triads": 600}.get(case.null, 60))
    counted = Counted(model.families(graph, case.size), case.by_kind)
    draws = [model.sample_counts(graph, counted, SampleRange(10**6 + k, 0, samples // 20), 1).table for k in range(20)]
    table = np.concatenate(draws)
    observed = induced_counts(graph, counted, threads=1)
    mean, std = table.mean(axis=0), table.std(axis=0, ddof=1)
    z = (np.array(list(observed.values())) - mean) / np.where(std > 0, std, np.nan)
    return {name: each for name, *each in zip(observed, mean, std, z, strict=True) if each[1] > 0}


@dataclass(frozen=True)
class Errors:
    """Of one class in repeated runs: each run's squared error of the mean, in variances, its 1 / ess, and of z."""

    mean: np.ndarray
    told: np.ndarray
    z: np.ndarray  # (z - true z) / z_error

    def ratio_of_ess(self):
        """The effective sample size that the runs tell, against the true one."""
        return self.mean.mean() / np.median(self.told)

    def coverage(self):
        """How often the true z lies within two errors."""
        return np.mean(np.abs(self.z) <= 2)


def errors(case, swaps, samples, runs, longer=100, runs_by_pilots=1):
    """By class, against a reference of `longer` times a run's samples: its error adds 1 % to the squares, 4 % at 25."""
    known = reference(case, longer * samples)
    found = {name: ([], [], []) for name in known}
    for first in range(0, runs, runs_by_pilots):
        with pilots_once():
            seeds = range(first, first + runs_by_pilots)
            results = [significance(graph_of(case.graph), case, swaps, samples, seed) for seed in seeds]
        for (name, (mean, std, z)), result in product(known.items(), results):
            if result.std[name] > 0:
                values = (
                    ((result.mean[name] - mean) / std) ** 2,
                    1 / result.ess[name],
                    (result.z[name] - z) / result.z_error[name],
                )
                for each, value in zip(found[name], values, strict=True):
                    each.append(value)
    # a class that some runs never see has no sd to speak of
    return {name: Errors(*map(np.array, each)) for name, each in found.items() if len(each[0]) == runs}


def p_values(case, swaps, samples, runs):
    """p_over, p_under and the smallest adjusted p of graphs that the null model itself has drawn."""
    one_sided, adjusted = [], []
    long = case.model(60)
    for seed in range(runs):
        graph = mc.randomize(graph_of(case.graph), long, seed=10**6 + seed, num_threads=1)
        with without_pilots():
            result = significance(graph, case, swaps, samples, seed)
        if seed == 0 and case.cost == 1:
            whole = significance(graph, case, swaps, samples, seed)
            assert (result.p_over, result.p_adjusted) == (whole.p_over, whole.p_adjusted)
        tested = [p for p in result.p_adjusted.values() if p == p]
        adjusted.append(min(tested, default=1.0))
        one_sided.append([(result.p_over[name], result.p_under[name]) for name in result.classes])
    return np.array(one_sided), np.array(adjusted)
