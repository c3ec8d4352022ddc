"""Exact mean and variance of motif counts in strictly layered graphs, under null models with independent blocks.

A count is a sum over placements of the motif's nodes in the layers, so its mean is a sum over placements of the
probability that all arcs are there, and the mean of a product of two counts is a sum over the ways in which two
placements can overlap (docs/null-models.md). All in exact fractions.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from motifcount.graph import Graph, access
from motifcount.motifs.classes import ARCS, levels_of
from motifcount.motifs.families import LAYERED_TETRADS

Node = tuple[int, int]  # level above the motif's lowest, number within the level
Arc = tuple[Node, Node]
ShapesOf = Callable[[frozenset[Arc]], Counter[Any]]
"""From the arcs of a placement to what matters of it to a null model, with the number of ways to be so."""


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


class LayeredMoments(ABC):
    """Exact moments for one graph. Shapes of placements come from `shapes_of`, a function of a module."""

    def __init__(self, graph: Graph, shapes_of: ShapesOf) -> None:
        groups = access.groups(graph)
        if groups is None or not access.has_strict_layers(graph):
            raise NotImplementedError(
                "samples=0 (closed forms) needs a graph without layers or a strictly layered one: "
                "every edge leads from one layer to the next"
            )
        if groups.pinned_layers:
            raise NotImplementedError("samples=0 (closed forms) has no layers whose arcs stay in place (sums)")
        self._shapes_of = shapes_of
        self._n_nodes, self._n_edges, self._n_levels = graph.n_nodes, graph.n_edges, groups.n_layers
        self._covariances: dict[tuple[str, str], Fraction] = {}

    @abstractmethod
    def _expect_one(self, shape: Any, base: int) -> Fraction:
        """Return the ordered placements of a shape from level `base` up, times the probability of all its arcs."""

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
        placements = sum(
            (self._expect(_shapes(self._shapes_of, name), base) for base in self._bases(name)), Fraction(0)
        )
        return placements / _automorphisms(name)

    def _pattern_covariance(self, first: str, second: str) -> Fraction:
        key = (min(first, second), max(first, second))
        if key not in self._covariances:
            self._covariances[key] = self._covariance_of(*key)
        return self._covariances[key]

    def _covariance_of(self, first: str, second: str) -> Fraction:
        total, of = Fraction(0), self._shapes_of
        for base, other_base in product(self._bases(first), self._bases(second)):
            shift = other_base - base
            if abs(shift) > 3:
                continue
            apart = self._expect(_shapes(of, first), base) * self._expect(_shapes(of, second), other_base)
            total += self._expect(_overlaps(of, first, second, shift), base) - apart
        return total / (_automorphisms(first) * _automorphisms(second))

    def _expect(self, shapes: Mapping[Any, int], base: int) -> Fraction:
        found = ((n, self._expect_one(shape, base)) for shape, n in shapes.items())
        return sum((n * each for n, each in found if each), Fraction(0))


def falling(n: int, k: int) -> int:
    """Return n (n - 1) … (n - k + 1)."""
    return math.perm(n, k) if n >= k else 0


def nodes_of(arcs: frozenset[Arc]) -> tuple[Node, ...]:
    """Return the nodes of some arcs, ascending."""
    return tuple(sorted({node for arc in arcs for node in arc}))


@cache
def _shapes(shapes_of: ShapesOf, name: str) -> Counter[Any]:
    return shapes_of(_PATTERNS[name])


@cache
def _automorphisms(name: str) -> int:
    arcs = _PATTERNS[name]
    nodes = nodes_of(arcs)
    return sum(len(names) == len(nodes) and _renamed(arcs, names) == arcs for names in _injections(nodes, nodes))


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
def _overlaps(shapes_of: ShapesOf, first: str, second: str, shift: int) -> Counter[Any]:
    """Ways in which placements of two patterns, the second `shift` levels up, can share nodes, with multiplicity."""
    arcs = _PATTERNS[first]
    moved = frozenset(((u[0] + shift, u[1] + 10), (v[0] + shift, v[1] + 10)) for u, v in _PATTERNS[second])
    shapes: Counter[Any] = Counter()
    for names in _injections(nodes_of(moved), nodes_of(arcs)):
        shapes.update(shapes_of(arcs | _renamed(moved, names)))
    return shapes
