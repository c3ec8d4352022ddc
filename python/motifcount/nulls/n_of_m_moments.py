"""Exact mean and variance of motif counts under N:M sparsity, in a strictly layered graph.

Every target chooses N of the M units of each group, so k given units of one group are all among them with probability
N(N-1)…(N-k+1) / M(M-1)…(M-k+1), and different groups and targets are independent. So a placement is told by which of
its sources share a group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from motifcount.graph import Graph, access
from motifcount.nulls.layered_moments import Arc, LayeredMoments, Node, falling, nodes_of


@dataclass(frozen=True, slots=True, order=True)
class _Level:
    """A placement in one layer: sources by group, other nodes, and arcs by target and group."""

    level: int
    sources: tuple[int, ...]
    others: int
    arcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The units of a layer, and how many of each group lead to any unit of the next."""

    n_units: int
    size: int
    kept: int


class NOfMMoments(LayeredMoments):
    """Exact moments for one graph that has `kept` arcs of `group_size` in every block, or all."""

    def __init__(self, graph: Graph, kept: int, group_size: int) -> None:
        super().__init__(graph, _shapes_of)
        groups = access.groups(graph)
        assert groups is not None
        if groups.bias_nodes:
            raise NotImplementedError("samples=0 (closed forms) of n_of_m has no biases")
        sizes = groups.layer_sizes().tolist()
        edges = np.zeros(len(sizes), np.int64)
        np.add.at(edges, groups.layer_of, graph.out_degrees())
        self._groups = []
        for n, m, n_targets in zip(sizes, edges.tolist(), [*sizes[1:], 0], strict=True):
            is_free = 0 < m < n * n_targets
            self._groups.append(_Groups(n, group_size, kept) if is_free else _Groups(n, n, n if m else 0))

    def _expect_one(self, shape: tuple[_Level, ...], base: int) -> Fraction:
        placements, chance = 1, Fraction(1)
        for part in shape:
            groups = self._groups[base + part.level]
            placements *= falling(groups.n_units - sum(part.sources), part.others)
            if part.sources:
                placements *= falling(groups.n_units // groups.size if groups.size else 0, len(part.sources))
            for n in part.sources:
                placements *= falling(groups.size, n)
            if not placements:
                return Fraction(0)
            for k in part.arcs:
                chance *= Fraction(falling(groups.kept, k), falling(groups.size, k))
        return placements * chance


def _shapes_of(arcs: frozenset[Arc]) -> Counter[tuple[_Level, ...]]:
    """The ways in which the sources of each level can share groups."""
    nodes, sources = nodes_of(arcs), {u for u, _ in arcs}
    levels = sorted({level for level, _ in nodes})
    ways = []
    for level in levels:
        here = [node for node in nodes if node[0] == level]
        sending = [node for node in here if node in sources]
        leaving = [arc for arc in arcs if arc[0][0] == level]
        ways.append(Counter(_level(level, parts, len(here) - len(sending), leaving) for parts in _partitions(sending)))
    shapes: Counter[tuple[_Level, ...]] = Counter()
    for chosen in product(*(way.items() for way in ways)):
        times = 1
        for _, n in chosen:
            times *= n
        shapes[tuple(part for part, _ in chosen)] += times
    return shapes


def _level(level: int, parts: list[list[Node]], others: int, leaving: list[Arc]) -> _Level:
    group_of = {node: k for k, part in enumerate(parts) for node in part}
    arcs = Counter((target, group_of[source]) for source, target in leaving)
    return _Level(level, tuple(sorted(map(len, parts))), others, tuple(sorted(arcs.values())))


def _partitions(nodes: list[Node]) -> Iterator[list[list[Node]]]:
    """All ways to divide nodes into groups."""
    if not nodes:
        yield []
        return
    first, *others = nodes
    for parts in _partitions(others):
        yield [[first], *parts]
        for k, part in enumerate(parts):
            yield [*parts[:k], [first, *part], *parts[k + 1 :]]
