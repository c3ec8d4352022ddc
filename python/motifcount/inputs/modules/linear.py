"""A chain of Linear layers, in the order in which they were registered."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.inputs import sparse
from motifcount.inputs.masks import from_layers
from motifcount.inputs.rows import Rows
from motifcount.inputs.tensors import from_tensor, is_torch_tensor


def from_linear_layers(module: Any, bias: bool) -> Rows:
    """Read the Linear layers of a torch module, in the order in which they were registered."""
    import torch

    masks: list[Any] = []
    biases: list[Any] = []
    names: list[str] = []
    seen: dict[Any, str] = {}
    for name, part in module.named_modules(remove_duplicate=False):
        if isinstance(part, torch.nn.Linear):
            if part in seen:
                raise NotImplementedError(
                    f"module: {name!r} is the layer {seen[part]!r} once more, and what comes after what is not clear; "
                    "pass masks to Graph.from_layers"
                )
            seen[part] = name
            if isinstance(part, torch.nn.LazyLinear):
                raise ValueError(
                    f"module: {name or 'it'} is a LazyLinear without weights yet; run a forward pass first"
                )
            if names and part.in_features != masks[-1].shape[1]:
                raise ValueError(
                    f"module: {name!r} takes {part.in_features} inputs, but {names[-1]!r} before it gives "
                    f"{masks[-1].shape[1]}; only chains of Linear layers are understood"
                )
            masks.append(_live(name, part, "weight", (part.out_features, part.in_features)).T)
            has_bias = bias and part.bias is not None
            biases.append(_live(name, part, "bias", (part.out_features,)) if has_bias else None)
            names.append(name)
        elif _has_weights(part) and not _is_parametrization(name):
            raise NotImplementedError(
                f"module: {name or 'it'} is a {type(part).__name__}, and its weights would be lost; "
                "only Linear layers are understood (pass masks to Graph.from_layers)"
            )
    if not masks:
        raise ValueError(f"module: {type(module).__name__} has no Linear layer")
    return from_layers(masks, biases)


def _live(layer_name: str, layer: Any, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Return which weights are kept: those of the prune mask if there is one, else the nonzero ones."""
    where = f"module: {layer_name}.{name}".replace(" .", " ")
    mask = getattr(layer, f"{name}_mask", None)
    values: Any = getattr(layer, name, None) if mask is None else mask
    if not is_torch_tensor(values) or tuple(values.shape) != shape:
        found = tuple(values.shape) if is_torch_tensor(values) else type(values).__name__
        raise ValueError(f"{where}{'' if mask is None else '_mask'} must be a tensor of shape {shape}, not {found}")
    array = np.asarray(from_tensor(where, values))
    sparse.refuse_nan(where, array)
    kept: npt.NDArray[np.bool_] = array != 0
    return kept


def _has_weights(part: Any) -> bool:
    """Whether a module has weights of its own; those of quantized ones are no parameters."""
    return any(True for _ in part.parameters(recurse=False)) or ".quantized" in type(part).__module__


def _is_parametrization(name: str) -> bool:
    return "parametrizations" in name.split(".")
