"""What the tests of flight share: strategies, and mechanics written down from the definitions."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from motifcount import flight

NO_FORCES = flight.Parameters(air_density=0, gravity=0, stiffness=0, damping=0)
RANGE = np.array([72, 4100, 72, 4100, 13.6, 720, 13.7, 720])  # of each column of the state after 20 ms

RUNS = 130  # of a small data set: four chunks, the last one short
ARGUMENTS = {"seed": 11, "chunk_runs": 40}

CHECK_STATE = [0, 100, 0, -200, 0.7, 3, 4.1, -5]
CHECK_CONTROLS = [12000, 1.1, 25000]


def between(low, high):
    return st.floats(low, high, allow_subnormal=False)


def off_zero(high, low=1.0):
    return between(low, high) | between(-high, -low)


states = st.tuples(
    *(between(-30, 30), off_zero(1500), between(-30, 30), off_zero(1500)),
    *(between(-7, 14), between(-300, 300), between(-7, 14), between(-300, 300)),
).map(np.array)
controls = st.tuples(between(0, 44300), between(0, 6.3), between(-1e5, 1e5)).map(np.array)
parameters = st.builds(
    flight.Parameters,
    **{name: between(0.2, 3) for name in flight.Parameters.__slots__ if name.startswith(("head_", "abdomen_"))},
    force_joint=between(-2, 2),
    stiffness=between(0, 5e4),
    damping=between(0, 5e4),
    rest_angle=between(-1, 1),
    air_density=between(0, 0.01),
    air_viscosity=between(0, 0.01),
    gravity=between(-1000, 1000),
)


class Body:
    """One of the two bodies in a state: where its centre is and how it moves, by geometry alone."""

    def __init__(self, mass, inertia, joint, state, angle):
        x, xd, y, yd = state[..., :4].T
        self.angle, self.spin = state[..., angle], state[..., angle + 1]
        self.mass, self.inertia = mass, inertia
        self.x, self.y = x + joint * np.cos(self.angle), y + joint * np.sin(self.angle)
        self.xd, self.yd = xd - joint * np.sin(self.angle) * self.spin, yd + joint * np.cos(self.angle) * self.spin


def bodies(p, state):
    return (
        Body(p.head_mass, p.head_inertia, p.head_joint, state, 4),
        Body(p.abdomen_mass, p.abdomen_inertia, p.abdomen_joint, state, 6),
    )


def momentum(p, state):
    """Linear momentum, and angular momentum about the origin."""
    both = bodies(p, state)
    return np.stack(
        [
            sum(b.mass * b.xd for b in both),
            sum(b.mass * b.yd for b in both),
            sum(b.mass * (b.x * b.yd - b.y * b.xd) + b.inertia * b.spin for b in both),
        ],
        -1,
    )


def energy(p, state):
    """Kinetic energy, and that of gravity and the spring."""
    both = bodies(p, state)
    kinetic = sum(b.mass * (b.xd**2 + b.yd**2) + b.inertia * b.spin**2 for b in both) / 2
    bend = state[..., 6] - state[..., 4] - np.pi - p.rest_angle
    return kinetic + sum(b.mass * p.gravity * b.y for b in both) + p.stiffness * bend**2 / 2
