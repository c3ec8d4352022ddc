"""Pairs drawn on their own: probabilities, exact moments against all graphs and samples, and what stays a network."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

import motifcount as mc

NULL = mc.nulls.SoftDyadCount()


def dyads(graph, group):
    """By ordered pair of groups: pairs of nodes, mutual ones, and arcs that lead there and not back."""
    arcs = graph.to_scipy().toarray().astype(bool)
    found = {}
    for a, b in product(range(max(group) + 1), repeat=2):
        cells = [(i, j) for i, j in product(range(len(group)), repeat=2) if i != j and (group[i], group[j]) == (a, b)]
        both = sum(arcs[i, j] and arcs[j, i] for i, j in cells)
        found[a, b] = len(cells), both, sum(arcs[i, j] for i, j in cells) - both
    return found


@pytest.mark.parametrize(
    ("n", "arcs"),
    [
        (3, [(0, 1), (1, 0), (1, 2)]),
        (3, [(0, 1), (1, 2), (2, 0)]),
        (4, [(0, 1), (1, 0), (0, 2), (2, 3), (3, 0)]),
    ],
)
def test_moments_are_those_over_all_graphs(n, arcs):
    """Every graph of 3 or 4 nodes, with the product of the frequencies of its pairs' states as its probability."""
    graph = mc.Graph.from_edges(*zip(*arcs, strict=True), n)
    n_pairs, observed = n * (n - 1) // 2, mc.count(graph, 2)
    chance = [observed["null"], observed["mutual"], observed["asymmetric"] / 2, observed["asymmetric"] / 2]
    weights, rows = [], []
    for states in product(range(4), repeat=n_pairs):
        weight = np.prod([chance[state] / n_pairs for state in states])
        if weight == 0:
            continue
        matrix = np.zeros((n, n), dtype=bool)
        for (i, j), state in zip(combinations(range(n), 2), states, strict=True):
            matrix[i, j], matrix[j, i] = state in (1, 2), state in (1, 3)
        weights.append(weight)
        rows.append(list(mc.count(mc.Graph(matrix), (2, 3)).values()))
    weights, table = np.array(weights), np.array(rows, float)
    mean = weights @ table
    std = np.sqrt(np.maximum(weights @ table**2 - mean**2, 0))
    exact = mc.significance(graph, NULL, size=(2, 3), samples=0)
    assert list(exact.mean.values()) == pytest.approx(mean.tolist())
    assert list(exact.std.values()) == pytest.approx(std.tolist(), abs=1e-6)


def test_groups_have_probabilities_of_their_own():
    draw = np.random.default_rng(3)
    group = np.repeat([0, 1, 2], [5, 7, 4])
    matrix = draw.random((16, 16)) < np.array([[0.5, 0.1, 0.3], [0.2, 0.3, 0], [0, 0.6, 0]])[group][:, group]
    np.fill_diagonal(matrix, False)
    graph = mc.Graph(matrix, layers=group)
    known, n = dyads(graph, group), 400
    sums = {key: np.zeros(2) for key in known}
    for seed in range(n):
        drawn = mc.randomize(graph, "soft_dyad_count", seed=seed)
        for key, (_, mutual, there) in dyads(drawn, group).items():
            sums[key] += mutual, there
    for key, (pairs, *counts) in known.items():
        for value, count in zip(sums[key] / n, counts, strict=True):
            chance = count / pairs if pairs else 0
            assert (
                abs(value - count) <= 5 * (2 * pairs * chance * (1 - chance) / n) ** 0.5
            )  # a mutual pair counts twice


def test_numbers_vary_that_dyad_count_fixes():
    graph = mc.Graph(np.random.default_rng(1).random((30, 30)) < 0.1)
    exact, fixed = (mc.significance(graph, null, size=(2, 3), samples=0) for null in ("soft_dyad_count", "dyad_count"))
    assert fixed.status["mutual"] == "fixed"
    assert exact.mean["mutual"] == pytest.approx(fixed.mean["mutual"])
    assert exact.std["111U"] > fixed.std["111U"] > 0
    sampled = mc.significance(graph, NULL, size=(2, 3), samples=600, seed=1)
    for name in ("mutual", "021C", "111U", "030T"):
        assert abs(exact.mean[name] - sampled.mean[name]) < 5 * exact.std[name] / 600**0.5
        assert sampled.std[name] == pytest.approx(exact.std[name], rel=0.2)


def test_what_no_graph_has_is_fixed_and_a_network_stays_one():
    net = mc.datasets.load("pendulum", bias=True).drop_ineffective()
    drawn = mc.randomize(net, "soft_dyad_count", seed=1)
    assert drawn.is_strictly_layered()
    assert drawn != net
    result = mc.significance(net, "soft_dyad_count", size=(2, 3), samples=20, seed=1)
    assert result.status["mutual"] == result.status["030T"] == "fixed"
    assert result.status["asymmetric"] == "varies"


def test_closed_forms_of_four_nodes_are_refused_by_name():
    with pytest.raises(NotImplementedError, match=r'"soft_dyad_count" is known for sizes 2 and 3 only'):
        mc.significance(mc.Graph(np.roll(np.eye(5), 1, axis=1)), NULL, size=4, samples=0)
