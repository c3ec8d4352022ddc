"""The files that this package writes: whole or not there, and no flipped bit goes unnoticed."""

from __future__ import annotations

import errno
import json
import os
import random

import pytest

from motifcount import flight, plots, train
from motifcount._support import atomic
from motifcount.study import provenance, storage, tables
from support.training import DATA, assert_same, config, states

SMALL = config(sparsities=(0, 0.5), max_batches=10, min_batches=5, check_every=5, window=10)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return train.run(SMALL, DATA, tmp_path_factory.mktemp("run"), num_threads=1, progress=False)


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


WRITERS = {
    "plot": lambda folder: plots.save(plots.plot_motifs(2), folder / "a.svg"),
    "flights": lambda folder: flight.generate(folder, 5, seed=1, progress=False),
    "stage": lambda folder: train.run(SMALL, DATA, folder, num_threads=1, progress=False),
    "json": lambda folder: storage.write_json(folder / "a.json", {"a": 1}),
    "tables": lambda folder: tables.write({"a": tables.pd.DataFrame({"b": [1]})}, folder),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch, name):
    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            WRITERS[name](tmp_path)
    assert list(tmp_path.iterdir()) == []
    WRITERS[name](tmp_path)
    assert list(tmp_path.glob(".*")) == []


def flips(content, n, seed=1):
    """Yield copies of some bytes, each with one other bit."""
    rng = random.Random(seed)
    for position in rng.sample(range(len(content)), min(n, len(content))):
        flipped = bytearray(content)
        flipped[position] ^= 1 << rng.randrange(8)
        yield bytes(flipped)


@pytest.mark.slow
def test_flipped_bits_in_a_stage(run):
    path = run.directory / "stage-01.npz"
    content, whole = path.read_bytes(), states(run)
    refused = 0
    for flipped in flips(content, 150):
        path.write_bytes(flipped)
        try:
            found = states(train.load(run.directory))
        except ValueError as error:
            refused += str(path) in str(error)
        else:
            assert all(map(lambda a, b: all(map(lambda x, y: x.tobytes() == y.tobytes(), a, b)), found, whole))
    path.write_bytes(content)
    assert refused > 50
    assert_same(train.load(run.directory), run)


def test_stages_cut_anywhere(run):
    path = run.directory / "stage-01.npz"
    content = path.read_bytes()
    for length in (0, 1, 30, *range(50, len(content), len(content) // 40), len(content) - 1):
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match="stage-01"):
            train.load(run.directory)
    path.write_bytes(content)


def test_flipped_bits_in_a_manifest(tmp_path):
    made = flight.generate(tmp_path / "a", 60, seed=1, chunk_runs=25, progress=False)
    path = made.path / "dataset.json"
    content = path.read_bytes()
    for flipped in flips(content, 200):
        path.write_bytes(flipped)
        try:
            assert flight.load(made.path).seed == 1
        except ValueError as error:
            assert "dataset.json" in str(error)  # noqa: PT017
        else:
            assert json.loads(flipped) == json.loads(content)


@pytest.mark.parametrize("write", ["json", "provenance"])
def test_flipped_bits_in_what_a_study_keeps(tmp_path, write):
    path = tmp_path / "made-with.json"
    value = {"config": {"runs": 1000, "loss": [0.1, None]}, "name": "µ"}
    storage.write_json(path, value if write == "json" else {"made with": [{"numpy": "2.4"}]})
    whole, content = storage.read_json(path), path.read_bytes()
    for flipped in flips(content, 200):
        path.write_bytes(flipped)
        try:
            assert storage.read_json(path) == whole
        except ValueError as error:
            assert "made-with.json is damaged" in str(error)  # noqa: PT017
    path.write_bytes(content)
    assert write == "json" or provenance.read(tmp_path) == [{"numpy": "2.4"}]
