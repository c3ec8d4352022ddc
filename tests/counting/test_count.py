"""Dyads and triads: equal to brute force, NetworkX and igraph, and bound by the identities of the census."""

from __future__ import annotations

from math import comb

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support import oracles
from support.matrices import random_matrix
from support.strategies import at_most, digraphs

REVERSED = {"021D": "021U", "111D": "111U", "120D": "120U"}
REVERSED |= {new: old for old, new in REVERSED.items()}
COMPLEMENT = {"003": "300", "012": "210", "102": "201", "021C": "120C", "021D": "120U", "021U": "120D"}
COMPLEMENT |= {new: old for old, new in COMPLEMENT.items()}


def by_networkx(n, arcs):
    graph = nx.DiGraph(list(arcs))
    graph.add_nodes_from(range(n))
    return nx.triadic_census(graph)


def by_igraph(n, arcs):
    graph = igraph.Graph(n, sorted(arcs), directed=True)
    dyads = dict(zip(mc.CLASSES[2], graph.dyad_census(), strict=True))
    return dyads | dict(zip(mc.CLASSES[3], graph.triad_census(), strict=True))  # both in M-A-N order


@given(digraphs())
def test_equals_brute_force(drawn):
    assert mc.count(drawn.graph(), 2) == oracles.counts(drawn.n, drawn.arcs, 2)
    assert mc.count(drawn.graph(), 3) == oracles.counts(drawn.n, drawn.arcs, 3)


@given(digraphs(max_nodes=8))
def test_subgraph_counts_equal_brute_force(drawn):
    for size in (2, 3):
        expected = oracles.counts(drawn.n, drawn.arcs, size, induced=False)
        assert mc.count(drawn.graph(), size, induced=False) == expected


@given(digraphs(max_nodes=20))
def test_equals_networkx(drawn):
    assert mc.count(drawn.graph(), 3) == by_networkx(drawn.n, drawn.arcs)


@given(digraphs(max_nodes=20).filter(lambda drawn: drawn.n >= 3))
def test_equals_igraph(drawn):
    assert mc.count(drawn.graph()) == by_igraph(drawn.n, drawn.arcs)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_every_digraph_on_up_to_four_nodes(n):
    for arcs, matrix in oracles.every_digraph(n):
        counted = mc.count(matrix, num_threads=1)
        assert counted == oracles.counts(n, arcs, 2) | oracles.counts(n, arcs, 3), arcs


@pytest.mark.slow
@pytest.mark.parametrize(("n", "density"), [(60, 0.05), (300, 0.3), (2000, 0.002), (40_000, 5e-5)])
def test_large_graphs_equal_igraph_for_all_threads(n, density):
    matrix = random_matrix(n, density, seed=n)
    expected = by_igraph(n, zip(*(ends.tolist() for ends in matrix.nonzero()), strict=True))
    for num_threads in (1, 2, 3, 7):
        assert mc.count(matrix, num_threads=num_threads) == expected


@given(digraphs())
def test_reversal_swaps_up_and_down(drawn):
    graph = drawn.graph()
    turned = mc.count(graph.to_scipy().T, 3)
    assert {REVERSED.get(name, name): count for name, count in turned.items()} == mc.count(graph, 3)


@given(digraphs())
def test_complement_swaps_classes(drawn):
    matrix = drawn.graph().to_scipy().toarray()
    other = mc.count(1 - matrix - np.eye(drawn.n, dtype=int), (2, 3))
    renamed = COMPLEMENT | {"mutual": "null", "null": "mutual"}
    assert {renamed.get(name, name): count for name, count in other.items()} == mc.count(matrix)


@given(digraphs(max_nodes=40))
def test_classes_add_up(drawn):
    counts = mc.count(drawn.graph())
    assert sum(counts[name] for name in mc.CLASSES[2]) == comb(drawn.n, 2)
    assert sum(counts[name] for name in mc.CLASSES[3]) == comb(drawn.n, 3)
    for digit, dyad in enumerate(mc.CLASSES[2]):  # each dyad lies in n - 2 triads; names tell their M, A and N
        in_triads = sum(int(name[digit]) * counts[name] for name in mc.CLASSES[3])
        assert in_triads == counts[dyad] * max(drawn.n - 2, 0)


@given(digraphs(max_nodes=9), digraphs(max_nodes=9))
def test_disjoint_union(one, two):
    both = mc.count(sp.block_diag([one.graph().to_scipy(), two.graph().to_scipy()]))
    a, b = mc.count(one.graph()), mc.count(two.graph())
    expected = {name: a[name] + b[name] for name in mc.CLASSES[3]}
    for dyad, triad in (("null", "003"), ("asymmetric", "012"), ("mutual", "102")):
        expected[triad] += a[dyad] * two.n + b[dyad] * one.n
    expected["003"] += one.n * comb(two.n, 2) + two.n * comb(one.n, 2) - comb(one.n, 2) * two.n - comb(two.n, 2) * one.n
    assert {name: both[name] for name in mc.CLASSES[3]} == expected


@given(digraphs(), st.randoms(use_true_random=False))
def test_node_order_does_not_matter(drawn, random):
    order = list(range(drawn.n))
    random.shuffle(order)
    src, dst = [order[u] for u, _ in drawn.edges], [order[v] for _, v in drawn.edges]
    assert mc.count(mc.Graph.from_edges(src, dst, drawn.n)) == mc.count(drawn.graph())


@at_most(20)
@given(digraphs(max_nodes=30))
def test_threads_do_not_matter(drawn):
    graph = drawn.graph()
    results = [mc.count(graph, num_threads=k) for k in (1, 2, 3, 7)]
    assert all(result == results[0] for result in results)


@given(digraphs())
def test_index_types_do_not_matter(drawn):
    narrow = drawn.graph().to_scipy()
    wide = narrow.copy()
    wide.indptr, wide.indices = narrow.indptr.astype(np.int64), narrow.indices.astype(np.int64)
    for induced in (True, False):
        assert mc.count(wide, induced=induced) == mc.count(narrow, induced=induced)


@given(digraphs(max_nodes=10), st.integers(1, 5))
def test_endpoint_pairs_equal_brute_force(drawn, length):
    assert mc.endpoint_pairs(drawn.graph(), length) == oracles.pairs_joined(drawn.n, drawn.arcs, length)
