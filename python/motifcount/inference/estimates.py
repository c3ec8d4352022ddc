"""From a table of sampled counts to moments, z with its error, p-values and the significance profile."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.inference.p_values import p_values
from motifcount.inference.result import Adjust

FloatArray = npt.NDArray[np.float64]

_DIGITS = 9  # of scores: beyond them is rounding, by which equal scores of two classes would differ


class Moments(NamedTuple):
    """Exact sums of one class, rounded once at the end."""

    mean: float
    std: float  # ddof 1
    z: float  # NaN if all samples are the same
    z_variance: float  # of z, were the samples independent


def moments(observed: int, sampled: Sequence[int]) -> Moments:
    """Return the moments of integer samples, and how far the observed count lies from their mean."""
    n = len(sampled)
    total = sum(sampled)
    deviations = [n * value - total for value in sampled]  # n times the deviation, an exact integer
    squares = sum(map(mul, deviations, deviations))
    if squares == 0:
        return Moments(total / n, 0.0, math.nan, math.nan)
    std = math.sqrt(squares / (n - 1)) / n
    z = (n * observed - total) / n / std
    return Moments(total / n, std, z, _jackknifed(z, np.array([d / n / std for d in deviations])))


_SMALLEST_VARIANCE = 0.25  # of all samples but one, against that of all: the one may be all that differs


def _jackknifed(z: float, scores: FloatArray) -> float:
    """Return the variance of z from leaving out one sample after the other, whose standardised values are given.

    Heavy tails and the estimated standard deviation are in it, and it errs upwards (Efron and Stein 1981,
    doi:10.1214/aos/1176345462).
    """
    n = len(scores)
    variances = ((n - 1) - scores**2 * n / (n - 1)) / max(n - 2, 1)
    without = (z + scores / (n - 1)) / np.sqrt(np.maximum(variances, _SMALLEST_VARIANCE))
    return (n - 1) / n * float(np.sum((without - without.mean()) ** 2))


class Summary(NamedTuple):
    """What the samples of one class say, and how the observed count stands to them."""

    moments: Moments
    p_over: float
    p_under: float


def summary(observed: int, sampled: Sequence[int], enough: int | None = None) -> Summary:
    """Return moments and one-sided p-values of integer samples."""
    return Summary(moments(observed, sampled), *p_values(observed, sampled, enough))


def z_error(m: Moments, share: float = 1.0, bias: float = 0.0) -> float:
    """Return the standard error of z that comes from the finite number of samples, and from the bias of their mean.

    `share` is the effective sample size by the number of samples; the bias is in standard deviations.
    """
    return math.sqrt(m.z_variance / share + bias**2)


def adjusted(
    observed: Sequence[int], table: npt.NDArray[Any], p_over: FloatArray, p_under: FloatArray, method: Adjust
) -> FloatArray:
    """Return two-sided p-values adjusted over the columns of a table of samples.

    "max_z" holds each \\|z\\| against the largest of every sample, which bounds the chance of any claim about a random
    graph (Westfall and Young 1993). Graph and samples are standardised together, so that they stay exchangeable: a
    class that only the graph has gets the score sqrt(n) among n samples, and is held against those alike. "bh" controls
    the false discovery rate (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x) of tests that are
    independent or positively dependent.
    """
    if not len(observed):
        return np.empty(0)
    if method == "max_z":
        return adjusted_by_max(pooled(observed, table))
    return _adjusted_bh(p_over, p_under)


def pooled(observed: Sequence[int], table: npt.NDArray[Any]) -> FloatArray:
    """Return the counts of graph and samples, the graph first, less those of the graph: (samples + 1, classes)."""
    differences = np.zeros((len(table) + 1, len(observed)))
    for k, count in enumerate(observed):
        differences[1:, k] = table[:, k].astype(object) - count  # exact, before it becomes a float
    return differences


def adjusted_by_max(values: FloatArray) -> FloatArray:
    """Hold each column's score in the first row against the largest score of every row."""
    scores = np.round(np.abs(values - values.mean(axis=0)) / values.std(axis=0), _DIGITS)
    highest = scores.max(axis=1)
    at_least: FloatArray = (highest[:, None] >= scores[0]).mean(axis=0)
    return at_least


def _adjusted_bh(p_over: FloatArray, p_under: FloatArray) -> FloatArray:
    two_sided = np.minimum(1.0, 2 * np.minimum(p_over, p_under))
    order = np.argsort(-two_sided, kind="stable")
    ranks = np.arange(len(two_sided), 0, -1)
    result = np.empty_like(two_sided)
    result[order] = np.minimum.accumulate(two_sided[order] * len(two_sided) / ranks)
    lowest: FloatArray = np.minimum(1.0, result)
    return lowest


def profile(z: FloatArray) -> FloatArray:
    """Return z / \\|z\\|, the significance profile (Milo et al. 2004, doi:10.1126/science.1089167)."""
    length = float(np.linalg.norm(z))
    return z / length if length > 0 else np.full_like(z, math.nan)


def cosines(profiles: FloatArray) -> FloatArray:
    """Return the cosine of each pair of rows, shape (n, n); a row without direction is similar to none."""
    lengths = np.linalg.norm(profiles, axis=1, keepdims=True)
    directions = np.divide(profiles, lengths, out=np.zeros_like(profiles), where=lengths > 0)
    similar: FloatArray = directions @ directions.T
    return similar
