"""Integration against other integrators, conservation laws, the order of the method, and the study's own runs."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from motifcount import flight
from motifcount.flight import equations, integrator, simulation
from motifcount.flight.coefficients import coefficients
from motifcount.flight.tableaus import RODAS5P
from support import flights

pytestmark = pytest.mark.slow

DURATION = 0.02


def dop853(states, controls, p=None, duration=DURATION):
    """Integrate all runs as one system, by the readable equations."""
    scale = np.broadcast_to(flights.RANGE, states.shape).ravel()

    def rates(_, y):
        return flight.derivative(y.reshape(-1, 8), controls, p).ravel()

    options = {"method": "DOP853", "rtol": 1e-12, "atol": 1e-12 * scale, "max_step": duration / 100}
    solution = solve_ivp(rates, (0, duration), states.ravel(), **options)
    assert solution.success
    return solution.y[:, -1].reshape(states.shape)


def test_known_end():
    known = [1.1660620262, 8.8407727115, -3.1085698790, -128.3494096816]
    known += [1.2168040644, 53.1105583499, 4.5724220935, 50.9099445812]
    end = flight.simulate([flights.CHECK_STATE], [flights.CHECK_CONTROLS], rtol=1e-11)
    assert end[0] == pytest.approx(known, abs=1e-9)


def test_runs_of_the_study(shared_data):
    rows = json.loads((shared_data / "flight_sample_rows.json").read_text())["rows"]
    letters = ("x", "xd", "y", "yd", "theta", "thetad", "phi", "phid")
    starts, ends = ([[row[f"{name}_{when}"] for name in letters] for row in rows] for when in "0f")
    controls = [[row[name] for name in ("F", "alpha", "tau0")] for row in rows]
    assert flight.simulate(starts, controls, rtol=1e-10) == pytest.approx(np.array(ends), rel=1e-6, abs=4e-6)


def test_agreement_with_dop853():
    states, controls = flight.draw(40, seed=853)
    error = np.abs(flight.simulate(states, controls, rtol=1e-11) - dop853(states, controls)) / flights.RANGE
    assert error.max() < 1e-9


def test_default_tolerance_is_as_documented():
    states, controls = flight.draw(2000, seed=7)
    exact = flight.simulate(states, controls, rtol=1e-12)
    error = np.abs(flight.simulate(states, controls) - exact) / flights.RANGE
    assert error.max() < 1e-7
    assert np.median(error.max(axis=1)) < 1e-9


def test_other_parameters_and_durations():
    states, controls = flight.draw(10, seed=4)
    p = flight.Parameters(gravity=-500, stiffness=1e5, damping=300, head_joint=1.5, rest_angle=0.4, air_density=0.01)
    found = flight.simulate(states, controls, 0.05, rtol=1e-11, parameters=p)
    assert np.abs((found - dop853(states, controls, p, 0.05)) / flights.RANGE).max() < 1e-8


def fixed_steps(c, controls, state, n, duration):
    size, angle, torque = controls
    force = (size * np.cos(angle), size * np.sin(angle), torque)
    y, new, work = np.empty(8), np.empty(8), integrator.new_work()
    equations.to_motion(c, state, y)
    for _ in range(n):
        integrator.step(c, force, y, duration / n, new, work)
        y[:] = new
    return y, np.abs(work[0][-1])


def test_order_of_convergence():
    """The slope of log error on log step is the order; that of the estimate is the embedded one's, plus one."""
    p = flight.Parameters(damping=200)
    c, controls, state = coefficients(p), np.array([9000, 1.1, 5000.0]), np.array([0, 900, 0, 700, 0.7, 3, 3.9, -5.0])
    counts = np.array([6, 12, 24, 48])
    exact, _ = fixed_steps(c, controls, state, 1000, DURATION)
    ends = [fixed_steps(c, controls, state, n, DURATION) for n in counts]
    errors = [np.linalg.norm((end - exact) / integrator.MAGNITUDE) for end, _ in ends]
    estimates = [np.linalg.norm(estimate / integrator.MAGNITUDE) for _, estimate in ends]
    for sizes, order in ((errors, RODAS5P.order), (estimates, RODAS5P.order)):
        slope = -np.polyfit(np.log2(counts), np.log2(sizes), 1)[0]
        assert abs(slope - order) < 0.9


def stability_function(tableau, z):
    """Growth of y' = λ y over a step, z = h λ."""
    stages = []
    for a, c in zip(tableau.a, tableau.c, strict=True):
        argument = 1 + sum(a[j] * u for j, u in enumerate(stages))
        stages.append((z * argument + sum(c[j] * u for j, u in enumerate(stages))) / (1 / tableau.gamma - z))
    return argument + stages[-1]


def test_coefficients_of_the_method():
    """On linear equations a step is a Taylor series, even to order 6, and forgets what decays at once."""
    circle = 0.5 * np.exp(2j * np.pi * np.arange(64) / 64)
    series = np.fft.fft(stability_function(RODAS5P, circle)).real / 64 / 0.5 ** np.arange(64)
    assert series[:7] == pytest.approx([1 / math.factorial(k) for k in range(7)], rel=1e-10)
    assert abs(stability_function(RODAS5P, -1e12)) < 1e-9
    assert np.abs(stability_function(RODAS5P, 1j * np.linspace(0, 100, 500))).max() <= 1 + 1e-12


def test_the_method_is_stiffly_stable():
    """One huge step over the decay of the hinge ends near the truth, where an explicit one explodes."""
    c, controls, state = coefficients(flight.Parameters()), np.zeros(3), np.array([0, 0, 0, 0, 0.0, 25, np.pi, -25.0])
    end, _ = fixed_steps(c, controls, state, 1, DURATION)
    exact, _ = fixed_steps(c, controls, state, 1000, DURATION)
    assert np.abs((end - exact)[6:]).max() < 1


@pytest.mark.parametrize("duration", [DURATION, 0.2])
def test_free_flight_conserves_energy_and_momentum(duration):
    p, (states, _) = flights.NO_FORCES, flight.draw(50, seed=2)
    ends = flight.simulate(states, np.zeros((50, 3)), duration, rtol=1e-12, parameters=p)
    assert flights.energy(p, ends) == pytest.approx(flights.energy(p, states), rel=1e-10)
    scale = np.abs(flights.momentum(p, states)).max(axis=0)
    assert np.abs(flights.momentum(p, ends) - flights.momentum(p, states)).max(axis=0) == pytest.approx(
        0 * scale, abs=1e-10 * scale.max()
    )
    assert np.abs(ends - states)[:, 4:].min(axis=0).max() > 0


def test_the_hinge_and_its_torque_keep_momentum_but_not_energy():
    p = flight.Parameters(air_density=0, gravity=0)
    states, controls = flight.draw(50, seed=3)
    controls[:, 0] = 0
    ends = flight.simulate(states, controls, rtol=1e-12, parameters=p)
    scale = np.abs(flights.momentum(p, states)).max()
    assert flights.momentum(p, ends) == pytest.approx(flights.momentum(p, states), abs=1e-10 * scale)
    quiet = flight.simulate(states, 0 * controls, rtol=1e-12, parameters=p)
    assert np.all(flights.energy(p, quiet) < flights.energy(p, states))


def test_spring_and_gravity_keep_energy():
    p, (states, _) = flight.Parameters(air_density=0, damping=0, rest_angle=0.3), flight.draw(50, seed=5)
    ends = flight.simulate(states, np.zeros((50, 3)), 0.1, rtol=1e-12, parameters=p)
    assert flights.energy(p, ends) == pytest.approx(flights.energy(p, states), rel=1e-9)


def test_a_step_too_long_is_taken_again():
    """The first step is far too long for bodies that spin this fast."""
    start, still, free = [[0, 0, 0, 0, 0.3, 1e4, 1, -1e4]], [[0, 0, 0]], flights.NO_FORCES
    found, exact = (flight.simulate(start, still, 1e-4, rtol=rtol, parameters=free) for rtol in (1e-8, 1e-13))
    assert np.abs((found - exact) / (np.abs(exact) + 1)).max() < 5e-8


def test_rest_stays_rest():
    rest = [[3, 0, -2, 0, 0.4, 0, 0.4 + np.pi, 0]]
    end = flight.simulate(rest, [[0, 0, 0]], 1, parameters=flight.Parameters(gravity=0))
    assert end == pytest.approx(np.array(rest), abs=1e-12)


def test_starting_from_rest():
    states, controls = np.zeros((5, 8)), flight.draw(5, seed=6)[1]
    states[:, 6] = np.pi
    assert flight.simulate(states, controls, rtol=1e-11) == pytest.approx(dop853(states, controls), rel=1e-8, abs=1e-7)


def test_threads_do_not_matter(num_threads):
    states, controls = flight.draw(700, seed=9)
    expected = np.concatenate(
        [flight.simulate(states[k:][:1], controls[k:][:1], num_threads=1) for k in range(0, 700, 50)]
    )
    assert np.array_equal(flight.simulate(states, controls, num_threads=num_threads)[::50], expected)


def test_layout_and_type_of_arguments_do_not_matter():
    states, controls = flight.draw(5, seed=10)
    expected = flight.simulate(states, controls)
    assert np.array_equal(flight.simulate(np.asfortranarray(states), controls[::-1][::-1]), expected)
    assert np.array_equal(flight.simulate(states.tolist(), controls.tolist()), expected)
    assert flight.simulate(np.ones((2, 8), np.int8), np.ones((2, 3), np.float32)).dtype == np.float64
    assert flight.simulate(np.empty((0, 8)), np.empty((0, 3))).shape == (0, 8)


def test_progress_counts_runs():
    told = []
    states, controls = flight.draw(300, seed=1)
    flight.simulate(states, controls, num_threads=2, progress=lambda *pair: told.append(pair))
    assert told == sorted(told)
    assert told[-1] == (300, 300)
    assert len(told) == -(-300 // simulation._BLOCK)


@pytest.mark.parametrize("threads", [1, 2])
def test_interrupt_ends_it(threads):
    states, controls = flight.draw(300_000, seed=1)
    seen = []
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it

    def told(done, _):
        if not seen:
            threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        seen.append(done)

    with pytest.raises(KeyboardInterrupt):
        flight.simulate(states, controls, num_threads=threads, progress=told)
    assert 0 < seen[-1] < 10**5


@pytest.mark.parametrize("start", [[0, 1e200, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1e160, 0, 0]])
def test_a_run_that_fails_is_named(start):
    states, controls = flight.draw(100, seed=1)
    states[70] = start
    with pytest.raises(ArithmeticError, match=r"run 70 cannot be integrated.*e\+"):
        flight.simulate(states, controls)


GOOD = {"states": np.zeros((2, 8)), "controls": np.zeros((2, 3))}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"states": np.zeros(8)}, r"states must have the shape \(runs, 8\), not \(8,\)"),
        ({"states": np.zeros((2, 7))}, "states must have 8 columns"),
        ({"states": [[0] * 8, [0] * 7 + [np.nan]]}, "states must be finite; row 1"),
        ({"controls": [["a", "b", "c"]] * 2}, "controls must hold real numbers"),
        ({"controls": np.zeros((3, 3))}, "one row per row of states, 2, not 3"),
        ({"duration": 0}, "duration must be a number above 0 and at most 1000, not 0"),
        ({"duration": np.inf}, "duration must be a number above 0 and at most 1000, not inf"),
        ({"duration": "1"}, "duration must be a number above 0 and at most 1000, not '1'"),
        ({"rtol": 1e-14}, "rtol must be a finite number from 1e-13 to 0.1, not 1e-14"),
        ({"rtol": True}, "rtol must be a finite number"),
        ({"rtol": np.nan}, "rtol must be a finite number"),
        ({"parameters": "moth"}, "parameters must be a motifcount.flight.Parameters or None, not 'moth'"),
        ({"num_threads": 0}, "num_threads"),
        ({"progress": 3}, "progress"),
    ],
)
def test_bad_arguments(change, message):
    with pytest.raises((TypeError, ValueError), match=message):
        flight.simulate(**GOOD | change)


def test_compiles_where_nothing_can_be_cached(monkeypatch):
    tried = []

    def njit(signature, cache=False, **options):
        tried.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(integrator, "njit", njit)
    assert integrator._compile().__name__ == "integrate"
    assert tried == [True, False]


@pytest.mark.parametrize("name", integrator.SOURCES)
def test_the_cache_key_holds_all_sources(repository, tmp_path, name):
    for source in integrator.SOURCES:
        (tmp_path / source).write_bytes((repository / "python/motifcount/flight" / source).read_bytes())
    (key,) = (cell.cell_contents for cell in integrator.integrate.py_func.__closure__)
    assert key == integrator.digest(tmp_path)
    (tmp_path / name).write_text((tmp_path / name).read_text() + "\n")
    assert key != integrator.digest(tmp_path)


@pytest.mark.subprocess
def test_without_numba_the_error_says_what_to_install():
    program = (
        "import sys; sys.modules['numba'] = None\n"
        "from motifcount import flight\n"
        "flight.derivative([0] * 8, [0] * 3)\n"
        "try: flight.simulate([[0] * 8], [[0] * 3])\n"
        "except ImportError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("flight simulation needs numba: pip install 'numba>=")
