"""torch modules. torch is imported only where there is one.

How the files of this folder call each other:
  follow       a module and an example to rows: records, follows, again if inputs turn out to be coarser
  examples     what the module is run on
  given        weights that are given beside it
  options      how it is to be read
  recording    the forward pass of a copy
  calls        its calls, one by one
  standins     functions that others are called for
  finding      tensors in what goes in and comes out
  trace        the calls in their order, each by its rule; what is known of every tensor
  rules/       what every torch function does to units
  flow         what the entries of a tensor are: units by entry
  units        layers of units and arcs
  values       the values of weights and other constants
  derivatives  what was read, compared with the derivatives of a copy
  graphs       layers in order, as rows
  signs        of weights, as kinds of arcs
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any

from motifcount._support import arguments
from motifcount.inputs.modules.options import Options
from motifcount.inputs.rows import Rows


def is_torch_module(value: Any) -> bool:
    """Whether `value` is a torch module."""
    return any(base.__module__ == "torch.nn.modules.module" for base in type(value).__mro__)


def from_module(
    module: Any, example: Any, options: Options, weights: Mapping[Any, Any] | None = None, *, bias: bool
) -> Rows:
    """Convert a torch module; see :meth:`motifcount.Graph.from_module`."""
    if not isinstance(weights, (Mapping, NoneType)):
        kinds = "a dict of tensors by name, or the path of a file of them"
        raise TypeError(f"weights must be {kinds}, not {arguments.shown(weights)}")
    from motifcount.inputs.modules import follow

    return follow.from_module(module, example, options, weights, bias=bias)
