"""Nodes, arcs and weights that a user names."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount.graph import Graph, access
from motifcount.inputs.labelled import is_frame

_Numbers = npt.NDArray[np.int64]


def chosen_nodes(graph: Graph, nodes: Any, by_label: bool) -> _Numbers:
    """Return the core's numbers of nodes that are given by position or label."""
    return access.numbers_of_nodes(graph, _positions(graph, "nodes", nodes, by_label))


def chosen_arcs(graph: Graph, arcs: Any, by_label: bool) -> _Numbers:
    """Return the core's numbers of the ends of arcs that are given as pairs, one after the other."""
    if by_label:
        pairs = [_pair(pair) for pair in _items("arcs", arcs, "pairs of labels")]
        ends = _positions(graph, "arcs", [end for pair in pairs for end in pair], by_label)
    else:
        table = arguments.array("arcs", arcs)
        wanted = "arcs must be pairs (source, target), of shape (n, 2)"
        if table.size and (table.ndim != 2 or table.shape[1] != 2):
            raise ValueError(f"{wanted}, not {arguments.shown(arcs)}")
        if table.size and table.dtype.kind not in "iu":
            raise TypeError(f"{wanted}, of positions of nodes, integers, not {arguments.shown(arcs)}")
        ends = _positions(graph, "arcs", table.ravel(), by_label)
    pairs_of_ends = ends.reshape(-1, 2)
    missing = ~_are_arcs(graph, pairs_of_ends)
    if missing.any():
        source, target = pairs_of_ends[missing][0].tolist()
        if by_label and graph.labels is not None:
            source, target = graph.labels[source], graph.labels[target]
        raise ValueError(f"arcs must be arcs of the graph, and ({source!r}, {target!r}) is none")
    return access.numbers_of_nodes(graph, ends)


def arc_weights(graph: Graph, weights: Any) -> npt.NDArray[np.float64]:
    """Return the weights of all arcs, in the order of the rows, from a matrix of the nodes or an array of them.

    They are 0 where a sparse matrix has no entry.
    """
    n, m = graph.n_nodes, graph.n_edges
    wanted = f"weights must be a matrix of shape ({n}, {n}), or an array of shape ({m},)"
    is_sparse = sp.issparse(weights)
    is_array = is_sparse or isinstance(weights, (list, tuple)) or hasattr(weights, "__array__")
    if not is_array or is_frame(weights):  # whose labels may be in any order
        raise TypeError(f"{wanted}, its rows and columns in the order of the nodes, not {arguments.shown(weights)}")
    table: Any = weights if is_sparse else arguments.array("weights", weights)
    if table.dtype.kind not in "biuf":
        raise TypeError(f"{wanted}, of real numbers, not {arguments.shown(weights)}")
    if table.shape == (n, n) and table.shape != (m,):
        if is_sparse:
            table = sp.csr_array(table)
        table = np.asarray(table[access.edge_arrays(graph)]) if m else np.zeros(0)
    elif table.shape != (m,) or is_sparse:
        raise ValueError(f"{wanted}, not {arguments.shown(weights)}")
    values = np.ascontiguousarray(table, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("weights must be finite at every arc of the graph, not NaN or inf")
    return values


def _positions(graph: Graph, name: str, nodes: Any, by_label: bool) -> _Numbers:
    if by_label:
        assert graph.labels is not None
        position = {label: k for k, label in enumerate(graph.labels)}
        items = _items(name, nodes, "labels")
        try:
            return np.array([position[label] for label in items], dtype=np.int64)
        except (KeyError, TypeError):
            unknown = next(label for label in items if not _is_known(label, position))
            hint = arguments.suggestion(unknown, map(str, position))
            raise ValueError(f"{name} must be labels of the graph, not {arguments.shown(unknown)}{hint}") from None
    found = arguments.array(name, nodes)
    if found.size == 0:
        return np.zeros(0, dtype=np.int64)
    if found.ndim != 1 or found.dtype.kind not in "iu":
        raise TypeError(f"{name} must be positions of nodes, integers, not {arguments.shown(nodes)}")
    low, high = int(found.min()), int(found.max())
    if low < 0 or high >= graph.n_nodes:
        wrong = low if low < 0 else high
        raise ValueError(f"{name} must be positions from 0 to {graph.n_nodes - 1}, not {wrong}")
    return found.astype(np.int64)


def _is_known(label: Any, position: dict[Any, int]) -> bool:
    try:
        return label in position
    except TypeError:
        return False


def _items(name: str, values: Any, of: str) -> list[Any]:
    if isinstance(values, (str, bytes, dict)) or not isinstance(values, Iterable) or sp.issparse(values):
        raise TypeError(f"{name} must be a list of {of}, not {arguments.shown(values)}")
    if getattr(values, "ndim", 1) == 0:
        raise TypeError(f"{name} must be a list of {of}, not {arguments.shown(values)}")
    return list(values)


def _pair(pair: Any) -> tuple[Any, Any]:
    try:
        if isinstance(pair, (str, bytes, dict, Set)):  # letters are no labels, and sets have no order
            raise TypeError
        source, target = pair
    except (TypeError, ValueError):
        raise ValueError(f"arcs must be pairs (source, target), not {arguments.shown(pair)}") from None
    return source, target


def _are_arcs(graph: Graph, pairs: _Numbers) -> npt.NDArray[np.bool_]:
    """Tell of each pair of nodes whether it is an arc; O(pairs log degree)."""
    indptr, indices = access.csr(graph)
    n_rows = access.n_rows(graph)
    numbers = access.numbers_of_nodes(graph, pairs.ravel()).reshape(-1, 2)
    found = np.zeros(len(pairs), dtype=bool)
    for k, (source, target) in enumerate(numbers.tolist()):
        if source < n_rows:
            row = indices[indptr[source] : indptr[source + 1]]
            at = np.searchsorted(row, target)
            found[k] = at < len(row) and row[at] == target
    return found
