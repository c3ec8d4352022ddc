"""The NetworkX backend: the values, types, order and errors of NetworkX's own functions."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections import Counter
from importlib.metadata import entry_points

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from _motifcount_nx import FUNCTIONS, get_info
from motifcount.nx.interface import BackendInterface

LABELS = ["b", "a", 7, (1, 2), None.__class__, 3.5, frozenset({1}), "ab", b"c", -1]  # no order is defined among them
DIRECTED_ONLY = {"triadic_census", "reciprocity", "overall_reciprocity"}
UNDIRECTED_ONLY = {"triangles", "generalized_degree", "square_clustering"}
LISTINGS = {"all_triangles", "triads_by_type"}  # see test_listings.py
WITHOUT_NODES = {"overall_reciprocity", "robins_alexander_clustering", "transitivity", "triadic_census"}
VALUES = sorted(set(FUNCTIONS) - LISTINGS)
WITH_NODES = sorted(set(VALUES) - WITHOUT_NODES - {"average_clustering"})
BOTH = ["networkx", "motifcount"]
KINDS = [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]


@st.composite
def networkx_graphs(draw, kinds=tuple(KINDS), loops=True):
    """Graphs of every kind with labels of every kind, in any order."""
    graph = draw(st.sampled_from(kinds))()
    labels = draw(st.permutations(LABELS))[: draw(st.integers(0, len(LABELS)))]
    graph.add_nodes_from(labels)
    if labels:
        node = st.sampled_from(labels)
        edges = draw(st.lists(st.tuples(node, node), max_size=40))
        graph.add_edges_from((u, v) for u, v in edges if loops or u is not v)
    return graph


def outcome(call):
    """Return what a call gives, with the types and the order that `==` does not look at, or how it fails."""
    try:
        result = call()
    except Exception as error:
        return type(error), str(error)
    return described(result)


def described(value):
    if isinstance(value, Counter):
        return "Counter", sorted(described(item) for item in value.items())
    if isinstance(value, dict):
        return "dict", [(key, described(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return tuple(described(item) for item in value)
    return type(value).__name__, value


def function_of(name):
    return getattr(nx, name, None) or getattr(nx.bipartite, name)


def assert_same(name, *args, **kwargs):
    """Compare with NetworkX: chosen by priority always, and by name unless it is something left to NetworkX."""
    function = function_of(name)
    expected = outcome(lambda: function(*args, backend="networkx", **kwargs))
    with nx.config.backend_priority(algos=["motifcount"]):
        assert outcome(lambda: function(*args, **kwargs)) == expected
    if is_covered(name, args[0]):
        assert outcome(lambda: function(*args, backend="motifcount", **kwargs)) == expected
    return expected


def is_covered(name, graph):
    if name in {"reciprocity", "overall_reciprocity"}:
        return graph.is_directed() and not graph.is_multigraph()
    if name == "square_clustering":
        return not graph.is_directed()
    if name == "robins_alexander_clustering":
        return not graph.is_directed() and not nx.number_of_selfloops(graph)
    return True


# ---- what NetworkX is told ------------------------------------------------------------------------------------


def test_networkx_finds_the_backend():
    (info,) = entry_points(group="networkx.backend_info", name="motifcount")
    (backend,) = entry_points(group="networkx.backends", name="motifcount")
    assert info.load() is get_info
    assert backend.load() is BackendInterface
    assert set(get_info()["functions"]) == set(FUNCTIONS)
    assert all("motifcount" in function_of(name).backends for name in FUNCTIONS)
    offered = {name for name in vars(BackendInterface) if not name.startswith("_")}
    assert offered - set(FUNCTIONS) == {"convert_from_nx", "convert_to_nx", "can_run", "should_run"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures_are_those_of_networkx(name):
    ours = inspect.signature(getattr(BackendInterface, name)).parameters.values()
    original = inspect.signature(function_of(name).orig_func).parameters.values()
    assert [(p.name, p.default) for p in ours] == [(p.name, p.default) for p in original]


@pytest.mark.subprocess
def test_importing_networkx_imports_nothing_of_ours_but_words():
    program = "import sys, networkx; print(sorted({'numpy', 'motifcount', '_motifcount_nx'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "['_motifcount_nx']"
    assert loaded.stderr == ""


# ---- values -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", VALUES)
@given(graph=networkx_graphs())
def test_whole_graphs(name, graph):
    assert_same(name, graph)


@given(networkx_graphs(kinds=[nx.Graph, nx.DiGraph]), st.booleans())
def test_average_clustering_with_and_without_zeros(graph, count_zeros):
    assert_same("average_clustering", graph, count_zeros=count_zeros)
    assert_same("average_clustering", graph, nodes=list(graph)[:4], count_zeros=count_zeros)


@pytest.mark.parametrize("name", [*WITH_NODES, "average_clustering"])
@given(graph=networkx_graphs(), data=st.data())
def test_some_nodes(name, graph, data):
    nodes = data.draw(st.lists(st.sampled_from([*LABELS, "missing"]), max_size=6))
    assert_same(name, graph, nodes)
    assert_same(name, graph, nodes=set(nodes))
    if is_covered(name, graph):
        outcomes = [outcome(lambda b=b: getattr(nx, name)(graph, iter(nodes), backend=b)) for b in BOTH]
        assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("name", [*WITH_NODES, "average_clustering"])
@given(graph=networkx_graphs(), node=st.sampled_from([*LABELS, "missing", 99, [1], "a"]))
def test_one_node(name, graph, node):
    assert_same(name, graph, node)


@given(networkx_graphs(kinds=[nx.DiGraph, nx.MultiDiGraph], loops=False), st.data())
def test_triads_that_touch_some_nodes(graph, data):
    nodes = data.draw(st.lists(st.sampled_from([*LABELS, "missing"]), max_size=6))
    for nodelist in (nodes, set(nodes), "ab", "b", iter(nodes), ["a", ["b"]]):
        assert_same("triadic_census", graph, nodelist)


@pytest.mark.slow
def test_known_values():
    karate = nx.karate_club_graph()
    whole = assert_same("triangles", karate)
    assert sum(dict(number for number in whole[1])[0][1:]) == 18
    for name in sorted(set(VALUES) - DIRECTED_ONLY):
        assert_same(name, karate)
    gnp = nx.gnp_random_graph(300, 0.05, seed=3, directed=True)
    for name in sorted(set(VALUES) - UNDIRECTED_ONLY):
        assert_same(name, gnp)
    assert_same("triadic_census", gnp, nodelist=range(0, 300, 7))
    scale_free = nx.barabasi_albert_graph(2000, 4, seed=1)
    for name in sorted(set(VALUES) - DIRECTED_ONLY):
        assert_same(name, scale_free)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VALUES)
def test_views_and_empty_graphs(name, kind):
    graph = kind([(0, 1), (1, 2), (2, 0), (2, 3), (3, 1)])
    for other in (kind(), graph, graph.subgraph([0, 1, 2]), nx.restricted_view(graph, [3], [])):
        assert_same(name, other)
