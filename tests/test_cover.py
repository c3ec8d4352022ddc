"""The null model `cover` against a literal, slow construction from the published rules (docs/null-models.md)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, kurtosis
from strategies import nets

import motifcount as mc

# ---- the rules, spelled out --------------------------------------------------------------------------------------


def put_anywhere(block, n, rng):
    empty = np.flatnonzero(block.ravel() == 0)
    block.ravel()[rng.choice(empty, n, replace=False)] = 1


def put_in_each_row(block, rows, rng):
    """One more in a random empty cell of each row; full rows have none."""
    for row in rows:
        empty = np.flatnonzero(block[row] == 0)
        if len(empty):
            block[row, rng.choice(empty)] = 1


def random_block(n_rows, n_cols, n_edges, into_last, rng):
    """A block of live sources and targets."""
    block = np.zeros((n_rows, n_cols), dtype=int)
    if n_edges > n_rows + n_cols:
        put_anywhere(block, n_edges - n_rows - n_cols, rng)
        put_in_each_row(block, range(n_rows), rng)
        put_in_each_row(block.T, range(n_cols), rng)
        put_anywhere(block, n_edges - block.sum(), rng)
    elif not into_last:
        put_anywhere(block, min(n_rows + n_cols - n_edges, n_edges - n_rows), rng)
        put_in_each_row(block, range(n_rows), rng)
        put_anywhere(block, n_edges - block.sum(), rng)
    else:
        side = min(n_rows, n_cols)
        block[range(side), range(side)] = 1
        for column in range(side, n_cols):
            if block.sum() < n_edges:
                put_in_each_row(block.T, [column], rng)
        put_in_each_row(block, range(side, n_rows), rng)
        put_anywhere(block, n_edges - block.sum(), rng)
        rng.shuffle(block, axis=0)
    return block


def random_net(masks, biases, rng):
    """Masks and biases of one random network."""
    live = [mask.any(axis=1) for mask in masks] + [np.ones(masks[-1].shape[1], dtype=bool)]
    new_masks, new_biases = [], []
    for k, mask in enumerate(masks):
        new = np.zeros_like(mask, dtype=int)
        n_rows, n_cols = live[k].sum(), live[k + 1].sum()
        if mask.any():
            block = random_block(n_rows, n_cols, mask.sum(), k + 1 == len(masks), rng)
            new[np.ix_(live[k], live[k + 1])] = block
        new_masks.append(new)
        if biases[k] is None:
            new_biases.append(None)
        else:
            new_biases.append(np.zeros(len(biases[k]), dtype=bool))
            new_biases[-1][rng.choice(np.flatnonzero(live[k + 1]), biases[k].sum(), replace=False)] = True
    return new_masks, new_biases


# ---- exact promises on every sample ------------------------------------------------------------------------------


@given(nets(max_width=6), st.booleans(), st.integers(0, 2**64 - 1))
def test_every_sample_keeps_the_promises(net, clean, seed):
    graph = net.graph().drop_ineffective() if clean else net.graph()
    masks, biases = graph.to_layers(), graph.biases or [None] * len(net.masks)
    live = [np.diff(mask.indptr) > 0 for mask in masks] + [np.ones(masks[-1].shape[1], dtype=bool)]
    room = [int(a.sum() * b.sum()) for a, b in pairwise(live)]
    n_biased = [0 if bias is None else bias.sum() for bias in biases]
    assume(all(mask.nnz <= cells for mask, cells in zip(masks, room, strict=True)))
    assume(all(n <= nodes.sum() for n, nodes in zip(n_biased, live[1:], strict=True)))
    drawn = mc.randomize(graph, "cover", seed=seed)
    assert np.array_equal(drawn.layers, graph.layers)
    for k, (new, old) in enumerate(zip(drawn.to_layers(), masks, strict=True)):
        dense = new.toarray()
        n_rows, n_cols = live[k].sum(), live[k + 1].sum()
        assert dense.sum() == old.nnz
        assert not dense[~live[k]].any()
        assert not dense[:, ~live[k + 1]].any()
        assert dense[live[k]].any(axis=1).all()
        if old.nnz > n_rows + n_cols or (k + 1 == len(masks) and old.nnz >= n_cols):
            assert dense[:, live[k + 1]].any(axis=0).all()
        if biases[k] is not None:
            assert drawn.biases[k].sum() == n_biased[k]
            assert not drawn.biases[k][~live[k + 1]].any()


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


# ---- the same distribution ---------------------------------------------------------------------------------------


def spread(rng, n_rows, n_cols, n_edges):
    """A mask in which every row and, if the edges suffice, every column has an edge."""
    mask = np.zeros((n_rows, n_cols), dtype=bool)
    mask[np.arange(n_rows), np.arange(n_rows) % n_cols] = True
    for column in np.flatnonzero(~mask.any(axis=0)):
        if mask.sum() < n_edges:
            mask[rng.integers(n_rows), column] = True
    put_anywhere(mask.view(np.int8), n_edges - mask.sum(), rng)
    return mask


def network(widths, edges, n_biased):
    rng = np.random.default_rng(sum(widths) + sum(edges))
    masks = [spread(rng, *shape, m) for shape, m in zip(pairwise(widths), edges, strict=True)]
    biases = [None if k is None else np.arange(w) < k for w, k in zip(widths[1:], n_biased, strict=True)]
    return masks, biases


TINY = {  # widths, edges
    "ample": ((3, 3), [7]),
    "ample-with-full-rows": ((4, 2), [7]),
    "last-few-rows": ((2, 4), [5]),
    "last-few-columns": ((4, 2), [5]),
    "last-square": ((3, 3), [4]),
    "last-too-few-for-all-columns": ((2, 5), [4]),
    "hidden-sparse": ((2, 3, 1), [4, 3]),
    "hidden-one-each": ((3, 3, 1), [3, 3]),
    "hidden-wide-gap": ((2, 5, 1), [3, 5]),
}


@pytest.mark.parametrize("name", TINY)
def test_tiny_networks_have_the_same_distribution(name):
    """Two samples, one of each construction, over all networks that turn up."""
    widths, edges = TINY[name]
    masks, biases = network(widths, edges, [None] * len(edges))
    graph = mc.Graph(masks)
    rng = np.random.default_rng(1)
    reference, found = Counter(), Counter()
    for seed in range(2500):
        reference[tuple(mask.tobytes() for mask in random_net(masks, biases, rng)[0])] += 1
        drawn = mc.randomize(graph, "cover", seed=seed, num_threads=1)
        found[tuple(np.asarray(mask.toarray(), dtype=int).tobytes() for mask in drawn.to_layers())] += 1
    states = sorted(reference.keys() | found.keys())
    table = np.array([[counter[state] for state in states] for counter in (reference, found)])
    rare = table.sum(axis=0) < 20
    table = np.column_stack((table[:, ~rare], table[:, rare].sum(axis=1)))
    table = table[:, table.any(axis=0)]
    assert table.shape[1] > 3
    assert chi2_contingency(table).pvalue > 1e-4


NETWORKS = {  # widths, edges, live biases of each layer
    "ample": ((12, 15, 8), [80, 60], [None, None]),
    "ample-and-nearly-full": ((6, 5, 7), [27, 33], [None, None]),
    "sparse-hidden": ((20, 18, 12, 4), [30, 25, 20], [None] * 3),
    "sparse-hidden-wide-gap": ((10, 30, 30), [25, 90], [None] * 2),
    "last-fewer-sources": ((9, 6, 14), [30, 17], [None, None]),
    "last-fewer-targets": ((9, 16, 5), [40, 19], [None, None]),
    "with-biases": ((10, 12, 9, 6), [45, 20, 13], [7, None, 4]),
    "all-rules-and-biases": ((10, 20, 15, 7), [70, 30, 20], [12, 9, 7]),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_counts_have_the_same_mean_and_deviation(name):
    masks, biases = network(*NETWORKS[name])
    graph = mc.Graph.from_layers(masks, biases)
    result = mc.significance(graph, "cover", size=(3, 4), samples=4000, seed=2)
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(700):
        random = mc.Graph.from_layers(*random_net(masks, biases, rng))
        rows.append(mc.count(random, (3, 4), num_threads=1).to_numpy())
    reference = np.array(rows).astype(float)
    for k, cls in enumerate(result.classes):
        ours, theirs = result.samples_table[:, k].astype(float), reference[:, k]
        if theirs.std() == 0 or ours.std() == 0:
            assert ours.mean() == pytest.approx(theirs.mean(), abs=0.05), cls
            continue
        error = sqrt(ours.var() / len(ours) + theirs.var() / len(theirs))
        assert abs(ours.mean() - theirs.mean()) < 4.5 * error, cls
        relative = sqrt(sum((kurtosis(x) + 2) / 4 / len(x) for x in (ours, theirs)))
        assert abs(np.log(ours.std() / theirs.std())) < 4.5 * relative, cls


# ---- what it is not, and what it does not take -------------------------------------------------------------------


def test_uniformly_random_layers_score_above_zero():
    """Not uniform: degrees vary less than in uniformly random blocks, so these score about +1.1 on 021D."""
    rng = np.random.default_rng(5)
    scores = {"cover": [], "edge_count": []}
    for seed in range(30):
        mask = np.zeros((100, 100), dtype=int)
        put_anywhere(mask, 700, rng)
        for null, z in scores.items():
            z.append(mc.significance([mask], null, samples=300, seed=seed).z["021D"])
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
    "no-room-for-biases": (
        mc.Graph.from_layers([np.eye(2), np.array([[1], [0]])], [[True, True], None]),
        "2 .*layer 0.*room for 1.*ineffective",
    ),
}


@pytest.mark.parametrize("call", [mc.randomize, mc.significance], ids=["randomize", "significance"])
@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.filterwarnings("ignore:the graph has strict levels")
def test_what_it_does_not_take(name, call):
    graph, why = REFUSED[name]
    with pytest.raises(ValueError, match=f"cover.*{why}"):
        call(graph, "cover", seed=1)


def test_a_cleaned_network_always_fits():
    assert mc.randomize(mc.Graph(CROWDED).drop_ineffective(), "cover", seed=1).n_edges == 3
