"""The steps of the study. Each leaves a file behind and is skipped when that is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import motifcount as mc
from motifcount import _progress, _threads, flight, train
from motifcount.study import motifs, report, storage, tables
from motifcount.study.config import CONDITIONS, Config, preset

Say = Callable[[str], object]

_clock = time.monotonic


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
        True or False for a progress bar or none; None shows bars on a terminal when a step takes long.
    say
        Called with a line of text at each step.

    Raises
    ------
    Paused
        If `stop_after` minutes were not enough.
    ValueError
        If the directory holds another study, or a damaged file; the message says which.
    FloatingPointError
        If a network's loss is no number.
    OSError
        If a file cannot be written; finished steps are kept.
    """
    config = preset(config) if isinstance(config, str) else config
    steps = _Steps(config, Path(directory), stop_after, device, _threads.effective(num_threads), progress, say)
    return steps.run()


@dataclass(slots=True)
class _Steps:
    config: Config
    directory: Path
    stop_after: float | None
    device: str | None
    threads: int
    progress: bool | None
    say: Say | None

    def run(self) -> Study:
        began = _clock()
        self._claim_directory()

        def check() -> None:
            if self.stop_after is not None and _clock() - began > 60 * self.stop_after:
                raise Paused(f"paused after {self.stop_after:g} minutes; run the same again to continue")

        data = self._simulate()
        for chunk in self.config.chunks():
            check()
            folder = (
                self.directory / f"networks-{chunk.first_network:04d}-{chunk.first_network + chunk.networks - 1:04d}"
            )
            runs = {condition: self._train(condition, chunk, data, folder, check) for condition in CONDITIONS}
            self._analyse(runs, chunk, folder, check)
        check()
        self._tell("tables, figures, report")
        frames = tables.gather(self.config, self.directory)
        written = tables.write(frames, self.directory / "tables")
        path = report.write(self.config, frames, self._example(frames), self.directory)
        return Study(self.directory, self.config, path, written)

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

    def _tell(self, what: str) -> None:
        if self.say is not None:
            self.say(what)

    def _claim_directory(self) -> None:
        path = self.directory / "study.json"
        wanted = self.config.to_dict()
        if path.exists():
            found = storage.read_json(path)["config"]
            differences = _differences(found, wanted)
            if differences:
                raise ValueError(
                    f"directory {self.directory} holds another study, with {'; '.join(differences)}. "
                    "Choose another directory, or the same configuration"
                )
        storage.write_json(path, {"motifcount": mc.__version__, "config": wanted})

    def _simulate(self) -> Any:
        self._tell(f"flight: {self.config.runs:,} runs")
        return flight.generate(
            self.directory / "flight",
            self.config.runs,
            seed=self.config.seed,
            num_threads=self.threads,
            progress=self.progress,
        )

    def _train(
        self, condition: str, chunk: train.Config, data: Any, folder: Path, check: Callable[[], None]
    ) -> train.Run:
        path = folder / condition
        self._tell(f"{path.relative_to(self.directory)}: {len(chunk.sparsities)} stages")
        if condition == "untrained":
            return train.untrained(chunk, data, path, device="cpu", progress=False)
        if condition == "shuffled":
            data = train.shuffled_outputs(data, self.config.seed)
        return train.run(
            chunk,
            data,
            path,
            device=self.device,
            num_threads=self.threads,
            progress=self.progress,
            before_stage=lambda _: check(),
        )

    def _analyse(
        self, runs: dict[str, train.Run], chunk: train.Config, folder: Path, check: Callable[[], None]
    ) -> None:
        optima = optimal_stages(runs["trained"], self.config.threshold)
        todo = [
            (condition, k)
            for k in range(chunk.networks)
            for condition in CONDITIONS
            if not _motifs_file(folder, condition, chunk.first_network + k).exists()
        ]
        self._tell(f"{folder.name}: motifs of {len(todo)} networks")
        with _progress.reporter(self.progress, len(todo), "motifs of networks") as report_done:
            for done, (condition, k) in enumerate(todo):
                check()
                network = chunk.first_network + k
                run = runs[condition]
                found = motifs.analyse(
                    lambda stage, run=run, k=k: run.graph(stage, k),  # type: ignore[misc]
                    optima[k],
                    self.config,
                    network,
                    threads=self.threads,
                )
                losses = [float(stage.validation_losses[k]) for stage in run.stages]
                batches = [int(stage.batches[k]) for stage in run.stages]
                storage.write_json(
                    _motifs_file(folder, condition, network), found | {"loss": losses, "batches": batches}
                )
                if report_done is not None:
                    report_done(done + 1)


def optimal_stages(run: train.Run, threshold: float) -> list[int | None]:
    """Return, by network, the sparsest stage with a validation loss of at most the threshold, or None."""
    losses = np.array([stage.validation_losses for stage in run.stages])
    return [int(good.max()) if len(good := np.flatnonzero(row <= threshold)) else None for row in losses.T]


def _motifs_file(folder: Path, condition: str, network: int) -> Path:
    return folder / "motifs" / f"{condition}-{network:04d}.json"


def _differences(found: Any, wanted: Any, name: str = "") -> list[str]:
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [*found, *(key for key in wanted if key not in found)]
        return [
            text
            for key in keys
            for text in _differences(found.get(key), wanted.get(key), f"{name}.{key}" if name else str(key))
        ]
    if found == wanted or name == "training.networks":
        return []
    return [f"{name} {found!r} instead of {wanted!r}"]
