"""The state of K networks: one row each in a few tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from motifcount.train import layout as layouts
from motifcount.train.config import Config
from motifcount.train.layout import Layout


@dataclass(frozen=True)
class Stack:
    """K networks between two steps of training.

    All tensors have a leading axis of networks; the second is that of :class:`Layout`. Where the mask is False, the
    others hold 0, except under ``Config.stale_weights``, where they keep what they held.
    """

    parameters: Tensor  # float32
    mask: Tensor  # bool
    exp_avg: Tensor  # float32, Adam's first moment
    exp_avg_sq: Tensor  # float32, Adam's second moment
    steps: Tensor  # float32, shape (K,), Adam's steps so far

    @classmethod
    def initial(cls, config: Config, layout: Layout, device: torch.device) -> Stack:
        """Return untrained networks."""
        parameters = torch.tensor(layouts.initial(config, layout), device=device)
        mask = torch.tensor(layout.all_live(), device=device).repeat(len(parameters), 1)
        zeros = torch.zeros_like(parameters)
        return cls(parameters, mask, zeros, zeros.clone(), torch.zeros(len(parameters), device=device))

    def __len__(self) -> int:
        return len(self.parameters)

    def rows(self, which: slice | Tensor) -> Stack:
        """Return some of the networks: views for a slice, copies for an index tensor."""
        return Stack(*(tensor[which] for tensor in self._tensors()))

    def kept(self) -> Tensor:
        """Return the parameters that count, 0 where the mask is False."""
        return self.parameters * self.mask

    def put(self, which: Tensor, other: Stack) -> None:
        """Write the networks of `other` over those of an index tensor."""
        for mine, theirs in zip(self._tensors(), other._tensors(), strict=True):
            mine[which] = theirs

    def _tensors(self) -> tuple[Tensor, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))


_ROWS_AT_ONCE = 1024  # of a validation set, which may be large

Layers = Sequence[tuple[Tensor, Tensor]]


def activations(layers: Layers, inputs: Tensor) -> list[Tensor]:
    """Return what each layer gives, inputs first, each of shape (K, n, width); hidden layers are tanh."""
    values = [inputs.expand(len(layers[0][0]), *inputs.shape)]
    for depth, (weight, bias) in enumerate(layers, start=1):
        values.append(torch.baddbmm(bias, values[-1], weight))
        if depth < len(layers):
            values[-1].tanh_()
    return values


def mean_squared_errors(layers: Layers, inputs: Tensor, outputs: Tensor) -> Tensor:
    """Return the loss of each network, float64 of shape (K,), on the device."""
    total = torch.zeros(len(layers[0][0]), dtype=torch.float64, device=inputs.device)
    for start in range(0, len(inputs), _ROWS_AT_ONCE):
        x, y = inputs[start : start + _ROWS_AT_ONCE], outputs[start : start + _ROWS_AT_ONCE]
        total += activations(layers, x)[-1].sub_(y).square_().sum((1, 2), dtype=torch.float64)
    return total / outputs.numel()
