"""Correlations along chains, what they demand and allow, and effective sample size: known chains, and simulation."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from motifcount.nulls.chains import Correlations, decay_of_start, effective_sample_size, traces_of


def autoregressive(rng, phi, chains, records):
    """Chains with correlation phi**k at lag k, from their stationary start."""
    values = np.empty((chains, records))
    values[:, 0] = rng.normal(size=chains)
    for k in range(1, records):
        values[:, k] = phi * values[:, k - 1] + math.sqrt(1 - phi**2) * rng.normal(size=chains)
    return values


def trace_of(chains, stride):
    return traces_of(chains[None], stride)[0]


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.9])
def test_correlations_of_a_known_chain(phi):
    chains = 5 + 10 * autoregressive(np.random.default_rng(1), phi, 40, 1000)
    trace = trace_of(chains, stride=0.5)
    assert (trace.mean, trace.std) == (pytest.approx(5, abs=1), pytest.approx(10, rel=0.05))
    lags, values, errors = trace.correlations
    assert lags.tolist() == [0.5 * k for k in range(1, 500)]
    off = (values - phi ** np.arange(1, 500)) / errors
    assert np.abs(off[:20]).max() < 4.5
    if phi:
        low, time, high = (trace.correlations.decay_time(n) for n in (-1, 0, 1))
        assert low < time < high
        assert 0.9 < time / (-0.5 / math.log(phi)) < 1.6


def test_errors_of_correlations_are_their_spread():
    """Of short chains, and whatever the tails: a rare count tells less than its records are many."""
    rng = np.random.default_rng(2)
    for draw in (
        lambda: autoregressive(rng, 0.5, 4, 32),
        lambda: (rng.random((4, 32)) < 0.03).astype(float),
        lambda: rng.exponential(size=(4, 32)),
    ):
        traces = [trace for trace in (trace_of(draw(), 1.0) for _ in range(400)) if trace]
        for lag in (0, 2):
            spread = np.std([trace.correlations.values[lag] for trace in traces])
            told = np.sqrt(np.mean([trace.correlations.errors[lag] ** 2 for trace in traces]))
            assert spread / 1.3 < told < 8 * spread


def test_chains_that_disagree_are_correlated_for_long():
    """Each chain looks independent on its own, but they have different means."""
    chains = np.random.default_rng(1).normal(size=(4, 64)) + np.array([[-3], [-1], [1], [3]])
    assert trace_of(chains, 1.0).correlations.decay_time(-1) > 20


def test_rare_and_constant_counts():
    rare = np.zeros((4, 32))
    rare[2, 5] = 1
    assert trace_of(rare, 1.0).is_rare
    assert not trace_of(np.random.default_rng(1).normal(size=(4, 32)), 1.0).is_rare
    assert trace_of(np.full((4, 50), 3.0), 1.0) is None


def known(values, error):
    return Correlations(np.arange(1.0, len(values) + 1), np.array(values), np.full(len(values), error))


def test_the_slowest_decay_up_to_what_is_not_significant():
    falling = known([0.5, 0.3, 0.02, 0.9], 0.05)
    assert falling.decay_time(0) == pytest.approx(-2 / math.log(0.3))
    assert falling.decay_time(1) == pytest.approx(-2 / math.log(0.35))
    assert falling.decay_time(-1) == pytest.approx(-2 / math.log(0.25))
    assert known([-0.3, 0.9], 0.05).decay_time(1) == 0
    assert known([1.0, 0.5], 0.05).decay_time(0) == math.inf


def test_what_is_left_at_a_lag():
    falling = known([0.5, 0.3, 0.02, 0.9], 0.05)
    assert falling.at(10, 1.0) == pytest.approx(0.25 ** (10 / 2))  # at least what the records demand
    assert falling.at(10, 5.0) == pytest.approx(0.35 * math.exp(-8 / 5))  # from the last on in the time of others
    assert falling.at(1.5, 5.0) == pytest.approx(0.55 * math.exp(-0.5 / 5))  # what comes later says nothing
    assert known([-0.3], 0.05).at(3, 5.0) == pytest.approx(math.exp(-3 / 5))  # a slow part may hide below the noise
    assert known([0.1], math.inf).at(3, 5.0) == pytest.approx(math.exp(-3 / 5))


def test_the_decay_from_a_start():
    rng = np.random.default_rng(1)
    chains = 7 + autoregressive(rng, 0.5, 50, 60)
    chains += 20 * 0.5 ** np.arange(1, 61)
    trace = trace_of(chains[:, 20:], 1.0)
    start = decay_of_start(chains, 27.0, trace, 1.0)
    assert start.values[:4] == pytest.approx([0.5, 0.25, 0.125, 0.0625], abs=4 * start.errors[0])
    assert start.errors[0] == pytest.approx(1 / math.sqrt(50) / 20, rel=0.1)
    assert decay_of_start(chains, 9.0, trace, 1.0) is None  # like any other state


def test_effective_sample_size():
    assert effective_sample_size(1000, 0.0) == 1000
    assert effective_sample_size(1000, 1.0) == pytest.approx(1)
    assert effective_sample_size(100, 0.1) == pytest.approx(100 / 10.9)
    values = [effective_sample_size(n, 0.01) for n in (10, 100, 10**4, 10**6)]
    assert all(a < b for a, b in pairwise(values))
    assert values[-1] == pytest.approx(
        100, rel=0.01
    )  # samples from one start have no effective size above 1 / correlation


def test_effective_sample_size_is_the_variance_of_their_mean():
    """Samples that share a start: n / (1 + (n - 1) rho) independent ones have as spread a mean."""
    rng = np.random.default_rng(1)
    n, rho = 50, 0.2
    shared = math.sqrt(rho) * rng.normal(size=(20_000, 1)) + math.sqrt(1 - rho) * rng.normal(size=(20_000, n))
    assert 1 / shared.mean(axis=1).var() == pytest.approx(effective_sample_size(n, rho), rel=0.03)
