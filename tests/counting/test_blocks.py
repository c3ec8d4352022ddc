"""by_block: every count broken down by the layers of a motif's nodes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support import oracles
from support.strategies import digraphs, layered_dags, nets, node_layers


def by_block(graph, size, **options):
    """Return the breakdown as plain dicts, after checking that it adds up."""
    counts = mc.count(graph, size, by_block=True, **options)
    assert counts == mc.count(graph, size, **options)
    assert {name: sum(blocks.values()) for name, blocks in counts.by_block.items()} == counts
    assert all(type(k) is int for blocks in counts.by_block.values() for k in blocks.values())
    return {name: dict(blocks) for name, blocks in counts.by_block.items()}


@given(st.data(), digraphs(max_nodes=10))
def test_any_layers_on_any_digraph_equal_brute_force(data, drawn):
    layers = data.draw(node_layers(drawn.n).filter(bool))
    for size in (2, 3):
        assert by_block(drawn.graph(layers), size) == oracles.counts_by_block(drawn.n, drawn.arcs, size, layers)


@given(st.data(), digraphs(max_nodes=7))
def test_subgraph_counts_equal_brute_force(data, drawn):
    layers = data.draw(node_layers(drawn.n).filter(bool))
    for size in (2, 3):
        expected = oracles.counts_by_block(drawn.n, drawn.arcs, size, layers, induced=False)
        assert by_block(drawn.graph(layers), size, induced=False) == expected


@given(layered_dags(max_width=3))
def test_skip_connections_equal_brute_force(dag):
    drawn, layers = dag
    assert by_block(drawn.graph(layers), 3) == oracles.counts_by_block(drawn.n, drawn.arcs, 3, layers)


@given(nets(max_width=3, max_masks=3))
def test_strict_nets_equal_brute_force(net):
    graph = net.graph()
    arcs = oracles.arcs_of(graph.to_scipy().toarray())
    for size in (2, 3, 4):
        assert by_block(graph, size) == oracles.counts_by_block(graph.n_nodes, arcs, size, graph.layers)


@given(nets(max_width=3, max_masks=2), st.data())
def test_other_layers_on_a_net_with_strict_levels(net, data):
    """The short cut for strict levels must not name blocks by levels that are not the graph's layers."""
    matrix = net.graph().to_scipy().toarray()
    layers = data.draw(node_layers(len(matrix)))
    expected = oracles.counts_by_block(len(matrix), oracles.arcs_of(matrix), 3, layers)
    assert by_block(mc.Graph(matrix, layers=layers), 3) == expected


def test_labels_name_the_blocks():
    graph = mc.Graph.from_edges([0, 0, 1, 1], [2, 3, 2, 3], layers=[-3, -3, 7, 7])
    assert by_block(graph, 2)["asymmetric"] == {(-3, 7): 4}
    assert by_block(graph, 3)["021D"] == {(-3, 7, 7): 2}
    assert by_block(graph, 4)["bifan"] == {(-3, -3, 7, 7): 1}


def test_one_wide_layer_and_lateral_edges():
    n = 200
    matrix = np.random.default_rng(0).random((n, n)) < 0.1
    layers = np.random.default_rng(1).integers(0, 3, n)
    expected = mc.count(matrix, (2, 3))
    for given_layers in (np.zeros(n, int), layers):
        counts = mc.count(mc.Graph(matrix, layers=given_layers), (2, 3), by_block=True)
        assert counts == expected
        assert {name: sum(blocks.values()) for name, blocks in counts.by_block.items()} == expected


@pytest.mark.slow
@pytest.mark.parametrize("n_layers", [1, 2, 127, 128])
def test_up_to_128_layers(n_layers):
    layers = np.arange(n_layers)
    graph = mc.Graph.from_edges(layers[:-1], layers[1:], n_layers, layers=layers)
    chains = {(k, k + 1, k + 2): 1 for k in range(n_layers - 2)}
    assert mc.count(graph, 2, by_block=True).by_block["asymmetric"] == {(k, k + 1): 1 for k in range(n_layers - 1)}
    if n_layers < 100:  # a table by all triples of layers is large
        assert mc.count(graph, 3, by_block=True).by_block["021C"] == chains


def test_threads_do_not_matter(num_threads):
    n = 40_000
    rng = np.random.default_rng(5)
    graph = mc.Graph.from_edges(*rng.integers(0, n, (2, 4 * n)), n, layers=rng.integers(0, 4, n))
    one = mc.count(graph, (2, 3), by_block=True, num_threads=1)
    many = mc.count(graph, (2, 3), by_block=True, num_threads=num_threads)
    assert (one, one.by_block) == (many, many.by_block)


def test_a_graph_without_nodes():
    counts = mc.count(mc.Graph(np.zeros((0, 0)), layers=[]), (2, 3, 4), by_block=True)
    assert sum(counts.values()) == 0
    assert not any(counts.by_block.values())


def test_by_block_is_absent_unless_asked_for():
    assert mc.count(np.eye(3, k=1)).by_block is None


# ---- tables by block ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def named():
    """A module's graph, whose layers have names, and counts of it by block."""
    torch = pytest.importorskip("torch")
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2))
    graph = mc.Graph.from_module(net)
    return mc.count(graph, (2, 4), by_block=True)


ROWS = {("asymmetric", "input, 0"): 12, ("asymmetric", "0, 1"): 8, ("bifan", "input, input, 0, 0"): 18}


def test_tables_name_the_layers(named):
    rows = {(name, layers): n for name, layers, n in named.rows_by_block()}
    assert {key: rows[key] for key in ROWS} == ROWS
    assert named.layer_names == {0: "input", 1: "0", 2: "1"}
    assert sum(n for (name, _), n in rows.items() if name == "bifan") == named["bifan"]


def test_frames_of_blocks(named):
    pytest.importorskip("pandas")
    frame = named.to_frame(by_block=True)
    assert list(frame.columns) == ["layers", "count"]
    rows = dict(zip(zip(frame.index, frame["layers"], strict=True), frame["count"], strict=True))
    assert {key: rows[key] for key in ROWS} == ROWS


def test_tables_of_blocks_as_html(named):
    html = named._repr_html_()
    assert html.count("<table>") == 2
    assert "input, input, 0, 0" in html
    assert mc.count(np.eye(3, k=1))._repr_html_().count("<table>") == 1


def test_layers_without_names_are_numbers():
    graph = mc.Graph([[0, 0, 1], [0, 0, 1], [0, 0, 0]], layers=[-3, -3, 7])
    counts = mc.count(graph, 3, by_block=True)
    assert counts.layer_names is None
    assert ("021U", "-3, -3, 7", 1) in set(counts.rows_by_block())
    with pytest.raises(ValueError, match="by_block=True"):
        list(mc.count(graph, 3).rows_by_block())
