"""Kinds of edges: from every input, through everything that makes a graph of a graph."""

from __future__ import annotations

import pickle

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from support.strategies import digraphs, node_layers

LABELS = ["+", "-", "?"]


def kinds_by_edge(graph):
    """By ends of an edge, its kind."""
    src, dst = access.edge_arrays(graph)
    return dict(zip(zip(src.tolist(), dst.tolist(), strict=True), graph.kinds.tolist(), strict=True))


@st.composite
def kinded(draw, labels=LABELS, max_nodes=9):
    """A number of nodes, and the kind of each edge by its ends, self-loops among them."""
    drawn = draw(digraphs(max_nodes))
    edges = list(dict.fromkeys(drawn.edges))
    kinds = draw(st.lists(st.sampled_from(labels), min_size=len(edges), max_size=len(edges)))
    return drawn.n, dict(zip(edges, kinds, strict=True))


def graph_of(n, kind_of):
    return mc.Graph.from_edges([u for u, _ in kind_of], [v for _, v in kind_of], n, kinds=list(kind_of.values()))


@given(kinded(), st.randoms(use_true_random=False))
def test_edges_in_any_order_and_more_than_once(drawn, random):
    n, kind_of = drawn
    listed = [*kind_of.items(), *random.sample(sorted(kind_of.items()), len(kind_of) // 2)]
    random.shuffle(listed)
    graph = mc.Graph.from_edges(
        [u for (u, _), _ in listed], [v for (_, v), _ in listed], n, kinds=[k for _, k in listed]
    )
    assert kinds_by_edge(graph) == {ends: kind for ends, kind in kind_of.items() if ends[0] != ends[1]}
    assert graph == graph_of(n, kind_of)


@given(st.data(), kinded(LABELS[:2]))
def test_signs_from_every_input(data, drawn):
    n, kind_of = drawn
    kind_of = {ends: kind for ends, kind in kind_of.items() if ends[0] != ends[1]}
    sizes = data.draw(st.lists(st.sampled_from([0.5, 1, 7]), min_size=len(kind_of), max_size=len(kind_of)))
    matrix = np.zeros((n, n))
    for (ends, kind), size in zip(kind_of.items(), sizes, strict=True):
        matrix[ends] = size if kind == "+" else -size
    expected = graph_of(n, kind_of)
    library = nx.DiGraph()
    library.add_nodes_from(range(n))
    library.add_weighted_edges_from((u, v, matrix[u, v]) for u, v in kind_of)
    signed = [mc.Graph(found, kinds="sign") for found in (matrix, torch.tensor(matrix), library)]
    stored = [sp.csr_array, sp.csc_array, sp.coo_array, sp.lil_array]
    signed += [mc.Graph(kind(matrix), kinds="sign") for kind in stored if n]
    for graph in signed:
        assert kinds_by_edge(graph) == kind_of
        assert (graph.n_nodes, graph.n_edges) == (n, len(kind_of))
    assert not kind_of or expected == signed[0] or set(kind_of.values()) != {"+", "-"}
    assert mc.Graph(signed[0].to_scipy(), kinds="sign") == signed[0]


@given(st.data(), kinded())
def test_graphs_made_of_a_graph_keep_kinds(data, drawn):
    graph = graph_of(*drawn)
    labels = np.array(["a", "b", "c", "d"])
    given_to = mc.Graph(mc.Graph.from_edges(*access.edge_arrays(graph), graph.n_nodes), kinds=graph.kinds)
    assert given_to == graph == pickle.loads(pickle.dumps(graph)) == mc.Graph(graph)
    for other in (graph.to_networkx(), graph.to_igraph()):
        assert not graph.n_edges or mc.Graph(other, kinds="kind") == graph
    matrix = np.zeros((graph.n_nodes, graph.n_nodes), dtype="<U1")
    src, dst = access.edge_arrays(graph)
    matrix[src, dst] = graph.kinds
    assert mc.Graph(graph.to_scipy(), kinds=matrix) == graph
    layers = data.draw(node_layers(graph.n_nodes))
    layered = mc.Graph(graph, layers)
    assert layered.kinds.tolist() == graph.kinds.tolist()
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=graph.n_nodes, max_size=graph.n_nodes)), dtype=bool)
    part, number = access.induced_subgraph(graph, keep), np.cumsum(keep) - 1
    assert kinds_by_edge(part) == {
        (number[u], number[v]): kind for (u, v), kind in kinds_by_edge(graph).items() if keep[u] and keep[v]
    }
    cleaned = layered.drop_ineffective() if graph.n_nodes else layered
    assert len(cleaned.kinds) == cleaned.n_edges
    renamed = mc.Graph(graph, kinds={"+": "a", "-": "b", "?": "b"})
    expected = {"+": labels[0], "-": labels[1], "?": labels[1]}
    assert renamed.kinds.tolist() == [expected[kind] for kind in graph.kinds.tolist()]


def test_where_nodes_without_edges_have_no_rows():
    graph = mc.Graph.from_edges([2**40 - 1, 7], [7, 2**39], 2**40, kinds=["b", "a"])
    assert graph.kinds.tolist() == ["a", "b"]
    assert mc.Graph(graph, kinds={"a": 1, "b": 2}).kinds.tolist() == [1, 2]


def test_graphs_differ_by_their_kinds():
    one, other = (mc.Graph.from_edges([0, 1], [1, 2], kinds=kinds) for kinds in (["+", "-"], ["-", "+"]))
    assert one != other
    assert one != mc.Graph.from_edges([0, 1], [1, 2])
    assert access.fingerprint(one) != access.fingerprint(other)
    assert repr(one) == "Graph(n_nodes=3, n_edges=2, kinds=2)"


def test_labels_of_any_kind():
    labels = [("a", 1), "b", ("a", 1), None.__class__]
    graph = mc.Graph.from_edges([0, 0, 1, 2], [1, 2, 2, 0], kinds=labels)
    assert graph.kinds.tolist() == labels
    assert mc.Graph.from_edges([0, 1], [1, 2], kinds=torch.tensor([5, -3])).kinds.tolist() == [5, -3]


def test_masks_and_their_biases():
    masks = [np.array([[1.0, -2, 0], [0, 3, -4]]), np.array([[1.0], [-1], [2]])]
    graph = mc.Graph.from_layers(masks, [np.array([0, -1, 2]), None], kinds="sign")
    ends = [(0, 3), (0, 4), (1, 4), (1, 5), (2, 4), (2, 5), (3, 6), (4, 6), (5, 6)]
    assert kinds_by_edge(graph) == dict(zip(ends, "+-+--++-+", strict=True))
    assert mc.Graph.from_layers(graph.to_layers(), graph.biases) == mc.Graph.from_layers(masks, graph.biases)
    assert [mask.toarray().tolist() for mask in graph.to_layers()] == [np.sign(mask).tolist() for mask in masks]


def test_modules():
    torch.manual_seed(3)
    net = torch.nn.Sequential(torch.nn.Linear(3, 4, bias=False), torch.nn.ReLU(), torch.nn.Linear(4, 2, bias=False))
    masks = [part.weight.detach().numpy().T for part in (net[0], net[2])]
    assert mc.Graph.from_module(net, kinds="sign") == mc.Graph.from_layers(masks, kinds="sign")
    weights = {"0.weight": -torch.ones(4, 3)}
    assert mc.Graph.from_module(net, weights=weights, kinds="sign").kinds.tolist()[:12] == ["-"] * 12


@pytest.mark.parametrize("conv", ["channels", "unrolled"])
def test_edges_of_several_weights(conv):
    net = torch.nn.Conv2d(1, 3, 2, bias=False)
    with torch.no_grad():
        for k, kernel in enumerate(([1, 2, 3, 4], [-1, -2, -3, -4], [1, -1, 1, 1])):
            net.weight[k] = torch.tensor(kernel, dtype=torch.float).reshape(1, 2, 2)
    graph = mc.Graph.from_module(net, (1, 1, 2, 2), kinds="sign")
    assert graph.kinds.tolist() == ["+", "-", "?"]
    unrolled = mc.Graph.from_module(net, (1, 1, 2, 2), conv="unrolled", kinds="sign")
    assert unrolled.kinds.reshape(4, 3).T.tolist() == [["+"] * 4, ["-"] * 4, ["+", "-", "+", "+"]]


def test_an_edge_with_two_kinds():
    for kinds in (["+", "-"], ["-", "+"]):
        with pytest.raises(ValueError, match=r"the edge from 'a' to 'b' is listed with two kinds, '[+-]' and '[+-]'"):
            mc.Graph.from_edges(["a", "a"], ["b", "b"], kinds=kinds)
    twice = sp.coo_array(([2.0, -1], ([0, 0], [1, 1])), shape=(3, 3))
    with pytest.raises(ValueError, match="from node 0 to node 1"):
        mc.Graph(twice, kinds="sign")
    cancelled = mc.Graph(sp.coo_array(([1.0, -1], ([0, 0], [1, 1])), shape=(3, 3)), kinds="sign")
    assert (cancelled.n_edges, cancelled.dropped["weight 0"]) == (0, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g: mc.Graph.from_edges([0, 1], [1, 2], kinds="sign"), "one entry per edge, not be 'sign'"),
        (lambda g: mc.Graph.from_edges([0, 1], [1, 2], kinds=["+"]), "one entry per edge, 2 in all, not 1"),
        (lambda g: mc.Graph.from_edges([0, 1], [1, 2], kinds=["+", None]), "a kind for every edge, but one has None"),
        (lambda g: mc.Graph.from_edges(range(5), range(1, 6), kinds=range(5)), "at most 4 different labels, not 5"),
        (lambda g: mc.Graph(np.eye(3, k=1), kinds=np.ones((2, 2))), r"the shape of adj, \(3, 3\), not \(2, 2\)"),
        (lambda g: mc.Graph(np.eye(3, k=1), kinds=sp.csr_array((3, 3))), "none from node 0 to node 1"),
        (lambda g: mc.Graph(np.eye(3, k=1), kinds="type"), "none has 'type'"),
        (lambda g: mc.Graph([(0, 1), (1, 2), (2, 3)], kinds="sign"), "needs edges with weights"),
        (lambda g: mc.Graph(nx.DiGraph([(0, 1)]), kinds="sign"), "needs edges with weights"),
        (lambda g: mc.Graph(g, kinds="sign"), "a Graph that was made without weights"),
        (lambda g: mc.Graph(g, kinds="type"), "a Graph, which keeps no attributes"),
        (lambda g: mc.Graph(g, kinds={"+": "a"}), "edges have none"),
        (lambda g: mc.Graph(mc.Graph(g, kinds=["+", "-"]), kinds={"+": "a"}), "has none for '-'"),
        (lambda g: mc.Graph([np.ones((2, 2))], kinds="sign"), r"Graph.from_layers or Graph.from_module"),
        (lambda g: mc.Graph.from_layers([np.ones((2, 2))], kinds=["+"]), '"sign" or None'),
    ],
)
def test_wrong_kinds(call, message):
    with pytest.raises(ValueError, match=message):
        call(mc.Graph.from_edges([0, 1], [1, 2]))


def test_wrong_types_of_kinds():
    with pytest.raises(TypeError, match="real numbers"):
        mc.Graph(np.eye(3, k=1) * 1j, kinds="sign")
    with pytest.raises(TypeError, match="labels that can be hashed"):
        mc.Graph.from_edges([0, 1], [1, 2], kinds=[["a"], "b"])
