"""The hawkmoth: two rigid bodies in a plane, thorax with head and abdomen, joined by a sprung and damped hinge.

The model is that of Bustamante et al. (2022), doi:10.1093/iob/obac039. Units are cm, g, s and rad throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments

STATE = ("x", "xd", "y", "yd", "theta", "thetad", "phi", "phid")
"""Joint position, thorax angle and abdomen angle, each followed by its rate."""
CONTROLS = ("F", "alpha", "tau")
"""Force (dyn), its angle to the thorax axis (rad), torque between the bodies (dyn cm); constant during a run."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the moth and the air are like. The defaults are those of the study.

    Forces are switched off by zeros: `air_density` 0 is a vacuum, without drag whatever the viscosity.

    Parameters
    ----------
    head_width, head_length, abdomen_width, abdomen_length
        Semi-axes of the two ellipsoids, cm.
    head_density, abdomen_density
        g/cm³.
    head_joint, abdomen_joint
        Distance of the centre of each body from the joint, cm.
    force_joint
        Distance of the point where the force acts from the joint, cm.
    stiffness, damping
        Of the hinge: g cm²/s² per rad, and g cm²/s.
    rest_angle
        Deviation of the hinge's rest position from a straight line, rad.
    air_density, air_viscosity
        g/cm³, and g/(cm s).
    gravity
        cm/s².

    Raises
    ------
    TypeError, ValueError
        If a parameter is not a number, beyond 1e12, or has an impossible sign.
    """

    head_width: float = 0.5
    head_length: float = 0.9
    abdomen_width: float = 0.75
    abdomen_length: float = 1.9
    head_density: float = 0.9
    abdomen_density: float = 0.4
    head_joint: float = 0.9
    abdomen_joint: float = 1.9
    force_joint: float = 0.75
    stiffness: float = 23000.0
    damping: float = 14075.8
    rest_angle: float = 0.0
    air_density: float = 0.00118
    air_viscosity: float = 0.000186
    gravity: float = 980.0

    def __post_init__(self) -> None:
        for field in fields(self):
            low = -_LARGEST if field.name in _SIGNED else 1 / _LARGEST if field.name in _POSITIVE else 0.0
            value = arguments.between(field.name, getattr(self, field.name), low, _LARGEST)
            object.__setattr__(self, field.name, value)

    @property
    def head_mass(self) -> float:
        """Mass of thorax and head, g."""
        return 4 / 3 * math.pi * self.head_density * self.head_width**2 * self.head_length

    @property
    def abdomen_mass(self) -> float:
        """Mass of the abdomen, g."""
        return 4 / 3 * math.pi * self.abdomen_density * self.abdomen_width**2 * self.abdomen_length

    @property
    def mass(self) -> float:
        """Mass of the moth, g."""
        return self.head_mass + self.abdomen_mass

    @property
    def head_inertia(self) -> float:
        """Moment of inertia of thorax and head about their own centre, g cm²."""
        return self.head_mass * (self.head_width**2 + self.head_length**2) / 5

    @property
    def abdomen_inertia(self) -> float:
        """Moment of inertia of the abdomen about its own centre, g cm²."""
        return self.abdomen_mass * (self.abdomen_width**2 + self.abdomen_length**2) / 5

    @property
    def head_area(self) -> float:
        """Frontal area of thorax and head, cm²."""
        return math.pi * self.head_width**2

    @property
    def abdomen_area(self) -> float:
        """Frontal area of the abdomen, cm²."""
        return math.pi * self.abdomen_width**2


_LARGEST = 1e12
_POSITIVE = {name for name in Parameters.__slots__ if name.startswith(("head_", "abdomen_"))}
_SIGNED = {"force_joint", "rest_angle", "gravity"}


def derivative(state: Any, controls: Any, parameters: Parameters | None = None) -> Array:
    """Return the rates of change of states.

    This is the readable form of the model, for checks and plots; :func:`simulate` runs a compiled one.

    Parameters
    ----------
    state
        Shape (..., 8), in the order x, x', y, y', θ, θ', φ, φ' (`STATE`).
    controls
        Shape (..., 3): F, α, τ (`CONTROLS`).
    parameters
        The moth; None for that of the study.

    Returns
    -------
    array of float64, shape (..., 8)

    Raises
    ------
    TypeError, ValueError
        If an argument has another type or shape, or is not finite.

    Examples
    --------
    >>> import motifcount.flight as flight
    >>> flight.derivative([0, 0, 0, 0, 0, 0, 3.141592653589793, 0], [0, 0, 0]).round(6)[3]  # falls
    np.float64(-980.0)
    """
    state, controls = columns("state", state, STATE), columns("controls", controls, CONTROLS)
    if state.shape[:-1] != controls.shape[:-1]:
        try:
            np.broadcast_shapes(state.shape[:-1], controls.shape[:-1])
        except ValueError:
            raise ValueError(f"controls must fit state, of shape {state.shape}, not have {controls.shape}") from None
    p = parameters_or_default(parameters)
    _, xd, _, yd, theta, thetad, phi, phid = np.moveaxis(state, -1, 0)
    force, alpha, tau = np.moveaxis(controls, -1, 0)
    m1, m2, head, abdomen = p.head_mass, p.abdomen_mass, p.head_joint, p.abdomen_joint
    drag_x, drag_y = _drag(p, xd, yd)
    hinge = p.stiffness * (phi - theta - np.pi - p.rest_angle) + p.damping * (phid - thetad)

    right = (
        force * np.cos(alpha + theta) + head * m1 * np.cos(theta) * thetad**2
        + abdomen * m2 * np.cos(phi) * phid**2 - drag_x,
        force * np.sin(alpha + theta) + head * m1 * np.sin(theta) * thetad**2
        + abdomen * m2 * np.sin(phi) * phid**2 - drag_y - (m1 + m2) * p.gravity,
        tau + force * p.force_joint * np.sin(alpha) - p.gravity * head * m1 * np.cos(theta) + hinge,
        -tau - p.gravity * abdomen * m2 * np.cos(phi) - hinge,
    )  # fmt: skip
    acceleration = np.linalg.solve(_mass_matrix(p, theta, phi), np.stack(np.broadcast_arrays(*right), -1)[..., None])
    xdd, ydd, thetadd, phidd = np.moveaxis(acceleration[..., 0], -1, 0)
    return np.stack(np.broadcast_arrays(xd, xdd, yd, ydd, thetad, thetadd, phid, phidd), -1)


def _mass_matrix(p: Parameters, theta: Array, phi: Array) -> Array:
    m1, m2, head, abdomen = p.head_mass, p.abdomen_mass, p.head_joint, p.abdomen_joint
    matrix = np.zeros((*np.broadcast(theta, phi).shape, 4, 4))
    matrix[..., 0, 0] = matrix[..., 1, 1] = m1 + m2
    matrix[..., 0, 2] = matrix[..., 2, 0] = -head * m1 * np.sin(theta)
    matrix[..., 1, 2] = matrix[..., 2, 1] = head * m1 * np.cos(theta)
    matrix[..., 0, 3] = matrix[..., 3, 0] = -abdomen * m2 * np.sin(phi)
    matrix[..., 1, 3] = matrix[..., 3, 1] = abdomen * m2 * np.cos(phi)
    matrix[..., 2, 2] = p.head_inertia + head**2 * m1
    matrix[..., 3, 3] = p.abdomen_inertia + abdomen**2 * m2
    return matrix


def _drag(p: Parameters, xd: Array, yd: Array) -> tuple[Array, Array]:
    """Return the drag force along x and y; its limit at rest is 0."""
    speed = np.hypot(xd, yd)
    moving = (speed > 0) & (p.air_density > 0)
    speed = np.where(moving, speed, 1.0)
    total = np.zeros_like(speed)
    for width, area in ((p.head_width, p.head_area), (p.abdomen_width, p.abdomen_area)):
        reynolds = p.air_density * speed * 2 * width
        inverse = np.divide(p.air_viscosity, reynolds, out=np.zeros_like(speed), where=moving)  # 1/Re
        coefficient = 24 * inverse + 6 * np.sqrt(inverse) / (np.sqrt(inverse) + 1) + 0.4
        total += p.air_density / 2 * coefficient * area
    total = np.where(moving, total, 0.0)
    return total * np.abs(xd) * xd, total * np.abs(yd) * yd


def columns(name: str, value: Any, names: tuple[str, ...]) -> Array:
    """Return `value` as finite float64 with the named columns."""
    array = arguments.array(name, value)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype}")
    if array.ndim == 0 or array.shape[-1] != len(names):
        raise ValueError(f"{name} must have {len(names)} columns ({', '.join(names)}), not the shape {array.shape}")
    table: Array = array.astype(np.float64)
    bad = np.argwhere(~np.isfinite(table).all(axis=-1))
    if len(bad):
        row = tuple(bad[0].tolist())
        raise ValueError(f"{name} must be finite; row {', '.join(map(str, row)) or 0} is {table[row].tolist()}")
    return table


def parameters_or_default(parameters: Parameters | None) -> Parameters:
    """Return the parameters, those of the study for None."""
    if parameters is None:
        return Parameters()
    return arguments.instance("parameters", parameters, Parameters, "a motifcount.flight.Parameters or None")
