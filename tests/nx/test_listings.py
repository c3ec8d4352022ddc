"""NetworkX's functions that list motifs: the same motifs, as the same graphs, in the order that NetworkX has them."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

LABELS = ["b", "a", 7, (1, 2), 3.5, frozenset({1}), "ab", -1]


@st.composite
def graphs(draw, kinds, loops):
    graph = draw(st.sampled_from(kinds))()
    labels = draw(st.permutations(LABELS))[: draw(st.integers(0, len(LABELS)))]
    graph.add_nodes_from((label, {"rank": k}) for k, label in enumerate(labels))
    if labels:
        node = st.sampled_from(labels)
        edges = draw(st.lists(st.tuples(node, node), max_size=30))
        graph.add_edges_from((u, v, {"weight": k}) for k, (u, v) in enumerate(edges) if loops or u is not v)
    return graph


@given(graphs([nx.Graph, nx.MultiGraph], loops=True), st.data())
def test_triangles(graph, data):
    ours = list(nx.all_triangles(graph, backend="motifcount"))
    assert Counter(ours) == Counter(nx.all_triangles(graph, backend="networkx"))
    nodes = data.draw(st.lists(st.sampled_from(LABELS), max_size=4))
    ours = list(nx.all_triangles(graph, nodes, backend="motifcount"))
    theirs = nx.all_triangles(graph, nodes, backend="networkx")
    assert Counter(map(frozenset, ours)) == Counter(map(frozenset, theirs))
    assert all(triangle[0] in nodes for triangle in ours)


def test_triangles_of_a_node_that_is_missing():
    graph = nx.complete_graph(4)
    for backend in ("networkx", "motifcount"):
        with pytest.raises(nx.NetworkXError, match="Node 9 is not in the graph"):
            list(nx.all_triangles(graph, 9, backend=backend))


def described(triads):
    return [
        (name, [(list(each.nodes(data=True)), list(each.edges(data=True)), type(each)) for each in graphs_of_type])
        for name, graphs_of_type in triads.items()
    ]


@given(graphs([nx.DiGraph], loops=False))
def test_triads(graph):
    graph.graph["name"] = "all"
    ours, theirs = (nx.triads_by_type(graph, backend=backend) for backend in ("motifcount", "networkx"))
    assert type(ours) is type(theirs)
    assert described(ours) == described(theirs)
    assert all(triad.graph == {"name": "all"} for found in ours.values() for triad in found)


@pytest.mark.parametrize("graph", [nx.DiGraph([(0, 1), (1, 2), (2, 2)]), nx.MultiDiGraph([(0, 1), (1, 2), (2, 0)])])
def test_loops_and_parallel_edges_are_left_to_networkx(graph):
    with pytest.raises(NotImplementedError, match="motifcount"):
        nx.triads_by_type(graph, backend="motifcount")
