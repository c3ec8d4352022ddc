"""Size 4 on any digraph: equal to brute force, to igraph and to closed forms; layered graphs to their own counter."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from math import comb

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given

import motifcount as mc
from motifcount.motifs.families import TETRADS
from support import oracles
from support.strategies import nets
from support.tetrads import digraphs, every_four, is_connected, name_of, nonzero


def brute_force(matrix):
    return Counter(name for _, name in every_four(matrix))


def test_every_digraph_of_four_nodes():
    seen = set()
    for arcs, matrix in oracles.every_digraph(4):
        counts = mc.count(matrix, 4)
        expected = {name_of(arcs): 1} if is_connected(arcs) else {}
        assert nonzero(counts) == expected
        seen |= set(expected)
    assert seen == set(mc.CLASSES[4])
    assert len(seen) == 199


@given(digraphs())
def test_equals_brute_force(matrix):
    assert nonzero(mc.count(matrix, 4)) == brute_force(matrix)


@given(digraphs(most=6))
def test_subgraph_counts_equal_brute_force(matrix):
    """Every placement of a class whose arcs are all there, over its automorphisms."""
    counts = mc.count(matrix, 4, induced=False)
    arcs = oracles.arcs_of(matrix)
    for name in counts:
        template = mc.ARCS[name]
        same = sum(frozenset((order[u], order[v]) for u, v in template) == template for order in permutations(range(4)))
        placed = sum(
            all((nodes[u], nodes[v]) in arcs for u, v in template) for nodes in permutations(range(len(matrix)), 4)
        )
        assert counts[name] == placed // same


def of_igraph(matrix):
    """igraph enumerates; its classes are told by their numbers."""
    graph = igraph.Graph.Adjacency(matrix.astype(int).tolist())
    found = graph.motifs_randesu(size=4, cut_prob=[0] * 4)
    classes = [igraph.Graph.Isoclass(4, k, directed=True).get_edgelist() for k in range(len(found))]
    return {name_of(arcs): int(n) for arcs, n in zip(classes, found, strict=True) if is_connected(arcs) and n}


@pytest.mark.parametrize(("n", "density"), [(40, 0.02), (40, 0.1), (60, 0.05), (30, 0.6), (18, 0.95)])
@pytest.mark.parametrize("mutual", [0, 0.5])
def test_equals_igraph(n, density, mutual, num_threads):
    rng = np.random.default_rng(n)
    matrix = rng.random((n, n)) < density * np.linspace(2, 0, n)[:, None]
    matrix |= matrix.T & (rng.random((n, n)) < mutual)
    np.fill_diagonal(matrix, False)
    assert nonzero(mc.count(matrix, 4, num_threads=num_threads)) == of_igraph(matrix)


@pytest.mark.parametrize("name", ["ecoli", "yeast"])
def test_transcription_networks_equal_igraph(shared_data, name):
    graph = mc.read_graph(shared_data / "milo" / f"{name}.tsv")
    assert nonzero(mc.count(graph, 4)) == of_igraph(graph.to_scipy().toarray() != 0)


@given(nets())
def test_layered_graphs_have_the_counts_of_their_own_counter(net):
    graph = net.graph()
    layered = mc.count(graph, 4)
    assert tuple(layered) == mc.LAYERED_TETRADS
    loop = [(0, 1), (1, 2), (2, 0)]  # three more nodes: not layered any more, and no four of them are connected
    arcs = [(u + 3, v + 3) for u, v in zip(*graph.to_scipy().nonzero(), strict=True)] + loop
    any_graph = mc.count(mc.Graph.from_edges(*zip(*arcs, strict=True), graph.n_nodes + 3), 4)
    assert tuple(any_graph) == mc.CLASSES[4]
    assert nonzero(any_graph) == nonzero(layered)
    assert {name: layered[name] for name in mc.CLASSES[4]} == any_graph  # others read as 0


def test_classes_that_a_layered_graph_cannot_hold_read_as_zero():
    counts = mc.count([np.ones((2, 2))], (2, 4), by_block=True)
    assert (counts["bifan"], counts["204"], counts["30"], counts.get("4740")) == (1, 1, 0, 0)
    assert counts.by_block["30"] == {}
    assert "204" in counts
    assert "30" not in counts
    assert len(counts) == 13
    with pytest.raises(KeyError):
        counts["030T"]


@given(digraphs(), digraphs())
def test_reversal_and_disjoint_union(one, two):
    counts = mc.count(one, 4)
    turned = mc.count(one.T, 4)
    assert all(turned[name] == counts[TETRADS.reversed[name]] for name in mc.CLASSES[4])
    both = mc.count(sp.block_diag([sp.csr_array(one), sp.csr_array(two)]), 4)
    other = mc.count(two, 4)
    assert {name: both[name] for name in mc.CLASSES[4]} == {name: counts[name] + other[name] for name in mc.CLASSES[4]}


@given(digraphs(most=12))
def test_complement(matrix):
    counts, opposite = mc.count(matrix, 4), mc.count(~matrix, 4)
    for name, other in TETRADS.complement.items():
        assert counts[name] == opposite[other]


@pytest.mark.slow
def test_complete_digraphs_and_stars():
    assert nonzero(mc.count(np.ones((500, 500)), 4)) == {"31710": comb(500, 4)}
    n = 4 * 10**6
    leaves = np.arange(1, n + 1)
    star = mc.Graph.from_edges(np.append(np.zeros(n, int), [1]), np.append(leaves, [0]), n + 1)
    assert nonzero(mc.count(star, 4)) == {"out_star": comb(n - 1, 3), "30": comb(n - 1, 2)}
    assert comb(n - 1, 3) > 2**63


def test_sizes_share_a_call():
    matrix = np.triu(np.ones((9, 9)), 1)
    assert mc.count(matrix, (2, 3, 4)) == {**mc.count(matrix, (2, 3)), **mc.count(matrix, 4)}


def test_networkx_graphs_are_counted():
    loop = nx.cycle_graph(4, create_using=nx.DiGraph)
    assert nonzero(mc.count(loop, 4)) == {"4740": 1}
