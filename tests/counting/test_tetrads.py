"""Size 4 on strictly layered graphs: equal to brute force and to matrix products, on every path of the counter."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support import oracles
from support.strategies import nets


def arcs_of(graph):
    return set(zip(*(ends.tolist() for ends in graph.to_scipy().nonzero()), strict=True))


@given(nets(max_width=3, max_masks=3))
def test_equals_brute_force(net):
    graph = net.graph()
    expected = oracles.counts(graph.n_nodes, arcs_of(graph), 4)
    assert mc.count(graph, 4) == expected
    assert mc.count(graph.to_scipy(), 4) == expected  # levels found


@given(nets(max_width=3, max_masks=2))
def test_subgraph_counts_equal_brute_force(net):
    graph = net.graph()
    expected = oracles.counts(graph.n_nodes, arcs_of(graph), 4, induced=False)
    assert mc.count(graph, 4, induced=False) == expected


@given(nets(), nets(), st.randoms(use_true_random=False))
def test_levels_are_found_in_any_order_and_part(one, two, random):
    both = sp.coo_array(sp.block_diag([net.graph().to_scipy() for net in (one, two)]))
    order = list(range(both.shape[0]))
    random.shuffle(order)
    src, dst = (np.array(order)[ends] for ends in both.coords)
    a, b = (mc.count(net.graph(), 4) for net in (one, two))
    found = mc.count(mc.Graph.from_edges(src, dst, len(order)), 4)
    assert found == {name: a[name] + b[name] for name in mc.LAYERED_TETRADS}


@given(nets(max_width=8))
def test_equals_matrix_products(net):
    masks = [sp.csr_array(mask) for mask in net.masks]
    assert mc.count(masks, 4) == oracles.layered_tetrads(masks)


def random_masks(widths, n_edges, seed=0):
    rng = np.random.default_rng(seed)
    return [
        sp.random_array((rows, cols), density=min(1, n_edges / rows / cols), rng=rng, format="csr", dtype=bool)
        for rows, cols in pairwise(widths)
    ]


# Rows compared as bits or followed as wedges, from sources or from targets: chosen by size, density and shape.
SHAPES = {
    "dense": ((300, 300, 300), 36_000),
    "full": ((40, 50, 60), 10**9),
    "below-a-word": ((63, 64, 65, 127, 128, 129), 1500),
    "big-and-sparse": ((3000, 3000, 3000), 4000),
    "big-and-busier": ((3000, 3000, 3000), 60_000),
    "fan-out": ((3, 3000, 3), 3000),
    "fan-in": ((1500, 4, 1500), 3000),
    "single-nodes": ((1, 2000, 1, 2000, 1), 3000),
    "half-packed": ((2000, 30, 2000, 400), 8000),
}


@pytest.mark.slow
@pytest.mark.parametrize(("widths", "n_edges"), SHAPES.values(), ids=SHAPES)
def test_every_size_equals_matrix_products(widths, n_edges, num_threads):
    masks = random_masks(widths, n_edges)
    assert mc.count(masks, 4, num_threads=num_threads) == oracles.layered_tetrads(masks)


@pytest.mark.slow
@pytest.mark.parametrize("turned", [False, True], ids=["sources", "targets"])
def test_hubs_equal_matrix_products(turned):
    """A few rows with many entries among thousands of nearly empty ones."""
    masks = random_masks((4000, 5000, 3000), 5000, seed=3)
    masks[0] = masks[0].tolil()
    masks[0][:3] = np.random.default_rng(4).random((3, 5000)) < 0.5
    if turned:
        masks = [mask.T for mask in reversed(masks)]
    assert mc.count(masks, 4) == oracles.layered_tetrads(masks)


def test_reversal_swaps_in_and_out():
    masks = random_masks((20, 40, 30, 10), 150)
    mirrored = {"out_star": "in_star", "y_out": "y_in", "chain_then_in": "out_then_chain"}
    mirrored |= {new: old for old, new in mirrored.items()}
    turned = mc.count([mask.T for mask in reversed(masks)], 4)
    assert {mirrored.get(name, name): count for name, count in turned.items()} == mc.count(masks, 4)


def test_subgraph_counts_are_sums_over_degrees():
    """In subgraph counts, stars and paths do not see what else is there."""
    masks = random_masks((20, 40, 30, 10), 150)
    found = mc.count(masks, 4, induced=False)
    induced = oracles.layered_tetrads(masks)
    assert found["zigzag"] == induced["zigzag"] + 4 * induced["bifan"]
    for name in ("chain_then_in", "out_then_chain"):
        assert found[name] == induced[name] + 2 * induced["biparallel"]
    same = ("out_star", "in_star", "chain4", "y_out", "y_in", "bifan", "biparallel")
    assert all(found[name] == induced[name] for name in same)


@given(nets(max_width=8))
def test_index_types_do_not_matter(net):
    narrow = net.graph().to_scipy()
    wide = narrow.copy()
    wide.indptr, wide.indices = narrow.indptr.astype(np.int64), narrow.indices.astype(np.int64)
    assert mc.count(wide, (2, 3, 4)) == mc.count(narrow, (2, 3, 4))
