"""The null model `cover` against a literal, slow construction from the published rules (docs/null-models.md)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from scipy.stats import binomtest, chi2_contingency, kurtosis

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
    """A block of sending sources and targets."""
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
    sending = [mask.any(axis=1) for mask in masks] + [np.ones(masks[-1].shape[1], dtype=bool)]
    new_masks, new_biases = [], []
    for k, mask in enumerate(masks):
        new = np.zeros_like(mask, dtype=int)
        n_rows, n_cols = sending[k].sum(), sending[k + 1].sum()
        if mask.any():
            block = random_block(n_rows, n_cols, mask.sum(), k + 1 == len(masks), rng)
            new[np.ix_(sending[k], sending[k + 1])] = block
        new_masks.append(new)
        if biases[k] is None:
            new_biases.append(None)
        else:
            new_biases.append(np.zeros(len(biases[k]), dtype=bool))
            new_biases[-1][rng.choice(len(biases[k]), biases[k].sum(), replace=False)] = True
    return new_masks, new_biases


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


@pytest.mark.slow
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


NETWORKS = {  # widths, edges, kept biases of each layer
    "ample": ((12, 15, 8), [80, 60], [None, None]),
    "ample-and-nearly-full": ((6, 5, 7), [27, 33], [None, None]),
    "sparse-hidden": ((20, 18, 12, 4), [30, 25, 20], [None] * 3),
    "sparse-hidden-wide-gap": ((10, 30, 30), [25, 90], [None] * 2),
    "last-fewer-sources": ((9, 6, 14), [30, 17], [None, None]),
    "last-fewer-targets": ((9, 16, 5), [40, 19], [None, None]),
    "with-biases": ((10, 12, 9, 6), [45, 20, 13], [7, None, 4]),
    "all-rules-and-biases": ((10, 20, 15, 7), [70, 30, 20], [12, 9, 7]),
}


@pytest.mark.slow
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


def test_a_sparse_hidden_block_by_hand():
    """Three sources, four targets, five edges: two random cells, then one in each row.

    A block with row sums r has weight prod(r_i / (5 - r_i)): any of a row's cells may be the one that came last, out
    of 4 - (r_i - 1) empty ones. The 192 blocks with sums 3 1 1 weigh 3 / 32 each, the 432 with 2 2 1 weigh 4 / 36.
    So 3 in 11 are of the first kind, which have three pairs of edges in a row, not two. (First the rows, then random
    cells, would make it 1 in 4.)
    """
    graph = mc.Graph(network((3, 4, 1), [5, 4], [None, None])[0])
    result = mc.significance(graph, "cover", size=3, samples=30_000, seed=1)
    pairs = result.samples_table[:, result.classes.index("021D")]
    assert set(pairs.tolist()) == {2, 3}
    assert binomtest(int((pairs == 3).sum()), len(pairs), 3 / 11).pvalue > 1e-3
    assert binomtest(int((pairs == 3).sum()), len(pairs), 1 / 4).pvalue < 1e-9
