"""A warning says which chains are too short, and what would be enough."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

import motifcount as mc
from motifcount.mixing import MixingWarning


@pytest.fixture(scope="module")
def pendulum():
    return mc.datasets.load("pendulum").drop_ineffective()


@pytest.mark.parametrize("swaps", [0.05, 0.3, 1])
def test_too_few_swaps_are_warned_of(pendulum, swaps):
    with pytest.warns(MixingWarning, match=rf"swaps_per_edge={swaps:g} looks short for .*nulls\.Degree\(") as caught:
        result = mc.significance(pendulum, mc.nulls.Degree(swaps), size=4, samples=20, seed=1)
    assert caught[0].filename == __file__
    assert result.mixing.slow_classes()


def test_the_warning_names_every_class_that_varies_and_no_other():
    mask = np.zeros((6, 6))
    mask[[0, 0, 1, 1, 2], [0, 1, 0, 1, 2]] = 1
    with pytest.warns(MixingWarning) as caught:
        result = mc.significance([mask], mc.nulls.Degree(0.5), size=(3, 4), samples=50, seed=1)
    named = str(caught[0].message).partition("short for ")[2].partition(":")[0].split(", ")
    assert named == [name for name, std in result.std.items() if std > 0]
    assert any(0 < result.std[name] < 1 for name in named)
    assert len(named) < len(result.classes)


@pytest.mark.parametrize("seed", range(5))
def test_the_default_is_enough(pendulum, seed):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = mc.significance(pendulum, size=(2, 3, 4), samples=20, seed=seed)
    assert result.mixing.slow_classes() == []
    assert min(result.ess.values()) > 19.5


@pytest.mark.slow
@pytest.mark.parametrize("keep_mutual", [False, True])
def test_rare_classes_are_no_reason_to_warn(keep_mutual):
    """In sparse digraphs some classes turn up in one sample of a hundred, and not at all along the pilot chains."""
    rare = 0
    for seed in range(6):
        rng = np.random.default_rng(seed)
        graph = mc.Graph.from_edges(*rng.integers(0, 400, (2, 700)), 400)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = mc.significance(graph, mc.nulls.Degree(keep_mutual=keep_mutual), samples=600, seed=seed)
        assert min(result.ess.values()) > 300
        rare += len(result.mixing.returns)
    assert rare


def nested(n):
    """Row k leads to the first k columns, but for two edges: a few states, and hardly any swap between them."""
    block = np.tri(n, dtype=bool)
    block[n // 2, n // 2 - 1] = block[n // 2 + 1, n // 2] = False
    return mc.Graph.from_layers([block])


@pytest.mark.slow
def test_a_chain_whose_swaps_are_refused_is_told():
    graph = nested(40)
    told = 0
    for seed in range(20):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = mc.significance(graph, size=4, samples=1000, seed=seed)
        assert 0 < result.acceptance < 1e-4
        told += any(each.category is MixingWarning for each in caught)
    assert told >= 19


def test_what_cannot_move_is_no_reason_to_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = mc.significance([np.tri(12)], size=4, samples=50, seed=1)
    assert result.accepted == 0


def test_a_class_that_a_chain_does_not_leave_is_stuck(pendulum):
    result = mc.significance(pendulum, size=4, samples=50, seed=1)
    assert result.mixing.stuck_classes() == []
    ess = result.ess["zigzag"]
    stuck = replace(result, mixing=replace(result.mixing, returns={"bifan": (3, False), "zigzag": (2, True)}))
    assert stuck.mixing.stuck_classes() == stuck.mixing.slow_classes() == ["bifan"]
    merged = mc.merge([stuck])
    assert (merged.ess["bifan"], merged.ess["zigzag"]) == (1, ess)
    assert merged.z_error["bifan"] > 6 * result.z_error["bifan"]


def test_counts_beyond_what_a_float_holds():
    """On two million nodes the 003 pass 2**53; as the mirror of 030T they mix like them."""
    rng = np.random.default_rng(1)
    layers = np.repeat([0, 1, 2], 60)
    src, dst = rng.integers(0, 180, (2, 3000))
    up = layers[src] < layers[dst]
    n = 2_000_000
    graph = mc.Graph.from_edges(src[up], dst[up], n, layers=np.concatenate((layers, np.zeros(n - 180, int))))
    result = mc.significance(graph, size=3, samples=100, seed=1)
    assert result.observed["003"] > 2**53
    assert result.z_error["003"] == pytest.approx(result.z_error["030T"], rel=1e-9)
    times = result.mixing.autocorrelation_time
    assert times["003"] == pytest.approx(times["030T"], rel=1e-9)


def test_what_the_warning_recommends_is_enough(pendulum):
    """Following it leads to silence in a few steps."""
    null = mc.nulls.Degree(0.2)
    for _ in range(6):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            mc.significance(pendulum, null, size=4, samples=20, seed=1)
        if not caught:
            break
        null = mc.nulls.Degree(float(re.search(r"Degree\((.*)\)", str(caught[0].message))[1]))
    assert not caught
    assert 1 < null.swaps_per_edge < 40


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({}, ""),
        ({"keep_mutual": True}, ", keep_mutual=True"),
        ({"keep_triads": True}, ", keep_triads=True"),
        ({"keep_triads": True, "tolerance": 0.25}, ", keep_triads=True, tolerance=0.25"),
    ],
)
def test_the_warning_recommends_the_same_null_model(options, written):
    cells = np.random.default_rng(4).random((20, 20)) < 0.15
    np.fill_diagonal(cells, False)
    null = mc.nulls.Degree(0.5, **options)
    with pytest.warns(MixingWarning) as caught:
        mc.significance(mc.Graph(cells), null, samples=20, seed=1)
    found = re.search(r"Try nulls\.Degree\((\d+)(.*)\)\.$", str(caught[0].message))
    assert found[2] == written
    assert null.written(swaps_per_edge=float(found[1])) == f"nulls.Degree({found[1]}{written})"
    assert replace(null, swaps_per_edge=int(found[1])) == mc.nulls.Degree(int(found[1]), **options)


def test_nothing_is_recommended_beyond_the_longest_chain(pendulum):
    """The report of a chain that is stuck, were it as long as chains may be."""
    mixing = replace(mc.mixing.trace(pendulum, size=4, seed=1), returns={"bifan": (3, False)}, swaps_per_edge=1e6)
    with pytest.warns(MixingWarning, match="may be off\\.$"):
        mc.mixing.warn_if_short(mc.nulls.Degree(1e6), mixing, 100)


@pytest.mark.parametrize("null", ["edge_count", "cover"])
def test_null_models_without_a_chain_have_nothing_to_mix(pendulum, null):
    result = mc.significance(pendulum, null, size=4, samples=20, seed=1)
    assert result.mixing is None
    assert set(result.ess.values()) == {20}
    with pytest.raises(ValueError, match=f"degree.*{null}"):
        mc.mixing.trace(pendulum, null)


@pytest.mark.slow
def test_short_chains_are_worth_fewer_samples(pendulum):
    """What ess says is how far the mean is off, over runs."""
    null = mc.nulls.Degree(0.4)
    with pytest.warns(MixingWarning):
        results = [mc.significance(pendulum, null, size=4, samples=40, seed=seed) for seed in range(40)]
    means = [result.mean["bifan"] for result in results]
    long = mc.significance(pendulum, mc.nulls.Degree(20), size=4, samples=400, seed=1)
    told = np.median([result.ess["bifan"] for result in results])
    seen = long.std["bifan"] ** 2 / np.mean((np.array(means) - long.mean["bifan"]) ** 2)
    assert seen < 20
    assert seen / 5 < told < seen * 1.2
    assert all(result.ess[name] <= 40 for result in results for name in result.classes)
