"""From which size on the workers of an executor pay for one graph.

    python benchmarks/sharded.py [--quick] [--workers 2]

Counts R-MAT graphs here, on one thread and on as many as there are workers, and by processes of one thread that run
already; and says what each of these does for itself before it counts: it lays the graph out. Least of three runs, in
seconds by the clock.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any

import graphs

import motifcount as mc
from motifcount import _core
from motifcount.graph import access

REPEATS = 3
SIZES = {3: ("dyads", "triads"), 4: ("tetrads",)}
SCALES = {3: (14, 16, 17, 18, 20), 4: (10, 12, 14, 17)}
HEAD = ["graph", "edges", "size", "one thread", "threads", "processes", "÷ one thread", "laid out"]


def seconds(call: Callable[[], Any]) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)


def row(scale: int, size: int, pool: Executor, n_workers: int) -> list[str]:
    graph = graphs.rmat(scale, seed=1).plain_graph
    families = SIZES[size]
    asked = size if size == 4 else (2, 3)
    assert mc.count(graph, asked, executor=pool) == mc.count(graph, asked)
    one = seconds(lambda: mc.count(graph, asked, num_threads=1))
    several = seconds(lambda: mc.count(graph, asked, num_threads=n_workers))
    sharded = seconds(lambda: mc.count(graph, asked, executor=pool))
    laid_out = seconds(lambda: _core.Shards(access.in_core(graph), families, 1))
    times = [f"{t:.3f}" for t in (one, several, sharded)]
    return [f"R-MAT {scale}", f"{graph.n_edges:,}", str(size), *times, f"{sharded / one:.2f}", f"{laid_out:.3f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small graphs, to see that it runs")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(mc.build_config())
    print(" | ".join(HEAD))
    with ProcessPoolExecutor(options.workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for size, scales in SCALES.items():
            for scale in (10,) if options.quick else scales:
                print(" | ".join(row(scale, size, pool, options.workers)), flush=True)


if __name__ == "__main__":
    main()
