"""For every arc, the dyads and triads that it is in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import memory
from motifcount._support.progress import Report
from motifcount.counting.by_node import columns
from motifcount.graph import Graph, access
from motifcount.motifs.classes import classes_of

ArcTable = npt.NDArray[np.int64]
"""Counts by arc and class, of shape (n_edges, classes of one family)."""


def counts_by_arc(
    graph: Graph, families: tuple[str, ...], induced: bool, threads: int, report: Report = None
) -> dict[str, ArcTable]:
    """Count by class and arc, int64 of shape (n_edges,), in the order of :func:`arcs_of`. Read-only."""
    memory.require_memory(
        8 * graph.n_edges * len(classes_of(families)),
        f"by_arc: {len(classes_of(families))} counts for each of {graph.n_edges:,} edges",
    )
    counted = _core.count_by_arc(access.in_core(graph), families, induced, threads, report)
    tables = dict(zip(families, counted, strict=True))
    for table in tables.values():
        table.flags.writeable = False
    return columns(tables)


def arcs_of(graph: Graph) -> npt.NDArray[np.int64]:
    """Return source and target of every arc, of shape (n_edges, 2), ascending by source and then target."""
    arcs = np.column_stack(access.edge_arrays(graph))
    arcs.flags.writeable = False
    return arcs
