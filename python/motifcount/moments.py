"""Exact mean and variance of motif counts under the null model "edge_count" in a strictly layered graph.

A block with N cells and E edges holds k given cells with probability E(E-1)…(E-k+1) / N(N-1)…(N-k+1), and blocks are
independent. A count is a sum over placements of the motif's nodes in the layers, so its mean is the number of
placements times such a product, and the mean of a product of two counts is a sum over the ways in which two placements
can overlap (docs/null-models.md). Everything is computed in exact fractions.
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

from motifcount.graph import Graph

Node = tuple[int, int]  # level above the motif's lowest, number within the level
Arc = tuple[Node, Node]

_A, _B, _C, _D = (0, 0), (1, 0), (2, 0), (3, 0)
_PATTERNS: Mapping[str, frozenset[Arc]] = {
    "021D": frozenset({(_A, (1, 0)), (_A, (1, 1))}),
    "021U": frozenset({((0, 0), _B), ((0, 1), _B)}),
    "021C": frozenset({(_A, _B), (_B, _C)}),
    "out_star": frozenset({(_A, (1, 0)), (_A, (1, 1)), (_A, (1, 2))}),
    "in_star": frozenset({((0, 0), _B), ((0, 1), _B), ((0, 2), _B)}),
    "chain4": frozenset({(_A, _B), (_B, _C), (_C, _D)}),
    "y_out": frozenset({(_A, _B), (_B, (2, 0)), (_B, (2, 1))}),
    "y_in": frozenset({((0, 0), _B), ((0, 1), _B), (_B, _C)}),
    "chain_then_in": frozenset({(_A, (1, 0)), ((1, 0), _C), ((1, 1), _C)}),
    "out_then_chain": frozenset({(_A, (1, 0)), (_A, (1, 1)), ((1, 0), _C)}),
    "zigzag": frozenset({((0, 0), (1, 0)), ((0, 1), (1, 0)), ((0, 1), (1, 1))}),
    "bifan": frozenset({((0, 0), (1, 0)), ((0, 0), (1, 1)), ((0, 1), (1, 0)), ((0, 1), (1, 1))}),
    "biparallel": frozenset({(_A, (1, 0)), (_A, (1, 1)), ((1, 0), _C), ((1, 1), _C)}),
}
# Induced counts as combinations of subgraph counts, where they differ.
_INDUCED: Mapping[str, Mapping[str, int]] = {
    "chain_then_in": {"chain_then_in": 1, "biparallel": -2},
    "out_then_chain": {"out_then_chain": 1, "biparallel": -2},
    "zigzag": {"zigzag": 1, "bifan": -4},
}


@dataclass(frozen=True, slots=True)
class _Overlap:
    """One way in which a second placement shares nodes with a first."""

    nodes: Mapping[int, int]  # distinct nodes by level
    arcs: Mapping[int, int]  # distinct arcs by their lower level


class EdgeCountMoments:
    """Exact moments for one graph: layer sizes n_0, n_1, … and edges m_0, m_1, … from each layer to the next."""

    def __init__(self, graph: Graph) -> None:
        if graph._layer_rank is None or graph._layer_sizes is None or not graph.is_strictly_layered():
            raise NotImplementedError(
                "samples=0 (closed forms) needs a strictly layered graph: every edge leads from one layer to the next"
            )
        self._n_nodes = graph.n_nodes
        self._sizes: list[int] = graph._layer_sizes.tolist()
        src, _ = graph._edge_arrays()
        edges = np.bincount(graph._layer_rank[src], minlength=len(self._sizes))
        self._edges: list[int] = edges.tolist()

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the induced count of a triad, tetrad or dyad class."""
        constant, weights = self._as_subgraphs(name)
        mean = constant + sum(w * self._mean(pattern) for pattern, w in weights.items())
        variance = sum(
            (w * v * self._covariance(p, q) for (p, w), (q, v) in product(weights.items(), repeat=2)), Fraction(0)
        )
        return Fraction(mean), Fraction(variance)

    def _as_subgraphs(self, name: str) -> tuple[int, Mapping[str, int]]:
        """Write a class as a constant plus a combination of subgraph counts of patterns."""
        n, m = self._n_nodes, sum(self._edges)
        open_triads = ("021D", "021U", "021C")
        constants = {"asymmetric": m, "null": math.comb(n, 2) - m}
        if name == "012":  # every edge meets every third node, an open triad has two edges
            return m * (n - 2), dict.fromkeys(open_triads, -2)
        if name == "003":
            return math.comb(n, 3) - m * (n - 2), dict.fromkeys(open_triads, 1)
        if name in _PATTERNS:
            return 0, _INDUCED.get(name, {name: 1})
        return constants.get(name, 0), {}

    def _bases(self, name: str) -> range:
        height = max(node[0] for arc in _PATTERNS[name] for node in arc)
        return range(len(self._sizes) - height)

    def _mean(self, name: str) -> Fraction:
        alone = _Overlap(*_shape(_PATTERNS[name]))
        placements = sum((self._expect(alone, base) for base in self._bases(name)), Fraction(0))
        return placements / _automorphisms(name)

    def _covariance(self, first: str, second: str) -> Fraction:
        total = Fraction(0)
        for base, other_base in product(self._bases(first), self._bases(second)):
            if abs(base - other_base) > 3:
                continue
            apart = self._expect(_Overlap(*_shape(_PATTERNS[first])), base)
            apart *= self._expect(_Overlap(*_shape(_PATTERNS[second])), other_base)
            shift = other_base - base
            together = sum(
                (n * self._expect(overlap, base) for overlap, n in _overlaps(first, second, shift)), Fraction(0)
            )
            total += together - apart
        return total / (_automorphisms(first) * _automorphisms(second))

    def _expect(self, overlap: _Overlap, base: int) -> Fraction:
        """Ordered placements of the nodes times the probability that all arcs are there."""
        result = Fraction(1)
        for level, k in overlap.nodes.items():
            result *= _falling(self._sizes[base + level], k)
        for level, k in overlap.arcs.items():
            cells = self._sizes[base + level] * self._sizes[base + level + 1]
            if result:
                result *= Fraction(_falling(self._edges[base + level], k), _falling(cells, k))
        return result


def _falling(n: int, k: int) -> int:
    return math.perm(n, k) if n >= k else 0


def _shape(arcs: frozenset[Arc]) -> tuple[Mapping[int, int], Mapping[int, int]]:
    nodes = {node for arc in arcs for node in arc}
    return Counter(level for level, _ in nodes), Counter(source[0] for source, _ in arcs)


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
def _overlaps(first: str, second: str, shift: int) -> tuple[tuple[_Overlap, int], ...]:
    """Ways in which placements of two patterns, the second `shift` levels up, can share nodes, with multiplicity."""
    arcs = _PATTERNS[first]
    moved = frozenset(((u[0] + shift, u[1] + 10), (v[0] + shift, v[1] + 10)) for u, v in _PATTERNS[second])
    shapes: Counter[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = Counter()
    for names in _injections(_nodes(moved), _nodes(arcs)):
        by_level = _shape(arcs | _renamed(moved, names))
        shapes[tuple(sorted(by_level[0].items())), tuple(sorted(by_level[1].items()))] += 1
    return tuple((_Overlap(dict(nodes), dict(edges)), n) for (nodes, edges), n in shapes.items())
