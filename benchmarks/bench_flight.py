"""How fast are flights of 20 ms simulated, against SciPy's odeint and a Dormand-Prince method, at the same error?

All run on the same compiled equations. odeint runs at the tolerance at which it makes relative errors of some 3e-7;
motifcount at one where the root mean square of its errors and its largest error are below odeint's, which is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import integrators
import numpy as np
import numpy.typing as npt
import pytest

from motifcount import flight

PEER_RUNS, RUNS, SEED = 100, 5000, 1
ODEINT, RODAS, DORMAND_PRINCE = 1e-6, 2e-5, 1e-4  # tolerances
RANGE = np.array([72, 4100, 72, 4100, 13.6, 720, 13.7, 720])  # of an end state's columns
Array = npt.NDArray[np.float64]


class Errors(NamedTuple):
    root_mean_square: float
    largest: float


@pytest.fixture(scope="module")
def errors_of() -> Callable[[Array], Errors]:
    """Give a function that compares the end states of the first runs with exact ones."""
    exact = integrators.exact(*flight.draw(PEER_RUNS, seed=SEED))

    def errors(found: Array) -> Errors:
        worst = np.abs((found[:PEER_RUNS] - exact) / RANGE).max(axis=1)
        return Errors(float(np.sqrt((worst**2).mean())), float(worst.max()))

    return errors


@pytest.fixture(scope="module")
def odeint_error(errors_of: Callable[[Array], Errors]) -> Errors:
    """Give odeint's error."""
    return errors_of(integrators.ends(integrators.by_odeint(*_peer(), ODEINT)))


def _row(tool: str, runs: int, error: Errors, threads: int = 1) -> dict[str, Any]:
    baseline = tool.startswith("motifcount, like") and threads == 1
    row = {"group": "flights of 20 ms", "tool": tool, "work": runs, "unit": "runs", "threads": threads}
    return row | {"error": error.root_mean_square, "baseline": baseline}


def _peer() -> tuple[Array, Array]:
    states, controls = flight.draw(PEER_RUNS, seed=SEED)
    return integrators.motions(states), integrators.forces(controls)


@pytest.mark.parametrize("tolerance", [RODAS, flight.RTOL], ids=["like odeint", "default tolerance"])
def bench_motifcount(
    measure: Callable[..., Any],
    errors_of: Callable[[Array], Errors],
    odeint_error: Errors,
    threads: int,
    tolerance: float,
) -> None:
    states, controls = flight.draw(RUNS, seed=SEED)
    options: dict[str, Any] = {"rtol": tolerance, "num_threads": threads, "progress": False}
    error = errors_of(flight.simulate(states, controls, **options))
    tool = "motifcount, like odeint" if tolerance == RODAS else f"motifcount, default ({tolerance:g})"
    ends = measure(flight.simulate, states, controls, **options, **_row(tool, RUNS, error, threads))
    assert errors_of(ends) == error
    assert error.root_mean_square <= odeint_error.root_mean_square
    assert error.largest <= odeint_error.largest


def bench_odeint(measure: Callable[..., Any], errors_of: Callable[[Array], Errors], odeint_error: Errors) -> None:
    row = _row(f"odeint, {ODEINT:g}", PEER_RUNS, odeint_error)
    found = measure(integrators.by_odeint, *_peer(), ODEINT, **row)
    assert errors_of(integrators.ends(found)) == odeint_error
    assert 1e-7 < odeint_error.root_mean_square < 1e-6


def bench_dormand_prince(measure: Callable[..., Any], errors_of: Callable[[Array], Errors]) -> None:
    arguments = (*_peer(), DORMAND_PRINCE)
    error = errors_of(integrators.ends(integrators.by_dormand_prince(*arguments)))
    tool = f"Dormand-Prince in numba, {DORMAND_PRINCE:g}"
    measure(integrators.by_dormand_prince, *arguments, **_row(tool, PEER_RUNS, error))
    assert error.root_mean_square < 1e-5
