"""Do trained networks agree in their motifs, and is it training that makes them? A permutation test on twins.

The similarity of two networks is the cosine of their significance profiles. Every trained network has a twin that
started from the same weights under the control. Two statistics: *agreement*, the mean similarity within the trained
networks minus that within the control, which is the claim that training makes networks alike; and *separation*, the
mean similarity within either kind minus that between the kinds, twins left out. If training makes no difference,
twins can be swapped; all 2^K swaps, or random ones where these are too many, give the null distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.inference.estimates import cosines

FloatArray = npt.NDArray[np.float64]

LEAST_CLASSES = 3
"""Fewer classes give directions that mean nothing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Similarity within and between trained networks and their twins."""

    within: float
    within_control: float
    between: float
    agreement: float  # within - within_control
    agreement_p: float  # two-sided
    separation: float  # mean of both within - between
    separation_p: float  # one-sided: at least as separate
    smallest_p: float  # that this number of networks allows


def compare(profiles: FloatArray, twins: FloatArray, permutations: int, seed: int) -> Comparison:
    """Compare profiles of K trained networks with those of their twins, both of shape (K, classes), K 2 or more."""
    k = len(profiles)
    if k < 2 or profiles.shape != twins.shape:
        raise ValueError(f"there must be 2 networks or more, and as many twins, not {profiles.shape}, {twins.shape}")
    similar = cosines(np.vstack((profiles, twins)))
    exact = 2**k <= permutations
    swaps = np.array(list(product((False, True), repeat=k))) if exact else _random_swaps(k, permutations, seed)
    within, within_control, between = _means(similar, np.vstack((np.zeros((1, k), bool), swaps)))
    agreement = within - within_control
    separation = (within + within_control) / 2 - between
    return Comparison(
        within=float(within[0]),
        within_control=float(within_control[0]),
        between=float(between[0]),
        agreement=float(agreement[0]),
        agreement_p=_p(np.abs(agreement), exact),
        separation=float(separation[0]),
        separation_p=_p(separation, exact),
        smallest_p=max(2 / 2**k, 0 if exact else 1 / (1 + permutations)),
    )


def difference_p(differences: npt.NDArray[np.floating[Any]], permutations: int, seed: int) -> float:
    """Return the two-sided p of the mean difference between K networks and their twins, by swapping twins."""
    k = len(differences)
    exact = 2**k <= permutations
    swaps = np.array(list(product((False, True), repeat=k))) if exact else _random_swaps(k, permutations, seed)
    means = np.where(swaps, -differences, differences).mean(axis=1)
    return _p(np.abs(np.append(differences.mean(), means)), exact)


def _random_swaps(k: int, n: int, seed: int) -> npt.NDArray[np.bool_]:
    return np.random.default_rng(seed).random((n, k)) < 0.5


def _means(similar: FloatArray, swaps: npt.NDArray[np.bool_]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean similarity within, within the control and between, after each row of swaps of twins."""
    k = swaps.shape[1]
    ours = np.hstack((~swaps, swaps)).astype(np.float64)
    theirs = 1 - ours
    alone = np.diag(similar)
    twins = similar[np.arange(k), np.arange(k) + k].sum()
    towards_ours, towards_theirs = ours @ similar, theirs @ similar
    pairs = k * (k - 1)
    within = ((towards_ours * ours).sum(axis=1) - ours @ alone) / pairs
    within_control = ((towards_theirs * theirs).sum(axis=1) - theirs @ alone) / pairs
    between = ((towards_ours * theirs).sum(axis=1) - twins) / pairs
    return within, within_control, between


def _p(values: FloatArray, exact: bool) -> float:
    """Share of the permuted values, after the first, that are at least the first; with it if they are random."""
    at_least = int((values[1:] >= values[0] - 1e-12).sum())
    n = len(values) - 1
    return at_least / n if exact else (1 + at_least) / (1 + n)
