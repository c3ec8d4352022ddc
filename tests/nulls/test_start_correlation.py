"""Correlation of samples with their common start, on chains whose autocorrelation is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motifcount.nulls.start_correlation import Pilots, added_variance, memories

STRIDE = 0.25
LENGTH = 1.0  # of a sample's chain


def autoregressive(rng, times, n_chains, start):
    """Records of stationary counts that decay in these times, one of each, and the distance of a start from it."""
    kept = np.exp(-STRIDE / np.array(times))
    table = np.empty((n_chains, 36, len(times)))
    state = np.array(start, dtype=float)
    for k in range(36):
        state = kept * state + np.sqrt(1 - kept**2) * rng.normal(size=(n_chains, len(times)))
        table[:, k] = state
    return Pilots(table - start, 4, STRIDE)


def test_the_correlation_of_two_samples():
    """Never far below the true one, whatever the other classes do; and near it where it is the slowest."""
    rng = np.random.default_rng(1)
    for time in (0.2, 0.5, 1.0):
        found = [memories(autoregressive(rng, [time, 0.1], 16, [0.0, 0.0]), LENGTH)[0] for _ in range(60)]
        true = math.exp(-2 * LENGTH / time)
        middle = np.median([memory.correlation for memory in found])
        assert true / 1.2 < middle < 3 * true + 1e-3


def test_slow_decays_hide_in_fast_ones():
    """A tenth of the variance decays slowly, in a class of which the records show the fast part only."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(60):
        fast, slow = autoregressive(rng, [0.1, 0.6], 16, [0.0, 0.0]).table.transpose(2, 0, 1)
        mixed = math.sqrt(0.9) * fast + math.sqrt(0.1) * slow
        found.append(memories(Pilots(np.stack([slow, mixed], axis=2), 4, STRIDE), LENGTH)[1].correlation)
    assert np.median(found) > 0.1 * math.exp(-2 * LENGTH / 0.6) / 1.2


def test_a_graph_that_is_far_out_where_no_count_shows_it():
    """A count near the mean, of a graph whose slow part is off and whose fast part makes up for it: the bias counts."""
    rng = np.random.default_rng(4)
    found, out = [], 1.3
    for _ in range(60):
        pilots = autoregressive(rng, [0.1, 1.0], 16, [-out / 3, out])
        fast, slow = (pilots.table + np.array([-out / 3, out])).transpose(2, 0, 1)
        mixed = math.sqrt(0.9) * fast + math.sqrt(0.1) * slow
        found.append(memories(Pilots(np.stack([slow - out, mixed], axis=2), 4, STRIDE), LENGTH)[1])
    left = math.exp(-2 * LENGTH / 1.0)
    assert np.median([memory.bias for memory in found]) > math.sqrt(0.1) * out * left / 1.2
    assert np.median([memory.added for memory in found]) > (0.1 * left + 0.1 * (out**2 - 1) * left**2) / 1.2


def test_what_is_proven_is_true():
    """In 95 runs of 100 no class of twenty has more added variance than is true (chance 1e-4 of 31 in 300)."""
    rng = np.random.default_rng(3)
    true, wrong, large = math.exp(-2 * LENGTH / 0.4), 0, 0
    for _ in range(300):
        found = memories(autoregressive(rng, [0.4] * 20, 4, rng.normal(size=20)), LENGTH)
        wrong += max(memory.proven for memory in found) > true
        found = memories(autoregressive(rng, [0.8] * 20, 4, rng.normal(size=20)), LENGTH)
        large += max(memory.proven for memory in found) > 1e-3
    assert wrong <= 30
    assert large >= 280  # and something is proven where there is something


def test_the_bias_of_a_far_start():
    """It decays as the chains show, and not as other classes do."""
    rng = np.random.default_rng(4)
    found = [memories(autoregressive(rng, [0.3, 0.6], 16, [50.0, 0.0]), LENGTH)[0] for _ in range(40)]
    true = 50 * math.exp(-2 * LENGTH / 0.3)
    assert true / 1.5 < np.median([memory.bias for memory in found]) < 10 * true


def test_a_count_can_be_far_off_on_the_way():
    """It starts at the mean, is far off for a while, and nothing shows it but the first records."""
    rng = np.random.default_rng(5)
    pilots = autoregressive(rng, [0.4], 16, [0.0])
    plain = memories(pilots, LENGTH)[0].bias
    pilots.table[:, 1:4] += 10 * np.exp(-STRIDE * np.arange(3) / 0.4)[None, :, None]
    assert memories(pilots, LENGTH)[0].bias > 5 * max(plain, 0.02)


def test_constant_counts_are_as_slow_as_the_slowest():
    rng = np.random.default_rng(6)
    pilots = autoregressive(rng, [0.3, 0.5, 0.5], 16, [0.0, 0.0, 0.0])
    pilots.table[:, :, 0] = 2.0
    constant, *others = memories(pilots, LENGTH)
    assert (constant.bias, constant.added, constant.proven) == (0, 0, 0)
    assert constant.correlation >= max(memory.correlation for memory in others) / 3
    still = Pilots(np.zeros((4, 36, 1)), 4, STRIDE)
    assert memories(still, LENGTH)[0].correlation == 0


def test_what_a_common_start_adds():
    """Simulated: the start is between the graph and the samples, which all come from it."""
    rng = np.random.default_rng(7)
    for kept, z in ((0.6, 1.0), (0.6, 5.0), (0.2, 8.0)):
        start = kept * z + math.sqrt(1 - kept**2) * rng.normal(size=(20_000, 1))
        samples = kept * start + math.sqrt(1 - kept**2) * rng.normal(size=(20_000, 40))
        common = float(np.mean(samples.mean(axis=1) ** 2)) - (1 - kept**2) / 40
        assert added_variance(kept**2, z * kept**2) == pytest.approx(common, rel=0.05)
