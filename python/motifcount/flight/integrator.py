"""Adaptive Rosenbrock integration, compiled.

The damped hinge makes the model stiff: one mode decays by a factor of e 400 to 1300 times within a run. A linearly
implicit method stays stable at any step, and needs no iteration. As positions are the integrals of velocities, and no
force depends on where the moth is, a step factors one 4 × 4 matrix, for the velocities.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numba import float64, int64, njit, types, void

from motifcount.flight.coefficients import Coefficients
from motifcount.flight.equations import OPTIONS, Force, acceleration, compiled, jacobian, to_motion, to_state
from motifcount.flight.model import Array
from motifcount.flight.tableaus import RODAS5P

A, C, GAMMA, STAGES = RODAS5P.a, RODAS5P.c, RODAS5P.gamma, len(RODAS5P.a)
EXPONENT = -1 / RODAS5P.order

# A local error is relative to the value plus this: cm, cm, rad, rad, and the same per second.
MAGNITUDE = np.array([1.0, 1.0, 1.0, 1.0, 100.0, 100.0, 100.0, 100.0])
FIRST_STEP = 1e-5  # s, about the decay time of the hinge
SAFETY, SHRINK, GROW = 0.9, 0.1, 6.0
MAX_STEPS = 100_000
FAILED = -1

Work = tuple[Array, Array, Array, Array]
"""Stages (8, 8), Jacobian (6, 4), matrix (4, 4), argument of a stage (8,)."""


@compiled
def new_work() -> Work:
    """Return memory for the steps of one thread."""
    return np.empty((STAGES, 8)), np.empty((6, 4)), np.empty((4, 4)), np.empty(8)


@compiled
def factor(w: Array) -> None:
    """Factor a 4 × 4 matrix in place into L U, with the reciprocals of the pivots on the diagonal."""
    for k in range(4):
        w[k, k] = 1 / w[k, k]
        for i in range(k + 1, 4):
            w[i, k] *= w[k, k]
            for j in range(k + 1, 4):
                w[i, j] -= w[i, k] * w[k, j]


@compiled
def solve(w: Array, b: Array) -> None:
    """Solve in place for the last four of `b`, given the factors of `factor`."""
    for i in range(4):
        for j in range(i):
            b[4 + i] -= w[i, j] * b[4 + j]
    for i in range(3, -1, -1):
        for j in range(i + 1, 4):
            b[4 + i] -= w[i, j] * b[4 + j]
        b[4 + i] *= w[i, i]


@compiled
def step(c: Coefficients, force: Force, y: Array, h: float, new: Array, work: Work) -> None:
    """Write the motion a time h after `y` into `new`; the last stage is left in `work` as the estimate of its error.

    The equations for the positions, u_q / (hγ) - u_v = b_q, are eliminated: u_q = hγ (u_v + b_q).
    """
    u, jac, w, z = work
    per_h, h_gamma = 1 / h, h * GAMMA
    jacobian(c, force, y, jac)
    for i in range(4):
        for j in range(4):
            w[i, j] = -jac[2 + j, i]
        w[i, 2] -= jac[0, i] * h_gamma
        w[i, 3] -= jac[1, i] * h_gamma
        w[i, i] += 1 / h_gamma
    factor(w)
    for i in range(STAGES):
        b = u[i]
        for k in range(8):
            z[k], b[k] = y[k], 0.0
        for j in range(i):
            for k in range(8):
                z[k] += A[i, j] * u[j, k]
                b[k] += C[i, j] * u[j, k]
        change = acceleration(c, force, z)
        for k in range(4):
            b[k] = (b[k] * per_h + z[4 + k]) * h_gamma
        for k in range(4):
            b[4 + k] = b[4 + k] * per_h + change[k] + jac[0, k] * b[2] + jac[1, k] * b[3]
        solve(w, b)
        for k in range(4):
            b[k] += b[4 + k] * h_gamma
    for k in range(8):
        new[k] = z[k] + u[STAGES - 1, k]


@compiled
def error_of(y: Array, new: Array, estimate: Array) -> float:
    """Return the largest error of a component relative to its size; infinite if one is not a number."""
    largest = 0.0
    for k in range(8):
        error = abs(estimate[k]) / (MAGNITUDE[k] + max(abs(y[k]), abs(new[k])))
        if not error < math.inf:
            return math.inf
        largest = max(largest, error)
    return largest


@compiled
def advance(c: Coefficients, force: Force, y: Array, duration: float, rtol: float, new: Array, work: Work) -> int:
    """Move `y` on by `duration`; return the number of steps tried, or FAILED."""
    t, h = 0.0, FIRST_STEP
    for tried in range(1, MAX_STEPS + 1):
        last = t + 1.0001 * h >= duration
        if last:
            h = duration - t
        step(c, force, y, h, new, work)
        error = error_of(y, new, work[0][STAGES - 1]) / rtol
        if error <= 1:
            if last:
                y[:] = new
                return tried
            t += h
            y[:] = new
        h *= min(max(SAFETY * max(error, 1e-9) ** EXPONENT, SHRINK), GROW)
        if t + h == t:
            break
    return FAILED


@compiled
def integrate_each(
    c: Coefficients, states: Array, controls: Array, duration: float, rtol: float, ends: Array, steps: Array
) -> None:
    """Integrate run after run; each depends on its own state and controls only."""
    y, new, work = np.empty(8), np.empty(8), new_work()
    for run in range(len(states)):
        size, angle, torque = controls[run]
        force = (size * math.cos(angle), size * math.sin(angle), torque)
        to_motion(c, states[run], y)
        steps[run] = advance(c, force, y, duration, rtol, new, work)
        to_state(c, y, ends[run])


SOURCES = ("coefficients.py", "equations.py", "integrator.py", "tableaus.py")


def digest(folder: Path) -> str:
    """Return a digest of the files that the compiled code comes from."""
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in SOURCES)).hexdigest()


def _entry(sources: str) -> Callable[..., None]:
    # numba's cache on disk watches this file alone; a variable of the closure is part of its key.
    def integrate(
        c: Coefficients, states: Array, controls: Array, duration: float, rtol: float, ends: Array, steps: Array
    ) -> None:
        _ = sources
        integrate_each(c, states, controls, duration, rtol, ends, steps)

    return integrate


def _compile() -> Callable[..., None]:
    named: Any = types.NamedUniTuple
    table = types.Array(float64, 2, "C")
    numbers = named(float64, len(Coefficients._fields), Coefficients)
    signature: Any = void(numbers, table, table, float64, float64, table, types.Array(int64, 1, "C"))
    options: Any = {"nogil": True, **OPTIONS}
    entry = _entry(digest(Path(__file__).parent))
    try:
        found: Callable[..., None] = njit(signature, cache=True, **options)(entry)
    except (RuntimeError, OSError):  # no folder for the cache can be written, or the disk is full
        found = njit(signature, **options)(entry)
    return found


integrate = _compile()
"""``integrate(coefficients, states, controls, duration, rtol, ends, steps)`` without the GIL, see `integrate_each`."""
