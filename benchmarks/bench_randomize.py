"""How many swap attempts per second does the degree null model make?

A call returns a random graph, so motifcount's time includes making the edge sets and the new Graph. igraph and
NetworKit keep every node's degrees but not the layers, on the same graph; an attempt is one pair of edges drawn,
accepted or not. The R-MAT and heavy-tailed graphs have no layers, so there all do the same. igraph runs with its own
random numbers, not Python's, which are slower. NetworkX swaps along paths of three edges, until so many are accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import graphs
import numpy as np
import numpy.typing as npt
import pytest
import references

import motifcount as mc

NAMES = [
    "pruned",
    "layered-2M",
    "layered-20M",
    "heavy-tailed-1k",
    "heavy-tailed-20k",
    "heavy-tailed-3M",
    "rmat-14",
    "rmat-17",
]
pytestmark = pytest.mark.parametrize("name", NAMES)
ATTEMPTS_PER_EDGE = 10
# Rough, to know beforehand what would take too long; of NetworkX, accepted swaps.
ATTEMPTS_PER_S = {"igraph": 1e6, "NetworKit": 6e5, "graph-tool": 1e6, "NetworkX": 2e3}


def _row(network: graphs.Network, tool: str, per_edge: int = ATTEMPTS_PER_EDGE, threads: int = 1) -> dict[str, Any]:
    return {
        "group": f"swap attempts, {network.name}",
        "tool": f"{tool}, {per_edge} attempts per edge",
        "threads": threads,
        "network": network,
        "work": per_edge * network.n_edges,
        "unit": "attempts",
        "baseline": tool == "motifcount" and per_edge == ATTEMPTS_PER_EDGE,
    }


@pytest.mark.parametrize("per_edge", [ATTEMPTS_PER_EDGE, 10 * ATTEMPTS_PER_EDGE], ids="{}-per-edge".format)
def bench_motifcount(
    measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int, per_edge: int
) -> None:
    network = standard(name)
    if per_edge != ATTEMPTS_PER_EDGE and name != "pruned":
        pytest.skip("long chains are for the graph whose set-up counts")
    null, seeds = mc.nulls.Degree(swaps_per_edge=per_edge), count()
    result = measure(
        lambda: mc.randomize(network.graph, null, seed=next(seeds), num_threads=threads),
        **_row(network, "motifcount", per_edge, threads),
    )
    adjacency = result.to_scipy().tocoo()
    _check_degrees(network, adjacency.row, adjacency.col)
    if network.sizes:
        expected = references.block_degrees(network, network.src, network.dst)
        assert all(map(np.array_equal, expected, references.block_degrees(network, adjacency.row, adjacency.col)))
    again = mc.randomize(network.graph, null, seed=next(seeds) - 1, num_threads=3 - min(threads, 2))
    assert again == result


def bench_keep_mutual(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    network = standard(name)
    if network.sizes:
        pytest.skip("no edge of this graph can be mutual")
    null, seeds = mc.nulls.Degree(swaps_per_edge=ATTEMPTS_PER_EDGE, keep_mutual=True), count()
    result = measure(
        lambda: mc.randomize(network.graph, null, seed=next(seeds), num_threads=threads),
        **_row(network, "motifcount, keep_mutual", threads=threads),
    )
    adjacency = result.to_scipy().tocoo()
    _check_degrees(network, adjacency.row, adjacency.col)
    assert mc.count(result, 2)["mutual"] == mc.count(network.graph, 2)["mutual"]


def bench_keep_triads(measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int) -> None:
    """Without the pilot chains, which are run once."""
    network = standard(name)
    if network.sizes or network.n_edges > 10**5:
        pytest.skip("no triad of this graph can be closed, or pilot chains take minutes")
    null, seeds = mc.nulls.Degree(ATTEMPTS_PER_EDGE, keep_triads=True).prepared(network.graph, threads), count()
    result = measure(
        lambda: mc.randomize(network.graph, null, seed=next(seeds), num_threads=threads),
        **_row(network, "motifcount, keep_triads", threads=threads),
    )
    adjacency = result.to_scipy().tocoo()
    _check_degrees(network, adjacency.row, adjacency.col)
    assert mc.count(result, 2) == mc.count(network.graph, 2)


@pytest.mark.parametrize("keep_mutual", [False, True], ids=["degree", "keep_mutual"])
def bench_in_significance(
    measure: Callable[..., Any], standard: Callable[[str], Any], name: str, threads: int, keep_mutual: bool
) -> None:
    """With counts of triads, and the pilot chains."""
    network = standard(name)
    if not name.startswith("heavy-tailed") or network.n_edges > 10**5:
        pytest.skip("small graphs are those whose set-up counts")
    null = mc.nulls.Degree(ATTEMPTS_PER_EDGE, keep_mutual)
    words = "in significance of 100 samples" + ", keep_mutual" * keep_mutual
    row = _row(network, f"motifcount, {words}", threads=threads)
    row["work"] *= 100
    options: dict[str, Any] = {"size": (2, 3), "samples": 100, "seed": 1, "progress": False}
    result = measure(mc.significance, network.graph, null, num_threads=threads, **options, **row)
    assert result.attempts >= row["work"]


def bench_networkx(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    networkx = pytest.importorskip("networkx", reason="NetworkX is not installed")
    network = standard(name)
    row = _row(network, f"NetworkX {networkx.__version__}", per_edge=1)
    rounds_of_peer(row["work"] / ATTEMPTS_PER_S["NetworkX"])
    swapped: list[Any] = []

    def fresh() -> tuple[Any, ...]:
        swapped[:] = [network.networkx.copy()]
        return (swapped[0],)

    options = {"nswap": network.n_edges, "max_tries": 10**9, "seed": 1}
    measure(networkx.directed_edge_swap, setup=fresh, rounds=1, **options, **row)
    src, dst = np.array(list(swapped[0].edges()), dtype=np.int64).T
    _check_degrees(network, src, dst)


def bench_igraph(
    measure: Callable[..., Any],
    standard: Callable[[str], Any],
    rounds_of_peer: Callable[..., Any],
    igraph: Any,
    name: str,
) -> None:
    network = standard(name)
    row = _row(network, f"igraph {igraph.__version__}")
    rounds = rounds_of_peer(row["work"] / ATTEMPTS_PER_S["igraph"])
    shuffled: list[Any] = []

    def fresh() -> tuple[Any, int]:
        shuffled[:] = [network.igraph.copy()]
        return shuffled[0], ATTEMPTS_PER_EDGE * network.n_edges

    measure(igraph.Graph.rewire, setup=fresh, rounds=rounds, **row)
    src, dst = np.array(shuffled[0].get_edgelist(), dtype=np.int64).T
    _check_degrees(network, src, dst)


def bench_networkit(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    networkit = pytest.importorskip("networkit", reason="NetworKit is not installed (pip install networkit)")
    network = standard(name)
    row = _row(network, f"NetworKit {networkit.__version__}")
    rounds = rounds_of_peer(row["work"] / ATTEMPTS_PER_S["NetworKit"])
    made: list[Any] = []

    def fresh() -> tuple[Any, ...]:
        graph = networkit.GraphFromCoo((network.src, network.dst), n=network.n_nodes, directed=True)
        made[:] = [networkit.randomization.EdgeSwitchingInPlace(graph, float(ATTEMPTS_PER_EDGE)), graph]
        return (made[0],)

    measure(lambda switching: switching.run(), setup=fresh, rounds=rounds, **row)
    src, dst = np.array(list(made[1].iterEdges()), dtype=np.int64).T
    _check_degrees(network, src, dst)


def bench_graph_tool(
    measure: Callable[..., Any], standard: Callable[[str], Any], rounds_of_peer: Callable[..., Any], name: str
) -> None:
    generation = pytest.importorskip("graph_tool.generation", reason="graph-tool is not installed (conda only)")
    import graph_tool

    network = standard(name)
    row = _row(network, "graph-tool")
    rounds = rounds_of_peer(row["work"] / ATTEMPTS_PER_S["graph-tool"])
    made: list[Any] = []

    def fresh() -> tuple[Any, ...]:
        made[:] = [graph_tool.Graph(np.column_stack((network.src, network.dst)), directed=True)]
        return (made[0],)

    options = {"model": "configuration", "n_iter": ATTEMPTS_PER_EDGE, "edge_sweep": True}
    measure(generation.random_rewire, setup=fresh, rounds=rounds, **options, **row)
    src, dst = made[0].get_edges().T
    _check_degrees(network, src, dst)


def _check_simple(network: graphs.Network, src: npt.NDArray[Any], dst: npt.NDArray[Any]) -> None:
    keys = np.unique(src.astype(np.int64) * network.n_nodes + dst)
    assert len(keys) == len(src) == network.n_edges
    assert not np.any(src == dst)
    kept = np.isin(keys, network.src * network.n_nodes + network.dst).mean()
    assert kept < 0.9, "hardly an edge has moved"


def _check_degrees(network: graphs.Network, src: npt.NDArray[Any], dst: npt.NDArray[Any]) -> None:
    _check_simple(network, src, dst)
    for before, after in ((network.src, src), (network.dst, dst)):
        degrees = np.bincount(before, minlength=network.n_nodes)
        assert np.array_equal(degrees, np.bincount(after, minlength=network.n_nodes))
