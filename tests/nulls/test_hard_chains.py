"""Graphs whose swaps are nearly all refused: 3-cycles among hubs, and blocks that are nearly full."""

from __future__ import annotations

import math
import warnings
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import binomtest

import motifcount as mc


def cycle_among_hubs(n_sinks, n_sources=0):
    """Three nodes in a directed cycle that lead to the same others, and are led to by the same: two states."""
    sinks = [(hub, 3 + k) for hub in range(3) for k in range(n_sinks)]
    sources = [(3 + n_sinks + k, hub) for hub in range(3) for k in range(n_sources)]
    return mc.Graph.from_edges(*np.array([(0, 1), (1, 2), (2, 0), *sinks, *sources]).T)


ENDS = [(20, 0), (40, 0), (300, 0), (0, 100)]


# With sources and sinks, a source may lead to a sink, and the hubs have a mutual pair instead.
@pytest.mark.parametrize(("ends", "keep_mutual"), [*product(ENDS, (False, True)), ((40, 40), True)], ids=str)
def test_a_cycle_among_hubs_is_reversed_half_the_time(ends, keep_mutual):
    graph = cycle_among_hubs(*ends)
    null = mc.nulls.Degree(20, keep_mutual)
    reversed_ = [mc.randomize(graph, null, seed=seed, num_threads=1).to_scipy()[1, 0] for seed in range(600)]
    assert binomtest(int(sum(reversed_)), 600).pvalue > 1e-4


def complement_of_pairs(n_nodes, n_pairs):
    """All edges but those of some mutual pairs, which share no node."""
    cells = ~np.eye(n_nodes, dtype=bool)
    for k in range(n_pairs):
        cells[2 * k, 2 * k + 1] = cells[2 * k + 1, 2 * k] = False
    return mc.Graph(cells)


def test_a_nearly_full_graph_is_as_its_complement():
    """Three missing mutual pairs among 200 nodes: the null pairs are the mutual pairs of derangements of six."""
    result = mc.significance(complement_of_pairs(200, 3), size=2, samples=2000, seed=1)
    # Of the fixed-point-free permutations of six nodes, 265, as missing cells: those with k two-cycles.
    with_two_cycles = {0: 160, 1: 90, 3: 15}
    mean = Fraction(sum(k * n for k, n in with_two_cycles.items()), 265)
    assert sum(with_two_cycles.values()) == 265
    std = math.sqrt(sum((k - mean) ** 2 * n for k, n in with_two_cycles.items()) / 265)
    assert result.mean["null"] == pytest.approx(float(mean), abs=4 * std / math.sqrt(2000))
    assert result.z["null"] == pytest.approx((3 - float(mean)) / std, abs=4 * result.z_error["null"])


def test_a_nearly_full_block_between_layers():
    """Full rows and four rows with a few edges, which alone can move: bi-fans as in the block of these four."""
    few = np.random.default_rng(1).random((4, 50)) < 0.2
    few[:, :6] = True
    full = mc.Graph.from_layers([np.vstack([few, np.ones((96, 50), dtype=bool)])])
    sparse = mc.Graph.from_layers([few])
    found, wanted = (mc.significance(graph, size=4, samples=1000, seed=2) for graph in (full, sparse))
    error = math.hypot(found.z_error["bifan"], wanted.z_error["bifan"])
    assert found.z["bifan"] == pytest.approx(wanted.z["bifan"], abs=4 * error)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_community_of_mutual_edges_in_a_sparse_graph(seed):
    """Sixty nodes, all joined both ways but for two triangles of pairs; other edges come from other nodes.

    The missing pairs are one of the 70 graphs of six nodes with two edges each: 10 are two triangles, 60 a hexagon,
    with two more triads of three mutual pairs.
    """
    cells = np.zeros((960, 960), dtype=bool)
    cells[:60, :60] = True
    for triangle in ([0, 1, 2], [3, 4, 5]):
        cells[np.ix_(triangle, triangle)] = False
    np.fill_diagonal(cells, False)
    src, dst = np.random.default_rng(seed).integers(0, 960, (2, 4000))
    forward = (src >= 60) & (dst < src)
    cells[src[forward], dst[forward]] = True
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = mc.significance(mc.Graph(cells), mc.nulls.Degree(keep_mutual=True), samples=400, seed=seed)
    mean, std = Fraction(2 * 60, 70), math.sqrt(4 * 60 * 10 / 70**2)
    assert result.mean["300"] - result.observed["300"] == pytest.approx(float(mean), abs=4 * std / math.sqrt(400))
    assert result.z["300"] == pytest.approx(-float(mean) / std, abs=4 * result.z_error["300"])
    assert result.z_error["300"] < 0.5
    assert result.ess["300"] > 200


@pytest.mark.parametrize("null", ["degree", "edge_count", "cover", mc.nulls.Degree(keep_mutual=True)], ids=str)
def test_the_random_graph_of_a_seed_is_no_sample_of_it(null):
    """So a graph that was drawn with a seed can be tested with the same seed."""
    graph = mc.datasets.load("pendulum").drop_ineffective()
    drawn = mc.count(mc.randomize(graph, null, seed=3), size=4)
    for tested in (graph, mc.randomize(graph, null, seed=3)):
        samples = mc.significance(tested, null, size=4, samples=50, seed=3).samples_table
        assert not (samples == list(drawn.values())).all(axis=1).any()
