"""Random graphs keep what their null model says, and depend on the seed alone."""

from __future__ import annotations

import copy
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from support.strategies import digraphs, layered_dags, nets, node_layers

NULLS = ["degree", "edge_count", mc.nulls.Degree(swaps_per_edge=3), mc.nulls.EdgeCount()]
SEEDS = st.integers(0, 2**64 - 1)


def arcs_of(graph):
    return list(zip(*(ends.tolist() for ends in graph.to_scipy().nonzero()), strict=True))


def layer_of(graph):
    return [0] * graph.n_nodes if graph.layers is None else graph.layers.tolist()


def margins(graph):
    """Out-degree by (node, layer of the target) and in-degree by (node, layer of the source)."""
    layer = layer_of(graph)
    return Counter((u, "to", layer[v]) for u, v in arcs_of(graph)) + Counter(
        (v, "from", layer[u]) for u, v in arcs_of(graph)
    )


def block_sizes(graph):
    layer = layer_of(graph)
    return Counter((layer[u], layer[v]) for u, v in arcs_of(graph))


def assert_simple(random, graph):
    assert (random.n_nodes, random.n_edges) == (graph.n_nodes, graph.n_edges)
    assert np.array_equal(random.layers, graph.layers)
    assert all(u != v for u, v in arcs_of(random))
    assert random == mc.Graph.from_edges(*random.to_scipy().nonzero(), graph.n_nodes, graph.layers)


@given(layered_dags(), SEEDS)
def test_degree_keeps_degrees_in_every_block(dag, seed):
    drawn, layers = dag
    graph = drawn.graph(layers)
    random = mc.randomize(graph, seed=seed)
    assert_simple(random, graph)
    assert margins(random) == margins(graph)
    assert block_sizes(random) == block_sizes(graph)


@given(st.data(), digraphs(), SEEDS)
def test_degree_keeps_degrees_within_layers_and_without(data, drawn, seed):
    graph = drawn.graph(data.draw(st.none() | node_layers(drawn.n)))
    random = mc.randomize(graph, seed=seed)
    assert_simple(random, graph)
    assert margins(random) == margins(graph)


@given(st.data(), digraphs(), SEEDS)
def test_edge_count_keeps_edges_per_block(data, drawn, seed):
    graph = drawn.graph(data.draw(st.none() | node_layers(drawn.n)))
    random = mc.randomize(graph, "edge_count", seed=seed)
    assert_simple(random, graph)
    assert block_sizes(random) == block_sizes(graph)


@given(nets(max_width=6), SEEDS)
def test_networks_stay_networks(net, seed):
    graph = net.graph()
    for null in NULLS:
        random = mc.randomize(graph, null, seed=seed)
        assert [mask.shape for mask in random.to_layers()] == [mask.shape for mask in graph.to_layers()]
        assert (random.biases is None) == (graph.biases is None)


@pytest.fixture(scope="module")
def big_net():
    """Blocks of many sizes; the largest is kept as a hash set, the others as bit matrices."""
    rng = np.random.default_rng(8)
    shapes = [(40, 60), (60, 3000), (3000, 3000), (3000, 20)]
    return mc.Graph.from_layers([rng.random(shape) < min(0.2, 2000 / shape[0] / shape[1]) for shape in shapes])


@pytest.mark.parametrize("null", NULLS, ids=str)
def test_only_the_seed_matters(big_net, null, num_threads):
    one = mc.randomize(big_net, null, seed=11, num_threads=1)
    assert mc.randomize(big_net, null, seed=11, num_threads=num_threads) == one
    assert mc.randomize(big_net, null, seed=11) == one
    assert mc.randomize(big_net, null, seed=12, num_threads=num_threads) != one


def test_a_name_stands_for_the_default_options(big_net):
    assert mc.randomize(big_net, seed=1) == mc.randomize(big_net, mc.nulls.Degree(), seed=1)
    assert mc.randomize(big_net, "edge_count", seed=1) == mc.randomize(big_net, mc.nulls.EdgeCount(), seed=1)
    assert mc.randomize(big_net, mc.nulls.Degree(swaps_per_edge=1), seed=1) != mc.randomize(big_net, seed=1)


def test_without_a_seed_every_graph_is_another(big_net):
    assert mc.randomize(big_net) != mc.randomize(big_net)


@pytest.mark.parametrize("seed", [0, 2**63, 2**64 - 1, np.uint64(2**64 - 1), np.int32(5)])
def test_every_seed_is_fine(big_net, seed):
    assert mc.randomize(big_net, seed=seed) == mc.randomize(big_net, seed=int(seed))


@pytest.mark.parametrize("null", NULLS, ids=str)
def test_the_graph_is_not_changed(big_net, null):
    matrix = big_net.to_scipy()
    before = copy.deepcopy(matrix)
    mc.randomize(mc.Graph(matrix, layers=big_net.layers), null, seed=1)
    mc.randomize(matrix, "edge_count", seed=1)
    assert all(np.array_equal(getattr(matrix, a), getattr(before, a)) for a in ("indptr", "indices", "data"))
    mc.randomize(big_net, null, seed=1)
    assert big_net == mc.Graph(before, layers=big_net.layers)


def test_labels_stay():
    source = mc.Graph(np.eye(4, k=1)).to_networkx()
    for null in ("degree", "edge_count"):
        assert mc.randomize(source, null, seed=1).labels == (0, 1, 2, 3)


FORCED = {
    "no-nodes": mc.Graph(np.zeros((0, 0))),
    "one-node": mc.Graph(np.zeros((1, 1))),
    "no-edges": mc.Graph(np.zeros((5, 5)), layers=[0, 0, 1, 1, 2]),
    "complete": mc.Graph(np.ones((5, 5))),
    "full-block": mc.Graph.from_layers([np.ones((3, 4))]),
    "empty-layer": mc.Graph.from_layers([np.zeros((3, 0)), np.zeros((0, 2))]),
}


@pytest.mark.parametrize("null", NULLS, ids=str)
@pytest.mark.parametrize("name", FORCED)
def test_graphs_without_a_choice_stay_as_they_are(name, null):
    assert mc.randomize(FORCED[name], null, seed=4) == FORCED[name]


@pytest.mark.parametrize("n", [200, 3000], ids=["bits", "hash"])
def test_a_permutation_has_one_fixed_point_on_average(n):
    """A matching becomes a uniform permutation: fixed points have mean 1 and variance 1, whatever set is used."""
    matching = mc.Graph.from_layers([np.roll(np.eye(n, dtype=bool), 1, axis=1)])
    fixed = [sum(v == u + n for u, v in arcs_of(mc.randomize(matching, seed=seed))) for seed in range(200)]
    assert abs(np.mean(fixed) - 1) < 4 / np.sqrt(len(fixed))


@pytest.mark.parametrize("n", [200, 3000], ids=["bits", "hash"])
def test_edge_count_spreads_evenly(n):
    """Cells on the diagonal are hit with their share, whatever set is used."""
    masks = [np.zeros((n, n), dtype=bool)]
    masks[0][0] = True
    graph = mc.Graph(masks)
    hits = [sum(v == u + n for u, v in arcs_of(mc.randomize(graph, "edge_count", seed=seed))) for seed in range(200)]
    assert abs(np.mean(hits) - 1) < 4 / np.sqrt(len(hits))


@pytest.mark.parametrize("n", [3_000_000, 10**9, 4 * 10**9])
def test_graphs_of_mostly_isolated_nodes(n):
    src, dst = np.random.default_rng(2).integers(0, n, (2, 30))
    graph = mc.Graph.from_edges(np.r_[src, src[:10]], np.r_[dst, dst[10:20]], n)
    spread = mc.randomize(graph, "edge_count", seed=3)
    assert (spread.n_nodes, spread.n_edges) == (n, 40)
    assert not np.isin(access.edge_arrays(spread)[0], access.edge_arrays(graph)[0]).any()
    swapped = mc.randomize(graph, "degree", seed=3)
    assert swapped != graph
    for mine, theirs in zip(access.edge_arrays(swapped), access.edge_arrays(graph), strict=True):
        assert sorted(mine) == sorted(theirs)
