"""Stage after stage: cut, train, save; what is there already is not done again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.train import checkpoints
from motifcount.train import data as datasets
from motifcount.train.config import Config
from motifcount.train.data import Data, HasData, Tensors
from motifcount.train.devices import usable_device
from motifcount.train.layout import Layout
from motifcount.train.loop import Diverged
from motifcount.train.parallel import train_in_parts
from motifcount.train.pruning import cut
from motifcount.train.results import Run
from motifcount.train.stack import Stack


def run(
    config: Config,
    data: HasData,
    directory: str | Path,
    *,
    device: str | torch.device | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
    before_stage: Callable[[int], object] | None = None,
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
    before_stage
        Called with the number of each stage that is about to be trained; what it raises ends the run there.

    Returns
    -------
    Run
        Losses, masks, graphs and models of every stage.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind, the data do not fit, torch cannot use the device, or the directory holds a
        damaged stage or one of another configuration or other data.
    MemoryError
        If so many networks do not fit.
    FloatingPointError
        If the loss of a network is no longer finite; earlier stages are kept.
    OSError
        If a stage cannot be saved; earlier stages are kept.

    Notes
    -----
    The same configuration and data give the same bits on the same CPU and version of torch, however often the run was
    cut off; on a GPU they are the same but for rounding.
    """
    config = arguments.instance("config", config, Config, "a motifcount.train.Config")
    directory = arguments.path("directory", directory)
    before_stage = arguments.function_or_none("before_stage", before_stage, "a function of the stage's number")
    check_progress(progress)
    where = usable_device(device)
    job = _Job(config, datasets.checked(data, config), directory, where, num_threads)
    job.directory.mkdir(parents=True, exist_ok=True)
    job.check()
    total = sum(job.units(stage) for stage in range(len(config.sparsities)))
    with reporter(progress, total, "training") as report:
        job.run(report or (lambda done: None), before_stage or (lambda stage: None))
    return Run(config, job.directory)


def untrained(
    config: Config,
    data: HasData,
    directory: str | Path,
    *,
    device: str | torch.device | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
    before_stage: Callable[[int], object] | None = None,
) -> Run:
    """Prune the same networks through the same stages without training them, a control: what does pruning alone do?

    Takes, returns and raises what :func:`run` does; the configuration's numbers of batches count as 0.

    Raises
    ------
    TypeError, ValueError, MemoryError, OSError
        As :func:`run`.
    """
    config = arguments.instance("config", config, Config, "a motifcount.train.Config")
    still = replace(config, min_batches=0, max_batches=0)
    return run(
        still,
        data,
        directory,
        device=device,
        num_threads=num_threads,
        progress=progress,
        before_stage=before_stage,
    )


def load(directory: str | Path) -> Run:
    """Return a run that was finished earlier.

    Raises
    ------
    TypeError
        If `directory` is no path.
    OSError
        If a stage is missing or cannot be read.
    ValueError
        If a stage is damaged.
    """
    directory = arguments.path("directory", directory)
    config, _ = checkpoints.read_config(checkpoints.path_of(directory, 0))
    return Run(config, directory)


class _Job:
    def __init__(
        self, config: Config, data: Data, directory: Path, device: torch.device, num_threads: int | None
    ) -> None:
        self._config, self._data, self.directory, self._device = config, data, directory, device
        self._data_fingerprint = datasets.fingerprint(data)
        self._layout = Layout(config.layer_widths)
        _require(config, self._layout)
        self._num_threads = effective_threads(num_threads) if device.type == "cpu" else 1

    def units(self, stage: int) -> int:
        """Return the length of a stage on the progress bar: its batches and its end."""
        return self._config.batches(stage)[1] + 1

    def check(self) -> None:
        """Refuse a directory with stages of another run, or out of order."""
        there = [checkpoints.path_of(self.directory, stage).exists() for stage in range(len(self._config.sparsities))]
        for stage in np.flatnonzero(there).tolist():
            checkpoints.check(checkpoints.path_of(self.directory, stage), self._config, self._data_fingerprint)
            if stage > 0 and there[stage - 1]:
                checkpoints.check_order(self.directory, stage)

    def run(self, report: Callable[[int], object], before_stage: Callable[[int], object]) -> None:
        done = 0
        stack: Stack | None = None  # at the end of the stage before
        tensors: Tensors | None = None
        for stage, sparsity in enumerate(self._config.sparsities):
            if checkpoints.path_of(self.directory, stage).exists():
                stack = None
            else:
                before_stage(stage)
                stack = self._before(stage) if stack is None else stack
                tensors = tensors or Tensors.of(self._data, self._device)
                cut(stack, self._layout, self._config, sparsity)
                work = (self._layout, self._config, stage, tensors)
                try:
                    trained = train_in_parts(stack, *work, self._num_threads, partial(_report_more, report, done))
                except Diverged as error:
                    raise self._diverged(error, stage) from None
                checkpoints.save(self.directory, stage, self._config, self._data_fingerprint, stack, trained)
            done += self.units(stage)
            report(done)

    def _before(self, stage: int) -> Stack:
        if stage == 0:
            return Stack.initial(self._config, self._layout, self._device)
        path = checkpoints.path_of(self.directory, stage - 1)
        return checkpoints.read_stack(path, self._config, self._layout, self._device)

    def _diverged(self, error: Diverged, stage: int) -> FloatingPointError:
        number = self._config.first_network + error.position
        return FloatingPointError(
            f"network {number} diverged in stage {stage} (sparsity {self._config.sparsities[stage]:g}): its validation "
            f"loss is {error.loss} after {error.batch} batches; earlier stages are kept in {self.directory}; "
            f"a learning_rate below {self._config.learning_rate:g} may help"
        )


def _require(config: Config, layout: Layout) -> None:
    """Refuse networks that cannot fit: weights, mask, moments and gradient, and the losses of a stage."""
    checks = max(config.batches(stage)[1] for stage in range(len(config.sparsities))) // config.validation_every
    each = 17 * layout.length + 4 * checks
    what = f"networks={config.networks} of layer_widths={config.layer_widths} with {checks} looks at their losses"
    require_memory(config.networks * each, what)


def _report_more(report: Callable[[int], object], done: int, more: int) -> None:
    report(done + more)
