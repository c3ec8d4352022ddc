"""Weights of edges: where they come from, that they stay with their edges, and what is refused."""

from __future__ import annotations

import pickle

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import torch
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount import files
from motifcount.graph import access
from support.strategies import digraphs


def weights_by_edge(graph):
    src, dst = (ends.tolist() for ends in access.edge_arrays(graph))
    return dict(zip(zip(src, dst, strict=True), graph.weights.tolist(), strict=True))


@given(st.data(), digraphs(8))
def test_from_every_kind_of_input(data, drawn):
    arcs = sorted(drawn.arcs)
    numbers = st.sampled_from([-2.5, -1.0, 0.5, 1.0, 7.25])
    values = data.draw(st.lists(numbers, min_size=len(arcs), max_size=len(arcs)))
    weight_of = dict(zip(arcs, values, strict=True))
    matrix = np.zeros((drawn.n, drawn.n))
    for arc, value in weight_of.items():
        matrix[arc] = value
    library = nx.DiGraph()
    library.add_nodes_from(range(drawn.n))
    library.add_edges_from((u, v, {"weight": w, "strength": w}) for (u, v), w in weight_of.items())
    plain = mc.Graph(matrix)
    made = [
        mc.Graph(matrix, weights=True),
        mc.Graph(sp.coo_array(matrix), weights=True),
        mc.Graph(torch.tensor(matrix), weights=True),
        mc.Graph(matrix != 0, weights=matrix),
        mc.Graph(plain, weights=values),
        mc.Graph.from_edges([u for u, _ in arcs], [v for _, v in arcs], drawn.n, weights=values),
        mc.Graph.from_edges(*np.nonzero(matrix), drawn.n, layers=np.zeros(drawn.n, int), weights=values),
    ]
    if arcs:
        made += [mc.Graph(library, weights=True), mc.Graph(library, weights="strength")]
    for graph in made:
        assert weights_by_edge(graph) == weight_of
        assert graph.to_scipy().toarray().tolist() == matrix.tolist()
        assert pickle.loads(pickle.dumps(graph)) == graph
        assert mc.count(graph) == mc.count(plain)
    assert plain.weights is None
    assert mc.Graph(made[0], weights=False) == plain != made[0] or not arcs


def test_those_of_repeated_edges_are_added_up():
    graph = mc.Graph.from_edges(["a", "b", "a", "c"], ["b", "c", "b", "c"], weights=[1, 2, 3, 5])
    assert graph.weights.tolist() == [4, 2]
    entries = sp.coo_array(([1.0, 2.0, 3.0], ([0, 1, 0], [1, 0, 1])), shape=(2, 2))
    assert mc.Graph(entries, weights=True).weights.tolist() == [4, 2]
    assert repr(graph) == "Graph(n_nodes=3, n_edges=2, weights=True)"
    with pytest.raises(ValueError, match="read-only"):
        graph.weights[0] = 1


def test_they_stay_with_their_edges():
    rng = np.random.default_rng(2)
    matrix = np.triu((rng.random((30, 30)) < 0.15) * rng.normal(size=(30, 30)), 1)
    graph = mc.Graph(matrix, layers="infer", kinds="sign", weights=True)
    cleaned = graph.drop_ineffective()
    kept = access.induced_subgraph(graph, np.arange(30) % 3 != 0)
    assert 0 < cleaned.n_edges < graph.n_edges
    assert ((cleaned.weights < 0) == (cleaned.kinds == "-")).all()
    assert kept.to_scipy().toarray().tolist() == matrix[np.ix_(np.arange(30) % 3 != 0, np.arange(30) % 3 != 0)].tolist()
    assert mc.Graph(graph.to_networkx(), layers=graph.layers, kinds="kind", weights=True) == graph
    assert graph.to_igraph().es["weight"] == graph.weights.tolist()
    assert access.fingerprint(graph) != access.fingerprint(mc.Graph(graph, weights=-graph.weights))
    assert mc.Graph(mc.Graph(graph.to_scipy(), graph.layers, weights=True), kinds="sign") == graph
    assert not any(each.weights.flags.writeable for each in (cleaned, kept, pickle.loads(pickle.dumps(graph))))


def test_from_files(tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text("source,target,syn_count\na,b,3\nb,c,1\na,b,4\nc,c,2\n")
    graph = mc.read_graph(path, weights=True)
    assert (graph.labels, graph.weights.tolist()) == (("a", "b", "c"), [7, 1])
    assert mc.read_graph(path, weights=True, threshold=2).weights.tolist() == [7]
    both = mc.read_graph(path, weights=True, undirected=True)
    assert both.weights.tolist() == [7, 7, 1, 1]
    assert mc.read_graph(path).weights is None
    assert mc.Graph(pd.read_csv(path), weights=True) == graph
    for ending in ("npz", "mtx"):
        files.write_graph(mc.Graph(graph.to_scipy(), weights=True), tmp_path / f"matrix.{ending}")
        assert mc.read_graph(tmp_path / f"matrix.{ending}", weights=True).weights.tolist() == [7, 1]
    with pytest.warns(UserWarning, match="weights of edges are left out"):
        files.write_graph(graph, tmp_path / "out.csv")
    path.write_text("source,target\na,b\n")
    with pytest.raises(ValueError, match="weights=True keeps the weights of edges, and these have none"):
        mc.read_graph(path, weights=True)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: mc.Graph(np.eye(3, k=1), weights=[[1, 2], [3, 4]]), "matrix of the shape of adj"),
        (lambda: mc.Graph(np.eye(3, k=1) > 0, weights=sp.csr_array(np.eye(3))), "from 0 to 1 has 0"),
        (lambda: mc.Graph.from_edges([0, 0], [1, 1], weights=[1, -1]), "from 0 to 1 has 0"),
        (lambda: mc.Graph.from_edges(["a"], ["b"], weights=[np.inf]), "from 'a' to 'b' has inf"),
        (lambda: mc.Graph.from_edges([0], [1], weights=[1, 2]), "one entry per edge, 1 in all, not 2"),
        (lambda: mc.Graph.from_edges([0], [1], weights=True), "these have none"),
        (lambda: mc.Graph(mc.Graph.from_edges([0], [1]), weights=True), "made without weights"),
        (lambda: mc.Graph(mc.Graph.from_edges([0], [1]), weights="w"), "keeps no attributes"),
        (lambda: mc.Graph(nx.DiGraph([(0, 1)]), weights="w"), "none has 'w'"),
        (lambda: mc.Graph([np.ones((2, 2))] * 2, weights=True), "None for masks and modules"),
    ],
)
def test_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
