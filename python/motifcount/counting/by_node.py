"""For every node, the motifs of each class that contain it, and its roles in them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import memory
from motifcount.graph import Graph, access
from motifcount.motifs.classes import ROLES, classes_of, family_named

NodeTable = npt.NDArray[np.int64]
"""Counts by node and class, or role, of shape (n_nodes, classes or roles of one family)."""

_MAX_NODES = 2**30
_ROWS_AT_ONCE = 1 << 16


def node_tables(
    graph: Graph, families: tuple[str, ...], induced: bool, threads: int, *, by_role: bool = False
) -> dict[str, NodeTable]:
    """Count by family, node and class, or role. The tables are read-only."""
    n_rows = access.n_rows(graph)
    n_columns = sum(len(ROLES[name]) if by_role else 1 for name in classes_of(families))
    n_values = n_rows + 1 + (graph.n_nodes if n_rows < graph.n_nodes else 0)  # by row, and then by node
    if graph.n_nodes <= _MAX_NODES:  # for more, the core says that it cannot
        what = f"{'by_role' if by_role else 'by_node'}: {n_columns} counts for each of {graph.n_nodes:,} nodes"
        memory.require_memory(8 * n_values * n_columns, what)
    count = _core.count_by_role if by_role else _core.count_by_node
    by_family = {}
    for family, table in zip(families, count(access.in_core(graph), families, induced, threads), strict=True):
        by_family[family] = access.spread_to_nodes(graph, table[:-1], elsewhere=table[-1])
        by_family[family].flags.writeable = False
    return by_family


def role_columns(tables: Mapping[str, NodeTable]) -> dict[str, NodeTable]:
    """Return the counts of each class by node and role, int64 of shape (n_nodes, roles), of tables by role."""
    return {
        name: table[:, start : start + len(ROLES[name])]
        for family, table in tables.items()
        for name, start in zip(family_named(family).names, _first_roles(family), strict=True)
    }


def without_roles(tables: Mapping[str, NodeTable]) -> dict[str, NodeTable]:
    """Return tables by node and class of tables by role."""
    summed = {family: np.add.reduceat(table, _first_roles(family), axis=1) for family, table in tables.items()}
    for table in summed.values():
        table.flags.writeable = False
    return summed


def _first_roles(family: str) -> list[int]:
    """Return the column of the first role of each class."""
    n_roles = [len(ROLES[name]) for name in family_named(family).names]
    return [0, *accumulate(n_roles[:-1])]


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
