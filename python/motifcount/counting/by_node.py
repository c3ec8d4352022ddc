"""For every node, the motifs of each class that contain it, and its roles in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import memory
from motifcount._support.progress import Report
from motifcount.graph import Graph, access
from motifcount.motifs.classes import ROLES, classes_of, family_named

NodeTable = npt.NDArray[np.int64]
"""Counts by node and class, or role, of shape (n_nodes, classes or roles of one family)."""

_MAX_NODES = 2**30


def node_tables(
    graph: Graph,
    families: tuple[str, ...],
    induced: bool,
    threads: int,
    *,
    by_role: bool = False,
    report: Report = None,
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
    counted = count(access.in_core(graph), families, induced, threads, report)
    for family, table in zip(families, counted, strict=True):
        by_family[family] = access.spread_to_nodes(graph, table[:-1], elsewhere=table[-1])
        by_family[family].flags.writeable = False
    return by_family


def role_columns(tables: Mapping[str, NodeTable]) -> dict[str, NodeTable]:
    """Return the counts of each class by node and role, int64 of shape (n_nodes, roles), of tables by role."""
    return {
        name: table[:, roles] for family, table in tables.items() for name, roles in _roles_of_classes(family).items()
    }


def without_roles(tables: Mapping[str, NodeTable]) -> dict[str, NodeTable]:
    """Return tables by node and class of tables by role."""
    summed = {family: np.add.reduceat(table, _first_roles(family), axis=1) for family, table in tables.items()}
    for table in summed.values():
        table.flags.writeable = False
    return summed


@cache
def _roles_of_classes(family: str) -> dict[str, slice]:
    """Return the columns of each class in a table by role."""
    names = family_named(family).names
    ends = [*accumulate(len(ROLES[name]) for name in names)]
    return {name: slice(*columns) for name, columns in zip(names, pairwise([0, *ends]), strict=True)}


@cache
def _first_roles(family: str) -> list[int]:
    return [roles.start for roles in _roles_of_classes(family).values()]


def columns(tables: Mapping[str, NodeTable]) -> dict[str, npt.NDArray[np.int64]]:
    """Return the counts of each class by node, int64 of shape (n_nodes,)."""
    return {
        name: column
        for family, table in tables.items()
        for name, column in zip(family_named(family).names, table.T, strict=True)
    }


def totals(tables: Mapping[str, NodeTable], *, by_role: bool = False) -> dict[str, int]:
    """Return the counts of each class of tables by node and class, or role.

    Every motif is in the columns of its class once for each of its nodes.
    """
    counts: dict[str, int] = {}
    for family, table in tables.items():
        # A node is in less than n**3 / 6 fours, on which a class lies in at most 24 ways.
        fits = 4 * len(table) ** 4 < 2**63
        sums = table.sum(axis=0) if fits else np.array(exact_sums(table), dtype=object)
        size = family_named(family).size
        if by_role:
            sums = np.add.reduceat(sums, _first_roles(family))
        counts |= {name: total // size for name, total in zip(family_named(family).names, sums.tolist(), strict=True)}
    return counts


def exact_sums(table: NodeTable) -> list[int]:
    """Sum each column of counts, none of which is negative; a sum may pass 2**63."""
    sums: list[int] = table.sum(axis=0).tolist()
    for column in np.flatnonzero(table.max(axis=0, initial=0) > (2**63 - 1) // max(len(table), 1)):
        high, low = table[:, column] >> 32, table[:, column] & 0xFFFFFFFF
        sums[column] = (int(high.sum()) << 32) + int(low.sum())
    return sums
