"""``motifcount study``: presets, pauses, what it refuses."""

from __future__ import annotations

import json

import pytest

from motifcount import cli, study


def test_the_presets_are_known():
    assert tuple(study.PRESETS) == cli.study.PRESETS


def test_a_study_stopped_by_the_clock_is_status_75(run, tmp_path):
    status, out, err = run("study", tmp_path / "moth", "--stop-after", 0, "--networks", 3, "--seed", 5)
    assert (status, out) == (75, "paused after 0 minutes; run the same again to continue\n")
    assert "flight: 200,000 runs" in err
    config = json.loads((tmp_path / "moth" / "study.json").read_text())["config"]
    assert (config["training"]["networks"], config["training"]["seed"]) == (3, 5)
    assert run("study", tmp_path / "moth", "--stop-after", 0, "--seed", 5)[0] == 75
    config = json.loads((tmp_path / "moth" / "study.json").read_text())["config"]
    assert config["training"]["networks"] == 3  # as before
    status, out, err = run("study", tmp_path / "moth", "--stop-after", 0)
    assert (status, out) == (2, "")
    assert "training.seed 5 instead of 1" in err
    (tmp_path / "moth" / "study.json").write_text("{}")
    assert "study.json is damaged" in run("study", tmp_path / "moth", "--stop-after", 0)[2]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--preset", "papre"), "paper"),
        (("--networks", "0"), "networks"),
        (("--stop-after", "-1"), "--stop-after"),
        (("--device", "tpu7"), "device"),
    ],
)
def test_studies_that_are_refused(run, tmp_path, args, says):
    status, out, err = run("study", tmp_path / "moth", *args)
    assert (status, out) == (2, "")
    assert says in err
    assert not (tmp_path / "moth").exists()


def test_a_diverging_study_is_one_message(run, tmp_path, monkeypatch):
    def diverge(*args, **options):
        raise FloatingPointError("the loss of network 3 is nan")

    monkeypatch.setattr(study, "run", diverge)
    assert run("study", tmp_path)[::2] == (2, "motifcount: the loss of network 3 is nan\n")
