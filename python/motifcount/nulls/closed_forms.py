"""Exact mean and variance of motif counts under the null model "edge_count" in a strictly layered graph.

A block with N cells and E edges holds k given cells with probability E(E-1)…(E-k+1) / N(N-1)…(N-k+1), and blocks are
independent; a bias, which nothing feeds, is a block of its own. A count is a sum over placements of the motif's nodes
in the layers, so its mean is the number of placements times such a product, and the mean of a product of two counts is
a sum over the ways in which two placements can overlap (docs/null-models.md). All in exact fractions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np

from motifcount.graph import Graph, access
from motifcount.motifs.classes import ARCS, levels_of
from motifcount.motifs.families import LAYERED_TETRADS

Node = tuple[int, int]  # level above the motif's lowest, number within the level
Arc = tuple[Node, Node]


def _by_level(name: str) -> frozenset[Arc]:
    levels = levels_of(ARCS[name])
    nodes = [(level, levels[:node].count(level)) for node, level in enumerate(levels)]
    return frozenset((nodes[u], nodes[v]) for u, v in ARCS[name])


_PATTERNS: Mapping[str, frozenset[Arc]] = {
    name: _by_level(name) for name in ("021D", "021U", "021C", *LAYERED_TETRADS.names)
}


@cache
def _induced(name: str) -> Mapping[str, int]:
    """An induced count as a combination of subgraph counts."""
    weights = Counter({name: 1})
    if name in LAYERED_TETRADS.arcs:
        within = LAYERED_TETRADS.containment()[LAYERED_TETRADS.names.index(name)].tolist()
        for other, times in zip(LAYERED_TETRADS.names, within, strict=True):
            if times and other != name:
                weights.subtract({pattern: times * weight for pattern, weight in _induced(other).items()})
    return weights


Group = tuple[int, bool]  # a level, and whether its bias is meant or its units


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many nodes and arcs a placement has: nodes by group, arcs by the group they leave."""

    nodes: tuple[tuple[Group, int], ...]
    arcs: tuple[tuple[Group, int], ...]


class EdgeCountMoments:
    """Exact moments for one graph: layer sizes n_0, n_1, … and edges m_0, m_1, … from each layer to the next."""

    def __init__(self, graph: Graph) -> None:
        groups = access.groups(graph)
        if groups is None or not graph.is_strictly_layered():
            raise NotImplementedError(
                "samples=0 (closed forms) needs a graph without layers or a strictly layered one: "
                "every edge leads from one layer to the next"
            )
        if groups.pinned_layers:
            raise NotImplementedError("samples=0 (closed forms) has no layers whose arcs stay in place (sums)")
        self._n_nodes = graph.n_nodes
        self._n_levels = groups.n_layers
        self._n_edges = graph.n_edges
        edges = np.zeros(len(groups.keys), np.int64)
        np.add.at(edges, groups.of_node(), graph.out_degrees())
        self._sizes: dict[Group, int] = dict(zip(groups.keys, groups.sizes().tolist(), strict=True))
        self._edges: dict[Group, int] = dict(zip(groups.keys, edges.tolist(), strict=True))
        self._covariances: dict[tuple[str, str], Fraction] = {}

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the induced count of a triad, tetrad or dyad class."""
        constant, weights = self._as_subgraphs(name)
        mean = constant + sum(w * self._mean(pattern) for pattern, w in weights.items())
        return Fraction(mean), self.covariance(name, name)

    def covariance(self, name: str, other: str) -> Fraction:
        """Return the covariance of the induced counts of two classes."""
        pairs = product(self._as_subgraphs(name)[1].items(), self._as_subgraphs(other)[1].items())
        return sum((w * v * self._pattern_covariance(p, q) for (p, w), (q, v) in pairs), Fraction(0))

    def _as_subgraphs(self, name: str) -> tuple[int, Mapping[str, int]]:
        """Write a class as a constant plus a combination of subgraph counts of patterns."""
        n, m = self._n_nodes, self._n_edges
        open_triads = ("021D", "021U", "021C")
        constants = {"asymmetric": m, "null": math.comb(n, 2) - m}
        if name == "012":  # every edge meets every third node, an open triad has two edges
            return m * (n - 2), dict.fromkeys(open_triads, -2)
        if name == "003":
            return math.comb(n, 3) - m * (n - 2), dict.fromkeys(open_triads, 1)
        if name in _PATTERNS:
            return 0, _induced(name)
        return constants.get(name, 0), {}

    def _bases(self, name: str) -> range:
        height = max(node[0] for arc in _PATTERNS[name] for node in arc)
        return range(self._n_levels - height)

    def _mean(self, name: str) -> Fraction:
        placements = sum((self._expect(_shapes(name), base) for base in self._bases(name)), Fraction(0))
        return placements / _automorphisms(name)

    def _pattern_covariance(self, first: str, second: str) -> Fraction:
        key = (min(first, second), max(first, second))
        if key not in self._covariances:
            self._covariances[key] = self._covariance_of(*key)
        return self._covariances[key]

    def _covariance_of(self, first: str, second: str) -> Fraction:
        total = Fraction(0)
        for base, other_base in product(self._bases(first), self._bases(second)):
            shift = other_base - base
            if abs(shift) > 3:
                continue
            apart = self._expect(_shapes(first), base) * self._expect(_shapes(second), other_base)
            total += self._expect(_overlaps(first, second, shift), base) - apart
        return total / (_automorphisms(first) * _automorphisms(second))

    def _expect(self, shapes: Mapping[_Shape, int], base: int) -> Fraction:
        """Ordered placements of the nodes times the probability that all arcs are there, over some shapes."""
        return sum((n * self._expect_one(shape, base) for shape, n in shapes.items()), Fraction(0))

    def _expect_one(self, shape: _Shape, base: int) -> Fraction:
        result = 1
        for (level, bias), k in shape.nodes:
            result *= _falling(self._sizes[base + level, bias], k)
            if not result:
                return Fraction(0)
        below = 1
        for (level, bias), k in shape.arcs:
            group = base + level, bias
            cells = self._sizes[group] * self._sizes[base + level + 1, False]
            result *= _falling(self._edges[group], k)
            below *= _falling(cells, k)
        return Fraction(result, below)


def _falling(n: int, k: int) -> int:
    return math.perm(n, k) if n >= k else 0


def _shapes_of(arcs: frozenset[Arc]) -> Counter[_Shape]:
    """The ways to choose which nodes are biases: at most one of each level, and none that is fed."""
    fed = {target for _, target in arcs}
    nodes = _nodes(arcs)
    free: dict[int, list[Node | None]] = {}
    for node in nodes:
        if node not in fed:
            free.setdefault(node[0], [None]).append(node)
    shapes: Counter[_Shape] = Counter()
    for biases in product(*free.values()):
        in_group = Counter((node[0], node in biases) for node in nodes)
        leaving = Counter((source[0], source in biases) for source, _ in arcs)
        shapes[_Shape(tuple(sorted(in_group.items())), tuple(sorted(leaving.items())))] += 1
    return shapes


@cache
def _shapes(name: str) -> Counter[_Shape]:
    return _shapes_of(_PATTERNS[name])


@cache
def _automorphisms(name: str) -> int:
    arcs = _PATTERNS[name]
    nodes = _nodes(arcs)
    return sum(len(names) == len(nodes) and _renamed(arcs, names) == arcs for names in _injections(nodes, nodes))


def _nodes(arcs: frozenset[Arc]) -> tuple[Node, ...]:
    return tuple(sorted({node for arc in arcs for node in arc}))


def _renamed(arcs: frozenset[Arc], names: Mapping[Node, Node]) -> frozenset[Arc]:
    return frozenset((names.get(u, u), names.get(v, v)) for u, v in arcs)


def _injections(nodes: tuple[Node, ...], targets: tuple[Node, ...]) -> Iterator[dict[Node, Node]]:
    """All ways to identify some of `nodes` with different `targets` of the same level."""
    if not nodes:
        yield {}
        return
    for rest in _injections(nodes[1:], targets):
        yield rest
        for target in targets:
            if target[0] == nodes[0][0] and target not in rest.values():
                yield {**rest, nodes[0]: target}


@cache
def _overlaps(first: str, second: str, shift: int) -> Counter[_Shape]:
    """Ways in which placements of two patterns, the second `shift` levels up, can share nodes, with multiplicity."""
    arcs = _PATTERNS[first]
    moved = frozenset(((u[0] + shift, u[1] + 10), (v[0] + shift, v[1] + 10)) for u, v in _PATTERNS[second])
    shapes: Counter[_Shape] = Counter()
    for names in _injections(_nodes(moved), _nodes(arcs)):
        shapes.update(_shapes_of(arcs | _renamed(moved, names)))
    return shapes
