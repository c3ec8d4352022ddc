"""Autocorrelation time, split-R-hat and effective sample size: known chains, and simulation."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from motifcount.nulls.chains import autocorrelation_time, effective_sample_size, split_r_hat


def autoregressive(rng, phi, chains, records):
    """Chains with correlation phi**k at lag k, from their stationary start."""
    values = np.empty((chains, records))
    values[:, 0] = rng.normal(size=chains)
    for k in range(1, records):
        values[:, k] = phi * values[:, k - 1] + math.sqrt(1 - phi**2) * rng.normal(size=chains)
    return values


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.9])
def test_autocorrelation_time_of_a_known_chain(phi):
    traced = 5 + 10 * autoregressive(np.random.default_rng(1), phi, 4, 4000)
    assert autocorrelation_time(traced) == pytest.approx((1 + phi) / (1 - phi), rel=0.15)


def test_autocorrelation_time_sees_chains_that_disagree():
    """Each chain looks independent on its own, but they have different means."""
    traced = np.random.default_rng(1).normal(size=(4, 64)) + np.array([[-3], [-1], [1], [3]])
    assert autocorrelation_time(traced) > 20


def test_autocorrelation_time_is_at_least_one():
    alternating = np.tile([1.0, -1.0], (4, 50))
    assert autocorrelation_time(alternating) == 1
    assert math.isnan(autocorrelation_time(np.full((4, 50), 3.0)))


def test_split_r_hat():
    rng = np.random.default_rng(1)
    same = rng.normal(size=(4, 500))
    assert split_r_hat(same) == pytest.approx(1, abs=0.01)
    assert split_r_hat(same + np.array([[0], [0], [0], [2]])) > 1.2
    assert split_r_hat(same + np.linspace(0, 3, 500)) > 1.2  # all chains drift: only halves show it
    assert math.isnan(split_r_hat(np.ones((4, 10))))
    assert split_r_hat(np.ones((4, 10)) * np.arange(4)[:, None]) == math.inf


def test_effective_sample_size():
    assert effective_sample_size(1000, 0.0) == 1000
    assert effective_sample_size(1000, 1.0) == pytest.approx(1)
    assert effective_sample_size(100, 0.1) == pytest.approx(100 / 10.9)
    values = [effective_sample_size(n, 0.01) for n in (10, 100, 10**4, 10**6)]
    assert all(a < b for a, b in pairwise(values))
    assert values[-1] == pytest.approx(
        100, rel=0.01
    )  # more samples from one start are worth no more than 1 / correlation


def test_effective_sample_size_is_the_variance_of_their_mean():
    """Samples that share a start: n / (1 + (n - 1) rho) independent ones have as spread a mean."""
    rng = np.random.default_rng(1)
    n, rho = 50, 0.2
    shared = math.sqrt(rho) * rng.normal(size=(20_000, 1)) + math.sqrt(1 - rho) * rng.normal(size=(20_000, n))
    assert 1 / shared.mean(axis=1).var() == pytest.approx(effective_sample_size(n, rho), rel=0.03)
