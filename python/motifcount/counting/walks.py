"""Directed walks."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount.graph import access, as_graph


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
    indptr, indices = access.csr(graph)
    n_rows = access.n_rows(graph)  # nodes without a row have no edge and end no walk
    adjacency = sp.csr_array((np.ones(graph.n_edges, bool), indices, indptr), shape=(n_rows, n_rows))
    reach, power = None, adjacency  # by squaring, for walks of any length
    while steps:
        if steps % 2:
            reach = power if reach is None else reach @ power
        steps //= 2
        power = power @ power if steps else power
    assert reach is not None
    return int(reach.nnz)
