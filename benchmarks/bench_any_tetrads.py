"""How long does the census of all 199 four-node classes take, beside the triad census and igraph's enumeration?

Rows are compared by time per edge. igraph's counts are told apart by the canonical forms of its classes; where igraph
would take too long, subgraph counts of stars are held against degrees. gtrieScanner runs where `--gtrie-scanner` names
its program; NetMODE is left out, for its source could not be had.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import graphs
import numpy as np
import pytest
import references

import motifcount as mc

# Connected four nodes a second; rough, to know beforehand what would take too long.
IGRAPH_SETS_PER_S = 4e6
GTRIE_SETS_PER_S = 2e7
NAMES = ("connectome-like", "random-20k", "rmat-10", "rmat-14", "rmat-16", "rmat-17")
SAMPLES = 1000
GTRIE_ROUNDS = 5


def _network(standard: Callable[[str], Any], name: str, quick: bool) -> graphs.Network:
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


def bench_by_node(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    row = _row(network, "motifcount, by node", threads)
    counts = measure(mc.count, network.graph, 4, by_node=True, num_threads=threads, **row)
    expected = {name: 4 * number for name, number in mc.count(network.graph, 4).items()}
    assert {name: _exact_sum(numbers) for name, numbers in counts.by_node.items()} == expected


def bench_by_role(measure: Callable[..., Any], network: graphs.Network, threads: int) -> None:
    row = _row(network, "motifcount, by role", threads)
    counts = measure(mc.count, network.graph, 4, by_role=True, num_threads=threads, **row)
    expected = {name: 4 * number for name, number in mc.count(network.graph, 4).items()}
    assert {name: _exact_sum(numbers) for name, numbers in counts.by_role.items()} == expected


def _exact_sum(numbers: Any) -> int:
    return (int((numbers >> 32).sum()) << 32) + int((numbers & 0xFFFFFFFF).sum())


def bench_igraph(
    measure: Callable[..., Any], rounds_of_peer: Callable[..., Any], network: graphs.Network, igraph: Any
) -> None:
    counts = mc.count(network.graph, 4)
    rounds = rounds_of_peer(sum(counts.values()) / IGRAPH_SETS_PER_S)
    row = _row(network, f"igraph {igraph.__version__}")
    found = measure(network.igraph.motifs_randesu, 4, rounds=rounds, **row)
    assert references.tetrads_of_igraph(igraph, found) == {name: number for name, number in counts.items() if number}


def bench_gtrie_scanner(
    measure: Callable[..., Any],
    benchmark: Any,
    rounds_of_peer: Callable[..., Any],
    network: graphs.Network,
    pytestconfig: pytest.Config,
    tmp_path: Path,
) -> None:
    """With the g-tries that come with it; the time is the one that it prints, of the census alone."""
    program = pytestconfig.getoption("--gtrie-scanner")
    if program is None:
        pytest.skip("gtrieScanner is not given; see --gtrie-scanner")
    counts = mc.count(network.graph, 4)
    rounds = rounds_of_peer(sum(counts.values()) / GTRIE_SETS_PER_S) or GTRIE_ROUNDS
    edges = tmp_path / "graph.txt"
    ends = np.column_stack((network.src + 1, network.dst + 1, np.ones_like(network.src)))
    np.savetxt(edges, ends, fmt="%d")
    tries = Path(program).parent / "gtries" / "dir4.gt"
    command = [program, "-s", "4", "-m", "gtrie", str(tries), "-d", "-g", str(edges), "-f", "simple_weight"]
    outputs: list[str] = []

    def run() -> None:
        outputs.append(subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path).stdout)

    measure(run, rounds=rounds, **_row(network, "gtrieScanner"))
    times = [float(re.search(r"^Time elapsed: (\S+)s", output, re.MULTILINE)[1]) for output in outputs]  # type: ignore[index]
    benchmark.extra_info.update(median=median(times), min=min(times), rounds=len(times))
    found = re.search(r"^(\d+) subgraphs, (\d+) occurrences", outputs[0], re.MULTILINE)
    assert found is not None, f"no counts in {outputs[0]}"
    assert int(found[2]) == sum(counts.values())


def bench_ensemble(measure: Callable[..., Any], standard: Callable[[str], Any], threads: int) -> None:
    network = _network(standard, "random-20k", quick=False)
    options: dict[str, Any] = {"size": 4, "samples": SAMPLES, "seed": 1, "num_threads": threads, "progress": False}
    row = _row(network, "motifcount", threads) | {"group": f"{SAMPLES} degree samples with all tetrads, random-20k"}
    row |= {"work": SAMPLES, "unit": "samples"}
    result = measure(mc.significance, network.graph, mc.nulls.Degree(10), rounds=1, **options, **row)
    assert dict(result.observed) == dict(mc.count(network.graph, 4))
    assert result.samples == SAMPLES
