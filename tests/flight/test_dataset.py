"""The data set: draws, columns, scales, parts; the same seed makes the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from motifcount import flight
from support import flights


def contents(path):
    return {file.name: file.read_bytes() for file in Path(path).iterdir()}


def all_rows(dataset):
    return np.concatenate([dataset.rows(k) for k in range(dataset.n_chunks)])


# ---- draws -----------------------------------------------------------------------------------------------


def test_draws_are_uniform_and_independent():
    states, controls = flight.draw(20_000, seed=1)
    values = np.column_stack([states[:, [1, 3, 4, 5, 6, 7]], controls])
    low, high = np.array(list(flight.RANGES.values())).T
    assert np.all((values >= low) & (values < high))
    assert not states[:, [0, 2]].any()
    uniform = np.sort((values - low) / (high - low), axis=0)
    assert np.abs(uniform - np.linspace(0, 1, len(uniform))[:, None]).max() < 1.95 / np.sqrt(len(uniform))
    assert np.abs(np.corrcoef(values.T) - np.eye(9)).max() < 5 / np.sqrt(len(values))


def test_ranges_are_those_of_the_study():
    turn = (0, 2 * np.pi)
    rates = {"xd": (-1500, 1500), "yd": (-1500, 1500), "thetad": (-25, 25), "phid": (-25, 25)}
    study = rates | {"theta": turn, "phi": turn, "F": (0, 44300), "alpha": turn, "tau": (-1e5, 1e5)}
    assert study == flight.RANGES


@pytest.mark.parametrize("first", [0, 1, 7])
def test_a_run_does_not_depend_on_its_neighbours(first):
    whole, part = flight.draw(20, seed=5), flight.draw(4, seed=5, first=first)
    assert all(np.array_equal(a[first : first + 4], b) for a, b in zip(whole, part, strict=True))


def test_the_numbers_of_a_seed_never_change():
    states, controls = flight.draw(1, seed=1, first=10**6)
    xd, yd, theta, thetad, phi, phid = (
        -1236.8834351808,
        -905.6386599492,
        5.9698639966,
        -13.4121817033,
        0.9029050565,
        22.0600774343,
    )
    assert states[0] == pytest.approx([0, xd, 0, yd, theta, thetad, phi, phid], rel=1e-9)
    assert controls[0] == pytest.approx([11046.1525624390, 2.6828418918, -93737.3637104520], rel=1e-9)


def test_seeds_and_runs_differ():
    assert len(np.unique(np.concatenate([flight.draw(50, seed=k)[1] for k in (0, 1, 2, 2**63)]))) == 600


# ---- columns and scales ----------------------------------------------------------------------------------


def test_columns_and_scales_are_the_authors(shared_data):
    theirs = json.loads((shared_data / "flight_scalers.json").read_text())
    assert list(flight.INPUTS) == theirs["inputs"]
    assert list(flight.OUTPUTS) == theirs["outputs"]
    low, high = theirs["x_min"] + theirs["y_min"], theirs["x_max"] + theirs["y_max"]
    assert dict(zip(theirs["inputs"] + theirs["outputs"], zip(low, high, strict=True), strict=True)) == flight.SCALERS


def test_rows_hold_the_flights(made):
    states, controls = flight.draw(flights.RUNS, seed=11)
    ends = flight.simulate(states, controls)
    row = dict(zip(flight.INPUTS + flight.OUTPUTS, all_rows(made).T, strict=True))
    for name, start, end in zip(flight.STATE, states.T, ends.T, strict=True):
        if name not in ("x", "y"):
            assert np.array_equal(row[f"{name}0"], start)
        assert np.array_equal(row[f"{name}_f"], end)
    force, alpha, tau = controls.T
    assert np.array_equal(row["tau"], tau)
    assert np.hypot(row["Fx"], row["Fy"]) == pytest.approx(force)
    assert np.arctan2(row["Fy"], row["Fx"]) % (2 * np.pi) == pytest.approx(alpha)


def test_a_row_alone_is_enough_to_fly_it_again(made):
    row = dict(zip(flight.INPUTS + flight.OUTPUTS, all_rows(made).T, strict=True))
    nothing = np.zeros(flights.RUNS)
    states = [row.get(f"{name}0", nothing) for name in flight.STATE]
    controls = [np.hypot(row["Fx"], row["Fy"]), np.arctan2(row["Fy"], row["Fx"]), row["tau"]]
    ends = flight.simulate(np.transpose(states), np.transpose(controls), rtol=1e-11)
    found = np.transpose([row[f"{name}_f"] for name in flight.STATE])
    assert np.abs((found - ends) / flights.RANGE).max() < 1e-7


def test_parts_are_scaled_and_share_out_all_runs(made):
    low, high = np.array([flight.SCALERS[name] for name in flight.INPUTS + flight.OUTPUTS]).T
    expected = (all_rows(made) - low) / (high - low) - 0.5
    place = np.arange(flights.RUNS) % 25
    roles = {"train": place < 16, "validation": (place >= 16) & (place < 20), "test": place >= 20}
    for name, chosen in roles.items():
        pairs = getattr(made, name)
        assert pairs.inputs.dtype == pairs.outputs.dtype == np.float32
        assert np.array_equal(np.hstack(pairs), expected[chosen].astype(np.float32))
        assert getattr(made, name) is pairs
    assert np.abs(expected).max() < 0.51


def test_shares_are_64_16_and_20_percent(tmp_path):
    made = flight.generate(tmp_path, 100, seed=1)
    assert [len(pairs.inputs) for pairs in (made.train, made.validation, made.test)] == [64, 16, 20]


def test_the_mean_scores_what_the_study_says(tmp_path):
    outputs = flight.generate(tmp_path, 4000, seed=1).train.outputs
    assert ((outputs - outputs.mean(axis=0)) ** 2).mean() == pytest.approx(0.045, abs=0.002)


# ---- the same seed, the same data ------------------------------------------------------------------------


def test_threads_and_chunks_do_not_matter(made, tmp_path, num_threads):
    other = flight.generate(tmp_path, flights.RUNS, seed=11, chunk_runs=100, num_threads=num_threads)
    assert np.array_equal(all_rows(other), all_rows(made))
    assert np.array_equal(other.test.inputs, made.test.inputs)


def test_a_smaller_set_is_the_beginning_of_a_larger_one(made, tmp_path):
    small = flight.generate(tmp_path, 50, seed=11)
    assert np.array_equal(all_rows(small), all_rows(made)[:50])
    assert np.array_equal(small.train.outputs, made.train.outputs[: len(small.train.outputs)])


def test_another_seed_makes_other_runs(made, tmp_path):
    assert not np.any(all_rows(flight.generate(tmp_path, flights.RUNS, seed=12)) == all_rows(made))


def test_parameters_and_tolerance_are_kept_and_used(made, tmp_path):
    moth = flight.Parameters(gravity=0)
    other = flight.generate(tmp_path, 30, seed=11, parameters=moth, rtol=1e-5)
    found = flight.load(tmp_path)
    assert (found.parameters, found.rtol, found.seed, found.n_runs, found.path) == (moth, 1e-5, 11, 30, tmp_path)
    assert not np.array_equal(all_rows(other), all_rows(made)[:30])
