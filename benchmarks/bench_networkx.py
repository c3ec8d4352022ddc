"""How much faster is NetworkX when motifcount is its backend?

The time with motifcount includes the conversion of the graph; "converted before" is a second call on the same graph.
Each answer is held against the other's; the triadic census against sparse products.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import graphs
import networkx as nx
import pytest
import references

from motifcount._support.threads import effective_threads

SECONDS = {  # of NetworkX on rmat-12, rough, to know beforehand what would take too long
    "triadic_census": 55.0,
    "overall_reciprocity": 0.1,
    "transitivity": 2.0,
    "triangles": 0.2,
    "clustering": 2.0,
    "average_clustering": 2.0,
    "generalized_degree": 2.0,
    "square_clustering": 6.0,
}
DIRECTED = {"triadic_census", "overall_reciprocity"}

pytestmark = pytest.mark.parametrize("name", SECONDS)


@pytest.fixture(autouse=True)
def conversions_may_be_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nx.config, "warnings_to_ignore", {"cache"})


@lru_cache(maxsize=4)
def graph_of(network: graphs.Network, directed: bool) -> Any:
    return network.networkx if directed else network.networkx.to_undirected()


@lru_cache(maxsize=len(SECONDS))
def expected(name: str, network: graphs.Network) -> Any:
    if name == "triadic_census":
        return references.triads(network)
    return getattr(nx, name)(graph_of(network, name in DIRECTED), backend="networkx")


def _row(network: graphs.Network, name: str, tool: str) -> dict[str, Any]:
    kind = "directed" if name in DIRECTED else "undirected"
    return {
        "group": f"{name}, {network.name}, {kind}",
        "tool": tool,
        "network": network,
        "work": network.n_edges,
        "unit": "edges",
        "baseline": tool == "networkx",
        "threads": 1 if tool == "networkx" else effective_threads(None),
    }


def bench_networkx(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    network = standard("rmat-12")
    graph = graph_of(network, name in DIRECTED)
    rounds = 1 if SECONDS[name] > 1 else rounds_of_peer(SECONDS[name])
    function = getattr(nx, name)
    answer = measure(function, graph, backend="networkx", rounds=rounds, **_row(network, name, "networkx"))
    assert answer == function(graph, backend="motifcount")


def bench_motifcount(measure: Callable[..., Any], standard: Callable[[str], Any], name: str) -> None:
    network = standard("rmat-12")
    graph = graph_of(network, name in DIRECTED)

    def fresh() -> tuple[Any, ...]:
        graph.__networkx_cache__.clear()
        return (graph,)

    row = _row(network, name, "with motifcount")
    answer = measure(getattr(nx, name), backend="motifcount", setup=fresh, **row)
    assert answer == expected(name, network)


def bench_motifcount_converted_before(measure: Callable[..., Any], standard: Callable[[str], Any], name: str) -> None:
    network = standard("rmat-12")
    graph = graph_of(network, name in DIRECTED)
    row = _row(network, name, "with motifcount, converted before")
    answer = measure(getattr(nx, name), graph, backend="motifcount", **row)
    assert answer == expected(name, network)
