"""`Degree(keep_kinds=True)` is uniform: every graph whose nodes keep their edges of each kind is sampled equally often.

All graphs of a few nodes are enumerated, up to the names of nodes and kinds.
"""

from __future__ import annotations

import random
from itertools import count, islice

import numpy as np
import pytest
from scipy.stats import chi2, chisquare, ncx2

import motifcount as mc
from support.kinded import KindedStates, pieces

pytestmark = pytest.mark.slow

TINY, LOWEST = 1e-8, 1e-4
SMALL = 0.15  # an error of the frequencies that is found, as a share of them, root mean square
FEWEST = 20  # samples per state: that one of 5,000 states is left out by chance is rarer than LOWEST


def null(swaps, keep_mutual=False):
    return mc.nulls.Degree(swaps, keep_mutual=keep_mutual, keep_kinds=True)


def samples(graphs, classes, model, per_state):
    """Sample many classes at once, each from its first member."""
    starts = np.concatenate([np.full(per_state * len(states), states[0]) for states in classes])
    ends = np.cumsum([per_state * len(states) for states in classes])
    return np.split(graphs.drawn(starts, model, 3), ends[:-1])


def p_values(classes, found):
    """Return the smallest p-value of a class, and that of all together; samples must reach all states, and no other."""
    results = []
    for states, drawn in zip(classes, found, strict=True):
        seen, counts = np.unique(drawn, return_counts=True)
        assert seen.tolist() == sorted(states.tolist()), "a state was left out, or one is too many"
        results.append(chisquare(counts))
    total = sum(result.statistic for result in results)
    return min(result.pvalue for result in results), chi2.sf(total, sum(len(states) - 1 for states in classes))


def enough(classes):
    """Samples per state that find a small error in 95 of 100 runs."""
    n_states = sum(map(len, classes))
    df = n_states - len(classes)
    highest = chi2.isf(LOWEST, df)
    return next(n for n in count(FEWEST) if ncx2.sf(highest, df, SMALL**2 * n * n_states) > 0.95)


def assert_uniform(graphs, classes, model):
    lowest, together = p_values(classes, samples(graphs, classes, model, enough(classes)))
    assert lowest > LOWEST / len(classes)
    assert together > LOWEST


@pytest.fixture(scope="module")
def four_nodes():
    return KindedStates(4)


@pytest.fixture(scope="module")
def of_four_nodes(four_nodes):
    """All classes of four nodes and two kinds: those that single swaps and reversals connect, and the others."""
    classes = four_nodes.classes()
    assert len(classes) == 89_299
    found = four_nodes.up_to_symmetry(classes)
    assert len(found) == 2248
    n_pieces = [pieces(states, four_nodes) for states in found]
    return [[states for states, n in zip(found, n_pieces, strict=True) if (n == 1) == whole] for whole in (True, False)]


def test_classes_of_four_nodes(four_nodes, of_four_nodes):
    assert_uniform(four_nodes, of_four_nodes[0], null(150))


def test_classes_of_four_nodes_that_swaps_leave_in_pieces(four_nodes, of_four_nodes):
    """They need swaps of three edges, and joint moves; some of these are found rarely."""
    in_pieces = of_four_nodes[1]
    assert len(in_pieces) == 295
    for states, found in zip(in_pieces, samples(four_nodes, in_pieces, null(400), 60), strict=True):
        assert np.unique(found).tolist() == sorted(states.tolist())
    assert_uniform(four_nodes, random.Random(1).sample(in_pieces, 60), null(6000))


def test_classes_of_four_nodes_with_mutual_edges(four_nodes):
    classes = four_nodes.classes(keep_mutual=True)
    assert len(classes) == 18_370
    assert_uniform(four_nodes, four_nodes.up_to_symmetry(classes), null(500, True))


@pytest.mark.parametrize(("n_kinds", "n_classes"), [(2, 3874), (3, 44_788)])
def test_blocks_of_three_by_three(n_kinds, n_classes):
    cells = [(u, v) for u in range(3) for v in range(3, 6)]
    graphs = KindedStates(6, n_kinds, [0, 0, 0, 1, 1, 1], cells)
    classes = graphs.classes()
    assert len(classes) == n_classes
    assert_uniform(graphs, random.Random(2).sample(classes, 150), null(2000))


def test_edges_back_and_forth_between_layers():
    cells = [(u, v) for u in range(5) for v in range(5) if (u < 2) != (v < 2)]
    graphs = KindedStates(5, 2, [0, 0, 1, 1, 1], cells)
    for keep_mutual, swaps in ((False, 200), (True, 600)):
        classes = graphs.classes(keep_mutual)
        assert_uniform(graphs, random.Random(3).sample(classes, 100), null(swaps, keep_mutual))


# ---- keep_wiring -------------------------------------------------------------------------------------------------


def of_one_wiring(graphs, states):
    """Cut states into those that have edges in the same places."""
    wiring = sum((graphs.kind(*cell, states) > 0) << k for k, cell in enumerate(graphs.cells))
    return [states[wiring == one] for one in np.unique(wiring)]


@pytest.fixture(scope="module")
def arrangements(four_nodes):
    classes = [part for states in four_nodes.classes() for part in of_one_wiring(four_nodes, states) if len(part) > 1]
    assert len(classes) == 35_489
    return four_nodes.up_to_symmetry(classes)


@pytest.mark.parametrize("swaps", [3, 30])
def test_every_arrangement_of_two_kinds_over_four_nodes(four_nodes, arrangements, swaps):
    """Many have two states, one cycle apart: a chain whose every step succeeds would find one of them only."""
    assert_uniform(four_nodes, arrangements, mc.nulls.Degree(swaps, keep_kinds=True, keep_wiring=True))


def test_arrangements_of_two_and_three_kinds_between_layers():
    for n_kinds in (2, 3):
        cells = [(u, v) for u in range(3) for v in range(3, 6)]
        graphs = KindedStates(6, n_kinds, [0, 0, 0, 1, 1, 1], cells)
        classes = graphs.classes()
        random.Random(4).shuffle(classes)
        parts = (part for states in classes for part in of_one_wiring(graphs, states) if len(part) > 1)
        chosen = islice((part for part in parts if n_kinds == 2 or pieces(part, graphs) == 1), 150)
        assert_uniform(graphs, list(chosen), mc.nulls.Degree(20, keep_kinds=True, keep_wiring=True))


# ---- the test can fail -------------------------------------------------------------------------------------------


def walk(graphs, state, rng, steps, *, exchanges=True, count_refused=True):
    """Swaps of two edges of a kind, written from docs/null-models.md, or with a mistake."""
    kinds = {cell: int(graphs.kind(*cell, np.array([state]))[0]) for cell in graphs.cells}
    while steps > 0:
        edges = [cell for cell, kind in kinds.items() if kind]
        a, c = rng.choice(edges)
        x = kinds[a, c]
        b, d = rng.choice([cell for cell in edges if kinds[cell] == x])
        others = [kinds.get(cell) for cell in ((a, d), (b, c))]
        accepted = a != b and c != d and others[0] == others[1] is not None and others[0] != x
        accepted = accepted and (exchanges or others[0] == 0)
        if accepted:
            kinds |= {(a, c): others[0], (b, d): others[0], (a, d): x, (b, c): x}
        steps -= accepted or count_refused
    return graphs.state(kinds)


def p_of_walk(graphs, states, per_state=150, **mistake):
    rng = random.Random(1)
    drawn = np.array([walk(graphs, states[0], rng, 60, **mistake) for _ in range(per_state * len(states))])
    assert set(drawn) <= set(states)
    return chisquare([np.sum(drawn == state) for state in states]).pvalue


def test_samplers_that_are_nearly_right_are_found_out(four_nodes, of_four_nodes):
    states = max(of_four_nodes[0], key=len)
    assert len(states) == 24
    assert p_of_walk(four_nodes, states) > LOWEST
    assert p_of_walk(four_nodes, states, exchanges=False) < TINY
    assert p_of_walk(four_nodes, states, count_refused=False) < TINY
    for swaps, right in ((40, True), (1, False)):
        p = p_values([states], samples(four_nodes, [states], null(swaps), 150))[0]
        assert p > LOWEST if right else p < TINY


def test_samplers_that_keep_the_wiring_and_are_nearly_right_are_found_out():
    """Where all cells have edges, `walk` exchanges kinds alone."""
    graphs = KindedStates(6, 2, [0, 0, 0, 1, 1, 1], [(u, v) for u in range(3) for v in range(3, 6)])
    full = np.all([graphs.kind(*cell) > 0 for cell in graphs.cells], axis=0)
    states = next(states for states in graphs.classes() if full[states].all() and len(states) == 5)
    assert p_of_walk(graphs, states, 600) > LOWEST
    assert p_of_walk(graphs, states, 600, count_refused=False) < TINY
    for swaps, right in ((20, True), (0.1, False)):
        model = mc.nulls.Degree(swaps, keep_kinds=True, keep_wiring=True)
        drawn = samples(graphs, [states], model, 300)[0]
        p = chisquare([np.sum(drawn == state) for state in states]).pvalue
        assert p > LOWEST if right else p < TINY
