"""The census of one large graph in shards, by the workers of an executor."""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from typing import Any

from motifcount import _core
from motifcount._support.executors import Units, n_workers_now, run_in_shards, stop_if_over
from motifcount._support.progress import Report
from motifcount.graph import Graph, access

_PER_WORKER = 4
_WORKERS = 16  # of an executor that does not tell
_SHARDS: Units[int] = Units(lambda _: 1, "shards are counted")


class _Census:
    """What a worker does: it lays the graph out once, and counts shards of it."""

    def __init__(self, graph: Graph, families: tuple[str, ...], n_shards: int) -> None:
        self._of = graph, families, n_shards
        self._lock = threading.Lock()
        self._shards: _core.Shards | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _Census, self._of

    def __call__(self, k: int, num_threads: int) -> bytes:
        graph, families, n_shards = self._of
        with self._lock:
            if self._shards is None:
                self._shards = _core.Shards(access.in_core(graph), families, num_threads)
        return self._shards.sums(k, n_shards, num_threads, stop_if_over)


def tables_in_shards(
    graph: Graph, families: tuple[str, ...], induced: bool, executor: Executor, num_threads: int, report: Report
) -> tuple[Any, ...]:
    """Return the tables of ``_core.count``, whose shards the workers of an executor count."""
    n_shards = _PER_WORKER * (n_workers_now(executor) or _WORKERS)
    census = _Census(graph, families, n_shards)
    sums = run_in_shards(census, range(n_shards), executor, num_threads, _SHARDS, report)
    return _core.count_of_sums(sums, graph.n_nodes, graph.n_edges, families, induced)
