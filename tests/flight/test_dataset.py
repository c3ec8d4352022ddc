"""The data set: draws, columns, scales, parts, and files that survive what happens to files."""

from __future__ import annotations

import errno
import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from motifcount import flight
from motifcount.flight import storage
from support import flights

ARGUMENTS = {"seed": 11, "chunk_runs": 40}
RUNS = 130  # four chunks, the last one short


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished data set; tests must leave its files alone."""
    return flight.generate(tmp_path_factory.mktemp("made"), RUNS, **ARGUMENTS)


@pytest.fixture
def folder(made, tmp_path):
    """A copy of the finished data set, to be damaged."""
    for file in made.path.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


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
    states, controls = flight.draw(RUNS, seed=11)
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
    nothing = np.zeros(RUNS)
    states = [row.get(f"{name}0", nothing) for name in flight.STATE]
    controls = [np.hypot(row["Fx"], row["Fy"]), np.arctan2(row["Fy"], row["Fx"]), row["tau"]]
    ends = flight.simulate(np.transpose(states), np.transpose(controls), rtol=1e-11)
    found = np.transpose([row[f"{name}_f"] for name in flight.STATE])
    assert np.abs((found - ends) / flights.RANGE).max() < 1e-7


def test_parts_are_scaled_and_share_out_all_runs(made):
    low, high = np.array([flight.SCALERS[name] for name in flight.INPUTS + flight.OUTPUTS]).T
    expected = (all_rows(made) - low) / (high - low) - 0.5
    place = np.arange(RUNS) % 25
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
    other = flight.generate(tmp_path, RUNS, seed=11, chunk_runs=100, num_threads=num_threads)
    assert np.array_equal(all_rows(other), all_rows(made))
    assert np.array_equal(other.test.inputs, made.test.inputs)


def test_a_smaller_set_is_the_beginning_of_a_larger_one(made, tmp_path):
    small = flight.generate(tmp_path, 50, seed=11)
    assert np.array_equal(all_rows(small), all_rows(made)[:50])
    assert np.array_equal(small.train.outputs, made.train.outputs[: len(small.train.outputs)])


def test_another_seed_makes_other_runs(made, tmp_path):
    assert not np.any(all_rows(flight.generate(tmp_path, RUNS, seed=12)) == all_rows(made))


def test_parameters_and_tolerance_are_kept_and_used(made, tmp_path):
    moth = flight.Parameters(gravity=0)
    other = flight.generate(tmp_path, 30, seed=11, parameters=moth, rtol=1e-5)
    found = flight.load(tmp_path)
    assert (found.parameters, found.rtol, found.seed, found.n_runs, found.path) == (moth, 1e-5, 11, 30, tmp_path)
    assert not np.array_equal(all_rows(other), all_rows(made)[:30])


# ---- files -----------------------------------------------------------------------------------------------


def test_files(made):
    assert sorted(contents(made.path)) == [*(f"chunk-{k:05d}.npy" for k in range(4)), "dataset.json"]
    assert [np.load(made.path / f"chunk-{k:05d}.npy", mmap_mode="r").shape for k in (0, 3)] == [(40, 17), (10, 17)]
    manifest = json.loads((made.path / "dataset.json").read_text())
    assert manifest["columns"] == [*flight.INPUTS, *flight.OUTPUTS]
    assert (manifest["format"], manifest["version"]) == ("motifcount.flight", 2)
    assert "130" in repr(made)


def test_load_gives_the_same(made):
    loaded = flight.load(str(made.path))
    assert np.array_equal(loaded.validation.inputs, made.validation.inputs)


class Killed(BaseException):
    pass


def kill_after(monkeypatch, chunks):
    """Let the process die in the middle of writing a chunk."""
    true, written = storage.atomic.write_bytes, []

    def write(file, content):
        if file.suffix == ".npy":
            written.append(file)
            if len(written) > chunks:
                file.with_name(f".{file.name}.7.tmp").write_bytes(b"half")
                raise Killed
        true(file, content)

    monkeypatch.setattr(storage.atomic, "write_bytes", write)


@pytest.mark.parametrize("chunks", [0, 2, 3])
def test_going_on_after_a_kill(made, tmp_path, monkeypatch, chunks):
    with monkeypatch.context() as patch:
        kill_after(patch, chunks)
        with pytest.raises(Killed):
            flight.generate(tmp_path, RUNS, **ARGUMENTS)
    with pytest.raises(ValueError, match=rf"chunk-0000{chunks}.npy is not finished.*call generate again"):
        flight.load(tmp_path)
    finished = {name: (tmp_path / name).stat().st_mtime_ns for name in contents(tmp_path) if name.endswith(".npy")}
    assert len(finished) == chunks
    told = []
    flight.generate(tmp_path, RUNS, **ARGUMENTS, progress=lambda done, _: told.append(done))
    assert contents(tmp_path) == contents(made.path)
    assert all((tmp_path / name).stat().st_mtime_ns == time for name, time in finished.items())
    assert told == sorted(told)
    assert told[-1] == RUNS


def test_a_finished_set_is_left_alone(folder, made):
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    flight.generate(folder, RUNS, **ARGUMENTS)
    assert before == {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_each_chunk_is_announced(made, tmp_path):
    def stop_at_two(k):
        begun.append(k)
        if k == 2:
            raise TimeoutError

    begun = []
    with pytest.raises(TimeoutError):
        flight.generate(tmp_path, RUNS, **ARGUMENTS, before_chunk=stop_at_two)
    flight.generate(tmp_path, RUNS, **ARGUMENTS, before_chunk=begun.append)
    assert begun == [0, 1, 2, 2, 3]
    assert contents(tmp_path) == contents(made.path)


def test_a_full_disk_leaves_finished_chunks(made, tmp_path, monkeypatch):
    true = storage.atomic.write_bytes

    def write(file, content):
        if file.name == "chunk-00002.npy":
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        true(file, content)

    with monkeypatch.context() as patch:
        patch.setattr(storage.atomic, "write_bytes", write)
        with pytest.raises(OSError, match="No space left"):
            flight.generate(tmp_path, RUNS, **ARGUMENTS)
    assert sorted(contents(tmp_path)) == ["chunk-00000.npy", "chunk-00001.npy", "dataset.json"]
    flight.generate(tmp_path, RUNS, **ARGUMENTS)
    assert contents(tmp_path) == contents(made.path)


def truncate(file):
    file.write_bytes(file.read_bytes()[:-8])


def flip(file):
    content = bytearray(file.read_bytes())
    content[-5] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink])
def test_a_damaged_chunk_is_named_and_made_again(folder, made, damage):
    damage(folder / "chunk-00001.npy")
    with pytest.raises(ValueError, match=r"chunk-00001.npy is (damaged|missing).*call generate again"):
        _ = flight.load(folder).train
    flight.generate(folder, RUNS, **ARGUMENTS)
    assert contents(folder) == contents(made.path)


def test_truncation_is_seen_before_anything_is_read(folder):
    truncate(folder / "chunk-00003.npy")
    (folder / "chunk-00002.npy").unlink()
    with pytest.raises(ValueError, match=r"chunk-00002.npy is missing, and 1 more of 4 files"):
        flight.load(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 12}, "seed 11 instead of 12$"),
        ({"runs": 131}, "runs 130 instead of 131$"),
        ({"chunk_runs": 41, "rtol": 1e-6}, "chunk_runs 40 instead of 41; rtol 1e-07 instead of 1e-06$"),
        ({"parameters": flight.Parameters(gravity=0)}, "gravity 980.0 instead of 0.0$"),
    ],
)
def test_another_configuration_is_refused(folder, made, change, message):
    with pytest.raises(ValueError, match=f"of another configuration: {message}"):
        flight.generate(folder, **{"runs": RUNS} | ARGUMENTS | change)
    assert contents(folder) == contents(made.path)


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(FileExistsError, match=r"must be empty or hold a data set; it holds thesis.tex"):
        flight.generate(tmp_path, 10, seed=1)
    with pytest.raises(FileNotFoundError, match=r"dataset.json"):
        flight.load(tmp_path)
    with pytest.raises(FileExistsError, match=r"thesis.tex"):
        flight.generate(tmp_path / "thesis.tex", 10, seed=1)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "motifcount.flight"', '{"format": 1, "version": 1}'])
def test_a_damaged_manifest_is_named(folder, text):
    (folder / "dataset.json").write_text(text)
    for use in (flight.load, lambda path: flight.generate(path, RUNS, **ARGUMENTS)):
        with pytest.raises(ValueError, match=r"dataset.json: not the manifest of a data set, or damaged"):
            use(folder)


@pytest.mark.parametrize(
    "numbers", [{"runs": -5}, {"runs": 10**13}, {"runs": 1.5}, {"chunk_runs": 0}, {"chunk_runs": "a"}, {"seed": -1}]
)
def test_a_manifest_of_impossible_numbers_is_named(folder, numbers):
    file = folder / "dataset.json"
    manifest = json.loads(file.read_text())
    del manifest["checksum"]
    manifest["config"] |= numbers
    file.write_text(json.dumps(manifest | {"checksum": zlib.crc32(json.dumps(manifest).encode())}))
    with pytest.raises(ValueError, match=f"dataset.json: not the manifest .* damaged .*{next(iter(numbers))} must be"):
        flight.load(folder)


def test_a_manifest_of_very_many_files_is_read_at_once(folder):
    file = folder / "dataset.json"
    manifest = json.loads(file.read_text())
    del manifest["checksum"]
    manifest["config"] |= {"runs": 10**12, "chunk_runs": 1}
    file.write_text(json.dumps(manifest | {"checksum": zlib.crc32(json.dumps(manifest).encode())}))
    with pytest.raises(ValueError, match=r"chunk-.* and \d+ more of 1000000000000 files"):
        flight.load(folder)


def test_another_format_is_refused(folder):
    manifest = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps(manifest | {"version": 1}))
    with pytest.raises(ValueError, match=r"must have the format motifcount.flight 2, not motifcount.flight 1"):
        flight.load(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"runs": 0}, "runs must be an integer from 1 to .*, not 0"),
        ({"runs": 1.5}, "runs must be an integer"),
        ({"seed": -1}, "seed must be"),
        ({"seed": None}, "seed must be"),
        ({"chunk_runs": 0}, "chunk_runs must be"),
        ({"rtol": 0}, "rtol must be"),
        ({"parameters": 1}, "parameters must be"),
        ({"num_threads": 0}, "num_threads must be"),
    ],
)
def test_bad_arguments_leave_nothing_behind(tmp_path, change, message):
    with pytest.raises((TypeError, ValueError), match=message):
        flight.generate(tmp_path / "new", **{"runs": 10, "seed": 1} | change)
    assert not (tmp_path / "new").exists()


def test_a_run_that_fails_is_found_in_the_data_set(tmp_path, monkeypatch):
    true = flight.dataset.draw

    def draw(runs, *, seed, first):
        states, controls = true(runs, seed=seed, first=first)
        states[3, 1] = 1e200 if first else 0
        return states, controls

    monkeypatch.setattr(flight.dataset, "draw", draw)
    with pytest.raises(ArithmeticError, match="run 3 cannot be integrated") as caught:
        flight.generate(tmp_path, RUNS, **ARGUMENTS)
    assert caught.value.__notes__ == ["counted from run 40 of the data set"]
    assert sorted(contents(tmp_path)) == ["chunk-00000.npy", "dataset.json"]


def test_a_chunk_that_is_not_there(made):
    with pytest.raises(ValueError, match="chunk must be an integer from 0 to 3, not 4"):
        made.rows(4)


def test_going_on_after_a_kill_before_there_is_anything(made, tmp_path):
    (tmp_path / ".dataset.json.7.tmp").write_bytes(b"half")
    flight.generate(tmp_path, RUNS, **ARGUMENTS)
    assert contents(tmp_path) == contents(made.path)
