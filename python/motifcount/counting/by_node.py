"""For every node, the motifs of each class that contain it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import memory
from motifcount.graph import Graph, access
from motifcount.motifs.classes import classes_of, family_named

NodeTable = npt.NDArray[np.int64]
"""Counts by node and class, of shape (n_nodes, classes of one family)."""

_MAX_NODES = 2**30
_ROWS_AT_ONCE = 1 << 16


def node_tables(graph: Graph, families: tuple[str, ...], induced: bool, threads: int) -> dict[str, NodeTable]:
    """Count by family, node and class. The tables are read-only."""
    n_rows, n_classes = access.n_rows(graph), len(classes_of(families))
    n_values = n_rows + 1 + (graph.n_nodes if n_rows < graph.n_nodes else 0)  # by row, and then by node
    if graph.n_nodes <= _MAX_NODES:  # for more, the core says that it cannot
        what = f"by_node: {n_classes} counts for each of {graph.n_nodes:,} nodes"
        memory.require_memory(8 * n_values * n_classes, what)
    tables = _core.count_by_node(access.in_core(graph), families, induced, threads)
    by_family = {}
    for family, table in zip(families, tables, strict=True):
        by_family[family] = access.spread_to_nodes(graph, table[:-1], elsewhere=table[-1])
        by_family[family].flags.writeable = False
    return by_family


def columns(tables: Mapping[str, NodeTable]) -> dict[str, npt.NDArray[np.int64]]:
    """Return the counts of each class by node, int64 of shape (n_nodes,)."""
    return {
        name: column
        for family, table in tables.items()
        for name, column in zip(family_named(family).names, table.T, strict=True)
    }


def totals(tables: Mapping[str, NodeTable]) -> dict[str, int]:
    """Return the counts of each class: every motif is in the column of its class once for each of its nodes."""
    return {
        name: total // family_named(family).size
        for family, table in tables.items()
        for name, total in zip(family_named(family).names, exact_sums(table), strict=True)
    }


def exact_sums(table: NodeTable) -> list[int]:
    """Sum each column of counts, none of which is negative; the sum may pass 2**63."""
    if int(table.max(initial=0)) * len(table) < 2**63:
        return [int(total) for total in table.sum(axis=0)]
    sums = [0] * table.shape[1]
    for start in range(0, len(table), _ROWS_AT_ONCE):
        rows = table[start : start + _ROWS_AT_ONCE]
        high, low = (rows >> 32).sum(axis=0), (rows & 0xFFFFFFFF).sum(axis=0)
        sums = [total + (int(h) << 32) + int(k) for total, h, k in zip(sums, high, low, strict=True)]
    return sums
