"""Counts by arc: equal to brute force, and in sum the counts times the arcs of a class."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import motifcount as mc
from support import instances
from support.strategies import at_most
from support.tetrads import digraphs

SMALL = (*mc.CLASSES[2], *mc.CLASSES[3])


def arcs_of(matrix):
    return [tuple(arc) for arc in np.argwhere(matrix).tolist()]


@given(matrix=digraphs(least=2, most=8))
@at_most(30)
def test_equal_to_brute_force(matrix):
    counts = mc.count(matrix, by_arc=True)
    arcs = arcs_of(matrix)
    assert counts == mc.count(matrix)
    assert counts.arcs.tolist() == [list(arc) for arc in arcs]
    for size in (2, 3):
        for name, rows in instances.instances_by_class(matrix, size).items():
            inside = [{(row[u], row[v]) for u, v in mc.ARCS[name]} for row in rows]
            assert counts.by_arc[name].tolist() == [sum(arc in held for held in inside) for arc in arcs], name


@given(matrix=digraphs(least=2, most=7))
@at_most(20)
def test_subgraphs_with_an_arc_are_those_that_go_with_it(matrix):
    counts = mc.count(matrix, induced=False, by_arc=True)
    for k, (u, v) in enumerate(arcs_of(matrix)):
        without = matrix.copy()
        without[u, v] = False
        lost = counts - mc.count(without, induced=False)
        assert {name: counts.by_arc[name][k] for name in SMALL} == dict(lost)


@pytest.mark.parametrize("induced", [True, False])
def test_sums_and_threads(induced, num_threads):
    rng = np.random.default_rng(6)
    density = np.sqrt(np.linspace(0.9, 0.02, 200))
    matrix = rng.random((200, 200)) < density[:, None] * density
    matrix |= matrix.T & (rng.random((200, 200)) < 0.3)
    np.fill_diagonal(matrix, False)
    counts = mc.count(matrix, induced=induced, by_arc=True, num_threads=num_threads)
    one = mc.count(matrix, induced=induced, by_arc=True, num_threads=1)
    for name in SMALL:
        assert (counts.by_arc[name] == one.by_arc[name]).all()
        assert counts.by_arc[name].sum() == len(mc.ARCS[name]) * counts[name], name
    assert not counts.by_arc["030T"].flags.writeable


def test_layers_and_nodes_without_rows():
    net = mc.datasets.load("pendulum")
    counts = mc.count(net, by_arc=True, by_block=True, by_node=True)
    assert counts == mc.count(net)
    assert counts.by_arc["021C"].sum() == 2 * counts["021C"]
    assert counts.by_arc["030T"].sum() == 0
    graph = mc.Graph.from_edges([7, 50_000], [99_998, 7], 10**5)
    found = mc.count(graph, 3, by_arc=True)
    assert found.arcs.tolist() == [[7, 99_998], [50_000, 7]]
    assert (found.by_arc["021C"].tolist(), found.by_arc["012"].tolist()) == ([1, 1], [10**5 - 3] * 2)


def test_frames():
    graph = mc.Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    counts = mc.count(graph, 3, by_arc=True)
    frame = counts.to_frame(by_arc=True, nodes=graph.labels)
    assert isinstance(frame, pd.DataFrame)
    assert frame.loc[("a", "c"), ["030T", "021C"]].tolist() == [1, 1]
    assert frame.index.names == ["source", "target"]
    assert counts.to_frame(by_arc=True).index.tolist() == [(0, 1), (0, 2), (1, 2), (2, 3)]
    with pytest.raises(ValueError, match=r"^nodes must be names, one for each node, and at least 4, not 2"):
        counts.to_frame(by_arc=True, nodes=["a", "b"])
    with pytest.raises(ValueError, match=r"^counts by arc were not asked for"):
        mc.count(graph).to_frame(by_arc=True)


def test_size_4_is_refused():
    with pytest.raises(NotImplementedError, match="by_arc counts dyads and triads; leave out size 4"):
        mc.count(np.eye(5, k=1), (3, 4), by_arc=True)
