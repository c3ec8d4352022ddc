"""The permutation test of networks' similarity, against enumeration and planted differences."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial.distance import cdist

from motifcount.study.similarity import compare, cosines

profiles = hnp.arrays(np.float64, (5, 3), elements=st.floats(-1, 1).filter(lambda x: x == 0 or abs(x) > 1e-3))


@given(profiles.filter(lambda a: (np.linalg.norm(a, axis=1) > 0).all()))
def test_cosines(rows):
    assert np.allclose(cosines(rows), 1 - cdist(rows, rows, "cosine"), atol=1e-12)


def test_a_profile_without_direction_resembles_none():
    assert cosines(np.array([[0.0, 0.0], [1.0, 0.0]])).tolist() == [[0, 0], [0, 1]]


def difference(similar, ours):
    others = [k for k in range(len(similar)) if k not in ours]
    within = np.mean([similar[i, j] for i in ours for j in ours if i != j])
    return within - np.mean([similar[i, j] for i in ours for j in others])


@given(profiles, st.integers(2, 3))
def test_the_p_value_is_that_of_all_relabellings(rows, n):
    similar = cosines(rows)
    observed = difference(similar, range(n))
    values = [difference(similar, ours) for ours in combinations(range(5), n)]
    exact = np.mean([value >= observed - 1e-9 for value in values])
    result = compare(rows[:n], rows[n:], 4000, seed=1)
    assert result.difference == pytest.approx(observed, abs=1e-12)
    assert result.within - result.between == pytest.approx(observed, abs=1e-12)
    assert abs(result.p - exact) < 4.5 * np.sqrt(0.25 / 4000) + 1 / 4000


def test_a_planted_difference_is_found_and_none_is_not():
    rng = np.random.default_rng(2)
    alike = rng.normal([3, 0, 0], 0.3, (8, 3))
    spread = rng.normal(0, 1, (8, 3))
    assert compare(alike, spread, 999, seed=1).p == 1 / 1000
    p = [compare(*rng.normal(0, 1, (2, 6, 3)), 199, seed=k).p for k in range(200)]
    assert 0.4 < np.mean(p) < 0.6
    assert compare(alike, spread, 99, seed=1) == compare(alike, spread, 99, seed=1)


def test_two_networks_are_the_least():
    with pytest.raises(ValueError, match="2 networks or more, not 1 and 3"):
        compare(np.ones((1, 2)), np.ones((3, 2)), 9, seed=1)
