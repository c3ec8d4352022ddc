"""Second methods: what every timed answer is checked against. Plain, and by other means than the core's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations, product
from math import comb
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from graphs import Network

import motifcount as mc

TRIADS = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
# Wedges of two edges around a node, by what they are to it (out-only, in-only, mutual), and the class of an open one.
OPEN_CLASS = {"oo": "021D", "ii": "021U", "io": "021C", "im": "111D", "mo": "111U", "mm": "201"}
BATCH = 50_000_000  # products of a sparse matrix multiplication at a time
IntArray = npt.NDArray[np.int64]
Code = tuple[int, ...]


def triads(network: Network) -> dict[str, int]:
    """Return the triad census: by degrees alone if strictly layered, else with triangles from sparse products."""
    closed = {} if network.sizes else _closed_classes(network)
    counts = dict.fromkeys(TRIADS, 0)
    wedges = _wedges(network)
    for code, number in closed.items():
        counts[_triad_name(code)] += number
        for kind in _wedges_of_triangle(code):
            wedges[kind] -= number
    counts.update((OPEN_CLASS[kind], number) for kind, number in wedges.items())
    n = network.n_nodes
    mutual, asymmetric = _dyads(network)
    counts["102"] = mutual * (n - 2) - sum(int(name[0]) * counts[name] for name in TRIADS if name != "102")
    counts["012"] = asymmetric * (n - 2) - sum(int(name[1]) * counts[name] for name in TRIADS if name != "012")
    counts["003"] = comb(n, 3) - sum(counts.values())
    return counts


def tetrads_of_igraph(igraph: Any, found: list[float]) -> dict[str, int]:
    """Return the classes that igraph's `motifs_randesu` of size 4 found, by name; NaN marks unconnected ones."""
    name_of = {frozenset(arcs): name for name, arcs in mc.ARCS.items() if name in mc.CLASSES[4]}
    counts = {}
    for number, count in enumerate(found):
        if count != count or count == 0:
            continue
        arcs = igraph.Graph.Isoclass(n=4, cls=number, directed=True).get_edgelist()
        orders = (frozenset((order[u], order[v]) for u, v in arcs) for order in permutations(range(4)))
        counts[next(name_of[order] for order in orders if order in name_of)] = int(count)
    return counts


def check_tetrads_by_degrees(network: Network, counts: Mapping[str, int]) -> None:
    """Hold subgraph counts of stars against the degrees."""
    for name, degrees in zip(("in_star", "out_star"), _degrees(network), strict=True):
        of, times = np.unique(degrees, return_counts=True)
        assert counts[name] == sum(comb(degree, 3) * k for degree, k in zip(of.tolist(), times.tolist(), strict=True))


def tetrads(network: Network) -> dict[str, int]:
    """Return the ten connected tetrads of a strictly layered graph, from degrees and two sparse products."""
    adjacency = network.csr.astype(np.int64)
    i, o = _degrees(network)
    u, w = network.src, network.dst
    bifan = biparallel = 0
    reverse = adjacency.T.tocsr()
    for rows in _batches(adjacency, reverse):
        bifan += _pairs((adjacency[rows] @ reverse).data)
    bifan = (bifan - _pairs(o)) // 2  # each pair of sources came twice, each source with itself once
    for rows in _batches(adjacency, adjacency):
        biparallel += _pairs((adjacency[rows] @ adjacency).data)
    return {
        "out_star": int((o * (o - 1) * (o - 2) // 6).sum()),
        "in_star": int((i * (i - 1) * (i - 2) // 6).sum()),
        "chain4": int((i[u] * o[w]).sum()),
        "y_out": int((i * (o * (o - 1) // 2)).sum()),
        "y_in": int((o * (i * (i - 1) // 2)).sum()),
        "chain_then_in": int((i[u] * (i[w] - 1)).sum()) - 2 * biparallel,
        "out_then_chain": int(((o[u] - 1) * o[w]).sum()) - 2 * biparallel,
        "zigzag": int(((i[w] - 1) * (o[u] - 1)).sum()) - 4 * bifan,
        "bifan": bifan,
        "biparallel": biparallel,
    }


def n_triangles(counts: dict[str, int]) -> int:
    """Return the number of triangles of the underlying undirected graph."""
    return sum(number for name, number in counts.items() if int(name[2]) == 0)


def block_degrees(network: Network, src: IntArray, dst: IntArray) -> list[IntArray]:
    """Return, for every block of a layered network, in every node its edges of that block; checks the layers."""
    assert network.layers is not None
    block = network.layers[src]
    assert np.array_equal(network.layers[dst], block + 1), "an edge does not lead to the next layer"
    blocks = range(int(block.max(initial=0)) + 1)
    return [np.bincount(ends[block == k], minlength=network.n_nodes) for k in blocks for ends in (src, dst)]


def _pairs(values: IntArray) -> int:
    return int((values * (values - 1) // 2).sum())


def _degrees(network: Network) -> tuple[IntArray, IntArray]:
    n = network.n_nodes
    return np.bincount(network.dst, minlength=n), np.bincount(network.src, minlength=n)


def _mutual_edges(network: Network) -> npt.NDArray[np.bool_]:
    """Mark the edges that are there in both directions."""
    n = network.n_nodes
    return np.isin(network.dst * n + network.src, network.src * n + network.dst, assume_unique=True)


def _dyads(network: Network) -> tuple[int, int]:
    both = int(_mutual_edges(network).sum())
    return both // 2, network.n_edges - both


def _wedges(network: Network) -> dict[str, int]:
    """Count the wedges of every kind, open or not, from each node's out-only, in-only and mutual neighbours."""
    m = np.bincount(network.src[_mutual_edges(network)], minlength=network.n_nodes)
    i, o = (degrees - m for degrees in _degrees(network))
    products = {"io": i * o, "im": i * m, "mo": m * o}
    return {"oo": _pairs(o), "ii": _pairs(i), "mm": _pairs(m)} | {k: int(v.sum()) for k, v in products.items()}


def _closed_classes(network: Network) -> dict[Code, int]:
    """Count the triangles a < b < c (by degree) of every code; the codes of (a, b), (a, c), (b, c) are 1 for an
    edge upwards, 2 downwards, 3 both."""
    i, o = _degrees(network)
    rank = np.empty(network.n_nodes, np.int64)
    rank[np.argsort(i + o, kind="stable")] = np.arange(network.n_nodes)
    u, v = rank[network.src], rank[network.dst]
    keys, pair = np.unique(np.minimum(u, v) * network.n_nodes + np.maximum(u, v), return_inverse=True)
    code = np.bincount(pair, weights=np.where(u < v, 1, 2)).astype(np.int64)
    low, high = np.divmod(keys, network.n_nodes)
    shape = (network.n_nodes, network.n_nodes)
    part = {
        c: sp.csr_array((np.ones(int((code == c).sum()), np.int64), (low[code == c], high[code == c])), shape=shape)
        for c in (1, 2, 3)
    }
    counts: dict[Code, int] = dict.fromkeys(product((1, 2, 3), repeat=3), 0)
    for ab, bc in product((1, 2, 3), repeat=2):
        for rows in _batches(part[ab], part[bc]):
            paths = part[ab][rows] @ part[bc]
            for ac in (1, 2, 3):
                counts[ab, ac, bc] += int(paths.multiply(part[ac][rows]).sum())
    return counts


def _batches(left: sp.csr_array, right: sp.csr_array) -> Iterator[slice]:
    """Cut the rows of `left` so that a batch takes about BATCH products with `right`."""
    work = np.concatenate(([0], np.cumsum(left @ np.diff(right.indptr).astype(np.int64))))
    cuts = np.searchsorted(work, np.arange(BATCH, int(work[-1]) + BATCH, BATCH))
    start = 0
    for cut in np.unique(np.minimum(cuts, left.shape[0])).tolist():
        if cut > start:
            yield slice(start, cut)
        start = max(start, cut)


def _triad_name(code: Code) -> str:
    graph = nx.DiGraph()
    for (a, b), c in zip(((0, 1), (0, 2), (1, 2)), code, strict=True):
        graph.add_edges_from([(a, b)] * (c & 1) + [(b, a)] * (c >> 1))
    return str(nx.triad_type(graph))


def _wedges_of_triangle(code: Code) -> list[str]:
    """Return the kinds of the three wedges in a triangle, one around each node."""
    ab, ac, bc = code
    seen = {1: "o", 2: "i", 3: "m"}  # from the lower end
    back = {1: "i", 2: "o", 3: "m"}  # from the higher end
    around = (seen[ab] + seen[ac], back[ab] + seen[bc], back[ac] + back[bc])
    return ["".join(sorted(kinds)) for kinds in around]
