"""How well a chain mixes, and what its samples are worth."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def autocorrelation_time(chains: FloatArray) -> float:
    """Return the integrated autocorrelation time of traced chains, in records; at least 1, NaN if nothing varies.

    `chains` has the shape (chains, records). Geyer's initial monotone positive sequence (1992,
    doi:10.1214/ss/1177011137) over autocovariances averaged over the chains, around their common mean.
    """
    n_records = chains.shape[1]
    centred = chains - chains.mean()
    variance = float(np.mean(centred**2))
    if variance == 0:
        return math.nan
    rho = [float(np.mean(centred[:, : n_records - k] * centred[:, k:])) / variance for k in range(n_records // 2)]
    time, last = -1.0, math.inf
    for k in range(0, len(rho) - 1, 2):
        last = min(last, rho[k] + rho[k + 1])
        if last <= 0:
            break
        time += 2 * last
    return max(1.0, time)


def split_r_hat(chains: FloatArray) -> float:
    """Return split-R̂ (Gelman et al. 2013; Vehtari et al. 2021, doi:10.1214/20-BA1221); NaN if nothing varies."""
    half = chains.shape[1] // 2
    halves = np.vstack((chains[:, :half], chains[:, -half:]))
    within = float(halves.var(axis=1, ddof=1).mean())
    between = float(halves.mean(axis=1).var(ddof=1))
    if within == 0:
        return math.nan if between == 0 else math.inf
    return math.sqrt((half - 1) / half + between / within)


def effective_sample_size(n_samples: int, correlation: float) -> float:
    """Return the effective sample size of `n_samples` of which each pair has this correlation."""
    return n_samples / (1 + (n_samples - 1) * correlation)
