"""The data set of the study: random flights, what the controller is told of them, and what it should answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.flight.columns import COLUMNS, INPUTS, OUTPUTS, SCALERS
from motifcount.flight.draws import draw
from motifcount.flight.model import STATE, Array, Parameters, parameters_or_default
from motifcount.flight.simulation import DURATION, RTOL, simulate, tolerance
from motifcount.flight.storage import Store, checked_numbers

_CYCLE = 25
_PARTS = {"train": range(16), "validation": range(16, 20), "test": range(20, 25)}  # 64, 16 and 20 %


class Pairs(NamedTuple):
    """Scaled inputs, shape (n, 10), and outputs, shape (n, 7), of float32; row k of both is one run."""

    inputs: npt.NDArray[np.float32]
    outputs: npt.NDArray[np.float32]


class Dataset:
    """A finished data set on disk, from :func:`generate` or :func:`load`.

    Of every 25 runs the first 16 are for training, the next 4 for validation and the last 5 for testing. So a larger
    data set of the same seed has the smaller one's runs in the same roles.

    Raises
    ------
    OSError, ValueError
        When rows are read whose file is gone or damaged; names the file.
    TypeError
        If it is not made by these two functions.
    """

    def __init__(self, store: Store) -> None:
        self._store = arguments.instance("store", store, Store, "that of generate or load")

    def __repr__(self) -> str:
        return f"Dataset({str(self.path)!r}, n_runs={self.n_runs}, seed={self.seed})"

    @property
    def path(self) -> Path:
        """The folder."""
        return self._store.path

    @property
    def n_runs(self) -> int:
        """Number of runs."""
        return int(self._store.config["runs"])

    @property
    def seed(self) -> int:
        """Seed of the draws."""
        return int(self._store.config["seed"])

    @property
    def rtol(self) -> float:
        """Tolerance of the integration."""
        return float(self._store.config["rtol"])

    @property
    def parameters(self) -> Parameters:
        """The moth."""
        return Parameters(**self._store.config["parameters"])

    @property
    def n_chunks(self) -> int:
        """Number of files."""
        return self._store.n_chunks

    @cached_property
    def train(self) -> Pairs:
        """The runs for training, 64 %, scaled to [-0.5, 0.5] by `SCALERS`; read once, then kept."""
        return self._scaled("train")

    @cached_property
    def validation(self) -> Pairs:
        """The runs for early stopping and choices, 16 %."""
        return self._scaled("validation")

    @cached_property
    def test(self) -> Pairs:
        """The runs held out, 20 %."""
        return self._scaled("test")

    def rows(self, chunk: int) -> Array:
        """Return the runs of one file unscaled, in physical units: float64, shape (runs, 17), inputs then outputs.

        Raises
        ------
        TypeError, ValueError
            If there is no such chunk, or its file is damaged.
        OSError
            If the file cannot be read.
        """
        return self._store.rows(arguments.integer("chunk", chunk, 0, self.n_chunks - 1))

    def _scaled(self, part: str) -> Pairs:
        low, high = np.array([SCALERS[name] for name in COLUMNS]).T
        cycles, rest = divmod(self.n_runs, _CYCLE)
        size = cycles * len(_PARTS[part]) + sum(k < rest for k in _PARTS[part])
        pairs = Pairs(np.empty((size, len(INPUTS)), np.float32), np.empty((size, len(OUTPUTS)), np.float32))
        done = 0
        for chunk in range(self.n_chunks):
            chosen = np.isin(np.array(self._store.runs_of(chunk)) % _CYCLE, _PARTS[part])
            scaled = (self.rows(chunk)[chosen] - low) / (high - low) - 0.5
            pairs.inputs[done : done + len(scaled)] = scaled[:, : len(INPUTS)]
            pairs.outputs[done : done + len(scaled)] = scaled[:, len(INPUTS) :]
            done += len(scaled)
        return pairs


def generate(
    path: str | Path,
    runs: int,
    *,
    seed: int,
    chunk_runs: int = 100_000,
    rtol: float = RTOL,
    parameters: Parameters | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
    before_chunk: Callable[[int], object] | None = None,
) -> Dataset:
    """Draw and simulate random flights of 20 ms into a folder; go on where an earlier call stopped.

    Run k of a seed does not depend on `runs`, `chunk_runs` or the number of threads. Finished chunks survive a killed
    process and a full disk; missing and damaged ones are made again.

    Parameters
    ----------
    path
        The folder: new, empty, or with a data set of the same arguments.
    runs
        How many, at most 10**12; the study has 10 million.
    seed
        Seed of the draws (:func:`draw`).
    chunk_runs
        Runs per file, 136 bytes each.
    rtol, parameters, num_threads, progress
        See :func:`simulate`.
    before_chunk
        Called with the number of each chunk that is about to be simulated; what it raises ends the work there.

    Raises
    ------
    TypeError, ValueError
        If an argument is of another kind or out of its range.
    ValueError, FileExistsError
        If the folder holds a data set of other arguments, or something else.
    OSError
        If the disk is full or smaller than the data set, or the folder cannot be written.
    MemoryError
        If the runs of one file do not fit.
    ArithmeticError
        If a run cannot be integrated; names the run.
    ImportError
        If numba is not installed.
    """
    path = arguments.path("path", path)
    before_chunk = arguments.function_or_none("before_chunk", before_chunk, "a function of the chunk's number")
    check_progress(progress)
    config: dict[str, Any] = {
        **checked_numbers(runs=runs, seed=seed, chunk_runs=chunk_runs),
        "duration": DURATION,
        "rtol": tolerance(rtol),
        "parameters": asdict(parameters_or_default(parameters)),
    }
    threads = effective_threads(num_threads)
    require_memory(8 * 50 * min(runs, chunk_runs), f"chunk_runs={chunk_runs}, held in memory until a file is written,")
    store = Store.open(path, config)
    with reporter(progress, runs, "flight runs") as report:
        for k in range(store.n_chunks):
            chunk = store.runs_of(k)
            if not store.is_finished(k):
                if before_chunk is not None:
                    before_chunk(k)
                inner = _shifted(report, chunk.start)
                store.write(k, _fly(chunk, config["seed"], config["rtol"], parameters, threads, inner))
            if report is not None:
                report(chunk.stop)
    return Dataset(store)


def load(path: str | Path) -> Dataset:
    """Open a data set that :func:`generate` has finished.

    Checks the sizes of all files now, their content when it is read.

    Raises
    ------
    TypeError
        If `path` is no path.
    OSError
        If there is none.
    ValueError
        If it is unfinished or damaged; names the file.
    """
    store = Store.read(arguments.path("path", path))
    n_looked = min(store.n_chunks, store.n_written + 1)  # of more, one is missing among these
    faults = [fault for k in range(n_looked) if (fault := store.fault(k))]
    if faults:
        n_faults = len(faults) + store.n_chunks - n_looked
        more = f", and {n_faults - 1} more of {store.n_chunks} files" if n_faults > 1 else ""
        raise ValueError(f"{faults[0]}{more}; call generate again with the same arguments to finish the data set")
    return Dataset(store)


def _shifted(report: Callable[[int], object] | None, by: int) -> Progress:
    return False if report is None else lambda done, _: report(by + done)


def _fly(runs: range, seed: int, rtol: float, parameters: Parameters | None, threads: int, progress: Progress) -> Array:
    """Return the rows of the data set, in physical units."""
    states, controls = draw(len(runs), seed=seed, first=runs.start)
    try:
        ends = simulate(states, controls, rtol=rtol, parameters=parameters, num_threads=threads, progress=progress)
    except ArithmeticError as error:
        error.add_note(f"counted from run {runs.start} of the data set")
        raise
    size, angle, torque = controls.T
    values = {f"{name}0": column for name, column in zip(STATE, states.T, strict=True)}
    values |= {f"{name}_f": column for name, column in zip(STATE, ends.T, strict=True)}
    values |= {"Fx": size * np.cos(angle), "Fy": size * np.sin(angle), "tau": torque}
    return np.column_stack([values[name] for name in COLUMNS])
