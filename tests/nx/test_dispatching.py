"""What NetworkX leaves to the backend and what it does itself, and NetworkX's own tests on the backend."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys

import networkx as nx
import pytest

from _motifcount_nx import FUNCTIONS
from motifcount.nx.convert import BackendGraph
from motifcount.nx.interface import BackendInterface


def function_of(name):
    return getattr(nx, name, None) or getattr(nx.bipartite, name)


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
