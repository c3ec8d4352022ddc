"""Traces: counts along chains, what they tell of mixing, and what they are not drawn of."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import motifcount as mc
from motifcount.motifs.classes import Counted
from motifcount.motifs.families import LAYERED_TETRADS
from motifcount.nulls.model import Tracing


@pytest.fixture(scope="module")
def pendulum():
    return mc.datasets.load("pendulum").drop_ineffective()


def test_trace(pendulum):
    mixing = mc.mixing.trace(pendulum, size=(3, 4), seed=1)
    assert (mixing.chains, mixing.records, mixing.swaps_per_edge) == (4, 32, 10)
    assert tuple(mixing.autocorrelation_time) == tuple(mixing.correlation) == mc.CLASSES[3] + mc.LAYERED_TETRADS
    for name in ("bifan", "biparallel", "zigzag", "chain4"):
        assert 1 < mixing.autocorrelation_time[name] < 7.5
        assert 0 < mixing.correlation[name] < 0.001
        low, high = mixing.reach[name]
        assert low < high
    for name in ("021D", "out_star"):  # fixed
        assert math.isnan(mixing.autocorrelation_time[name])
        assert mixing.reach[name][0] == mixing.reach[name][1]
    assert set(mixing.acceptance) == {(0, 1), (1, 2), (2, 3), (3, 4)}
    assert all(0.4 < share < 0.9 for share in mixing.acceptance.values())
    for block, share in mixing.acceptance.items():
        attempts = 10 * sum(mask.nnz for k, mask in enumerate(pendulum.to_layers()) if (k, k + 1) == block)
        assert mixing.moves[block] == pytest.approx(attempts * share, rel=0.2)  # short chains make some more
    assert mixing.to_dict()["acceptance"]["0 -> 1"] == mixing.acceptance[0, 1]
    assert mixing.to_dict()["moves"]["0 -> 1"] == mixing.moves[0, 1]


def test_what_counts_as_slow(pendulum):
    """Samples that the chains prove to be worth a fifth less; a thousandth of a variance is let pass."""
    mixing = mc.mixing.trace(pendulum, size=4, seed=1)
    assert mixing.slow_classes() == []
    proven = dict.fromkeys(mc.LAYERED_TETRADS, 0.0) | {"bifan": 0.004}
    slow = replace(mixing, proven=proven)
    assert slow.slow_classes(samples=60) == []
    assert slow.slow_classes(samples=65) == slow.slow_classes(samples=10**6) == ["bifan"]
    assert replace(mixing, proven=proven | {"bifan": 0.0009}).slow_classes(samples=10**6) == []
    moving = [name for name, (low, high) in mixing.reach.items() if low < high]
    assert replace(mixing, swaps_per_edge=0.9).slow_classes() == moving


def test_correlation_of_samples_is_that_of_an_exponential_decay(pendulum):
    """exp(-t / s) has the integral 2 s; two samples are two chains apart."""
    mixing = mc.mixing.trace(pendulum, mc.nulls.Degree(2), size=4, seed=1)
    time = mixing.autocorrelation_time["bifan"]
    assert mixing.correlation["bifan"] == pytest.approx(math.exp(-2 * 2 / (time / 2)))


@pytest.mark.parametrize("swaps", [0.5, 1, 2])
def test_doubt_takes_more_chains(pendulum, swaps):
    assert mc.mixing.trace(pendulum, mc.nulls.Degree(swaps), size=4, seed=1).chains == 16


def test_more_chains_join_the_first_ones(pendulum):
    """Traced in pieces they tell what all of them tell at once."""
    null = mc.nulls.Degree(2)
    mixing = mc.mixing.trace(pendulum, null, size=4, seed=1)
    counted = Counted((LAYERED_TETRADS.name,))
    at_once = null.trace_counts(pendulum, counted, 1, Tracing(0.5, 36, 16), num_threads=2)
    counts = at_once.table.reshape(-1, len(mc.LAYERED_TETRADS))
    assert list(mixing.reach.values()) == list(zip(counts.min(axis=0), counts.max(axis=0), strict=True))
    assert mixing.acceptance == {block: accepted / tried for block, (tried, accepted) in at_once.swaps.items()}


def test_trace_is_reproducible(pendulum, num_threads):
    one, many, other = (
        str(mc.mixing.trace(pendulum, mc.nulls.Degree(3), size=4, seed=seed, num_threads=threads))
        for seed, threads in ((1, 1), (1, num_threads), (2, 1))
    )
    assert one == many != other


def test_significance_carries_its_pilot_chains(pendulum):
    result = mc.significance(pendulum, size=4, samples=1024, seed=7)
    assert str(result.mixing) == str(mc.mixing.trace(pendulum, size=4, seed=7))


def test_keep_mutual_is_traced_too():
    graph = mc.Graph(np.random.default_rng(4).random((40, 40)) < 0.12)
    mixing = mc.mixing.trace(graph, mc.nulls.Degree(keep_mutual=True), size=3, seed=1)
    assert 1 < mixing.autocorrelation_time["030T"] < 10


@pytest.mark.parametrize(
    ("options", "kind", "why"),
    [
        ({"null": lambda graph, seed: graph}, ValueError, "degree"),
        ({"null": "degre"}, ValueError, "did you mean"),
        ({"size": 5}, ValueError, "size"),
        ({"seed": -1}, ValueError, "seed"),
        ({"num_threads": 0}, ValueError, "num_threads"),
    ],
    ids=["function", "name", "size", "seed", "threads"],
)
def test_what_trace_does_not_take(pendulum, options, kind, why):
    with pytest.raises(kind, match=why):
        mc.mixing.trace(pendulum, **options)
