"""How fast are bi-fans and bi-parallels counted, in blocks that are dense, and in blocks that are large and sparse?

Counting bi-fans of a block is counting butterflies of a bipartite graph. The peer takes the sparse products of SciPy,
which walk the same pairs of edges ("wedges"); `work` is their number, so a time per wedge can be held against published
butterfly counters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import numpy as np
import pytest
import references

import motifcount as mc


def _network(standard: Callable[[str], Any], name: str) -> graphs.Network:
    return graphs.layered((400,) * 4, density=0.25, seed=4, name=name) if name == "dense" else standard(name)


def _row(network: graphs.Network, tool: str, threads: int = 1) -> dict[str, Any]:
    i, o = (np.bincount(ends, minlength=network.n_nodes) for ends in (network.dst, network.src))
    return {
        "group": f"tetrads, {network.name}",
        "tool": tool,
        "threads": threads,
        "network": network,
        "work": int((i * (i - 1) // 2).sum() + (i * o).sum()),
        "unit": "wedges",
        "baseline": tool == "motifcount",
    }


@pytest.mark.parametrize("name", ["dense", "pruned", "layered-hubs", "layered-2M", "layered-20M"])
def bench_motifcount(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = _network(standard, name)
    counts = measure(mc.count, network.graph, 4, num_threads=threads, **_row(network, "motifcount", threads))
    assert dict(counts) == references.tetrads(network)


@pytest.mark.parametrize("name", ["dense", "pruned", "layered-hubs", "layered-2M"])
def bench_scipy(measure: Callable[..., Any], standard: Callable[[str], Any], name: str) -> None:
    network = _network(standard, name)
    counts = measure(references.tetrads, network, **_row(network, "scipy sparse products"))
    assert counts == dict(mc.count(network.graph, 4))
