"""What does a user pay? Import, conversion from networkx, and a census from a SciPy matrix to a table of counts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
import references

import motifcount as mc


@pytest.mark.parametrize("what", ["motifcount", "numpy, scipy.sparse", "networkx"])
def bench_import(measure: Callable[..., Any], what: str) -> None:
    """A new interpreter each time, the start of the interpreter included."""
    row = {"group": "import", "tool": what, "work": 1, "unit": "starts", "baseline": what == "motifcount"}
    measure(subprocess.run, [sys.executable, "-c", f"import {what}"], check=True, **row)


def _row(network: Any, tool: str, threads: int = 1) -> dict[str, Any]:
    row: dict[str, Any] = network.row(
        "from another library to a triad census", tool, threads, is_baseline=tool == "motifcount, scipy CSR"
    )
    return row


@pytest.mark.parametrize("name", ["pruned", "rmat-14"])
@pytest.mark.parametrize("source", ["scipy CSR", "scipy COO", "networkx DiGraph"])
def bench_motifcount(
    measure: Callable[..., Any], standard: Callable[[str], Any], name: str, source: str, threads: int
) -> None:
    network = standard(name)
    graph = {"scipy CSR": network.csr, "scipy COO": network.csr.tocoo()}.get(source)
    if graph is None:
        graph = network.networkx
    counts = measure(mc.count, graph, 3, num_threads=threads, **_row(network, f"motifcount, {source}", threads))
    assert dict(counts) == references.triads(network)


@pytest.mark.parametrize("name", ["pruned"])
def bench_networkx(measure: Callable[..., Any], standard: Callable[[str], Any], name: str) -> None:
    network = standard(name)
    row = _row(network, f"networkx {nx.__version__}")
    counts = measure(nx.triadic_census, network.networkx, rounds=1, backend="networkx", **row)
    assert counts == references.triads(network)
