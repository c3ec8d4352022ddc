"""Closed forms of "edge_count" without layers: equal to the moments over every graph, and near those of samples."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest

import motifcount as mc
from motifcount.nulls.digraph_moments import DigraphMoments


@pytest.mark.parametrize(("n", "m"), [(4, 3), (4, 5), (5, 3), (6, 2), (3, 2)])
def test_equal_to_the_moments_over_every_graph(n, m):
    rows = []
    for arcs in combinations(list(permutations(range(n), 2)), m):
        graph = mc.Graph.from_edges(*zip(*arcs, strict=True), n)
        counts = mc.count(graph, (2, 3, 4))
        rows.append([counts[name] for size in (2, 3, 4) for name in mc.CLASSES[size]])
    table = np.array(rows)
    exact = DigraphMoments(graph)
    names = [name for size in (2, 3, 4) for name in mc.CLASSES[size]]
    total, products = table.sum(axis=0), table.T @ table
    for k, name in enumerate(names):
        mean, variance = exact.mean_and_variance(name)
        assert mean == Fraction(int(total[k]), len(table))
        assert variance == Fraction(int(products[k, k]), len(table)) - mean**2
    for j, k in np.random.default_rng(1).integers(0, len(names), (300, 2)).tolist():
        expected = Fraction(int(products[j, k]), len(table)) - Fraction(int(total[j] * total[k]), len(table) ** 2)
        assert exact.covariance(names[j], names[k]) == expected


@pytest.mark.slow
def test_near_the_moments_of_samples():
    graph = np.random.default_rng(3).random((30, 30)) < 0.1
    exact = mc.significance(graph, "edge_count", size=(3, 4), samples=0)
    sampled = mc.significance(graph, "edge_count", size=(3, 4), samples=400, seed=1)
    for name in ("021C", "030T", "bifan", "chain4", "394"):
        assert abs(exact.mean[name] - sampled.mean[name]) < 5 * exact.std[name] / 20
        assert sampled.std[name] == pytest.approx(exact.std[name], rel=0.2)
