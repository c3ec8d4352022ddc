"""Which weights stay: the largest of each layer of each network."""

from __future__ import annotations

import torch
from torch import Tensor

from motifcount.train.config import Config
from motifcount.train.layout import Layout
from motifcount.train.stack import Stack


def n_kept(size: int, sparsity: float) -> int:
    """Return how many of `size` weights stay."""
    return size - round(sparsity * size)


def largest(weights: Tensor, mask: Tensor, sparsity: float) -> Tensor:
    """Return the mask of the largest kept weights in each row.

    Parameters
    ----------
    weights
        Shape (K, n), one row per network.
    mask
        The mask so far, bool of the same shape; what it leaves out does not come back.
    sparsity
        Exactly n - round(sparsity * n) stay. Of equal magnitudes, the first stay.

    Notes
    -----
    O(K n log n); a stable sort, so the answer is the same on every device.
    """
    scores = weights.abs().masked_fill(~mask, -1.0)
    kept = scores.argsort(dim=1, descending=True, stable=True)[:, : n_kept(weights.shape[1], sparsity)]
    return torch.zeros_like(mask).scatter_(1, kept, True) & mask


def above_cutoff(weights: Tensor, mask: Tensor, sparsity: float) -> Tensor:
    """Return the mask by the rule in the code of Zahn, Daniel and Kutz 2024, for comparisons with their results.

    The cutoff is the N-th smallest (from 0) magnitude, N = int(sparsity * n), in which pruned weights count as 0; every
    weight above it is kept, also a pruned one that was larger when it was cut. One weight fewer than meant is kept.
    """
    magnitudes = weights.abs()
    n_cut = int(sparsity * weights.shape[1])
    cutoff = magnitudes.masked_fill(~mask, 0.0).sort(dim=1).values[:, n_cut : n_cut + 1]
    return magnitudes > cutoff


def cut(stack: Stack, layout: Layout, config: Config, sparsity: float) -> None:
    """Prune every layer of every network, in place; pruned weights become 0 unless the configuration keeps them."""
    if sparsity == 0:
        return
    choose = above_cutoff if config.stale_weights else largest
    for span in (*layout.weights, *(layout.biases if config.prune_biases else ())):
        columns = slice(span.start, span.stop)
        mask = stack.mask[:, columns]
        mask.copy_(choose(stack.parameters[:, columns], mask, sparsity))
    if not config.stale_weights:
        for tensor in (stack.parameters, stack.exp_avg, stack.exp_avg_sq):
            tensor.masked_fill_(~stack.mask, 0.0)
