"""Effect sizes, their intervals and those of p, few counts, and z of tetrads beyond what triads explain."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, kstest

import motifcount as mc
from motifcount.motifs.by_class import ByClass

NET = mc.datasets.load("pendulum").drop_ineffective()


def digraph(seed, n=14, m=40):
    cells = np.flatnonzero(~np.eye(n, dtype=bool))
    matrix = np.zeros(n * n, bool)
    matrix[np.random.default_rng(seed).choice(cells, m, replace=False)] = True
    return matrix.reshape(n, n)


@pytest.fixture(scope="module")
def sparse():
    return mc.significance(digraph(3), "edge_count", size=(2, 3), samples=400, seed=1)


# ---- effect sizes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("samples", [0, 100])
def test_effect_sizes_are_those_of_their_definitions(samples):
    result = mc.significance(NET, "edge_count", size=(3, 4), samples=samples, seed=1)
    for name, n in result.observed.items():
        mean = result.mean[name]
        assert result.delta[name] == pytest.approx((n - mean) / (n + mean + 4))
        assert result.ratio[name] == pytest.approx(n / mean if mean else math.nan, nan_ok=True)
    assert result.ratio["bifan"] > 1.2


def test_few_counts_are_told(sparse):
    for name in sparse.classes:
        assert sparse.few[name] == (sparse.std[name] > 0 and min(sparse.mean[name], sparse.std[name] ** 2) < 10)
    assert sparse.few["300"]
    assert not sparse.few["012"]
    exact = mc.significance(digraph(3), "edge_count", size=(2, 3), samples=0)
    assert exact.few["300"]
    assert not any(mc.significance(NET, size=4, samples=20, seed=1).few.values())


def test_a_class_that_no_sample_has_is_infinitely_more():
    clique = np.zeros((60, 60), bool)
    clique[:3, :3] = ~np.eye(3, dtype=bool)
    clique[np.arange(3, 59), np.arange(4, 60)] = True
    result = mc.significance(clique, "edge_count", samples=20, seed=1)
    assert (result.observed["300"], result.mean["300"], result.ratio["300"]) == (1, 0, math.inf)
    assert result.delta["300"] == 1 / 5
    assert result.to_dict()["classes"]["300"]["ratio"] == math.inf
    assert mc.Significance.from_json(result.to_json()).ratio["300"] == math.inf
    assert result.intervals("300").ratio == (0, math.inf)


# ---- intervals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_intervals_of_p_are_those_of_clopper_and_pearson(sparse, level):
    for name in sparse.classes:
        column, found = sparse.samples_table[:, sparse.classes.index(name)], sparse.intervals(name, level)
        for sign, interval in ((1, found.p_over), (-1, found.p_under)):
            successes = int(np.sum(sign * column >= sign * sparse.observed[name]))
            known = binomtest(successes, sparse.samples).proportion_ci(level, "exact")
            assert interval == pytest.approx((known.low, known.high), abs=1e-12)


def with_counts(result, observed, counts):
    table = np.zeros((len(counts), len(result.classes)), np.int64)
    table[:, result.classes.index("030C")] = counts
    return replace(
        result, observed=ByClass({**result.observed, "030C": observed}), samples_table=table, samples=len(counts)
    )


@given(st.integers(0, 30), st.lists(st.integers(0, 30), min_size=39, max_size=120))
def test_the_interval_of_the_ratio_holds_1_where_few_samples_lie_beyond(sparse, observed, counts):
    found = with_counts(sparse, observed, counts).intervals("030C")
    rarest = min(sum(count >= observed for count in counts), sum(count <= observed for count in counts))
    inside = rarest >= (len(counts) + 1) // 40
    if observed:
        assert (found.ratio[0] <= 1 <= found.ratio[1]) == inside
    assert (found.delta[0] <= 0 <= found.delta[1]) == inside


def test_intervals_by_hand(sparse):
    of_39 = with_counts(sparse, 60, range(1, 40)).intervals("030C")
    assert of_39.ratio == (60 / 39, 60)
    assert of_39.delta == ((60 - 39) / (60 + 39 + 4), (60 - 1) / (60 + 1 + 4))
    of_38 = with_counts(sparse, 60, range(1, 39)).intervals("030C")
    assert (of_38.ratio, of_38.delta) == ((0, math.inf), (-1, 60 / 64))


def test_classes_that_a_layered_graph_cannot_hold_have_intervals():
    result = mc.significance(NET, size=4, samples=50, seed=1)
    found = result.intervals("31710")
    assert found.p_over[1] == found.p_under[1] == 1
    assert result.few["31710"] is False


def test_intervals_that_are_refused(sparse):
    for level in (0, 1, -0.5, 2):
        with pytest.raises(ValueError, match="level must be a number between 0 and 1"):
            sparse.intervals("030C", level)
    with pytest.raises(KeyError, match="030D"):
        sparse.intervals("030D")
    exact = mc.significance(NET, "edge_count", samples=0)
    for call in (exact.intervals, exact.tails):
        with pytest.raises(ValueError, match="bifan has no sampled counts: closed forms"):
            call("bifan")


# ---- beyond triads -----------------------------------------------------------------------------------------------


def test_partial_z_is_that_of_a_regression():
    graph = digraph(5, 16, 60)
    result = mc.significance(graph, size=(3, 4), samples=300, seed=2)
    counts = np.vstack(([result.observed[name] for name in result.classes], result.samples_table)).astype(float)
    at = result.classes.index
    triads = counts[:, [at(name) for name in mc.CLASSES[3]]]
    design = np.column_stack((np.ones(301), triads[:, triads.std(axis=0) > 0]))
    hat = design @ np.linalg.pinv(design)
    assert result.p_triads == np.mean(np.diag(hat) >= hat[0, 0] - 1e-9)
    tested = [name for name in mc.CLASSES[4] if result.status[name] == "varies"]
    assert len(tested) > 50
    residuals = (np.eye(301) - hat) @ counts[:, [at(name) for name in tested]]
    for name, column in zip(tested, residuals.T, strict=True):
        z = (column[0] - column[1:].mean()) / column[1:].std(ddof=1)
        assert result.z_partial[name] == pytest.approx(z, abs=1e-6)
    highest = np.abs(residuals / residuals.std(axis=0)).max(axis=1)
    for name, score in zip(tested, np.abs(residuals[0] / residuals.std(axis=0)), strict=True):
        assert result.p_partial[name] == pytest.approx(np.mean(highest >= score - 1e-9))
    others = set(result.classes) - set(tested)
    assert all(math.isnan(result.z_partial[name]) and math.isnan(result.p_partial[name]) for name in others)


def test_where_triads_are_fixed_it_is_z():
    result = mc.significance(NET, size=(3, 4), samples=100, seed=1)
    for name in mc.LAYERED_TETRADS:
        assert result.z_partial[name] == pytest.approx(result.z[name], nan_ok=True)
        assert result.p_partial[name] == pytest.approx(result.p_adjusted[name], nan_ok=True)
    assert result.p_triads == 1


def test_without_triads_there_is_none():
    result = mc.significance(NET, size=4, samples=20, seed=1)
    assert all(map(math.isnan, result.z_partial.values()))
    assert math.isnan(result.p_triads)


def test_what_triads_explain_is_taken_out():
    """Mutual pairs make every tetrad with such frequent under edge_count; beyond triads little is left."""
    graph = digraph(5, 30, 130) | digraph(5, 30, 130).T
    result = mc.significance(graph, "edge_count", size=(3, 4), samples=1000, seed=1)
    tested = [name for name in mc.CLASSES[4] if result.status[name] == "varies" and not result.few[name]]
    whole, beyond = (np.array([column[name] for name in tested]) for column in (result.z, result.z_partial))
    assert np.abs(whole).max() > 10
    assert np.abs(beyond).max() < 0.3 * np.abs(whole).max()
    assert result.p_triads == 1 / 1001


def test_partial_z_is_told_with_what_it_extrapolates():
    near = mc.significance(digraph(3), "edge_count", size=(3, 4), samples=60, seed=1)
    assert near.p_triads > 0.05
    first = min(p for p in near.p_partial.values() if p == p)
    (note,) = near.notes
    assert note.startswith("given the triads, z_partial of ")
    assert f"(p {first:.2g})" in note
    assert "extrapolated" not in note
    assert note in repr(near)
    (note,) = mc.significance(NET, "edge_count", size=(3, 4), samples=60, seed=1).notes
    assert "extrapolated, which errs towards 0: triads are far out (p_triads 0.016)" in note
    assert not mc.significance(NET, size=(3, 4), samples=20, seed=1).notes  # triads are fixed


@pytest.mark.slow
def test_p_beyond_triads_is_valid_and_p_of_triads_uniform():
    """Of graphs drawn from the null model itself, with many classes that are rare."""
    found = [
        mc.significance(digraph(seed), "edge_count", size=(3, 4), samples=59, seed=seed, num_threads=1)
        for seed in range(200)
    ]
    lowest = [np.nanmin(result.p_partial.to_numpy()) for result in found]
    assert np.mean(np.array(lowest) <= 0.05) < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 200)
    lowest = [np.nanmin(result.p_adjusted.to_numpy()) for result in found]
    assert np.mean(np.array(lowest) <= 0.05) < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 200)
    spread = np.random.default_rng(1).random(200) / 60
    assert kstest([result.p_triads for result in found] - spread, "uniform").pvalue > 1e-3
