"""The test of uniformity can fail: it finds out samplers that are nearly right, and lets the right one pass."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

import motifcount as mc
from support.realizations import classes_of_digraphs, many, p_uniform, pack, pieces, realizations, swaps, unpack

pytestmark = pytest.mark.slow

PER_STATE = 300
TINY, LOWEST = 1e-8, 1e-3


def walk(n, arcs, rng, steps, *, turns=True, count_refused=True):
    """A chain written from docs/null-models.md: swaps, and turns in a quarter of the steps; or with a mistake."""
    edges, taken = list(arcs), set(arcs)
    while steps > 0:
        e = rng.randrange(len(edges))
        (a, b), chosen = edges[e], None
        if turns and rng.random() < 0.25:
            second = [k for k, (u, _) in enumerate(edges) if u == b]
            f = rng.choice(second) if second else e
            third = [k for k, (u, _) in enumerate(edges) if u == edges[f][1]]
            g = rng.choice(third) if third else f
            if len({e, f, g}) == 3:
                c, d = edges[f][1], edges[g][1]
                chosen = {e: (a, c), f: (b, d), g: (c, b)}
        else:
            f = rng.randrange(len(edges))
            (c, d) = edges[f]
            chosen = {e: (a, d), f: (c, b)} if e != f else None
        accepted = False
        if chosen:
            left = taken - {edges[k] for k in chosen}
            new = set(chosen.values())
            accepted = len(new) == len(chosen) and not new & left and all(u != v for u, v in new)
            if accepted:
                taken = left | new
                for k, arc in chosen.items():
                    edges[k] = arc
        steps -= accepted or count_refused
    return pack(n, edges)


def p_of_walk(n, states, **mistake):
    rng = random.Random(1)
    arcs = unpack(n, states[0])
    steps = 12 * len(arcs)
    return p_uniform([walk(n, arcs, rng, steps, **mistake) for _ in range(PER_STATE * len(states))], states)


FOUR_CYCLE = realizations(4, [(0, 1), (1, 2), (2, 3), (3, 0)])


@pytest.fixture(scope="module")
def in_pieces():
    """A class that swaps alone leave in pieces, with 9 arcs."""
    return next(s for s in classes_of_digraphs(4) if s[0].bit_count() == 9 and pieces(4, s, swaps) > 1)


def test_the_right_chain_passes(in_pieces):
    assert p_of_walk(4, FOUR_CYCLE) > LOWEST
    assert p_of_walk(4, FOUR_CYCLE, turns=False) > LOWEST
    assert p_of_walk(4, in_pieces) > LOWEST


def test_not_counting_refused_steps_is_found_out():
    assert {sum(1 for _ in swaps(4, unpack(4, state))) for state in FOUR_CYCLE} == {2, 4}
    assert p_of_walk(4, FOUR_CYCLE, turns=False, count_refused=False) < TINY


def test_leaving_out_the_turn_is_found_out(in_pieces):
    assert p_of_walk(4, in_pieces, turns=False) < TINY


def test_states_that_are_a_little_too_frequent_are_found_out():
    rng = np.random.default_rng(1)
    fair = np.ones(len(FOUR_CYCLE)) / len(FOUR_CYCLE)
    biased = fair * np.where(np.arange(len(FOUR_CYCLE)) == 0, 1.4, 1)
    n_samples = PER_STATE * len(FOUR_CYCLE)
    assert p_uniform(rng.choice(FOUR_CYCLE, n_samples, p=fair), FOUR_CYCLE) > LOWEST
    assert p_uniform(rng.choice(FOUR_CYCLE, n_samples, p=biased / biased.sum()), FOUR_CYCLE) < TINY


def pairs_drawn(rng, turned):
    """One mutual pair and two others of four nodes, which lead downwards with the chance `turned`."""
    mutual, *others = rng.sample(list(combinations(range(4), 2)), 3)
    return pack(4, [mutual, mutual[::-1], *(pair[::-1] if rng.random() < turned else pair for pair in others)])


def test_pairs_that_lead_one_way_a_little_too_often_are_found_out():
    states = realizations(4, [(0, 1), (1, 0), (1, 2), (2, 3)], keep="dyads")
    rng = random.Random(1)
    fair, biased = ([pairs_drawn(rng, turned) for _ in range(100 * len(states))] for turned in (0.5, 0.6))
    assert p_uniform(fair, states) > LOWEST
    assert p_uniform(biased, states) < TINY


def test_samples_that_leave_the_states_are_found_out():
    with pytest.raises(AssertionError, match="left the set"):
        p_uniform([*FOUR_CYCLE, pack(4, [(0, 1)])], FOUR_CYCLE)


def test_chains_of_the_library_that_are_too_short_are_found_out():
    starts = [FOUR_CYCLE[0]] * (PER_STATE * len(FOUR_CYCLE))
    assert p_uniform(many(4, starts, mc.nulls.Degree(swaps_per_edge=1), 1), FOUR_CYCLE) < TINY
    assert p_uniform(many(4, starts, mc.nulls.Degree(swaps_per_edge=40), 1), FOUR_CYCLE) > LOWEST
