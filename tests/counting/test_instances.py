"""Instances of motif classes: those of brute force and of networkx, in chunks, restricted, and by weight."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support import instances
from support.instances import rows_of
from support.strategies import at_most
from support.tetrads import digraphs

EVERY_CLASS = [name for size in (2, 3, 4) for name in mc.CLASSES[size]]


def hub_graph(n=60, seed=5):
    """Hubs, mutual arcs, and nodes without arcs at either end."""
    rng = np.random.default_rng(seed)
    density = np.sqrt(np.linspace(0.6, 0.01, n))
    matrix = rng.random((n, n)) < density[:, None] * density
    matrix |= matrix.T & (rng.random((n, n)) < 0.3)
    np.fill_diagonal(matrix, False)
    matrix[[0, -1]] = matrix[:, [0, -1]] = False
    return matrix


@pytest.mark.parametrize("size", [2, 3, 4])
@given(matrix=digraphs(least=2, most=6))
@at_most(12)
def test_all_of_every_class_equal_brute_force(size, matrix):
    expected = instances.instances_by_class(matrix, size)
    for name, rows in expected.items():
        assert rows_of(mc.find(matrix, name)) == rows, name


@given(matrix=digraphs(least=4, most=6), data=st.data())
@at_most(12)
def test_only_those_with_given_nodes_or_arcs(matrix, data):
    n = len(matrix)
    nodes = data.draw(st.lists(st.integers(0, n - 1), max_size=2))
    arcs = [tuple(arc) for arc in np.argwhere(matrix).tolist()]
    arcs = data.draw(st.lists(st.sampled_from(arcs), max_size=2)) if arcs else []
    size = data.draw(st.sampled_from([2, 3, 4]))
    for name, rows in instances.instances_by_class(matrix, size).items():
        with_nodes = [row for row in rows if set(row) & set(nodes)]
        with_arcs = [row for row in rows if any((row[i], row[j]) in arcs for i, j in mc.ARCS[name])]
        assert rows_of(mc.find(matrix, name, nodes=nodes)) == with_nodes
        assert rows_of(mc.find(matrix, name, arcs=arcs)) == with_arcs
        both = sorted(set(with_nodes) & set(with_arcs))
        assert rows_of(mc.find(matrix, name, nodes=nodes, arcs=arcs)) == both
        if nodes:
            assert rows_of(mc.find(matrix, name, nodes=nodes, limit=10**6, seed=1)) == with_nodes


@pytest.mark.parametrize(
    "name", ["030T", "021D", "201", "bifan", "biparallel", "chain4", "4740", "zigzag", "14", "31710"]
)
def test_equal_to_networkx(name):
    matrix = hub_graph(24)
    graph = nx.from_numpy_array(matrix, create_using=nx.DiGraph)
    expected = instances.instances_by_networkx(graph, name)
    assert rows_of(mc.find(graph, name)) == expected


@pytest.mark.parametrize("size", [2, 3, 4])
def test_as_many_as_are_counted_with_any_number_of_threads(size, num_threads):
    matrix = hub_graph()
    counts = mc.count(matrix, size)
    for name in [name for name in mc.CLASSES[size] if counts[name] < 200_000][:: 1 if size < 4 else 5]:
        found = mc.find(matrix, name, num_threads=num_threads)
        assert len(found) == counts[name] == len(np.unique(found, axis=0)), name
        one = mc.find(matrix, name, num_threads=1)
        assert (found == one).all(), name
        chunks = list(mc.find_chunks(matrix, name, 777, num_threads=num_threads))
        assert {len(chunk) for chunk in chunks[:-1]} <= {777}
        assert (np.concatenate([one[:0], *chunks]) == one).all(), name
        assert (mc.find(matrix, name, limit=5, num_threads=num_threads) == one[:5]).all()
        sampled = mc.find(matrix, name, limit=20, seed=3, num_threads=num_threads)
        assert (sampled == mc.find(matrix, name, limit=20, seed=3, num_threads=1)).all()
        assert len(np.unique(sampled, axis=0)) == min(20, counts[name])
        assert set(rows_of(sampled)) <= set(rows_of(one))


@pytest.mark.parametrize("name", ["mutual", "030T", "201", "bifan", "biparallel"])
@pytest.mark.parametrize("score", ["product", "minimum"])
def test_the_heaviest_come_first(name, score, num_threads):
    matrix = hub_graph(40)
    weights = np.where(matrix, np.random.default_rng(2).integers(-2, 5, matrix.shape), 0).astype(float)
    combine = np.prod if score == "product" else np.min
    arcs = sorted(mc.ARCS[name])

    def worth(row):
        return combine([weights[row[i], row[j]] for i, j in arcs])

    expected = sorted(map(tuple, mc.find(matrix, name).tolist()), key=lambda row: (-worth(row), row))
    options = {"score": score, "num_threads": num_threads}
    for given_weights in (weights, sp.csr_array(weights), weights[matrix]):
        found = mc.find(matrix, name, weights=given_weights, limit=50, **options)
        assert list(map(tuple, found.tolist())) == expected[:50]
    assert list(map(tuple, mc.find(matrix, name, weights=weights, **options).tolist())) == expected


def test_products_are_compared_beyond_the_range_of_floats():
    """As exact fractions are: products of up to 12 weights between 1e-300 and 1e300, of both signs."""
    rng = np.random.default_rng(5)
    matrix = ~np.eye(6, dtype=bool)
    weights = rng.choice([-1.0, 1.0], (6, 6)) * 10.0 ** rng.integers(-300, 301, (6, 6))
    weights[0, 1] = 0
    rows = mc.find(matrix, "31710").tolist()
    products = {tuple(row): math.prod(Fraction(weights[i, j]) for i, j in permutations(row, 2)) for row in rows}
    assert max(map(abs, products.values())) > 10**400
    expected = sorted(products, key=lambda row: (-products[row], row))
    assert list(map(tuple, mc.find(matrix, "31710", weights=weights).tolist())) == expected


def test_labels_are_those_of_the_graph():
    pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("b", "d")]
    graph = mc.Graph.from_edges(pairs)
    found = mc.find(graph, "feed_forward_loop", labels=True)
    assert rows_of(found) == [("a", "b", "c"), ("b", "c", "d")]
    assert rows_of(mc.find(graph, "030T", nodes=["d"], labels=True)) == [("b", "c", "d")]
    assert rows_of(mc.find(graph, "030T", arcs=[("a", "c")], labels=True)) == [("a", "b", "c")]
    assert found.dtype == object
    assert mc.find(graph, "030T").dtype == np.int64
    tuples = mc.Graph(nx.DiGraph([((1, 2), (3, 4))]))
    assert mc.find(tuples, "asymmetric", labels=True).tolist() == [[(1, 2), (3, 4)]]
    with pytest.raises(ValueError, match=r"^nodes must be labels of the graph, not 'e'"):
        mc.find(graph, "030T", nodes=["e"], labels=True)
    with pytest.raises(ValueError, match=r"^arcs must be arcs of the graph, and \('b', 'a'\) is none"):
        mc.find(graph, "030T", arcs=[("b", "a")], labels=True)
    for pair in ("ac", {"a", "c"}, {"a": 1, "c": 2}, ("a", "b", "c"), 3):
        with pytest.raises(ValueError, match=r"^arcs must be pairs \(source, target\), not "):
            mc.find(graph, "030T", arcs=[pair], labels=True)


def test_nodes_without_rows():
    """Where nodes without arcs dominate they have no row; their instances are found all the same."""
    n = 10**5
    graph = mc.Graph.from_edges([7, 50_000], [99_998, 7], n)
    assert mc.find(graph, "021C").tolist() == [[7, 50_000, 99_998]] == mc.find(graph, "chain", nodes=[7]).tolist()
    assert mc.find(graph, "021C", nodes=[8]).tolist() == []
    found = mc.find(graph, "012")
    assert len(found) == mc.count(graph, 3)["012"] == len(np.unique(found, axis=0))
    assert not np.isin(found[:, 2], found[:, :2]).any()
    sample = mc.find(graph, "003", limit=500, seed=1)
    assert (np.diff(sample) > 0).all()
    assert sample.max() > 90_000
    assert sample.min() < 10_000
    assert mc.find(graph, "003", nodes=[5], limit=3).shape == (3, 3)
    most = mc.Graph.from_edges([2**40 - 1], [1], 2**40)
    assert mc.find(most, "asymmetric").tolist() == [[2**40 - 1, 1]]
    assert mc.find(most, "012", limit=4, seed=2)[:, :2].tolist() == [[2**40 - 1, 1]] * 4


def test_graphs_without_instances():
    for matrix in (np.zeros((0, 0)), np.zeros((1, 1)), np.zeros((5, 5))):
        for name in ("mutual", "030T", "bifan"):
            assert mc.find(matrix, name).shape == (0, len(instances.matrix_of(name)))
            assert mc.find(matrix, name, limit=3, seed=1).shape == (0, len(instances.matrix_of(name)))
            assert list(mc.find_chunks(matrix, name)) == []


def test_a_list_that_does_not_fit_is_refused_at_once():
    star = mc.Graph.from_edges(np.zeros(10**5, int), np.arange(1, 10**5 + 1))
    with pytest.raises(MemoryError, match=r"^out_star: a list of 166,661,666,700,000 of its instances .* find_chunks"):
        mc.find(star, "out_star")
    first = next(mc.find_chunks(star, "out_star", 1000))
    assert first.shape == (1000, 4)
    assert mc.find(star, "out_star", limit=10, seed=1).shape == (10, 4)


def test_what_a_sample_and_scores_take_is_told_too(monkeypatch):
    from motifcount._support import memory

    star = mc.Graph.from_edges(np.zeros(1501, int), np.arange(1, 1502))
    n = mc.count(star, 3)["021D"]
    assert n > 1 << 20
    monkeypatch.setattr(memory, "total_memory", lambda: 2 * 8 * 3 * n)
    assert len(mc.find(star, "021D", num_threads=2)) == n
    for how in ({"limit": n, "seed": 1}, {"weights": np.ones(1501)}):
        with pytest.raises(MemoryError, match=rf"^021D: a list of {n:,} of its instances takes about 0\.\d GB"):
            mc.find(star, "021D", num_threads=2, **how)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": 1}, "seed needs a limit"),
        ({"seed": 1, "limit": 3, "weights": np.ones(3)}, "seed must be None"),
        ({"limit": 0}, "limit must be an integer from 1 to"),
        ({"nodes": [4]}, "nodes must be positions from 0 to 3, not 4"),
        ({"nodes": [0.5]}, "nodes must be positions of nodes"),
        ({"arcs": [(0, 3)]}, r"arcs must be arcs of the graph, and \(0, 3\) is none"),
        ({"arcs": [0, 1, 2]}, r"arcs must be pairs \(source, target\)"),
        ({"arcs": [(0.5, 1)]}, r"arcs must be pairs .* of positions of nodes, integers, not \[\(0.5, 1\)\]"),
        ({"labels": True}, "labels must be False"),
        ({"weights": np.ones(4)}, r"weights must be a matrix of shape \(4, 4\), or an array of shape \(3,\)"),
        ({"weights": [1, np.inf, 1]}, "weights must be finite"),
        ({"score": "minimum"}, "score must not be given without weights, not 'minimum'"),
        ({"weights": [1, np.nan, 1]}, "weights must be finite"),
        ({"score": "sum"}, "score must be one of product, minimum"),
    ],
)
def test_wrong_arguments_are_named(options, message):
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        mc.find(np.eye(4, k=1), "021C", **options)


def test_weights_are_taken_from_arrays_alone():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(
        [(5, 6, 1.0), (5, 7, 1), (6, 7, 1), (1, 2, 9), (1, 3, 9), (2, 3, 9)]
    )  # nodes as edges
    frame = nx.to_pandas_adjacency(graph, nodelist=[1, 2, 3, 5, 6, 7])
    for weights in (graph, frame, {1: 2}, "weights"):
        with pytest.raises(TypeError, match=r"weights must be a matrix of shape .* in the order of the nodes, not"):
            mc.find(graph, "030T", weights=weights)
    matrix = nx.to_numpy_array(graph)
    for weights in (matrix, matrix.tolist(), sp.csr_array(matrix), torch.tensor(matrix)):
        assert mc.find(graph, "030T", weights=weights, labels=True).tolist() == [[1, 2, 3], [5, 6, 7]]
