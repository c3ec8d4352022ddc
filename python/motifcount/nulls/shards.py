"""Samples drawn by the workers of an executor, in shards; what lost workers leave undone is drawn in this process."""

from __future__ import annotations

import math
import pickle
import warnings
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed

from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import Report, SampledCounts, SampleRange, joined

Draw = Callable[[SampleRange, int], SampledCounts]
"""Draws a range of samples with so many threads; it travels to the workers."""


def draw_counts_sharded(
    draw: Draw, samples: SampleRange, executor: Executor, num_threads: int, report: Report
) -> SampledCounts:
    """Return what ``draw(samples, num_threads)`` does, drawn in shards on the workers of an executor."""
    shards = samples.split(_shard_length(samples.n, executor))
    try:
        futures = {executor.submit(draw, shard, num_threads): shard for shard in shards}
    except RuntimeError as error:
        raise RuntimeError(f"executor must take work, but does not: {error}") from error
    drawn = _collect(futures, report)
    lost = [shard for shard in shards if shard not in drawn]
    if lost:
        n_lost = sum(shard.n for shard in lost)
        message = f"executor lost workers; {n_lost} of {samples.n} samples are drawn in this process instead"
        warnings.warn(message, RuntimeWarning, stacklevel=4)
    for shard in lost:
        drawn[shard] = draw(shard, num_threads)
    return joined([drawn[shard] for shard in shards])


def check_travels(null: NullModel, executor: Executor) -> None:
    """Refuse a null model that the processes of an executor cannot be sent.

    Raises
    ------
    TypeError
        If it is a function that they cannot import.
    """
    if not isinstance(executor, ProcessPoolExecutor):
        return
    try:
        pickle.dumps(null)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"null must be a function at the top of a module, which the processes of executor can import: {error}"
        ) from error


def _collect(futures: dict[Future[SampledCounts], SampleRange], report: Report) -> dict[SampleRange, SampledCounts]:
    """Wait for the shards, and return those that no lost worker took along."""
    drawn: dict[SampleRange, SampledCounts] = {}
    try:
        for future in as_completed(futures):
            try:
                drawn[futures[future]] = future.result()
            except Exception as error:
                if not _lost_worker(error):
                    raise
                continue
            if report is not None:
                report(sum(shard.n for shard in drawn))
    finally:
        for future in futures:
            future.cancel()
    return drawn


def _lost_worker(error: Exception) -> bool:
    # Dask's KilledWorker, of tasks that outlived several workers, is a plain Exception
    return isinstance(error, (BrokenExecutor, CancelledError)) or type(error).__name__ == "KilledWorker"


def _shard_length(samples: int, executor: Executor) -> int:
    """A few shards a worker, but none so short that the common start of its chains would be most of its work."""
    # executors that do not tell, as that of Dask, may have thousands
    workers = getattr(executor, "num_workers", None) or getattr(executor, "_max_workers", None) or 2500
    return max(16, math.ceil(samples / (4 * workers)))
