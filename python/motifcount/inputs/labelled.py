"""Edges between nodes that have labels of any hashable kind, in two columns or in rows of pairs."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.inputs.places import IntArray
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import endpoints, from_edge_arrays, from_edges
from motifcount.inputs.tensors import from_tensor, is_torch_tensor

_WANTED = "must hold integers of up to 64 bits, or labels (words, say)"
_AMBIGUOUS = {
    2: "two edges (Graph.from_edges(adj))",
    3: "three edges with weights (Graph.from_edges of the first two columns)",
}


def is_frame(value: Any) -> bool:
    """Whether `value` is a data frame of pandas or polars."""
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.split(".")[0] in ("pandas", "polars")


def is_list_of_pairs(value: Any) -> bool:
    """Whether `value` is a list of pairs, and so of edges; three or more of them are no square matrix.

    Raises
    ------
    ValueError
        If it could be a matrix as well.
    """
    if not isinstance(value, (list, tuple)) or not value or not all(isinstance(row, (list, tuple)) for row in value):
        return False
    width = len(value[0])
    if width not in _AMBIGUOUS or any(len(row) != width for row in value):
        return False
    ends = list(chain.from_iterable(row[:2] for row in value))
    if len(value) == width and all(type(end) is int and end >= 0 for end in ends) and not are_alike(value):
        # Lists of three numbers are how a matrix of three nodes is written; tuples are not.
        if width == 2 or all(isinstance(row, tuple) for row in value):
            raise ValueError(f"adj may be a matrix of {width} nodes (np.array(adj)), or {_AMBIGUOUS[width]}; say which")
        return False
    return width == 2 and all(isinstance(end, str) or (type(end) is int and end >= 0) for end in ends)


def are_alike(rows: Any) -> bool:
    """Whether rows are two pairs of numbers that give the same graph as edges and as a matrix of two nodes."""
    if len(rows) != 2 or {end for row in rows for end in row} != {0, 1}:
        return False
    edges = {(u, v) for u, v in rows if u != v}
    return edges == {(k, 1 - k) for k in (0, 1) if rows[k][1 - k]}


def from_pairs(pairs: Any) -> Rows:
    """Convert a list of pairs that stands where a graph is wanted."""
    try:
        return from_ends(*columns_of(pairs), None, keep_all_rows=True)
    except (TypeError, ValueError) as error:
        raise type(error)(f"adj, taken for a list of edges: {error}") from error


def columns_of(rows: Any) -> tuple[Any, Any]:
    """Return sources and targets of rows of pairs: a list of them, or an array or tensor of shape (m, 2)."""
    if isinstance(rows, (list, tuple)):
        items = list(rows)
        if all(isinstance(row, (list, tuple)) and len(row) == 2 for row in items):
            return [row[0] for row in items], [row[1] for row in items]
    array = arguments.array("src", from_tensor("src", rows) if is_torch_tensor(rows) else rows)
    if array.ndim == 2 and array.shape[1] == 2:
        return array[:, 0], array[:, 1]
    hint = ""
    if array.ndim == 2 and len(array) == 2 and array.dtype.kind in "iu":
        hint = "; Graph.from_edges(*src) takes two rows"
    if array.ndim == 2 and array.shape[1] == 3:
        hint += "; what stands third is left out by [row[:2] for row in src]"
    found = f"of shape {array.shape}" if array.ndim else arguments.shown(rows)
    raise TypeError(
        f"src must be rows of pairs, of shape (m, 2), or a frame, where dst is not given, not {found}{hint}"
    )


def from_ends(src: Any, dst: Any, n_nodes: Any, *, keep_all_rows: bool) -> Rows:
    """Convert sources and targets: integers are positions of nodes, anything else is a label."""
    labels, sources, targets = positions(src, dst)
    if labels is None:
        return from_edges(src, dst, n_nodes, keep_all_rows=keep_all_rows)
    if n_nodes is not None:
        raise ValueError("n_nodes must be None where nodes have labels; nodes are those that edges name")
    return from_edge_arrays(sources, targets, len(labels), keep_all_rows=True)._replace(labels=labels)


def positions(src: Any, dst: Any) -> tuple[tuple[Hashable, ...] | None, IntArray, IntArray]:
    """Return the labels of nodes, None where they have none, and the positions of sources and targets among them."""
    sources, targets = _labels("src", src), _labels("dst", dst)
    if sources is None and targets is None:
        return None, endpoints("src", src), endpoints("dst", dst)
    if sources is None or targets is None:
        if not len(src) or not len(dst):
            raise ValueError(f"src and dst must have the same length, not {len(src)} and {len(dst)}")
        raise TypeError("src and dst must both hold integers or both hold labels (words, say), not one of each")
    if len(sources) != len(targets):
        raise ValueError(f"src and dst must have the same length, not {len(sources)} and {len(targets)}")
    labels, places = _numbered([*sources, *targets])
    return labels, places[: len(sources)], places[len(sources) :]


def _labels(name: str, values: Any) -> list[Hashable] | None:
    """Return the labels in a column; None for integers, which are positions."""
    array = arguments.array(name, from_tensor(name, values) if is_torch_tensor(values) else values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}")
    if array.dtype.kind in "iu" or not array.size:
        return None
    if array.dtype.kind not in "OUST":
        raise TypeError(f"{name} {_WANTED}, not {array.dtype}")
    found = list(values) if isinstance(values, (list, tuple)) else array.tolist()
    for k, label in enumerate(found):
        if label is None or label == "" or _is_nothing(label):
            raise ValueError(f"{name} must hold a label for every edge, but entry {k} is {arguments.shown(label)}")
        if isinstance(label, (bool, float, complex, np.bool_, np.inexact)) or not isinstance(label, Hashable):
            raise TypeError(f"{name} {_WANTED}, but entry {k} is {arguments.shown(label)}")
    if all(isinstance(label, (int, np.integer)) for label in found):
        if all(-(2**63) <= label < 2**63 for label in found):
            raise TypeError(f"{name} {_WANTED}, not {array.dtype}; of integers, make an array of an integer type")
        raise TypeError(f"{name} {_WANTED}, not integers as large as {arguments.shown(max(found, key=abs))}")
    return found


def _is_nothing(label: Any) -> bool:
    """Whether a value is a NaN, or what pandas has in its place."""
    return type(label).__name__ in ("NAType", "NaTType") or (isinstance(label, float) and label != label)


def _numbered(found: list[Hashable]) -> tuple[tuple[Hashable, ...], npt.NDArray[np.int64] | IntArray]:
    """Return the distinct labels, ascending, or as they occur where they cannot be compared, and the place of each."""
    order: list[Any] = list(dict.fromkeys(found))
    with suppress(TypeError):
        order = sorted(order)
    position = {label: k for k, label in enumerate(order)}
    return tuple(order), np.fromiter((position[label] for label in found), np.int64, len(found))
