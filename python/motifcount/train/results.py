"""What a run has left behind: its stages, read from its directory when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from motifcount._support import arguments
from motifcount.train import checkpoints
from motifcount.train.config import Config
from motifcount.train.devices import usable_device
from motifcount.train.layout import Layout
from motifcount.train.model import Model

if TYPE_CHECKING:
    from motifcount.graph import Graph


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of all networks; K is their number.

    Attributes
    ----------
    number
        From 0.
    sparsity
        The share of its weights that each layer has lost.
    validation_losses
        Mean squared error of each network at the end, over ``Config.validation_rows`` of ``Config.loss_part``; float64
        of shape (K,).
    batches
        How many batches each network was trained; int64 of shape (K,).
    history
        The losses that early stopping looked at, one row every ``Config.validation_every`` batches; float32 of shape
        (evaluations, K), NaN once a network has stopped.
    """

    number: int
    sparsity: float
    validation_losses: npt.NDArray[np.float64]
    batches: npt.NDArray[np.int64]
    history: npt.NDArray[np.float32]


class Run:
    """A finished run. Networks are numbered from 0 to K - 1 here, whatever ``Config.first_network`` is.

    Raises
    ------
    TypeError, ValueError
        If there is no such stage or network, and if the file of a stage is damaged.
    OSError
        If the file of a stage is missing or cannot be read.

    Attributes
    ----------
    config : Config
    directory : Path
    stages : tuple of Stage
    """

    def __init__(self, config: Config, directory: Path) -> None:
        self.config = arguments.instance("config", config, Config, "a motifcount.train.Config")
        self.directory = arguments.path("directory", directory)
        self._layout = Layout(config.layer_widths)
        self.stages = tuple(self._stage(number) for number in range(len(config.sparsities)))
        self._masks: tuple[int, npt.NDArray[np.bool_]] | None = None  # of the stage that was last looked at

    def __repr__(self) -> str:
        return f"Run({self.config.networks} networks, {len(self.stages)} stages, in {str(self.directory)!r})"

    def masks(self, stage: int, network: int) -> list[npt.NDArray[np.bool_]]:
        """Return the kept weights of a network at the end of a stage, by layer (n_in, n_out).

        Raises
        ------
        TypeError, ValueError
            If there is no such stage or network, or the file of the stage is damaged.
        OSError
            If that file is missing or cannot be read.
        """
        return self._layout.masks(self._mask(stage, network))

    def biases(self, stage: int, network: int) -> list[npt.NDArray[np.bool_]]:
        """Return the kept biases of a network at the end of a stage, by layer (n_out,).

        Raises
        ------
        TypeError, ValueError
            If there is no such stage or network, or the file of the stage is damaged.
        OSError
            If that file is missing or cannot be read.
        """
        return self._layout.bias_masks(self._mask(stage, network))

    def graph(self, stage: int, network: int, *, bias: bool = False) -> Graph:
        """Return the graph of a network's kept weights, with `bias` also of its biases.

        Raises
        ------
        TypeError, ValueError
            If there is no such stage or network, or the file of the stage is damaged.
        OSError
            If that file is missing or cannot be read.
        """
        from motifcount.graph import Graph

        bias = arguments.flag("bias", bias)
        return Graph.from_layers(self.masks(stage, network), self.biases(stage, network) if bias else None)

    def load_model(self, stage: int, *, device: str | torch.device = "cpu") -> Model:
        """Return the networks at the end of a stage.

        Raises
        ------
        TypeError, ValueError
            If there is no such stage, or torch cannot use the device, or the file of the stage is damaged.
        OSError
            If that file is missing or cannot be read.
        """
        where = usable_device(device)
        stack = checkpoints.read_stack(self._path(stage), self.config, self._layout, where)
        return Model(self.config.layer_widths, stack.kept(), stack.mask, self.config.cuts_biases)

    def _path(self, stage: int) -> Path:
        number = arguments.integer("stage", stage, 0, len(self.config.sparsities) - 1)
        return checkpoints.path_of(self.directory, number)

    def _stage(self, number: int) -> Stage:
        trained = checkpoints.read_trained(self._path(number))
        sparsity = self.config.sparsities[number]
        return Stage(number, sparsity, trained.validation_losses, trained.batches, trained.history)

    def _mask(self, stage: int, network: int) -> npt.NDArray[np.bool_]:
        path = self._path(stage)
        network = arguments.integer("network", network, 0, self.config.networks - 1)
        if self._masks is None or self._masks[0] != stage:
            self._masks = (stage, checkpoints.read_masks(path, self._layout))
        row: npt.NDArray[np.bool_] = self._masks[1][network]
        return row
