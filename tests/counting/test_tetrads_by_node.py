"""Size 4 by node: equal to brute force, whatever the place of the node in the motif."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given

import motifcount as mc
from motifcount.motifs.families import TETRADS
from support.strategies import nets
from support.tetrads import digraphs, every_four, nonzero


def brute_force(matrix):
    found = {name: np.zeros(len(matrix), np.int64) for name in mc.CLASSES[4]}
    for nodes, name in every_four(matrix):
        found[name][nodes] += 1
    return found


@given(digraphs())
def test_equals_brute_force(matrix):
    counts = mc.count(matrix, 4, by_node=True)
    expected = brute_force(matrix)
    assert nonzero(counts) == nonzero(mc.count(matrix, 4))
    for name in mc.CLASSES[4]:
        assert counts.by_node[name].tolist() == expected[name].tolist(), name


@given(digraphs(most=6))
def test_subgraph_counts_follow_from_induced_ones(matrix):
    induced, subgraph = (mc.count(matrix, 4, induced=flag, by_node=True) for flag in (True, False))
    table = np.column_stack([induced.by_node[name] for name in mc.CLASSES[4]])
    expected = table @ TETRADS.containment().T.astype(np.int64)
    assert np.column_stack([subgraph.by_node[name] for name in mc.CLASSES[4]]).tolist() == expected.tolist()


@given(nets())
def test_layered_graphs_have_the_columns_of_the_ten(net):
    graph = net.graph()
    counts = mc.count(graph, (2, 4), by_node=True)
    expected = brute_force(graph.to_scipy().toarray())
    assert tuple(counts.by_node) == mc.CLASSES[2] + mc.LAYERED_TETRADS
    for name in mc.CLASSES[4]:
        assert counts.by_node[name].tolist() == expected[name].tolist()


@pytest.mark.slow
def test_a_column_adds_up_to_four_times_the_count(num_threads):
    """Rows of many words, several tasks, hubs of more than 64 links of each kind."""
    rng = np.random.default_rng(7)
    for n, density in ((400, 0.06), (260, 0.9)):
        matrix = rng.random((n, n)) < density * np.linspace(1.5, 0.2, n)[:, None]
        matrix |= matrix.T & (rng.random((n, n)) < 0.3)
        by_node = mc.count(matrix, (3, 4), by_node=True, num_threads=num_threads)
        whole = mc.count(matrix, (3, 4))
        assert by_node == whole
        assert all(by_node.by_node[name].sum() == 4 * whole[name] for name in mc.CLASSES[4])
        again = mc.count(matrix, 4, by_node=True, num_threads=1).by_node
        assert all((again[name] == by_node.by_node[name]).all() for name in mc.CLASSES[4])


def test_isolated_nodes_and_closed_forms():
    complete = np.zeros((70, 70))
    complete[5:, 5:] = 1
    counts = mc.count(complete, 4, by_node=True).by_node
    assert counts["31710"].tolist() == [0] * 5 + [comb(64, 3)] * 65
    star = mc.Graph.from_edges(np.zeros(10**5, int), np.arange(1, 10**5 + 1), 10**6)
    found = mc.count(star, 4, by_node=True).by_node["out_star"]
    assert (found[0], found[1], found[-1]) == (comb(10**5, 3), comb(10**5 - 1, 2), 0)


def test_more_nodes_than_the_counts_can_hold():
    path = np.arange(2**20 + 1)
    with pytest.raises(NotImplementedError, match=rf"size 4 by node or role.*{2**20} nodes with edges.*{2**20 + 1}"):
        mc.count(mc.Graph.from_edges(path, np.roll(path, 1)), 4, by_node=True)
