"""Size 4 of any digraph against random graphs: samples are counted exactly, and what a null model fixes is known."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.inference.dependencies import dependencies, rows_that_are_not_zero
from motifcount.inference.relations import from_null
from motifcount.nulls import resolve

NULLS = [mc.nulls.Degree(40), mc.nulls.Degree(40, keep_mutual=True), "edge_count"]


def digraph(seed, n=14, density=0.2):
    rng = np.random.default_rng(seed)
    matrix = rng.random((n, n)) < density
    matrix |= matrix.T & (rng.random((n, n)) < 0.3)
    np.fill_diagonal(matrix, False)
    return matrix


LAYERS = np.arange(14) // 5


@pytest.mark.parametrize(
    ("null", "layers"),
    [(NULLS[0], None), (NULLS[1], None), (NULLS[2], None), (NULLS[0], LAYERS), (NULLS[2], LAYERS)],
    ids=["degree", "mutual", "edge_count", "degree-layers", "edge_count-layers"],
)
def test_samples_are_counted_and_keep_what_the_null_model_keeps(null, layers, num_threads):
    graph = mc.Graph(digraph(1), layers=layers)
    result = mc.significance(graph, null, size=(3, 4), samples=40, seed=3, num_threads=num_threads)
    assert result.classes == mc.CLASSES[3] + mc.CLASSES[4]
    assert result.observed == mc.count(graph, (3, 4))
    one = mc.significance(graph, null, size=(3, 4), samples=2, first_sample=7, seed=3, num_threads=1)
    assert (one.samples_table == result.samples_table[7:9]).all()
    own = mc.significance(graph, lambda g, seed: mc.randomize(g, null, seed=seed), size=(3, 4), samples=60, seed=3)
    for name, relation in from_null(graph, resolve(null), result.observed).items():
        broken = rows_that_are_not_zero(
            own.samples_table,
            {own.classes.index(c): f for c, f in {**relation.factors, name: Fraction(-1)}.items()},
            relation.constant,
        )
        assert not broken.size, name


@pytest.mark.parametrize(
    ("null", "size", "n_tetrads"),
    [
        ("degree", 4, 2),  # three arcs out, three in
        ("degree", (3, 4), 4),  # and two of one kind with one of the other
        (mc.nulls.Degree(keep_mutual=True), 4, 10),  # every claw of dyads
        ("edge_count", 4, 0),
    ],
    ids=str,
)
def test_how_many_tetrads_follow_from_the_null_model(null, size, n_tetrads):
    graph = mc.Graph(digraph(2))
    relations = from_null(graph, resolve(null), mc.count(graph, size))
    assert len([name for name in relations if name in mc.CLASSES[4]]) == n_tetrads


def test_classes_that_blocks_cannot_hold():
    cyclic = {name for name in mc.CLASSES[4] if has_cycle(mc.ARCS[name])}
    layers = np.arange(14) // 3
    skips = digraph(3, density=0.5) & (layers[:, None] < layers)
    for matrix in (skips, skips & (layers[:, None] % 2 != layers % 2)):  # the latter without triangles
        graph = mc.Graph(matrix, layers=layers)
        result = mc.significance(graph, "edge_count", size=4, samples=200, seed=1)
        triangles = {name for name in mc.CLASSES[4] if has_triangle(mc.ARCS[name])}
        expected = cyclic if matrix is skips else cyclic | triangles
        assert {name for name, status in result.status.items() if status == "fixed"} == expected


def has_triangle(arcs):
    links = {frozenset(arc) for arc in arcs}
    return any({frozenset(pair) for pair in combinations(nodes, 2)} <= links for nodes in combinations(range(4), 3))


def has_cycle(arcs):
    reach = np.zeros((4, 4), int)
    for u, v in arcs:
        reach[u, v] = 1
    return any(np.trace(np.linalg.matrix_power(reach, k)) for k in range(2, 5))


@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(0, 4), st.sampled_from([3, 10**9, 10**30]))
def test_dependencies_are_found_exactly(seed, n_free, n_bound, largest):
    rng = np.random.default_rng(seed)
    free = np.array(rng.integers(-(10**6), 10**6, (25, n_free)).tolist(), dtype=object) * largest
    factors = np.array(rng.integers(-3, 10**9, (n_free, n_bound)).tolist(), dtype=object) * (largest % 10**4)
    matrix = np.hstack([free * 6, free @ factors * 2]) if n_bound else free
    found = dependencies(matrix)
    assert sorted(found) == list(range(n_free, n_free + n_bound))
    for column, terms in found.items():
        expected = {k: Fraction(int(factors[k, column - n_free]), 3) for k in range(n_free)}
        assert terms == {k: factor for k, factor in expected.items() if factor}


def test_no_dependency_of_independent_columns_and_zero_ones():
    assert dependencies(np.eye(5, dtype=np.int64)) == {}
    assert dependencies(np.zeros((4, 2), np.int64)) == {0: {}, 1: {}}
    p = 134217689  # the first prime that is tried: the columns look alike modulo it
    assert dependencies(np.array([[1, 1 + p], [0, p]])) == {}
    assert dependencies(np.array([[1, 1], [p, p], [p, p]])) == {1: {0: 1}}
