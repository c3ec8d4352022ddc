"""The NetworkX backend: the values, types, order and errors of NetworkX's own functions, and its own tests."""

from __future__ import annotations

import copy
import inspect
import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from importlib.metadata import entry_points

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from _motifcount_nx import FUNCTIONS, get_info
from motifcount.nx.convert import BackendGraph
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
OLD_LOOPS = nx.__version__.startswith("3.4")  # square_clustering counts them as neighbours


@pytest.fixture(autouse=True)
def cached_conversions_are_fine(monkeypatch):
    """Else NetworkX warns when it uses one again."""
    monkeypatch.setattr(nx.config, "warnings_to_ignore", {"cache"})


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
        return not graph.is_directed() and not (OLD_LOOPS and nx.number_of_selfloops(graph))
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


# ---- what is left to NetworkX --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "graph", "kwargs"),
    [
        ("clustering", nx.complete_graph(4), {"weight": "weight"}),
        ("average_clustering", nx.complete_graph(4), {"weight": "weight"}),
        ("overall_reciprocity", nx.MultiDiGraph([(0, 1), (0, 1), (1, 0)]), {}),
        ("reciprocity", nx.Graph([(0, 1)]), {}),
        ("square_clustering", nx.DiGraph([(0, 1), (1, 2), (2, 0)]), {}),
        ("robins_alexander_clustering", nx.DiGraph([(0, 1), (1, 2), (2, 3), (3, 0)]), {}),
        ("robins_alexander_clustering", nx.Graph([(0, 1), (1, 2), (2, 3), (3, 3)]), {}),
        ("triadic_census", nx.DiGraph([(0, 1), (1, 2), (2, 2)]), {"nodelist": [0]}),
    ],
)
def test_what_is_not_covered(name, graph, kwargs):
    function = function_of(name)
    with pytest.raises(NotImplementedError, match="motifcount"):
        function(graph, backend="motifcount", **kwargs)
    with nx.config.backend_priority(algos=["motifcount"]):
        assert function(graph, **kwargs) == function.orig_func(graph, **kwargs)
    assert isinstance(BackendInterface.can_run(name, (graph,), kwargs), str)


def test_few_nodes_are_not_worth_a_conversion():
    graph = nx.complete_graph(100)
    for nodes in (0, [0], {1, 2}):
        assert isinstance(BackendInterface.should_run("triangles", (graph, nodes), {}), str)
    for nodes in (None, list(range(50)), iter([1])):
        assert BackendInterface.should_run("triangles", (graph,), {"nodes": nodes}) is True
    assert BackendInterface.should_run("triadic_census", (graph, [0]), {}) is True


def test_wrong_arguments_are_refused_by_the_function():
    graph = nx.complete_graph(4)
    for arguments in ({"nodez": 1}, {"weight": None}):
        with pytest.raises(TypeError, match=next(iter(arguments))):
            nx.triangles(graph, backend="motifcount", **arguments)


# ---- dispatching ---------------------------------------------------------------------------------------------------


def test_priority_uses_the_backend_and_converts_once(monkeypatch):
    graph = nx.gnp_random_graph(30, 0.3, seed=1)
    conversions, calls = [], []
    original = BackendInterface.triangles
    count_calls = staticmethod(lambda *args: calls.append(1) or original(*args))
    monkeypatch.setattr(BackendInterface, "triangles", count_calls)
    count_conversions = staticmethod(lambda source, **_: conversions.append(1) or BackendGraph(source))
    monkeypatch.setattr(BackendInterface, "convert_from_nx", count_conversions)
    with nx.config.backend_priority(algos=["motifcount"]):
        first = nx.triangles(graph)
        assert nx.triangles(graph) == first == nx.triangles.orig_func(graph)
        graph.add_edge(0, "new")
        assert nx.triangles(graph) == nx.triangles.orig_func(graph)
    assert len(conversions) == 2
    assert len(calls) == 3
    assert nx.triangles(graph, 0) == nx.triangles.orig_func(graph, 0)


def test_a_converted_graph():
    graph = nx.Graph([("a", "b"), ("b", "b"), ("b", "c"), ("c", "a")])
    converted = BackendInterface.convert_from_nx(graph)
    assert (converted.number_of_nodes(), converted.number_of_edges(), len(converted), list(converted)) == (
        3,
        4,
        3,
        [*"abc"],
    )
    assert BackendInterface.convert_to_nx(converted) is graph
    assert BackendInterface.convert_to_nx(3) == 3
    assert BackendInterface.convert_from_nx(converted) is converted
    assert nx.triangles(converted) == nx.triangles(graph) == {"a": 1, "b": 1, "c": 1}
    assert nx.triangles(converted, "b") == 1
    assert nx.density(graph) == nx.density(converted)
    assert nx.diameter(converted, backend="networkx") == 1
    for other in (pickle.loads(pickle.dumps(converted)), copy.deepcopy(converted)):
        assert nx.clustering(other) == nx.clustering(graph)


# ---- NetworkX's own tests ------------------------------------------------------------------------------------------

SUITES = ["tests.test_triads", "tests.test_reciprocity", "tests.test_cluster", "bipartite.tests.test_cluster"]


@pytest.mark.subprocess
@pytest.mark.slow
@pytest.mark.parametrize("fallback", [False, True], ids=["strict", "fallback"])
def test_the_tests_of_networkx_pass(fallback, repository, tmp_path):
    """Strict, a test is given up as soon as it needs what the backend lacks; with fallback NetworkX does that part."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NETWORKX")}
    environment |= {"NETWORKX_TEST_BACKEND": "motifcount", "NETWORKX_CALLS": str(tmp_path / "calls.json")}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(repository / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    if fallback:
        environment["NETWORKX_FALLBACK_TO_NX"] = "True"
    suites = [f"networkx.algorithms.{suite}" for suite in SUITES]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "support.networkx_calls",
        "-p",
        "no:cacheprovider",
        "--pyargs",
        *suites,
    ]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    summary = run.stdout.splitlines()[-1]
    assert ("xfailed" in summary) is not fallback, summary
    assert int(summary.split(" passed")[0].split()[-1]) >= (60 if fallback else 40), summary
    calls = json.loads((tmp_path / "calls.json").read_text())
    assert set(calls) == set(FUNCTIONS)
    assert calls["triadic_census"] >= (200 if fallback else 25), calls
    assert calls["clustering"] >= 20, calls
