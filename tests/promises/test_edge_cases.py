"""The smallest and the emptiest graphs are valid input everywhere."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc

UNLAYERED = {
    "no-nodes": np.zeros((0, 0)),
    "no-nodes-sparse": sp.csr_array((0, 0)),
    "one-node": np.ones((1, 1)),
    "two-nodes": np.ones((2, 2)),
    "no-edges": sp.coo_array((5, 5)),
    "only-loops": np.eye(4),
    "only-zeros": sp.csr_array((np.zeros(2), ([0, 1], [1, 2])), shape=(3, 3)),
}
LAYERED = {
    "no-inputs": [np.zeros((0, 3)), np.ones((3, 2))],
    "no-hidden": [np.zeros((3, 0)), np.zeros((0, 2))],
    "no-outputs": [np.ones((3, 2)), np.zeros((2, 0))],
    "no-units": [np.zeros((0, 0))],
    "no-edges": [np.zeros((3, 2)), np.zeros((2, 3))],
    "one-edge": [np.ones((1, 1))],
}


@pytest.mark.parametrize(
    "adj", [*UNLAYERED.values(), *LAYERED.values()], ids=[*UNLAYERED, *(f"masks-{k}" for k in LAYERED)]
)
def test_everything_works(adj):
    graph = mc.Graph(adj)
    n, m = graph.n_nodes, graph.n_edges
    counts = mc.count(adj, num_threads=2)
    assert counts["asymmetric"] + 2 * counts["mutual"] == m
    assert sum(counts[name] for name in mc.CLASSES[3]) == comb(n, 3)
    assert mc.endpoint_pairs(graph, 1) == m
    assert (graph.in_degrees().sum(), graph.out_degrees().sum(), graph.to_scipy().nnz) == (m, m, m)
    assert graph.to_networkx().number_of_edges() == m
    for null in ("degree", "edge_count"):
        assert mc.randomize(adj, null, seed=1).n_edges == m
        assert mc.significance(adj, null, size=(2, 3), samples=3, seed=1).observed == counts
    assert repr(counts)
    assert "n_nodes" in repr(graph)


@pytest.mark.parametrize("masks", LAYERED.values(), ids=LAYERED)
def test_networks_count_tetrads_and_blocks(masks):
    counts = mc.count(masks, (2, 3, 4), by_block=True)
    assert counts == mc.count(mc.Graph(masks).to_scipy(), (2, 3, 4))
    assert {name: sum(blocks.values()) for name, blocks in counts.by_block.items()} == counts
    assert mc.significance(masks, size=4, samples=3, seed=1).observed == mc.count(masks, 4)


@pytest.mark.parametrize("masks", LAYERED.values(), ids=LAYERED)
def test_networks_can_be_cleaned(masks):
    clean = mc.Graph(masks).drop_ineffective()
    assert clean.drop_ineffective() == clean
    ends = len(masks[0]) + masks[-1].shape[1]
    assert clean.n_nodes == ends
    assert clean.n_edges == (1 if len(masks) == 1 and ends == 2 else 0)


@pytest.mark.parametrize("layers", ["infer", []])
def test_layers_of_nothing(layers):
    graph = mc.Graph(np.zeros((0, 0)), layers=layers)
    assert graph.layers.tolist() == []
    assert graph.to_layers() == []
    assert graph.drop_ineffective() == graph
    assert graph.is_strictly_layered()
