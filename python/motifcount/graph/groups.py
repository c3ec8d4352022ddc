"""Layers and biases as groups of nodes: where they come from, and what the edges between them tell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments, memory
from motifcount._support.natural import natural
from motifcount.graph.compact import spread_to_nodes, with_all_rows
from motifcount.graph.in_core import digraph_of
from motifcount.inputs.rows import NodeGroups, Rows
from motifcount.inputs.tensors import from_tensor, is_torch_tensor

LayersLike = npt.ArrayLike | Mapping[Any, int] | Mapping[Any, str] | str | None


def with_layers(rows: Rows, layers: npt.ArrayLike | Mapping[Any, int] | Mapping[Any, str] | str) -> Rows:
    """Return the same graph with layers: those given, or, for "infer", those that its edges allow."""
    memory.require_memory(12 * rows.n_nodes, f"layers of {rows.n_nodes:,} nodes")
    if isinstance(layers, str):
        if layers != "infer":
            raise ValueError(
                f'layers must be "infer", one integer or name a node, or None, not {arguments.shown(layers)}'
            )
        labels, layer_of = _levels(rows)
        names = None
    else:
        values = _by_label(layers, rows) if isinstance(layers, Mapping) else layers
        values, names = _numbered(values, rows.n_nodes)
        labels, layer_of = np.unique(_checked(values, rows.n_nodes), return_inverse=True)
    groups = NodeGroups(layer_of.astype(np.int32), labels, layer_names=names)
    return with_all_rows(rows)._replace(groups=groups)


def _numbered(layers: Any, n_nodes: int) -> tuple[Any, tuple[str, ...] | None]:
    """Return layers that are labels as numbers, in the order of their names, and these; integers as they are."""
    if is_torch_tensor(layers):
        return layers, None
    # NumPy would make words of labels of two types, integers of bools, and a table of tuples
    if not (isinstance(layers, (list, tuple)) and any(isinstance(label, _LABELS) for label in layers)):
        layers = arguments.array("layers", layers)
        if layers.dtype.kind not in "OUb" or layers.ndim != 1:
            return layers, None
        layers = layers.tolist()
    types, labels = [], []
    for label in layers:
        of_type, plain = _typed(label)
        if of_type is None:
            raise TypeError(
                "layers must be integers, or words, bools, members of an Enum, or tuples of these, not "
                f"{arguments.shown(label)}; str(label) makes a word of others"
            )
        types.append(of_type)
        labels.append(plain)
        if of_type != types[0]:
            first = arguments.shown(layers[0])
            raise TypeError(f"layers must be labels of one type, that of {first}, not {arguments.shown(label)}")
    if types and types[0] is int:
        return np.array(labels), None
    ordered = sorted(set(labels), key=lambda label: natural(str(label)))
    number = {label: k for k, label in enumerate(ordered)}
    return np.array([number[label] for label in labels], dtype=np.int64), tuple(str(label) for label in ordered)


_LABELS = (str, tuple, bool, np.bool_, Enum)


def _typed(label: Any) -> tuple[Any, Any]:
    """Return the type and the plain word, bool or integer of a label, of a tuple those of its parts; None of others."""
    if isinstance(label, str):
        return (str, str.__str__(label)) if label else (None, None)
    if isinstance(label, (bool, np.bool_)):
        return bool, bool(label)
    if isinstance(label, (int, np.integer)):
        return int, int(label)
    if isinstance(label, Enum):
        return (type(label), label.name) if label.name else (None, None)
    if isinstance(label, tuple) and label:
        types, parts = zip(*((str, "") if part == "" else _typed(part) for part in label), strict=True)
        return (None, None) if None in types else (types, parts)
    return None, None


def _by_label(layers: Mapping[Any, Any], rows: Rows) -> list[Any]:
    """Return the layers of all nodes by their labels, or, without labels, by their positions."""
    labels = range(rows.n_nodes) if rows.labels is None else rows.labels
    missing = next((label for label in labels if label not in layers), None)
    if missing is not None:
        raise ValueError(f"layers must have a layer for every node, but has none for {arguments.shown(missing)}")
    return [layers[label] for label in labels]


def _checked(layers: Any, n_nodes: int) -> npt.NDArray[np.int64]:
    """Return layers as a user gives them as an array."""
    array = arguments.array("layers", from_tensor("layers", layers) if is_torch_tensor(layers) else layers)
    if array.size == 0:
        array = array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise TypeError(f"layers must hold integers of up to 64 bits, not {array.dtype}")
    if np.issubdtype(array.dtype, np.unsignedinteger) and array.max() >= 2**63:
        raise ValueError(f"layers must be below 2**63, not {array.max()}")
    if array.shape != (n_nodes,):
        raise ValueError(f"layers must have one entry per node, the shape ({n_nodes},), not {array.shape}")
    return array.astype(np.int64)


def _levels(rows: Rows) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the levels, 0 to the highest without a gap, and the level of each node."""
    digraph = digraph_of(rows)
    levels = _core.strict_levels(digraph)
    if levels is None:
        levels = _core.longest_path_levels(digraph)
    return np.arange(int(levels.max(initial=-1)) + 1), spread_to_nodes(rows, levels)


def is_strictly_layered(rows: Rows, digraph: _core.Digraph) -> bool:
    """Tell whether every edge leads from a layer to the next: one of the graph's layers, or, without, of any."""
    return _core.strict_levels(digraph) is not None if rows.groups is None else _core.is_strict(digraph)


def has_strict_levels(rows: Rows, digraph: _core.Digraph) -> bool:
    """Tell whether every edge leads from one level to the next, be these the graph's own layers or others."""
    return is_strictly_layered(rows, digraph) or (rows.groups is not None and _core.strict_levels(digraph) is not None)


def bias_masks(rows: Rows) -> list[npt.NDArray[np.bool_] | None] | None:
    """By layer but the first, which of its units a bias leads to, or None without bias; None without any bias."""
    groups = rows.groups
    if groups is None or not groups.bias_nodes:
        return None
    masks: list[npt.NDArray[np.bool_] | None] = [None] * (groups.n_layers - 1)
    for node in groups.bias_nodes:
        layer = int(groups.layer_of[node])
        targets = rows.indices[rows.indptr[node] : rows.indptr[node + 1]]
        masks[layer] = np.isin(groups.units(layer + 1), targets)
    return masks


def linked_groups(rows: Rows, groups: NodeGroups) -> set[tuple[int, int]]:
    """Return the pairs of groups, by their position in ``groups.keys``, with an edge from the first to the second."""
    return {(a, b) for a, b in _core.linked_groups(digraph_of(rows), groups.of_node()).tolist()}
