"""Counting."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount import _core
from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount._support.threads import effective_threads
from motifcount.counting.counts import ByBlock, MotifCounts, NodeCounts
from motifcount.graph import Graph, as_graph
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.motifs.classes import ARCS, CLASSES, levels_of

_ROWS_AT_ONCE = 1 << 16


def count(
    adj: Any,
    size: int | tuple[int, ...] = (2, 3),
    *,
    induced: bool = True,
    by_block: bool = False,
    by_node: bool = False,
    num_threads: int | None = None,
) -> MotifCounts:
    """Count every motif class of the given sizes, exactly.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes. A canonical scipy CSR is used in place, not copied.
    size
        Number of nodes, 2, 3 or 4, or several of them: the 3 dyads, the 16 triads, and the 10 connected
        tetrads of a strictly layered graph (levels are found when the graph brings none).
    induced
        True counts node sets that form exactly the class; False counts subgraphs: arc subsets that do.
    by_block
        Also break every count down by the layers that a motif's nodes lie in; needs layers, at most 128.
    by_node
        Also count, for every node, the motifs of each class that contain it; sizes 2 and 3, at most 2**30 nodes.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.

    Returns
    -------
    MotifCounts
        Class name -> exact int.

    Raises
    ------
    NotImplementedError
        For size 4 on a graph that is not strictly layered, by block for more than 128 layers, and by node for size 4
        or more than 2**30 nodes.
    MemoryError
        If the counts by node, 8 bytes for each node and class, do not fit.
    TypeError, ValueError
        For arguments out of their range, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    O(n + m) on strictly layered graphs at sizes 2 and 3, O(m**1.5) on others (Ortmann and Brandes 2017,
    doi:10.1007/s41109-017-0027-2). By node the same lists are intersected, and a triangle counts at its three nodes.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> loop = mc.count(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> loop["030T"], loop["feed_forward_loop"], loop["asymmetric"]
    (1, 1, 3)
    >>> mc.count(np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]]), by_node=True).by_node["asymmetric"].tolist()
    [2, 1, 1]
    """
    graph = as_graph(adj)
    sizes = arguments.motif_sizes(size)
    induced = arguments.flag("induced", induced)
    by_block = arguments.flag("by_block", by_block)
    by_node = arguments.flag("by_node", by_node)
    threads = effective_threads(num_threads)
    if by_block and graph._layer_labels is None:
        raise ValueError('by_block needs a layered graph; give the graph layers (or layers="infer")')
    nodes = None
    if by_node:
        by_size = _by_node(graph, sizes, induced, threads)
        nodes = ByClass({name: table[:, k] for n, table in by_size.items() for k, name in enumerate(CLASSES[n])})
        if not by_block:
            totals = [total // n for n, table in by_size.items() for total in _exact_sums(table)]
            return MotifCounts(dict(zip(nodes, totals, strict=True)), None, nodes)
    tables = _core.count(*graph._core_args(), list(sizes), induced, by_block, threads)
    values: dict[str, int] = {}
    blocks: dict[str, ByBlock] = {}
    for size_, table in zip((2, 3, 4), tables, strict=True):
        if size_ not in sizes:
            continue
        for name, column in zip(CLASSES[size_], table.T, strict=True):
            values[name] = sum(column.tolist())
            if by_block:
                rows = np.flatnonzero(column)
                keys = _block_names(name, rows, graph._layer_labels)
                blocks[name] = Frozen(dict(zip(keys, column[rows].tolist(), strict=True)))
    return MotifCounts(values, ByClass(blocks) if by_block else None, nodes)


def _by_node(graph: Graph, sizes: tuple[int, ...], induced: bool, threads: int) -> dict[int, NodeCounts]:
    """Return by size the number of motifs of each class that contain each node, of shape (n_nodes, n_classes)."""
    n_rows = len(graph._indptr) + (graph.n_nodes if graph._node_ids is not None else 0)
    n_classes = sum(len(CLASSES[size]) for size in sizes)
    if graph.n_nodes <= 2**30:  # for more, the core says that it cannot
        require_memory(8 * n_rows * n_classes, f"by_node: {n_classes} counts for each of {graph.n_nodes:,} nodes")
    tables = _core.count_by_node(*graph._core_args(), list(sizes), induced, threads)
    by_size: dict[int, NodeCounts] = {}
    for size, table in zip((2, 3), tables, strict=True):
        if size not in sizes:
            continue
        rows, without_arcs = table[:-1], table[-1]
        if graph._node_ids is not None:
            by_row = rows
            rows = np.empty((graph.n_nodes, table.shape[1]), dtype=np.int64)
            rows[:] = without_arcs
            rows[graph._node_ids] = by_row
        rows.flags.writeable = False
        by_size[size] = rows
    return by_size


def _exact_sums(table: NodeCounts) -> list[int]:
    """Sum each column; the counts, of at most 2**30 nodes, may pass 2**63 together."""
    if int(table.max(initial=0)) * len(table) < 2**63:
        return [int(total) for total in table.sum(axis=0)]
    totals = [0] * table.shape[1]
    for start in range(0, len(table), _ROWS_AT_ONCE):
        rows = table[start : start + _ROWS_AT_ONCE]
        high, low = (rows >> 32).sum(axis=0), (rows & 0xFFFFFFFF).sum(axis=0)
        totals = [total + (int(h) << 32) + int(k) for total, h, k in zip(totals, high, low, strict=True)]
    return totals


def _block_names(name: str, rows: npt.NDArray[np.intp], labels: npt.NDArray[np.int64] | None) -> list[tuple[int, ...]]:
    """Return the layers that some rows of a by-block table stand for."""
    assert labels is not None
    if name in CLASSES[4]:
        layers = rows[:, None] + np.array(sorted(levels_of(ARCS[name])))
    else:
        layers = _layer_tuples(len(labels))[name in CLASSES[3]][rows]
    return [tuple(key) for key in labels[layers].tolist()] if len(rows) else []


@lru_cache(maxsize=4)
def _layer_tuples(n_layers: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return the layers of each row of a by-block table, of dyads and of triads."""
    pairs, triples = _core.layer_tuples(n_layers)
    return np.array(pairs, dtype=np.int32), np.array(triples, dtype=np.int32)


def endpoint_pairs(adj: Any, length: int) -> int:
    """Count the distinct (source, end) pairs that a directed walk of `length` edges joins.

    The study's authors report this number as their count of chains; it is not the number of chains
    (``count(adj)["021C"]``), because several chains may join the same pair.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    length
        Number of edges, 1 or more.

    Raises
    ------
    TypeError, ValueError
        If `length` is not a positive integer, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    2 log2(length) boolean sparse matrix products at most; memory grows with the number of pairs.
    """
    steps = arguments.integer("length", length, 1)
    graph = as_graph(adj)
    n_rows = len(graph._indptr) - 1  # nodes without edges end no walk
    adjacency = sp.csr_array((np.ones(graph.n_edges, bool), graph._indices, graph._indptr), shape=(n_rows, n_rows))
    reach, power = None, adjacency  # by squaring, for walks of any length
    while steps:
        if steps % 2:
            reach = power if reach is None else reach @ power
        steps //= 2
        power = power @ power if steps else power
    assert reach is not None
    return int(reach.nnz)
