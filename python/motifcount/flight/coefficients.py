"""The constants of the compiled equations, worked out from the parameters."""

from __future__ import annotations

import math
from typing import NamedTuple

from motifcount.flight.model import Parameters


class Coefficients(NamedTuple):
    """What `equations` needs to know of a moth."""

    inverse_mass: float
    head_arm: float
    abdomen_arm: float
    head_inertia: float
    abdomen_inertia: float
    coupling: float
    force_arm: float
    stiffness: float
    damping: float
    straight: float
    gravity: float
    drag_stokes: float
    drag_constant: float
    head_drag: float
    abdomen_drag: float
    root_viscosity: float
    head_root: float
    abdomen_root: float


def coefficients(p: Parameters) -> Coefficients:
    """Return the constants of the compiled equations.

    Each body moves the joint away from the centre of mass by its arm; inertias are those about the centre of mass.
    The drag per squared velocity, with Reynolds' number written out, is
    stokes/v + constant + Σ drag / (√μ + root √v), the sum over the two bodies.
    """
    head_arm = p.head_joint * p.head_mass / p.mass
    abdomen_arm = p.abdomen_joint * p.abdomen_mass / p.mass
    air = p.air_density
    viscosity = p.air_viscosity if air > 0 else 0.0
    return Coefficients(
        inverse_mass=1 / p.mass,
        head_arm=head_arm,
        abdomen_arm=abdomen_arm,
        head_inertia=p.head_inertia + p.head_mass * p.head_joint * (p.head_joint - head_arm),
        abdomen_inertia=p.abdomen_inertia + p.abdomen_mass * p.abdomen_joint * (p.abdomen_joint - abdomen_arm),
        coupling=p.mass * head_arm * abdomen_arm,
        force_arm=p.force_joint - head_arm,
        stiffness=p.stiffness,
        damping=p.damping,
        straight=math.pi + p.rest_angle,
        gravity=p.gravity,
        drag_stokes=6 * viscosity * (p.head_area / p.head_width + p.abdomen_area / p.abdomen_width),
        drag_constant=0.2 * air * (p.head_area + p.abdomen_area),
        head_drag=3 * air * p.head_area * math.sqrt(viscosity),
        abdomen_drag=3 * air * p.abdomen_area * math.sqrt(viscosity),
        root_viscosity=math.sqrt(viscosity),
        head_root=math.sqrt(2 * air * p.head_width),
        abdomen_root=math.sqrt(2 * air * p.abdomen_width),
    )
