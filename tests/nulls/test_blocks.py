"""Blocks between groups of nodes, and which of them the degrees fix: by enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import motifcount as mc


def has_other(matrix, within):
    """Whether some other 0/1 matrix has the same margins, with an empty diagonal within a group."""
    shape, rows, columns = matrix.shape, matrix.sum(axis=1), matrix.sum(axis=0)
    for cells in product((0, 1), repeat=matrix.size):
        other = np.array(cells).reshape(shape)
        if within and other.trace():
            continue
        if (other.sum(axis=1) == rows).all() and (other.sum(axis=0) == columns).all() and (other != matrix).any():
            return True
    return False


@pytest.mark.parametrize("seed", range(12))
def test_choice_is_that_of_enumeration(seed):
    rng = np.random.default_rng(seed)
    groups = np.repeat(["tf", "gene 10", "gene 9"], 3)[rng.permutation(9)]
    matrix = rng.random((9, 9)) < 0.35
    np.fill_diagonal(matrix, False)
    blocks = mc.nulls.blocks(mc.Graph(matrix, layers=groups))
    found = {}
    for a, b in product(["gene 9", "gene 10", "tf"], repeat=2):
        part = matrix[np.ix_(groups == a, groups == b)].astype(int)
        if part.any():
            found[a, b] = (3, 3, part.sum(), has_other(part, a == b))
    assert {(block.source, block.target): tuple(block[2:]) for block in blocks} == found
    assert list(found) == [(block.source, block.target) for block in blocks]  # in the order of the groups


def test_one_block_without_groups_and_none_without_edges():
    assert mc.nulls.blocks(np.eye(3, k=1)) == ((0, 0, 3, 3, 2, False),)
    assert mc.nulls.blocks(np.roll(np.eye(3), 1, axis=1)) == ((0, 0, 3, 3, 3, True),)
    assert mc.nulls.blocks(np.zeros((3, 3))) == ()
    graph = mc.Graph(np.zeros((3, 3)), layers=["a", "b", "a"])
    assert mc.nulls.blocks(graph) == ()


def choices(graph, **kept):
    return [block.has_choice for block in mc.nulls.blocks(graph, mc.nulls.Degree(**kept))]


def test_what_is_not_known_where_more_than_degrees_is_kept():
    """Blocks: a cycle of four nodes, which has other states; two edges from these to two others, too; one edge back."""
    cycle, there, back = [(0, 1), (1, 2), (2, 3), (3, 0)], [(0, 4), (1, 5)], [(4, 0)]
    groups = ["a"] * 4 + ["b"] * 2
    one_way = mc.Graph.from_edges(*np.array(cycle + there).T, 6, groups)
    assert choices(one_way) == [True, True]
    assert choices(one_way, keep_mutual=True) == [None, True]
    assert choices(one_way, keep_triads=True) == [None, None]
    both_ways = mc.Graph.from_edges(*np.array(cycle + there + back).T, 6, groups)
    assert choices(both_ways) == [True, True, False]
    assert choices(both_ways, keep_mutual=True) == [None, None, False]
    signs = both_ways.to_scipy().astype(int)
    signs.data[::2] = -1
    signed = mc.Graph(signs, layers=groups, kinds="sign")
    assert choices(signed, keep_kinds=True) == [None, None, None]


def test_a_null_model_that_keeps_no_degrees_is_refused():
    with pytest.raises(ValueError, match='null must be "degree"'):
        mc.nulls.blocks(np.eye(3, k=1), "edge_count")
