"""Which nodes form the motifs of a class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments, memory
from motifcount._support.progress import Progress, Report, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.counting.count import count_families
from motifcount.counting.instance_filters import arc_weights, chosen_arcs, chosen_nodes
from motifcount.graph import Graph, access, as_graph
from motifcount.motifs import families
from motifcount.motifs.classes import ARCS, families_of

Instances = npt.NDArray[Any]
"""Rows of nodes, of shape (instances, size), int64, or object where they are labels."""

_SCORES = ("product", "minimum")
_ROWS_AT_ONCE = 1 << 20
_BYTES_SCORED, _BYTES_DRAWN = 48, 80  # of an instance in the core, with its score, or in a set of those drawn


def find(
    adj: Any,
    name: str,
    *,
    limit: int | None = None,
    seed: int | None = None,
    nodes: Any = None,
    arcs: Any = None,
    weights: Any = None,
    score: str = "product",
    labels: bool = False,
    num_threads: int | None = None,
    progress: Progress = None,
) -> Instances:
    """Find the nodes that form a motif class: all its induced instances, a random sample, or the heaviest.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    name
        A class of size 2, 3 or 4, or an alias.
    limit
        At most so many: with `seed`, a uniform random sample without repeats, in random order; with `weights`, those of
        highest score; else the first ones that are met, which are no sample. None for all.
    seed
        Of the sample; needs a `limit`.
    nodes
        Only instances that contain one of these nodes.
    arcs
        Only instances that contain one of these arcs: pairs (source, target).
    weights
        The weight of each arc, finite, in float64: a matrix of the nodes in their order, sparse (0 where it has no
        entry) or dense (often that which the graph was made of), or an array of shape (n_edges,) in the order of
        ``graph.to_scipy()``. Instances come in descending order of their
        score, those of equal score in ascending order of their nodes.
    score
        Of an instance, by the weights of its arcs: "product" (of any size, also beyond float64) or "minimum".
    labels
        Whether nodes are labels (:attr:`Graph.labels`), here and in `nodes` and `arcs`, instead of positions.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    progress
        As for :func:`count`. What a function raises comes through.

    Returns
    -------
    numpy.ndarray
        A row for each instance, of shape (instances, size), int64 (or object, of labels): the nodes in the order of
        those in :data:`ARCS`. Where nodes may change places, the row is the one that comes first.

    Raises
    ------
    MemoryError
        If the instances do not fit.
    TypeError, ValueError
        For arguments out of their range, nodes and arcs that the graph does not have, weights that are no such
        matrix or array, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    Listing takes O(sum over edges of the lower degree) time, for classes of 4 nodes times a degree, and time for each
    instance. A sample lists nothing: how many ways there are to place all nodes but for one link is counted by node,
    a place is drawn, and kept if that link fits, too; O(n + m) memory. Only where few of them are kept is it drawn
    while listing. `nodes` and `arcs` are looked at afterwards: a sample of the few instances that hold them may take
    longer than their list.

    Examples
    --------
    >>> import motifcount as mc
    >>> graph = mc.Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("b", "d")])
    >>> mc.find(graph, "feed_forward_loop").tolist()
    [[1, 2, 3], [0, 1, 2]]
    >>> mc.find(graph, "feed_forward_loop", nodes=["d"], labels=True).tolist()
    [['b', 'c', 'd']]
    """
    graph, found = _asked_for(adj, name, nodes, arcs, labels)
    most = None if limit is None else arguments.integer("limit", limit, 1, 2**62)
    threads = effective_threads(num_threads)
    if arguments.choice("score", score, _SCORES) != _SCORES[0] and weights is None:
        raise ValueError(f"score must not be given without weights, not {score!r}")
    if seed is not None:
        seed = arguments.integer("seed", seed, 0, arguments.MAX_SEED)
        if most is None:
            raise ValueError("seed needs a limit: how many instances to draw")
        if weights is not None:
            raise ValueError("seed must be None where weights choose the instances")
    check_progress(progress)
    filtered = nodes is not None or arcs is not None
    none_more = graph.n_nodes**found.size  # for the core: instances are never as many
    asked = min(none_more, 2**62 if most is None else most)
    with reporter(progress, 1, f"instances of {found.name}") as report:
        if asked > _ROWS_AT_ONCE and not filtered:
            asked = _required_room(graph, found, asked, threads, weights is not None, seed is not None, report)
        if weights is not None:
            rows = found.core.top(asked, arc_weights(graph, weights), score == "minimum", threads, report)
        elif seed is not None:
            rows = found.core.sample(asked, seed, threads, report)
        else:
            rows = _listed(found, asked, threads, report)
    return found.in_words(graph, rows)


def _listed(found: _Found, most: int, threads: int, report: Report) -> npt.NDArray[np.int64]:
    """Return the first instances, in the core's numbers."""
    parts, n_found = [], 0
    while len(part := found.core.next(min(most - n_found, _ROWS_AT_ONCE), threads, report)):
        parts.append(part)
        n_found += len(part)
        _require_memory(found, n_found, _bytes_of_list(found, n_found))
    return np.concatenate(parts) if parts else part


def find_chunks(
    adj: Any,
    name: str,
    chunk_size: int = 1 << 16,
    *,
    nodes: Any = None,
    arcs: Any = None,
    labels: bool = False,
    num_threads: int | None = None,
) -> Iterator[Instances]:
    """Find all instances of a class as :func:`find` does, some at a time, so that they need not fit in memory.

    Parameters
    ----------
    chunk_size
        Instances in each array; the last has fewer.
    adj, name, nodes, arcs, labels, num_threads
        As for :func:`find`.

    Returns
    -------
    iterator of numpy.ndarray
        Arrays as :func:`find` returns them; together they are what it returns. It can be left at any time.

    Raises
    ------
    TypeError, ValueError
        As :func:`find`, when it is called.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> ring = np.roll(np.eye(10), 1, axis=1)
    >>> [chunk.shape for chunk in mc.find_chunks(ring, "chain", 4)]
    [(4, 3), (4, 3), (2, 3)]
    """
    size = arguments.integer("chunk_size", chunk_size, 1, 2**40)
    graph, found = _asked_for(adj, name, nodes, arcs, labels)
    threads = effective_threads(num_threads)

    def chunks() -> Iterator[Instances]:
        while len(rows := found.core.next(size, threads, None)):
            yield found.in_words(graph, rows)

    return chunks()


class _Found:
    """The core's instances of a class, and what their nodes are called."""

    def __init__(self, name: str, size: int, core: _core.Instances, labels: bool) -> None:
        self.name = name
        self.size = size
        self.core = core
        self.labels = labels

    def in_words(self, graph: Graph, rows: npt.NDArray[np.int64]) -> Instances:
        """Return the core's rows as rows of nodes."""
        rows = access.nodes_of_numbers(graph, rows)
        if not ARCS[self.name]:  # nodes without rows are numbered last
            rows.sort(axis=1)
        if not self.labels:
            return rows
        words = np.empty(graph.n_nodes, dtype=object)
        words[:] = graph.labels
        return words[rows]


def _asked_for(adj: Any, name: str, nodes: Any, arcs: Any, labels: bool) -> tuple[Graph, _Found]:
    graph = as_graph(adj)
    family, name = families.find(name)
    labels = arguments.flag("labels", labels)
    if labels and graph.labels is None:
        raise ValueError("labels must be False: the nodes of this graph have none")
    wanted_nodes = None if nodes is None else chosen_nodes(graph, nodes, labels)
    wanted_arcs = None if arcs is None else chosen_arcs(graph, arcs, labels)
    core = _core.Instances(access.in_core(graph), name, wanted_nodes, wanted_arcs)
    return graph, _Found(name, family.size, core, labels)


def _required_room(
    graph: Graph, found: _Found, most: int, threads: int, by_weight: bool, sampled: bool, report: Report
) -> int:
    """Return how many instances there are, `most` at most; refuse what does not fit."""
    n_all = count_families(graph, families_of((found.size,), layered=False), threads=threads, report=report)[found.name]
    n = n_all if most == 2**62 else min(n_all, most)
    n_bytes = _bytes_of_list(found, n)
    if by_weight:
        n_bytes += _BYTES_SCORED * (n + min(n_all, threads * n))  # every thread keeps the heaviest that it finds
    elif sampled:
        n_bytes += _BYTES_DRAWN * n
    _require_memory(found, n, n_bytes)
    return min(n_all, most)


def _bytes_of_list(found: _Found, n: int) -> int:
    return 2 * 8 * found.size * n  # in parts, and joined


def _require_memory(found: _Found, n: int, n_bytes: int) -> None:
    what = f"{found.name}: a list of {n:,} of its instances"
    try:
        memory.require_memory(n_bytes, what)
    except MemoryError as error:
        raise MemoryError(f"{error}; give a limit, or take find_chunks") from None
