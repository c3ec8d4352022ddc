"""Samples drawn by the workers of an executor, in shards."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial

from motifcount._support.executors import Units, n_workers, run_in_shards, stop_if_over
from motifcount._support.progress import Report
from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import SampledCounts, SampleRange, joined

Draw = Callable[..., SampledCounts]
"""Draws a range of samples with so many threads, and reports; it travels to the workers."""

_SAMPLES: Units[SampleRange] = Units(lambda shard: shard.n, "samples are drawn")


def draw_counts_sharded(
    draw: Draw, samples: SampleRange, executor: Executor, num_threads: int, report: Report
) -> SampledCounts:
    """Return what ``draw(samples, num_threads)`` does, drawn in shards on the workers of an executor."""
    shards = samples.split(_shard_length(samples.n, executor))
    interruptible = partial(draw, report=stop_if_over)
    return joined(run_in_shards(interruptible, shards, executor, num_threads, _SAMPLES, report))


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


def _shard_length(samples: int, executor: Executor) -> int:
    """A few shards a worker, but none so short that the common start of its chains would be most of its work."""
    return max(16, math.ceil(samples / (4 * (n_workers(executor) or 2500))))
