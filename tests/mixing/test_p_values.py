"""P-values of chains that are too short stay valid, by the scheme of Besag and Clifford."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

import motifcount as mc
from motifcount.motifs.classes import Counted
from motifcount.motifs.families import LAYERED_TETRADS
from motifcount.nulls.sampling import SampleRange

N_GRAPHS, SAMPLES = 400, 19
SHORT = mc.nulls.Degree(swaps_per_edge=0.02)


@pytest.fixture(scope="module")
def observed_graphs():
    """Draws of the null itself, by long chains. A short chain makes 8 attempts on their 330 edges."""
    rng = np.random.default_rng(1)
    start = mc.Graph([rng.random((25, 30)) < 0.3, rng.random((30, 12)) < 0.3])
    return [mc.randomize(start, mc.nulls.Degree(swaps_per_edge=50), seed=seed) for seed in range(N_GRAPHS)]


def bifans(graph):
    return mc.count(graph, 4, num_threads=1)["bifan"]


def besag_clifford(graph, seed):
    """Counts of samples as `significance` draws them, without what it tells besides."""
    table = SHORT.sample_counts(graph, Counted((LAYERED_TETRADS.name,)), SampleRange(seed, 0, SAMPLES), 1).table
    return table[:, LAYERED_TETRADS.names.index("bifan")]


def star_from_the_graph(graph, seed):
    """A mistake: every sample starts from the observed graph itself, and stays near it."""
    seeds = range(SAMPLES * seed, SAMPLES * (seed + 1))
    return np.array([bifans(mc.randomize(graph, SHORT, seed=k, num_threads=1)) for k in seeds])


def path_from_the_graph(graph, seed):
    """A mistake: samples are what one chain from the observed graph passes, and drift away from it."""
    values = []
    for k in range(SAMPLES * seed, SAMPLES * (seed + 1)):
        graph = mc.randomize(graph, SHORT, seed=k, num_threads=1)
        values.append(bifans(graph))
    return np.array(values)


def ranks_and_p_values(graphs, scheme):
    """Return the rank of each graph among its samples, ties broken by lot, and its p_over."""
    rng = np.random.default_rng(2)
    ranks, p_values = [], []
    for seed, graph in enumerate(graphs):
        sampled, own = scheme(graph, seed), bifans(graph)
        ranks.append((sampled > own).sum() + rng.integers((sampled == own).sum() + 1))
        p_values.append((1 + (sampled >= own).sum()) / (1 + SAMPLES))
    return np.array(ranks), np.array(p_values)


def p_uniform(ranks):
    return chisquare(np.bincount(ranks, minlength=SAMPLES + 1)).pvalue


def p_of_small_p_values(p_values):
    """Return how likely it is that as many p-values are at most k / 20, for the least likely k."""
    return min(
        binomtest(int((p_values <= k / 20 + 1e-9).sum()), len(p_values), k / 20, "greater").pvalue for k in range(1, 20)
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning")
def test_p_values_are_valid_for_chains_that_are_far_too_short(observed_graphs):
    ranks, p_values = ranks_and_p_values(observed_graphs, besag_clifford)
    assert p_of_small_p_values(p_values) > 1e-3
    assert p_uniform(ranks) > 1e-3
    for k in (3, 4, 5):
        result = mc.significance(observed_graphs[k], SHORT, size=4, samples=SAMPLES, seed=k)
        assert result.p_over["bifan"] == p_values[k]


def test_samples_that_start_from_the_graph_itself_are_found_out(observed_graphs):
    ranks, _ = ranks_and_p_values(observed_graphs, star_from_the_graph)
    assert p_uniform(ranks) < 1e-5


def test_samples_along_a_chain_from_the_graph_are_found_out(observed_graphs):
    ranks, p_values = ranks_and_p_values(observed_graphs, path_from_the_graph)
    assert p_uniform(ranks) < 1e-5
    assert p_of_small_p_values(p_values) < 1e-4
