"""How large an effect is, how well that and p-values are known, and where counts are too few for z."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from scipy.special import betaincinv

from motifcount.inference.p_values import last_needed

Interval = tuple[float, float]

FEW = 10
"""A mean, or a variance, below this makes counts far from normal."""


def is_few(mean: float, std: float) -> bool:
    """Tell whether a count that varies is so small, or varies by so little, that its z is not that of a normal one."""
    return std > 0 and min(mean, std**2) < FEW


def ratio(observed: int, mean: float) -> float:
    """Return observed / mean; infinite where only the graph has the motif, NaN where nothing has."""
    return observed / mean if mean else math.inf if observed else math.nan


def delta(observed: int, mean: float) -> float:
    """Return (observed - mean) / (observed + mean + 4), between -1 and 1 (Milo et al. 2004)."""
    return -1.0 if mean == math.inf else (observed - mean) / (observed + mean + 4)


class Intervals(NamedTuple):
    """Intervals of one class.

    Attributes
    ----------
    p_over, p_under
        For the share of all random graphs with at least (at most) the observed count: exact for independent samples
        (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404).
    ratio, delta
        For the effect sizes, with each count in the central part of the samples in place of the mean. The ratio's holds
        1, and delta's 0, where the observed count lies in that part. Both are without bounds where the samples are so
        few that none lies outside (38 and fewer at the level 0.95).
    """

    p_over: Interval
    p_under: Interval
    ratio: Interval
    delta: Interval


def intervals(observed: int, counts: Sequence[int], level: float, enough: int | None) -> Intervals:
    """Return the intervals of an observed count among those of samples; `enough` as in :func:`p_values`."""
    over = [count >= observed for count in counts]
    under = [count <= observed for count in counts]
    counts = sorted(counts)
    n, tail = len(counts), (1 - level) / 2
    k = math.floor((n + 1) * tail + 1e-9)
    low, high = (counts[k - 1], counts[n - k]) if k else (0, math.inf)
    smallest = observed / high if high else math.inf if observed else 0.0
    return Intervals(
        p_over=_clopper_pearson(over, enough, tail),
        p_under=_clopper_pearson(under, enough, tail),
        ratio=(smallest, observed / low if low else math.inf),
        delta=(delta(observed, high), delta(observed, low)),
    )


def _clopper_pearson(beyond: Sequence[bool], enough: int | None, tail: float) -> Interval:
    successes, n = sum(beyond), len(beyond)
    if enough is not None and (last := last_needed(beyond, enough)) is not None:
        # the last sample is one of the successes, and could not be otherwise
        return _bounds(enough, last, tail)[0], _bounds(enough - 1, last - 1, tail)[1]
    return _bounds(successes, n, tail)


def _bounds(successes: int, n: int, tail: float) -> Interval:
    low = float(betaincinv(successes, n - successes + 1, tail)) if successes else 0.0
    high = float(betaincinv(successes + 1, n - successes, 1 - tail)) if successes < n else 1.0
    return low, high
