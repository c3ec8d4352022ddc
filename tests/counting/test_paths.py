"""Paths and effective nodes against enumeration, products of matrices and clean-up; blocks against NetworkX and SVD."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import motifcount as mc
from support.strategies import digraphs, layered_dags, nets


@settings(max_examples=50)
@given(st.data(), layered_dags())
def test_paths_are_those_that_networkx_enumerates(data, drawn):
    dag, layers = drawn
    graph = dag.graph(layers)
    ends = [sorted(data.draw(st.sets(st.integers(0, dag.n - 1)))) if dag.n else [] for _ in range(2)]
    arcs = nx.DiGraph(list(dag.arcs))
    arcs.add_nodes_from(range(dag.n))
    paths = [p for s in ends[0] for t in ends[1] for p in ([[s]] if s == t else nx.all_simple_paths(arcs, s, t))]
    found = mc.count_paths(graph, *ends)
    assert found.total == len(paths)
    through = np.bincount([v for path in paths for v in path], minlength=dag.n)
    assert found.through.tolist() == through.tolist()
    assert found.is_effective.tolist() == (through > 0).tolist()


@settings(max_examples=50)
@given(nets())
def test_of_networks_they_are_products_of_masks(net):
    graph = net.graph()
    product = np.array(1)
    for k, layer in enumerate(graph.to_layers()):
        product = layer.toarray().astype(object) if k == 0 else product @ layer.toarray().astype(object)
    assert mc.count_paths(graph).total == product.sum()
    cleaned = graph.drop_ineffective()
    hidden = (cleaned.layers > 0) & (cleaned.layers < cleaned.layers.max(initial=0))
    if graph.biases is None:
        effective = mc.count_paths(graph).is_effective
        assert effective[(graph.layers > 0) & (graph.layers < graph.layers.max(initial=0))].sum() == hidden.sum()


def test_numbers_of_any_length():
    width, depth = 40, 30
    graph = mc.Graph.from_layers([np.ones((width, width))] * depth)
    found = mc.count_paths(graph)
    assert found.total == width ** (depth + 1)
    assert set(found.through.tolist()) == {width**depth}
    assert repr(found).endswith("effective nodes=1,240 of 1,240)")


def test_biases_and_skips():
    graph = mc.Graph.from_layers([np.ones((2, 2)), np.ones((2, 1))], [np.ones(2), None])
    assert mc.count_paths(graph).total == 4
    skip = mc.Graph.from_edges([0, 1, 0], [1, 2, 2], layers=[0, 1, 2])
    assert mc.count_paths(skip).total == 2
    assert mc.count_paths(mc.Graph(np.zeros((0, 0)), layers=[])).total == 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: mc.count_paths(np.roll(np.eye(3), 1, 1), [0], [1]), ValueError, "without directed cycles"),
        (lambda: mc.count_paths(np.eye(3, k=1)), ValueError, "sources must be given"),
        (lambda: mc.count_paths(np.eye(3, k=1), [0]), ValueError, "targets must be given"),
        (lambda: mc.count_paths(np.eye(3, k=1), [3], [0]), ValueError, "sources must be a list of nodes from 0 to 2"),
        (lambda: mc.count_paths(np.eye(3, k=1), [0.5], [0]), TypeError, "sources must hold numbers of nodes"),
        (lambda: mc.block_measures(np.eye(3)), ValueError, "block_measures needs a layered graph"),
    ],
)
def test_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


# ---- blocks ------------------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(st.data(), digraphs(max_nodes=12))
def test_blocks_against_networkx_and_singular_values(data, drawn):
    layers = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=drawn.n, max_size=drawn.n)), int)
    found = mc.block_measures(drawn.graph(layers))
    matrix = np.zeros((drawn.n, drawn.n), int)
    for u, v in drawn.arcs:
        matrix[u, v] = 1
    labels = sorted(set(layers.tolist()))
    expected = {}
    for a in labels:
        for b in labels:
            block = matrix[np.ix_(layers == a, layers == b)]
            if a != b and block.any():
                expected[a, b] = block
    assert set(found) == set(expected)
    for key, block in expected.items():
        assert found[key].n_edges == block.sum()
        assert found[key].fourth_moment == round((np.linalg.svd(block.astype(float))[1] ** 4).sum())
        bipartite = nx.bipartite.from_biadjacency_matrix(sp.csr_array(block))
        clustering = nx.bipartite.robins_alexander_clustering(bipartite)
        assert clustering == pytest.approx(found[key].clustering if found[key].zigzags else 0)


def test_of_a_module_only_weights_count():
    torch = pytest.importorskip("torch")
    net = torch.nn.Linear(3, 3)

    class Residual(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = net, torch.nn.Linear(3, 2)

        def forward(self, x):
            return self.b(x + self.a(x))

    graph = mc.Graph.from_module(Residual(), bias=True)
    assert graph.pinned_layers == (2,)
    assert {key: block.n_edges for key, block in mc.block_measures(graph).items()} == {(0, 1): 9, (2, 3): 6}
    assert mc.count_paths(graph).total == 9 * 2 + 3 * 2
