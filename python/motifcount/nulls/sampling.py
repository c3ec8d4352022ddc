"""Which samples are drawn, and what comes of them. Sample k of a seed is the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[Any]
"""Counts by sample and class; int64, or Python ints where int64 is too small."""

SINGLE = 2**63
"""Number of the one graph of a seed that `randomize` draws: no sample has it."""


@dataclass(frozen=True, slots=True)
class SampleRange:
    """Samples `first` to ``first + n - 1`` of a seed."""

    seed: int
    first: int
    n: int

    def split(self, length: int) -> list[SampleRange]:
        """Return consecutive ranges of this length, the last one perhaps shorter."""
        end = self.first + self.n
        return [SampleRange(self.seed, k, min(length, end - k)) for k in range(self.first, end, length)]


class SampledCounts(NamedTuple):
    """Induced counts of shape (samples, classes), and the swap attempts of all samples: how many, how many accepted."""

    table: Table
    attempts: int = 0
    accepted: int = 0


def joined(parts: Sequence[SampledCounts]) -> SampledCounts:
    """Return what consecutive ranges of samples are together."""
    tables, attempts, accepted = zip(*parts, strict=True)
    return SampledCounts(np.concatenate(tables), sum(attempts), sum(accepted))


def seed_of_sample(seed: int, k: int) -> int:
    """Return the seed of sample `k`, 64 bits, for null models that draw one graph from one seed."""
    return int(np.random.SeedSequence([seed, k]).generate_state(1, np.uint64)[0])
