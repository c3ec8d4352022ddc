"""Stage after stage: cut, train, save; what is there already is not done again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import torch

from motifcount import _progress, _threads
from motifcount.train import checkpoints
from motifcount.train import data as datasets
from motifcount.train.config import Config
from motifcount.train.data import Data, HasData, Tensors
from motifcount.train.layout import Layout
from motifcount.train.loop import Diverged, Trained, Watch, train_stage
from motifcount.train.pruning import cut
from motifcount.train.results import Run
from motifcount.train.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

_TELL_EVERY = 0.1  # seconds


def run(
    config: Config,
    data: HasData,
    directory: str | Path,
    *,
    device: str | torch.device | None = None,
    num_threads: int | None = None,
    progress: _progress.Progress = None,
) -> Run:
    """Train and prune networks through all stages, or go on where an earlier call was cut off.

    Parameters
    ----------
    config
        How; see :class:`Config`.
    data
        Anything with ``train`` and ``validation``, each a pair of float32 arrays: inputs (n, n_in), outputs (n, n_out).
    directory
        Where each stage is kept as a file; made if it is not there. Stages found there are not trained again.
    device
        "cpu", "cuda", …; None for a GPU if there is one.
    num_threads
        On the CPU, networks are spread over this many threads; default OMP_NUM_THREADS, else the available cores. The
        result never depends on it.
    progress
        A function ``(done, total)``, True or False; None shows a bar on a terminal when it takes long.

    Returns
    -------
    Run
        Losses, masks, graphs and models of every stage.

    Raises
    ------
    ValueError
        If the data do not fit, or the directory holds a damaged stage or one of another configuration or other data.
    FloatingPointError
        If the loss of a network is no longer finite; earlier stages are kept.
    OSError
        If a stage cannot be saved; earlier stages are kept.

    Notes
    -----
    The same configuration and data give the same bits on the same CPU and version of torch, however often the run was
    cut off; on a GPU they are the same but for rounding.
    """
    where = _device(device)
    job = _Job(config, datasets.checked(data, config), Path(directory), where, num_threads)
    job.directory.mkdir(parents=True, exist_ok=True)
    job.check()
    total = sum(job.units(stage) for stage in range(len(config.sparsities)))
    with _progress.reporter(progress, total, "training") as report, _threads_of_torch_kept():
        job.run(report or (lambda done: None))
    return Run(config, job.directory)


def untrained(
    config: Config,
    data: HasData,
    directory: str | Path,
    *,
    device: str | torch.device | None = None,
    num_threads: int | None = None,
    progress: _progress.Progress = None,
) -> Run:
    """Prune the same networks through the same stages without training them, a control: what does pruning alone do?

    Takes and returns what :func:`run` does; the configuration's numbers of batches count as 0.
    """
    still = replace(config, min_batches=0, max_batches=0)
    return run(still, data, directory, device=device, num_threads=num_threads, progress=progress)


def load(directory: str | Path) -> Run:
    """Return a run that was finished earlier.

    Raises
    ------
    FileNotFoundError
        If a stage is missing.
    ValueError
        If a stage is damaged.
    """
    directory = Path(directory)
    config, _ = checkpoints.read_config(checkpoints.path_of(directory, 0))
    return Run(config, directory)


class _Job:
    def __init__(
        self, config: Config, data: Data, directory: Path, device: torch.device, num_threads: int | None
    ) -> None:
        self._config, self._data, self.directory, self._device = config, data, directory, device
        self._data_fingerprint = datasets.fingerprint(data)
        self._layout = Layout(config.layer_widths)
        n_parts = min(_threads.effective(num_threads), config.networks) if device.type == "cpu" else 1
        edges = np.linspace(0, config.networks, n_parts + 1).astype(int).tolist()
        self._parts = [slice(start, stop) for start, stop in pairwise(edges)]

    def units(self, stage: int) -> int:
        """Return the length of a stage on the progress bar: its batches and its end."""
        return self._config.batches(stage)[1] + 1

    def check(self) -> None:
        """Refuse a directory with stages of another run."""
        for stage in range(len(self._config.sparsities)):
            path = checkpoints.path_of(self.directory, stage)
            if path.exists():
                checkpoints.check(path, self._config, self._data_fingerprint)

    def run(self, report: Callable[[int], object]) -> None:
        done = 0
        stack: Stack | None = None  # at the end of the stage before
        tensors: Tensors | None = None
        for stage, sparsity in enumerate(self._config.sparsities):
            if checkpoints.path_of(self.directory, stage).exists():
                stack = None
            else:
                stack = self._before(stage) if stack is None else stack
                tensors = tensors or Tensors.of(self._data, self._device)
                cut(stack, self._layout, self._config, sparsity)
                trained = self._train(stack, tensors, stage, partial(_report_more, report, done))
                checkpoints.save(self.directory, stage, self._config, self._data_fingerprint, stack, trained)
            done += self.units(stage)
            report(done)

    def _before(self, stage: int) -> Stack:
        if stage == 0:
            return Stack.initial(self._config, self._layout, self._device)
        path = checkpoints.path_of(self.directory, stage - 1)
        return checkpoints.read_stack(path, self._config, self._layout, self._device)

    def _train(self, stack: Stack, tensors: Tensors, stage: int, report: Callable[[int], object]) -> Trained:
        """Train the parts of the stack side by side, each in a thread of its own."""
        stop = Event()
        watches = [Watch(stop) for _ in self._parts]

        def train(part: slice, watch: Watch) -> Trained:
            torch.set_num_threads(1)  # of this thread alone; parts are what is parallel
            try:
                return train_stage(stack.rows(part), self._layout, self._config, stage, tensors, watch)
            except Diverged as error:
                raise self._diverged(error, part.start, stage) from None

        with ThreadPoolExecutor(len(self._parts)) as pool:
            try:
                futures = [pool.submit(train, part, watch) for part, watch in zip(self._parts, watches, strict=True)]
                while not _finished(futures):
                    report(min(watch.batch for watch in watches))
            finally:
                stop.set()
        return _joined([future.result() for future in futures])

    def _diverged(self, error: Diverged, first: int, stage: int) -> FloatingPointError:
        number = self._config.first_network + first + error.position
        return FloatingPointError(
            f"network {number} diverged in stage {stage} (sparsity {self._config.sparsities[stage]:g}): its validation "
            f"loss is {error.loss} after {error.batch} batches; earlier stages are kept in {self.directory}; "
            f"a learning_rate below {self._config.learning_rate:g} may help"
        )


def _report_more(report: Callable[[int], object], done: int, more: int) -> None:
    report(done + more)


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


def _device(device: str | torch.device | None) -> torch.device:
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(
            f"device must be one that torch can use here, such as 'cpu', not {device!r}: {reason}"
        ) from error
    return torch.device(device)


@contextmanager
def _threads_of_torch_kept() -> Iterator[None]:
    """Give torch its number of threads back, which threads started later would else inherit from ours."""
    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)
