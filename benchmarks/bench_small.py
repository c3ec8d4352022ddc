"""What does a census cost on a small graph? Users loop over thousands of them.

A graph of 1,000 arcs, ready-made for each tool, beside igraph's and NetworkX's census. Its random graphs, and their
significance, are among those of bench_randomize.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import networkx as nx
import numpy as np
import pytest
import references

import motifcount as mc

OPTIONS: dict[str, dict[str, Any]] = {"triad census": {}, "by node": {"by_node": True}, "by role": {"by_role": True}}


@pytest.fixture
def network(standard: Callable[[str], Any]) -> graphs.Network:
    network: graphs.Network = standard("heavy-tailed-1k")
    return network


def _row(network: graphs.Network, what: str, tool: str = "motifcount", threads: int = 1) -> dict[str, Any]:
    row = network.row("small graph", tool, threads, is_baseline=tool == "motifcount")
    return row | {"group": f"{what}, a graph of 1,000 arcs", "work": 1, "unit": "calls"}


@pytest.mark.parametrize("what", OPTIONS)
def bench_count(measure: Callable[..., Any], network: graphs.Network, what: str, threads: int) -> None:
    row = _row(network, what, threads=threads)
    counts = measure(mc.count, network.graph, 3, num_threads=threads, **OPTIONS[what], **row)
    totals = {"triad census": counts, "by node": counts.by_node, "by role": counts.by_role}[what]
    nodes = 1 if what == "triad census" else 3
    assert {name: int(np.sum(number)) for name, number in totals.items()} == {
        name: nodes * number for name, number in references.triads(network).items()
    }


def bench_igraph(measure: Callable[..., Any], network: graphs.Network, igraph: Any) -> None:
    row = _row(network, "triad census", f"igraph {igraph.__version__}")
    census = measure(network.igraph.triad_census, **row)
    assert dict(zip(references.TRIADS, census, strict=True)) == references.triads(network)


def bench_networkx(measure: Callable[..., Any], network: graphs.Network) -> None:
    row = _row(network, "triad census", f"networkx {nx.__version__}")
    assert measure(nx.triadic_census, network.networkx, backend="networkx", **row) == references.triads(network)
