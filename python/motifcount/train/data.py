"""What networks are trained on: checked, told apart, and put on the device."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.train import streams
from motifcount.train.config import PARTS, Config

if TYPE_CHECKING:
    import torch

Array = npt.NDArray[np.float32]
Pair = tuple[Array, Array]


class HasData(Protocol):
    """Anything with training and validation rows, such as a data set of flight runs."""

    @property
    def train(self) -> Pair:
        """Inputs of shape (n, n_in) and outputs of shape (n, n_out), float32."""

    @property
    def validation(self) -> Pair:
        """The same for rows that are not trained on."""


class Data(NamedTuple):
    """Training and validation rows, each a pair of float32 arrays: inputs (n, n_in) and outputs (n, n_out)."""

    train: Pair
    validation: Pair


def shuffled_outputs(data: HasData, seed: int) -> Data:
    """Return the data with outputs dealt to other rows' inputs, a control: there is nothing left to learn but the mean.

    Parameters
    ----------
    data
        Anything with ``train`` and ``validation``.
    seed
        0 to 2**64 - 1.

    Raises
    ------
    TypeError, ValueError
        If `data` has no such arrays, or the seed is out of its range.
    """
    seed = arguments.integer("seed", seed, 0, arguments.MAX_SEED)
    rng = streams.shuffling(seed)
    arrays = [[arguments.array(where, value) for where, value in _pair(data, part)] for part in PARTS]
    for part, (inputs, outputs) in zip(PARTS, arrays, strict=True):
        if inputs.ndim != 2 or outputs.ndim != 2 or len(inputs) != len(outputs):
            found = f"{inputs.shape} and {outputs.shape}"
            raise ValueError(f"data.{part} must be inputs (n, n_in) and outputs (n, n_out), not of shape {found}")
    return Data(*((inputs, outputs[rng.permutation(len(outputs))]) for inputs, outputs in arrays))


def _pair(data: Any, part: str) -> tuple[tuple[str, Any], tuple[str, Any]]:
    """Return the inputs and the outputs of a part, each with what errors call it."""
    wanted = "data must have train and validation, each a pair of arrays (inputs, outputs)"
    try:
        inputs, outputs = getattr(data, part)
    except (AttributeError, TypeError, ValueError):
        raise TypeError(f"{wanted}, not {arguments.shown(data)}") from None
    return (f"data.{part} inputs", inputs), (f"data.{part} outputs", outputs)


def checked(data: HasData, config: Config) -> Data:
    """Return the rows that a run uses, as arrays that fit the configuration.

    Raises
    ------
    TypeError
        If an array does not hold float32.
    ValueError
        If shapes do not fit, a value is not finite, or there are too few rows.
    """
    ends = (config.layer_widths[0], config.layer_widths[-1])
    pairs: list[Any] = []
    for part, least in (("train", config.batch_size), ("validation", 1)):
        rows = None if part == "train" else config.validation_rows
        arrays = []
        for (where, given), width in zip(_pair(data, part), ends, strict=True):
            array = arguments.array(where, given)
            if array.dtype != np.float32:
                raise TypeError(f"{where} must be float32, not {array.dtype}")
            if array.ndim != 2 or array.shape[1] != width:
                raise ValueError(f"{where} must have the shape (n, {width}), not {array.shape}")
            if not np.isfinite(array[:rows]).all():
                row = int(np.flatnonzero(~np.isfinite(array).all(axis=1))[0])
                raise ValueError(f"{where} must be finite; row {row} holds {array[row].tolist()}")
            arrays.append(np.ascontiguousarray(array[:rows]))
        counts = [len(array) for array in arrays]
        if counts[0] != counts[1] or counts[0] < least:
            raise ValueError(f"data.{part} must hold {least} or more rows of inputs and outputs, not {counts}")
        pairs.append(tuple(arrays))
    return Data(*pairs)


def fingerprint(data: Data) -> str:
    """Return 16 hexadecimal digits that differ for different data."""
    digest = hashlib.blake2b(digest_size=8)
    for array in (*data.train, *data.validation):
        digest.update(f"{array.shape}".encode())
        digest.update(array.data)
    return digest.hexdigest()


class Tensors(NamedTuple):
    """The data on the device."""

    inputs: torch.Tensor
    outputs: torch.Tensor
    validation_inputs: torch.Tensor
    validation_outputs: torch.Tensor

    @classmethod
    def of(cls, data: Data, device: torch.device) -> Tensors:
        """Copy the arrays to the device."""
        import torch

        return cls(*(torch.tensor(array, device=device) for array in (*data.train, *data.validation)))

    def of_losses(self, config: Config) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the inputs and outputs for the loss by which stages are chosen."""
        inputs, outputs = self[:2] if config.loss_part == "train" else self[2:]
        return inputs[: config.validation_rows], outputs[: config.validation_rows]

    def batches(self, config: Config, stage: int) -> Iterator[torch.Tensor]:
        """Yield the rows of batch after batch without end; a remainder too short for a batch is left out."""
        import torch

        size, n = config.batch_size, len(self.inputs)
        epoch = 0
        while True:
            order = streams.batches(config.seed, stage, epoch).permutation(n)[: n // size * size]
            yield from torch.from_numpy(order).to(self.inputs.device).view(-1, size)
            epoch += 1
