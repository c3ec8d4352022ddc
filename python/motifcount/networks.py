"""From layer masks and torch modules to compressed sparse rows with layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount.adapters import IntArray, Rows, from_edge_arrays, from_tensor, is_torch_tensor


def is_matrix(value: Any) -> bool:
    """Whether `value` is a two-dimensional scipy, numpy or torch matrix."""
    return (sp.issparse(value) or isinstance(value, np.ndarray) or is_torch_tensor(value)) and value.ndim == 2


def is_torch_module(value: Any) -> bool:
    return any(base.__module__ == "torch.nn.modules.module" for base in type(value).__mro__)


def nonzeros(name: str, mask: Any, ndim: int) -> tuple[tuple[int, ...], tuple[IntArray, ...]]:
    """Return the shape and the coordinates of the nonzero entries of a numpy, scipy or torch array."""
    if is_torch_tensor(mask):
        mask = from_tensor(mask)
    if sp.issparse(mask):
        coo = _checked_coo(name, cast(Any, mask))
        keep = coo.data != 0
        shape, where = tuple(coo.shape), tuple(coordinate[keep] for coordinate in coo.coords)
    else:
        array = np.asarray(mask)
        if array.dtype.kind not in "biufc":
            raise TypeError(f"{name} must hold numbers or bools, not {array.dtype}")
        shape, where = array.shape, np.nonzero(array)
    if len(shape) != ndim:
        raise ValueError(f"{name} must have {ndim} dimension{'s'[: ndim > 1]}, not the shape {shape}")
    return tuple(int(side) for side in shape), where


def _checked_coo(name: str, mask: Any) -> Any:
    """Return a sparse array as COO; SciPy follows index arrays without looking where they lead."""
    if mask.format in ("csr", "csc", "bsr"):
        try:
            mask = type(mask)((mask.data, mask.indices, mask.indptr), shape=mask.shape)
            mask.check_format()
        except ValueError as error:
            raise ValueError(f"{name} is not a valid sparse matrix: {error}") from None
    coo = mask.tocoo()
    for coordinate, side in zip(coo.coords, coo.shape, strict=True):
        if len(coordinate) != len(coo.data):
            raise ValueError(f"{name} has {len(coordinate)} coordinates for {len(coo.data)} values")
        if len(coordinate) and not 0 <= coordinate.min() <= coordinate.max() < side:
            extreme = coordinate.min() if coordinate.min() < 0 else coordinate.max()
            raise ValueError(
                f"{name} holds an index {extreme}, outside the range 0 to {side - 1} of its shape {coo.shape}"
            )
    return coo


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
    for name, part in module.named_modules():
        if isinstance(part, torch.nn.Linear):
            if isinstance(part, torch.nn.LazyLinear):
                raise ValueError(
                    f"module: {name or 'it'} is a LazyLinear without weights yet; run a forward pass first"
                )
            if names and part.in_features != masks[-1].shape[1]:
                raise ValueError(
                    f"module: {name!r} takes {part.in_features} inputs, but {names[-1]!r} before it gives "
                    f"{masks[-1].shape[1]}; only chains of Linear layers are understood"
                )
            masks.append(_live(part, "weight").T)
            biases.append(_live(part, "bias") if bias and part.bias is not None else None)
            names.append(name)
        elif any(True for _ in part.parameters(recurse=False)) and not _is_parametrization(name):
            raise NotImplementedError(
                f"module: {name or 'it'} is a {type(part).__name__}, and its weights would be lost; "
                "only Linear layers are understood (pass masks to Graph.from_layers)"
            )
    if not masks:
        raise ValueError(f"module: {type(module).__name__} has no Linear layer")
    return from_layers(masks, biases)


def _live(layer: Any, name: str) -> npt.NDArray[Any]:
    """Return which weights are live: those of the prune mask if there is one, else the nonzero ones."""
    mask = getattr(layer, f"{name}_mask", None)
    live: npt.NDArray[np.bool_] = np.asarray(from_tensor(getattr(layer, name) if mask is None else mask)) != 0
    return live


def _is_parametrization(name: str) -> bool:
    return "parametrizations" in name.split(".")
