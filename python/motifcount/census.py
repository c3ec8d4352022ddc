"""Counting."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core, _threads, _validate
from motifcount.classes import CLASSES
from motifcount.graph import as_graph
from motifcount.results import ByBlock, ByClass, Frozen, MotifCounts


def count(
    adj: Any,
    size: int | tuple[int, ...] = (2, 3),
    *,
    induced: bool = True,
    by_block: bool = False,
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
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.

    Returns
    -------
    MotifCounts
        Class name -> exact int.

    Raises
    ------
    NotImplementedError
        For size 4 on a graph that is not strictly layered.
    TypeError, ValueError
        For arguments out of their range, and whatever :class:`~motifcount.Graph` raises.

    Notes
    -----
    O(n + m) on strictly layered graphs at sizes 2 and 3, O(m**1.5) on others (Ortmann and Brandes 2017,
    doi:10.1007/s41109-017-0027-2).

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> loop = mc.count(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]]))
    >>> loop["030T"], loop["feed_forward_loop"], loop["asymmetric"]
    (1, 1, 3)
    """
    graph = as_graph(adj)
    sizes = _validate.motif_sizes(size)
    induced = _validate.flag("induced", induced)
    by_block = _validate.flag("by_block", by_block)
    threads = _threads.effective(num_threads)
    if by_block and graph._layer_labels is None:
        raise ValueError('by_block needs a layered graph; give the graph layers (or layers="infer")')
    tables = _core.count(*graph._core_args(), list(sizes), induced, by_block, threads)
    values: dict[str, int] = {}
    blocks: dict[str, ByBlock] = {}
    for size_, table in zip((2, 3, 4), tables, strict=True):
        if size_ not in sizes:
            continue
        columns = table.T.tolist()
        for name, column in zip(CLASSES[size_], columns, strict=True):
            values[name] = sum(column)
            if by_block:
                blocks[name] = _name_blocks(name, column, graph._layer_labels)
    return MotifCounts(values, ByClass(blocks) if by_block else None)


def _name_blocks(name: str, column: list[int], labels: npt.NDArray[np.int64] | None) -> ByBlock:
    """Give each row of a by-block table the layers it stands for, and drop the zeros."""
    assert labels is not None
    if name in CLASSES[4]:
        offsets = _core.TETRAD_LAYERS[CLASSES[4].index(name)]
        keys = [[base + offset for offset in offsets] for base in range(len(column))]
    else:
        pairs, triples = _core.layer_tuples(len(labels))
        keys = pairs if name in CLASSES[2] else triples
    named = ((key, value) for key, value in zip(keys, column, strict=True) if value)
    return Frozen({tuple(int(labels[k]) for k in key): value for key, value in named})


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
    Boolean sparse matrix products; memory grows with the number of pairs.
    """
    steps = _validate.integer("length", length, 1)
    adjacency = as_graph(adj).to_scipy().astype(bool)
    reach = adjacency
    for _ in range(steps - 1):
        reach = reach @ adjacency
    return int(reach.nnz)
