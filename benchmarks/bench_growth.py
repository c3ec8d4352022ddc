"""How does the time of a census and of a random graph grow with the graph?

R-MAT graphs double their nodes and edges from one scale to the next, and have hubs; layered ones have none. Tetrads are
also counted in random graphs that grow by their nodes, with ten edges each, or by their edges alone. Time per edge that
stays the same is linear growth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import numpy as np
import pytest
import references

import motifcount as mc

SCALES = (10, 12, 14, 16, 18)
BLOCK_EDGES = (10_000, 100_000, 1_000_000)  # four blocks, 50 edges a node
RANDOM_NODES, EDGES_PER_NODE = (2_000, 20_000, 200_000), 10
RANDOM_EDGES, NODES_OF_DENSE = (25_000, 50_000, 100_000, 200_000), 5_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "tetrads" in metafunc.definition.name:
        more = [f"random-{n}-{EDGES_PER_NODE * n}" for n in RANDOM_NODES]
        more += [f"random-{NODES_OF_DENSE}-{m}" for m in RANDOM_EDGES]
    else:
        more = [f"layered-{4 * m}" for m in BLOCK_EDGES]
    names = [f"rmat-{scale}" for scale in SCALES] + more
    metafunc.parametrize("name", [names[0], more[0]] if metafunc.config.getoption("--quick") else names)


@pytest.fixture
def network(name: str) -> graphs.Network:
    family, *sizes = name.split("-")
    if family == "rmat":
        return graphs.rmat(int(sizes[0]), seed=3)
    if family == "random":
        return graphs.erdos_renyi(*map(int, sizes), seed=7, name=name)
    m = int(sizes[0]) // 4
    return graphs.layered((m // 50,) * 5, edges=m, seed=2, name=name)


def bench_census(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    counts = measure(
        mc.count,
        network.graph,
        3,
        num_threads=threads,
        **network.row("triad census", "motifcount", threads, is_baseline=True),
    )
    assert dict(counts) == references.triads(network)


def bench_tetrads(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    row = network.row("all tetrads", "motifcount", threads, is_baseline=True)
    counts = measure(mc.count, network.graph, 4, num_threads=threads, **row)
    references.check_tetrads_by_degrees(network, mc.count(network.graph, 4, induced=False))
    assert len(counts) == len(mc.CLASSES[4])


def bench_random_graph(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    row = network.row("random graph, 10 attempts an edge", "motifcount", threads, is_baseline=True)
    made = measure(mc.randomize, network.graph, mc.nulls.Degree(10), seed=1, num_threads=threads, **row)
    for degrees in ("in_degrees", "out_degrees"):
        assert np.array_equal(getattr(made, degrees)(), getattr(network.graph, degrees)())
