"""From layer masks and torch modules to compressed sparse rows with layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount.inputs import sparse
from motifcount.inputs.adapters import Rows, from_edge_arrays, from_tensor, is_torch_tensor
from motifcount.inputs.sparse import IntArray


def is_matrix(value: Any) -> bool:
    """Whether `value` is a scipy.sparse, or a two-dimensional numpy or torch matrix."""
    return sp.issparse(value) or ((isinstance(value, np.ndarray) or is_torch_tensor(value)) and value.ndim == 2)


def is_torch_module(value: Any) -> bool:
    return any(base.__module__ == "torch.nn.modules.module" for base in type(value).__mro__)


def nonzeros(name: str, mask: Any, ndim: int) -> tuple[tuple[int, ...], tuple[IntArray, ...]]:
    """Return the shape and the coordinates of the nonzero entries of a numpy, scipy or torch array."""
    if is_torch_tensor(mask):
        mask = from_tensor(name, mask)
    if sp.issparse(mask):
        shape = sparse.shape_of(name, mask)
    else:
        mask = arguments.array(name, mask)
        sparse.check_dtype(name, mask.dtype)
        shape = mask.shape
    if len(shape) != ndim:
        raise ValueError(f"{name} must have {ndim} dimension{'s'[: ndim > 1]}, not the shape {shape}")
    return shape, sparse.coordinates(name, mask)[-ndim:] if sp.issparse(mask) else np.nonzero(mask)


class LayeredRows(NamedTuple):
    """Rows of a layered network and what its nodes are."""

    rows: Rows
    layers: npt.NDArray[np.int64]
    bias_nodes: tuple[int | None, ...]  # by layer, the node that stands for the bias of the layer after it


def from_layers(masks: Sequence[Any], biases: Sequence[Any] | None) -> LayeredRows:
    """Stack layer masks; within each layer the units come first and the bias node, if any, last."""
    if not masks:
        raise ValueError("masks must hold at least one matrix, not be empty")
    if biases is not None and len(biases) != len(masks):
        raise ValueError(f"biases must hold one entry (or None) per mask, {len(masks)}, not {len(biases)}")
    edges = [nonzeros(f"masks[{k}]", mask, 2) for k, mask in enumerate(masks)]
    for k in range(1, len(edges)):
        if edges[k][0][0] != edges[k - 1][0][1]:
            raise ValueError(
                f"masks[{k}] has {edges[k][0][0]} rows, but masks[{k - 1}] has {edges[k - 1][0][1]} columns; "
                "a mask has the shape (n_in, n_out)"
            )
    bias_targets = [_bias_targets(biases, k, edges[k][0][1]) for k in range(len(edges))]
    widths = [edges[0][0][0]] + [shape[1] for shape, _ in edges]
    sizes = [width + (k < len(edges) and bias_targets[k] is not None) for k, width in enumerate(widths)]
    require_memory(12 * sum(sizes), f"masks: a row for each of {sum(sizes):,} nodes")
    starts = np.concatenate(([0], np.cumsum(sizes)))

    src, dst = [], []
    bias_nodes: list[int | None] = []
    for k, (_, (sources, targets)) in enumerate(edges):
        src.append(sources.astype(np.int64) + starts[k])
        dst.append(targets.astype(np.int64) + starts[k + 1])
        live = bias_targets[k]
        bias_nodes.append(None if live is None else int(starts[k]) + widths[k])
        if live is not None:
            src.append(np.full(len(live), starts[k] + widths[k]))
            dst.append(live + starts[k + 1])
    rows = from_edge_arrays(np.concatenate(src), np.concatenate(dst), int(starts[-1]), keep_all_rows=True)
    layers = np.repeat(np.arange(len(sizes)), sizes)
    return LayeredRows(rows, layers, (*bias_nodes, None))


def _bias_targets(biases: Sequence[Any] | None, k: int, width: int) -> npt.NDArray[np.int64] | None:
    if biases is None or biases[k] is None:
        return None
    shape, (live,) = nonzeros(f"biases[{k}]", biases[k], 1)
    if shape[0] != width:
        raise ValueError(f"biases[{k}] has {shape[0]} entries, but masks[{k}] has {width} columns")
    return live.astype(np.int64)


def from_module(module: Any, bias: bool) -> LayeredRows:
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
    """Return which weights are live: those of the prune mask if there is one, else the nonzero ones."""
    where = f"module: {layer_name}.{name}".replace(" .", " ")
    mask = getattr(layer, f"{name}_mask", None)
    values: Any = getattr(layer, name, None) if mask is None else mask
    if not is_torch_tensor(values) or tuple(values.shape) != shape:
        found = tuple(values.shape) if is_torch_tensor(values) else type(values).__name__
        raise ValueError(f"{where}{'' if mask is None else '_mask'} must be a tensor of shape {shape}, not {found}")
    live: npt.NDArray[np.bool_] = np.asarray(from_tensor(where, values)) != 0
    return live


def _has_weights(part: Any) -> bool:
    """Whether a module has weights of its own; those of quantized ones are no parameters."""
    return any(True for _ in part.parameters(recurse=False)) or ".quantized" in type(part).__module__


def _is_parametrization(name: str) -> bool:
    return "parametrizations" in name.split(".")
