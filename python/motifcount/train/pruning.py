"""Which weights stay: the largest of each layer of each network."""

from __future__ import annotations

import torch
from torch import Tensor

from motifcount.train.config import Config
from motifcount.train.layout import Layout, Span
from motifcount.train.stack import Stack


def n_cut(size: int, sparsity: float, one_fewer: bool = False) -> int:
    """Return how many of `size` weights are cut; with `one_fewer`, how many by the published code."""
    return int(sparsity * size) + 1 if one_fewer else round(sparsity * size)


def largest(weights: Tensor, mask: Tensor, n: int) -> Tensor:
    """Return the mask of the largest kept weights in each row.

    Parameters
    ----------
    weights
        Shape (K, n_weights), one row per network.
    mask
        The mask so far, bool of the same shape; what it leaves out does not come back.
    n
        All but so many stay. Of equal magnitudes, the first stay.

    Notes
    -----
    O(K n log n); a stable sort, so the answer is the same on every device.
    """
    scores = weights.abs().masked_fill(~mask, -1.0)
    kept = scores.argsort(dim=1, descending=True, stable=True)[:, : weights.shape[1] - n]
    return torch.zeros_like(mask).scatter_(1, kept, True) & mask


def cutoff(weights: Tensor, mask: Tensor, n: int) -> Tensor:
    """Return the n-th smallest magnitude of each row, (K, 1), in which pruned weights count as 0; -1 for n = 0."""
    magnitudes = weights.abs().masked_fill(~mask, 0.0).sort(dim=1).values
    return magnitudes[:, n - 1 : n] if n else torch.full_like(magnitudes[:, :1], -1.0)


def cut(stack: Stack, layout: Layout, config: Config, sparsity: float) -> None:
    """Prune every layer of every network, in place; pruned weights become 0 unless the configuration keeps them."""
    if sparsity == 0:
        return
    for weights, biases in zip(layout.weights, layout.biases, strict=True):
        limit = _cut_span(stack, config, sparsity, weights)
        if config.prune_biases:
            _cut_span(stack, config, sparsity, biases)
        elif config.biases_by_weights:
            _keep_above(stack, config, biases, limit)
    if not config.stale_weights:
        for tensor in (stack.parameters, stack.exp_avg, stack.exp_avg_sq):
            tensor.masked_fill_(~stack.mask, 0.0)


def _cut_span(stack: Stack, config: Config, sparsity: float, span: Span) -> Tensor:
    """Prune the weights or the biases of a layer among themselves; return the cutoff of each network."""
    values, mask = (tensor[:, span.start : span.stop] for tensor in (stack.parameters, stack.mask))
    n = n_cut(span.size, sparsity, config.one_fewer)
    limit = cutoff(values, mask, n)
    if config.stale_weights:
        _keep_above(stack, config, span, limit)
    else:
        mask.copy_(largest(values, mask, n))
    return limit


def _keep_above(stack: Stack, config: Config, span: Span, limit: Tensor) -> None:
    """Keep what is larger than the cutoff; of stale weights, also what was so when it was cut."""
    values, mask = (tensor[:, span.start : span.stop] for tensor in (stack.parameters, stack.mask))
    above = values.abs() > limit
    mask.copy_(above if config.stale_weights else above & mask)
