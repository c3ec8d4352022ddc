"""A stage on several threads: each trains some of the networks, so the result does not depend on how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import pairwise
from threading import Event

import numpy as np
import torch

from motifcount.train.config import Config
from motifcount.train.data import Tensors
from motifcount.train.layout import Layout
from motifcount.train.loop import Diverged, Trained, Watch, train_stage
from motifcount.train.stack import Stack

_TELL_EVERY = 0.1  # seconds


def train_in_parts(
    stack: Stack,
    layout: Layout,
    config: Config,
    stage: int,
    tensors: Tensors,
    num_threads: int,
    report: Callable[[int], object],
) -> Trained:
    """Train the networks of a stack in place, see :func:`train_stage`; tell the batches of the slowest part."""
    edges = np.linspace(0, len(stack), min(num_threads, len(stack)) + 1).astype(int).tolist()
    stop = Event()
    parts = [(start, stack.rows(slice(start, end)), Watch(stop)) for start, end in pairwise(edges)]

    def train(first: int, part: Stack, watch: Watch) -> Trained:
        torch.set_num_threads(1)  # of this thread
        try:
            return train_stage(part, layout, config, stage, tensors, watch)
        except Diverged as error:
            raise Diverged(first + error.position, error.loss, error.batch) from None

    with _num_threads_of_torch_kept(), ThreadPoolExecutor(len(parts)) as pool:
        try:
            futures = [pool.submit(train, *part) for part in parts]
            while not _finished(futures):
                report(min(watch.batch for _, _, watch in parts))
        finally:
            stop.set()
    return _joined([future.result() for future in futures])


def _finished(futures: list[Future[Trained]]) -> bool:
    """Wait a little; return whether all are done, and raise what one of them raised."""
    done, pending = wait(futures, timeout=_TELL_EVERY, return_when=FIRST_EXCEPTION)
    for future in done:
        future.result()
    return not pending


def _joined(parts: list[Trained]) -> Trained:
    longest = max(len(part.history) for part in parts)
    histories = [
        np.pad(part.history, ((0, longest - len(part.history)), (0, 0)), constant_values=np.nan) for part in parts
    ]
    return Trained(
        np.concatenate([part.validation_losses for part in parts]),
        np.concatenate([part.batches for part in parts]),
        np.concatenate(histories, axis=1),
    )


@contextmanager
def _num_threads_of_torch_kept() -> Iterator[None]:
    """Give torch its number of threads back, which threads started later would else take over from ours."""
    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)
