"""p-values of fitted tails, of counts whose distribution is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

import motifcount as mc
from motifcount.inference.tails import tails

TAILS = {  # distribution, observed, orders of magnitude below and above: lighter tails get too large a p
    "exponential": (stats.geom(0.02), 500, 0.7, 0.7),
    "rare": (stats.poisson(0.2), 4, 0.3, 1.5),
    "poisson": (stats.poisson(3), 13, 0.0, 1.7),
    "normal": (stats.binom(10_000, 0.1), 1130, 0.0, 2.0),
    "heavy": (stats.lognorm(1, scale=100), 4000, 1.3, 1.3),
}


@pytest.mark.parametrize("name", TAILS)
def test_tails_of_known_distributions(name):
    distribution, observed, below, above = TAILS[name]
    known = math.log10(distribution.sf(observed - 1))
    assert known < -3.5  # of 1000 samples, none or one
    draws = distribution.rvs((30, 1000), random_state=np.random.default_rng(1)).astype(int)
    found = np.log10([tails(observed, counts.tolist()).p_over for counts in draws]) - known
    assert np.all(np.median(found) >= -0.1)
    assert np.mean((found >= -below) & (found <= above)) >= 0.9


def test_tails_are_the_p_of_the_samples_where_these_know_it():
    net = mc.datasets.load("pendulum").drop_ineffective()
    sparse = mc.significance(np.random.default_rng(1).random((14, 14)) < 0.2, "edge_count", size=(2, 3), seed=1)
    for name in sparse.classes:
        column, found = sparse.samples_table[:, sparse.classes.index(name)], sparse.tails(name)
        if np.sum(column >= sparse.observed[name]) >= 10:
            assert found.p_over == sparse.p_over[name]
        if np.sum(column <= sparse.observed[name]) >= 10:
            assert found.p_under == sparse.p_under[name]
        assert 0 <= found.p_over <= sparse.p_over[name]
        assert 0 <= found.p_under <= sparse.p_under[name]
    assert mc.significance(net, size=4, samples=30, seed=1).tails("bifan").p_over == 1 / 31  # no tail to fit


def test_a_tail_that_does_not_fit_says_nothing():
    """Counts that come in tens, give or take one, have no continuous tail, however short it is taken."""
    draw = np.random.default_rng(1)
    counts = draw.geometric(0.4, 1000)
    assert tails(27, counts.tolist()).p_over < 1e-4
    assert tails(270, (10 * counts + draw.integers(2, size=1000)).tolist()).p_over == 1 / 1001


def test_tails_do_not_depend_on_the_unit_of_counts():
    counts = np.random.default_rng(1).geometric(0.1, 1000)
    assert tails(1000, (10 * counts).tolist()) == tails(100, counts.tolist())
    assert tails(-1000, (-10 * counts).tolist()) == tails(-100, (-counts).tolist())


def test_a_tail_is_taken_shorter_where_it_does_not_fit():
    """Most of the outermost quarter is of one kind, the outermost samples of another."""
    draw = np.random.default_rng(4)
    inner, outer = draw.uniform(0, 1000, 900), 1000 + draw.exponential(100, 100)
    found = tails(2100, np.concatenate((inner, outer)).astype(int).tolist()).p_over
    true = 0.1 * math.exp(-11)
    assert true / 30 < found < 30 * true


def test_tails_mirror_each_other():
    counts = np.random.default_rng(2).geometric(0.05, 800)
    assert tails(400, counts.tolist()).p_over == tails(-400, (-counts).tolist()).p_under < 1e-4
