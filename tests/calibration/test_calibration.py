"""What a result says of its errors holds over repeated runs; p-values of random graphs are no smaller than promised.

Assertions compare with a bound that is worse than what is promised, by tests that a right library fails once in 10,000
(each; there are some 40 here, with fixed seeds): a wrong one is far beyond. Runs that share pilot chains resemble each
other, so that theirs may fail more often; benchmarks/calibration.py has none that do.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, chi2

from support.calibration import CASES, Case, errors, p_values, reference

pytestmark = pytest.mark.slow

LEVEL = 1e-4
RUNS, RUNS_BY_PILOTS = 50, 5  # pilot chains, which take most of the time, serve several runs
SAMPLES = 60
LONGER = 25  # times as many samples in the reference
DIRECT = [case for case in CASES if not case.has_chain and case.cost == 1]
SLOW = Case("hubs", "keep_mutual")  # at 10 swaps per edge, samples resemble each other
OTHERS = [Case("hubs", "degree"), Case("layers and biases", "degree"), Case("skips and lateral edges", "keep_mutual")]
CHAINS = [
    *((case, 0.5) for case in CASES if case.has_chain and case.cost == 1),
    *((case, swaps) for case in OTHERS for swaps in (1, 10)),
    (SLOW, 10),
    (Case("layers, shared weights", "masks"), 10),
]
RANDOM = [case for case in CASES if "planted" not in case.graph and case.graph != "layers"]  # kinds of random graphs
RANDOM.append(Case("hubs", "keep_triads anew"))


def n_random(case):
    """How many random graphs are tested: more where they cost less, and in all as many as find small errors."""
    return (80 if case.has_chain else 120) // case.cost


def name(case):
    return f"{case.graph}, {case.null}".replace(" ", "-")


def assert_ess_is_not_too_high(found, most):
    """Not above `most` times the true one: with normal means, their squared errors times ess are chi-square."""
    for name, each in found.items():
        statistic = float(np.sum(each.mean / each.told)) / most
        assert chi2.sf(statistic, len(each.mean)) > LEVEL / len(found), (name, each.ratio_of_ess())


def assert_errors_of_z_cover(found, least):
    """The true z lies within two errors in at least that share of the runs."""
    for name, each in found.items():
        inside = int(np.sum(np.abs(each.z) <= 2))
        assert binom.cdf(inside, len(each.z), least) > LEVEL / len(found), (name, each.coverage())


@pytest.mark.parametrize(("case", "swaps"), CHAINS, ids=[f"{name(case)}-{swaps}" for case, swaps in CHAINS])
def test_effective_samples_and_the_error_of_z(case, swaps):
    found = errors(case, swaps, SAMPLES, RUNS, LONGER, RUNS_BY_PILOTS)
    assert len(found) >= 4
    assert_ess_is_not_too_high(found, most=1.2)
    assert_errors_of_z_cover(found, least=0.9)
    if swaps == 10 and case != SLOW:  # nor needlessly low
        assert np.median([np.median(each.told) for each in found.values()]) < 1.1 / SAMPLES


@pytest.mark.parametrize("case", DIRECT, ids=name)
def test_the_error_of_z_without_a_chain(case):
    found = errors(case, None, SAMPLES, RUNS, LONGER)
    assert_ess_is_not_too_high(found, most=1.2)
    assert_errors_of_z_cover(found, least=0.9)
    assert all((each.told == 1 / SAMPLES).all() for each in found.values())


def test_short_chains_are_found_out_if_ess_were_the_number_of_samples():
    """The tests above can fail."""
    found = errors(Case("hubs", "degree"), 0.5, SAMPLES, RUNS, LONGER, RUNS_BY_PILOTS)
    for each in found.values():
        each.told[:] = 1 / SAMPLES
    with pytest.raises(AssertionError):
        assert_ess_is_not_too_high(found, most=1.2)
    for each in found.values():
        each.z[:] = 3 * each.z
    with pytest.raises(AssertionError):
        assert_errors_of_z_cover(found, least=0.9)


def assert_no_more_than_promised(lowest):
    """Of random graphs, at most one in twenty has an adjusted p <= 0.05."""
    assert binom.sf(np.sum(lowest <= 0.05 + 1e-9) - 1, len(lowest), 0.05) > LEVEL, np.mean(lowest <= 0.05 + 1e-9)


@pytest.mark.parametrize("has_chain", [True, False])
def test_p_values_of_random_graphs(has_chain):
    """Super-uniform for any length of the chain; adjusted ones over all cases together, which finds smaller errors."""
    lowest = []
    for case in RANDOM:
        if case.has_chain != has_chain:
            continue
        one_sided, adjusted = p_values(case, 0.5, 19, n_random(case))
        lowest.append(adjusted)
        n_tests = one_sided.shape[1] * 2
        for rank in (1, 2, 5, 10):
            small = (one_sided <= rank / 20 + 1e-9).sum(axis=0)
            assert binom.sf(small.max() - 1, len(one_sided), rank / 20) > LEVEL / n_tests, case
    assert_no_more_than_promised(np.concatenate(lowest))


@pytest.mark.parametrize("has_chain", [True, False])
def test_familywise_errors_of_a_tenth_would_be_found(has_chain):
    """In 95 of 100 sets of as many random graphs."""
    n = sum(n_random(case) for case in RANDOM if case.has_chain == has_chain)
    assert binom.sf(binom.isf(LEVEL, n, 0.05), n, 0.1) > 0.95


def test_the_reference_knows_every_class_that_varies():
    assert {"030T", "030C", "120U"} <= set(reference(Case("hubs", "degree"), LONGER * SAMPLES))
