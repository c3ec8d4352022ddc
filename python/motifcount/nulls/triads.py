"""How strongly closed triads must be held, for their means to stay near the observed counts: measured by pilot chains.

Graphs are drawn in proportion to exp(-1/2 sum_k w_k (N_k - N_k(observed))^2) over the closed triads k. Where they are
not held, the mean of N_k lies z_k standard deviations s_k from the observed count; with w_k = |z_k| / (tolerance s_k^2)
it lies within about the tolerance, in units of s_k. A second set of pilots checks this; what is too weak is doubled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.counting.count import count_families
from motifcount.graph import Graph
from motifcount.motifs.families import TRIADS
from motifcount.nulls.model import Chain, Tracing

CLOSED = ("030T", "030C", "120D", "120U", "120C", "210", "300")
"""The triads of which every two nodes are joined, in the order of the core; with degrees and mutual edges they give the
other triads."""

_SEED = 20021025  # of the pilots, whatever seed the samples have: every seed then samples one distribution
_CHAINS, _SETTLING, _RECORDS, _STRIDE = 4, 4, 48, 5.0
_LEAST_SCALE = 0.5  # of a count, which is a whole number
_LEAST_Z = 0.1
_DOUBLINGS = 12

_Floats = npt.NDArray[np.float64]


class Hold(NamedTuple):
    """Weights of the closed triads, and the unit in which they deviate, in the order of CLOSED."""

    weights: tuple[float, ...]
    scale: tuple[float, ...]


NOT_HELD = Hold((), ())


def hold(
    graph: Graph, tolerance: float, plain: Chain, weighted: Callable[[tuple[float, ...]], Chain], num_threads: int
) -> Hold:
    """Return the weights that hold the closed triads of a graph: those of `weighted`, where `plain` holds none.

    Raises
    ------
    ValueError
        If no weights do.
    """
    families = ("triads",)
    columns = [TRIADS.names.index(name) for name in CLOSED]
    observed = count_families(graph, families, threads=num_threads).to_numpy()[columns].astype(np.float64)

    def means(chain: Chain) -> tuple[_Floats, _Floats]:
        tracing = Tracing(_STRIDE, _SETTLING + _RECORDS, _CHAINS)
        table = chain.trace_counts(graph, families, _SEED, tracing, num_threads).table
        counts = table[:, _SETTLING:, columns].reshape(-1, len(CLOSED)).astype(np.float64)
        return counts.mean(axis=0), counts.std(axis=0)

    mean, std = means(plain)
    scale = np.maximum(std, _LEAST_SCALE)
    strength = np.maximum(np.abs(observed - mean) / scale, _LEAST_Z) / tolerance
    for _ in range(_DOUBLINGS):
        weights = tuple((strength / scale**2).tolist())
        off = np.abs(means(weighted(weights))[0] - observed) / scale
        if (off <= tolerance).all():
            return Hold(weights, tuple(scale.tolist()))
        strength = np.where(off > tolerance, 2 * strength, strength)
    worst = int(off.argmax())
    raise ValueError(
        f"tolerance must be above {off[worst]:.2g} for this graph, whose {CLOSED[worst]} no weight holds nearer, "
        f"not {tolerance:g}"
    )
