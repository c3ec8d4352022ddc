"""Where each layer's weights and biases lie in the row of numbers that is one network."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.train import streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from motifcount.train.config import Config


class Span(NamedTuple):
    """The weights or the biases of one layer: entries start to stop, of shape (n_in, n_out) or (1, n_out)."""

    start: int
    stop: int
    shape: tuple[int, int]

    @property
    def size(self) -> int:
        return self.stop - self.start


def _aligned(start: int) -> int:
    return -(-start // 16) * 16  # float32 in 64 bytes


class Layout:
    """A network's numbers in one row: weights, then biases, layer by layer.

    K networks are one tensor of shape (K, length), in which a layer of all networks is a view. Spans start at multiples
    of 64 bytes: matrix products round differently where data are aligned differently, and a network must not notice
    which row it is in.
    """

    weights: tuple[Span, ...]
    biases: tuple[Span, ...]
    length: int

    def __init__(self, widths: Sequence[int]) -> None:
        spans: list[Span] = []
        for n_in, n_out in pairwise(widths):
            for shape in ((n_in, n_out), (1, n_out)):
                start = _aligned(spans[-1].stop) if spans else 0
                spans.append(Span(start, start + shape[0] * shape[1], shape))
        self.weights, self.biases = tuple(spans[::2]), tuple(spans[1::2])
        self.length = _aligned(spans[-1].stop)

    def layers(self, stack: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Return views of a (K, length) tensor: by layer, weights (K, n_in, n_out) and biases (K, 1, n_out)."""
        return [
            (stack[:, w.start : w.stop].view(-1, *w.shape), stack[:, b.start : b.stop].view(-1, *b.shape))
            for w, b in zip(self.weights, self.biases, strict=True)
        ]

    def all_live(self) -> npt.NDArray[np.bool_]:
        """Return the mask of a network before pruning, (length,); what pads spans is never kept."""
        row = np.zeros(self.length, dtype=bool)
        for span in (*self.weights, *self.biases):
            row[span.start : span.stop] = True
        return row

    def masks(self, row: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.bool_]]:
        """Return the kept weights of a network's (length,) mask, by layer (n_in, n_out)."""
        return [row[w.start : w.stop].reshape(w.shape) for w in self.weights]

    def bias_masks(self, row: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.bool_]]:
        """Return the kept biases of a network's (length,) mask, by layer (n_out,)."""
        return [row[b.start : b.stop] for b in self.biases]


def initial(config: Config, layout: Layout) -> npt.NDArray[np.float32]:
    """Return what the networks start with, (networks, length): normal weights, biases 0."""
    stack = np.zeros((config.networks, layout.length), np.float32)
    for k, row in enumerate(stack):
        rng = streams.initial(config.seed, config.first_network + k)
        for w in layout.weights:
            row[w.start : w.stop] = config.init_std * rng.standard_normal(w.size, np.float32)
    return stack
