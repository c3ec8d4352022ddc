"""p-values below the floor of the samples, from a distribution fitted to their tail."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.inference.p_values import p_values

FloatArray = npt.NDArray[np.float64]

_LONGEST = 250  # samples that are a tail
_SHORTEST = 40
_STEP = 10
_ENOUGH = 10  # samples beyond the observed count: the samples know p themselves
_RATES = np.geomspace(1e-4, 1e3, 120)  # shape / scale, times the mean, among which the likeliest is sought

# What 95 % of tails that have the distribution stay below, by the shape that is fitted: benchmarks/tail_errors.py
_MOST_EXPONENTIAL = 1.26
_MOST_BY_SHAPE = ((0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0), (0.91, 0.88, 0.86, 0.85, 0.81, 0.77, 0.75))


class Tails(NamedTuple):
    """One-sided p-values of one class, extrapolated where fewer than ten samples are as far out as the graph.

    Where no tail fits they are those of the samples.
    """

    p_over: float
    p_under: float


def tails(observed: int, counts: Sequence[int], enough: int | None = None) -> Tails:
    """Return both p-values of an observed count among those of samples; `enough` as in :func:`p_values`.

    What all counts differ by multiples of is their unit: some classes come in tens.
    """
    differences = [count - observed for count in counts]
    unit = math.gcd(*differences) or 1
    values = np.array([float(difference // unit) for difference in differences])
    p_over, p_under = p_values(observed, counts, enough)
    return Tails(_beyond(-values, p_over), _beyond(values, p_under))


def _beyond(short_of: FloatArray, empirical: float) -> float:
    """Return the chance of 0 or less, of which samples are given, and the p-value without a tail.

    The generalised Pareto distribution is fitted to the 250 lowest samples, or the lowest quarter, and to ten fewer
    until its fit is not refused at 5 % (Knijnenburg, Wessels, Reinders and Shmulevich 2009,
    doi:10.1093/bioinformatics/btp211); by maximum likelihood, with a shape of 0 or more: a tail that is lighter than
    exponential gets a p that is too large, not 0.
    """
    n = len(short_of)
    n_beyond = int(np.count_nonzero(short_of <= 0))
    if n_beyond >= _ENOUGH:
        return empirical
    lowest = _spread(np.sort(short_of))
    for n_tail in range(min(_LONGEST, n // 4), _SHORTEST - 1, -_STEP):
        threshold = float(lowest[n_tail - 1] + lowest[n_tail]) / 2
        tail = _Pareto.fitted(threshold - lowest[:n_tail])
        if not tail.is_refused():
            return min(empirical, n_tail / n * float(tail.survival(np.array(threshold - 0.5))))
    return empirical


def _spread(values: FloatArray) -> FloatArray:
    """Return ascending integers as a continuous variable: those that are equal evenly over the unit around them."""
    first = np.searchsorted(values, values)
    number = np.searchsorted(values, values, side="right") - first
    spread: FloatArray = values + (np.arange(len(values)) - first + 0.5) / number - 0.5
    return spread


class _Pareto(NamedTuple):
    """The generalised Pareto distribution fitted to values above 0, with a shape of 0 or more."""

    shape: float
    scale: float
    values: FloatArray

    @classmethod
    def fitted(cls, values: FloatArray) -> _Pareto:
        """Return the likeliest."""
        mean = float(values.mean())
        rates = _RATES / mean
        shapes = np.log1p(rates[:, None] * values).mean(axis=1)
        likelihood = np.log(rates / shapes) - shapes - 1
        best = int(np.argmax(likelihood))
        if likelihood[best] <= -math.log(mean) - 1:  # that of the exponential distribution
            return cls(0.0, mean, values)
        return cls(float(shapes[best]), float(shapes[best] / rates[best]), values)

    def survival(self, x: FloatArray) -> FloatArray:
        """Return the chance of more than x."""
        if self.shape == 0:
            return np.exp(-x / self.scale)
        chance: FloatArray = (1 + self.shape * x / self.scale) ** (-1 / self.shape)
        return chance

    def distance(self) -> float:
        """Return the statistic of Anderson and Darling (1954, doi:10.1080/01621459.1954.10501232)."""
        above = np.maximum(np.sort(self.survival(self.values)), np.finfo(float).tiny)
        below = np.maximum(1 - above[::-1], np.finfo(float).tiny)
        ranks = 2 * np.arange(1, len(above) + 1) - 1
        return float(-len(above) - np.mean(ranks * (np.log(below) + np.log(above))))

    def is_refused(self) -> bool:
        """Whether only one in twenty tails of such a distribution fits worse (Choulakian and Stephens 2001).

        doi:10.1198/00401700152672573.
        """
        most = _MOST_EXPONENTIAL if self.shape == 0 else float(np.interp(self.shape, *_MOST_BY_SHAPE))
        return self.distance() > most
