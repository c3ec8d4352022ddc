"""Sampling until p-values are known: when it ends, what p is then, and that it is a p-value."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

import motifcount as mc
from motifcount.inference.effects import intervals
from motifcount.inference.p_values import p_values
from motifcount.inference.sequential import draw_until
from motifcount.nulls.sampling import SampledCounts, SampleRange
from support.mixing import without_pilots

GRAPH = mc.Graph.from_edges(*np.random.default_rng(1).integers(0, 40, (2, 150)), 40)
MOST = 400


def drawn(until, observed, column):
    """Samples with the counts of a column, as many as the rule lets be drawn."""
    table = np.array(column)[:, None]

    def draw(samples, report):
        return SampledCounts(table[samples.first : samples.first + samples.n], samples.n, 0)

    return draw_until(until, SampleRange(0, 0, until.max_samples), draw, (observed,), [0], None).table[:, 0].tolist()


@given(st.sampled_from([0.5, 0.4, 0.3]), st.lists(st.integers(0, 5), min_size=MOST, max_size=MOST), st.integers(0, 5))
def test_sampling_ends_after_the_first_block_in_which_both_sides_are_enough(error, column, observed):
    until = mc.Until(error, MOST)
    enough = until.enough
    got = drawn(until, observed, column)

    def are_enough(n):
        return all(sum(b) >= enough for b in zip(*((x >= observed, x <= observed) for x in column[:n]), strict=True))

    ends = [100, 200, 300, 400]  # blocks of 100 as long as half of what is there is less
    assert got == column[: next((n for n in ends if are_enough(n)), MOST)]


@given(st.integers(1, 6), st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(0, 5))
def test_p_is_enough_over_the_number_of_samples_that_it_took(enough, column, observed):
    for p, beyond in zip(
        p_values(observed, column, enough),
        ([x >= observed for x in column], [x <= observed for x in column]),
        strict=True,
    ):
        taken = [k for k in range(1, len(column) + 1) if sum(beyond[:k]) >= enough]
        assert p == (enough / taken[0] if taken else (1 + sum(beyond)) / (1 + len(column)))


@pytest.mark.parametrize("length", range(2, 11))
def test_p_of_exchangeable_values_is_exact(length):
    """p <= h / l where the observed value is among the h largest of l, graph included: in h / l of all orders."""
    enough, values = 2, np.random.default_rng(length).random((4000, 11))
    observed, samples = values[:, 0], values[:, 1:]
    p = np.array([p_values(x, row.tolist(), enough)[0] for x, row in zip(observed.tolist(), samples, strict=True)])
    hits = int(np.sum(p <= enough / length))
    assert binom.cdf(hits, len(p), enough / length) > 1e-5
    assert binom.sf(hits - 1, len(p), enough / length) > 1e-5


def test_a_result_tells_the_rule_and_is_the_same_for_any_threads_and_executor():
    first = mc.significance(GRAPH, samples="auto", seed=1, num_threads=1)
    assert first.until == mc.Until(0.2, 10_000)
    assert 120 <= first.samples < 10_000  # the first block is four times 30
    with ThreadPoolExecutor(2) as pool:
        assert mc.significance(GRAPH, samples="auto", seed=1, executor=pool) == first
    assert mc.significance(GRAPH, samples="auto", seed=1, num_threads=2) == first
    fixed = mc.significance(GRAPH, samples=first.samples, seed=1)
    assert fixed.until is None
    assert np.array_equal(fixed.samples_table, first.samples_table)
    assert fixed.z == first.z
    assert fixed.p_adjusted == first.p_adjusted
    assert fixed.attempts == first.attempts
    for name in first:
        column = first.samples_table[:, first.classes.index(name)].tolist()
        assert (first.p_over[name], first.p_under[name]) == p_values(first.observed[name], column, 30)
        assert min(sum(x >= first.observed[name] for x in column), sum(x <= first.observed[name] for x in column)) >= 30


def test_a_class_that_is_far_out_takes_all_samples():
    net = mc.datasets.load("pendulum").drop_ineffective()
    result = mc.significance(net, samples=mc.Until(0.5, max_samples=300), seed=1)
    assert result.samples == 300
    assert result.p_over["bifan"] == 1 / 301
    assert result.p_over["zigzag"] > 0.5


def test_triads_that_are_held_are_drawn_along():
    with pytest.warns(mc.mixing.MixingWarning):
        result = mc.significance(GRAPH, mc.nulls.Degree(2, keep_triads=True), samples=mc.Until(0.5, 200), seed=1)
    assert result.triads.samples == result.samples == 200
    assert len(result.classes) == 199


def test_saved_and_merged(tmp_path):
    result = mc.significance(GRAPH, samples=mc.Until(0.5, 200), seed=1)
    result.save(tmp_path / "a.zip")
    assert mc.Significance.load(tmp_path / "a.zip") == result
    assert mc.Significance.from_json(result.to_json()).until == mc.Until(0.5, 200)
    with pytest.raises(ValueError, match='"auto" or an Until'):
        mc.merge([result])


def test_intervals_hold_the_chance():
    """Sampling ends at the eighth success: intervals of p hold it in 95 % of runs or more."""
    rng, until, missed = np.random.default_rng(5), mc.Until(0.5, 2000), [0, 0]
    for _ in range(600):
        column = (rng.random(2000) < 0.1).astype(int).tolist()
        low, high = intervals(1, drawn(until, 1, column), 0.95, until.enough).p_over
        missed[0] += low > 0.1
        missed[1] += high < 0.1
    assert all(binom.sf(n - 1, 600, 0.025) > 1e-5 for n in missed)
    assert sum(missed) > 0  # they are not simply wide


@pytest.mark.parametrize(
    ("samples", "message"),
    [("many", "samples must be an integer from 0 to 10000000, \"auto\" or an Until, not 'many'"), (1, "2 or more")],
)
def test_other_numbers_of_samples_are_refused(samples, message):
    with pytest.raises((TypeError, ValueError), match=message):
        mc.significance(GRAPH, samples=samples)


@pytest.mark.parametrize("error", [0.5, 0.3, 0.2, 0.1])
def test_the_error_of_a_small_p_is_the_one_asked_for(error):
    """h over the number of samples to the h-th hit, whose number of misses is negative binomial."""
    p, h = 0.002, mc.Until(error, 10**6).enough
    taken = np.random.default_rng(h).negative_binomial(h, p, 200_000) + h
    assert 0.85 * error < np.sqrt(np.mean((h / taken / p - 1) ** 2)) < 1.02 * error
    fewer = np.random.default_rng(h).negative_binomial(h - 1, p, 200_000) + h - 1
    assert np.sqrt(np.mean(((h - 1) / fewer / p - 1) ** 2)) > error


def test_tails_are_those_of_the_same_samples():
    result = mc.significance(GRAPH, samples="auto", seed=1)
    for name in result:
        assert tuple(result.tails(name)) == (result.p_over[name], result.p_under[name])  # none is far out


def test_fitted_null_models_have_no_p_to_wait_for():
    with pytest.raises(ValueError, match='samples must be a number with null="soft_degree", which has no p-values'):
        mc.significance(GRAPH, "soft_degree", samples="auto")


@pytest.mark.parametrize(
    "options",
    [{"relative_error": 0}, {"relative_error": 2}, {"max_samples": 99}, {"max_samples": 1000, "relative_error": 0.05}],
)
def test_rules_out_of_range_are_refused(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        mc.Until(**options)


@pytest.mark.slow
def test_claims_at_five_percent_come_in_five_percent_of_random_graphs():
    """Graphs that the null model has drawn have an adjusted p <= 0.05 in one of twenty, whatever ends sampling."""
    until, runs, found, least = mc.Until(0.5, 300), 300, 0, []
    for seed in range(runs):
        graph = mc.randomize(GRAPH, mc.nulls.Degree(30), seed=10**6 + seed, num_threads=1)
        with without_pilots():
            result = mc.significance(graph, mc.nulls.Degree(3), samples=until, seed=seed, num_threads=1)
        found += min((p for p in result.p_adjusted.values() if p == p), default=1) <= 0.05 + 1e-9
        least.append([result.p_over["030T"], result.p_under["030T"]])
    assert binom.sf(found - 1, runs, 0.05) > 1e-4
    for level in (0.05, 0.1, 0.2, 0.5):
        hits = np.sum(np.array(least) <= level, axis=0)
        assert all(binom.sf(n - 1, runs, level) > 1e-4 for n in hits)


def test_classes_by_kind():
    edges = sorted({(int(u), int(v)) for u, v in zip(*GRAPH.to_scipy().nonzero(), strict=True)})
    graph = mc.Graph.from_edges(*zip(*edges, strict=True), 40, kinds=["+-"[(u + v) % 3 == 0] for u, v in edges])
    sampled = mc.significance(graph, "kinds", by_kind=True, samples=mc.Until(0.3, 300), seed=1, num_threads=1)
    same = mc.significance(graph, "kinds", by_kind=True, samples=sampled.samples, seed=1, num_threads=1)
    assert "030T ++-" in sampled.observed
    assert np.array_equal(sampled.samples_table, same.samples_table)
