"""by_node: for every node, the motifs of each class that contain it."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from math import comb

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.counting import by_node as by_node_module
from motifcount.graph import access
from support import oracles
from support.matrices import random_matrix
from support.strategies import at_most, digraphs, layered_dags, nets, node_layers

IGRAPH_ORDER = [
    "003",
    "012",
    "021U",
    "102",
    "021C",
    "111D",
    "021D",
    "030T",
    "120D",
    "111U",
    "201",
    "030C",
    "120C",
    "120U",
    "210",
    "300",
]


def by_node(graph, size, **options):
    """Return the columns as lists, after checking that they add up to the counts of a call without them."""
    counts = mc.count(graph, size, by_node=True, **options)
    assert counts == mc.count(graph, size, **options)
    assert list(counts.by_node) == list(counts)
    assert all(column.dtype == np.int64 for column in counts.by_node.values())
    columns = {name: column.tolist() for name, column in counts.by_node.items()}
    assert {name: sum(column) for name, column in columns.items()} == {name: size * k for name, k in counts.items()}
    return columns


def brute_force(n, arcs, size, *, induced=True):
    found = (oracles.induced_motifs if induced else oracles.subgraph_motifs)(n, arcs, size)
    columns = {name: [0] * n for name in oracles.ARCS[size]}
    for (name, nodes), k in found.items():
        for v in nodes:
            columns[name][v] += k
    return columns


@given(digraphs())
def test_any_digraph_equals_brute_force(drawn):
    for size in (2, 3):
        assert by_node(drawn.graph(), size) == brute_force(drawn.n, drawn.arcs, size)


@given(digraphs(max_nodes=7))
def test_subgraph_counts_equal_brute_force(drawn):
    for size in (2, 3):
        expected = brute_force(drawn.n, drawn.arcs, size, induced=False)
        assert by_node(drawn.graph(), size, induced=False) == expected


@given(nets(max_width=3) | layered_dags(max_width=3).map(lambda dag: mc.Graph(dag[0].graph(), layers=dag[1])))
def test_layered_graphs_equal_brute_force(net):
    graph = net if isinstance(net, mc.Graph) else net.graph()
    arcs = oracles.arcs_of(graph.to_scipy().toarray())
    for size in (2, 3):
        assert by_node(graph, size) == brute_force(graph.n_nodes, arcs, size)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_every_digraph_on_up_to_four_nodes(n):
    for arcs, matrix in oracles.every_digraph(n):
        columns = mc.count(matrix, by_node=True, num_threads=1).by_node
        expected = brute_force(n, arcs, 2) | brute_force(n, arcs, 3)
        assert {name: column.tolist() for name, column in columns.items()} == expected, arcs


@given(digraphs(max_nodes=9))
def test_equals_networkx_triads_by_type(drawn):
    graph = nx.DiGraph(list(drawn.arcs))
    graph.add_nodes_from(range(drawn.n))
    expected = {name: [0] * drawn.n for name in mc.CLASSES[3]}
    for name, triads in nx.triads_by_type(graph).items():
        for v in (v for triad in triads for v in triad):
            expected[name][v] += 1
    assert by_node(graph, 3) == {name: [expected[name][v] for v in graph] for name in expected}


@given(digraphs(max_nodes=12))
def test_connected_triads_equal_igraph(drawn):
    found = Counter()

    def note(_, nodes, motif):
        for v in nodes:
            found[IGRAPH_ORDER[motif], v] += 1
        return False

    igraph.Graph(drawn.n, sorted(drawn.arcs), directed=True).motifs_randesu(3, [0, 0, 0], callback=note)
    columns = by_node(drawn.graph(), 3)
    connected = {name: columns[name] for name in mc.CLASSES[3][3:]}
    assert connected == {name: [found[name, v] for v in range(drawn.n)] for name in connected}


@given(digraphs(max_nodes=14), st.randoms(use_true_random=False))
def test_node_order_does_not_matter(drawn, random):
    order = list(range(drawn.n))
    random.shuffle(order)
    src, dst = [order[u] for u, _ in drawn.edges], [order[v] for _, v in drawn.edges]
    moved, columns = by_node(mc.Graph.from_edges(src, dst, drawn.n), 3), by_node(drawn.graph(), 3)
    assert {name: [column[order[v]] for v in range(drawn.n)] for name, column in moved.items()} == columns


@pytest.mark.slow
@pytest.mark.parametrize(("n", "density"), [(300, 0.3), (2000, 0.002), (40_000, 5e-5)])
def test_triangles_of_large_graphs_for_all_threads(n, density):
    """Each class of triangles, seen from a node, by sparse products of the parts of the matrix."""
    matrix = random_matrix(n, density, seed=n).astype(np.int64)
    mutual = matrix.multiply(matrix.T)
    single = matrix - mutual

    def closed(a, b, c):
        return (a @ b).multiply(c.T).sum(axis=1)  # walks v -> w by a, -> x by b, -> v by c

    expected = {
        "030C": closed(single, single, single),
        "300": closed(mutual, mutual, mutual) // 2,
        "210": closed(mutual, mutual, single) + closed(mutual, single, mutual) + closed(single, mutual, mutual),
    }
    first = mc.count(matrix, 3, by_node=True, num_threads=1)
    for name, column in expected.items():
        assert (first.by_node[name] == column).all(), name
    for num_threads in (2, 3, 7):
        again = mc.count(matrix, 3, by_node=True, num_threads=num_threads).by_node
        assert (again.to_numpy() == first.by_node.to_numpy()).all()
    assert first == mc.count(matrix, 3)


@at_most(20)
@given(digraphs(max_nodes=20))
def test_index_types_do_not_matter(drawn):
    narrow = drawn.graph().to_scipy()
    wide = narrow.copy()
    wide.indptr, wide.indices = narrow.indptr.astype(np.int64), narrow.indices.astype(np.int64)
    for induced in (True, False):
        assert by_node(wide, 3, induced=induced) == by_node(narrow, 3, induced=induced)


@given(st.data(), digraphs(max_nodes=8))
def test_by_block_and_by_node_together(data, drawn):
    layers = data.draw(node_layers(drawn.n).filter(bool))
    both = mc.count(drawn.graph(layers), by_block=True, by_node=True)
    assert both == mc.count(drawn.graph())
    assert both.by_block == mc.count(drawn.graph(layers), by_block=True).by_block
    assert (both.by_node.to_numpy() == mc.count(drawn.graph(), by_node=True).by_node.to_numpy()).all()


@given(st.data(), st.integers(1, 200), st.sampled_from([2, 2**40, 2**59]))
def test_columns_add_up_exactly(data, n, most):
    """Below the sum that fits 64 bits and above it."""
    column = data.draw(st.lists(st.integers(0, most), min_size=n, max_size=n))
    table = np.array([column, column[::-1]], dtype=np.int64).T
    assert by_node_module.exact_sums(table) == [sum(column)] * 2


@pytest.mark.slow
def test_nodes_without_rows_and_totals_beyond_64_bits():
    """Nodes without arcs are left out of the rows of this graph; the sum of a column passes 2**63."""
    n = 5_000_000
    graph = mc.Graph.from_edges([3, n - 2], [n - 2, 7], n)
    assert access.n_rows(graph) == 3
    counts = mc.count(graph, by_node=True)
    assert counts == mc.count(graph)
    assert 3 * counts["003"] > 2**63
    columns = counts.by_node
    assert {name: columns[name][[3, 7, n - 2, 5]].tolist() for name in ("021C", "012", "asymmetric", "null")} == {
        "021C": [1, 1, 1, 0],
        "012": [n - 3, n - 3, 2 * (n - 3), 2],
        "asymmetric": [1, 1, 2, 0],
        "null": [n - 2, n - 2, n - 3, n - 1],
    }
    assert columns["003"][5] == comb(n - 1, 2) - 2


def test_star_of_a_million_leaves():
    n = 1_000_000
    star = mc.Graph.from_edges(np.zeros(n, dtype=np.int64), np.arange(1, n + 1))
    columns = mc.count(star, 3, by_node=True).by_node
    assert columns["021D"][[0, 1, n]].tolist() == [comb(n, 2), n - 1, n - 1]
    assert columns["003"][[0, 1, n]].tolist() == [0, comb(n - 1, 2), comb(n - 1, 2)]


def test_columns_are_read_only_and_can_be_sent():
    counts = mc.count(np.eye(4, k=1), by_node=True)
    with pytest.raises(ValueError, match="read-only"):
        counts.by_node["021C"][0] = 1
    for other in (pickle.loads(pickle.dumps(counts)), copy.deepcopy(counts)):
        assert other == counts
        assert (other.by_node["chain"] == [1, 2, 2, 1]).all()
    assert "021C" in repr(mc.count(sp.csr_array((5000, 5000)), by_node=True).by_node)
    assert mc.count(np.eye(4, k=1)).by_node is None
    assert counts.by_node.to_numpy().shape == (19, 4)


def test_what_is_possible_is_named():
    with pytest.raises(NotImplementedError, match=rf"by_node.*{2**30 + 1} nodes; at most {2**30}"):
        mc.count(mc.Graph.from_edges([0], [1], 2**30 + 1), by_node=True)
    with pytest.raises(TypeError, match="by_node must be True or False, not 1"):
        mc.count(np.eye(4, k=1), by_node=1)
