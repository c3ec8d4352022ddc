"""Moments, errors, p-values and their adjustment: against NumPy, SciPy, direct implementations and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from motifcount.inference import estimates
from motifcount.inference.p_values import p_values

COUNTS = st.lists(st.integers(0, 10**6), min_size=2, max_size=40)


# ---- moments -------------------------------------------------------------------------------------------------------


@given(COUNTS, st.integers(0, 10**6))
def test_moments_are_those_of_numpy_and_scipy(sampled, observed):
    assume(len(set(sampled)) > 1)
    m = estimates.moments(observed, sampled)
    assert m.mean == pytest.approx(np.mean(sampled), rel=1e-12)
    assert m.std == pytest.approx(np.std(sampled, ddof=1), rel=1e-9)
    assert m.z == pytest.approx((observed - np.mean(sampled)) / np.std(sampled, ddof=1), rel=1e-9, abs=1e-9)
    others = [np.delete(sampled, k) for k in range(len(sampled))]
    spread = np.array([np.std(other, ddof=1) if len(other) > 1 else 0.0 for other in others])
    spread = np.maximum(spread, np.std(sampled, ddof=1) / 2)
    z = np.array([(observed - np.mean(other)) for other in others]) / spread
    expected = (len(z) - 1) * np.var(z)
    assert m.z_variance == pytest.approx(expected, rel=1e-6, abs=1e-9 * max(1, m.z**2))


@given(COUNTS, st.integers(0, 10**6), st.integers(10**25, 10**30))
def test_moments_of_huge_counts_are_exact(sampled, observed, shift):
    """Far beyond 64 bits, where floats would see no deviation at all."""
    near, far = (
        estimates.moments(observed, sampled),
        estimates.moments(observed + shift, [v + shift for v in sampled]),
    )
    assert far.mean == pytest.approx(shift, rel=1e-15)
    assert str(far[1:]) == str(near[1:])  # NaN equals NaN


def test_samples_that_are_all_the_same():
    m = estimates.moments(9, [7, 7, 7])
    assert (m.mean, m.std) == (7, 0)
    assert math.isnan(m.z)
    assert math.isnan(estimates.z_error(m))


def test_the_error_of_z_is_that_of_normal_samples():
    """(1 + z²/2) / n for many."""
    sampled = np.random.default_rng(1).normal(0, 1000, 20_000).round().astype(int).tolist()
    for observed in (0, 2000, -5000):
        m = estimates.moments(observed, sampled)
        assert estimates.z_error(m) == pytest.approx(math.sqrt((1 + m.z**2 / 2) / 20_000), rel=0.03)


def test_one_sample_that_is_not_like_all_others():
    m = estimates.moments(9, [0] * 99 + [1])
    assert m.z == pytest.approx(89.9, rel=0.01)
    assert estimates.z_error(m) == pytest.approx(m.z, rel=0.05)


SAMPLERS = {
    "normal": lambda rng, shape: rng.normal(10_000, 300, shape),
    "exponential": lambda rng, shape: rng.exponential(1000, shape),
    "poisson": lambda rng, shape: rng.poisson(3, shape),
    "uniform": lambda rng, shape: rng.uniform(0, 1000, shape),
}


@pytest.mark.slow
@pytest.mark.parametrize("z", [0, 3, -2, 8, 50])
@pytest.mark.parametrize("name", SAMPLERS)
def test_the_error_of_z_is_its_spread(name, z):
    """Repeat the whole experiment: z varies from run to run by what each run says."""
    rng = np.random.default_rng(1)
    draws = SAMPLERS[name](rng, (600, 400)).round().astype(int)
    observed = round(draws.mean() + z * draws.std())
    runs = [estimates.moments(observed, row) for row in draws.tolist()]
    spread = np.std([m.z for m in runs], ddof=1)
    told = np.mean([estimates.z_error(m) for m in runs])
    assert told == pytest.approx(spread, rel=0.15 if name == "exponential" else 0.1)


def test_correlated_samples_have_a_larger_error():
    m = estimates.moments(50, list(range(30)))
    assert estimates.z_error(m, 0.2) == pytest.approx(2 * estimates.z_error(m, 0.8))
    assert estimates.z_error(m, 0.5, 3.0) ** 2 == pytest.approx(estimates.z_error(m, 0.5) ** 2 + 9)


# ---- p-values ------------------------------------------------------------------------------------------------------


@given(COUNTS, st.integers(0, 10**6))
def test_p_values(sampled, observed):
    over, under = p_values(observed, sampled)
    n = len(sampled)
    assert over == (1 + (np.array(sampled) >= observed).sum()) / (1 + n)
    assert under == (1 + (np.array(sampled) <= observed).sum()) / (1 + n)
    assert 1 / (1 + n) <= min(over, under)
    assert over + under >= 1 + 1 / (1 + n) - 1e-12


def p_two_sided(table):
    """One- and two-sided p-values of the first row of a table against the others."""
    pairs = [p_values(int(column[0]), column[1:].tolist()) for column in table.T]
    over, under = map(np.array, zip(*pairs, strict=True))
    return over, under, np.minimum(1, 2 * np.minimum(over, under))


def adjusted(table, method):
    over, under, _ = p_two_sided(table)
    return estimates.adjusted(table[0].tolist(), table[1:], over, under, method)


def tables(rng, n_tables, n_samples, n_classes):
    """Null data: first row and samples are exchangeable, classes correlated and skewed."""
    common = rng.normal(size=(n_tables, n_samples + 1, 1))
    own = rng.normal(size=(n_tables, n_samples + 1, n_classes))
    return (1000 * np.exp(0.7 * common + 0.5 * own)).astype(int)


def test_bh_is_that_of_scipy():
    for table in tables(np.random.default_rng(1), 50, 60, 7):
        _, _, p = p_two_sided(table)
        assert adjusted(table, "bh") == pytest.approx(stats.false_discovery_control(p), rel=1e-12)


def test_max_z_is_the_rank_among_the_largest():
    for table in tables(np.random.default_rng(2), 20, 40, 5):
        z = np.abs((table - table.mean(axis=0)) / table.std(axis=0, ddof=1))
        expected = [np.mean([row.max() >= z[0, k] for row in z]) for k in range(5)]
        assert adjusted(table, "max_z") == pytest.approx(expected)


@pytest.mark.parametrize("n", [39, 59, 99, 199, 999])
def test_a_class_that_only_the_graph_has_is_as_far_out_as_one_that_only_a_sample_has(n):
    """Each has the score sqrt(n), whatever its number, and rounding does not tell them apart."""
    for in_graph, in_sample in ((1, 1), (1, 3), (6, 2)):
        table = np.zeros((n + 1, 2), int)
        table[0, 0], table[5, 1] = in_graph, in_sample
        assert adjusted(table, "max_z").tolist() == [2 / (n + 1), 1]


def test_max_z_controls_the_chance_of_any_false_claim():
    """Exactly, in whatever way the classes depend on each other: graph and samples are exchangeable."""
    smallest = np.array([adjusted(table, "max_z").min() for table in tables(np.random.default_rng(3), 1500, 39, 6)])
    for alpha in (0.05, 0.1, 0.25):
        assert stats.binomtest(int((smallest <= alpha).sum()), len(smallest), alpha, "greater").pvalue > 1e-3
        assert (smallest <= alpha).mean() > alpha / 2  # and it is not idle


def test_unadjusted_p_values_would_not():
    smallest = np.array([p_two_sided(table)[2].min() for table in tables(np.random.default_rng(3), 300, 39, 6)])
    assert stats.binomtest(int((smallest <= 0.05).sum()), len(smallest), 0.05, "greater").pvalue < 1e-4


def test_a_real_effect_is_found_by_both():
    table = tables(np.random.default_rng(4), 1, 199, 5)[0]
    table[0] = table[1:].mean(axis=0)
    table[0, 2] = 2 * table[1:, 2].max()
    for method in ("max_z", "bh"):
        p = adjusted(table, method)
        assert p[2] < 0.06
        assert min(p[[0, 1, 3, 4]]) > 0.2


def test_nothing_to_adjust():
    for method in ("max_z", "bh"):
        assert len(estimates.adjusted([], np.empty((5, 0), dtype=int), np.empty(0), np.empty(0), method)) == 0


@given(st.lists(st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-3), min_size=1, max_size=12))
def test_profile(z):
    assume(any(z))
    profile = estimates.profile(np.array(z))
    assert np.linalg.norm(profile) == pytest.approx(1)
    assert (np.sign(profile) == np.sign(z)).all()


def test_profile_of_nothing():
    assert len(estimates.profile(np.empty(0))) == 0
    assert np.isnan(estimates.profile(np.zeros(3))).all()
