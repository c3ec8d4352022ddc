"""What a result says of itself, on small graphs whose every state is known: true of the graph and of all states."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import motifcount as mc
from motifcount.inference.relations import from_null, with_samples
from support.enumerated import CLASSES, KINDS, counts_of, draw

pytestmark = pytest.mark.filterwarnings("ignore:the graph has :UserWarning", "ignore::motifcount.mixing.MixingWarning")


def breaks(relation, name, table):
    """Whether some row of counts breaks a relation (exact: the common denominator of its factors is small)."""
    scale = math.lcm(*(Fraction(value).denominator for value in (relation.constant, *relation.factors.values())))
    off = int(scale * relation.constant) - scale * table[:, CLASSES.index(name)]
    for cls, factor in relation.factors.items():
        off = off + int(scale * factor) * table[:, CLASSES.index(cls)]
    return bool(off.any())


def test_the_counts_of_states():
    rng = np.random.default_rng(1)
    matrices = (rng.random((30, 7, 7)) < 0.4) & ~np.eye(7, dtype=bool)
    for matrix, row in zip(matrices, counts_of(matrices), strict=True):
        assert dict(zip(CLASSES, row.tolist(), strict=True)) == dict(mc.count(mc.Graph(matrix), (2, 3)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_relation_is_false_of_the_graph_or_of_any_state(kind):
    """Neither what the null model fixes, nor what few or many samples show."""
    found = 0
    for seed, drawn in enumerate(draw(kind, 80, 1)):
        known = from_null(drawn.graph, drawn.null, drawn.observed)
        observed = np.array([list(drawn.observed.values())])
        every = np.vstack([observed, drawn.states])
        for name, relation in known.items():
            assert not breaks(relation, name, every), (name, str(relation))
        for samples in (40, 100, 300, 1000):
            table = drawn.states[np.random.default_rng([seed, samples]).integers(0, len(drawn.states), samples)]
            relations = with_samples(known, drawn.observed, table)
            for name, relation in relations.items():
                assert relation == known.get(name) or not breaks(relation, name, every), (name, str(relation))
            found += len(relations) > len(known)
    assert found > 0 or kind in ("skips", "5-mutual", "6-mutual")  # where the null model tells them all, nearly


def test_a_finding_stays_though_all_samples_agree_on_a_relation():
    """A graph that breaks what is true of nearly every other state: its classes are tested."""
    arcs = np.array([(0, 1), (0, 2), (2, 1), (3, 4), (4, 3), (4, 5), (5, 4)])
    graph = mc.Graph.from_edges(*arcs.T, 6)
    for seed in range(100):
        result = mc.significance(graph, mc.nulls.Degree(40), size=(2, 3), samples=50, seed=seed, num_threads=1)
        table = np.array([list(result.observed.values())])
        relations = with_samples(result.relations_from_null, result.observed, result.samples_table)
        assert not any(breaks(relation, name, table) for name, relation in relations.items())


@pytest.mark.slow
def test_a_finding_stays_though_samples_agree_on_the_rest_of_the_graph():
    """Four units with two edges to four others: as one ring they are eight zigzags, as two squares two bi-fans.

    The graph has ten zigzags more, in a star of hubs among 20,000 edges that share no node: samples have no such star.
    """
    n = 20_000
    sources, targets = 2 * n + np.arange(6), 2 * n + 6 + np.arange(3)
    above, below = 2 * n + 9 + np.arange(4), 2 * n + 13 + np.arange(4)
    star = [*((sources[0], each) for each in targets), *((each, targets[0]) for each in sources[1:])]
    ring = [(above[k], below[(k + step) % 4]) for k in range(4) for step in (0, 1)]
    arcs = np.concatenate((np.column_stack((np.arange(n), n + np.arange(n))), star, ring))
    layers = np.repeat([0, 1, 0, 1, 2], [n, n, 6, 7, 4])
    graph = mc.Graph.from_edges(*arcs.T, len(layers), layers=layers)
    agreed = 0
    for seed in range(3):
        result = mc.significance(graph, mc.nulls.Degree(1), size=4, samples=300, seed=seed, num_threads=1)
        assert (result.observed["zigzag"], result.observed["bifan"]) == (18, 0)
        zigzags, bifans = (result.samples_table[:, result.classes.index(name)] for name in ("zigzag", "bifan"))
        agreed += bool((zigzags == 8 - 4 * bifans).all())
        assert result.status["zigzag"] == result.status["bifan"] == "varies"
        assert result.p_adjusted["zigzag"] < 0.05
    assert agreed >= 2


def test_a_class_that_is_in_the_graph_and_in_no_sample_is_the_strongest_finding():
    cliques = np.kron(np.eye(10, dtype=int), np.ones((3, 3), dtype=int) - np.eye(3, dtype=int))
    result = mc.significance(cliques, samples=1000, seed=1)
    assert (result.observed["300"], result.mean["300"], result.status["300"]) == (10, 0, "constant")
    assert result.p_adjusted["300"] == pytest.approx(1 / 1001)
    tested = [name for name, p in result.p_adjusted.items() if p == p]
    assert set(tested) >= {name for name, status in result.status.items() if status == "varies"}
