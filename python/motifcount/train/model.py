"""The networks of one stage, to be used, looked at and counted in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.utils import prune

from motifcount._support import arguments
from motifcount.train.config import checked_widths
from motifcount.train.layout import Layout
from motifcount.train.stack import activations

if TYPE_CHECKING:
    from motifcount.graph import Graph


class Model:
    """K feed-forward networks with tanh hidden layers as one stack.

    Parameters
    ----------
    layer_widths
        Units per layer, inputs first.
    parameters
        Float32 of shape (K, length), 0 where pruned; :class:`~motifcount.train.layout.Layout` tells what is where.
    mask
        Bool of the same shape: what is not pruned.
    prune_biases
        Whether biases are pruned too.

    Raises
    ------
    TypeError, ValueError
        If an argument, of the class or of a method, is of another kind, shape or range.
    """

    def __init__(self, layer_widths: tuple[int, ...], parameters: Tensor, mask: Tensor, prune_biases: bool) -> None:
        self.layer_widths = checked_widths(layer_widths)
        self._layout = Layout(self.layer_widths)
        self.parameters = _rows("parameters", parameters, torch.float32, self._layout.length)
        self.mask = _rows("mask", mask, torch.bool, self._layout.length)
        if len(mask) != len(parameters):
            raise ValueError(f"mask must have one row per row of parameters, {len(parameters)}, not {len(mask)}")
        self._prune_biases = arguments.flag("prune_biases", prune_biases)

    def __len__(self) -> int:
        return len(self.parameters)

    def __repr__(self) -> str:
        widths = "-".join(map(str, self.layer_widths))
        return f"Model({len(self)} networks {widths}, {float(self.mask.float().mean()):.2%} of the parameters kept)"

    @torch.no_grad()
    def __call__(self, inputs: npt.ArrayLike | Tensor) -> Tensor:
        """Return what every network gives for inputs of shape (n, n_in): float32 of shape (K, n, n_out)."""
        width = self.layer_widths[0]
        if not isinstance(inputs, Tensor):
            array = arguments.array("inputs", inputs)
            if array.dtype.kind not in "biuf":
                raise TypeError(f"inputs must hold real numbers, not {array.dtype}")
            inputs = array.astype(np.float32)
        if inputs.ndim != 2 or inputs.shape[1] != width:
            raise ValueError(f"inputs must have the shape (n, {width}), not {tuple(inputs.shape)}")
        rows = torch.as_tensor(inputs, dtype=torch.float32, device=self.parameters.device)
        return activations(self._layout.layers(self.parameters), rows)[-1]

    def masks(self, network: int) -> list[npt.NDArray[np.bool_]]:
        """Return the kept weights of a network, by layer (n_in, n_out), as ``Graph.from_layers`` takes them.

        Raises
        ------
        TypeError, ValueError
            If there is no such network.
        """
        return self._layout.masks(self._row(network))

    def biases(self, network: int) -> list[npt.NDArray[np.bool_]]:
        """Return the kept biases of a network, by layer (n_out,); all are unless they were pruned.

        Raises
        ------
        TypeError, ValueError
            If there is no such network.
        """
        return self._layout.bias_masks(self._row(network))

    def graph(self, network: int, *, bias: bool = False) -> Graph:
        """Return the graph of a network's kept weights, with `bias` also of its biases.

        Raises
        ------
        TypeError, ValueError
            If there is no such network, or `bias` is not True or False.
        """
        from motifcount.graph import Graph

        bias = arguments.flag("bias", bias)
        return Graph.from_layers(self.masks(network), self.biases(network) if bias else None)

    def network(self, network: int) -> nn.Sequential:
        """Return one network as an ordinary module, its masks those of ``torch.nn.utils.prune``.

        Raises
        ------
        TypeError, ValueError
            If there is no such network.
        """
        k = self._position(network)
        layers = self._layout.layers(self.parameters[k : k + 1].cpu())
        linears = []
        for (n_in, n_out), (weight, bias) in zip(pairwise(self.layer_widths), layers, strict=True):
            linear = nn.Linear(n_in, n_out)
            linear.load_state_dict({"weight": weight[0].T, "bias": bias[0, 0]})
            linears.append(linear)
        for linear, mask, kept in zip(linears, self.masks(k), self.biases(k), strict=True):
            _custom_from_mask(linear, "weight", torch.tensor(mask.T))
            if self._prune_biases:
                _custom_from_mask(linear, "bias", torch.tensor(kept))
        parts = [part for linear in linears for part in (linear, nn.Tanh())]
        return nn.Sequential(*parts[:-1])

    def _position(self, network: int) -> int:
        return arguments.integer("network", network, 0, len(self) - 1)

    def _row(self, network: int) -> npt.NDArray[np.bool_]:
        row: npt.NDArray[np.bool_] = self.mask[self._position(network)].cpu().numpy()
        return row


def _rows(name: str, value: Any, dtype: torch.dtype, length: int) -> Tensor:
    tensor = arguments.instance(name, value, Tensor, f"a torch tensor of {dtype}")
    if tensor.dtype != dtype or tensor.ndim != 2 or tensor.shape[1] != length:
        found = f"{tensor.dtype} of shape {tuple(tensor.shape)}"
        raise ValueError(f"{name} must be {dtype} of shape (K, {length}), not {found}")
    return tensor


_custom_from_mask: Any = prune.custom_from_mask
