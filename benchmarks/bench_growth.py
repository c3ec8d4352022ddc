"""How does the time of a census and of a random graph grow with the graph?

R-MAT graphs double their nodes and edges from one scale to the next, and have hubs; layered ones have none. Time per
edge that stays the same is linear growth.
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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    names = [f"rmat-{scale}" for scale in SCALES] + [f"layered-{4 * m}" for m in BLOCK_EDGES]
    quick = metafunc.config.getoption("--quick")
    metafunc.parametrize("name", [names[0], names[len(SCALES)]] if quick else names)


@pytest.fixture
def network(name: str) -> graphs.Network:
    family, size = name.split("-")
    if family == "rmat":
        return graphs.rmat(int(size), seed=3)
    m = int(size) // 4
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


def bench_random_graph(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    row = network.row("random graph, 10 attempts an edge", "motifcount", threads, is_baseline=True)
    made = measure(mc.randomize, network.graph, mc.nulls.Degree(10), seed=1, num_threads=threads, **row)
    for degrees in ("in_degrees", "out_degrees"):
        assert np.array_equal(getattr(made, degrees)(), getattr(network.graph, degrees)())
