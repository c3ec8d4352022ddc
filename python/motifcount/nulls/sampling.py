"""Random graphs under a null model, and the motif counts of many of them. Sample k of a seed is always the same."""

from __future__ import annotations

import math
import pickle
import warnings
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor, as_completed
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core, nulls
from motifcount._support import arguments
from motifcount.counting.count import count
from motifcount.graph import Graph, as_graph

Table = npt.NDArray[Any]


def draw_one(graph: Graph, null: nulls.Null, seed: int, num_threads: int) -> Graph:
    """Return one random graph."""
    if not isinstance(null, nulls.BuiltIn):
        return _call(null, graph, _seed_of_sample(seed, 0), 0)
    src, dst, _, _ = _core.randomize(
        *graph._core_args(), *nulls.core_options(null), seed, graph._bias_flags(), num_threads
    )
    if isinstance(null, nulls.Degree) and graph._node_ids is not None:
        src, dst = graph._node_ids[src], graph._node_ids[dst]  # the chain knows rows only
    return graph._with_edges(src, dst)


def draw_counts(
    graph: Graph,
    null: nulls.Null,
    sizes: tuple[int, ...],
    seed: int,
    first_sample: int,
    samples: int,
    num_threads: int,
    report: Callable[[int], object] | None,
) -> tuple[Table, int, int]:
    """Return induced counts of shape (samples, classes), swap attempts and accepted swaps."""
    if isinstance(null, nulls.BuiltIn):
        return _core.sample_counts(
            *graph._core_args(),
            *nulls.core_options(null),
            seed,
            graph._bias_flags(),
            list(sizes),
            first_sample,
            samples,
            num_threads,
            report,
        )
    rows = []
    for k in range(first_sample, first_sample + samples):
        random = _call(null, graph, _seed_of_sample(seed, k), k)
        try:
            rows.append(count(random, sizes, num_threads=num_threads).to_numpy())
        except NotImplementedError as error:
            error.add_note(_where(null, k))
            raise
        if report is not None:
            report(len(rows))
    return np.array(rows), 0, 0


def draw_counts_on(
    executor: Executor,
    graph: Graph,
    null: nulls.Null,
    sizes: tuple[int, ...],
    seed: int,
    first_sample: int,
    samples: int,
    num_threads: int,
    report: Callable[[int], object] | None,
) -> tuple[Table, int, int]:
    """Do what :func:`draw_counts` does in shards on the workers of an executor; lost shards are drawn here."""
    if isinstance(executor, ProcessPoolExecutor) and not isinstance(null, nulls.BuiltIn):
        _check_travels(null)
    end = first_sample + samples
    length = _shard_length(samples, executor)
    shards = [(first, min(length, end - first)) for first in range(first_sample, end, length)]
    common = (graph, null, sizes, seed)
    try:
        futures = {executor.submit(draw_counts, *common, *shard, num_threads, None): shard for shard in shards}
    except RuntimeError as error:
        raise RuntimeError(f"executor must take work, but does not: {error}") from error
    drawn: dict[int, tuple[Table, int, int]] = {}
    done = 0
    try:
        for future in as_completed(futures):
            first, n = futures[future]
            try:
                drawn[first] = future.result()
            except Exception as error:
                if not _lost_worker(error):
                    raise
                continue
            done += n
            if report is not None:
                report(done)
    finally:
        for future in futures:
            future.cancel()
    lost = [shard for shard in shards if shard[0] not in drawn]
    if lost:
        n_lost = sum(n for _, n in lost)
        message = f"executor lost workers; {n_lost} of {samples} samples are drawn in this process instead"
        warnings.warn(message, RuntimeWarning, stacklevel=3)
    for shard in lost:
        drawn[shard[0]] = draw_counts(*common, *shard, num_threads, None)
    parts = [drawn[first] for first, _ in shards]
    return np.concatenate([part[0] for part in parts]), sum(part[1] for part in parts), sum(part[2] for part in parts)


def _check_travels(null: nulls.NullFunction) -> None:
    try:
        pickle.dumps(null)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"null must be a function at the top of a module, which the processes of executor can import: {error}"
        ) from error


def _lost_worker(error: Exception) -> bool:
    # Dask's KilledWorker, of tasks that outlived several workers, is a plain Exception
    return isinstance(error, (BrokenExecutor, CancelledError)) or type(error).__name__ == "KilledWorker"


def _shard_length(samples: int, executor: Executor) -> int:
    """A few shards a worker, but none so short that the common start of its chains would be most of its work."""
    # executors that do not tell, as that of Dask, may have thousands
    workers = getattr(executor, "num_workers", None) or getattr(executor, "_max_workers", None) or 2500
    return max(16, math.ceil(samples / (4 * workers)))


def trace_counts(
    graph: Graph,
    null: nulls.Degree,
    sizes: tuple[int, ...],
    seed: int,
    chains: int,
    skipped: int,
    records: int,
    num_threads: int,
    report: Callable[[int], object] | None,
) -> Table:
    """Return counts along chains from the graph, shape (chains, records, classes): after `skipped` records."""
    return _core.trace_counts(
        *graph._core_args(),
        *nulls.core_options(null),
        seed,
        None,
        list(sizes),
        chains,
        skipped,
        records,
        num_threads,
        report,
    )


def _seed_of_sample(seed: int, k: int) -> int:
    return int(np.random.SeedSequence([seed, k]).generate_state(1, np.uint64)[0])


def _call(null: nulls.NullFunction, graph: Graph, seed: int, k: int) -> Graph:
    try:
        random = _graph_of(null, null(graph, seed))
    except Exception as error:
        error.add_note(_where(null, k))
        raise
    if random.n_nodes != graph.n_nodes:
        raise ValueError(
            f"null: {nulls.name_of(null)} must return a graph with the same {graph.n_nodes} nodes, not {random.n_nodes}"
        )
    return random


def _graph_of(null: nulls.NullFunction, returned: Any) -> Graph:
    try:
        return as_graph(returned)
    except (TypeError, ValueError, NotImplementedError) as error:
        wanted = f"null: {nulls.name_of(null)} must return a graph, not {arguments.shown(returned)}"
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{wanted}: {error}") from error


def _where(null: nulls.NullFunction, k: int) -> str:
    return f"while sample {k} was drawn by the null model {nulls.name_of(null)}"
