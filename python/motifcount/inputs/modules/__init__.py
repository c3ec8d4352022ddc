"""torch modules. torch is imported only where there is one."""

from __future__ import annotations

from typing import Any

from motifcount.inputs.modules.linear import from_linear_layers
from motifcount.inputs.rows import Rows


def is_torch_module(value: Any) -> bool:
    """Whether `value` is a torch module."""
    return any(base.__module__ == "torch.nn.modules.module" for base in type(value).__mro__)


def from_module(module: Any, *, bias: bool) -> Rows:
    """Convert a torch module; with `bias`, kept biases become edges of one bias node per layer."""
    return from_linear_layers(module, bias)
