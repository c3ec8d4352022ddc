"""Groups of nodes: the pair of layer and bias, and the edges between groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from support.strategies import digraphs, layered_dags, nets


@given(nets())
def test_a_group_is_a_layer_without_its_bias_or_the_bias_alone(net):
    graph = net.graph()
    groups = access.groups(graph)
    layers, is_bias = graph.layers.tolist(), groups.is_bias().tolist()
    pairs = list(zip(layers, is_bias, strict=True))
    assert [groups.keys[k] for k in groups.of_node()] == pairs  # layers of masks are their own positions
    assert list(groups.keys) == sorted(set(groups.keys))
    assert groups.sizes().tolist() == [pairs.count(key) for key in groups.keys]
    assert groups.layer_sizes().tolist() == [layers.count(k) for k in range(groups.n_layers)]
    for k in range(groups.n_layers):
        assert groups.units(k).tolist() == [v for v, pair in enumerate(pairs) if pair == (k, False)]


@given(st.data(), nets())
def test_groups_of_some_nodes(data, net):
    graph = net.graph()
    groups = access.groups(graph)
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=graph.n_nodes, max_size=graph.n_nodes)), dtype=bool)
    part = groups.restricted_to(keep)
    assert part.layers().tolist() == graph.layers[keep].tolist()
    assert part.is_bias().tolist() == groups.is_bias()[keep].tolist()
    assert part.n_layers == groups.n_layers
    sub = access.induced_subgraph(graph, keep)
    assert sub.to_scipy().toarray().tolist() == graph.to_scipy().toarray()[keep][:, keep].tolist()
    assert sub.layers.tolist() == part.layers().tolist()


@given(layered_dags().map(lambda dag: dag[0].graph(dag[1])) | nets().map(lambda net: net.graph()))
def test_links_are_the_pairs_of_groups_that_edges_join(graph):
    of_node = access.groups(graph).of_node()
    src, dst = graph.to_scipy().nonzero()
    assert access.links(graph) == set(zip(of_node[src].tolist(), of_node[dst].tolist(), strict=True))


@given(digraphs())
def test_a_plain_digraph_has_no_groups(drawn):
    assert access.groups(drawn.graph()) is None
    with pytest.raises(ValueError, match="no groups"):
        access.links(drawn.graph())


def test_layers_given_by_any_labels():
    groups = access.groups(mc.Graph(np.eye(4, k=1), layers=[7, -2, 7, 9]))
    assert (groups.layer_labels.tolist(), groups.layer_of.tolist()) == ([-2, 7, 9], [1, 0, 1, 2])
    assert (groups.layer_of.dtype, groups.layer_labels.dtype) == (np.int32, np.int64)


@given(digraphs(max_nodes=6), st.integers(0, 3))
def test_values_by_row_reach_their_nodes(drawn, spread):
    """The same graph with and without nodes in between that have no edge, and no row."""
    step = 10 ** (2 * spread)
    ends = np.array(sorted(drawn.arcs), dtype=np.int64).reshape(-1, 2) * step
    graph = mc.Graph.from_edges(ends[:, 0], ends[:, 1], drawn.n * step)
    by_row = np.arange(2 * access.n_rows(graph)).reshape(-1, 2) + 5
    values = access.spread_to_nodes(graph, by_row, elsewhere=[1, 2])
    nodes = access.nodes_of_rows(graph, np.arange(access.n_rows(graph)))
    assert values.shape == (graph.n_nodes, 2)
    assert values[nodes].tolist() == by_row.tolist()
    assert (np.delete(values, nodes, axis=0) == [1, 2]).all()
    assert set(np.flatnonzero(graph.in_degrees() + graph.out_degrees())) <= set(nodes.tolist())
    src, dst = access.edge_arrays(graph)
    assert list(zip(src.tolist(), dst.tolist(), strict=True)) == sorted((u * step, v * step) for u, v in drawn.arcs)
