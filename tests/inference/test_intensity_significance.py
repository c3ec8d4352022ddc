"""Intensity and coherence against random graphs: moments and p-values by the definition, planted strength is found."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc
from motifcount.counting.intensity import CONNECTED


def weighted(seed=1, n=40, density=0.12):
    rng = np.random.default_rng(seed)
    return (rng.random((n, n)) < density) * rng.lognormal(size=(n, n))


def test_by_the_definition():
    """A null model of ten graphs, whose intensities are known one by one."""
    graph = mc.Graph(weighted(), weights=True)
    shares = mc.Graph(graph, weights=graph.weights / graph.weights.max())
    drawn = []

    def own(given, seed):
        assert given == shares
        drawn.append(mc.randomize(given, seed=seed))
        return drawn[-1]

    result = mc.intensity_significance(graph, own, samples=10, seed=3)
    assert (result.null, result.samples, result.seed) == (own, 10, 3)
    found = [mc.intensity(mc.Graph(sample, weights=sample.weights * graph.weights.max())) for sample in drawn]
    largest = [max(sample.weights) for sample in drawn]
    assert largest == [1.0] * 10
    for measure in ("intensity", "coherence"):
        scores, total = getattr(result, measure), f"total_{measure}"
        for name in CONNECTED:
            values = np.array([getattr(each, total)[name] for each in found])
            observed = getattr(mc.intensity(graph), total)[name]
            assert scores.observed[name] == pytest.approx(observed, rel=1e-12)
            assert scores.mean[name] == pytest.approx(values.mean(), rel=1e-9)
            assert scores.std[name] == pytest.approx(values.std(ddof=1), rel=1e-6)
            if scores.std[name] > 0:
                assert scores.z[name] == pytest.approx((observed - values.mean()) / values.std(ddof=1), rel=1e-6)
            assert scores.p_over[name] == (1 + (values >= observed * (1 - 1e-11)).sum()) / 11
            assert scores.p_under[name] == (1 + (values <= observed * (1 + 1e-11)).sum()) / 11


def test_strong_loops_are_found_by_weights_alone():
    rng = np.random.default_rng(3)
    weights = (rng.random((60, 60)) < 0.06) * rng.uniform(0.5, 1.5, (60, 60))
    for a, b, c in mc.find(weights, "030T", limit=25, seed=1).tolist():
        for arc in ((a, b), (b, c), (a, c)):
            weights[arc] *= 4
    result = mc.intensity_significance(weights, "weights", samples=100, seed=1)
    assert result.intensity.z["030T"] > 5
    assert result.intensity.p_adjusted["030T"] == 1 / 101
    assert "030T" in repr(result)


def test_equal_weights_leave_nothing_to_permute():
    result = mc.intensity_significance(0.3 * (weighted() > 0), "weights", samples=20, seed=1)
    for measure in (result.intensity, result.coherence):
        assert set(measure.std.values()) == {0}
        assert all(np.isnan(value) for value in (*measure.z.values(), *measure.p_adjusted.values()))
        assert set(measure.p_over.values()) == set(measure.p_under.values()) == {1}


@pytest.mark.parametrize("null", ["weights", "degree", mc.nulls.Degree(keep_mutual=True, keep_kinds=True)])
def test_the_same_for_any_number_of_threads(null):
    signed = weighted() * np.random.default_rng(2).choice([-1, 1], (40, 40))
    graph = mc.Graph(signed, kinds="sign", weights=True)
    one, two = (
        mc.intensity_significance(graph, null, absolute=True, samples=12, seed=5, num_threads=threads)
        for threads in (1, 3)
    )
    assert dict(one.intensity.mean) == dict(two.intensity.mean)
    assert dict(one.coherence.std) == dict(two.coherence.std)


def test_samples_have_the_edges_that_significance_has():
    """With equal weights, sums are counts."""
    graph = mc.Graph((weighted() > 0).astype(float), weights=True)
    result = mc.intensity_significance(graph, mc.nulls.Degree(keep_mutual=True), samples=30, seed=4)
    counts = mc.significance(graph, mc.nulls.Degree(keep_mutual=True), size=3, samples=30, seed=4)
    for name in CONNECTED:
        assert result.intensity.mean[name] == pytest.approx(counts.mean[name], rel=1e-12)
        assert result.coherence.std[name] == pytest.approx(counts.std[name], rel=1e-9)


def test_frames():
    result = mc.intensity_significance(weighted(), "degree", samples=10, seed=1)
    frame = result.to_frame()
    assert frame.index.names == ["measure", "class"]
    assert frame.loc[("coherence", "030T"), "z"] == result.coherence.z["030T"]


@pytest.mark.parametrize("null", ["edge_count", "kinds", mc.nulls.Degree(keep_kinds=True, keep_wiring=True)])
def test_null_models_without_weights(null):
    with pytest.raises(ValueError, match='null must be one whose random graphs have weights, "degree" or "weights"'):
        mc.intensity_significance(weighted(), null, samples=3)


def test_functions_must_return_weights():
    for change in (lambda _: False, np.negative):

        def wrong(graph, _seed, change=change):
            return mc.Graph(graph, weights=change(graph.weights))

        with pytest.raises(ValueError, match="random graphs must have positive weights"):
            mc.intensity_significance(weighted(), wrong, samples=3)
