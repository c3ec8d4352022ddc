"""What a graph shares with its source, with its copies and with other processes."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given

import motifcount as mc
from motifcount.graph import access, as_graph
from support.strategies import layered_dags, nets

GRAPHS = {
    "plain": lambda: mc.Graph(np.eye(4, k=1)),
    "isolated": lambda: mc.Graph.from_edges([5, 7], [999_998, 5], 1_000_000),
    "layered": lambda: mc.Graph(np.eye(4, k=1), layers=[0, 1, 2, 7]),
    "biased": lambda: mc.Graph.from_layers([np.ones((2, 3)), np.ones((3, 1))], [None, [True]]),
    "labelled": lambda: mc.Graph(mc.Graph(np.eye(3, k=1)).to_networkx()),
}


def canonical():
    return sp.csr_array(np.triu(np.ones((5, 5)), 1))


@pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)
def test_a_pickle_holds_the_graph_and_nothing_that_is_made_from_it(make):
    graph = make()
    stored = pickle.dumps(graph)
    mc.count(graph)
    assert pickle.dumps(graph) == stored
    for other in (pickle.loads(stored), copy.copy(graph), copy.deepcopy(graph)):
        assert other == graph
        assert (other.labels, repr(other)) == (graph.labels, repr(graph))
        assert access.fingerprint(other) == access.fingerprint(graph)
        assert repr(access.groups(other)) == repr(access.groups(graph))
        assert mc.count(other) == mc.count(graph)
        with pytest.raises(ValueError, match="read-only"):
            access.csr(other)[1][:] = 0


class Named(mc.Graph):
    """A subclass of a user."""


def test_subclasses_stay_what_they_are():
    for graph in (Named(np.eye(3)), Named.from_edges([0], [1]), Named.from_layers([np.ones((1, 1))])):
        assert type(graph) is type(copy.copy(graph)) is type(pickle.loads(pickle.dumps(graph))) is Named


def test_a_graph_is_independent_of_a_canonical_matrix():
    matrix = canonical()
    graph, layered = mc.Graph(matrix), mc.Graph(matrix, layers=range(5))
    wanted = copy.deepcopy(graph)
    matrix.indices[:] = 0
    matrix.indptr[1:] = 0
    assert graph == wanted
    assert layered == mc.Graph(wanted, layers=range(5))


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_arrays_that_are_mapped_from_files_are_not_copied(tmp_path, dtype):
    matrix = canonical()
    for name in ("indptr", "indices"):
        np.save(tmp_path / f"{name}.npy", getattr(matrix, name).astype(dtype))
    indptr, indices = (np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in ("indptr", "indices"))
    mapped = sp.csr_array((np.broadcast_to(np.int8(1), indices.shape), indices, indptr), shape=matrix.shape)
    graph = as_graph(mapped)
    assert all(map(np.shares_memory, access.csr(graph), (indptr, indices)))
    assert mc.count(mapped, 4) == mc.count(matrix, 4)


def test_borrowed_arrays_stay_the_callers():
    """A graph made of one that borrows owns its arrays, and nothing makes the caller's read-only."""
    matrix, kept = canonical(), []

    def null(graph, seed):
        kept.extend([mc.Graph(graph), mc.Graph(graph, layers="infer")])
        return graph

    assert all(map(np.shares_memory, access.csr(as_graph(matrix)), (matrix.indptr, matrix.indices)))
    mc.significance(matrix, null, samples=2)
    wanted = [copy.deepcopy(graph) for graph in kept]
    matrix.indices[:] = 0
    matrix.indptr[1:] = 0
    assert kept == wanted


@given(layered_dags())
def test_other_edges_between_the_same_nodes(dag):
    drawn, layers = dag
    graph = drawn.graph(layers)
    src, dst = access.edge_arrays(graph)
    turned = access.with_edges(graph, dst, src)
    assert turned == mc.Graph.from_edges(dst, src, drawn.n, layers)
    assert access.with_edges(turned, src, dst) == graph


@given(nets())
def test_equal_graphs_have_one_fingerprint_and_others_have_not(net):
    graph = net.graph()
    same = mc.Graph.from_layers(graph.to_layers(), graph.biases)
    assert access.fingerprint(same) == access.fingerprint(graph)
    plain = mc.Graph(graph.to_scipy(), layers=graph.layers)
    assert (access.fingerprint(plain) == access.fingerprint(graph)) == (graph.biases is None)
    assert access.fingerprint(mc.Graph(plain.to_scipy())) != access.fingerprint(plain)
