"""Intensity and coherence of triads against every three nodes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support.strategies import digraphs

CONNECTED = mc.CLASSES[3][3:]


def class_of(present):
    """The class of three nodes, by counting it."""
    return next(name for name, n in mc.count(present.astype(int), 3).items() if n)


def by_force(weights):
    """By class and node (-1 for all), the number of triads and the sums of their intensity and coherence."""
    shares = weights / max(weights.max(initial=0), 1e-300)
    found = {}
    for nodes in combinations(range(len(weights)), 3):
        part = shares[np.ix_(nodes, nodes)]
        name = class_of(part > 0)
        if name in CONNECTED:
            of_arcs = part[part > 0]
            geometric = of_arcs.prod() ** (1 / len(of_arcs))
            for node in (-1, *nodes):
                entry = found.setdefault((name, node), np.zeros(3))
                entry += (1, geometric, geometric / of_arcs.mean())
    return found


@given(st.data(), digraphs(9), st.sampled_from([1, 2, 5]))
def test_against_brute_force(data, drawn, threads):
    arcs = sorted(drawn.arcs)
    values = data.draw(st.lists(st.floats(1e-3, 1e3), min_size=len(arcs), max_size=len(arcs)))
    weights = np.zeros((drawn.n, drawn.n))
    for arc, value in zip(arcs, values, strict=True):
        weights[arc] = value
    expected = by_force(weights)
    found = mc.intensity(weights, by_node=True, num_threads=threads)
    assert found.largest == weights.max(initial=0)
    for name in CONNECTED:
        for node in range(-1, drawn.n):
            whole, at = node < 0, slice(None) if node < 0 else node
            parts = (found.counts, found.total_intensity, found.total_coherence) if whole else found.by_node
            counted = [part[name] if whole else part[name][at] for part in parts]
            np.testing.assert_allclose(counted, expected.get((name, node), np.zeros(3)), rtol=1e-12, atol=0)


def weighted(n=120, seed=3, density=0.1):
    rng = np.random.default_rng(seed)
    return (rng.random((n, n)) < density) * rng.lognormal(sigma=2, size=(n, n))


def test_the_same_bits_for_any_number_of_threads():
    one, *others = (mc.intensity(weighted(), by_node=True, num_threads=threads) for threads in (1, 2, 3, 7))
    for other in others:
        assert dict(other.total_intensity) == dict(one.total_intensity)
        assert dict(other.total_coherence) == dict(one.total_coherence)
        for name in CONNECTED:
            assert (other.by_node.total_coherence[name] == one.by_node.total_coherence[name]).all()


def test_what_units_and_equal_weights_make():
    weights = weighted()
    found, scaled = mc.intensity(weights), mc.intensity(1e9 * weights)
    np.testing.assert_allclose(scaled.total_intensity.to_numpy(), found.total_intensity.to_numpy(), rtol=1e-9)
    tiny = np.zeros((4, 4))
    tiny[3, 0] = 1
    tiny[:3, :3] = 1e-200 * np.array([[0, 2, 1], [3, 0, 5], [7, 2, 0]])
    small = mc.intensity(tiny)
    assert small.mean_coherence["300"] == pytest.approx(420 ** (1 / 6) / (20 / 6), rel=1e-9)
    alike = mc.intensity(3.0 * (weights > 0))
    assert dict(alike.counts) == {name: n for name, n in mc.count(weights, 3).items() if name in CONNECTED}
    assert dict(alike.total_intensity) == dict(alike.total_coherence) == dict(alike.counts)
    assert alike.mean_coherence["030T"] == 1.0
    mirrored = mc.intensity(weights.T)
    for name, other in (("021D", "021U"), ("111D", "111U"), ("120D", "120U"), ("030C", "030C")):
        assert found.total_coherence[name] == pytest.approx(mirrored.total_coherence[other], rel=1e-12)


def test_nodes_without_edges_and_empty_graphs():
    far = mc.Graph.from_edges([5, 2**39, 5], [2**39, 77, 77], 2**40, weights=[1, 2, 4])
    assert mc.intensity(far).total_intensity["030T"] == pytest.approx(0.5)
    empty = mc.intensity(np.zeros((3, 3)), by_node=True)
    assert set(empty.counts.values()) == set(empty.total_intensity.values()) == {0}
    assert np.isnan(empty.mean_intensity["030T"])
    sparse = mc.Graph.from_edges([0, 99_999], [99_999, 50_000], 100_000, weights=[1.0, 1.0])
    assert mc.intensity(sparse, by_node=True).by_node.total_intensity["021C"].sum() == 3


def test_signs():
    signed = weighted() * np.random.default_rng(1).choice([-1, 1], (120, 120))
    graph = mc.Graph(signed, weights=True)
    assert mc.intensity(graph, absolute=True) is not None
    assert dict(mc.intensity(graph, absolute=True).total_intensity) == dict(mc.intensity(abs(signed)).total_intensity)
    with pytest.raises(ValueError, match=r"must be positive, and that from \d+ to \d+ is -.*absolute=True"):
        mc.intensity(graph)
    with pytest.raises(ValueError, match="from 'a' to 'b' is -1"):
        mc.intensity(mc.Graph.from_edges(["a"], ["b"], weights=[-1]))
    with pytest.raises(ValueError, match="a graph whose edges have weights"):
        mc.intensity(mc.Graph(signed))


def test_frames_and_text():
    found = mc.intensity(weighted(), by_node=True)
    frame = found.to_frame()
    assert list(frame.columns) == ["count", "intensity", "coherence"]
    assert frame.loc["030T", "intensity"] == found.total_intensity["030T"] / found.counts["030T"]
    by_node = found.to_frame(by_node=True, nodes=[f"n{k}" for k in range(120)])
    assert by_node.loc["n3", "030T coherence"] == found.by_node.total_coherence["030T"][3]
    assert f"{found.counts['030T']:,}" in repr(found)
    with pytest.raises(ValueError, match="were not asked for"):
        mc.intensity(weighted()).to_frame(by_node=True)
    with pytest.raises(ValueError, match="nodes must be None"):
        found.to_frame(nodes=range(120))
