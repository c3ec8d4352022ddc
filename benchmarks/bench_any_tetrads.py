"""How long does the census of all 199 four-node classes take, beside the triad census and igraph's enumeration?

Rows are compared by time per edge. igraph's counts are told apart by the canonical forms of its classes; where igraph
would take too long, subgraph counts of stars are held against degrees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import pytest
import references

import motifcount as mc

IGRAPH_SETS_PER_S = 4e6  # connected four nodes; rough, to know beforehand what would take too long
NAMES = ("connectome-like", "random-20k", "rmat-10", "rmat-14", "rmat-16")
SAMPLES = 1000


def _network(standard: Callable[[str], Any], name: str, quick: bool) -> graphs.Network:
    if name == "connectome-like":  # nodes and edges of the neurons of C. elegans
        return graphs.erdos_renyi(300, 2301, seed=6, name=name)
    if name == "random-20k":
        return graphs.erdos_renyi(2000, 2000 if quick else 20_000, seed=7, name=name)
    return standard(name)


@pytest.fixture(params=NAMES)
def network(request: pytest.FixtureRequest, standard: Callable[[str], Any]) -> graphs.Network:
    return _network(standard, request.param, request.config.getoption("--quick"))


def _row(network: graphs.Network, tool: str, threads: int = 1) -> dict[str, Any]:
    return network.row("all tetrads", tool, threads, is_baseline=tool == "motifcount")


def bench_motifcount(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    counts = measure(mc.count, network.graph, 4, num_threads=threads, **_row(network, "motifcount", threads))
    references.check_tetrads_by_degrees(network, mc.count(network.graph, 4, induced=False))
    assert counts == mc.count(network.graph, 4, num_threads=1)


def bench_triads(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    counts = measure(mc.count, network.graph, 3, num_threads=threads, **_row(network, "motifcount, triads", threads))
    assert dict(counts) == references.triads(network)


def bench_igraph(
    measure: Callable[..., Any], rounds_of_peer: Callable[..., Any], network: graphs.Network, igraph: Any
) -> None:
    counts = mc.count(network.graph, 4)
    rounds = rounds_of_peer(sum(counts.values()) / IGRAPH_SETS_PER_S)
    row = _row(network, f"igraph {igraph.__version__}")
    found = measure(network.igraph.motifs_randesu, 4, rounds=rounds, **row)
    assert references.tetrads_of_igraph(igraph, found) == {name: number for name, number in counts.items() if number}


def bench_ensemble(measure: Callable[..., Any], standard: Callable[[str], Any], threads: int) -> None:
    network = _network(standard, "random-20k", quick=False)
    options: dict[str, Any] = {"size": 4, "samples": SAMPLES, "seed": 1, "num_threads": threads, "progress": False}
    row = _row(network, "motifcount", threads) | {"group": f"{SAMPLES} degree samples with all tetrads, random-20k"}
    row |= {"work": SAMPLES, "unit": "samples"}
    result = measure(mc.significance, network.graph, mc.nulls.Degree(10), rounds=1, **options, **row)
    assert dict(result.observed) == dict(mc.count(network.graph, 4))
    assert result.samples == SAMPLES
