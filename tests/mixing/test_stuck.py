"""Chains that hardly move, or not in one part of the graph: they are told, and what the warning advises is enough."""

from __future__ import annotations

import math
import re
from itertools import product

import numpy as np
import pytest

import motifcount as mc
from motifcount.motifs.classes import Counted
from motifcount.nulls.sampling import SampleRange
from support import mixing
from support.enumerated import KINDS

pytestmark = pytest.mark.slow


def nested(n):
    """Row k leads to the first k columns, but for two edges: five states, and hardly any swap between them."""
    block = np.tri(n, dtype=bool)
    block[n // 2, n // 2 - 1] = block[n // 2 + 1, n // 2] = False
    return block


def significance(graph, null, **options):
    """The result, and what the warnings advise."""
    result, texts = mixing.significance(graph, null, **options)
    return result, [float(re.search(r"Degree\(([^,)]*)", text)[1]) for text in texts]


def test_a_still_block_among_others_that_move():
    """The rest of the graph moves, and so do all classes: the swaps of the block tell."""
    beside = np.random.default_rng(1).random((40, 60)) < 0.2
    told = [significance(mc.Graph([nested(40), beside]), "degree", size=4, samples=60, seed=s) for s in range(20)]
    assert sum(bool(advice) for _, advice in told) >= 19
    assert all(result.acceptance > 0.1 for result, _ in told)


def test_a_block_that_moves_once_in_many_samples_is_told():
    """The few swaps along the pilot chains change no count, but others would."""
    told = [significance(mc.Graph([nested(80)]), "degree", size=4, samples=20, seed=s) for s in range(20)]
    assert sum(bool(advice) for _, advice in told) >= 19
    assert any(0 < result.mixing.moves[0, 1] < 1 for result, _ in told)


def test_a_block_with_one_state_is_no_reason_to_warn():
    beside = np.random.default_rng(1).random((40, 60)) < 0.2
    result, advice = significance(mc.Graph([np.tri(40), beside]), "degree", size=4, samples=60, seed=1)
    assert advice == []
    assert list(result.mixing.acceptance) == [(1, 2)]


def test_a_cycle_among_hubs_is_no_reason_to_warn():
    """It is reversed often, though of all attempts few are accepted; and no count depends on it."""
    arcs = [(0, 1), (1, 2), (2, 0), *product(range(3), range(3, 303))]
    _, advice = significance(mc.Graph.from_edges(*np.array(arcs).T), "degree", size=(2, 3), samples=60, seed=1)
    assert advice == []


@pytest.mark.parametrize("n", [12, 20])
@pytest.mark.parametrize("seed", range(5))
def test_the_advice_is_enough(n, seed):
    """Followed until there is none, the mean is that of the five states: in four of them the zigzags are the same."""
    graph, null = mc.Graph([nested(n)]), mc.nulls.Degree()
    for _ in range(8):
        result, advice = significance(graph, null, size=4, samples=1000, seed=seed)
        if not advice:
            break
        null = mc.nulls.Degree(max(advice))
    assert not advice
    assert null.swaps_per_edge > 10
    mean, std = result.mean["zigzag"] - result.observed["zigzag"], result.std["zigzag"]
    assert mean == pytest.approx(-0.2, abs=4 * 0.4 / math.sqrt(1000))
    assert std == pytest.approx(0.4, abs=0.04)


@pytest.mark.filterwarnings("ignore:the graph has :UserWarning")
@pytest.mark.parametrize("swaps", [1, 10])
def test_means_that_are_off_are_warned_of(swaps):
    """Graphs whose states are known: where a mean of 1,000 samples is off by 0.3 sd, ten errors of independent ones."""
    off = told = fine = alarms = 0
    for kind in KINDS:
        for worst, is_warned in mixing.runs_on_known_states(kind, 15, swaps):
            off, told = off + (worst > 0.3), told + (worst > 0.3 and is_warned)
            if "mutual" not in kind:
                fine, alarms = fine + (worst < 0.12), alarms + (worst < 0.12 and is_warned)
    assert off > 5 or swaps > 1
    assert told >= 0.9 * off
    if swaps == 10:
        assert fine >= 4 * 15 - 2  # of 900 means, one at most is off by four errors
        assert alarms == 0


def joined_by_mutual_edges(places, cycle):
    """Nodes 0 to 11 lead to two others, 12 to 23 are led to by two; mutual edges join all in a cycle, or in triangles.

    `places` has their order in the cycle, or the triangles, three by three: either way, every node has two such edges.
    """
    cells = np.zeros((44, 44), dtype=bool)
    for ring in [places] if cycle else np.split(places, 8):
        cells[ring, np.roll(ring, 1)] = cells[np.roll(ring, 1), ring] = True
    rng = np.random.default_rng(1)
    for v in range(24):
        others = rng.choice(np.arange(24, 44), 2, replace=False)
        cells[(v, others) if v < 12 else (others, v)] = True
    return mc.Graph(cells)


def test_triangles_that_triads_pin_are_told_by_the_classes_that_depend_on_them():
    """A swap of mutual edges breaks triangles, so few are made: graphs with the same degrees keep what each began with.

    In 90, 332 and 4420 one more edge leads from, or to, either end of a mutual edge.
    """
    alike, mixed = (
        joined_by_mutual_edges(places, cycle=False)
        for places in (np.arange(24), np.arange(24).reshape(2, 12).T.ravel())
    )
    null = mc.nulls.Degree(50, keep_triads=True).prepared(alike, 1)
    result, texts = mixing.significance(alike, null, size=4, samples=60, seed=1)
    other = null.sample_counts(mixed, Counted(("tetrads",)), SampleRange(1, 0, 60), 1).table.mean(axis=0)
    depend = ["90", "332", "4420"]
    for name in depend:
        assert abs(result.mean[name] - other[result.classes.index(name)]) > 5 * result.std[name]
        assert result.ess[name] < 3
    assert any(set(depend) <= set(re.findall(r"\w+", text.partition(":")[0])) for text in texts)


def test_triads_that_pin_nothing_are_no_reason_to_warn():
    """A cycle of the same mutual edges is swapped freely."""
    graph = joined_by_mutual_edges(np.arange(24), cycle=True)
    null = mc.nulls.Degree(50, keep_triads=True)
    result, texts = mixing.significance(graph, null, size=4, samples=60, seed=1)
    assert texts == []
    assert min(result.ess.values()) > 30


# ---- against exact values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_a_nearly_complete_digraph(seed):
    """Three pairs of 200 nodes are not connected: the missing arcs are one of the 265 derangements of six nodes.

    Unconnected pairs are its 2-cycles: 15 pairs, each one in 9 of the 265; two pairs at once in 1 each.
    """
    cells = ~np.eye(200, dtype=bool)
    for u in (0, 2, 4):
        cells[u, u + 1] = cells[u + 1, u] = False
    mean = 15 * 9 / 265
    std = math.sqrt(15 * 6 / 265 + mean - mean**2)
    result, advice = significance(mc.Graph(cells), "degree", size=(2, 3), samples=1000, seed=seed)
    assert advice == []
    assert result.mean["null"] == pytest.approx(mean, abs=4 * std / math.sqrt(1000))
    assert (3 - mean) / std == pytest.approx(3.24, abs=0.01)
    assert abs(result.z["null"] - (3 - mean) / std) < 4 * result.z_error["null"]
    assert result.z_error["null"] < 0.2


@pytest.mark.parametrize("seed", range(5))
def test_a_nearly_full_layer(seed):
    """96 of 100 units lead to all of 50; of the other four, two lead to one ten of columns and two to another.

    Twenty columns have two of the four: with a, b and c columns for each way to part them into pairs (a + b + c = 10,
    each twice), there are 20! / (a! b! c!)² arrangements, and 2 (C(a, 2) + C(b, 2) + C(c, 2)) bi-fans among the four.
    """
    rows = np.zeros((100, 50), dtype=bool)
    rows[:96] = rows[96:98, :10] = rows[98:, 10:20] = True
    states = [(a, b, 10 - a - b) for a in range(11) for b in range(11 - a)]
    ways = [math.factorial(20) // math.prod(map(math.factorial, state)) ** 2 for state in states]
    weights = np.array(ways, dtype=float)
    counts = np.array([2 * sum(math.comb(each, 2) for each in state) for state in states])
    mean = np.average(counts, weights=weights)
    std = math.sqrt(np.average((counts - mean) ** 2, weights=weights))
    true = (2 * math.comb(10, 2) - mean) / std
    assert true > 15
    result, advice = significance(mc.Graph([rows]), "degree", size=4, samples=1000, seed=seed)
    assert advice == []
    assert result.observed["bifan"] - result.mean["bifan"] == pytest.approx(true * std, abs=4 * std / math.sqrt(1000))
    assert abs(result.z["bifan"] - true) < 4 * result.z_error["bifan"]
