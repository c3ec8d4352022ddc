"""Is what a result says of its own errors true? Runs are repeated, and what they say is held against how they differ.

Used by tests/calibration, and by benchmarks/calibration.py for the tables of docs/reliability.md.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np

import motifcount as mc
from motifcount.nulls.sampling import SampleRange

# ---- graphs --------------------------------------------------------------------------------------------------------


def of_matrix(cells):
    cells = np.array(cells, dtype=bool)
    np.fill_diagonal(cells, False)
    return mc.Graph(cells)


def hubs(seed=3, n=30, m=140):
    """Nodes of very different degrees."""
    rng = np.random.default_rng(seed)
    weights = np.arange(1, n + 1) ** -0.8
    edges = set()
    while len(edges) < m:
        edges.add(tuple(rng.choice(n, 2, replace=False, p=weights / weights.sum()).tolist()))
    return mc.Graph.from_edges(*np.array(sorted(edges)).T, n)


def loops(seed=4, n=60, m=180, planted=25):
    """Directed 3-cycles, far more than chance has."""
    rng = np.random.default_rng(seed)
    edges = set()
    for _ in range(planted):
        a, b, c = rng.choice(n, 3, replace=False).tolist()
        edges |= {(a, b), (b, c), (c, a)}
    while len(edges) < m:
        edges.add(tuple(rng.choice(n, 2, replace=False).tolist()))
    return mc.Graph.from_edges(*np.array(sorted(edges)).T, n)


def sparse(seed=1, n=200, m=350):
    """Most classes are rare."""
    return mc.Graph.from_edges(*np.random.default_rng(seed).integers(0, n, (2, m)), n)


def mutual(seed=3, n=30):
    """A third of the pairs that are connected are so both ways."""
    rng = np.random.default_rng(seed)
    pairs = rng.random((n, n)) < 0.04
    return of_matrix((rng.random((n, n)) < 0.08) | pairs | pairs.T)


def layers(seed=2, planted=False):
    """Three layers, with hubs; planted: rows that are the same in pairs, so that there are many bi-fans."""
    rng = np.random.default_rng(seed)
    masks = []
    for rows, cols in ((24, 30), (30, 12)):
        weights = np.outer(np.arange(1, rows + 1) ** -0.6, np.arange(1, cols + 1) ** -0.6)
        mask = rng.random((rows, cols)) < np.minimum(0.9, 2.2 * weights)
        if planted:
            mask[: rows // 4 * 2] = np.repeat(mask[: rows // 4], 2, axis=0)
        masks.append(mask)
    return masks


def with_biases(seed=2):
    rng = np.random.default_rng(seed)
    masks = layers(seed)
    return mc.Graph.from_layers(masks, [rng.random(mask.shape[1]) < 0.5 for mask in masks])


def skips(seed=6):
    """Three layers, edges that skip one, and edges inside layers."""
    rng = np.random.default_rng(seed)
    layer = np.repeat([0, 1, 2], 14)
    cells = (rng.random((42, 42)) < 0.12) & (layer[:, None] <= layer)
    np.fill_diagonal(cells, False)
    return mc.Graph(cells, layers=layer)


def two_of_four(seed=8):
    """Three layers of which every unit has two of every four inputs, from the same ones more often than chance has."""
    rng = np.random.default_rng(seed)
    masks = []
    for rows, cols in ((24, 20), (20, 12)):
        weights = rng.random((rows, cols)) + rng.random((rows, 1))
        ranks = np.argsort(np.argsort(weights.reshape(rows // 4, 4, cols), axis=1), axis=1)
        masks.append((ranks >= 2).reshape(rows, cols))
    return mc.Graph.from_layers(masks)


GRAPHS = {
    "hubs": hubs,
    "planted loops": loops,
    "sparse, rare classes": sparse,
    "mutual edges": mutual,
    "layers": lambda: mc.Graph(layers()),
    "layers, planted bi-fans": lambda: mc.Graph(layers(planted=True)),
    "layers and biases": with_biases,
    "skips and lateral edges": skips,
    "layers, two of four": two_of_four,
}


@cache
def graph_of(name):
    return GRAPHS[name]()


@cache
def held_triads(name, swaps):
    return mc.nulls.Degree(swaps, keep_triads=True).prepared(graph_of(name), 1)


@dataclass(frozen=True)
class Case:
    """A graph, under a null model."""

    graph: str
    null: str

    def model(self, swaps=None):
        if not self.has_chain:
            return mc.nulls.NOfM(2, 4) if self.null == "n_of_m" else mc.nulls.resolve(self.null)
        if self.null == "keep_triads":  # the distribution that belongs to the graph, also for graphs drawn from it
            return held_triads(self.graph, swaps or 10)
        return mc.nulls.Degree(swaps or 10, keep_mutual=self.null == "keep_mutual")

    @property
    def has_chain(self):
        return self.null in ("degree", "keep_mutual", "keep_triads")

    @property
    def lengths(self):
        """Attempts per edge; (None,) without a chain."""
        if self.null == "keep_triads":
            return (10,)
        return (0.5, 1, 2, 5, 10, 20) if self.has_chain else (None,)

    @property
    def cost(self):
        """How much longer than others a run takes, roughly."""
        return 5 if self.null == "keep_triads" else 1

    @property
    def size(self):
        return (4,) if self.graph.startswith("layers") or self.null == "keep_triads" else (2, 3)


CASES = [
    *(Case(name, "degree") for name in GRAPHS if name != "layers, two of four"),
    *(Case(name, "keep_mutual") for name in ("hubs", "mutual edges", "skips and lateral edges")),
    *(Case(name, "keep_triads") for name in ("hubs", "planted loops")),
    *(Case(name, "dyad_count") for name in ("hubs", "mutual edges")),
    *(Case(name, "edge_count") for name in ("hubs", "sparse, rare classes", "layers", "layers and biases")),
    *(Case(name, "cover") for name in ("layers", "layers and biases")),
    Case("layers, two of four", "n_of_m"),
]


# ---- repeated runs -------------------------------------------------------------------------------------------------


def significance(graph, case, swaps, samples, seed):
    with warnings.catch_warnings(action="ignore"):
        return mc.significance(graph, case.model(swaps), size=case.size, samples=samples, seed=seed, num_threads=1)


@cache
def reference(case, samples):
    """By class, mean and standard deviation over 20 starts and long chains, and z of the graph."""
    graph = graph_of(case.graph)
    model = case.model(100 if case.null == "keep_mutual" else 60)
    families = model.families(graph, case.size)
    draws = [model.sample_counts(graph, families, SampleRange(10**6 + k, 0, samples // 20), 1).table for k in range(20)]
    table = np.concatenate(draws)
    observed = mc.count(graph, case.size)
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


def errors(case, swaps, samples, runs):
    """By class, against a reference of 100 times as many samples as a run: its own error adds 1 % to the squares."""
    known = reference(case, 100 * samples)
    found = {name: ([], [], []) for name in known}
    for seed in range(runs):
        result = significance(graph_of(case.graph), case, swaps, samples, seed)
        for name, (mean, std, z) in known.items():
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
        result = significance(graph, case, swaps, samples, seed)
        tested = [p for p in result.p_adjusted.values() if p == p]
        adjusted.append(min(tested, default=1.0))
        one_sided.append([(result.p_over[name], result.p_under[name]) for name in result.classes])
    return np.array(one_sided), np.array(adjusted)
