"""Blocks between any two layers, stacked into one graph."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from motifcount.graph.access import graph_of
from motifcount.inputs.masks import stacked


@st.composite
def networks(draw):
    """Widths, a mask for some of the blocks, and units with a bias for some of those, at most one in a layer."""
    widths = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    layers = range(len(widths))

    def flags(*shape):
        n = int(np.prod(shape))
        return np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool).reshape(shape)

    blocks = draw(st.sets(st.tuples(st.sampled_from(layers), st.sampled_from(layers))))
    masks = {(a, b): flags(widths[a], widths[b]) for a, b in sorted(blocks)}
    leading = {a: b for a, b in sorted(blocks) if draw(st.booleans())}
    return widths, masks, {(a, b): flags(widths[b]) for a, b in leading.items()}


@given(networks())
def test_stacked_blocks_are_a_block_matrix(network):
    widths, masks, biased = network
    with_bias = {a for a, _ in biased}
    units = [
        (layer, k) for layer, width in enumerate(widths) for k in [*range(width), *["bias"] * (layer in with_bias)]
    ]
    expected = np.zeros((len(units), len(units)), dtype=int)
    for i, (a, u) in enumerate(units):
        for j, (b, v) in enumerate(units):
            if v == "bias" or i == j:
                continue
            table = biased.get((a, b)) if u == "bias" else masks.get((a, b), {})
            if u == "bias":
                expected[i, j] = table is not None and table[v]
            elif len(table):
                expected[i, j] = table[u, v]
    rows = stacked(
        widths, {block: np.nonzero(m) for block, m in masks.items()}, {b: np.flatnonzero(f) for b, f in biased.items()}
    )
    graph = graph_of(rows)
    assert graph.to_scipy().toarray().tolist() == expected.tolist()
    assert graph.layers.tolist() == [layer for layer, _ in units]
    assert rows.groups.is_bias().tolist() == [unit == "bias" for _, unit in units]
