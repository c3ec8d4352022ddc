"""Graph: what it tells about itself, its ways out, and that nothing changes it."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from enum import Enum, Flag, IntEnum, StrEnum

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount._support import memory
from motifcount.graph import access
from support.strategies import digraphs, layered_dags, nets, node_layers


@given(digraphs())
def test_sizes_and_degrees(drawn):
    graph = drawn.graph()
    assert (graph.n_nodes, graph.n_edges) == (drawn.n, len(drawn.arcs))
    assert (type(graph.n_nodes), type(graph.n_edges)) == (int, int)
    for degrees, end in ((graph.out_degrees(), 0), (graph.in_degrees(), 1)):
        expected = np.bincount([arc[end] for arc in drawn.arcs] or [0], minlength=drawn.n)[: drawn.n]
        assert degrees.tolist() == (expected if drawn.arcs else np.zeros(drawn.n, int)).tolist()
        assert degrees.dtype == np.int64


@given(st.data(), digraphs())
def test_round_trips(data, drawn):
    layers = data.draw(st.none() | node_layers(drawn.n))
    graph = drawn.graph(layers)
    assert mc.Graph(graph.to_scipy(), layers) == graph
    assert mc.Graph(graph.to_networkx(), layers) == graph
    assert mc.Graph(graph.to_igraph(), layers) == graph
    assert mc.Graph.from_edges(*graph.to_scipy().nonzero(), drawn.n, layers) == graph
    assert mc.Graph(graph) == graph
    assert graph.to_scipy().toarray().tolist() == [
        [int((u, v) in drawn.arcs) for v in range(drawn.n)] for u in range(drawn.n)
    ]


def test_other_libraries_get_labels_and_layers():
    source = nx.DiGraph([("in", "mid"), ("mid", "out")])
    layered = mc.Graph(source, layers=[0, 4, 9])
    graph = layered.to_networkx()
    assert nx.utils.graphs_equal(nx.DiGraph(graph.edges), source)
    assert dict(graph.nodes(data="layer")) == {"in": 0, "mid": 4, "out": 9}
    assert dict(mc.Graph(source).to_networkx().nodes(data=True)) == {"in": {}, "mid": {}, "out": {}}
    graph = layered.to_igraph()
    assert (graph.is_directed(), graph.get_edgelist()) == (True, [(0, 1), (1, 2)])
    assert (graph.vs["name"], graph.vs["layer"]) == (["in", "mid", "out"], [0, 4, 9])
    assert mc.Graph(np.eye(2, k=1)).to_igraph().vs.attributes() == []


def test_other_libraries_get_biases():
    net = mc.Graph.from_layers([np.ones((1, 2)), np.ones((2, 1))], [np.array([1, 0]), None])
    bias = [False, True, False, False, False]
    assert net.to_igraph().vs["bias"] == bias
    assert [is_bias for _, is_bias in net.to_networkx().nodes(data="bias")] == bias


def test_a_graph_of_isolated_nodes():
    graph = mc.Graph.from_edges([], [], 10**9)
    assert (graph.n_nodes, graph.n_edges) == (10**9, 0)
    many = mc.Graph.from_edges([], [], 10**6)
    assert many.out_degrees().tolist() == many.in_degrees().tolist() == [0] * 10**6
    assert (mc.count(many, 2, by_node=True).by_node["null"] == 10**6 - 1).all()
    small = mc.Graph.from_edges([], [], 3)
    assert small.out_degrees().tolist() == [0, 0, 0]
    assert small.to_scipy().shape == (3, 3)


def test_the_number_of_nodes_by_default():
    for src, dst, n_nodes in (([], [], 0), ([0], [0], 1), ([0], [1], 2), ([4], [1], 5)):
        assert mc.Graph.from_edges(src, dst).n_nodes == n_nodes
    with pytest.raises(ValueError, match=r"src.*-5"):
        mc.Graph.from_edges([-5], [-3])


def test_a_path_of_many_edges():
    assert mc.Graph.from_edges(np.arange(999), np.arange(1, 1000)) == mc.Graph(np.eye(1000, k=1))


def test_memory_is_asked_for_by_the_number_of_nodes(monkeypatch):
    n = 1_000_000
    graph, path = mc.Graph.from_edges([5], [7], n), mc.Graph(np.eye(10, k=1))
    asked = []
    monkeypatch.setattr(memory, "require_memory", lambda n_bytes, what: asked.append(n_bytes))
    for call, n_bytes in (
        (graph.in_degrees, 8 * n),
        (graph.out_degrees, 8 * n),
        (lambda: mc.Graph(graph, layers=np.zeros(n, dtype=int)), 12 * n),
        (path.to_networkx, 100 * 10),
        (path.to_igraph, 100 * 10),
    ):
        asked.clear()
        call()
        assert asked[0] == n_bytes


def test_nodes_without_edges_of_a_sparse_matrix_cost_nothing(monkeypatch):
    n = 1_000_000
    matrix = sp.coo_array(([1], ([5], [7])), shape=(n, n))
    asked = []
    monkeypatch.setattr(memory, "require_memory", lambda n_bytes, what: asked.append(n_bytes))
    assert mc.Graph(matrix).n_nodes == n
    assert max(asked, default=0) < n


def test_sparse_nodes_keep_their_numbers():
    """Where nodes without edges dominate, only the others have rows inside."""
    n = 1_000_000
    graph = mc.Graph.from_edges([5, 5, 999_999], [999_998, 7, 5], n)
    assert np.flatnonzero(graph.out_degrees()).tolist() == [5, 999_999]
    assert np.flatnonzero(graph.in_degrees()).tolist() == [5, 7, 999_998]
    assert sorted(zip(*map(np.ndarray.tolist, graph.to_scipy().nonzero()), strict=True)) == [
        (5, 7),
        (5, 999_998),
        (999_999, 5),
    ]
    layered = mc.Graph(graph, layers=np.zeros(n, dtype=int))
    assert layered != graph
    assert mc.count(layered) == mc.count(graph)
    inferred = mc.Graph(graph, layers="infer").layers
    assert inferred[[999_999, 5, 7, 999_998, 0]].tolist() == [0, 1, 2, 2, 0]


def test_where_few_nodes_have_edges_layers_are_those_of_all_nodes():
    n = 100_000
    layers = np.zeros(n, dtype=int)
    layers[-1] = 1
    net = mc.Graph(mc.Graph.from_edges([5], [n - 1], n), layers=layers)
    for graph in (net, net.drop_ineffective(), mc.randomize(net, "edge_count", seed=1)):
        assert (graph.n_nodes, graph.is_strictly_layered()) == (n, True)
        assert mc.count(graph, 2, by_block=True).by_block["asymmetric"][0, 1] == 1


def test_equal_graphs_of_many_nodes():
    assert mc.Graph.from_edges([0], [999]) == mc.Graph.from_edges([0], [999])
    assert mc.Graph.from_edges([0], [999]) != mc.Graph.from_edges([0], [999], 1001)


@given(st.data(), digraphs(max_nodes=6), digraphs(max_nodes=6))
def test_equality(data, one, two):
    layers = data.draw(st.none() | node_layers(one.n))
    assert (one.graph() == two.graph()) == (one.n == two.n and one.arcs == two.arcs)
    assert (one.graph(layers) == one.graph()) == (layers is None)
    assert one.graph() != "graph"
    with pytest.raises(TypeError, match="unhashable"):
        hash(one.graph())


@pytest.mark.parametrize("layers", [None, "infer", [0, 1, 2, 3]])
def test_copies_and_pickles(layers):
    graph = mc.Graph(np.eye(4, k=1), layers=layers)
    biased = mc.Graph.from_layers([np.ones((2, 3))], [np.array([1, 0, 1])])
    for original in (graph, biased):
        for other in (
            mc.Graph(original),
            copy.copy(original),
            copy.deepcopy(original),
            pickle.loads(pickle.dumps(original)),
        ):
            assert other == original
            assert mc.count(other) == mc.count(original)
            assert np.array_equal(other.biases, original.biases)
            assert repr(other) == repr(original)


def test_results_are_copies():
    """Writing to what a graph returns, or to what it was made from, does not reach it."""
    layers, src, dst = np.array([0, 1, 2]), np.array([0, 1]), np.array([1, 2])
    graph = mc.Graph.from_edges(src, dst, layers=layers)
    before = copy.deepcopy(graph)
    matrix = graph.to_scipy()
    for array in (graph.layers, graph.in_degrees(), graph.out_degrees(), matrix.data):
        array[:] = 0
    layers[:] = src[:] = dst[:] = 0
    assert graph == before
    for attribute in ("n_nodes", "n_edges", "layers", "labels", "biases", "other"):
        with pytest.raises(AttributeError):
            setattr(graph, attribute, 1)


def test_the_arrays_inside_are_read_only():
    graph = mc.Graph(np.eye(3, k=1))
    others = (mc.randomize(graph), access.induced_subgraph(graph, np.ones(3, bool)), pickle.loads(pickle.dumps(graph)))
    for inside in (graph, mc.Graph(graph), *others):
        assert not any(array.flags.writeable for array in access.csr(inside))


def test_layers_as_given():
    matrix = np.eye(4, k=1)
    for layers in ([3, 3, -5, 10], (3, 3, -5, 10), np.array([3, 3, -5, 10], dtype=np.int8)):
        assert mc.Graph(matrix, layers=layers).layers.tolist() == [3, 3, -5, 10]
    assert mc.Graph(matrix, layers=np.arange(4, dtype=np.uint8)).layers.dtype == np.int64
    assert mc.Graph(matrix).layers is None
    again = mc.Graph(mc.Graph(matrix, layers=[3, 3, -5, 10]))
    assert again.layers.tolist() == [3, 3, -5, 10]
    assert mc.Graph(again, layers="infer").layers.tolist() == [0, 1, 2, 3]


def test_groups_by_name():
    matrix = np.eye(4, k=1)
    names = ["cell 10", "glia", "cell 9", "glia"]
    for layers in (names, np.array(names), np.array(names, dtype=object)):
        graph = mc.Graph(matrix, layers=layers)
        assert graph.layers.tolist() == [1, 2, 0, 2]
        assert graph.layer_names == ("cell 9", "cell 10", "glia")
        assert mc.randomize(graph, seed=1).layer_names == graph.layer_names
    labelled = mc.Graph.from_edges([("x", "y"), ("y", "z")], layers={"x": "b", "y": "a", "z": "b"})
    assert labelled.layer_names == ("a", "b")
    assert [row[1] for row in mc.count(labelled, 3, by_block=True).rows_by_block() if row[2]] == ["a, b, b"]
    for wrong, shown in ((["a", None, "b", "c"], "None"), ([1, "a", "b", "c"], "'a'"), (["", "a", "b", "c"], "''")):
        with pytest.raises(TypeError, match=f"^layers must be .*, not {shown}"):
            mc.Graph(matrix, layers=wrong)
    with pytest.raises(ValueError, match="layers must have one entry per node"):
        mc.Graph(matrix, layers=["a", "b"])


def test_groups_by_tuples():
    matrix, places = np.eye(4, k=1), [(10, "soma"), (9, "soma"), (9, "axon"), (9, "soma")]
    typed = list(zip(np.array([10, 9, 9, 9]), np.array(["soma", "soma", "axon", "soma"]), strict=True))
    objects = np.empty(4, dtype=object)
    objects[:] = places
    for layers in (places, tuple(places), typed, objects, dict(enumerate(places))):
        graph = mc.Graph(matrix, layers=layers)
        assert graph.layers.tolist() == [2, 1, 0, 1]
        assert graph.layer_names == ("(9, 'axon')", "(9, 'soma')", "(10, 'soma')")
    for wrong in ([(1,), "a", (2,), (1,)], ["a", (1,), "a", "a"], [(1,), (None,), (1,), (1,)], [(), (1,), (1,), (1,)]):
        with pytest.raises(TypeError, match=r"^layers must be .*, not"):
            mc.Graph(matrix, layers=wrong)


class Cell(Enum):
    PYRAMIDAL = "p"
    BASKET = "b"


class Side(IntEnum):
    LEFT = 7
    RIGHT = 5


class Lobe(StrEnum):
    FRONTAL = "b lobe"
    PARIETAL = "a lobe"


class Tone(str, Enum):  # noqa: UP042, whose text is not its value
    HIGH = "b lobe"


class Sense(Flag):
    SMELL = 2
    TASTE = 1


def in_every_container(labels):
    objects = np.empty(len(labels), dtype=object)
    objects[:] = labels
    return labels, tuple(labels), objects, dict(enumerate(labels)), pd.Series(labels, dtype=object)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ([Cell.PYRAMIDAL, Cell.BASKET, Cell.BASKET, Cell.PYRAMIDAL], ("BASKET", "PYRAMIDAL")),
        ([Lobe.FRONTAL, Lobe.PARIETAL, "a lobe", "b lobe"], ("a lobe", "b lobe")),
        ([Tone.HIGH, "a lobe", "a lobe", "b lobe"], ("a lobe", "b lobe")),
        ([True, False, np.False_, np.True_], ("False", "True")),
        ([(True, "x"), (False, "x"), (False, "x"), (True, "x")], ("(False, 'x')", "(True, 'x')")),
        ([(Side.LEFT,), (5,), (Side.RIGHT,), (7,)], ("(5,)", "(7,)")),
        ([(Cell.PYRAMIDAL, 1), (Cell.BASKET, 1), (Cell.BASKET, 1), (Cell.PYRAMIDAL, 1)], None),
        ([Side.LEFT, 5, np.int8(5), 7], ()),
    ],
)
def test_groups_by_labels_of_a_type(labels, names):
    for layers in in_every_container(labels):
        graph = mc.Graph(np.eye(4, k=1), layers=layers)
        if names == ():
            assert graph.layers.tolist() == [7, 5, 5, 7]
            assert graph.layer_names is None
        else:
            assert graph.layers.tolist() == [1, 0, 0, 1]
            assert graph.layer_names == (names or ("('BASKET', 1)", "('PYRAMIDAL', 1)"))


def test_groups_by_arrays_of_bools_and_words():
    for array in (np.array([True, False, False, True]), pd.Series([True, False, False, True], dtype="boolean")):
        assert mc.Graph(np.eye(4, k=1), layers=array).layer_names == ("False", "True")
    assert mc.Graph(np.eye(3, k=1), layers=pd.Categorical(["b", "a", "b"])).layers.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    "labels",
    [
        [True, 1, 1, True],
        [True, 2, 3, 4],
        ["a", True, "a", "b"],
        [1.0, "a", "a", "b"],
        ["a", float("nan"), "a", "b"],
        ["a", None, "a", "b"],
        ["a", pd.NA, "a", "b"],
        [pd.NaT] * 4,
        [("a", pd.NaT), ("a", None), ("b", 1), ("b", 1)],
        [("a", True), ("a", 1), ("b", 1), ("b", 0)],
        [("a",), ("a", "b"), ("a",), ("a",)],
        [b"a", b"b", b"a", b"b"],
        [frozenset("ab"), frozenset("ab"), frozenset("c"), frozenset("c")],
        [Cell.BASKET, "b", "b", "b"],
        [Cell.BASKET, Sense.TASTE, Cell.BASKET, Cell.BASKET],
        [Sense(0), Sense.TASTE, Sense.SMELL, Sense.TASTE],
        [date(2026, 12, 1)] * 4,
        [object()] * 4,
    ],
)
def test_labels_that_are_refused(labels):
    for layers in in_every_container(labels):
        with pytest.raises((TypeError, ValueError), match=r"^layers must"):
            mc.Graph(np.eye(4, k=1), layers=layers)


def test_layers_are_below_two_to_the_63():
    matrix = np.eye(3, k=1)
    assert mc.Graph(matrix, layers=np.array([2**63 - 1, 0, 1], "u8")).layers.tolist() == [2**63 - 1, 0, 1]
    for label in (2**63, 2**64 - 1):
        for dtype in ("<u8", ">u8"):
            with pytest.raises(ValueError, match=f"layers must be below.*not {label}"):
                mc.Graph(matrix, layers=np.array([label, 0, 1], dtype))


@given(nets(), st.randoms(use_true_random=False))
def test_inferred_layers_climb_one_by_one_where_they_can(net, random):
    matrix = net.graph().to_scipy().toarray()
    order = list(range(len(matrix)))
    random.shuffle(order)
    graph = mc.Graph(matrix[np.ix_(order, order)], layers="infer")
    src, dst = graph.to_scipy().nonzero()
    assert (graph.layers[dst] == graph.layers[src] + 1).all()
    assert graph.layers.min() == 0
    assert graph.is_strictly_layered()


@given(layered_dags())
def test_inferred_layers_are_longest_paths_elsewhere(dag):
    drawn, _ = dag
    graph = drawn.graph("infer")
    if drawn.graph().is_strictly_layered():
        return
    longest = dict.fromkeys(range(drawn.n), 0)
    for u, v in sorted(drawn.arcs):  # nodes are numbered by layer, so tails are ready before heads
        longest[v] = max(longest[v], longest[u] + 1)
    assert graph.layers.tolist() == list(longest.values())


@given(layered_dags())
def test_strictly_layered_or_not(dag):
    drawn, layers = dag
    ranks = np.unique(layers, return_inverse=True)[1]
    assert drawn.graph(layers).is_strictly_layered() == all(ranks[v] == ranks[u] + 1 for u, v in drawn.arcs)
    assert not mc.Graph(np.ones((2, 2))).is_strictly_layered()


def test_repr():
    assert repr(mc.Graph(np.eye(3, k=1))) == "Graph(n_nodes=3, n_edges=2)"
    assert repr(mc.Graph(np.eye(3, k=1), layers=[0, 1, 2])) == "Graph(n_nodes=3, n_edges=2, layers=3)"
