"""What the literature on pruning measures of networks: paths from inputs to outputs, and shapes of single blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments
from motifcount.counting.count import count
from motifcount.graph import Graph, access, as_graph
from motifcount.motifs.by_class import Frozen

_Nodes = npt.NDArray[np.int64]
_Counts = npt.NDArray[Any]  # Python ints: numbers of paths have hundreds of digits


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Paths from inputs to outputs.

    Attributes
    ----------
    total
        How many there are, exactly.
    through
        By node, how many lead through it, Python ints of shape (n_nodes,).
    """

    total: int
    through: _Counts

    @property
    def is_effective(self) -> npt.NDArray[np.bool_]:
        """By node, whether any path leads through it, of shape (n_nodes,)."""
        return np.asarray(self.through != 0, dtype=bool)

    def __repr__(self) -> str:
        return f"Paths(total={self.total:,}, effective nodes={int(self.is_effective.sum()):,} of {len(self.through):,})"


def count_paths(adj: Any, sources: npt.ArrayLike | None = None, targets: npt.ArrayLike | None = None) -> Paths:
    """Count the directed paths from inputs to outputs, exactly: the effective paths of a pruned network.

    Nodes on such paths are its effective nodes (Pham et al. 2023, "Towards Data-Agnostic Pruning At Initialization").

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes, without directed cycles.
    sources, targets
        Numbers of the nodes that paths start from, and end in. Default the units, without biases, of the layers that a
        torch module takes and returns, else those of the first layer and of the last.

    Returns
    -------
    Paths
        Number of paths, in all and through each node. A node that is source and target is a path by itself.

    Raises
    ------
    TypeError
        If `sources` or `targets` hold no integers.
    ValueError
        If the graph has a directed cycle, if it has no layers and `sources` or `targets` are not given, or if they name
        a node that there is not.

    Notes
    -----
    O(n + m) additions of integers as long as they need to be.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> mc.count_paths(mc.Graph.from_layers([np.ones((2, 3)), np.ones((3, 2))]))
    Paths(total=12, effective nodes=7 of 7)
    """
    graph = as_graph(adj)
    ends = [_ends(graph, *end) for end in (("sources", sources, 0), ("targets", targets, 1))]
    try:
        by_row = _core.longest_path_levels(access.in_core(graph))
    except _core.InvalidGraph:
        raise ValueError("count_paths needs a graph without directed cycles, around which paths have no end") from None
    levels = access.spread_to_nodes(graph, by_row)
    src, dst = access.edge_arrays(graph)
    forward = _reached(ends[0], src, dst, levels)
    backward = _reached(ends[1], dst, src, -levels)
    through = forward * backward
    return Paths(int(sum(forward[ends[1]])), through)


def _ends(graph: Graph, name: str, given: npt.ArrayLike | None, end: int) -> _Nodes:
    if given is None:
        groups = access.groups(graph)
        if groups is None:
            raise ValueError(f"{name} must be given for a graph without layers")
        return np.concatenate([np.empty(0, np.int64), *(groups.units(layer) for layer in groups.ends[end])])
    nodes = arguments.array(name, given)
    if nodes.size and nodes.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold numbers of nodes, integers, not {nodes.dtype}")
    if nodes.ndim != 1 or (nodes.size and not (nodes.min() >= 0 and nodes.max() < graph.n_nodes)):
        raise ValueError(f"{name} must be a list of nodes from 0 to {graph.n_nodes - 1}, not {arguments.shown(given)}")
    return np.unique(nodes.astype(np.int64))


def _reached(starts: _Nodes, src: _Nodes, dst: _Nodes, levels: _Nodes) -> _Counts:
    """Return by node the number of paths to it from any of the starts, along edges that climb levels."""
    found: _Counts = np.zeros(len(levels), dtype=object)
    found[starts] = 1
    order = np.lexsort((dst, levels[dst]))
    src, dst = src[order], dst[order]
    for edges in _runs(levels[dst]):
        targets = dst[edges]
        first = np.flatnonzero(np.append(True, targets[1:] != targets[:-1]))
        found[targets[first]] += np.add.reduceat(found[src[edges]], first)
    return found


def _runs(values: _Nodes) -> Iterator[slice]:
    """Yield the runs of equal values."""
    cuts = np.flatnonzero(values[1:] != values[:-1]) + 1
    ends = [0, *cuts.tolist(), len(values)]
    return (slice(low, high) for low, high in pairwise(ends) if low < high)


@dataclass(frozen=True, slots=True)
class BlockMeasures:
    """A block of a layered graph: the edges from the units of one layer to those of another, as a bipartite graph.

    Attributes
    ----------
    n_edges
        Number of edges.
    bifans, zigzags
        Numbers of subgraphs: two sources with two targets in common, and paths of three edges.
    fourth_moment
        The sum of the fourth powers of the singular values of the block's mask.
    """

    n_edges: int
    bifans: int
    zigzags: int
    fourth_moment: int

    @property
    def clustering(self) -> float:
        """Bipartite clustering (Robins and Alexander 2004): four bi-fans by zigzags; NaN without any zigzag."""
        return 4 * self.bifans / self.zigzags if self.zigzags else float("nan")


def block_measures(adj: Any, *, num_threads: int | None = None) -> Frozen[tuple[int, int], BlockMeasures]:
    """Return what the literature on sparse networks measures of each block, exactly.

    The sum of the fourth powers of the singular values s of a mask is that of the squares of all degrees, less the
    number of edges, plus four times the number of bi-fans. The largest s is at least as large as the root of the mean
    squared degree on either side; and s_2^4 is at most the sum less s_1^4, which bounds the spectral gap.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` with layers, or anything it takes that has them.
    num_threads
        Default OMP_NUM_THREADS, else the available cores.

    Returns
    -------
    dict
        By (layer that edges leave, layer that they lead to). Edges of biases, pinned ones, and those within a layer
        are left out.

    Raises
    ------
    TypeError
        If `num_threads` is not an integer.
    ValueError
        If the graph has no layers, or `num_threads` is below 1.

    Notes
    -----
    Time is that of counting the bi-fans of each block.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> mc.block_measures(mc.Graph.from_layers([np.ones((2, 3))]))[0, 1]
    BlockMeasures(n_edges=6, bifans=3, zigzags=12, fourth_moment=36)
    """
    graph = as_graph(adj)
    groups = access.groups(graph)
    if groups is None:
        raise ValueError("block_measures needs a layered graph; give the graph layers")
    src, dst = access.edge_arrays(graph)
    layer = groups.layer_of.astype(np.int64)
    counted = ~(groups.is_bias()[src] | groups.is_pinned()[layer[dst]] | (layer[src] == layer[dst]))
    src, dst = src[counted], dst[counted]
    block = layer[src] * groups.n_layers + layer[dst]
    order = np.argsort(block, kind="stable")
    src, dst, block = src[order], dst[order], block[order]
    found = {}
    for edges in _runs(block):
        key = divmod(int(block[edges.start]), groups.n_layers)
        labels = tuple(groups.layer_labels[list(key)].tolist())
        found[labels] = _measures(src[edges], dst[edges], num_threads)
    return Frozen(found)


def _measures(src: _Nodes, dst: _Nodes, num_threads: int | None) -> BlockMeasures:
    (rows, row), (columns, column) = (np.unique(side, return_inverse=True) for side in (src, dst))
    n = len(rows) + len(columns)
    layers = np.repeat([0, 1], [len(rows), len(columns)])
    block = Graph.from_edges(row, len(rows) + column, n, layers)
    counts = count(block, 4, induced=False, num_threads=num_threads)
    squares = sum(int((np.bincount(side).astype(object) ** 2).sum()) for side in (row, column))
    bifans = counts["bifan"]
    return BlockMeasures(len(src), bifans, counts["zigzag"], squares - len(src) + 4 * bifans)
