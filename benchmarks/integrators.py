"""What flights are compared with: SciPy's odeint and a Dormand-Prince method, on the same compiled equations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from scipy.integrate import odeint, solve_ivp

from motifcount import flight
from motifcount.flight import equations
from motifcount.flight.coefficients import coefficients

Array = npt.NDArray[np.float64]
MOTH = coefficients(flight.Parameters())
MAGNITUDE = np.array([1.0, 1.0, 1.0, 1.0, 100.0, 100.0, 100.0, 100.0])
# Dormand and Prince (1980), doi:10.1016/0771-050X(80)90013-3: order 5, the last row is the new state.
DORMAND_PRINCE = np.array(
    [
        [0, 0, 0, 0, 0, 0],
        [1 / 5, 0, 0, 0, 0, 0],
        [3 / 40, 9 / 40, 0, 0, 0, 0],
        [44 / 45, -56 / 15, 32 / 9, 0, 0, 0],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0, 0],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0],
        [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]
)
DIFFERENCE = np.array([71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])


@njit(error_model="numpy")
def rates(z: Array, _: float, force: Array) -> Array:
    """Return the rates of a motion, as odeint wants them; the moth is compiled in, which makes the call cheaper."""
    out = np.empty(8)
    out[:4] = z[4:]
    out[4], out[5], out[6], out[7] = equations.acceleration(MOTH, (force[0], force[1], force[2]), z)
    return out


def motions(states: Array) -> Array:
    """Return the motions of states."""
    out = np.empty_like(states)
    for state, motion in zip(states, out, strict=True):
        equations.to_motion(MOTH, state, motion)
    return out


def ends(motions: Array) -> Array:
    """Return the states of motions."""
    out = np.empty_like(motions)
    for motion, state in zip(motions, out, strict=True):
        equations.to_state(MOTH, motion, state)
    return out


def forces(controls: Array) -> Array:
    """Return the controls as forces (F cos α, F sin α, τ)."""
    size, angle, torque = controls.T
    return np.column_stack([size * np.cos(angle), size * np.sin(angle), torque])


def by_odeint(motions: Array, forces: Array, tolerance: float) -> Array:
    """Integrate run after run with LSODA."""
    times, options = [0.0, 0.02], {"rtol": tolerance, "atol": tolerance}
    runs = zip(motions, forces, strict=True)
    return np.array([odeint(rates, z, times, args=(force,), **options)[-1] for z, force in runs])


@njit(error_model="numpy")
def by_dormand_prince(motions: Array, forces: Array, tolerance: float) -> Array:
    """Integrate run after run with an explicit method, all compiled."""
    out, k, z = motions.copy(), np.empty((7, 8)), np.empty(8)
    for run in range(len(out)):
        y, t, h, last, error = out[run], 0.0, 1e-5, False, 0.0
        force = (forces[run, 0], forces[run, 1], forces[run, 2])
        while not last or error > 1:
            last = t + h >= 0.02
            if last:
                h = 0.02 - t
            for i in range(7):
                for n in range(8):
                    z[n] = y[n]
                    for j in range(i):
                        z[n] += h * DORMAND_PRINCE[i, j] * k[j, n]
                for n in range(4):
                    k[i, n] = z[4 + n]
                k[i, 4], k[i, 5], k[i, 6], k[i, 7] = equations.acceleration(MOTH, force, z)
            error = 0.0
            for n in range(8):
                difference = 0.0
                for i in range(7):
                    difference += DIFFERENCE[i] * k[i, n]
                error = max(error, abs(h * difference) / (MAGNITUDE[n] + max(abs(y[n]), abs(z[n]))) / tolerance)
            if error <= 1:
                t += h
                for n in range(8):
                    y[n] = z[n]
            h *= min(max(0.9 * max(error, 1e-9) ** -0.2, 0.1), 6.0)
    return out


def exact(states: Array, controls: Array) -> Array:
    """Integrate all runs as one system with DOP853 and the equations in plain NumPy."""

    def plain(_: float, y: Array) -> Array:
        return flight.derivative(y.reshape(-1, 8), controls).ravel()

    solution = solve_ivp(plain, (0, 0.02), states.ravel(), method="DOP853", rtol=1e-12, atol=1e-9)
    assert solution.success
    return np.asarray(solution.y[:, -1].reshape(states.shape))
