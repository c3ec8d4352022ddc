"""Do networks agree in their motifs, and more with their own kind than with another? A permutation test.

The similarity of two networks is the cosine of their significance profiles. Of two conditions, the statistic is the
mean similarity within the first minus the mean similarity between the two; its null distribution comes from dealing
the condition labels to the networks at random, p = (1 + r) / (1 + n).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Similarity within and between two conditions."""

    within: float
    within_other: float
    between: float
    difference: float  # within - between
    p: float  # one-sided: a difference at least as large under random labels


def cosines(profiles: FloatArray) -> FloatArray:
    """Return the cosine of each pair of rows, shape (n, n); a row without direction is similar to none."""
    lengths = np.linalg.norm(profiles, axis=1, keepdims=True)
    directions = np.divide(profiles, lengths, out=np.zeros_like(profiles), where=lengths > 0)
    similar: FloatArray = directions @ directions.T
    return similar


def compare(profiles: FloatArray, other: FloatArray, permutations: int, seed: int) -> Comparison:
    """Compare the rows of two arrays of profiles, (n, classes) and (m, classes), n and m being 2 or more."""
    if min(len(profiles), len(other)) < 2:
        raise ValueError(f"both conditions must have 2 networks or more, not {len(profiles)} and {len(other)}")
    similar = cosines(np.vstack((profiles, other)))
    n, m = len(profiles), len(other)
    labels = np.arange(n + m) < n
    rng = np.random.default_rng(seed)
    relabelled = rng.permuted(np.tile(labels, (permutations, 1)), axis=1)
    difference = _differences(similar, labels[None, :])[0]
    at_least = int((_differences(similar, relabelled) >= difference - 1e-12).sum())
    return Comparison(
        within=_mean_within(similar[:n, :n]),
        within_other=_mean_within(similar[n:, n:]),
        between=float(similar[:n, n:].mean()),
        difference=float(difference),
        p=(1 + at_least) / (1 + permutations),
    )


def _differences(similar: FloatArray, labels: npt.NDArray[np.bool_]) -> FloatArray:
    """Mean within the labelled minus mean between them and the others, for each row of labels."""
    ours = labels.astype(np.float64)
    n, m = ours.sum(axis=1), (1 - ours).sum(axis=1)
    towards = ours @ similar
    within = ((towards * ours).sum(axis=1) - ours @ np.diag(similar)) / (n * (n - 1))
    between = (towards * (1 - ours)).sum(axis=1) / (n * m)
    differences: FloatArray = within - between
    return differences


def _mean_within(similar: FloatArray) -> float:
    n = len(similar)
    return float((similar.sum() - np.trace(similar)) / (n * (n - 1)))
