"""The permutation test of twins, against enumeration and planted differences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial.distance import cdist

from motifcount.inference.estimates import cosines
from motifcount.study.similarity import compare

profiles = hnp.arrays(np.float64, (4, 3), elements=st.floats(-1, 1).filter(lambda x: x == 0 or abs(x) > 1e-3))


@given(profiles.filter(lambda a: (np.linalg.norm(a, axis=1) > 0).all()))
def test_cosines(rows):
    assert np.allclose(cosines(rows), 1 - cdist(rows, rows, "cosine"), atol=1e-12)


def test_a_profile_without_direction_resembles_none():
    assert cosines(np.array([[0.0, 0.0], [1.0, 0.0]])).tolist() == [[0, 0], [0, 1]]


def statistics(one, other):
    """Within, within the other, between; by the definitions."""
    similar = cosines(np.vstack((one, other)))
    k = len(one)
    pairs = [(i, j) for i in range(k) for j in range(k) if i != j]
    return tuple(np.mean([similar[i + a, j + b] for i, j in pairs]) for a, b in ((0, 0), (k, k), (0, k)))


@given(profiles, profiles)
def test_p_values_are_those_of_all_swaps(one, other):
    agreements, separations = [], []
    for swap in product((False, True), repeat=4):
        swapped = np.where(np.array(swap)[:, None], other, one), np.where(np.array(swap)[:, None], one, other)
        a, b, c = statistics(*swapped)
        agreements.append(abs(a - b))
        separations.append((a + b) / 2 - c)
    result = compare(one, other, 16, seed=1)
    assert (result.within, result.within_control, result.between) == pytest.approx(statistics(one, other), abs=1e-12)
    assert result.agreement_p == np.mean([value >= agreements[0] - 1e-10 for value in agreements])
    assert result.separation_p == np.mean([value >= separations[0] - 1e-10 for value in separations])
    assert result.smallest_p == 1 / 8
    sampled = compare(one, other, 15, seed=1)
    assert sampled == compare(one, other, 15, seed=1)
    many = compare(np.tile(one, (4, 1)), np.tile(other, (4, 1)), 999, seed=2)  # 2**16 swaps are too many
    assert many.within == pytest.approx(statistics(np.tile(one, (4, 1)), np.tile(other, (4, 1)))[0], abs=1e-12)
    assert many.smallest_p == 1 / 1000


def test_what_is_alike_and_what_is_merely_different():
    rng = np.random.default_rng(2)
    alike, spread = rng.normal([3, 0, 0, 0], 0.3, (10, 4)), rng.normal(0, 1, (10, 4))
    result = compare(alike, spread, 9999, seed=1)
    assert result.agreement > 0.5
    assert result.agreement_p < 0.01
    # Two kinds that are alike within, and different: separate, but neither agrees more than the other.
    other = rng.normal([0, 3, 0, 0], 0.3, (10, 4))
    result = compare(alike, other, 9999, seed=1)
    assert result.separation_p == 2 / 1024
    assert result.agreement_p > 0.01
    # A control that agrees more than the trained: the sign tells.
    assert compare(spread, alike, 9999, seed=1).agreement < -0.5


@pytest.mark.parametrize("bond", [0.0, 3.0])
def test_p_values_are_uniform_where_training_does_nothing(bond):
    """Also where twins resemble each other much more than strangers."""
    rng = np.random.default_rng(3)
    p = []
    for seed in range(300):
        shared = bond * rng.normal(0, 1, (6, 4))
        one, other = (shared + rng.normal(0, 1, (6, 4)) for _ in range(2))
        result = compare(one, other, 64, seed)
        p.append((result.agreement_p, result.separation_p))
    for values in np.array(p).T:
        assert np.mean(values <= 0.25) == pytest.approx(0.25, abs=0.1)
        assert np.mean(values <= 0.5) == pytest.approx(0.5, abs=0.12)


def test_two_networks_are_the_least():
    with pytest.raises(ValueError, match="2 networks or more"):
        compare(np.ones((1, 2)), np.ones((1, 2)), 9, seed=1)
    with pytest.raises(ValueError, match="as many twins"):
        compare(np.ones((2, 2)), np.ones((3, 2)), 9, seed=1)
