"""Many runs of the moth on all threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import numpy as np

from motifcount._support import arguments, extras
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.flight.coefficients import coefficients
from motifcount.flight.model import (
    CONTROLS,
    STATE,
    Array,
    Parameters,
    columns,
    parameters_or_default,
)

DURATION = 0.02
LONGEST = 1000.0  # seconds
RTOL = 1e-7
_BLOCK = 64  # runs between two looks at the progress and at Ctrl-C


def simulate(
    states: Any,
    controls: Any,
    duration: float = DURATION,
    *,
    rtol: float = RTOL,
    parameters: Parameters | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
) -> Array:
    """Return the states of moths after some time of flight under constant controls.

    Integrates by Rodas5P (Steinebach 2023, doi:10.1007/s10543-023-00967-x), an L-stable Rosenbrock method of order 5
    with adaptive steps. The first call in a process loads numba and, once per installation, compiles for some seconds.

    Parameters
    ----------
    states
        Shape (n, 8), in the order of `STATE`: x, x', y, y', θ, θ', φ, φ' (cm, rad, s).
    controls
        Shape (n, 3), in the order of `CONTROLS`: F (dyn), α (rad), τ (dyn cm).
    duration
        Seconds of flight, above 0 and at most 1000.
    rtol
        Bound on the error of a step, relative to each value, or to 1 cm, 1 rad, 100 cm/s, 100 rad/s where that is
        more; from 1e-13 to 0.1. At 1e-7 the end states of the study's runs are mostly within 1e-9 of their range, the
        worst of thousands within 1e-7; the number of steps grows as the fifth root.
    parameters
        The moth; None for that of the study.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    progress
        True, False, a function (done, total), or None for a bar on a terminal if it takes long.

    Returns
    -------
    array of float64, shape (n, 8)

    Raises
    ------
    ImportError
        If numba is not installed.
    TypeError, ValueError
        If an argument has another type, shape or range, or is not finite.
    ArithmeticError
        If a run cannot be integrated; names the run.

    Examples
    --------
    >>> import motifcount.flight as flight
    >>> still = [[0, 0, 0, 0, 0, 0, 3.141592653589793, 0]]
    >>> float(flight.simulate(still, [[0, 0, 0]], 0.01)[0, 3].round(2))  # falls: y'
    -9.8
    """
    states, controls = _table("states", states, STATE), _table("controls", controls, CONTROLS)
    if len(states) != len(controls):
        raise ValueError(f"controls must have one row per row of states, {len(states)}, not {len(controls)}")
    wanted = f"a number above 0 and at most {LONGEST:g}"
    duration = arguments.number("duration", duration, wanted, lambda x: 0 < x <= LONGEST)
    rtol = tolerance(rtol)
    constants = coefficients(parameters_or_default(parameters))
    threads = effective_threads(num_threads)
    check_progress(progress)
    integrate = _integrator().integrate
    ends: Array = np.empty_like(states)
    steps = np.empty(len(states), np.int64)

    def block(first: int) -> int:
        part = slice(first, first + _BLOCK)
        integrate(constants, states[part], controls[part], duration, rtol, ends[part], steps[part])
        return min(first + _BLOCK, len(states))

    with reporter(progress, len(states), "flight runs") as report:
        _for_each_block(block, range(0, len(states), _BLOCK), threads, report)
    _check(states, controls, ends, steps)
    return ends


def tolerance(rtol: Any) -> float:
    """Return `rtol` as a float within the bounds that rounding allows."""
    return arguments.between("rtol", rtol, 1e-13, 0.1)


def _for_each_block(
    block: Callable[[int], int], firsts: range, threads: int, report: Callable[[int], object] | None
) -> None:
    """Call `block` for each first run, on threads of Python: they leave OpenMP and torch alone, and Ctrl-C works."""
    pool = ThreadPoolExecutor(threads) if threads > 1 and len(firsts) > 1 else None
    try:
        for done in pool.map(block, firsts) if pool else map(block, firsts):
            if report is not None:
                report(done)
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _integrator() -> ModuleType:
    extras.require("numba", "train", "flight simulation")
    from motifcount.flight import integrator

    return integrator


def _check(states: Array, controls: Array, ends: Array, steps: Any) -> None:
    failed = np.flatnonzero((steps < 0) | ~np.isfinite(ends).all(axis=1))
    if len(failed):
        run = int(failed[0])
        raise ArithmeticError(
            f"run {run} cannot be integrated: the step became too small, the steps too many or the state infinite, "
            f"from the state {states[run].tolist()} under the controls {controls[run].tolist()}"
            + (f"; so for {len(failed)} of {len(states)} runs" if len(failed) > 1 else "")
        )


def _table(name: str, value: Any, names: tuple[str, ...]) -> Array:
    table: Array = np.ascontiguousarray(columns(name, value, names))
    if table.ndim != 2:
        raise ValueError(f"{name} must have the shape (runs, {len(names)}), not {table.shape}")
    return table
