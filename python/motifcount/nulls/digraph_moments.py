"""Exact mean and covariance of motif counts in any digraph, under null models that keep how many cells are in a state.

Pairs of nodes are cut into blocks by the groups of their nodes. Of the cells of a block (each an ordered pair of nodes
that may hold an edge, or an unordered pair with its dyad) a given number is in each state, uniformly, and blocks are
independent; so c given cells are in given states with a ratio of falling factorials. An induced count is a sum over
node sets; the mean of a product of two counts is a sum over pairs of sets, which share 0 to 4 nodes, by the groups of
the nodes that are shared and of those that are not (for dyads: Holland and Leinhardt 1976, doi:10.2307/270703).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, combinations_with_replacement, permutations, product

import numpy as np

from motifcount.graph import Graph, access
from motifcount.motifs.classes import ARCS, CLASSES
from motifcount.motifs.families import Arcs

_SIZES = {name: size for size, names in CLASSES.items() for name in names}
_MOST_GROUPS = 6  # time grows with the sixth power of their number

Block = tuple[int, int]
Groups = tuple[int, ...]
"""The groups of some nodes, ascending."""
_Tally = int
"""How many cells of each block are in each state: digits of a number, so that tallies of different cells add up."""
_DIGIT = 5  # bits: two motifs of four nodes have 24 ordered pairs


@cache
def laid(name: str) -> frozenset[Arcs]:
    """All ways to lay a class on its nodes."""
    size = _SIZES[name]
    return frozenset(frozenset((order[u], order[v]) for u, v in ARCS[name]) for order in permutations(range(size)))


class DigraphMoments(ABC):
    """Exact moments for one graph. Time grows with the sixth power of the number of groups.

    Raises
    ------
    NotImplementedError
        If the graph has layers whose arcs stay in place, or so many groups that it would take hours.
    """

    _n_states: int

    def __init__(self, graph: Graph) -> None:
        groups = access.groups(graph)
        if groups is not None and groups.pinned_layers:
            raise NotImplementedError("samples=0 (closed forms) has no layers whose arcs stay in place (sums)")
        self._group_of = np.zeros(graph.n_nodes, np.int64) if groups is None else groups.of_node()
        self._sizes = np.bincount(self._group_of).tolist()
        self._groups = tuple(group for group, size in enumerate(self._sizes) if size)
        if len(self._groups) > _MOST_GROUPS:
            raise NotImplementedError(
                "samples=0 (closed forms) of a graph that is not strictly layered takes at most "
                f"{_MOST_GROUPS} groups of nodes, layers and biases, not {len(self._groups)}"
            )
        self._totals = self._cells_by_state(graph)
        self._digit = {block: _DIGIT * self._n_states * k for k, block in enumerate(self._totals)}
        self._chances: dict[_Tally, Fraction] = {}
        self._placed: dict[tuple[str, Groups, Groups], Mapping[Arcs, Mapping[_Tally, int]]] = {}

    @abstractmethod
    def _cells_by_state(self, graph: Graph) -> Mapping[Block, Sequence[int]]:
        """Return by block how many of its cells are in each state."""

    @abstractmethod
    def _cells(self, u: int, v: int, groups: Groups, arcs: Arcs) -> Iterator[tuple[Block, int]]:
        """Yield the cells of a pair of nodes, u < v, of these groups: the block and the state."""

    def _ways(self, block: Block, states: Sequence[int]) -> int:
        """Return among how many placements with these numbers of cells by state each is as likely."""
        return 1

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the induced count of a class."""
        return self._mean(name), self.covariance(name, name)

    def covariance(self, name: str, other: str) -> Fraction:
        """Return the covariance of the induced counts of two classes."""
        first, second = sorted((name, other))
        if len(self._groups) > 1 and max(_SIZES[first], _SIZES[second]) > 3:
            raise NotImplementedError(
                "samples=0 (closed forms) of size 4 is known for graphs without groups of nodes only; draw "
                "samples, or leave out the groups or size 4"
            )
        p, q = _SIZES[first], _SIZES[second]
        ways: Counter[_Tally] = Counter()
        for shared in range(min(p, q) + 1):
            for parts in product(*(self._choices(size) for size in (shared, p - shared, q - shared))):
                if sets := self._sets(*parts):
                    for tally, n in self._agreeing(first, second, *parts):
                        ways[tally] += sets * n
        return self._expect(ways) - self._mean(first) * self._mean(second)

    def _mean(self, name: str) -> Fraction:
        ways: Counter[_Tally] = Counter()
        for groups in self._choices(_SIZES[name]):
            if sets := self._sets(groups):
                for tally, n in self._place(name, (), groups).get(frozenset(), {}).items():
                    ways[tally] += sets * n
        return self._expect(ways)

    def _expect(self, ways: Mapping[_Tally, int]) -> Fraction:
        return sum((n * self._chance(tally) for tally, n in ways.items()), Fraction(0))

    def _choices(self, n: int) -> Iterator[Groups]:
        return combinations_with_replacement(self._groups, n)

    def _sets(self, *parts: Groups) -> int:
        """Return the number of ways to choose disjoint sets of nodes with the given groups."""
        left, ways = list(self._sizes), 1
        for part in parts:
            for group, n in Counter(part).items():
                ways *= math.comb(left[group], n)
                left[group] = max(left[group] - n, 0)
        return ways

    def _agreeing(
        self, first: str, second: str, common: Groups, rest: Groups, other_rest: Groups
    ) -> Iterator[tuple[_Tally, int]]:
        """Yield the tallies of both classes, and in how many ways they can be laid and agree on the common nodes."""
        ours, theirs = self._place(first, common, rest), self._place(second, common, other_rest)
        for arcs in ours.keys() & theirs.keys():
            within = self._tally(common, arcs)
            for tally, n in ours[arcs].items():
                for other, m in theirs[arcs].items():
                    yield within + tally + other, n * m

    def _place(self, name: str, common: Groups, rest: Groups) -> Mapping[Arcs, Mapping[_Tally, int]]:
        """By the arcs among the common nodes, which come first, the ways to lay a class by the tally of other cells."""
        key = name, common, rest
        if key not in self._placed:
            placed: dict[Arcs, Counter[_Tally]] = {}
            for arcs in laid(name):
                tally = self._tally(common + rest, arcs, beyond=len(common))
                if self._chance(tally):
                    within = frozenset(arc for arc in arcs if max(arc) < len(common))
                    placed.setdefault(within, Counter())[tally] += 1
            self._placed[key] = placed
        return self._placed[key]

    def _tally(self, groups: Groups, arcs: Arcs, beyond: int = 0) -> _Tally:
        """Count the cells of all pairs of nodes but those that both come before `beyond`."""
        pairs = ((u, v) for u, v in combinations(range(len(groups)), 2) if v >= beyond)
        cells = chain.from_iterable(self._cells(u, v, groups, arcs) for u, v in pairs)
        return sum(1 << self._digit[block] + _DIGIT * state for block, state in cells)

    def _chance(self, tally: _Tally) -> Fraction:
        if tally not in self._chances:
            above, below = 1, 1
            for block, totals in self._totals.items():
                digits = tally >> self._digit[block]
                states = [digits >> _DIGIT * state & (1 << _DIGIT) - 1 for state in range(self._n_states)]
                above *= math.prod(map(math.perm, totals, states))
                below *= math.perm(sum(totals), sum(states)) * self._ways(block, states)
                if not above:
                    break
            self._chances[tally] = Fraction(above, below) if above else Fraction(0)
        return self._chances[tally]


class ArcMoments(DigraphMoments):
    """Where every block keeps its number of arcs ("edge_count")."""

    _n_states = 2

    def _cells_by_state(self, graph: Graph) -> Mapping[Block, Sequence[int]]:
        arcs = Counter(zip(*(self._group_of[ends].tolist() for ends in access.edge_arrays(graph)), strict=True))
        totals = {}
        for a in self._groups:
            for b in self._groups:
                cells = self._sizes[a] * (self._sizes[b] - (a == b))
                totals[a, b] = arcs[a, b], cells - arcs[a, b]
        return totals

    def _cells(self, u: int, v: int, groups: Groups, arcs: Arcs) -> Iterator[tuple[Block, int]]:
        yield (groups[u], groups[v]), (u, v) not in arcs
        yield (groups[v], groups[u]), (v, u) not in arcs


class DyadMoments(DigraphMoments):
    """Where every block of unordered pairs keeps its numbers of dyads ("dyad_count")."""

    _n_states = 4  # null, mutual, from the lower group to the higher (or, within a group, either way), back

    def _cells_by_state(self, graph: Graph) -> Mapping[Block, Sequence[int]]:
        source, target = access.edge_arrays(graph)
        is_mutual = access.are_mutual(graph).tolist()
        ends = (self._group_of[source].tolist(), self._group_of[target].tolist(), is_mutual)
        arcs = Counter(zip(*ends, strict=True))
        totals = {}
        for a, b in combinations_with_replacement(self._groups, 2):
            pairs = self._sizes[a] * self._sizes[b] if a < b else math.comb(self._sizes[a], 2)
            mutual = arcs[a, b, True] if a < b else arcs[a, a, True] // 2
            there, back = arcs[a, b, False], arcs[b, a, False] if a < b else 0
            totals[a, b] = pairs - mutual - there - back, mutual, there, back
        return totals

    def _cells(self, u: int, v: int, groups: Groups, arcs: Arcs) -> Iterator[tuple[Block, int]]:
        a, b = groups[u], groups[v]
        there, back = ((u, v) in arcs, (v, u) in arcs) if a <= b else ((v, u) in arcs, (u, v) in arcs)
        if there and back:
            state = 1
        elif there or back:
            state = 3 if back and a != b else 2
        else:
            state = 0
        yield (min(a, b), max(a, b)), state

    def _ways(self, block: Block, states: Sequence[int]) -> int:
        return 2 ** states[2] if block[0] == block[1] else 1  # an asymmetric pair within a group leads either way
