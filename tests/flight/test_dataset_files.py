"""Files of a data set: what happens to files is told, and mended where it can be."""

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


def contents(path):
    return {file.name: file.read_bytes() for file in Path(path).iterdir()}


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
            flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS)
    with pytest.raises(ValueError, match=rf"chunk-0000{chunks}.npy is not finished.*call generate again"):
        flight.load(tmp_path)
    finished = {name: (tmp_path / name).stat().st_mtime_ns for name in contents(tmp_path) if name.endswith(".npy")}
    assert len(finished) == chunks
    told = []
    flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS, progress=lambda done, _: told.append(done))
    assert contents(tmp_path) == contents(made.path)
    assert all((tmp_path / name).stat().st_mtime_ns == time for name, time in finished.items())
    assert told == sorted(told)
    assert told[-1] == flights.RUNS


def test_a_finished_set_is_left_alone(folder, made):
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    flight.generate(folder, flights.RUNS, **flights.ARGUMENTS)
    assert before == {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_each_chunk_is_announced(made, tmp_path):
    def stop_at_two(k):
        begun.append(k)
        if k == 2:
            raise TimeoutError

    begun = []
    with pytest.raises(TimeoutError):
        flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS, before_chunk=stop_at_two)
    flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS, before_chunk=begun.append)
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
            flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS)
    assert sorted(contents(tmp_path)) == ["chunk-00000.npy", "chunk-00001.npy", "dataset.json"]
    flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS)
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
    flight.generate(folder, flights.RUNS, **flights.ARGUMENTS)
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
        flight.generate(folder, **{"runs": flights.RUNS} | flights.ARGUMENTS | change)
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
    for use in (flight.load, lambda path: flight.generate(path, flights.RUNS, **flights.ARGUMENTS)):
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
        flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS)
    assert caught.value.__notes__ == ["counted from run 40 of the data set"]
    assert sorted(contents(tmp_path)) == ["chunk-00000.npy", "dataset.json"]


def test_a_chunk_that_is_not_there(made):
    with pytest.raises(ValueError, match="chunk must be an integer from 0 to 3, not 4"):
        made.rows(4)


def test_going_on_after_a_kill_before_there_is_anything(made, tmp_path):
    (tmp_path / ".dataset.json.7.tmp").write_bytes(b"half")
    flight.generate(tmp_path, flights.RUNS, **flights.ARGUMENTS)
    assert contents(tmp_path) == contents(made.path)
