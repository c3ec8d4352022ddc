"""Layers whose incoming arcs no null model moves, as the sums of a residual network have them."""

from __future__ import annotations

import numpy as np
import pytest

import motifcount as mc
from motifcount.graph.access import fingerprint, graph_of
from support.realizations import many, p_uniform, pack, realizations

N = 8
LAYERS = [0, 0, 1, 1, 2, 2, 3, 3]  # layer 2 is the sum of layers 0 and 1
ARCS = [(0, 2), (1, 3), (0, 4), (1, 5), (2, 4), (3, 5), (4, 6), (5, 7), (2, 6), (3, 7)]
PINNED = (2,)
NULLS = {
    "degree": (mc.nulls.Degree(swaps_per_edge=40), "degrees"),
    "keep_mutual": (mc.nulls.Degree(swaps_per_edge=40, keep_mutual=True), "degrees"),
    "edge_count": (mc.nulls.EdgeCount(), "edges"),
    "dyad_count": (mc.nulls.DyadCount(), "dyads"),
}


def pinned_graph():
    graph = mc.Graph.from_edges(*zip(*ARCS, strict=True), N, LAYERS)
    rows = graph.__reduce__()[1][0]
    return graph_of(rows._replace(groups=rows.groups._replace(pinned_layers=PINNED)))


@pytest.mark.slow
@pytest.mark.parametrize("null", NULLS)
def test_uniform_over_all_graphs_that_leave_them_in_place(null):
    model, keep = NULLS[null]
    states = realizations(N, ARCS, LAYERS, keep=keep, pinned=PINNED)
    free = realizations(N, ARCS, LAYERS, keep=keep)
    assert 1 < len(states) < len(free)
    found = many(N, [pack(N, ARCS)] * (100 * len(states)), model, 1, LAYERS, PINNED)
    assert p_uniform(found, states) > 1e-4


@pytest.mark.parametrize("null", NULLS)
def test_their_arcs_stay_and_others_move(null):
    graph = pinned_graph()
    before = graph.to_scipy().toarray()
    into_sum = graph.layers == 2
    drawn = [mc.randomize(graph, NULLS[null][0], seed=seed) for seed in range(20)]
    assert all((d.to_scipy().toarray()[:, into_sum] == before[:, into_sum]).all() for d in drawn)
    assert any((d.to_scipy().toarray() != before).any() for d in drawn)
    assert all(d.pinned_layers == (2,) for d in drawn)
    assert mc.significance(graph, NULLS[null][0], size=3, samples=20).observed["030T"] == 4


def test_what_knows_no_pinned_layers_refuses_them():
    net = mc.Graph.from_layers([np.ones((2, 3)), np.eye(3)])
    rows = net.__reduce__()[1][0]
    pinned = graph_of(rows._replace(groups=rows.groups._replace(pinned_layers=(2,))))
    with pytest.raises(NotImplementedError, match=r"cover.*stay in place"):
        mc.randomize(pinned, "cover")
    with pytest.raises(NotImplementedError, match=r"closed forms.*arcs stay in place"):
        mc.significance(pinned, "edge_count", samples=0)
    assert fingerprint(pinned) != fingerprint(net)
    assert net.pinned_layers == ()
