"""``Degree(keep_triads=True)``: triads stay near the observed ones, the rest is random, and what is done is told."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.stats import chisquare

import motifcount as mc
from motifcount.motifs.classes import Counted
from motifcount.nulls.sampling import SampleRange
from motifcount.nulls.triads import CLOSED
from support.enumerated import matrices_like

KEPT = mc.nulls.Degree(40, keep_triads=True)
PLAIN = mc.nulls.Degree(40, keep_mutual=True)


@pytest.fixture(scope="module")
def graph():
    """Feed-forward loops among 60 nodes, a few of them with a mutual edge, and single edges: tetrads follow from it."""
    rng = np.random.default_rng(7)
    adj = np.zeros((60, 60), dtype=bool)
    for k in range(24):
        a, b, c = rng.choice(60, 3, replace=False)
        adj[a, b] = adj[a, c] = adj[b, c] = True
        adj[c, b] |= k % 6 == 0
    for _ in range(70):
        a, b = rng.choice(60, 2, replace=False)
        adj[a, b] = True
    return mc.Graph(adj)


@pytest.fixture(scope="module")
def kept(graph):
    return mc.significance(graph, KEPT, size=(3, 4), samples=300, seed=1)


@pytest.fixture(scope="module")
def plain(graph):
    return mc.significance(graph, PLAIN, size=(3, 4), samples=300, seed=1)


def test_options():
    assert (KEPT.keep_mutual, KEPT.tolerance) == (True, 0.1)
    assert mc.nulls.Degree(keep_triads=True).swaps_per_edge == 100
    assert mc.nulls.Degree().swaps_per_edge == 10
    for wrong in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match=r"tolerance must be a finite number from 0\.001 to 10, not"):
            mc.nulls.Degree(keep_triads=True, tolerance=wrong)
    with pytest.raises(TypeError, match="keep_triads must be True or False, not 1"):
        mc.nulls.Degree(keep_triads=1)


def test_what_is_kept(graph):
    drawn = mc.randomize(graph, KEPT, seed=3)
    for degrees in ("in_degrees", "out_degrees"):
        assert (getattr(drawn, degrees)() == getattr(graph, degrees)()).all()
    assert mc.count(drawn, 2) == mc.count(graph, 2)
    assert drawn != graph


def test_means_of_triads_are_the_observed_counts(graph, kept, plain):
    assert max(abs(plain.z[name]) for name in CLOSED) > 5
    held = kept.triads
    for name in CLOSED:
        assert held.observed[name] == kept.observed[name]
        assert held.mean[name] == pytest.approx(kept.mean[name])
        assert held.scale[name] == pytest.approx(max(plain.std[name], 0.5), rel=0.35)
        noise = 4 * kept.std[name] / np.sqrt(kept.samples) / held.scale[name]
        assert abs(held.deviation[name]) <= KEPT.tolerance + noise
        assert held.scale[name] < 2 or kept.std[name] < 0.5 * held.scale[name]  # 1 / sqrt(11) for many
    assert plain.triads is None


def test_tetrads_that_follow_from_triads_lose_their_z(kept, plain):
    found = [name for name in mc.CLASSES[4] if abs(plain.z[name]) > 3 and plain.observed[name] >= 5]
    assert len(found) > 10
    assert max(abs(kept.z[name]) for name in found) < 3
    assert np.mean([abs(kept.z[name]) for name in found]) < 0.4 * np.mean([abs(plain.z[name]) for name in found])


def test_size_4_alone_tells_of_triads_too(graph, kept):
    result = mc.significance(graph, KEPT, samples=300, seed=1)
    assert (len(result.classes), result.triads) == (199, kept.triads)
    assert result.mean["bifan"] == kept.mean["bifan"]
    assert result.to_dict()["triads"]["030T"]["deviation"] == kept.triads.deviation["030T"]
    assert result.to_dict()["null_options"] == KEPT.options
    for said in (repr(result), result._repr_html_()):
        assert f"{result.triads}" in said


def test_the_same_for_threads_shards_and_parts(graph):
    def run(**how):
        return mc.significance(graph, KEPT, seed=5, **how)

    whole = run(samples=40, num_threads=1)
    with ThreadPoolExecutor(2) as pool:
        others = [run(samples=40, num_threads=3), run(samples=40, executor=pool)]
    parts = [run(samples=20, first_sample=first) for first in (20, 0)]
    for other in (*others, mc.merge(parts)):
        assert other.to_json() == whole.to_json()
    drawn = [mc.randomize(graph, KEPT, seed=5, num_threads=threads) for threads in (1, 2)]
    assert drawn[0] == drawn[1]


def test_strict_layers_are_the_plain_null():
    net = mc.datasets.load("pendulum")
    kept, plain = (mc.significance(net, mc.nulls.Degree(5, True, keep), samples=20, seed=1) for keep in (True, False))
    assert kept.z == plain.z
    assert kept.triads is None


SKIPS = np.repeat([0, 1, 2], 3)


def skips():
    """Three layers of three nodes, edges from each to all later ones, and many feed-forward loops."""
    rng = np.random.default_rng(3)
    adj = (rng.random((9, 9)) < 0.5) & (SKIPS[:, None] < SKIPS)
    adj[0, 3] = adj[3, 6] = adj[0, 6] = adj[1, 4] = adj[4, 7] = adj[1, 7] = True
    return adj


def loops_of_states(adj):
    """Feed-forward loops of every graph with the degrees of each block, by enumeration."""
    states = np.zeros((1, 9, 9), dtype=int)
    for a, b in ((0, 1), (1, 2), (0, 2)):
        block = (SKIPS[:, None] == a) & (b == SKIPS)
        states = (states[:, None] + matrices_like(adj & block, block)).reshape(-1, 9, 9)
    return np.einsum("sij,sjk,sik->s", states, states, states)


def p_of_loops(drawn, loops, energy):
    """The p-value of numbers of loops that were drawn, if states have weights exp(-energy(loops))."""
    numbers, of_state = np.unique(loops, return_inverse=True)
    expected = np.bincount(of_state) * np.exp(-energy(numbers))
    expected *= len(drawn) / expected.sum()
    found = (drawn[:, None] == numbers).sum(axis=0)
    assert found.sum() == len(drawn)
    group = np.where(expected >= 5, np.arange(len(numbers)), int(expected.argmax()))  # rare ones with the most frequent
    return chisquare(*(np.bincount(group, each)[np.unique(group)] for each in (found, expected))).pvalue


def test_a_layered_graph_without_cycles_holds_one_count_and_is_drawn_as_stated():
    adj = skips()
    graph, loops = mc.Graph(adj, layers=SKIPS), loops_of_states(adj)
    null = KEPT.prepared(graph, 1)
    assert null.triad_scale == {"030T": pytest.approx(loops.std(), rel=0.3)}
    drawn = null.sample_counts(graph, Counted(("triads",)), SampleRange(1, 0, 3000), 1).table
    drawn = drawn[:, mc.CLASSES[3].index("030T")]
    (weight,), (centre,) = null.held.weights, null.held.centres
    assert p_of_loops(drawn, loops, lambda n: weight / 2 * (n - centre) ** 2) > 1e-3
    assert p_of_loops(drawn, loops, lambda n: weight / 4 * (n - centre) ** 2) < 1e-9
    result = mc.significance(graph, KEPT, samples=20, seed=1)
    assert result.triads.observed == {"030T": result.triads.observed["030T"]}
    assert "mean of the closed one that can occur" in repr(result)


def test_groups_keep_their_blocks():
    """Degrees and mutual edges between every two groups, with labels of any kind."""
    rng = np.random.default_rng(5)
    adj = rng.random((40, 40)) < 0.15
    np.fill_diagonal(adj, False)
    groups = np.array(["KC", "MBON", "PN 2"])[rng.integers(0, 3, 40)]
    graph = mc.Graph(adj, layers=groups)
    drawn = mc.randomize(graph, mc.nulls.Degree(keep_triads=True), seed=1)
    after = drawn.to_scipy().toarray().astype(bool)
    assert (after != adj).sum() > 50
    for kind in (adj, after), (adj & adj.T, after & after.T):
        for a in np.unique(groups):
            for axis in (0, 1):
                of_group = [each.take(np.flatnonzero(groups == a), axis).sum(axis) for each in kind]
                assert (of_group[0] == of_group[1]).all()


def test_short_chains_are_told(graph):
    with pytest.warns(mc.mixing.MixingWarning, match="swaps_per_edge=1 looks short for"):
        mc.significance(graph, mc.nulls.Degree(1, keep_triads=True), samples=400, seed=1)


def test_a_network_that_milo_and_others_published(shared_data):
    """E. coli, Science 298, 824 (2002): 203 bi-fans, 47 +- 12 where triads are kept; 61 +- 14 where they are not."""
    graph = mc.Graph.from_edges(*np.loadtxt(shared_data / "milo" / "ecoli.tsv", dtype=int).T)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "the graph has ")
        result = mc.significance(graph, mc.nulls.Degree(keep_triads=True), samples=100, seed=1)
        plain = mc.significance(graph, mc.nulls.Degree(keep_mutual=True), size=4, samples=100, seed=1)
    assert result.observed["bifan"] == 203
    error = 4 * 13 / np.sqrt(100)
    assert abs(result.mean["bifan"] - 48.5) < error < plain.mean["bifan"] - 48.5
    assert result.std["bifan"] == pytest.approx(12.7, abs=4 * 12.7 / np.sqrt(200))
