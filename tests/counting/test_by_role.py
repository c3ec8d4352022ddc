"""Counts by role: equal to brute force for every class and role, and in sum the counts by node."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import motifcount as mc
from motifcount.motifs import families
from support import instances
from support.strategies import at_most, nets
from support.tetrads import digraphs


def brute_force(matrix, size):
    """By class, int64 of shape (n_nodes, roles)."""
    found = {}
    for name, rows in instances.instances_by_class(matrix, size).items():
        role = families.find(name)[0].roles[name]
        column = {first: k for k, first in enumerate(sorted(set(role)))}
        found[name] = np.zeros((len(matrix), len(column)), dtype=np.int64)
        for row in rows:
            for place, node in enumerate(row):
                found[name][node, column[role[place]]] += 1
    return found


@pytest.mark.parametrize("size", [2, 3, 4])
@given(matrix=digraphs(least=2, most=7))
@at_most(25)
def test_equal_to_brute_force(size, matrix):
    counts = mc.count(matrix, size, by_role=True)
    assert counts == mc.count(matrix, size)
    for name, expected in brute_force(matrix, size).items():
        assert counts.by_role[name].tolist() == expected.tolist(), name


@given(matrix=digraphs(least=3, most=6))
@at_most(10)
def test_subgraphs_by_role(matrix):
    """Of each subset of the arcs among every three nodes."""
    counts = mc.count(matrix, 3, induced=False, by_role=True)
    expected = {name: np.zeros((len(matrix), len(mc.ROLES[name])), np.int64) for name in mc.CLASSES[3]}
    n = len(matrix)
    for nodes in ((a, b, c) for a in range(n) for b in range(a) for c in range(b)):
        inside = np.argwhere(matrix[np.ix_(nodes, nodes)]).tolist()
        for subset in range(1 << len(inside)):
            part = np.zeros((3, 3), bool)
            for k, (u, v) in enumerate(inside):
                part[u, v] = subset >> k & 1
            for name, found in brute_force(part, 3).items():
                expected[name][list(nodes)] += found
    for name in mc.CLASSES[3]:
        assert counts.by_role[name].tolist() == expected[name].tolist(), name


@given(nets())
@at_most(20)
def test_layered_graphs_have_the_roles_of_the_ten(net):
    graph = net.graph()
    counts = mc.count(graph, (3, 4), by_role=True, by_node=True)
    expected = brute_force(graph.to_scipy().toarray(), 4)
    assert sum(len(mc.ROLES[name]) for name in mc.LAYERED_TETRADS) == 31
    for name in mc.CLASSES[4]:
        assert counts.by_role[name].tolist() == expected[name].tolist()


def test_sums_and_threads(num_threads):
    rng = np.random.default_rng(4)
    density = np.sqrt(np.linspace(0.8, 0.02, 150))
    matrix = rng.random((150, 150)) < density[:, None] * density
    matrix |= matrix.T & (rng.random((150, 150)) < 0.3)
    for induced in (True, False):
        counts = mc.count(matrix, (2, 3, 4), induced=induced, by_role=True, num_threads=num_threads)
        nodes = mc.count(matrix, (2, 3, 4), induced=induced, by_node=True, num_threads=1)
        assert counts == nodes == mc.count(matrix, (2, 3, 4), induced=induced)
        assert counts.by_node is None
        for name, table in counts.by_role.items():
            assert table.sum(axis=1).tolist() == nodes.by_node[name].tolist(), (name, induced)
            assert table.shape[1] == len(mc.ROLES[name])
        assert not counts.by_role["030T"].flags.writeable


def test_numbers_of_roles():
    sizes = {2: 4, 3: 36, 4: 697}
    assert {size: sum(len(mc.ROLES[name]) for name in mc.CLASSES[size]) for size in sizes} == sizes
    assert mc.ROLES["030T"] == ("a", "b", "c")
    assert (mc.ROLES["bifan"], mc.ROLES["300"]) == (("a", "c"), ("a",))


def test_nodes_without_rows():
    graph = mc.Graph.from_edges([7, 50_000], [99_998, 7], 10**5)
    found = mc.count(graph, (2, 3), by_role=True, by_node=True)
    centre, target, source = [1, 0, 0], [0, 0, 1], [0, 1, 0]  # 021C is a -> c, b -> a
    assert found.by_role["021C"][[7, 99_998, 50_000, 3]].tolist() == [centre, target, source, [0, 0, 0]]
    for name in (*mc.CLASSES[2], *mc.CLASSES[3]):
        assert (found.by_role[name].sum(axis=1) == found.by_node[name]).all()


def test_frames():
    graph = mc.Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c")])
    counts = mc.count(graph, 3, by_role=True, by_node=True)
    frame = counts.to_frame(by_role=True, nodes=graph.labels)
    assert frame.loc["b", ["030T.a", "030T.b", "030T.c"]].tolist() == [0, 1, 0]
    assert (frame.index.name, frame.shape) == ("node", (3, 36))
    assert counts.to_frame(by_node=True)["030T"].tolist() == [1, 1, 1]
    assert isinstance(frame, pd.DataFrame)
    with pytest.raises(ValueError, match=r"^nodes must be 3 names, one for each node, not 2"):
        counts.to_frame(by_role=True, nodes=["a", "b"])
    with pytest.raises(ValueError, match=r"^nodes must be None where"):
        counts.to_frame(nodes=["a", "b"])
    with pytest.raises(ValueError, match=r"^by_node and by_role must not both be True"):
        counts.to_frame(by_role=True, by_node=True)
    with pytest.raises(ValueError, match=r"^counts by role were not asked for"):
        mc.count(graph).to_frame(by_role=True)


@pytest.mark.parametrize("layered", [False, True])
def test_files(tmp_path, layered):
    graph = mc.Graph.from_layers([np.ones((2, 3)), np.ones((3, 2))]) if layered else mc.Graph(np.eye(6, k=1))
    counts = mc.count(graph, (3, 4), by_role=True)
    counts.save(tmp_path / "counts.zip")
    again = mc.MotifCounts.load(tmp_path / "counts.zip")
    assert again == counts
    assert list(again.by_role) == list(counts.by_role)
    for name in (*mc.CLASSES[3], *mc.CLASSES[4]):
        assert again.by_role[name].tolist() == counts.by_role[name].tolist()
