"""Figures that others published or measured, on real networks. Skipped where the data is not at hand."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import motifcount as mc

# Milo et al., Science 298, 824 (2002): random mean and deviation, Z; each node keeps its mutual edges.
MILO = {
    "ecoli": {"observed": 40, "mean": 7, "std": 3, "z": 10},
    "yeast": {"observed": 70, "mean": 11, "std": 4, "z": 14},  # theirs is slightly smaller: 1052 of 1079 edges
}


@pytest.fixture(scope="module", params=MILO)
def transcription(request, shared_data):
    """A transcription network, what was published on its feed-forward loops, and 500 samples."""
    graph = mc.Graph.from_edges(*np.loadtxt(shared_data / "milo" / f"{request.param}.tsv", dtype=int).T)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "the graph has ")
        result = mc.significance(graph, mc.nulls.Degree(keep_mutual=True), size=(2, 3), samples=500, seed=1)
    return MILO[request.param], result


def test_feed_forward_loops_are_as_frequent_as_published(transcription):
    published, result = transcription
    assert result.observed["feed_forward_loop"] == published["observed"]
    assert abs(result.mean["030T"] - published["mean"]) < published["std"]
    assert result.std["030T"] == pytest.approx(published["std"], abs=1)
    assert result.z["030T"] == pytest.approx(published["z"], rel=0.15)
    assert result.p_over["030T"] == 1 / 501


def test_feed_forward_loops_are_one_finding(transcription):
    """Every node keeps its degrees, so open triads follow from closed ones; mutual edges are kept."""
    _, result = transcription
    assert result.status["030T"] == "varies"
    assert result.status["021D"] == result.status["021U"] == result.status["021C"] == "dependent"
    assert result.z["021C"] < -5
    assert {result.status[name] for name in mc.CLASSES[2]} == {"fixed"}


@pytest.fixture(scope="module")
def controller(shared_data):
    """One real flight controller pruned to 7 % of its weights, cleaned, without biases."""
    with np.load(shared_data / "moth_masks" / "prune_0.93.npz") as arrays:
        return mc.Graph.from_layers([arrays[f"mask{k}"] for k in range(5)]).drop_ineffective()


def test_a_controller_beyond_its_degrees(controller):
    """Others measured 8.9 for the bi-fan and 8.2 for the bi-parallel with a degree-preserving null model."""
    result = mc.significance(controller, size=(2, 3, 4), samples=300, seed=1)
    settled = (*mc.CLASSES[2], *mc.CLASSES[3], "out_star", "in_star", "y_out", "y_in")
    assert {name for name, status in result.status.items() if status == "fixed"} == set(settled)
    for name, z in {"bifan": 8.9, "biparallel": 8.2}.items():
        assert abs(result.z[name] - z) < 4 * result.z_error[name]
        assert result.z_error[name] < 0.6
        assert result.p_over[name] == 1 / 301
        assert result.p_adjusted[name] < 0.01


@pytest.mark.parametrize("null", ["edge_count", "cover"])
def test_a_controller_against_random_wiring(controller, null):
    """Without the degrees, 146 to 175 were measured for the bi-fan."""
    result = mc.significance(controller, null, size=4, samples=300, seed=1)
    assert 130 < result.z["bifan"] < 185
    assert 90 < result.z["biparallel"] < 150
    assert result.z_error["bifan"] > 3  # a z of 150 is not known better from 300 samples


def test_the_exact_z_of_a_controller(controller):
    exact = mc.significance(controller, "edge_count", size=4, samples=0)
    sampled = mc.significance(controller, "edge_count", size=4, samples=300, seed=1)
    assert exact.z["bifan"] == pytest.approx(152.9, abs=0.05)
    for name in mc.LAYERED_TETRADS:
        assert abs(sampled.z[name] - exact.z[name]) < 4 * sampled.z_error[name], name
