"""Flights of a simulated hawkmoth, and the data set that its controllers learn from.

The model is that of Bustamante et al. (2022), the data set that of Zahn et al. (2022). Needs numba once something is
simulated: the extra ``train``.
"""

from __future__ import annotations

from motifcount.flight.columns import INPUTS, OUTPUTS, SCALERS
from motifcount.flight.dataset import Dataset, Pairs, generate, load
from motifcount.flight.draws import RANGES, draw
from motifcount.flight.model import CONTROLS, STATE, Parameters, derivative
from motifcount.flight.simulation import RTOL, simulate

__all__ = [
    "CONTROLS",
    "INPUTS",
    "OUTPUTS",
    "RANGES",
    "RTOL",
    "SCALERS",
    "STATE",
    "Dataset",
    "Pairs",
    "Parameters",
    "derivative",
    "draw",
    "generate",
    "load",
    "simulate",
]
