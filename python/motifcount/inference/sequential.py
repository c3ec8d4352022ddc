"""How many samples are enough: sampling until p-values are known well."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from motifcount._support import arguments
from motifcount._support.progress import Report
from motifcount.nulls.sampling import SampledCounts, SampleRange, Table, joined

MAX_SAMPLES = 10**7  # the table of counts is kept


@dataclass(frozen=True, slots=True)
class Until:
    """Samples until p-values are known well enough, or `max_samples`; ``samples="auto"`` is ``Until()``.

    Sampling ends once, for every class, h samples count at least as much as the graph, and h at most as much. The
    one-sided p-values of a class are then h / l, l being the number of samples up to the h-th of these: valid, whenever
    sampling ends (Besag and Clifford 1991, doi:10.1093/biomet/78.2.301). h is the least for which the root of the mean
    squared error of a small p, (h + 2) / ((h - 1) (h - 2)), is no more than the relative error asked for, where samples
    are independent; that of correlated ones is larger, as `ess` tells. Of a class that is further out, `max_samples`
    are drawn, and p is (1 + r) / (1 + n) as always. Adjusted p-values are those of all samples.

    Parameters
    ----------
    relative_error
        Error of a small p-value, divided by it; 0.02 to 0.5.
    max_samples
        4 h or more, and 100 to 10**7.

    Raises
    ------
    TypeError, ValueError
        If one of them is no number, or out of its range.

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum")
    >>> result = mc.significance(net, "edge_count", size=3, samples=mc.Until(0.5, max_samples=1000), seed=1)
    >>> result.samples <= 1000
    True
    """

    relative_error: float = 0.2
    max_samples: int = 10_000

    def __post_init__(self) -> None:
        object.__setattr__(self, "relative_error", arguments.between("relative_error", self.relative_error, 0.02, 0.5))
        object.__setattr__(self, "max_samples", arguments.integer("max_samples", self.max_samples, 100, MAX_SAMPLES))
        if self.max_samples < 4 * self.enough:
            raise ValueError(
                f"max_samples must be {4 * self.enough} or more for relative_error={self.relative_error:g}, "
                f"not {self.max_samples}"
            )

    @property
    def enough(self) -> int:
        """How many samples at least as far out as the graph make a p-value known."""
        square = self.relative_error**2
        b = 3 * square + 1  # of square * h**2 - b * h + c = 0
        return math.ceil((b + math.sqrt(b**2 - 8 * square * (square - 1))) / (2 * square) - 1e-9)


def check_samples(samples: Any) -> int | Until:
    """Return a number of samples, or the rule that ends them."""
    if isinstance(samples, Until):
        return samples
    if isinstance(samples, str):
        if samples == "auto":
            return Until()
        raise TypeError(
            f'samples must be an integer from 0 to {MAX_SAMPLES}, "auto" or an Until, not {arguments.shown(samples)}'
        )
    n = arguments.integer("samples", samples, 0, MAX_SAMPLES)
    if n == 1:
        raise ValueError("samples must be 2 or more (or 0 for closed forms), not 1")
    return n


def draw_until(
    until: Until,
    samples: SampleRange,
    draw: Callable[[SampleRange, Report], SampledCounts],
    observed: Sequence[int],
    columns: Sequence[int],
    report: Report,
) -> SampledCounts:
    """Return samples from the first of a range on, drawn block by block until those of some columns are enough."""
    parts: list[SampledCounts] = []
    for block in _blocks(samples, least=max(100, 4 * until.enough)):
        done = block.first - samples.first
        parts.append(draw(block, None if report is None else partial(_report_after, report, done)))
        found = joined(parts)
        if _are_enough(until.enough, observed, found.table[:, columns]):
            break
    return found


def _blocks(samples: SampleRange, least: int) -> Iterator[SampleRange]:
    """Cut a range into blocks, each half as long as all before it together, but not shorter than `least`."""
    n_done = 0
    while n_done < samples.n:
        length = min(max(least, n_done // 2), samples.n - n_done)
        yield SampleRange(samples.seed, samples.first + n_done, length)
        n_done += length


def _are_enough(enough: int, observed: Sequence[int], table: Table) -> bool:
    counts = np.array(observed, dtype=table.dtype if max(observed) < 2**63 else object)
    sides = [np.count_nonzero(beyond, axis=0) for beyond in (table >= counts, table <= counts)]
    return bool(np.min(sides) >= enough)


def _report_after(report: Callable[[int], object], before: int, done: int, _total: int | None = None, /) -> object:
    return report(before + done)
