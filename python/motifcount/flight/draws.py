"""Random starts and controls. Run k of a seed is always the same, however many are drawn and in what pieces."""

from __future__ import annotations

import numpy as np

from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount.flight.model import Array

RANGES = {
    "xd": (-1500.0, 1500.0),
    "yd": (-1500.0, 1500.0),
    "theta": (0.0, 2 * np.pi),
    "thetad": (-25.0, 25.0),
    "phi": (0.0, 2 * np.pi),
    "phid": (-25.0, 25.0),
    "F": (0.0, 44300.0),
    "alpha": (0.0, 2 * np.pi),
    "tau": (-1e5, 1e5),
}
"""Uniform and independent; x and y start at 0."""

_COUNTS_PER_RUN = 3  # of Philox's counter, which makes four numbers of one count


def draw(runs: int, *, seed: int, first: int = 0) -> tuple[Array, Array]:
    """Draw starts and controls as in the study, see `RANGES`.

    Parameters
    ----------
    runs
        How many.
    seed
        Key of the counter-based generator Philox (Salmon et al. 2011, doi:10.1145/2063384.2063405).
    first
        The number of the first one: ``draw(5, seed=s, first=3)`` are the last five of ``draw(8, seed=s)``.

    Returns
    -------
    states, controls
        Arrays of float64 of shape (runs, 8) and (runs, 3), as :func:`simulate` takes them.

    Raises
    ------
    TypeError, ValueError
        If an argument is no integer or out of its range.
    MemoryError
        If so many do not fit.
    """
    runs = arguments.integer("runs", runs, 0, 10**12)
    first = arguments.integer("first", first, 0, 2**64)
    require_memory(8 * 32 * runs, f"runs={runs}")
    stream = np.random.Philox(arguments.integer("seed", seed, 0, arguments.MAX_SEED)).advance(_COUNTS_PER_RUN * first)
    uniform = np.random.Generator(stream).random((runs, 4 * _COUNTS_PER_RUN))[:, : len(RANGES)]
    low, high = np.array(list(RANGES.values())).T
    drawn = low + (high - low) * uniform
    states = np.zeros((runs, 8))
    states[:, [1, 3, 4, 5, 6, 7]] = drawn[:, :6]
    return states, drawn[:, 6:].copy()
