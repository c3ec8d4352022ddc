"""The steps of the study. Each leaves a file behind and is skipped when that is there."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

import motifcount as mc
from motifcount import flight, train
from motifcount._support import arguments
from motifcount._support.progress import check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.study import motifs, provenance, report, storage, tables
from motifcount.study.config import CONDITIONS, PRESETS, Config
from motifcount.study.directory import claim
from motifcount.study.voice import Say, Voice
from motifcount.train.devices import usable_device

_clock = time.monotonic
_UNTRAINED_ROWS = 1000  # for losses that decide nothing


class Paused(Exception):
    """A study stopped where it was told to; run it again to continue."""


@dataclass(frozen=True, slots=True)
class Study:
    """A finished study.

    Attributes
    ----------
    directory
        Where it lies.
    config
        What was asked for.
    report
        The report, one self-contained HTML file.
    tables
        CSV files by name; the same as JSON lie beside them.
    """

    directory: Path
    config: Config
    report: Path
    tables: dict[str, Path]


def run(
    config: Config | str = "default",
    directory: str | Path = "motifcount-study",
    *,
    stop_after: float | None = None,
    device: str | None = None,
    num_threads: int | None = None,
    progress: bool | None = None,
    say: Say | None = None,
) -> Study:
    """Simulate flights, train and prune networks, count their motifs, test them, and write the report.

    Parameters
    ----------
    config
        A :class:`~motifcount.study.Config`, or the name of a preset.
    directory
        Where everything goes. What is there already is used; only what is missing is done.
    stop_after
        Minutes after which no new step is begun; the steps of the presets are minutes at most.
    device
        A torch device for training; default a GPU if there is one, else the CPU.
    num_threads
        Default OMP_NUM_THREADS, else the available cores.
    progress
        True or False for a progress bar or none; None shows bars on a terminal when a step takes long; elsewhere
        it says how far the step is, every 15 seconds.
    say
        Called with a line of text at each step, and in long ones.

    Raises
    ------
    Paused
        If `stop_after` minutes were not enough.
    TypeError, ValueError
        If an argument is of another kind, if the directory holds another study or a damaged file or is in use by
        another process, or if torch cannot use the device; the message says which.
    FloatingPointError
        If a network's loss is no number.
    MemoryError
        If the networks that are trained together do not fit the device.
    OSError
        If a file cannot be written; finished steps are kept.
    """
    config = PRESETS[arguments.choice("config", config, PRESETS)] if isinstance(config, str) else config
    config = arguments.instance("config", config, Config, "a motifcount.study.Config or the name of a preset")
    directory = arguments.path("directory", directory)
    if stop_after is not None:
        wanted = "a number of minutes, 0 or more, or None"
        stop_after = arguments.number("stop_after", stop_after, wanted, lambda x: 0 <= x < math.inf)
    check_progress(progress)
    arguments.function_or_none("say", say, "a function of a line of text")
    where = usable_device(device)
    threads = effective_threads(num_threads)
    with storage.exclusive(directory):
        return _Steps(config, directory, stop_after, where, threads, Voice(say, progress)).run()


@dataclass(slots=True)
class _Steps:
    config: Config
    directory: Path
    stop_after: float | None
    device: torch.device
    threads: int
    voice: Voice
    began: float = field(default_factory=lambda: _clock())

    def run(self) -> Study:
        claim(self.directory, self.config)
        data = self._simulate()
        for chunk in self.config.chunks():
            self._check()
            folder = self.directory / tables.folder_of(chunk)
            trained = self._train("trained", chunk, data, folder)
            untrained = self._train("untrained", chunk, data, folder)
            shuffled = self._train("shuffled", as_long_as(trained), data, folder)
            self._analyse(dict(zip(CONDITIONS, (trained, untrained, shuffled), strict=True)), chunk, folder)
        self._check()
        self.voice.tell("tables")
        frames = tables.gather(self.config, self.directory)
        written = tables.write(frames, self.directory / "tables")
        self.voice.tell("report")
        path = report.write(self.config, frames, self._example(frames), self.directory, self.voice.tell_if_late)
        return Study(self.directory, self.config, path, written)

    def _check(self, _next: int = 0) -> None:  # called before each step
        if self.stop_after is not None and _clock() - self.began > 60 * self.stop_after:
            raise Paused(f"paused after {self.stop_after:g} minutes; run the same again to continue")

    def _example(self, frames: tables.Frames) -> mc.Graph | None:
        """The first trained network that has an optimum, there, without what cannot matter."""
        stages = frames["stages"]
        best = stages[(stages["condition"] == "trained") & stages["optimum"]]
        if best.empty:
            return None
        network, stage = int(best["network"].iloc[0]), int(best["stage"].iloc[0])
        for chunk in self.config.chunks():
            if 0 <= network - chunk.first_network < chunk.networks:
                run = train.load(self.directory / tables.folder_of(chunk) / "trained")
                return run.graph(stage, network - chunk.first_network).drop_ineffective()
        raise AssertionError(f"network {network} lies in no chunk")

    def _simulate(self) -> Any:
        self.voice.tell(f"flight: {self.config.runs:,} runs")
        return flight.generate(
            self.directory / "flight",
            self.config.runs,
            seed=self.config.seed,
            num_threads=self.threads,
            progress=self.voice.of_step("flight"),
            before_chunk=self._check,
        )

    def _train(self, condition: str, chunk: train.Config, data: Any, folder: Path) -> train.Run:
        path = folder / condition
        self.voice.tell(f"{path.relative_to(self.directory)}: {len(chunk.sparsities)} stages")
        if condition == "shuffled":
            data = train.shuffled_outputs(data, self.config.seed)
            self._remove_if_of_other_length(path, chunk)
        if condition == "untrained":
            chunk = replace(chunk, validation_rows=min(chunk.validation_rows, _UNTRAINED_ROWS))

        def before_stage(_: int) -> None:
            self._check()
            provenance.record(folder, self.device)

        start = train.untrained if condition == "untrained" else train.run
        try:
            return start(
                chunk,
                data,
                path,
                device=self.device,
                num_threads=self.threads,
                progress=self.voice.of_step(str(path.relative_to(self.directory))),
                before_stage=before_stage,
            )
        except torch.OutOfMemoryError as error:
            raise MemoryError(
                f"{chunk.networks} networks together do not fit the memory of {self.device}; finished stages are kept. "
                "Take a smaller networks_together, or another device"
            ) from error

    def _remove_if_of_other_length(self, path: Path, chunk: train.Config) -> None:
        """Remove a control that trained as long as other networks, which were trained again since."""
        try:
            found = train.load(path).config
        except (FileNotFoundError, ValueError):
            return  # nothing there, or damaged, which training tells
        same_length = replace(found, min_batches=chunk.min_batches, max_batches=chunk.max_batches)
        if found != chunk == same_length:
            self.voice.tell(
                f"{path.relative_to(self.directory)}: the trained networks are others now, so it is done again"
            )
            shutil.rmtree(path)

    def _analyse(self, runs: dict[str, train.Run], chunk: train.Config, folder: Path) -> None:
        optima = optimal_stages(runs["trained"], self.config.threshold)
        todo = []
        for k in range(chunk.networks):
            for condition, run in runs.items():
                made = motifs.identity(run, self.config, condition, chunk.first_network + k, k, optima[k])
                path = motifs.file_of(folder, condition, chunk.first_network + k)
                if not motifs.is_current(path, made):
                    todo.append((path, made, partial(run.graph, network=k)))
        self.voice.tell(f"{folder.name}: motifs of {len(todo)} networks")
        units = [motifs.units(made, self.config) for _, made, _ in todo]
        with reporter(self.voice.of_step(f"{folder.name}: motifs"), sum(units), "random graphs") as report_done:
            done = 0
            for (path, made, graph_at), n in zip(todo, units, strict=True):
                self._check()
                provenance.record(folder, self.device)
                tell = report_done and partial(_report_more, report_done, done)
                stages = motifs.analyse(graph_at, made, self.config, self.threads, tell)
                storage.write_json(path, made | {"stages": stages})
                done += n


def _report_more(report: Callable[[int], object], done: int, more: int) -> None:
    report(done + more)


def as_long_as(trained: train.Run) -> train.Config:
    """Return the configuration of a run that trains, at each stage, as long as the longest of these networks did."""
    batches = tuple(int(stage.batches.max()) for stage in trained.stages)
    return replace(trained.config, min_batches=batches, max_batches=batches)


def optimal_stages(run: train.Run, threshold: float) -> list[int | None]:
    """Return, by network, the sparsest stage with a validation loss of at most the threshold, or None."""
    losses = np.array([stage.validation_losses for stage in run.stages])
    return [int(good.max()) if len(good := np.flatnonzero(row <= threshold)) else None for row in losses.T]
