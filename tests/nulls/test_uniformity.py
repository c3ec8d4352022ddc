"""`degree`, `edge_count` and `dyad_count` are uniform: every graph they allow is enumerated and sampled equally often.

Small graphs are drawn thousands at a time, each in layers of its own (`realizations.many`), and some one by one.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import count

import numpy as np
import pytest
from scipy.stats import chi2, chisquare, ncx2

import motifcount as mc
from support.realizations import classes_of_digraphs, many, p_uniform, pack, pieces, realizations, swaps, unpack

pytestmark = pytest.mark.slow

LONG = mc.nulls.Degree(swaps_per_edge=40)
PER_STATE = 300
LOWEST = 1e-4  # seeds are fixed, so a p-value is one number; a right sampler is below this once in 10,000

GRAPHS = {  # nodes, arcs, layers, number of realizations
    "directed-triangle": (3, [(0, 1), (1, 2), (2, 0)], None, 2),
    "four-cycle": (4, [(0, 1), (1, 2), (2, 3), (3, 0)], None, 9),
    "five-cycle": (5, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)], None, 44),
    "triangle-and-tail": (5, [(0, 1), (1, 2), (2, 0), (3, 0), (2, 4)], None, 8),
    "two-hubs": (5, [(0, 1), (0, 2), (0, 3), (4, 1), (4, 2), (1, 0), (2, 4)], None, 15),
    "dense": (5, [(u, v) for u in range(5) for v in range(5) if u != v and (u + 2 * v) % 5 not in (0, 3)], None, 61),
    "block": (7, [(0, 3), (0, 4), (1, 3), (1, 5), (2, 6)], [0] * 3 + [1] * 4, 12),
    "block-of-hubs": (7, [(0, 2), (0, 3), (0, 4), (1, 4), (1, 5), (1, 6)], [0] * 2 + [1] * 5, 6),
    "dag-with-skips": (
        7,
        [(0, 2), (1, 3), (0, 5), (1, 6), (2, 5), (3, 6), (4, 6)],
        [0, 0, 1, 1, 1, 2, 2],
        12,
    ),
    "lateral": (5, [(0, 1), (1, 2), (2, 0), (0, 3), (1, 4), (3, 4)], [0, 0, 0, 1, 1], 4),
    "back-and-forth": (6, [(0, 3), (1, 4), (2, 5), (3, 1), (4, 2), (5, 0)], [0, 0, 0, 1, 1, 1], 36),
    "four-in-a-layer": (6, [(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (1, 5), (4, 5)], [0, 0, 0, 0, 1, 1], 18),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_degree(name):
    n, arcs, layers, known = GRAPHS[name]
    states = realizations(n, arcs, layers)
    assert len(states) == known
    found = many(n, [pack(n, arcs)] * (PER_STATE * len(states)), LONG, 1, layers)
    assert p_uniform(found, states) > LOWEST


@pytest.mark.parametrize("name", ["directed-triangle", "four-cycle", "triangle-and-tail", "dag-with-skips"])
def test_degree_one_graph_at_a_time(name):
    n, arcs, layers, _ = GRAPHS[name]
    states = realizations(n, arcs, layers)
    graph = mc.Graph.from_edges(*zip(*arcs, strict=True), n, layers)
    draws = (mc.randomize(graph, LONG, seed=seed, num_threads=1) for seed in range(150 * len(states)))
    found = [pack(n, zip(*map(np.ndarray.tolist, drawn.to_scipy().nonzero()), strict=True)) for drawn in draws]
    assert p_uniform(found, states) > LOWEST


# ---- all classes of four nodes -----------------------------------------------------------------------------------


def enough(groups, small=0.15):
    """Return how many samples a state needs so that frequencies off by 15 %, root mean square, are found."""
    n_states = sum(map(len, groups))
    df = n_states - len(groups)
    too_far = chi2.isf(LOWEST, df)
    return next(n for n in count(30, 10) if ncx2.sf(too_far, df, small**2 * n * n_states) > 0.95)


def sample_classes(n, groups, null):
    """Sample many classes at once, each from its first member."""
    per_state = enough(groups)
    starts = np.concatenate([np.full(per_state * len(states), states[0]) for states in groups])
    ends = np.cumsum([per_state * len(states) for states in groups])
    return np.split(many(n, starts, null, 2), ends[:-1])


def p_uniform_over_all(groups, samples):
    """Return the smallest p-value of a class, and that of the sum of all chi-squares."""
    p_values, total = [], 0.0
    for states, found in zip(groups, samples, strict=True):
        seen = Counter(found.tolist())
        assert seen.keys() == set(states), "a state was left out, or one is too many"
        result = chisquare([seen[state] for state in states])
        p_values.append(result.pvalue)
        total += result.statistic
    return min(p_values), chi2.sf(total, sum(len(states) - 1 for states in groups))


def assert_all_uniform(groups, samples):
    lowest, together = p_uniform_over_all(groups, samples)
    assert lowest > LOWEST / len(groups)
    assert together > LOWEST


def test_every_degree_class_of_four_nodes():
    groups = classes_of_digraphs(4)
    assert (len(groups), sum(map(len, groups))) == (794, 2234)
    assert_all_uniform(groups, sample_classes(4, groups, LONG))


def test_classes_that_swaps_alone_leave_in_pieces():
    groups = [states for states in classes_of_digraphs(4) if pieces(4, states, swaps) > 1]
    assert len(groups) == 16
    assert_all_uniform(groups, sample_classes(4, groups, LONG))


def test_some_degree_classes_of_five_nodes():
    groups = random.Random(8).sample(classes_of_digraphs(5), 200)
    assert any(pieces(5, states, swaps) > 1 for states in groups)
    assert_all_uniform(groups, sample_classes(5, groups, LONG))


# ---- keep_mutual -------------------------------------------------------------------------------------------------

KEEP = mc.nulls.Degree(swaps_per_edge=100, keep_mutual=True)


def test_every_class_of_four_nodes_with_mutual_degrees():
    groups = classes_of_digraphs(4, keep_mutual=True)
    assert (len(groups), sum(map(len, groups))) == (464, 1010)
    assert_all_uniform(groups, sample_classes(4, groups, KEEP))


@pytest.fixture(scope="module")
def five_nodes():
    """All classes of five nodes with mutual degrees, the densest first."""
    groups = classes_of_digraphs(5, keep_mutual=True)
    assert len(groups) == 236_314
    return sorted(groups, key=lambda states: -states[0].bit_count())


def test_some_classes_of_five_nodes_with_mutual_degrees(five_nodes):
    groups = random.Random(6).sample(five_nodes, 60)
    assert_all_uniform(groups, sample_classes(5, groups, mc.nulls.Degree(800, keep_mutual=True)))


def test_the_densest_classes_of_five_nodes_with_mutual_degrees(five_nodes):
    """They need joint moves that are rarely possible, and long chains."""
    assert five_nodes[0][0].bit_count() == 18
    groups = five_nodes[:12]
    assert_all_uniform(groups, sample_classes(5, groups, mc.nulls.Degree(1500, keep_mutual=True)))


def test_the_four_cycle_around_a_mutual_edge():
    """Only a joint reversal connects the two (docs/null-models.md)."""
    mutual = {(0, 1), (1, 0)}
    pair = [pack(4, mutual | cycle) for cycle in ({(0, 2), (2, 1), (1, 3), (3, 0)}, {(2, 0), (1, 2), (3, 1), (0, 3)})]
    assert realizations(4, unpack(4, pair[0]), keep_mutual=True) == sorted(pair)
    assert p_uniform(many(4, [pair[0]] * 2000, KEEP, 3), pair) > LOWEST


def test_mutual_edges_inside_layers_and_skips_between():
    layers = [0, 0, 0, 0, 1, 1]
    arcs = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 1), (0, 4), (1, 5), (2, 4)]
    states = realizations(6, arcs, layers, keep_mutual=True)
    assert len(states) > 3
    assert len(realizations(6, arcs, layers)) > len(states)
    assert p_uniform(many(6, [pack(6, arcs)] * (PER_STATE * len(states)), KEEP, 4, layers), states) > LOWEST


FACING_GROUPS = {  # edges within and between the groups {0, 1, 2} and {3, 4, 5, 6}, mutual ones among them
    "one-mutual-pair": (
        [(0, 6), (1, 3), (0, 4), (1, 5), (6, 1), (5, 0), (4, 0), (4, 2), (3, 4), (6, 5), (5, 3)],
        12,
        90,
    ),
    "two": ([(1, 4), (0, 3), (1, 6), (2, 3), (4, 2), (6, 1), (3, 2), (5, 0), (3, 4), (4, 5), (6, 5)], 10, 120),
}


@pytest.mark.parametrize("name", FACING_GROUPS)
def test_mutual_edges_between_groups(name):
    arcs, known, without = FACING_GROUPS[name]
    layers = [0] * 3 + [1] * 4
    states = realizations(7, arcs, layers, keep_mutual=True)
    assert (len(states), len(realizations(7, arcs, layers))) == (known, without)
    starts = [pack(7, arcs)] * (PER_STATE * len(states))
    assert p_uniform(many(7, starts, KEEP, 10, layers), states) > LOWEST
    short = mc.nulls.Degree(swaps_per_edge=0.5, keep_mutual=True)
    assert p_uniform(many(7, starts, short, 10, layers), states) < LOWEST  # which the test finds out


# ---- edge_count --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_edges", range(1, 8), ids="{}-of-8".format)
def test_edge_count_between_layers(n_edges):
    """Sparse, and more than half full."""
    layers = [0, 0, 1, 1, 1, 1]
    arcs = [(u, v) for u in (0, 1) for v in (2, 3, 4, 5)][:n_edges]
    states = realizations(6, arcs, layers, keep="edges")
    assert p_uniform(many(6, [pack(6, arcs)] * (PER_STATE * len(states)), "edge_count", 5, layers), states) > LOWEST


@pytest.mark.parametrize("n_edges", [1, 2, 5, 6, 7, 10, 11], ids="{}-of-12".format)
def test_edge_count_within_a_layer(n_edges):
    arcs = [(u, v) for u in range(4) for v in range(4) if u != v][:n_edges]
    states = realizations(4, arcs, keep="edges")
    assert p_uniform(many(4, [pack(4, arcs)] * (100 * len(states)), "edge_count", 6), states) > LOWEST


@pytest.mark.parametrize("n_edges", [2, 4], ids=["sparse", "more-than-half"])
def test_edge_count_without_layers(n_edges):
    arcs = [(u, v) for u in range(3) for v in range(3) if u != v][:n_edges]
    states = realizations(3, arcs, keep="edges")
    graph = mc.Graph.from_edges(*zip(*arcs, strict=True), 3)
    draws = (mc.randomize(graph, "edge_count", seed=seed).to_scipy().nonzero() for seed in range(150 * len(states)))
    assert p_uniform([pack(3, zip(u.tolist(), v.tolist(), strict=True)) for u, v in draws], states) > LOWEST


def test_edge_count_in_several_blocks_at_once():
    layers = [0, 0, 0, 1, 1, 2]
    arcs = [(0, 1), (1, 2), (0, 3), (2, 5), (3, 5), (3, 4), (4, 3)]
    states = realizations(6, arcs, layers, keep="edges")
    assert len(states) == 15 * 6 * 3 * 2 * 1
    assert p_uniform(many(6, [pack(6, arcs)] * (50 * len(states)), "edge_count", 7, layers), states) > LOWEST


# ---- dyad_count --------------------------------------------------------------------------------------------------

DYADS = {  # arcs of four nodes; each state of a pair is once the most frequent, which is not drawn
    "one-mutual": [(0, 1), (1, 0)],
    "null": [(0, 1), (1, 0), (1, 2)],
    "asymmetric": [(0, 1), (1, 0), (1, 2), (2, 3), (3, 0), (2, 0)],
    "mutual": [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3), (3, 2), (0, 3), (3, 0), (0, 2)],
    "no-mutual": [(0, 1), (1, 2), (2, 3)],
    "tournament": [(0, 1), (1, 2), (2, 3), (3, 0), (2, 0), (1, 3)],
}


@pytest.mark.parametrize("name", DYADS)
def test_dyad_count_within_a_layer(name):
    states = realizations(4, DYADS[name], keep="dyads")
    assert p_uniform(many(4, [pack(4, DYADS[name])] * (100 * len(states)), "dyad_count", 8), states) > LOWEST


FACING = {  # arcs between the layers {0, 1} and {2, 3, 4}, and in the latter
    "one-way": [(0, 2), (1, 4)],
    "both-ways": [(0, 2), (2, 0), (1, 3), (4, 1), (4, 0)],
    "mostly-mutual": [(0, 2), (2, 0), (1, 3), (3, 1), (4, 1), (1, 4), (0, 4)],
    "mostly-there": [(0, 2), (0, 3), (0, 4), (1, 2), (3, 1)],
    "mostly-back": [(2, 0), (3, 0), (4, 0), (2, 1), (1, 3)],
    "and-within": [(0, 2), (2, 0), (1, 3), (0, 1), (2, 3), (3, 2), (3, 4)],
}


@pytest.mark.parametrize("name", FACING)
def test_dyad_count_between_layers(name):
    layers, arcs = [0, 0, 1, 1, 1], FACING[name]
    states = realizations(5, arcs, layers, keep="dyads")
    assert len(states) > 10
    assert p_uniform(many(5, [pack(5, arcs)] * (60 * len(states)), "dyad_count", 9, layers), states) > LOWEST


def test_dyad_count_without_layers():
    arcs = [(0, 1), (1, 0), (1, 2)]
    states = realizations(3, arcs, keep="dyads")
    assert len(states) == 3 * 2 * 2
    graph = mc.Graph.from_edges(*zip(*arcs, strict=True), 3)
    draws = (mc.randomize(graph, "dyad_count", seed=seed).to_scipy().nonzero() for seed in range(150 * len(states)))
    assert p_uniform([pack(3, zip(u.tolist(), v.tolist(), strict=True)) for u, v in draws], states) > LOWEST
