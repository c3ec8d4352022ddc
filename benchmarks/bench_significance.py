"""How long do 1000 degree-preserving samples with triads and tetrads take, on a pruned network?

The peer is igraph, sample by sample: as many swap attempts (which do not keep the layers), then its triad census;
it counts no tetrads. Its rows are compared by time per sample.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import graphs
import numpy as np
import references

import motifcount as mc

ATTEMPTS_PER_EDGE = 10
SAMPLES, PEER_SAMPLES, CHECK_SAMPLES = 1000, 10, 60
FIXED = ("out_star", "in_star", "y_out", "y_in")
TOLERANCE = 6.0  # standard errors


def _row(network: graphs.Network, tool: str, samples: int, threads: int = 1) -> dict[str, Any]:
    return {
        "group": f"{SAMPLES} degree samples, {network.name}",
        "tool": tool,
        "threads": threads,
        "network": network,
        "work": samples,
        "unit": "samples",
        "baseline": tool.startswith("motifcount"),
    }


def bench_motifcount(measure: Callable[..., Any], standard: Callable[[str], Any], igraph: Any, threads: int) -> None:
    network = standard("pruned")
    null = mc.nulls.Degree(swaps_per_edge=ATTEMPTS_PER_EDGE)
    options: dict[str, Any] = {"size": (3, 4), "samples": SAMPLES, "seed": 1, "num_threads": threads, "progress": False}
    row = _row(network, "motifcount, triads and tetrads", SAMPLES, threads)
    result = measure(mc.significance, network.graph, null, **options, **row)

    observed = references.triads(network) | references.tetrads(network)
    assert dict(result.observed) == observed
    for name in (*references.TRIADS, *FIXED):
        assert result.status[name] == "fixed"
        assert result.mean[name] == observed[name], "the degrees fix this class"
    _check_moments(result, _sample_by_block(igraph, network))
    part = mc.significance(network.graph, null, **options | {"samples": 5, "first_sample": 7})
    assert np.array_equal(part.samples_table, result.samples_table[7:12])


def bench_igraph(measure: Callable[..., Any], standard: Callable[[str], Any], igraph: Any) -> None:
    network = standard("pruned")

    def sample() -> list[tuple[int, ...]]:
        table = []
        for _ in range(PEER_SAMPLES):
            shuffled = network.igraph.copy()
            shuffled.rewire(ATTEMPTS_PER_EDGE * network.n_edges)
            table.append(tuple(shuffled.triad_census()))
        return table

    row = _row(network, f"igraph {igraph.__version__}, triads only", PEER_SAMPLES)
    table = np.array(measure(sample, rounds=3, **row))
    n = network.n_nodes
    assert np.all(table.sum(axis=1) == n * (n - 1) * (n - 2) // 6)
    edges = [2 * int(name[0]) + int(name[1]) for name in references.TRIADS]
    assert np.all(table @ edges == network.n_edges * (n - 2))


def _sample_by_block(igraph: Any, network: graphs.Network) -> list[dict[str, int]]:
    """Draw samples of the same null model by igraph, every block rewired alone, and count them by matrix products."""
    assert network.layers is not None
    block = network.layers[network.src]
    samples = []
    for _ in range(CHECK_SAMPLES):
        ends = []
        for k in range(int(block.max()) + 1):
            pairs = np.column_stack((network.src, network.dst))[block == k]
            part = igraph.Graph(network.n_nodes, pairs, directed=True)
            part.rewire(2 * ATTEMPTS_PER_EDGE * len(pairs))
            ends.append(np.array(part.get_edgelist(), dtype=np.int64))
        src, dst = np.array(sorted(map(tuple, np.concatenate(ends).tolist()))).T
        samples.append(references.tetrads(graphs.Network("sample", network.n_nodes, src, dst, network.sizes)))
    return samples


def _check_moments(result: mc.Significance, samples: list[dict[str, int]]) -> None:
    """Hold the sampled means against those of the other sampler."""
    for name in mc.LAYERED_TETRADS:
        values = np.array([sample[name] for sample in samples], dtype=float)
        error = sqrt(values.var(ddof=1) / len(values) + result.std[name] ** 2 / result.samples)
        assert abs(values.mean() - result.mean[name]) <= TOLERANCE * error, name
