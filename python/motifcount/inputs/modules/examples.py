"""What a module is run on: given as tensors or shapes, or inferred from its first layer."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.utils import _pytree as pytree

from motifcount._support import arguments
from motifcount.inputs.modules.finding import tensors_within


@dataclass(frozen=True)
class Example:
    """Arguments of a forward pass; shapes stand for tensors of ones of a type."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    dtype: torch.dtype

    def tensors(self, device: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments on a device."""
        made = [self._made(value, device) for value in self.args]
        return tuple(made), {name: self._made(value, device) for name, value in self.kwargs.items()}

    def _made(self, value: Any, device: Any) -> Any:
        if 0 in getattr(value, "shape", value if is_shape(value) else ()):
            raise ValueError(f"it must have no axis of length 0; its shape is {tuple(getattr(value, 'shape', value))}")
        if is_shape(value):
            return torch.ones(tuple(value), dtype=self.dtype, device=device)
        if isinstance(value, np.ndarray):
            value = torch.as_tensor(value)
        if isinstance(value, torch.Tensor):
            needs_grad, value = value.requires_grad, value.detach()
            made = torch.empty_like(value, device="meta") if str(device) == "meta" else value.to(device, copy=True)
            return made.requires_grad_(needs_grad)
        if isinstance(value, (list, tuple, dict)):
            return pytree.tree_map(lambda part: self._made(part, device), value, is_leaf=lambda part: part is not value)
        twins = {id(tensor): self._made(tensor, device) for tensor in tensors_within(value)}
        return copy.deepcopy(value, twins) if twins else value


def is_shape(value: Any) -> bool:
    """Whether a value is the shape of a tensor."""
    if isinstance(value, torch.Size):
        return True
    is_size = [isinstance(n, (int, np.integer)) and not isinstance(n, bool) for n in value] if _is_row(value) else []
    return bool(is_size) and all(is_size)


def _is_row(value: Any) -> bool:
    return isinstance(value, (tuple, list))


def given(module: Any, example: Any) -> Example:
    """Return the arguments that the caller gave."""
    dtype = _dtype_of(module)
    if isinstance(example, (torch.Tensor, np.ndarray)) or is_shape(example):
        return Example((example,), {}, dtype)
    if isinstance(example, Mapping):
        return Example((), dict(example), dtype)
    if isinstance(example, (tuple, list)):
        return Example(tuple(example), {}, dtype)
    raise TypeError(
        "example must be a tensor, a shape such as (1, 3, 32, 32), or a tuple or dict of arguments, "
        f"not {arguments.shown(example)}"
    )


def inferred(module: Any) -> Iterator[Example]:
    """Yield what a module may take whose first layer is Linear: rows of as many entries as one of them reads."""
    try:
        parameters = inspect.signature(module.forward).parameters.values()
    except (TypeError, ValueError):
        return
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    wanted = [p for p in parameters if p.kind in kinds and p.default is inspect.Parameter.empty]
    if len(wanted) > 1:
        return
    widths = dict.fromkeys(part.in_features for part in module.modules() if isinstance(part, torch.nn.Linear))
    for width in widths:
        yield Example(((2, width),), {}, _dtype_of(module))


def names_of_arguments(module: Any) -> str:
    """Return the names of what the forward of a module takes."""
    try:
        return ", ".join(inspect.signature(module.forward).parameters)
    except (TypeError, ValueError):
        return "what its forward takes"


def _dtype_of(module: Any) -> torch.dtype:
    found = (p.dtype for p in module.parameters() if p.is_floating_point())
    return next(found, torch.get_default_dtype())
