"""The graphs of the benchmarks: made here, the same for the same seed (and numpy version), no data to download.

Every function returns a `Network`: the edges of a simple directed graph and, where it has them, its layers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

import motifcount as mc

RMAT_A, RMAT_B, RMAT_C = 0.57, 0.19, 0.19  # of Graph500 and the GAP benchmark suite; the rest is 0.05
PRUNED_SIZES = (10, 400, 400, 400, 16, 7)
PRUNED_SPREAD_SOURCE, PRUNED_SPREAD_TARGET = 0.85, 0.15  # of the log importance of a unit as a source, as a target


@dataclass(frozen=True, eq=False)
class Network:
    """Edges without loops and duplicates, sorted by source, then target, and what the graph is called."""

    name: str
    n_nodes: int
    src: npt.NDArray[np.int64] = field(repr=False)
    dst: npt.NDArray[np.int64] = field(repr=False)
    sizes: tuple[int, ...] | None = None  # of the layers, whose nodes are numbered one layer after the other

    @property
    def n_edges(self) -> int:
        return len(self.src)

    @property
    def layers(self) -> npt.NDArray[np.int64] | None:
        return None if self.sizes is None else np.repeat(np.arange(len(self.sizes)), self.sizes)

    def row(self, what: str, tool: str, threads: int = 1, *, is_baseline: bool) -> dict[str, Any]:
        """How a time is listed that one tool takes for something whose work grows with the edges."""
        return {
            "group": f"{what}, {self.name}",
            "tool": tool,
            "threads": threads,
            "network": self,
            "work": self.n_edges,
            "unit": "edges",
            "baseline": is_baseline,
        }

    @cached_property
    def csr(self) -> sp.csr_array:
        """The adjacency with 32-bit indices and values of one byte."""
        indptr = np.concatenate(([0], np.cumsum(np.bincount(self.src, minlength=self.n_nodes)))).astype(np.int32)
        parts = (np.ones(self.n_edges, np.int8), self.dst.astype(np.int32), indptr)
        return sp.csr_array(parts, shape=(self.n_nodes, self.n_nodes))

    @cached_property
    def graph(self) -> mc.Graph:
        return mc.Graph(self.csr, layers=self.layers)

    @cached_property
    def plain_graph(self) -> mc.Graph:
        """The graph without its layers."""
        return mc.Graph(self.csr)

    @cached_property
    def igraph(self) -> Any:
        import igraph

        return igraph.Graph(self.n_nodes, np.column_stack((self.src, self.dst)), directed=True)

    @cached_property
    def networkx(self) -> Any:
        import networkx as nx

        graph = nx.DiGraph()
        graph.add_nodes_from(range(self.n_nodes))
        graph.add_edges_from(zip(self.src.tolist(), self.dst.tolist(), strict=True))
        return graph


def _network(name: str, n_nodes: int, keys: npt.NDArray[np.int64], sizes: tuple[int, ...] | None = None) -> Network:
    """Build a network from distinct edge keys ``source * n_nodes + target``."""
    src, dst = np.divmod(np.sort(keys), n_nodes)
    return Network(name, n_nodes, src, dst, sizes)


def layered(
    sizes: Sequence[int], *, density: float | None = None, edges: int | None = None, seed: int, name: str = "layered"
) -> Network:
    """Random edges from each layer to the next: exactly `edges` of them in every block, or a fraction `density`.

    Uniform over all such graphs. Beyond 2 % density, memory is 8 bytes per cell of the largest block.
    """
    if (density is None) == (edges is None):
        raise ValueError("give either density or edges")
    rng = np.random.default_rng(seed)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    n_nodes = int(starts[-1])
    keys = []
    for k, (rows, columns) in enumerate(pairwise(sizes)):
        kept = round((density or 0.0) * rows * columns) if edges is None else edges
        row, column = np.divmod(rng.choice(rows * columns, kept, replace=False, shuffle=False), columns)
        keys.append((row + starts[k]) * n_nodes + column + starts[k + 1])
    return _network(name, n_nodes, np.concatenate(keys), tuple(sizes))


def layered_hubs(n_layers: int, width: int, draws: int, *, seed: int, name: str = "layered-hubs") -> Network:
    """Layers with hubs on both sides of every block: ends are drawn with weights 1/rank, repeated edges count once."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, width + 1)
    weights /= weights.sum()
    n_nodes = n_layers * width
    keys = []
    for start in range(0, n_nodes - width, width):
        row, column = rng.choice(width, (2, draws), p=weights)
        keys.append(np.unique((row + start) * n_nodes + column + start + width))
    return _network(name, n_nodes, np.concatenate(keys), (width,) * n_layers)


def pruned_network(sparsity: float = 0.93, *, seed: int, name: str = "pruned") -> Network:
    """A synthetic stand-in for a 10-400-400-400-16-7 network after magnitude pruning.

    Of each block the ``size - round(sparsity * size)`` largest ``|u_i v_j n_ij|`` are kept: `n` is standard normal,
    `u` and `v` log-normal, the importance of a unit as a source and as a target. The wider spread of `u` gives the
    heavy-tailed out-degrees, with many units of out-degree 0, and the narrow in-degrees that such networks have. No
    network was trained, so beyond degrees the graph is random: use it for time, not for findings.
    """
    rng = np.random.default_rng(seed)
    starts = np.concatenate(([0], np.cumsum(PRUNED_SIZES)))
    n_nodes = int(starts[-1])
    keys = []
    for k, (rows, columns) in enumerate(pairwise(PRUNED_SIZES)):
        as_source = np.exp(PRUNED_SPREAD_SOURCE * rng.standard_normal((rows, 1)))
        as_target = np.exp(PRUNED_SPREAD_TARGET * rng.standard_normal(columns))
        weight = np.abs(as_source * as_target * rng.standard_normal((rows, columns))).ravel()
        kept = weight.size - round(sparsity * weight.size)
        row, column = np.divmod(np.argpartition(weight, weight.size - kept)[weight.size - kept :], columns)
        keys.append((row + starts[k]) * n_nodes + column + starts[k + 1])
    return _network(name, n_nodes, np.concatenate(keys), PRUNED_SIZES)


def rmat(scale: int, edge_factor: int = 16, *, seed: int) -> Network:
    """A directed R-MAT (Kronecker) graph of ``2**scale`` nodes, with the parameters of Graph500.

    ``edge_factor * 2**scale`` edges are drawn and the nodes relabelled at random; loops and duplicates are dropped.
    """
    rng = np.random.default_rng(seed)
    n_nodes = 2**scale
    src = np.zeros(edge_factor * n_nodes, dtype=np.int64)
    dst = np.zeros_like(src)
    for _ in range(scale):
        quadrant = np.searchsorted(np.cumsum((RMAT_A, RMAT_B, RMAT_C)), rng.random(len(src)), side="right")
        src = 2 * src + (quadrant >> 1)
        dst = 2 * dst + (quadrant & 1)
    labels = rng.permutation(n_nodes)
    src, dst = labels[src], labels[dst]
    return _network(f"rmat-{scale}", n_nodes, np.unique((src * n_nodes + dst)[src != dst]))


def erdos_renyi(n_nodes: int, n_edges: int, *, seed: int, name: str = "erdos-renyi") -> Network:
    """Exactly `n_edges` edges of a simple directed graph, uniformly."""
    cells = np.random.default_rng(seed).choice(n_nodes * (n_nodes - 1), n_edges, replace=False, shuffle=False)
    src, dst = np.divmod(cells, n_nodes - 1)
    dst += dst >= src  # the diagonal is skipped
    return _network(name, n_nodes, src * n_nodes + dst)


def heavy_tailed(n_nodes: int, n_edges: int, *, spread: float, reciprocity: float, seed: int, name: str) -> Network:
    """About `n_edges` edges between nodes of log-normal weights, half of the targets drawn by weights of their own.

    Each edge drawn is returned with the probability `reciprocity`; loops and duplicates are dropped.
    """
    rng = np.random.default_rng(seed)
    ladder = np.cumsum(rng.lognormal(0, spread, n_nodes))
    other = rng.permutation(n_nodes)
    src, dst = np.searchsorted(ladder / ladder[-1], rng.random((2, n_edges)))
    dst = np.where(rng.random(n_edges) < 0.5, dst, other[dst])
    back = rng.random(n_edges) < reciprocity
    src, dst = np.concatenate((src, dst[back])), np.concatenate((dst, src[back]))
    return _network(name, n_nodes, np.unique((src * n_nodes + dst)[src != dst]))


def connectome_like(*, seed: int, name: str = "connectome-like") -> Network:
    """As many nodes (297) and edges (2,345) as the neurons of C. elegans have, and about its hubs and clustering.

    **Synthetic**: ends are drawn by the nodes' weights, near ends of a line preferred. With seed 6 (in brackets the
    connectome, as Watts and Strogatz have it): the reverse of 16 % (17 %) of the edges exists; without directions, 19 %
    (18 %) of the wedges are closed, the mean local clustering is 0.28 (0.29), and the largest hub has 130 (134)
    neighbours.
    """
    n_nodes, n_edges = 297, 2345
    rng = np.random.default_rng(seed)
    place = rng.random(n_nodes)
    weight = rng.lognormal(0, 0.9, n_nodes)
    source, target = weight * rng.lognormal(0, 0.3, n_nodes), weight * rng.lognormal(0, 1.2, n_nodes)
    closeness = 0.04 + np.exp(-np.abs(place[:, None] - place) / 0.08)
    score = np.log(source[:, None] * target * closeness) + rng.gumbel(size=(n_nodes, n_nodes))
    np.fill_diagonal(score, -np.inf)
    return _network(name, n_nodes, np.argsort(-score, axis=None, kind="stable")[:n_edges])


def attribution(n_layers: int, layer_size: int, density: float, *, seed: int, name: str = "attribution") -> Network:
    """Edges from any layer to any later one, like an attribution graph of a language model before it is pruned."""
    rng = np.random.default_rng(seed)
    n_nodes = n_layers * layer_size
    layer = np.arange(n_nodes) // layer_size
    keys = [
        u * n_nodes + np.flatnonzero((rng.random(n_nodes, dtype=np.float32) < density) & (layer > layer[u]))
        for u in range(n_nodes)
    ]
    return _network(name, n_nodes, np.concatenate(keys))


def star(n_leaves: int) -> Network:
    """Edges from one node to all others, and one between two of these, so that there are no layers."""
    leaves = np.arange(1, n_leaves + 1)
    return _network("star", n_leaves + 1, np.append(leaves, n_leaves + 3))


def cycle(n_nodes: int) -> Network:
    """An edge from each node to the next, and from the last to the first."""
    nodes = np.arange(n_nodes)
    return _network("cycle", n_nodes, nodes * n_nodes + (nodes + 1) % n_nodes)


def from_file(path: str | Path) -> Network:
    """Read an edge list: two integers a line, separated by blanks or tabs, ``#`` for comments, .gz or plain.

    Nodes are relabelled 0, 1, ... in order of their number; loops and duplicates are dropped.
    """
    path = Path(path)
    ends = np.loadtxt(path, dtype=np.int64, usecols=(0, 1), ndmin=2)
    ids, ends = np.unique(ends, return_inverse=True)
    src, dst = ends.reshape(-1, 2).T
    return _network(path.name.split(".")[0], len(ids), np.unique((src * len(ids) + dst)[src != dst]))


_LAYERED: dict[str, tuple[tuple[int, ...], int]] = {  # sizes of the layers, edges in each block
    "layered-2M": ((10_000,) * 5, 500_000),
    "layered-20M": ((100_000,) * 5, 5_000_000),
}

_HEAVY_TAILED: dict[str, tuple[int, int]] = {  # nodes, edges drawn
    "heavy-tailed-1k": (300, 1000),
    "heavy-tailed-20k": (2000, 20_000),
    "heavy-tailed-3M": (128_000, 2_650_000),  # as large as the brain of a fly
}


_OF_ONE_SIZE: dict[str, tuple[Callable[[int], Network], int]] = {
    "star": (star, 10_000_000),
    "cycle": (cycle, 3_000_000),
}


@lru_cache(maxsize=2)
def standard(name: str, quick: bool = False) -> Network:
    """Return a graph by its name: pruned, attribution, layered-hubs, layered-2M, layered-20M, connectome-like,
    rmat-<scale>, heavy-tailed-1k, -20k and -3M, star, cycle, a path.

    With `quick`, a small graph of the same family, to see that a benchmark runs.
    """
    if name == "pruned":
        return pruned_network(0.98 if quick else 0.93, seed=1)
    if name == "attribution":
        return attribution(28, 14 if quick else 286, 0.29, seed=8)
    if name == "layered-hubs":
        return layered_hubs(4, *((2000, 10_000) if quick else (20_000, 150_000)), seed=5)
    if name in _LAYERED:
        sizes, edges = _LAYERED[name]
        shrink = 20 if quick else 1
        return layered([size // shrink for size in sizes], edges=edges // shrink, seed=2, name=name)
    if name == "connectome-like":
        return connectome_like(seed=6)
    if name in _HEAVY_TAILED:
        n_nodes, n_edges = _HEAVY_TAILED[name]
        shrink = 20 if quick else 1
        return heavy_tailed(n_nodes // shrink, n_edges // shrink, spread=1, reciprocity=0.1, seed=7, name=name)
    if name in _OF_ONE_SIZE:
        make, size = _OF_ONE_SIZE[name]
        return make(1000 if quick else size)
    if name.startswith("rmat-"):
        return rmat(min(int(name[5:]), 10) if quick else int(name[5:]), seed=3)
    return from_file(name)
