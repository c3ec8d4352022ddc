"""Moments, errors, p-values and their adjustment: against NumPy, SciPy, direct implementations and simulation."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from motifcount.inference import estimates

COUNTS = st.lists(st.integers(0, 10**6), min_size=2, max_size=40)


# ---- moments -------------------------------------------------------------------------------------------------------


@given(COUNTS, st.integers(0, 10**6))
def test_moments_are_those_of_numpy_and_scipy(sampled, observed):
    assume(len(set(sampled)) > 1)
    m = estimates.moments(observed, sampled)
    assert m.mean == pytest.approx(np.mean(sampled), rel=1e-12)
    assert m.std == pytest.approx(np.std(sampled, ddof=1), rel=1e-9)
    assert m.z == pytest.approx((observed - np.mean(sampled)) / np.std(sampled, ddof=1), rel=1e-9, abs=1e-9)
    assert m.skewness == pytest.approx(stats.skew(sampled), rel=1e-6, abs=1e-6)
    assert m.kurtosis == pytest.approx(stats.kurtosis(sampled, fisher=False), rel=1e-6)


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
    assert math.isnan(estimates.z_error(m, 3))


SAMPLERS = {
    "normal": lambda rng, shape: rng.normal(10_000, 300, shape),
    "exponential": lambda rng, shape: rng.exponential(1000, shape),
    "poisson": lambda rng, shape: rng.poisson(3, shape),
    "uniform": lambda rng, shape: rng.uniform(0, 1000, shape),
}


@pytest.mark.parametrize("z", [0, 3, -2, 8, 50])
@pytest.mark.parametrize("name", SAMPLERS)
def test_the_error_of_z_is_its_spread(name, z):
    """Repeat the whole experiment: z varies from run to run by what each run says."""
    rng = np.random.default_rng(1)
    draws = SAMPLERS[name](rng, (600, 400)).round().astype(int)
    observed = round(draws.mean() + z * draws.std())
    runs = [estimates.moments(observed, row) for row in draws.tolist()]
    spread = np.std([m.z for m in runs], ddof=1)
    told = np.mean([estimates.z_error(m, 400) for m in runs])
    assert told == pytest.approx(spread, rel=0.15 if name == "exponential" else 0.1)


def test_correlated_samples_have_a_larger_error():
    m = estimates.moments(50, list(range(30)))
    assert estimates.z_error(m, 5) == pytest.approx(2 * estimates.z_error(m, 20))


# ---- p-values ------------------------------------------------------------------------------------------------------


@given(COUNTS, st.integers(0, 10**6))
def test_p_values(sampled, observed):
    over, under = estimates.p_values(observed, sampled)
    n = len(sampled)
    assert over == (1 + (np.array(sampled) >= observed).sum()) / (1 + n)
    assert under == (1 + (np.array(sampled) <= observed).sum()) / (1 + n)
    assert 1 / (1 + n) <= min(over, under)
    assert over + under >= 1 + 1 / (1 + n) - 1e-12


def p_two_sided(table):
    """One- and two-sided p-values of the first row of a table against the others."""
    pairs = [estimates.p_values(int(column[0]), column[1:].tolist()) for column in table.T]
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


# ---- chains --------------------------------------------------------------------------------------------------------


def autoregressive(rng, phi, chains, records):
    """Chains with correlation phi**k at lag k, from their stationary start."""
    values = np.empty((chains, records))
    values[:, 0] = rng.normal(size=chains)
    for k in range(1, records):
        values[:, k] = phi * values[:, k - 1] + math.sqrt(1 - phi**2) * rng.normal(size=chains)
    return values


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.9])
def test_autocorrelation_time_of_a_known_chain(phi):
    chains = 5 + 10 * autoregressive(np.random.default_rng(1), phi, 4, 4000)
    assert estimates.autocorrelation_time(chains) == pytest.approx((1 + phi) / (1 - phi), rel=0.15)


def test_autocorrelation_time_sees_chains_that_disagree():
    """Each chain looks independent on its own, but they have different means."""
    chains = np.random.default_rng(1).normal(size=(4, 64)) + np.array([[-3], [-1], [1], [3]])
    assert estimates.autocorrelation_time(chains) > 20


def test_autocorrelation_time_is_at_least_one():
    alternating = np.tile([1.0, -1.0], (4, 50))
    assert estimates.autocorrelation_time(alternating) == 1
    assert math.isnan(estimates.autocorrelation_time(np.full((4, 50), 3.0)))


def test_split_r_hat():
    rng = np.random.default_rng(1)
    same = rng.normal(size=(4, 500))
    assert estimates.split_r_hat(same) == pytest.approx(1, abs=0.01)
    assert estimates.split_r_hat(same + np.array([[0], [0], [0], [2]])) > 1.2
    assert estimates.split_r_hat(same + np.linspace(0, 3, 500)) > 1.2  # all chains drift: only halves show it
    assert math.isnan(estimates.split_r_hat(np.ones((4, 10))))
    assert estimates.split_r_hat(np.ones((4, 10)) * np.arange(4)[:, None]) == math.inf


def test_effective_samples():
    assert estimates.effective_samples(1000, 0.0) == 1000
    assert estimates.effective_samples(1000, 1.0) == pytest.approx(1)
    assert estimates.effective_samples(100, 0.1) == pytest.approx(100 / 10.9)
    values = [estimates.effective_samples(n, 0.01) for n in (10, 100, 10**4, 10**6)]
    assert all(a < b for a, b in pairwise(values))
    assert values[-1] == pytest.approx(
        100, rel=0.01
    )  # more samples from one start are worth no more than 1 / correlation


def test_effective_samples_is_the_variance_of_their_mean():
    """Samples that share a start: n / (1 + (n - 1) rho) independent ones have as spread a mean."""
    rng = np.random.default_rng(1)
    n, rho = 50, 0.2
    shared = math.sqrt(rho) * rng.normal(size=(20_000, 1)) + math.sqrt(1 - rho) * rng.normal(size=(20_000, n))
    assert 1 / shared.mean(axis=1).var() == pytest.approx(estimates.effective_samples(n, rho), rel=0.03)
