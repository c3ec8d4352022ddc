"""Which weights stay: exact numbers, ties, monotone masks, biases; the published rules in test_published_rules.py."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from motifcount.train.layout import Layout
from motifcount.train.pruning import cut, largest, n_cut
from motifcount.train.stack import Stack
from support import training

# Few values, so that there are ties and zeros.
VALUES = st.sampled_from([0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 1e-30])
SPARSITY = st.integers(0, 99).map(lambda percent: percent / 100)


@st.composite
def rows(draw):
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 40)))
    values = draw(st.lists(VALUES, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    return torch.tensor(values).reshape(shape)


@given(rows(), st.lists(SPARSITY, min_size=1, max_size=4, unique=True).map(sorted))
def test_kept_numbers_are_exact_and_masks_monotone(weights, sparsities):
    kept = torch.ones_like(weights, dtype=torch.bool)
    for sparsity in sparsities:
        n = weights.shape[1]
        mask = largest(weights, kept, n_cut(n, sparsity))
        assert mask.sum(1).tolist() == [n - round(sparsity * n)] * len(weights)
        assert not (mask & ~kept).any()
        kept = mask
        weights = weights.roll(1, dims=1)  # as if trained: others are the largest now


@given(rows(), SPARSITY)
def test_the_largest_stay_and_of_equals_the_first(weights, sparsity):
    mask = largest(weights, torch.ones_like(weights, dtype=torch.bool), n_cut(weights.shape[1], sparsity))
    for row, kept in zip(weights.abs().tolist(), mask.tolist(), strict=True):
        order = sorted(range(len(row)), key=lambda i: (-row[i], i))
        assert np.flatnonzero(kept).tolist() == sorted(order[: sum(kept)])


@pytest.mark.parametrize("size", [7, 112, 999, 4000, 6400])
@pytest.mark.parametrize("sparsity", [0.15, 0.25, 0.35, 0.45, 0.55, 0.85, 0.91, 0.93, 0.98])
def test_kept_numbers_of_the_study(size, sparsity):
    weights = torch.randn(2, size, generator=torch.Generator().manual_seed(size))
    n = n_cut(size, sparsity)
    mask = largest(weights, torch.ones_like(weights, dtype=torch.bool), n)
    assert mask.sum(1).tolist() == [size - round(sparsity * size)] * 2


def pruned(sparsities, **changes):
    config = training.config(**changes)
    layout = Layout(config.layer_widths)
    stack = Stack.initial(config, layout, torch.device("cpu"))
    generator = torch.Generator().manual_seed(0)
    for tensor in (stack.parameters, stack.exp_avg, stack.exp_avg_sq):
        tensor.copy_(torch.randn(tensor.shape, generator=generator))
    before = stack.parameters.clone()
    for sparsity in sparsities:
        cut(stack, layout, config, sparsity)
    return stack, layout, before


def live_numbers(stack, spans):
    return [[int(row[span.start : span.stop].sum()) for span in spans] for row in stack.mask]


def test_each_layer_of_each_network_is_cut_for_itself():
    stack, layout, before = pruned([0.4])
    assert live_numbers(stack, layout.weights) == [[30 - 12, 80 - 32, 16 - 6]] * 3
    for span in layout.weights:
        columns = slice(span.start, span.stop)
        expected = largest(before[:, columns], torch.ones(3, span.size, dtype=torch.bool), n_cut(span.size, 0.4))
        assert torch.equal(stack.mask[:, columns], expected)


def test_the_dead_lose_their_weights_and_moments():
    stack, _, before = pruned([0.4, 0.7])
    for tensor in (stack.parameters, stack.exp_avg, stack.exp_avg_sq):
        assert not tensor[~stack.mask].any()
        assert tensor[stack.mask].all()
    assert torch.equal(stack.parameters[stack.mask], before[stack.mask])


def test_biases_are_kept():
    stack, layout, _ = pruned([0.4, 0.7])
    assert live_numbers(stack, layout.biases) == [[10, 8, 2]] * 3


def test_or_cut_among_themselves():
    stack, layout, before = pruned([0.4], prune_biases=True)
    assert live_numbers(stack, layout.biases) == [[10 - 4, 8 - 3, 2 - 1]] * 3
    for span in layout.biases:
        magnitudes = before[:, span.start : span.stop].abs()
        kept = stack.mask[:, span.start : span.stop]
        for row, alive in zip(magnitudes, kept, strict=True):
            assert row[alive].min() > row[~alive].max()


def test_stale_weights_are_kept_and_do_not_count():
    stack, _, before = pruned([0.4], stale_weights=True)
    assert torch.equal(stack.parameters, before)
    assert not stack.kept()[~stack.mask].any()


def test_no_cut_at_sparsity_0():
    for stale in (False, True):
        stack, layout, _ = pruned([0.0], stale_weights=stale)
        assert live_numbers(stack, layout.weights) == [[30, 80, 16]] * 3


def test_padding_is_never_live():
    stack, layout, _ = pruned([0.0])
    assert layout.length % 16 == 0
    assert all(span.start % 16 == 0 for span in (*layout.weights, *layout.biases))
    assert int(stack.mask[0].sum()) == 30 + 10 + 80 + 8 + 16 + 2
