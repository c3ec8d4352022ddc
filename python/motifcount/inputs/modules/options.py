"""How a module is to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from motifcount.inputs.modules.recording import Instead


@dataclass(frozen=True)
class Options:
    """How a module is to be read; see :meth:`motifcount.Graph.from_module`."""

    residual: str = "stream"
    is_unrolled: bool = False
    max_edges: int = 0  # of what is unrolled
    attention_gates: bool = False
    embeddings: bool = False
    signs: bool = False  # of weights are kinds of edges
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)  # functions that act as another does
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  # and those that are called for them
    tensors: Mapping[str, torch.Tensor] = field(default_factory=dict)  # in place of the module's own, by name

    @property
    def instead(self) -> Instead:
        """What stands for parts of the module while it runs."""
        return Instead(self.ignore, self.functions, self.tensors)
