"""How close is the census of a strictly layered graph to one pass over memory?

The yardstick is one `np.bincount` over the column indices, as stored (32-bit, which NumPy first converts) and
converted beforehand (64-bit).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphs
import numpy as np
import pytest
import references

import motifcount as mc

pytestmark = pytest.mark.parametrize("name", ["layered-2M", "layered-20M"])


def _row(network: graphs.Network, tool: str, threads: int = 1) -> dict[str, Any]:
    return network.row("strictly layered census", tool, threads, is_baseline=tool.startswith("np.bincount"))


@pytest.mark.parametrize("dtype", [np.int32, np.int64], ids=["int32", "int64"])
def bench_bincount(
    measure: Callable[..., Any], standard: Callable[[str], Any], name: str, dtype: type[np.signedinteger[Any]]
) -> None:
    network = standard(name)
    indices = network.csr.indices.astype(dtype)
    in_degrees = measure(np.bincount, indices, **_row(network, f"np.bincount, {np.dtype(dtype)}"))
    assert in_degrees.sum() == network.n_edges


@pytest.mark.parametrize("given", ["layers-given", "levels-found", "scipy-csr"])
def bench_motifcount(
    measure: Callable[..., Any], standard: Callable[[str], Any], name: str, given: str, threads: int
) -> None:
    """A Graph with layers, a Graph without, and a scipy CSR, whose conversion is then part of the time."""
    network = standard(name)
    graph = {"layers-given": "graph", "levels-found": "plain_graph", "scipy-csr": "csr"}[given]
    row = _row(network, f"motifcount, {given.replace('-', ' ')}", threads)
    counts = measure(mc.count, getattr(network, graph), 3, num_threads=threads, **row)
    assert dict(counts) == references.triads(network)
