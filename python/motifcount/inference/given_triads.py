"""z of motifs of four nodes beyond what the triads of the same graph explain: by regression, at no cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.inference import estimates
from motifcount.inference.result import ClassResult
from motifcount.motifs.classes import CLASSES

FloatArray = npt.NDArray[np.float64]

_NOTHING = 1e-6  # of a standard deviation: residuals that small are rounding
_DIGITS = 9


def with_triads_regressed(
    rows: Mapping[str, ClassResult], tested: Sequence[str], observed: Mapping[str, int], table: npt.NDArray[Any]
) -> tuple[dict[str, ClassResult], float]:
    """Return the rows with the partial z of tetrads, and the p-value of the triads as a whole; NaN without triads.

    Each tetrad that is `tested` is regressed on the triads over graph and samples together, so residuals are
    exchangeable under the null as the counts are, and so are the leverages. O(classes * samples * triads).
    """
    classes = tuple(observed)
    tetrads = [name for name in CLASSES[4] if name in set(tested)]
    if not rows.keys() >= set(CLASSES[3]) or not tetrads:
        return dict(rows), math.nan
    counts = estimates.pooled(list(observed.values()), table)
    counts -= counts.mean(axis=0)
    triads = [name for name in CLASSES[3] if counts[:, classes.index(name)].any()]
    basis = _basis(counts[:, [classes.index(name) for name in triads]])
    given = counts[:, [classes.index(name) for name in tetrads]]
    scores = (given - basis @ (basis.T @ given)) / given.std(axis=0, ddof=1)
    free = scores.std(axis=0) > _NOTHING
    scores = np.round(scores[:, free], _DIGITS)  # equal counts have equal scores
    leverage = np.round(np.sum(basis**2, axis=1), _DIGITS)
    std = scores[1:].std(axis=0, ddof=1)
    z = np.divide(scores[0] - scores[1:].mean(axis=0), std, out=np.full(len(std), math.nan), where=std > _NOTHING)
    names = [name for name, is_free in zip(tetrads, free, strict=True) if is_free]
    p = estimates.adjusted_by_max(scores) if names else ()
    found = {
        name: replace(rows[name], z_partial=float(of_z), p_partial=float(of_p))
        for name, of_z, of_p in zip(names, z, p, strict=True)
    }
    return {**rows, **found}, float(np.mean(leverage >= leverage[0]))


def _basis(columns: FloatArray) -> FloatArray:
    """Return orthonormal columns that span the same, shape (rows, rank)."""
    if not columns.shape[1]:
        return np.zeros((len(columns), 0))
    scaled = columns / np.linalg.norm(columns, axis=0)
    left, values, _ = np.linalg.svd(scaled, full_matrices=False)
    spanned: FloatArray = left[:, values > _NOTHING * values[0]]
    return spanned
