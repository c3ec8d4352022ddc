"""p-values below the floor of the samples, from a distribution fitted to their tail."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.inference.p_values import p_values

_MOST = 250  # samples that are a tail
_ENOUGH = 10  # samples beyond the observed count: the samples know p themselves


class Tails(NamedTuple):
    """One-sided p-values of one class, extrapolated where fewer than ten samples are as far out as the graph."""

    p_over: float
    p_under: float


def tails(observed: int, counts: Sequence[int], enough: int | None = None) -> Tails:
    """Return both p-values of an observed count among those of samples; `enough` as in :func:`p_values`."""
    values = np.array([float(count - observed) for count in counts])
    p_over, p_under = p_values(observed, counts, enough)
    return Tails(_beyond(-values, p_over), _beyond(values, p_under))


def _beyond(short_of: npt.NDArray[np.float64], empirical: float) -> float:
    """Return the chance of 0 or less, of which samples are given, and the p-value without a tail.

    The generalised Pareto distribution is fitted to the 250 lowest samples, or the lowest quarter (Knijnenburg,
    Wessels, Reinders and Shmulevich 2009, doi:10.1093/bioinformatics/btp211), by maximum likelihood and with a shape of
    0 or more, without their test of the fit: a tail that is lighter than exponential gets a p that is too large, not 0.
    """
    n = len(short_of)
    lowest = np.sort(short_of)
    n_beyond = int(np.searchsorted(lowest, 0, side="right"))
    n_tail = min(_MOST, n // 4)
    if n_beyond >= _ENOUGH or n_tail < 4 * _ENOUGH:
        return empirical
    threshold = (lowest[n_tail - 1] + lowest[n_tail]) / 2
    excess = threshold - lowest[:n_tail]
    excess = excess[excess > 0]
    if threshold <= 0 or not len(excess):
        return empirical
    return min(empirical, len(excess) / n * _survival(float(threshold), excess))


def _survival(x: float, excess: npt.NDArray[np.float64]) -> float:
    """Return the chance of more than x under the distribution fitted to some values above 0."""
    mean = float(excess.mean())
    best, rate = -math.log(mean) - 1, 0.0  # the exponential distribution
    for candidate in np.geomspace(1e-4, 1e3, 400) / mean:
        shape = float(np.log1p(candidate * excess).mean())
        likelihood = math.log(candidate / shape) - shape - 1
        if likelihood > best:
            best, rate = likelihood, float(candidate)
    if rate == 0:
        return math.exp(-x / mean)
    shape = float(np.log1p(rate * excess).mean())
    return float((1 + rate * x) ** (-1 / shape))
