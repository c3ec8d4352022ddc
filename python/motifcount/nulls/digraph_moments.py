"""Exact mean and covariance of motif counts under the null model "edge_count" in a graph without layers.

All m edges lie in any of the N = n (n - 1) cells, so of c given cells just a given ones hold an edge with probability
m (m - 1) … (N - m) (N - m - 1) … / N (N - 1) …, of a, c - a and c factors. An induced count is a sum over node sets;
the mean of a product of two counts is a sum over pairs of sets, which share 0 to 4 nodes and the arcs between these.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import permutations

from motifcount.graph import Graph
from motifcount.motifs.classes import ARCS, CLASSES
from motifcount.motifs.families import Arcs

_SIZES = {name: size for size, names in CLASSES.items() for name in names}


@cache
def _restricted(name: str, shared: int) -> Counter[Arcs]:
    """By the arcs among the first nodes, the ways to lay the class on its nodes."""
    size = _SIZES[name]
    laid = {frozenset((order[u], order[v]) for u, v in ARCS[name]) for order in permutations(range(size))}
    return Counter(frozenset(arc for arc in arcs if max(arc) < shared) for arcs in laid)


@cache
def _agreeing(first: str, second: str, shared: int) -> Counter[int]:
    """By the number of arcs among the shared nodes, the ways to lay both classes that agree on them."""
    ways: Counter[int] = Counter()
    others = _restricted(second, shared)
    for arcs, n in _restricted(first, shared).items():
        ways[len(arcs)] += n * others[arcs]
    return ways


class DigraphMoments:
    """Exact moments for one graph, of n nodes and m edges."""

    def __init__(self, graph: Graph) -> None:
        self._n, self._m = graph.n_nodes, graph.n_edges
        self._chances: dict[tuple[int, int], Fraction] = {}

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the induced count of a class."""
        return self._mean(name), self.covariance(name, name)

    def covariance(self, name: str, other: str) -> Fraction:
        """Return the covariance of the induced counts of two classes."""
        first, second = sorted((name, other))
        p, q = _SIZES[first], _SIZES[second]
        total = -self._mean(first) * self._mean(second)
        for shared in range(min(p, q) + 1):
            sets = math.comb(self._n, p) * math.comb(p, shared) * math.comb(max(self._n - p, 0), q - shared)
            cells = p * (p - 1) + q * (q - 1) - shared * (shared - 1)
            if sets:
                arcs = len(ARCS[first]) + len(ARCS[second])
                ways = _agreeing(first, second, shared).items()
                total += sets * sum((n * self._chance(cells, arcs - k) for k, n in ways if n), Fraction(0))
        return total

    def _mean(self, name: str) -> Fraction:
        size = _SIZES[name]
        ways = _restricted(name, 0).total() * math.comb(self._n, size)
        return ways * self._chance(size * (size - 1), len(ARCS[name])) if ways else Fraction(0)

    def _chance(self, cells: int, arcs: int) -> Fraction:
        if (cells, arcs) not in self._chances:
            n_cells = self._n * (self._n - 1)
            fitting = math.perm(self._m, arcs) * math.perm(n_cells - self._m, cells - arcs)
            self._chances[cells, arcs] = Fraction(fitting, math.perm(n_cells, cells))
        return self._chances[cells, arcs]
