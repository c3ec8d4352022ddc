"""Modules with several inputs and outputs: which layers are these, and what cleaning up and paths make of them."""

from __future__ import annotations

import numpy as np
import pytest
from torch import nn

import motifcount as mc
from support.modules import blocks_of, set_sparse_ones


class TwoInputsTwoHeads(nn.Module):
    """The second input comes in late, and the first head leaves early."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c, self.d = nn.Linear(4, 5), nn.Linear(5, 6), nn.Linear(6, 5), nn.Linear(3, 5)
        self.early, self.last = nn.Linear(5, 2), nn.Linear(5, 2)

    def forward(self, x, late):
        y = self.a(x).relu()
        z = self.c(self.b(y).relu()) + self.d(late)
        return self.early(y), self.last(z.relu())


def names_of_nodes(graph):
    return np.array(graph.layer_names)[np.unique(graph.layers, return_inverse=True)[1]]


def test_nothing_that_matters_is_cleaned_away():
    net = TwoInputsTwoHeads()
    for parameter in net.parameters():
        nn.init.ones_(parameter)
    graph = mc.Graph.from_module(net, ((1, 4), (1, 3)))
    assert graph.drop_ineffective() == graph
    assert blocks_of(graph).keys() >= {("late", "d"), ("a", "early")}


def test_cleaned_up_by_the_literal_rule():
    """A node stays if it is an input, an output, or on a way from one of the former to one of the latter."""
    for seed in range(8):
        graph = mc.Graph.from_module(set_sparse_ones(TwoInputsTwoHeads(), 0.3, seed), ((1, 4), (1, 3)))
        names = names_of_nodes(graph)
        matrix = graph.to_scipy().toarray().astype(object)
        ways = np.eye(len(matrix), dtype=object)
        for _ in range(8):
            ways = ways + ways @ matrix
        inputs, outputs = np.isin(names, ["x", "late"]), np.isin(names, ["early", "last"])
        through = (ways[inputs] > 0).any(axis=0) & (ways[:, outputs] > 0).any(axis=1)
        expected = sorted(names[inputs | outputs | through])
        assert sorted(names_of_nodes(graph.drop_ineffective())) == expected
        assert len(expected) < len(names)
        paths = mc.count_paths(graph)
        assert np.array_equal(paths.is_effective, through)
        by_hand = np.linalg.matrix_power(matrix + np.eye(len(matrix), dtype=object), 0)
        total = 0
        for _ in range(8):
            total += by_hand[np.ix_(inputs, outputs)].sum()
            by_hand = by_hand @ matrix
        assert paths.total == total


def test_more_inputs_than_the_module_takes():
    with pytest.raises(ValueError, match=r"takes 2 positional arguments but 3 were given"):
        mc.Graph.from_module(nn.Linear(4, 2), ((1, 4), (1, 3)))
