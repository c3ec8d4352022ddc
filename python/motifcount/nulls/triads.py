"""How closed triads are held near the observed counts: weights and centres, measured by pilot chains.

Graphs are drawn in proportion to exp(-1/2 sum_k w_k (N_k - c_k)^2) over the closed triads k. With s_k the standard
deviation of N_k where triads are not held, w_k = 10 / s_k^2 leaves N_k about a third of it; but no triad more or less
costs so much that it never happens. The centre c_k lies beyond the observed count by what the other graphs, which are
more, pull back: it is moved until the mean of N_k is the observed count within the tolerance, in units of s_k.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.counting.count import induced_counts
from motifcount.graph import Graph
from motifcount.motifs.classes import Counted
from motifcount.motifs.families import TRIADS
from motifcount.nulls.block_states import impossible_classes
from motifcount.nulls.model import Chain, Tracing

CLOSED = ("030T", "030C", "120D", "120U", "120C", "210", "300")
"""The triads of which every two nodes are joined, in the order of the core; with degrees and mutual edges they give the
other triads."""


def closed_classes(graph: Graph) -> tuple[str, ...]:
    """Return the closed triads that the blocks of a graph can hold: 030T alone in a layered graph without cycles."""
    impossible = impossible_classes(graph, CLOSED)
    return tuple(name for name in CLOSED if name not in impossible)


_SEED = 20021025  # of the pilots, whatever seed the samples have: every seed then samples one distribution
_CHAINS, _SETTLING, _RECORDS, _STRIDE = 4, 4, 96, 5.0
_LEAST_SCALE = 0.5  # of a count, which is a whole number
_STRENGTH = 10.0
_MOST_WEIGHT = 4.0  # the first triad too many or too few costs at most half of it
_ROUNDS = 12

_Floats = npt.NDArray[np.float64]


class Hold(NamedTuple):
    """Weights and centres of closed triads, and the unit in which they deviate, by class."""

    names: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    centres: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()

    def for_core(self) -> dict[str, tuple[float, ...]]:
        """Return the options of the core, which takes all closed classes or none."""
        weights, centres = (
            tuple(dict(zip(self.names, values, strict=True)).get(name, 0.0) for name in CLOSED if self.names)
            for values in (self.weights, self.centres)
        )
        return {"triad_weights": weights, "triad_centres": centres}


NOT_HELD = Hold()


def hold(graph: Graph, tolerance: float, plain: Chain, held: Callable[[Hold], Chain], num_threads: int) -> Hold:
    """Return what holds the closed triads of a graph, of which `plain` holds none.

    Raises
    ------
    ValueError
        If no centres do.
    """
    counted, names = Counted((TRIADS.name,)), closed_classes(graph)
    columns = [TRIADS.names.index(name) for name in names]
    observed = induced_counts(graph, counted, threads=num_threads).to_numpy()[columns].astype(np.float64)

    def moments(chain: Chain) -> tuple[_Floats, _Floats]:
        tracing = Tracing(_STRIDE, _SETTLING + _RECORDS, _CHAINS)
        table = chain.trace_counts(graph, counted, _SEED, tracing, num_threads).table
        counts = table[:, _SETTLING:, columns].reshape(-1, len(names)).astype(np.float64)
        return counts.mean(axis=0), counts.std(axis=0)

    mean, std = moments(plain)
    scale = np.maximum(std, _LEAST_SCALE)
    weights = np.minimum(_STRENGTH / scale**2, _MOST_WEIGHT)
    strength = weights * scale**2
    # of a normal count, the mean is (mean where it is not held + strength * centre) / (1 + strength)
    centres = observed + (observed - mean) / strength
    for _ in range(_ROUNDS):
        found = Hold(names, tuple(weights.tolist()), tuple(centres.tolist()), tuple(scale.tolist()))
        short = observed - moments(held(found))[0]
        off = np.abs(short) / scale
        if (off <= tolerance / 2).all():
            return found
        centres = centres + short * (1 + strength) / strength
    if (off <= tolerance).all():
        return found
    worst = int(off.argmax())
    raise ValueError(
        f"tolerance must be above {off[worst]:.2g} for this graph, whose {names[worst]} is not held nearer, "
        f"not {tolerance:g}"
    )
