"""Work that the workers of an executor do in shards; what lost workers leave undone is done in this process.

The work is a callable that may hold a large graph. It gets to a worker once where that can be had: threads have it, the
processes of a pool map a file of its arrays into their memory, and Dask sends it to each of its workers. With any other
executor it travels with every shard. A process keeps the work that came to it last, with all that it made of it.
"""

from __future__ import annotations

import mmap
import pickle
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from motifcount._support import arguments
from motifcount._support.progress import Report
from motifcount._support.warn import warn

Shard = TypeVar("Shard")
Done = TypeVar("Done")

_ALIGNMENT = 64  # of arrays in a file


@dataclass(frozen=True, slots=True)
class Units(Generic[Shard]):
    """What shards are made of: how many units each has, and in words that these are done."""

    of: Callable[[Shard], int]
    done: str  # "samples are drawn"


def run_in_shards(
    work: Callable[[Shard, int], Done],
    shards: Sequence[Shard],
    executor: Executor,
    num_threads: int,
    units: Units[Shard],
    report: Report,
) -> list[Done]:
    """Return ``work(shard, num_threads)`` of each shard; `report` is called with the units done so far."""
    sizes = [units.of(shard) for shard in shards]
    done: dict[int, Done] = {}

    def keep(k: int, result: Done) -> None:
        done[k] = result
        if report is not None:
            report(sum(sizes[k] for k in done), sum(sizes))

    with _sent(work, executor) as sent:
        futures: dict[Future[Done], int] = {}
        try:
            for k, shard in enumerate(shards):
                future = executor.submit(_do, sent, shard, num_threads)
                arguments.instance("executor", future, Future, "one whose submit returns a concurrent.futures.Future")
                futures[future] = k
        except RuntimeError as error:
            if not (futures and _lost_worker(error)):  # one that took shards may lose a worker before it has all
                raise RuntimeError(f"executor must take work, but does not: {error}") from error
        _collect(futures, keep)
    lost = [k for k in range(len(shards)) if k not in done]
    if lost:
        n_lost = sum(sizes[k] for k in lost)
        message = f"executor lost workers; {n_lost} of {sum(sizes)} {units.done} in this process instead"
        warn(message, RuntimeWarning)
    for k in lost:
        keep(k, work(shards[k], num_threads))
    return [done[k] for k in range(len(shards))]


def n_workers(executor: Executor) -> int | None:
    """Return the number of workers; None of an executor that does not tell, as that of Dask, which may get more."""
    return getattr(executor, "num_workers", None) or getattr(executor, "_max_workers", None)


def n_workers_now(executor: Executor) -> int | None:
    """Return the number of workers, or of threads that Dask has at the moment; None of one that does not tell."""
    client = _dask_client(executor)
    return n_workers(executor) if client is None else sum(client.nthreads().values())


def _collect(futures: dict[Future[Done], int], keep: Callable[[int, Done], None]) -> None:
    """Wait for the shards, and keep those that no lost worker took along."""
    try:
        for future in as_completed(futures):
            try:
                result = future.result()
            except Exception as error:
                if not _lost_worker(error):
                    raise
                continue
            keep(futures[future], result)
    finally:
        for future in futures:
            future.cancel()


def _lost_worker(error: Exception) -> bool:
    # Dask's KilledWorker, of tasks that outlived several workers, is a plain Exception
    return isinstance(error, (BrokenExecutor, CancelledError)) or type(error).__name__ == "KilledWorker"


# ---- how the work travels --------------------------------------------------------------------------------


@contextmanager
def _sent(work: Any, executor: Executor) -> Iterator[Any]:
    """Yield what stands for the work in a task."""
    client = _dask_client(executor)
    if isinstance(executor, ThreadPoolExecutor):
        here = _Here(work)
        try:
            yield here
        finally:
            here.ended.set()
    elif isinstance(executor, ProcessPoolExecutor):
        with tempfile.NamedTemporaryFile(prefix="motifcount-") as file:
            yield _InFile(file.name, _written(work, file.file))
    elif client is not None and client.nthreads():
        yield client.scatter(work, broadcast=True, hash=False)  # in a worker it is the work itself
    else:
        yield _Carried(work)


def _do(sent: Any, shard: Any, num_threads: int) -> Any:
    """Do a shard, in a worker."""
    if not isinstance(sent, _Here | _InFile | _Carried):
        return sent(shard, num_threads)
    work = sent.work if isinstance(sent, _Here) else _arrived(sent)
    _of_thread.is_over = sent.is_over
    try:
        return work(shard, num_threads)
    finally:
        _of_thread.is_over = None


_of_thread = threading.local()


def stop_if_over(_done: int = 0, _total: int | None = None, /) -> None:
    """Raise an error in a worker on this machine whose shard nobody waits for any more; long work calls it often."""
    is_over = getattr(_of_thread, "is_over", None)
    if is_over is not None and is_over():
        raise CancelledError


@dataclass(frozen=True, slots=True)
class _Here:
    """Threads have the work."""

    work: Any
    ended: threading.Event = field(default_factory=threading.Event)

    def is_over(self) -> bool:
        return self.ended.is_set()


def _token() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class _InFile:
    """A file that is there until all shards are done."""

    path: str
    parts: tuple[tuple[int, int], ...]  # first byte and end, of the pickle and its buffers
    token: str = field(default_factory=_token)

    def opened(self) -> Any:
        with Path(self.path).open("rb") as file:
            memory = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        head, *buffers = (memory[first:end] for first, end in self.parts)
        return pickle.loads(head, buffers=buffers)

    def is_over(self) -> bool:
        return not Path(self.path).exists()


@dataclass(frozen=True, slots=True)
class _Carried:
    work: Any
    token: str = field(default_factory=_token)

    def opened(self) -> Any:
        return self.work

    def is_over(self) -> bool:
        return False


_last: tuple[str, Any] = ("", None)  # what came to this process, by its token
_lock = threading.Lock()


def _arrived(sent: _InFile | _Carried) -> Any:
    global _last
    with _lock:
        if _last[0] != sent.token:
            _last = ("", None)  # given back before there is another
            _last = (sent.token, sent.opened())
        return _last[1]


def _written(work: Any, file: IO[bytes]) -> tuple[tuple[int, int], ...]:
    """Write a pickle with its arrays beside it, and return where they are."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(work, protocol=5, buffer_callback=buffers.append)
    parts = []
    for part in (memoryview(head), *(buffer.raw() for buffer in buffers)):
        file.write(bytes(-file.tell() % _ALIGNMENT))
        first = file.tell()
        file.write(part)
        parts.append((first, first + part.nbytes))
    file.flush()
    return tuple(parts)


def _dask_client(executor: Executor) -> Any:
    """Return the client that a Dask executor is of; None of others."""
    return getattr(executor, "_client", None) if type(executor).__module__.startswith("distributed.") else None
