"""Autocorrelation of traced counts, and the effective size of samples with a common start."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_SIGNIFICANT = 2.0  # standard errors above 0, from which on a correlation tells how fast the next ones fall
_FAR = 3.0  # standard deviations from the mean
_NORMAL_KURTOSIS = 3.0
_MOST_KURTOSIS = 2 * _NORMAL_KURTOSIS  # of counts whose records are many enough to tell


class Correlations(NamedTuple):
    """Correlations by lag, falling from 1 at lag 0, and their standard errors."""

    lags: FloatArray  # above 0, ascending
    values: FloatArray
    errors: FloatArray

    def decay_time(self, n_errors: float) -> float:
        """Return the time of the slowest exponential decay that the correlations demand, each moved by its errors.

        That is -lag / log(correlation), over the lags up to the first whose correlation is not significant; 0 if none
        is positive, infinite if one does not fall.
        """
        times = [0.0]
        for lag, value, error in self._significant():
            moved = value + n_errors * error
            if moved > 0:
                times.append(-lag / math.log(moved) if moved < 1 else math.inf)
        return max(times)

    def at(self, lag: float, time: float) -> float:
        """Return what correlation is left at a lag.

        The last one that is significant, one error up, if it decays from there on in the given time; but at least what
        all of them demand, one error down.
        """
        known, left = 0.0, 1.0
        for shorter, value, error in self._significant():
            if shorter > lag or value < _SIGNIFICANT * error:
                break
            known, left = shorter, min(1.0, value + error)
        return max(left * _decay(lag - known, time), _decay(lag, self.decay_time(-1)))

    def _significant(self) -> Iterator[tuple[float, float, float]]:
        """Lag, correlation and error, to the first correlation that is not significant."""
        for lag, value, error in zip(self.lags.tolist(), self.values.tolist(), self.errors.tolist(), strict=True):
            yield lag, value, error
            if value < _SIGNIFICANT * error:
                return


def _decay(lag: float, time: float) -> float:
    return math.exp(-lag / time) if time > 0 else float(lag == 0)


class Trace(NamedTuple):
    """What chains of records of one count tell of its decay."""

    mean: float
    std: float
    tails: float  # by how much heavy tails raise standard errors: 1, or sqrt(kurtosis / 3) if that is more
    correlations: Correlations

    @property
    def is_rare(self) -> bool:
        """Whether so few records are away from the most frequent count that these tell little."""
        return self.tails**2 * _NORMAL_KURTOSIS > _MOST_KURTOSIS


def traces_of(table: FloatArray, stride: float) -> list[Trace | None]:
    """Return what stationary chains of shape (counts, chains, records), `stride` apart, tell of each count.

    None of one that does not vary. Autocovariances around the common mean, to which the variance of this mean is
    added, as the chains show it. Standard errors by Bartlett (1946), times sqrt(kurtosis / 3) where tails are heavy:
    few records tell then.
    """
    _, n_chains, n_records = table.shape
    means = table.mean(axis=(1, 2))
    varying = np.flatnonzero((table != table[:, :1, :1]).any(axis=(1, 2)))
    centred = table[varying] - means[varying, None, None]
    variances = np.mean(centred**2, axis=(1, 2))
    of_means = table[varying].mean(axis=2).var(axis=1, ddof=1) / n_chains
    lags = np.arange(n_records // 2)
    sums = np.stack([(centred[..., : n_records - k] * centred[..., k:]).sum(axis=(1, 2)) for k in lags], axis=1)
    covariances = sums / (n_chains * (n_records - lags)) + of_means[:, None]
    values = covariances / covariances[:, :1]
    kurtosis = np.mean(centred**4, axis=(1, 2)) / variances**2
    tails = np.sqrt(np.maximum(1.0, kurtosis / _NORMAL_KURTOSIS))
    squares = np.cumsum(np.pad(values[:, 1:-1] ** 2, ((0, 0), (1, 0))), axis=1)  # of the correlations at shorter lags
    errors = tails[:, None] * np.sqrt((1 + 2 * squares) / (n_chains * (n_records - lags[1:])))
    traces: list[Trace | None] = [None] * len(table)
    for k, at in enumerate(varying):
        traces[at] = Trace(
            mean=float(means[at]),
            std=math.sqrt(float(covariances[k, 0])),
            tails=float(tails[k]),
            correlations=Correlations(stride * lags[1:].astype(np.float64), values[k, 1:], errors[k]),
        )
    return traces


def decay_of_start(chains: FloatArray, start: float, trace: Trace, stride: float) -> Correlations | None:
    """Return how chains from one state approach the mean of their stationary records: the distance left, as a share.

    None for a state that is not far from the mean: it is like others.
    """
    n_chains, n_records = chains.shape
    distance = start - trace.mean
    if abs(distance) < _FAR * trace.std:
        return None
    values = (chains.mean(axis=0) - trace.mean) / distance
    errors = np.full(n_records, trace.tails * trace.std / math.sqrt(n_chains) / abs(distance))
    return Correlations(stride * np.arange(1, n_records + 1), values, errors)


def effective_sample_size(n_samples: int, common: float) -> float:
    """Return the effective sample size of samples whose common start adds `common` variances to that of their mean."""
    return n_samples / (1 + (n_samples - 1) * common)
