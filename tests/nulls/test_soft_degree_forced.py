"""Degrees that leave pairs of nodes no choice under maximum entropy, against linear programming."""

from __future__ import annotations

import warnings
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

import motifcount as mc
from motifcount.nulls.soft_degree_fit import fitted
from support.maximum_entropy import by_node, digraph, expected


def forced(name):
    """Degrees that one graph alone has."""
    if name == "star":
        return np.add.outer(np.arange(800) == 0, np.zeros(800)).astype(bool) & ~np.eye(800, dtype=bool)
    if name == "order":
        return np.triu(np.ones((30, 30), bool), 1)
    if name == "block":
        return np.add.outer(np.arange(20) < 8, np.arange(20) >= 8) & (np.arange(20) < 8)[:, None] & (np.arange(20) >= 8)
    return ~np.eye(9, dtype=bool)


@pytest.mark.parametrize("keep_mutual", [False, True])
@pytest.mark.parametrize("name", ["star", "order", "block", "all"])
def test_degrees_of_one_graph_alone_give_that_graph(name, keep_mutual):
    graph = mc.Graph(forced(name))
    found = fitted(graph, keep_mutual)
    assert set(np.unique(found.chances[:, found.class_of[0], found.class_of[-1]])) == {0, 1}
    with warnings.catch_warnings(action="ignore"):  # of levels without layers
        exact = mc.significance(graph, mc.nulls.SoftDegree(keep_mutual), size=(2, 3), samples=0)
    assert dict(exact.mean) == {key: float(n) for key, n in exact.observed.items()}
    assert set(exact.std.values()) == {0.0}


@pytest.mark.parametrize("keep_mutual", [False, True])
def test_a_node_with_all_arcs_leaves_the_others_open(keep_mutual):
    matrix = digraph(5, 20, 0.2)
    matrix[0] = True
    matrix[0, 0] = False
    graph = mc.Graph(matrix)
    chances = by_node(fitted(graph, keep_mutual))
    out, into, _ = expected(chances)
    assert (chances[1] + chances[2])[0, 1:] == pytest.approx(np.ones(19), abs=1e-14)
    assert out == pytest.approx(graph.out_degrees(), abs=1e-6)
    assert into == pytest.approx(graph.in_degrees(), abs=1e-6)


def open_states(matrix, keep_mutual):
    """Of each pair of nodes, which states have a chance in any model of independent pairs with the same degrees."""
    pairs = list(combinations(range(len(matrix)), 2))
    there, back = np.array([[matrix[i, j], matrix[j, i]] for i, j in pairs]).T
    given = np.column_stack((~there & ~back, there & back, there & ~back, back & ~there)).astype(float)
    kinds = [(2,), (3,), (1,)] if keep_mutual else [(1, 2), (1, 3)]
    sums = []
    for node in range(len(matrix)):
        for kind in kinds:
            row = np.zeros(given.shape)
            for k, (i, j) in enumerate(pairs):
                states = kind if node == i else [{2: 3, 3: 2}.get(state, state) for state in kind]
                row[k, states] = float(node in (i, j))
            sums.append(row.ravel())
    known = np.vstack((np.kron(np.eye(len(pairs)), np.ones(4)), sums))
    # one program for all: chances times some factor, as many of them as can be 1 or more
    n, right = given.size, known @ given.ravel()
    found = linprog(
        np.concatenate((np.zeros(n), -np.ones(n), [0])),
        A_ub=np.hstack((-np.eye(n), np.eye(n), np.zeros((n, 1)))),
        b_ub=np.zeros(n),
        A_eq=np.hstack((known, np.zeros(known.shape), -right[:, None])),
        b_eq=np.zeros(len(known)),
        bounds=[(0, None)] * n + [(0, 1)] * n + [(1, None)],
    )
    return (found.x[n : 2 * n] > 0.5).reshape(given.shape), pairs


def with_few_mutual(seed, n=6):
    """A sparse digraph whose mutual edges are a path of three."""
    matrix = digraph(seed, n, 0.1)
    matrix &= ~matrix.T
    for i, j in ((0, 1), (1, 2), (2, 3)):
        matrix[i, j] = matrix[j, i] = True
    return matrix


def in_two_parts(seed, n=6):
    """All arcs from some nodes to some, none between all others: no node by itself is forced."""
    draw = np.random.default_rng(seed)
    some, others = draw.random((2, n)) < 0.5
    matrix = draw.random((n, n)) < 0.5
    matrix[np.ix_(some, others)] = True
    matrix[np.ix_(~some, ~others)] = False
    return matrix & ~np.eye(n, dtype=bool)


@pytest.mark.parametrize("keep_mutual", [False, True])
@pytest.mark.parametrize("made", [with_few_mutual, in_two_parts, lambda seed: digraph(seed, 5, 0.5)])
def test_states_without_a_chance_are_those_of_linear_programming(made, keep_mutual):
    n_closed = 0
    for seed in range(4):
        matrix = made(seed)
        is_open, pairs = open_states(matrix, keep_mutual)
        chances = by_node(fitted(mc.Graph(matrix), keep_mutual))
        found = np.array([chances[:, i, j] for i, j in pairs])
        assert ((found > 0) == is_open).all()
        n_closed += (~is_open).sum()
    assert n_closed > 0


def test_nodes_that_force_each_other():
    """Of four nodes with 1, 2, 2 and 1 mutual edges, both in the middle have one, and both at the ends have none."""
    mutual = by_node(fitted(mc.Graph(with_few_mutual(0, 30)), True))[1]
    assert (mutual[1, 2], mutual[0, 3]) == (1, 0)
    assert mutual[0, 1] + mutual[0, 2] == pytest.approx(1, abs=1e-8)
    assert 0.1 < mutual[0, 1] < 0.9
