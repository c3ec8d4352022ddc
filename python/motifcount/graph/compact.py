"""Rows of graphs in which nodes without edges dominate and have none; no other room knows of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import memory
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import from_edge_arrays

Nodes = npt.NDArray[np.int64]


def edge_arrays(rows: Rows) -> tuple[Nodes, Nodes]:
    """Return sources and targets of the edges, in the order of the rows."""
    sources = np.repeat(np.arange(len(rows.indptr) - 1), np.diff(rows.indptr))
    return nodes_of(rows, sources), nodes_of(rows, rows.indices.astype(np.int64))


def nodes_of(rows: Rows, numbers: Nodes) -> Nodes:
    """Return the nodes that have the rows of these numbers."""
    return numbers if rows.node_ids is None else rows.node_ids[numbers]


def nodes_of_numbers(rows: Rows, numbers: Nodes) -> Nodes:
    """Return the nodes of the core's numbers: rows, then the nodes without rows in their order."""
    if rows.node_ids is None or not len(rows.node_ids):
        return numbers
    n_rows = len(rows.node_ids)
    without = numbers - n_rows
    skipped = np.searchsorted(rows.node_ids - np.arange(n_rows), without, side="right")
    return np.where(numbers < n_rows, rows.node_ids[np.minimum(numbers, n_rows - 1)], without + skipped)


def numbers_of_nodes(rows: Rows, nodes: Nodes) -> Nodes:
    """Return the numbers that :func:`nodes_of_numbers` takes."""
    if rows.node_ids is None or not len(rows.node_ids):
        return nodes
    n_rows = len(rows.node_ids)
    before = np.searchsorted(rows.node_ids, nodes)
    has_row = rows.node_ids[np.minimum(before, n_rows - 1)] == nodes
    return np.where(has_row, before, n_rows + nodes - before)


def spread_to_nodes(rows: Rows, by_row: npt.NDArray[Any], elsewhere: Any = 0, what: str = "values") -> npt.NDArray[Any]:
    """Return a value, or an array of them, for each node: that of its row, or `elsewhere`; int64 or float64.

    Errors call them `what`.

    Raises
    ------
    MemoryError
        If the values do not fit.
    """
    dtype = np.float64 if by_row.dtype.kind == "f" else np.int64
    if rows.node_ids is None:
        return by_row.astype(dtype, copy=False)
    shape = (rows.n_nodes, *by_row.shape[1:])
    memory.require_memory(8 * int(np.prod(shape)), f"{what} of {rows.n_nodes:,} nodes")
    values = np.zeros(shape, dtype=dtype)  # costs no memory until it is written to
    if np.any(elsewhere):
        values[:] = elsewhere
    values[rows.node_ids] = by_row
    return values


def with_all_rows(rows: Rows) -> Rows:
    """Return rows for every node."""
    if rows.node_ids is None:
        return rows
    full = from_edge_arrays(*edge_arrays(rows), rows.n_nodes, keep_all_rows=True)
    return full._replace(
        labels=rows.labels,
        groups=rows.groups,
        dropped=rows.dropped,
        kinds=rows.kinds,
        arc_weights=rows.arc_weights,
    )
