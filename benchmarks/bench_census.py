"""How long does the full directed triad census take, and how long do others need for it?

Peers get their own graph object ready-made, as motifcount does; only the counting is timed.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import graphs
import numpy as np
import pytest
import references

import motifcount as mc

IGRAPH_WEDGES_PER_S, NETWORKX_WEDGES_PER_S = 4e6, 2e5  # rough, to know beforehand what would take too long
INTENSITY_WEDGES_PER_S = 3e8
GAP_TRIALS = 5
LARGEST_REFERENCE = 5_000_000  # edges, of graphs with triangles; sparse products would take hours for R-MAT 20


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "name" in metafunc.fixturenames:
        scales = [f"rmat-{scale}" for scale in (14, 17, *metafunc.config.getoption("--rmat-scale"))]
        files = [str(Path(path).resolve()) for path in metafunc.config.getoption("--graph")]
        names = ["pruned", "layered-2M", "attribution", *scales, *files]
        metafunc.parametrize("name", names, ids=[Path(name).name.split(".")[0] for name in names])


@lru_cache(maxsize=2)
def expected(network: graphs.Network) -> dict[str, int]:
    """Count by a second method; beyond LARGEST_REFERENCE by our own, whose triangles GAP's then are held against."""
    if network.sizes or network.n_edges <= LARGEST_REFERENCE:
        return references.triads(network)
    return dict(mc.count(network.graph, 3, num_threads=1))


def _wedges(network: graphs.Network) -> float:
    degrees = np.bincount(np.concatenate((network.src, network.dst)), minlength=network.n_nodes)
    return float((degrees * (degrees - 1.0)).sum() / 2)


def _row(network: graphs.Network, tool: str, threads: int = 1) -> dict[str, Any]:
    return network.row("triad census", tool, threads, is_baseline=tool == "motifcount")


def bench_motifcount(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = standard(name)
    counts = measure(mc.count, network.graph, 3, num_threads=threads, **_row(network, "motifcount", threads))
    assert dict(counts) == expected(network)


def bench_by_node(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = standard(name)
    row = _row(network, "motifcount, by node", threads)
    counts = measure(mc.count, network.graph, 3, by_node=True, num_threads=threads, **row)
    assert {key: int(numbers.sum()) for key, numbers in counts.by_node.items()} == {
        key: 3 * number for key, number in expected(network).items()
    }


def bench_by_role(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = standard(name)
    row = _row(network, "motifcount, by role", threads)
    counts = measure(mc.count, network.graph, 3, by_role=True, num_threads=threads, **row)
    assert {key: int(numbers.sum()) for key, numbers in counts.by_role.items()} == {
        key: 3 * number for key, number in expected(network).items()
    }


def bench_by_kind(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = standard(name)
    signed = mc.Graph(network.graph, kinds=np.where(np.arange(network.n_edges) % 3, "+", "-"))
    row = _row(network, "motifcount, by two signs", threads)
    counts = measure(mc.count, signed, 3, by_kind=True, num_threads=threads, **row)
    assert dict(counts) == expected(network)


def bench_intensity(
    measure: Callable[..., Any],
    standard: Callable[[str], Any],
    rounds_of_peer: Callable[..., Any],
    name: str,
    threads: int,
) -> None:
    network = standard(name)
    weighted = mc.Graph(network.graph, weights=np.ones(network.n_edges))
    rounds = rounds_of_peer(2 * _wedges(network) / INTENSITY_WEDGES_PER_S)
    row = _row(network, "motifcount, intensity and coherence", threads)
    found = measure(mc.intensity, weighted, num_threads=threads, rounds=rounds, **row)
    for sums in (found.total_intensity, found.total_coherence):
        np.testing.assert_allclose(sums.to_numpy(), [expected(network)[key] for key in sums], rtol=1e-9)


def bench_igraph(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    pytest.importorskip("igraph", reason="igraph is not installed")
    network = standard(name)
    rounds = rounds_of_peer(_wedges(network) / IGRAPH_WEDGES_PER_S)
    census = measure(network.igraph.triad_census, rounds=rounds, **_row(network, "igraph"))
    assert dict(zip(references.TRIADS, census, strict=True)) == expected(network)


def bench_networkx(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    import networkx as nx

    network = standard(name)
    rounds = rounds_of_peer(_wedges(network) / NETWORKX_WEDGES_PER_S)
    census = measure(nx.triadic_census, network.networkx, rounds=rounds, **_row(network, "networkx"))
    assert census == expected(network)


def bench_gap_tc(
    measure: Callable[..., Any],
    benchmark: Any,
    standard: Callable[[str], Any],
    pytestconfig: pytest.Config,
    tmp_path: Path,
    name: str,
    threads: int,
) -> None:
    """GAP's tc, which counts the undirected triangles only; the time is the average that it prints."""
    program = pytestconfig.getoption("--gap-tc")
    if program is None:
        pytest.skip("the GAP benchmark suite's tc is not given; see --gap-tc")
    network = standard(name)
    if network.sizes:
        pytest.skip("a strictly layered graph has no triangles")
    if network.n_edges > network.n_nodes**2 / 8:
        pytest.skip("a trial takes minutes, by lists of thousands of neighbours")
    edges = tmp_path / "graph.el"
    with edges.open("w") as file:
        np.savetxt(file, np.column_stack((network.src, network.dst)), fmt="%d")
    row = _row(network, "GAP tc (triangles only)", threads)
    command = [program, "-f", str(edges), "-s", "-a", "-n", str(GAP_TRIALS)]
    output = measure(_run, command, threads, rounds=1, **row)
    trials = [float(found) for found in re.findall(r"^Trial Time:\s*(\S+)", output, re.MULTILINE)]
    average = re.search(r"^Average Time:\s*(\S+)", output, re.MULTILINE)
    triangles = re.search(r"^(\d+) triangles", output, re.MULTILINE)
    assert average is not None, f"no average time in {output}"
    assert triangles is not None, f"no triangles in {output}"
    benchmark.extra_info.update(median=float(average[1]), min=min(trials), rounds=len(trials))
    assert int(triangles[1]) == references.n_triangles(expected(network))


def _run(command: list[str], threads: int) -> str:
    environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, preexec_fn=_on_all_cores
    ).stdout


def _on_all_cores() -> None:
    # where OMP_PROC_BIND binds this process to a core, the child would share that core with all its threads
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
