"""Layer masks, stacked into the rows of a layered network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support import arguments, memory
from motifcount.inputs import sparse
from motifcount.inputs.kinds import placed, signs
from motifcount.inputs.places import IntArray
from motifcount.inputs.rows import NodeGroups, Rows
from motifcount.inputs.tables import from_edge_arrays
from motifcount.inputs.tensors import from_tensor, is_torch_tensor

Block = tuple[int, int]  # the layer that edges leave, the layer that they lead to


def is_list_of_matrices(value: Any) -> bool:
    """Whether `value` is a list of scipy.sparse matrices, or of two-dimensional NumPy arrays or torch tensors."""
    return isinstance(value, (list, tuple)) and bool(value) and all(map(_is_matrix, value))


def _is_matrix(value: Any) -> bool:
    return sp.issparse(value) or ((isinstance(value, np.ndarray) or is_torch_tensor(value)) and value.ndim == 2)


def from_layers(masks: Any, biases: Any = None, *, with_signs: bool = False) -> Rows:
    """Convert the masks between successive layers; ``biases[k]`` is that of the units which ``masks[k]`` leads to.

    `with_signs`, arcs have the sign of their entry as kind.
    """
    masks = arguments.sequence("masks", masks, "matrices")
    biases = None if biases is None else arguments.sequence("biases", biases, "arrays or None")
    if not masks:
        raise ValueError("masks must hold at least one matrix, not be empty")
    if biases is not None and len(biases) != len(masks):
        raise ValueError(f"biases must hold one entry (or None) per mask, {len(masks)}, not {len(biases)}")
    shapes, edges, weights = zip(
        *(nonzeros(f"masks[{k}]", mask, 2, with_signs) for k, mask in enumerate(masks)), strict=True
    )
    for k in range(1, len(shapes)):
        if shapes[k][0] != shapes[k - 1][1]:
            raise ValueError(
                f"masks[{k}] has {shapes[k][0]} rows, but masks[{k - 1}] has {shapes[k - 1][1]} columns; "
                "a mask has the shape (n_in, n_out)"
            )
    units = {
        (k, k + 1): _biased_units(f"biases[{k}]", bias, f"masks[{k}]", shapes[k][1], with_signs)
        for k, bias in enumerate(biases or ())
        if bias is not None
    }
    biased = {block: found for block, (found, _) in units.items()}
    widths = [shapes[0][0], *(shape[1] for shape in shapes)]
    entries = np.concatenate([*weights, *(of_bias for _, of_bias in units.values())]) if with_signs else None
    return stacked(widths, {(k, k + 1): ends for k, ends in enumerate(edges)}, biased, entries)


def _biased_units(name: str, bias: Any, mask_name: str, width: int, with_values: bool) -> tuple[IntArray, Any]:
    shape, (units,), values = nonzeros(name, bias, 1, with_values)
    if shape[0] != width:
        raise ValueError(f"{name} has {shape[0]} entries, but {mask_name} has {width} columns")
    return units, values


def stacked(
    widths: Sequence[int],
    edges: Mapping[Block, tuple[IntArray, ...]],
    biased: Mapping[Block, IntArray],
    weights: npt.NDArray[Any] | None = None,
) -> Rows:
    """Number the units of all layers one after the other, and after those of a layer its bias, if it has one.

    Parameters
    ----------
    widths
        Number of units by layer.
    edges
        By block, sources and targets of its edges: units counted within their layers.
    biased
        By block, the units of its second layer that the bias in its first layer leads to; one block for each bias.
    weights
        Of all these edges, those of biases last: their signs are the kinds of arcs.
    """
    with_bias = {layer for layer, _ in biased}
    sizes = [width + (layer in with_bias) for layer, width in enumerate(widths)]
    n_nodes = sum(sizes)
    memory.require_memory(12 * n_nodes, f"masks: a row for each of {n_nodes:,} nodes")
    starts = np.cumsum([0, *sizes], dtype=np.int64)
    bias_of = {layer: int(starts[layer]) + widths[layer] for layer in sorted(with_bias)}
    kind = sparse.index_dtype(n_nodes, sum(len(sources) for sources, _ in edges.values()))
    arcs = [(np.empty(0, kind), np.empty(0, kind))]
    for (a, b), (sources, targets) in edges.items():
        arcs.append((np.add(sources, starts[a], dtype=kind), np.add(targets, starts[b], dtype=kind)))
    for (a, b), units in biased.items():
        arcs.append((np.full(len(units), bias_of[a], kind), np.add(units, starts[b], dtype=kind)))
    src, dst = map(np.concatenate, zip(*arcs, strict=True))
    rows = from_edge_arrays(src, dst, n_nodes, keep_all_rows=True)
    if weights is not None:
        arcs_of_rows = np.repeat(np.arange(n_nodes), np.diff(rows.indptr)), rows.indices
        rows = rows._replace(kinds=placed(arcs_of_rows, (src, dst), signs(weights), str))
    layer_of = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return rows._replace(groups=NodeGroups(layer_of, np.arange(len(sizes)), tuple(bias_of.values())))


def nonzeros(
    name: str, mask: Any, ndim: int, with_values: bool
) -> tuple[tuple[int, ...], tuple[IntArray, ...], npt.NDArray[Any] | None]:
    """Return the shape, and coordinates and values of the nonzero entries, of a numpy, scipy or torch array."""
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
    if sp.issparse(mask):
        *ends, values, _ = sparse.entries(name, mask)
        return shape, tuple(ends[-ndim:]), values
    sparse.refuse_infinite(name, mask)
    found = np.nonzero(mask)
    return shape, found, mask[found] if with_values else None
