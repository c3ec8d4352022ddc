"""Intensity and coherence of triads, by the weights of their edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments, memory
from motifcount._support.threads import effective_threads
from motifcount.counting.by_node import columns, node_tables
from motifcount.counting.intensities import ByNode, Intensities
from motifcount.graph import Graph, access
from motifcount.motifs.by_class import ByClass
from motifcount.motifs.classes import CLASSES
from motifcount.motifs.families import TRIADS

IntensityTable = npt.NDArray[np.float64]
"""Intensity and coherence, summed over the triads of each class: of shape (2, connected triads), samples first."""

CONNECTED = CLASSES[3][3:]
"""The triads that have a weight: all pairs of their nodes are joined, directly or by the third."""

_MEASURES = ("intensity", "coherence")
_BYTES_A_NODE = 8 * 2 * 16


def intensity(
    adj: Any, *, absolute: bool = False, by_node: bool = False, num_threads: int | None = None
) -> Intensities:
    """Measure how strong, and how even, the edges of triads are (Onnela et al. 2005, doi:10.1103/PhysRevE.71.065103).

    The *intensity* of a triad is the geometric mean of the weights of its edges, its *coherence* that divided by their
    arithmetic mean: 1 where all are equal, near 0 where one is far below the others. Weights are taken as shares of the
    largest in the graph, so intensities are at most 1. Triads are induced: all edges among the three nodes count.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` with weights, or anything that makes one with ``weights=True``.
    absolute
        Whether \\|weights\\| are taken. Otherwise weights must be positive: the intensity of others is not defined.
        Signs can be counted apart, by kind (:func:`~motifcount.count`).
    by_node
        Also add up, for every node, the triads of each class that contain it.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it, to the last bit.

    Raises
    ------
    TypeError, ValueError
        If the graph has no weights, or a negative one without `absolute`, and whatever :class:`~motifcount.Graph`
        raises.
    MemoryError
        If 40 bytes for each end of an edge, or, by node, 256 bytes for each node, do not fit.

    Notes
    -----
    Every connected triad is looked at: O(sum over nodes of the square of the degree) time, by node four times that,
    O(m) memory.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> found = mc.intensity(np.array([[0, 8.0, 2.0], [0, 0, 4.0], [0, 0, 0]]))
    >>> round(found.total_intensity["030T"], 12), round(found.mean_coherence["030T"], 3)
    (0.5, 0.857)
    """
    graph, largest = prepared(adj, absolute)
    threads = effective_threads(num_threads)
    by_node = arguments.flag("by_node", by_node)
    counted = node_tables(graph, (TRIADS.name,), True, threads) if by_node else None
    parts = None
    if counted is not None:
        memory.require_memory(_BYTES_A_NODE * graph.n_nodes, f"by_node: 32 numbers for each of {graph.n_nodes:,} nodes")
        by_row = _core.intensities_by_node(access.in_core(graph), weights_of(graph), threads)
        table = access.spread_to_nodes(graph, by_row)[:, :, 3:]
        parts = ByNode(
            ByClass({name: column for name, column in columns(counted).items() if name in CONNECTED}),
            *(_by_class(table[:, k].T) for k in range(2)),
        )
    counts = _core.count(access.in_core(graph), (TRIADS.name,), True, False, threads, None)[0][0]
    total_intensity, total_coherence = (
        ByClass(dict(zip(CONNECTED, row.tolist(), strict=True))) for row in intensity_table(graph, threads)
    )
    return Intensities(
        ByClass(dict(zip(CONNECTED, counts[3:].tolist(), strict=True))),
        total_intensity,
        total_coherence,
        largest=largest,
        by_node=parts,
    )


def _by_class(table: npt.NDArray[np.float64]) -> ByClass[npt.NDArray[np.float64]]:
    table = np.ascontiguousarray(table)
    table.flags.writeable = False
    return ByClass(dict(zip(CONNECTED, table, strict=True)))


def prepared(adj: Any, absolute: Any) -> tuple[Graph, float]:
    """Return a graph with weights as shares of the largest, and the largest.

    Raises
    ------
    TypeError, ValueError
        If it has no weights, or a negative one and `absolute` is not True.
    """
    graph = adj if isinstance(adj, Graph) else Graph(adj, weights=True)
    weights = access.arc_weights(graph)
    if weights is None:
        raise ValueError("adj must be a graph whose edges have weights: Graph(adj, weights=True), say")
    if arguments.flag("absolute", absolute):
        weights = np.abs(weights)
    elif (weights < 0).any():
        k = int(np.argmax(weights < 0))
        source, target = (
            arguments.shown(int(ends[k]) if graph.labels is None else graph.labels[ends[k]])
            for ends in access.edge_arrays(graph)
        )
        raise ValueError(
            f"weights must be positive, and that from {source} to {target} is {weights[k]:g}; absolute=True takes them "
            "without their signs"
        )
    largest = float(weights.max(initial=0))
    if largest:
        weights = weights / largest
    return access.with_arc_weights(graph, weights, keep_kinds=True), largest


def intensity_table(graph: Graph, threads: int) -> IntensityTable:
    """Return the sums over the triads of each class, of a graph with positive weights.

    Raises
    ------
    ValueError
        If it has none, or others.
    """
    return _core.intensities(access.in_core(graph), weights_of(graph), threads)[:, 3:]


def weights_of(graph: Graph) -> npt.NDArray[np.float64]:
    """Return the weights of a graph that must have positive ones."""
    weights = access.arc_weights(graph)
    if weights is None or (weights < 0).any():
        raise ValueError("random graphs must have positive weights, and one of them has not")
    return weights
