"""The equations of motion, compiled, and about the centre of mass.

About the centre of mass instead of the joint, the translation does not depend on the accelerations of the angles: only
the drag knows where the joint is. What remains to be solved for the two angles is a 2 × 2 system, gravity drops out of
it, and the stiff hinge acts on two components alone.

A motion `z` is (X, Y, θ, φ, X', Y', θ', φ'), X and Y being the centre of mass; a `force` is (F cos α, F sin α, τ).
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from motifcount.flight.coefficients import Coefficients
from motifcount.flight.model import Array

Force = tuple[float, float, float]

OPTIONS: Any = {"error_model": "numpy", "fastmath": {"contract"}}
compiled = njit(**OPTIONS)


@compiled
def to_motion(c: Coefficients, state: Array, z: Array) -> None:
    """Write the motion of a state (x, x', y, y', θ, θ', φ, φ') into `z`."""
    x, vx, y, vy, theta, omega, phi, psi = state
    z[0] = x + c.head_arm * math.cos(theta) + c.abdomen_arm * math.cos(phi)
    z[1] = y + c.head_arm * math.sin(theta) + c.abdomen_arm * math.sin(phi)
    z[2], z[3] = theta, phi
    z[4] = vx - c.head_arm * math.sin(theta) * omega - c.abdomen_arm * math.sin(phi) * psi
    z[5] = vy + c.head_arm * math.cos(theta) * omega + c.abdomen_arm * math.cos(phi) * psi
    z[6], z[7] = omega, psi


@compiled
def to_state(c: Coefficients, z: Array, state: Array) -> None:
    """Write the state of a motion: the inverse of `to_motion`."""
    theta, phi, omega, psi = z[2], z[3], z[6], z[7]
    state[0] = z[0] - c.head_arm * math.cos(theta) - c.abdomen_arm * math.cos(phi)
    state[1] = z[4] + c.head_arm * math.sin(theta) * omega + c.abdomen_arm * math.sin(phi) * psi
    state[2] = z[1] - c.head_arm * math.sin(theta) - c.abdomen_arm * math.sin(phi)
    state[3] = z[5] - c.head_arm * math.cos(theta) * omega - c.abdomen_arm * math.cos(phi) * psi
    state[4], state[5], state[6], state[7] = theta, omega, phi, psi


@compiled
def drag_per_square(c: Coefficients, speed: float) -> tuple[float, float]:
    """Return D and dD/dv of the drag D |v_x| v_x, at a speed above 0."""
    root = math.sqrt(speed)
    head = 1 / (c.root_viscosity + c.head_root * root)
    abdomen = 1 / (c.root_viscosity + c.abdomen_root * root)
    head_drag, abdomen_drag = c.head_drag * head, c.abdomen_drag * abdomen
    stokes = c.drag_stokes / speed
    slope = (head_drag * c.head_root * head + abdomen_drag * c.abdomen_root * abdomen) / (2 * root)
    return stokes + head_drag + abdomen_drag + c.drag_constant, -stokes / speed - slope


@compiled
def drag(c: Coefficients, vx: float, vy: float) -> tuple[float, float]:
    """Return the drag force; its limit at rest is (0, 0)."""
    speed = math.sqrt(vx * vx + vy * vy)
    if speed == 0 or c.drag_constant == 0:
        return 0.0, 0.0
    per_square, _ = drag_per_square(c, speed)
    return per_square * abs(vx) * vx, per_square * abs(vy) * vy


@compiled
def drag_jacobian(c: Coefficients, vx: float, vy: float) -> tuple[float, float, float, float]:
    """Return the partial derivatives of the drag, row by row; at rest those of Stokes' drag along the axes."""
    speed = math.sqrt(vx * vx + vy * vy)
    if speed == 0 or c.drag_constant == 0:
        return c.drag_stokes, 0.0, 0.0, c.drag_stokes
    per_square, slope = drag_per_square(c, speed)
    square_x, square_y = slope / speed * abs(vx) * vx, slope / speed * abs(vy) * vy
    along_x, along_y = 2 * per_square * abs(vx), 2 * per_square * abs(vy)
    return along_x + square_x * vx, square_x * vy, square_y * vx, along_y + square_y * vy


@compiled
def acceleration(c: Coefficients, force: Force, z: Array) -> tuple[float, float, float, float]:
    """Return X'', Y'', θ'', φ''."""
    along, across, torque = force
    theta, phi, omega, psi = z[2], z[3], z[6], z[7]
    s1, c1, s2, c2 = math.sin(theta), math.cos(theta), math.sin(phi), math.cos(phi)
    sine, cosine = s1 * c2 - c1 * s2, c1 * c2 + s1 * s2  # of θ - φ
    a1, a2 = c.head_arm, c.abdomen_arm
    dx, dy = drag(c, z[4] + a1 * s1 * omega + a2 * s2 * psi, z[5] - a1 * c1 * omega - a2 * c2 * psi)
    hinge = c.stiffness * (phi - theta - c.straight) + c.damping * (psi - omega)

    p = torque + hinge + across * c.force_arm + c.coupling * psi * psi * sine + a1 * (c1 * dy - s1 * dx)
    q = -torque - hinge - c.coupling * omega * omega * sine
    q += a2 * (c2 * dy - s2 * dx - across * cosine - along * sine)
    off = c.coupling * cosine
    scale = 1 / (c.head_inertia * c.abdomen_inertia - off * off)
    return (
        (along * c1 - across * s1 - dx) * c.inverse_mass,
        (along * s1 + across * c1 - dy) * c.inverse_mass - c.gravity,
        (c.abdomen_inertia * p + off * q) * scale,
        (off * p + c.head_inertia * q) * scale,
    )


@compiled
def jacobian(c: Coefficients, force: Force, z: Array, out: Array) -> None:
    """Write the derivatives of the accelerations by θ, φ, X', Y', θ', φ' into the rows of `out`, shape (6, 4)."""
    along, across, _ = force
    theta, phi, omega, psi = z[2], z[3], z[6], z[7]
    _, _, thetadd, phidd = acceleration(c, force, z)
    s1, c1, s2, c2 = math.sin(theta), math.cos(theta), math.sin(phi), math.cos(phi)
    sine, cosine = s1 * c2 - c1 * s2, c1 * c2 + s1 * s2
    a1, a2 = c.head_arm, c.abdomen_arm
    vx, vy = z[4] + a1 * s1 * omega + a2 * s2 * psi, z[5] - a1 * c1 * omega - a2 * c2 * psi
    dx, dy = drag(c, vx, vy)
    drag_xx, drag_xy, drag_yx, drag_yy = drag_jacobian(c, vx, vy)
    off = c.coupling * cosine
    scale = 1 / (c.head_inertia * c.abdomen_inertia - off * off)
    # By θ - φ; the change of the mass matrix itself stands on the right-hand side.
    p = c.coupling * (psi * psi * cosine - phidd * sine)
    q = -c.coupling * (omega * omega * cosine + thetadd * sine) + a2 * (across * sine - along * cosine)
    p1, q1 = p - c.stiffness - a1 * (s1 * dy + c1 * dx), q + c.stiffness
    p2, q2 = c.stiffness - p, -q - c.stiffness - a2 * (s2 * dy + c2 * dx)
    p3, q3 = -c.damping, c.damping - 2 * c.coupling * omega * sine
    p4, q4 = c.damping + 2 * c.coupling * psi * sine, -c.damping

    rows = (  # derivatives of the joint's velocity, the thrust, and the two torques at constant drag
        (a1 * c1 * omega, a1 * s1 * omega, -along * s1 - across * c1, along * c1 - across * s1, p1, q1),
        (a2 * c2 * psi, a2 * s2 * psi, 0.0, 0.0, p2, q2),
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
        (a1 * s1, -a1 * c1, 0.0, 0.0, p3, q3),
        (a2 * s2, -a2 * c2, 0.0, 0.0, p4, q4),
    )
    for k, (dvx, dvy, thrust_x, thrust_y, dp, dq) in enumerate(rows):
        ddx, ddy = drag_xx * dvx + drag_xy * dvy, drag_yx * dvx + drag_yy * dvy
        dp += a1 * (c1 * ddy - s1 * ddx)
        dq += a2 * (c2 * ddy - s2 * ddx)
        out[k, 0] = (thrust_x - ddx) * c.inverse_mass
        out[k, 1] = (thrust_y - ddy) * c.inverse_mass
        out[k, 2] = (c.abdomen_inertia * dp + off * dq) * scale
        out[k, 3] = (off * dp + c.head_inertia * dq) * scale
