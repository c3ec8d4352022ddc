"""In how many motifs two nodes are together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount import _core
from motifcount._support import arguments, memory
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.graph import Graph, access, as_graph
from motifcount.motifs import families
from motifcount.motifs.classes import ROLES


def cooccurrence(
    adj: Any,
    name: str,
    *,
    roles: Sequence[str] | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
) -> sp.csr_array:
    """Count, for every two nodes, the instances of a class that contain both: its motif adjacency matrix.

    Spectral clustering of this matrix finds groups of nodes that are tied by the motif (Benson, Gleich and Leskovec
    2016, doi:10.1126/science.aad9029).

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    name
        A connected class of size 2, 3 or 4, or an alias. Instances are induced.
    roles
        Two roles of the class, letters as in :data:`ROLES`: entry (i, j) then counts the instances in which i has the
        first and j the second. None for any two.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    progress
        As for :func:`count`. What a function raises comes through.

    Returns
    -------
    scipy.sparse.csr_array
        Of shape (n_nodes, n_nodes), int64, without stored zeros; its diagonal is 0. Symmetric unless `roles` differ.

    Raises
    ------
    MemoryError
        If the pairs of nodes that share an instance do not fit.
    TypeError, ValueError
        For a class that is not connected, roles it does not have, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    Triads are not listed: O(sum over edges of the lower degree) time, and for classes with a pair of nodes without an
    edge the walks over two edges of these kinds, twice. Tetrads are: time for each instance, and some 100 bytes for
    each pair and thread, of which this machine's memory must hold twice as much.

    Examples
    --------
    >>> import motifcount as mc
    >>> graph = mc.Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("b", "d")])
    >>> mc.cooccurrence(graph, "feed_forward_loop").toarray().tolist()
    [[0, 1, 1, 0], [1, 0, 2, 1], [1, 2, 0, 1], [0, 1, 1, 0]]
    >>> mc.cooccurrence(graph, "feed_forward_loop", roles=("a", "c")).toarray().tolist()
    [[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
    """
    graph = as_graph(adj)
    family, name = families.find(name)
    if len({node for arc in family.arcs[name] for node in arc}) < family.size:
        raise ValueError(f"name must be a connected class, not {name!r}")
    places = None if roles is None else _places(name, roles)
    check_progress(progress)
    threads = effective_threads(num_threads)
    memory.require_memory(8 * graph.n_nodes, f"cooccurrence: row starts of {graph.n_nodes:,} nodes")
    most = memory.total_memory() or 2**62
    try:
        with reporter(progress, 1, f"cooccurrence of {name}") as report:
            indptr, columns, counts = _core.cooccurrence(access.in_core(graph), name, places, most, threads, report)
    except MemoryError:
        raise MemoryError(f"cooccurrence of {name}: the pairs of nodes that share an instance do not fit") from None
    return _matrix(graph, indptr, columns, counts)


def _places(name: str, roles: Any) -> tuple[int, int]:
    """Return the nodes of the class that the roles are called by."""
    known = ROLES[name]
    if not isinstance(roles, tuple | list) or len(roles) != 2 or any(role not in known for role in map(str, roles)):
        kind = ValueError if isinstance(roles, tuple | list) else TypeError
        words = ", ".join(map(repr, known))
        raise kind(f"roles must be two of {words}, those of {name}, not {arguments.shown(roles)}")
    first, second = ("abcd".index(role) for role in roles)
    return first, second


def _matrix(
    graph: Graph, indptr: npt.NDArray[np.int64], columns: npt.NDArray[Any], counts: npt.NDArray[np.int64]
) -> sp.csr_array:
    """Return a matrix of nodes, given one of rows."""
    n = graph.n_nodes
    if access.n_rows(graph) == n:
        index = np.int32 if max(n, len(columns)) < 2**31 else np.int64  # many libraries take no others than 32-bit ones
        parts = (counts, columns.astype(index, copy=False), indptr.astype(index, copy=False))
        return sp.csr_array(parts, shape=(n, n))
    nodes = access.nodes_of_rows(graph, np.arange(len(indptr) - 1))
    sources = np.repeat(nodes, np.diff(indptr))
    return sp.csr_array((counts, (sources, nodes[columns])), shape=(n, n))
