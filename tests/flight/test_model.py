"""The equations of motion: known values, mechanics, and the compiled form against the readable one."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount import flight
from motifcount.flight import equations
from motifcount.flight.coefficients import coefficients
from support import flights


def motion_of(c, state):
    z = np.empty(8)
    equations.to_motion(c, np.asarray(state, float), z)
    return z


def force_of(controls):
    size, angle, torque = map(float, controls)
    return size * math.cos(angle), size * math.sin(angle), torque


def test_known_masses_inertias_and_areas():
    p = flight.Parameters()
    known = {
        "head_mass": 0.8482300164692441,
        "abdomen_mass": 1.790707812546182,
        "head_inertia": 0.17982476349147977,
        "abdomen_inertia": 1.4943456695697888,
        "head_area": 0.7853981633974483,
        "abdomen_area": 1.7671458676442586,
    }
    assert {name: getattr(p, name) for name in known} == pytest.approx(known, rel=1e-14)


def test_known_accelerations():
    rates = flight.derivative(flights.CHECK_STATE, flights.CHECK_CONTROLS)
    known = [-149521.5246331188, 131107.74142108654, -258741.92303269933, 95023.1801975031]
    assert rates[1::2] == pytest.approx(known, rel=1e-13)
    assert rates[::2].tolist() == flights.CHECK_STATE[1::2]


@given(flights.states, flights.controls, flights.parameters)
def test_compiled_equations_are_the_readable_ones(state, controls, p):
    c = coefficients(p)
    rates = flight.derivative(state, controls, p)
    found = np.array(equations.acceleration(c, force_of(controls), motion_of(c, state)))
    theta, omega, phi, psi = state[4:]
    expected = rates[[1, 3, 5, 7]]
    turning = np.array([[np.sin(theta), omega * np.cos(theta)], [np.sin(phi), psi * np.cos(phi)]])
    arms = np.array([c.head_arm, c.abdomen_arm])
    expected[0] -= arms @ (turning * [[rates[5], omega], [rates[7], psi]]).sum(axis=1)
    turning = np.array([[np.cos(theta), -omega * np.sin(theta)], [np.cos(phi), -psi * np.sin(phi)]])
    expected[1] += arms @ (turning * [[rates[5], omega], [rates[7], psi]]).sum(axis=1)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(rates[1::2]).max() + 1e-6)


@given(flights.states, flights.parameters)
def test_motion_and_state_are_inverse(state, p):
    c, back = coefficients(p), np.empty(8)
    equations.to_state(c, motion_of(c, state), back)
    assert back == pytest.approx(state, abs=1e-9)


@given(flights.states, flights.controls, flights.parameters, st.integers(0, 5))
def test_jacobian_against_differences(state, controls, p, column):
    c, force = coefficients(p), force_of(controls)
    z, found = motion_of(c, state), np.empty((6, 4))
    equations.jacobian(c, force, z, found)
    h = np.zeros(8)
    h[2 + column] = 1e-4 if column in (2, 3) else 1e-6
    up, down = (np.array(equations.acceleration(c, force, z + way * h)) for way in (1, -1))
    noise = 1e-15 * np.abs(up).max() / h.max()
    assert found[column] == pytest.approx((up - down) / (2 * h.max()), rel=1e-5, abs=1e-5 * np.abs(found).max() + noise)


@pytest.mark.parametrize("p", [flight.Parameters(), flight.Parameters(air_viscosity=0), flights.NO_FORCES])
def test_at_rest_there_is_no_drag_and_the_jacobian_is_its_derivative(p):
    c, rest, jacobian = coefficients(p), [0, 0, 0, 0, 0.3, 0, 0.3 + math.pi, 0], np.empty((6, 4))
    assert flight.derivative(rest, [0, 0, 0], replace(p, gravity=0)) == pytest.approx(np.zeros(8), abs=1e-8)
    assert equations.drag(c, 0.0, 0.0) == (0, 0)
    equations.jacobian(c, (0.0, 0.0, 0.0), motion_of(c, rest), jacobian)
    assert np.isfinite(jacobian).all()
    for way in (1e-12, -1e-12):
        along, across = equations.drag(c, way, 0.0)
        assert (along / way, across) == pytest.approx((equations.drag_jacobian(c, 0.0, 0.0)[0], 0), rel=1e-4, abs=1e-9)


def test_drag_is_continuous_at_rest():
    speeds = np.geomspace(1e-12, 1, 13)
    rates = flight.derivative([[0, v, 0, 0, 0, 0, math.pi, 0] for v in speeds], [0, 0, 0], flight.Parameters(gravity=0))
    assert np.all(np.abs(rates[:, 1]) < 0.1 * speeds)


def test_a_vacuum_has_no_drag():
    state = [0, 1e3, 0, 1e3, 0, 0, math.pi, 0]
    rates = flight.derivative(state, [0, 0, 0], flight.Parameters(air_density=0, gravity=0))
    assert rates[1::2] == pytest.approx(np.zeros(4), abs=1e-9)
    assert flight.derivative(state, [0, 0, 0])[1] < -1


@given(flights.states, flights.controls)
def test_power_and_force_balance(state, controls):
    """The rates change energy and momentum by what force, torque and hinge put in."""
    p = flight.Parameters(air_density=0, damping=0)
    force, alpha, tau = controls
    rates, h = flight.derivative(state, controls, p), 1e-7
    before, after = state - h * rates, state + h * rates
    theta, omega, psi = state[4], state[5], state[7]
    thrust = force * np.array([np.cos(alpha + theta), np.sin(alpha + theta)])
    point = state[[1, 3]] + p.force_joint * omega * np.array([-np.sin(theta), np.cos(theta)])
    change = (flights.momentum(p, after) - flights.momentum(p, before)) / (2 * h)
    assert change[:2] == pytest.approx(thrust - [0, p.mass * p.gravity], rel=1e-4, abs=1)
    power = (flights.energy(p, after) - flights.energy(p, before)) / (2 * h)
    assert power == pytest.approx(
        thrust @ point + tau * (omega - psi), rel=1e-3, abs=1e-4 * flights.energy(p, state) + 1e5
    )


def test_arrays_of_states():
    states, controls = flight.draw(12, seed=1)
    together = flight.derivative(states.reshape(3, 4, 8), controls.reshape(3, 4, 3))
    assert together.reshape(12, 8) == pytest.approx(
        np.array([flight.derivative(*run) for run in zip(states, controls, strict=True)]), rel=1e-12
    )
    assert flight.derivative(states, [0, 0, 0]).shape == (12, 8)


@pytest.mark.parametrize("name", [field.name for field in fields(flight.Parameters)])
@pytest.mark.parametrize("value", [math.nan, math.inf, "1", None, True])
def test_impossible_parameters(name, value):
    with pytest.raises((TypeError, ValueError), match=f"{name} must be a finite number.*{value!r}"):
        flight.Parameters(**{name: value})


@pytest.mark.parametrize(("name", "value"), [("head_length", 0), ("abdomen_density", -1), ("damping", -1)])
def test_impossible_signs(name, value):
    with pytest.raises(ValueError, match=f"{name} must be .* not {value}"):
        flight.Parameters(**{name: value})


@pytest.mark.parametrize(
    ("state", "controls", "p", "message"),
    [
        (np.zeros(7), np.zeros(3), None, r"state must have 8 columns.*\(7,\)"),
        (np.zeros(8), np.zeros((3, 4)), None, r"controls must have 3 columns"),
        (np.zeros(8, complex), np.zeros(3), None, "state must hold real numbers"),
        (np.zeros(8), np.zeros(3), {"gravity": 0}, "parameters must be"),
    ],
)
def test_bad_arguments(state, controls, p, message):
    with pytest.raises((TypeError, ValueError), match=message):
        flight.derivative(state, controls, p)
