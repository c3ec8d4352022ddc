"""What `cover` promises of every sample, what it is not, and what it does not take."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import motifcount as mc
from support.strategies import nets


@given(nets(max_width=6), st.booleans(), st.integers(0, 2**64 - 1))
def test_every_sample_keeps_the_promises(net, clean, seed):
    graph = net.graph().drop_ineffective() if clean else net.graph()
    masks, biases = graph.to_layers(), graph.biases or [None] * len(net.masks)
    sending = [np.diff(mask.indptr) > 0 for mask in masks] + [np.ones(masks[-1].shape[1], dtype=bool)]
    room = [int(a.sum() * b.sum()) for a, b in pairwise(sending)]
    n_biased = [0 if bias is None else bias.sum() for bias in biases]
    assume(all(mask.nnz <= cells for mask, cells in zip(masks, room, strict=True)))
    drawn = mc.randomize(graph, "cover", seed=seed)
    assert np.array_equal(drawn.layers, graph.layers)
    for k, (new, old) in enumerate(zip(drawn.to_layers(), masks, strict=True)):
        dense = new.toarray()
        n_rows, n_cols = sending[k].sum(), sending[k + 1].sum()
        assert dense.sum() == old.nnz
        assert not dense[~sending[k]].any()
        assert not dense[:, ~sending[k + 1]].any()
        assert dense[sending[k]].any(axis=1).all()
        if old.nnz > n_rows + n_cols or (k + 1 == len(masks) and old.nnz >= n_cols):
            assert dense[:, sending[k + 1]].any(axis=0).all()
        if biases[k] is not None:
            assert drawn.biases[k].sum() == n_biased[k]


def test_edges_of_dead_nodes_go_to_live_ones():
    """Unit 2 of the hidden layer has no edge out: it gets none in. Unit 0 of the first layer sends nothing."""
    first = np.array([[0, 0, 0], [1, 0, 1], [0, 1, 1]])
    graph = mc.Graph([first, np.array([[1], [1], [0]])])
    for seed in range(20):
        drawn = mc.randomize(graph, "cover", seed=seed).to_layers()[0].toarray()
        assert np.array_equal(drawn, [[0, 0, 0], [1, 1, 0], [1, 1, 0]])


def test_it_is_drawn_by_seed(num_threads):
    graph = mc.datasets.load("pendulum").drop_ineffective()
    one = mc.randomize(graph, "cover", seed=3, num_threads=1)
    assert mc.randomize(graph, mc.nulls.Cover(), seed=3, num_threads=num_threads) == one
    assert mc.randomize(graph, "cover", seed=4, num_threads=num_threads) != one


# ---- what it is not, and what it does not take -------------------------------------------------------------------


@pytest.mark.slow
def test_uniformly_random_layers_score_above_zero():
    """Not uniform: degrees vary less than in uniformly random blocks, so these score about +1.1 on 021D."""
    rng = np.random.default_rng(5)
    scores = {"cover": [], "edge_count": []}
    for seed in range(30):
        mask = rng.permutation(np.arange(10_000) < 700).reshape(100, 100)
        for null, z in scores.items():
            z.append(mc.significance([mask], null, size=3, samples=300, seed=seed).z["021D"])
    assert np.mean(scores["cover"]) == pytest.approx(1.1, abs=0.6)
    assert np.mean(scores["cover"]) > 0.5
    assert abs(np.mean(scores["edge_count"])) < 0.5


CROWDED = [np.array([[1, 1], [1, 1]]), np.array([[1], [0]])]
REFUSED = {
    "no-layers": (mc.Graph(np.eye(4, k=1)), "strictly layered"),
    "skip": (mc.Graph(np.triu(np.ones((3, 3)), 1), layers=[0, 1, 2]), "strictly layered"),
    "downwards": (mc.Graph.from_edges([1], [0], layers=[0, 1]), "strictly layered"),
    "within-a-layer": (mc.Graph.from_edges([0], [1], layers=[0, 0]), "strictly layered"),
    "no-room": (mc.Graph(CROWDED), "4 .*layer 0.*room for 2.*ineffective"),
}


@pytest.mark.parametrize("call", [mc.randomize, mc.significance], ids=["randomize", "significance"])
@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.filterwarnings("ignore:the graph has ")
def test_what_it_does_not_take(name, call):
    graph, why = REFUSED[name]
    with pytest.raises(ValueError, match=f"cover.*{why}"):
        call(graph, "cover", seed=1)


def test_a_cleaned_network_always_fits():
    assert mc.randomize(mc.Graph(CROWDED).drop_ineffective(), "cover", seed=1).n_edges == 3


def test_biases_fit_without_cleaning():
    """Biases of dead units stay biases of any unit."""
    graph = mc.Graph.from_layers([np.eye(2), np.array([[1], [0]])], [[True, True], None])
    assert mc.randomize(graph.drop_ineffective(), "cover", seed=1).biases[0].all()
    crowded = mc.Graph.from_layers([np.array([[1, 0], [0, 0]]), np.array([[1], [0]])], [[True, True], None])
    assert mc.randomize(crowded, "cover", seed=1).biases[0].tolist() == [True, True]
