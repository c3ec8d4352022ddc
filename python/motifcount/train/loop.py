"""One stage of training for a stack of networks, each until its own loss ceases to fall."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from motifcount.train.config import Config
from motifcount.train.data import Tensors
from motifcount.train.layout import Layout
from motifcount.train.stack import Stack, mean_squared_errors
from motifcount.train.step import Step
from motifcount.train.stopping import has_stopped, is_due


class Diverged(FloatingPointError):
    """The loss of a network is no longer finite; ``position`` is its row in the stack."""

    def __init__(self, position: int, loss: float, batch: int) -> None:
        super().__init__(position, loss, batch)
        self.position, self.loss, self.batch = position, loss, batch


class Interrupted(Exception):
    """Someone else asked to stop."""


class Watch:
    """How far a loop is, and whether it must stop; shared between threads."""

    def __init__(self, stop: Event) -> None:
        self.stop = stop
        self.batch = 0

    def tell(self, batch: int) -> None:
        self.batch = batch
        if self.stop.is_set():
            raise Interrupted


@dataclass(frozen=True)
class Trained:
    """What a stage tells of its networks: arrays with an axis of networks, the last one."""

    validation_losses: npt.NDArray[np.float64]  # (K,), at the end
    batches: npt.NDArray[np.int64]  # (K,), until each stopped
    history: npt.NDArray[np.float32]  # (evaluations, K), the losses it stopped by; NaN once it had


class _Running:
    """The networks that still train; once some have stopped, copies of the others."""

    def __init__(self, stack: Stack, layout: Layout, config: Config) -> None:
        self._stack, self._layout, self._config = stack, layout, config
        self._working = stack
        self.positions = torch.arange(len(stack), device=stack.parameters.device)
        self.step = Step(stack, layout, config)

    def drop(self, stopped: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Take networks out of the computation; return their positions in the stack."""
        self.put_back()
        out = torch.from_numpy(stopped).to(self.positions.device)
        dropped = self.positions[out].cpu().numpy()
        self.positions = self.positions[~out]
        self._working = self._stack.rows(self.positions)
        if len(self.positions):
            self.step = Step(self._working, self._layout, self._config)
        return dropped

    def put_back(self) -> None:
        if self._working is not self._stack:
            self._stack.put(self.positions, self._working)


@torch.no_grad()
def train_stage(stack: Stack, layout: Layout, config: Config, stage: int, tensors: Tensors, watch: Watch) -> Trained:
    """Train the networks of a stack, in place.

    A network that has stopped costs nothing more. The device is waited for once in ``config.check_every`` batches.

    Raises
    ------
    Diverged
        If a loss is not finite.
    Interrupted
        If `watch` says so.
    """
    most = config.batches(stage)[1]
    history = torch.full((most // config.validation_every, len(stack)), torch.nan, device=stack.parameters.device)
    batches = np.full(len(stack), most)
    running = _Running(stack, layout, config)
    stopping_inputs, stopping_outputs = (rows[: config.stopping_rows] for rows in tensors[2:])
    for batch, rows in zip(range(1, most + 1), tensors.batches(config, stage), strict=False):
        watch.tell(batch)
        running.step(tensors.inputs[rows], tensors.outputs[rows])
        evaluations = batch // config.validation_every
        if batch % config.validation_every == 0:
            errors = mean_squared_errors(running.step.layers, stopping_inputs, stopping_outputs)
            history[evaluations - 1, running.positions] = errors.float()
        if batch % config.check_every == 0:
            oldest = max(0, evaluations - 2 * config.window // config.validation_every)
            losses = history[oldest:evaluations, running.positions].cpu().numpy()
            _check(losses, running.positions, batch)
            if is_due(config, stage, batch) and (stopped := has_stopped(config, losses)).any():
                batches[running.drop(stopped)] = batch
                if stopped.all():
                    break
    running.put_back()
    losses = mean_squared_errors(layout.layers(stack.kept()), *tensors.of_losses(config)).cpu().numpy()
    _check(losses[None], torch.arange(len(stack)), int(batches.max()))
    used = history[: batches.max() // config.validation_every].cpu().numpy()
    return Trained(losses, batches, used)


def _check(losses: npt.NDArray[Any], positions: Tensor, batch: int) -> None:
    wrong = np.argwhere(~np.isfinite(losses.T))
    if len(wrong):
        column, row = wrong[0]
        raise Diverged(int(positions[column]), float(losses[row, column]), batch)
