"""Exact mean and variance of motif counts under the null model "edge_count" in a strictly layered graph.

A block with N cells and E edges holds k given cells with probability E(E-1)…(E-k+1) / N(N-1)…(N-k+1), and blocks are
independent; a bias, which nothing feeds, is a block of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from motifcount.graph import Graph, access
from motifcount.nulls.layered_moments import Arc, LayeredMoments, Node, falling, nodes_of

Group = tuple[int, bool]  # a level, and whether its bias is meant or its units


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many nodes and arcs a placement has: nodes by group, arcs by the group they leave."""

    nodes: tuple[tuple[Group, int], ...]
    arcs: tuple[tuple[Group, int], ...]


class EdgeCountMoments(LayeredMoments):
    """Exact moments for one graph: layer sizes n_0, n_1, … and edges m_0, m_1, … from each layer to the next."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, _shapes_of)
        groups = access.groups(graph)
        assert groups is not None
        edges = np.zeros(len(groups.keys), np.int64)
        np.add.at(edges, groups.of_node(), graph.out_degrees())
        self._sizes: dict[Group, int] = dict(zip(groups.keys, groups.sizes().tolist(), strict=True))
        self._edges: dict[Group, int] = dict(zip(groups.keys, edges.tolist(), strict=True))

    def _expect_one(self, shape: _Shape, base: int) -> Fraction:
        result = 1
        for (level, bias), k in shape.nodes:
            result *= falling(self._sizes[base + level, bias], k)
            if not result:
                return Fraction(0)
        below = 1
        for (level, bias), k in shape.arcs:
            group = base + level, bias
            cells = self._sizes[group] * self._sizes[base + level + 1, False]
            result *= falling(self._edges[group], k)
            below *= falling(cells, k)
        return Fraction(result, below)


def _shapes_of(arcs: frozenset[Arc]) -> Counter[_Shape]:
    """The ways to choose which nodes are biases: at most one of each level, and none that is fed."""
    fed = {target for _, target in arcs}
    nodes = nodes_of(arcs)
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
