"""Real networks against counts that other programs made. Skipped where the data is not at hand."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

import motifcount as mc

PRUNED = ["prune_0.45", "prune_0.75", "prune_0.90", "prune_0.93", "prune_0.96"]
VARIANTS = ["raw_nobias", "raw_bias", "clean_nobias", "clean_bias"]
NAMES = {
    "021D": "diverge2",
    "021U": "converge2",
    "021C": "chain2",
    "out_star": "out_star3",
    "in_star": "in_star3",
    "chain4": "chain3",
    "y_out": "y_out_1in2out",
    "y_in": "y_in_2in1out",
}


@pytest.fixture(scope="module", params=PRUNED)
def masks(request, shared_data):
    with np.load(shared_data / "moth_masks" / f"{request.param}.npz") as arrays:
        loaded = [[arrays[f"{kind}{k}"] for k in range(5)] for kind in ("mask", "bias")]
    expected = json.loads((shared_data / "moth_masks" / "expected_counts.json").read_text())
    return *loaded, expected[request.param]


@pytest.fixture(scope="module", params=VARIANTS)
def controller(request, masks):
    """A flight controller as a graph, with what is known about it."""
    kept, biases, expected = masks
    graph = mc.Graph.from_layers(kept, biases if request.param.endswith("_bias") else None)
    return graph.drop_ineffective() if request.param.startswith("clean") else graph, expected[request.param]


def test_controllers_have_the_known_counts(controller):
    graph, known = controller
    assert graph.n_edges == known["counts"]["edges"]
    counts = mc.count(graph)
    assert {name: counts[name] for name in NAMES if name in counts} == {
        name: known["counts"][NAMES[name]] for name in NAMES if name in counts
    }
    closed = set(mc.CLASSES[3]) - {"003", "012", "021D", "021U", "021C"}
    assert {counts[name] for name in closed} == {known["counts"]["other3"]} == {0}


@pytest.mark.parametrize("induced", [True, False])
def test_controllers_have_the_known_tetrads(controller, induced):
    graph, known = controller
    expected = known["counts"]["induced4" if induced else "noninduced4"]
    found = mc.count(graph, 4, induced=induced)
    assert found == {name: expected[NAMES.get(name, name)] for name in mc.LAYERED_TETRADS}


def test_controllers_have_the_authors_figures(controller):
    graph, known = controller
    authors = known["authors"]
    counts = mc.count(graph, (3, 4))
    figures = {"SODM": "021D", "SOCM": "021U", "TODM": "out_star", "TOCM_correct": "in_star", "BIFAN": "bifan"}
    assert {key: counts[name] for key, name in figures.items()} == {key: authors[key] for key in figures}
    assert graph.n_edges == authors["FOM"]
    assert mc.endpoint_pairs(graph, 2) == authors["SOChain"]
    assert mc.endpoint_pairs(graph, 3) == authors["TOChain"]


def test_controllers_keep_the_known_edges_by_layer(controller):
    graph, known = controller
    weights = [mask.nnz for mask in graph.to_layers()]
    biases = [0 if bias is None else int(bias.sum()) for bias in graph.biases or [None] * 5]
    assert [list(pair) for pair in zip(weights, biases, strict=True)] == known["authors"]["FOMList"]


def test_controllers_have_the_known_live_nodes(controller):
    graph, known = controller
    senders = np.bincount(graph.layers[graph.out_degrees() > 0], minlength=6).tolist()
    receivers = np.bincount(graph.layers[graph.in_degrees() > 0], minlength=6).tolist()
    assert senders[:5] == known["authors"]["numFC"][:5]
    assert receivers == known["authors"]["numFCUS"]


MILO = {
    "ecoli": ((419, 519), {"030T": 40, "021D": 4760, "021U": 226, "021C": 162}),
    "yeast": (
        (688, 1079),
        {"030T": 70, "021D": 11878, "021U": 889, "021C": 293, "111U": 18, "120D": 1, "120C": 1, "mutual": 1},
    ),
}


@pytest.mark.parametrize("name", MILO)
def test_transcription_networks(shared_data, name):
    (n_nodes, n_edges), expected = MILO[name]
    graph = mc.Graph.from_edges(*np.loadtxt(shared_data / "milo" / f"{name}.tsv", dtype=int).T)
    assert int((graph.in_degrees() + graph.out_degrees() > 0).sum()) == n_nodes
    assert graph.n_edges == n_edges
    counts = mc.count(graph)
    assert {key: counts[key] for key in expected} == expected
    if name == "yeast":
        assert mc.count(graph, 3, induced=False)["030T"] == 73


WIKI_VOTE = {
    "003": 59302615490,
    "012": 669765316,
    "102": 19688797,
    "021D": 5796637,
    "021U": 3232664,
    "021C": 2746838,
    "111D": 357461,
    "111U": 558525,
    "030T": 462715,
    "030C": 6795,
    "201": 28288,
    "120D": 45559,
    "120U": 58259,
    "120C": 17667,
    "210": 15275,
    "300": 2119,
}


def test_wiki_vote(shared_data, num_threads):
    with gzip.open(shared_data / "wiki-Vote.tsv.gz") as file:
        graph = mc.Graph.from_edges(*np.loadtxt(file, dtype=int).T)
    assert (graph.n_nodes, graph.n_edges) == (7115, 103_689)
    assert mc.count(graph, 3, num_threads=num_threads) == WIKI_VOTE
