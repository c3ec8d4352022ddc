"""Counts as the study's authors define them, by brute force and on their own networks."""

from __future__ import annotations

import json
from math import comb

import numpy as np
import pytest
from hypothesis import given

import motifcount as mc
from motifcount.study import conventions
from support.strategies import nets


@given(nets())
def test_counts_by_their_definitions(net):
    graph = net.graph()
    dense = graph.to_scipy().toarray()
    out, into = dense.sum(axis=1).tolist(), dense.sum(axis=0).tolist()
    n = graph.n_nodes
    shared = dense @ dense.T
    expected = {
        "2nd-order diverging": sum(comb(k, 2) for k in out),
        "2nd-order converging": sum(comb(k, 2) for k in into),
        "2nd-order chain": np.count_nonzero(dense @ dense),
        "3rd-order diverging": sum(comb(k, 3) for k in out),
        "3rd-order converging": sum(comb(k, 2) for k in into if k >= 3),
        "3rd-order chain": np.count_nonzero(dense @ dense @ dense),
        "bi-fan": sum(comb(int(shared[i, j]), 2) for i in range(n) for j in range(i)),
        "bi-parallel": sum(comb(int(k), 2) for k in (dense @ dense).ravel()),
    }
    assert conventions.counts(graph)["theirs"] == expected
    correct = conventions.counts(graph)["correct"]
    assert correct["3rd-order converging"] == sum(comb(k, 3) for k in into)
    assert correct["2nd-order chain"] == (dense @ dense).sum()
    assert correct["3rd-order chain"] == (dense @ dense @ dense).sum()


AUTHORS = {
    "2nd-order diverging": "SODM",
    "2nd-order converging": "SOCM",
    "2nd-order chain": "SOChain",
    "3rd-order diverging": "TODM",
    "3rd-order converging": "TOCM_authors",
    "3rd-order chain": "TOChain",
    "bi-fan": "BIFAN",
    "bi-parallel": "BIPAR",
}


@pytest.mark.parametrize("name", ["prune_0.75", "prune_0.93"])
@pytest.mark.parametrize("bias", [False, True])
def test_the_authors_own_figures(shared_data, name, bias):
    expected = json.loads((shared_data / "moth_masks" / "expected_counts.json").read_text())[name]
    graph = mc.files.read_graph(shared_data / "moth_masks" / f"{name}.npz", bias=bias)
    for kind, variant in (("raw", graph), ("clean", graph.drop_ineffective())):
        theirs = expected[f"{kind}_{'bias' if bias else 'nobias'}"]["authors"]
        found = conventions.counts(variant)["theirs"]
        assert {motif: found[motif] for motif in AUTHORS} == {motif: theirs[key] for motif, key in AUTHORS.items()}


def test_z_scores_of_a_network_that_is_out_of_line():
    """One hub that feeds everything, against blocks where every node is covered alike."""
    mask = np.zeros((12, 12), dtype=bool)
    mask[0] = True
    mask[np.arange(12), np.arange(12)] = True
    graph = mc.Graph([mask, np.eye(12), np.ones((12, 2))])
    scores = conventions.z_scores(graph, 60, seed=1)
    assert scores == conventions.z_scores(graph, 60, seed=1)
    assert list(scores) == list(conventions.CONVENTIONS)
    assert scores["2nd-order diverging"]["correct"] > 5
    assert scores["2nd-order diverging"]["theirs"] == scores["2nd-order diverging"]["correct"]
    assert scores["2nd-order chain"]["theirs"] != scores["2nd-order chain"]["correct"]
