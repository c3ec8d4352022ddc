"""A tiny study that is stopped, damaged or asked for something else goes on where it can and says where it cannot."""

from __future__ import annotations

import errno
import json
import math
from dataclasses import replace
from functools import partial

import pytest
import torch

from motifcount import flight, study, train
from motifcount.study import figures, pipeline, storage
from support import studies
from support.studies import TINIER, read

pytestmark = pytest.mark.slow


@pytest.fixture
def finished():
    return studies.finished(TINIER)


@pytest.fixture
def directory(tmp_path, repository, monkeypatch):
    """A folder for a study in which the flights are there already, and whose figures nobody draws."""
    monkeypatch.setattr(figures, "draw", lambda make, name, folder: repository / "docs" / "figures" / "tetrads.svg")
    target = tmp_path / "study"
    target.mkdir()
    (target / "flight").symlink_to(studies.flights().path)
    return target


def assert_same_tables(one, other):
    for name in one.tables:
        assert one.tables[name].read_bytes() == other.tables[name].read_bytes(), name


class Killed(BaseException):
    pass


POINTS = [("motifs", "analyse", n) for n in (0, 4, 7)] + [
    ("storage", "write_json", 3),
    ("tables", "gather", 0),
    ("report", "write", 0),
]


@pytest.mark.parametrize(("module", "name", "after"), POINTS, ids=str)
def test_killed_and_continued(directory, finished, monkeypatch, module, name, after):
    owner = getattr(pipeline, module)
    real, calls = getattr(owner, name), []

    def fragile(*args, **options):
        calls.append(1)
        if len(calls) > after:
            raise Killed
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fragile)
        with pytest.raises(Killed):
            study.run(TINIER, directory, progress=False)
    done = {path: path.stat().st_mtime_ns for path in directory.rglob("*.json") if path.name != "study.json"}
    result = study.run(TINIER, directory, progress=False)
    assert_same_tables(result, finished[0])
    motif_files = [path for path in done if path.parent.name == "motifs"]
    assert all(path.stat().st_mtime_ns == done[path] for path in motif_files)  # not done twice


def test_killed_in_training(directory, finished, monkeypatch):
    stages = []

    def kill(_):
        stages.append(1)
        if len(stages) > 4:
            raise Killed

    real = train.run
    with monkeypatch.context() as patch:
        patch.setattr(train, "run", lambda *args, **options: real(*args, **(options | {"before_stage": kill})))
        with pytest.raises(Killed):
            study.run(TINIER, directory, progress=False)
    assert_same_tables(study.run(TINIER, directory, progress=False), finished[0])


def test_paused_again_and_again(directory, finished, monkeypatch):
    """Time is up at the fifth look, so every call gets a few steps further at most."""
    pauses = 0
    for _ in range(60):
        looks = iter([0] * 5)
        monkeypatch.setattr(pipeline, "_clock", lambda looks=looks: next(looks, 61))
        try:
            result = study.run(TINIER, directory, stop_after=1, progress=False)
            break
        except study.Paused:
            pauses += 1
    assert 5 < pauses < 40
    assert_same_tables(result, finished[0])


def test_paused_between_flights(tmp_path, monkeypatch):
    monkeypatch.setattr(flight, "generate", partial(flight.generate, chunk_runs=400))
    looks = iter([0, 0, 0])  # the beginning and two chunks
    monkeypatch.setattr(pipeline, "_clock", lambda: next(looks, 61))
    with pytest.raises(study.Paused):
        study.run(TINIER, tmp_path, stop_after=1, progress=False)
    assert len(list((tmp_path / "flight").glob("*.npy"))) == 2


def test_no_time_at_all(directory):
    with pytest.raises(study.Paused, match="paused after 0 minutes; run the same again"):
        study.run(TINIER, directory, stop_after=0, progress=False)


def test_a_full_disk_leaves_what_is_finished(directory, finished, monkeypatch):
    real = storage.write_bytes

    def full(path, content):
        if path.name == "trained-0001.json":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            study.run(TINIER, directory, progress=False)
    assert (directory / "networks-0000-0001" / "motifs" / "trained-0000.json").exists()
    assert_same_tables(study.run(TINIER, directory, progress=False), finished[0])


def test_motifs_of_other_networks_are_made_anew(directory, finished):
    """As after networks were trained again, or a file was damaged."""
    study.run(TINIER, directory, progress=False)
    files = sorted(directory.rglob("motifs/*.json"))
    assert len(files) == 9
    files[0].write_text(files[1].read_text())
    files[2].write_text(files[2].read_text()[:-100])
    old = json.loads(files[3].read_text())
    files[3].write_text(json.dumps(old | {"loss": [loss / 2 for loss in old["loss"]]}))
    files[4].write_text("[]")
    then = {path: path.stat().st_mtime_ns for path in files}
    assert_same_tables(study.run(TINIER, directory, progress=False), finished[0])
    assert [path.stat().st_mtime_ns != then[path] for path in files] == [n in (0, 2, 3, 4) for n in range(9)]


def test_other_random_graphs_make_other_motifs(directory):
    """Even where the file that tells of the study is gone."""
    study.run(TINIER, directory, progress=False)
    (directory / "study.json").unlink()
    result = study.run(replace(TINIER, samples=13, stage_samples=9), directory, progress=False)
    assert set(read(result, "z").query("null == 'degree'")["samples"]) <= {9, 13}


def test_networks_trained_again(directory, finished, monkeypatch):
    """As on another machine, where rounding makes a network stop at another batch."""
    study.run(TINIER, directory, progress=False)
    group = directory / "networks-0000-0001"
    for stage in range(2):
        (group / "trained" / f"stage-{stage:02d}.npz").unlink()
    real, lines = train.run, []
    with monkeypatch.context() as patch:
        shorter = replace(TINIER.training, networks=2, max_batches=10)

        def run(config, data, path, **options):
            return real(shorter if path.name == "trained" and config.networks == 2 else config, data, path, **options)

        patch.setattr(train, "run", run)
        result = study.run(TINIER, directory, progress=False, say=lines.append)
    assert any("shuffled: the trained networks are others now" in line for line in lines)
    table = read(result, "stages").query("network < 2")
    for condition in ("trained", "shuffled"):
        assert set(table[table["condition"] == condition]["batches"]) == {10}


# ---- what is refused -------------------------------------------------------------------------------------------------


def test_another_configuration_is_refused(finished):
    directory = finished[0].directory
    with pytest.raises(ValueError, match=r"training\.seed 1 instead of 2; samples 12 instead of 13"):
        study.run(replace(TINIER, samples=13).with_seed(2), directory)
    with pytest.raises(ValueError, match=r"training\.layer_widths"):
        study.run("default", directory)


@pytest.mark.parametrize("content", ['{"config": ', "[]", '{"config": 3}'])
def test_a_damaged_file_is_named(directory, content):
    (directory / "study.json").write_text(content)
    with pytest.raises(ValueError, match=r"study\.json is damaged"):
        study.run(TINIER, directory)


@pytest.mark.parametrize("minutes", [-1, math.nan, math.inf, "5"])
def test_bad_times(tmp_path, minutes):
    with pytest.raises(
        (TypeError, ValueError), match=r"stop_after must be a number of minutes, 0 or more, or None, not "
    ):
        study.run(TINIER, tmp_path / "none", stop_after=minutes)
    assert not (tmp_path / "none").exists()


def test_a_device_that_is_not_there_is_told_first(tmp_path):
    with pytest.raises(ValueError, match="device"):
        study.run(TINIER, tmp_path / "none", device="tpu7")
    assert not (tmp_path / "none").exists()


def test_networks_that_do_not_fit_the_memory(directory, monkeypatch):
    def full(*args, **options):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(train, "run", full)
    with pytest.raises(MemoryError, match=r"2 networks together do not fit the memory of cpu; .*networks_together"):
        study.run(TINIER, directory, progress=False)


def test_more_networks_keep_what_is_there(directory, finished):
    study.run(TINIER.with_networks(2), directory, progress=False)
    first = {path: path.stat().st_mtime_ns for path in (directory / "networks-0000-0001").rglob("*")}
    result = study.run(TINIER, directory, progress=False)
    assert_same_tables(result, finished[0])
    assert all(path.stat().st_mtime_ns == then for path, then in first.items())
