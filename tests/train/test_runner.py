"""Runs learn, and resume wherever they were cut off."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from motifcount import train
from motifcount.train.step import Step
from support import training

CONFIG = training.config()


def test_a_network_learns(whole, tmp_path):
    mean = training.DATA.validation[1].var(axis=0).mean()
    assert training.files(whole.directory) == training.FILES
    config = replace(CONFIG, max_batches=1000, stopping_ratio=0, sparsities=(0,))
    longer = train.run(config, training.DATA, tmp_path)
    assert longer.stages[0].validation_losses.max() < mean / 30


@pytest.mark.parametrize("finished", [0, 1, 2])
def test_cut_off_between_stages(whole, tmp_path, finished):
    for name in training.FILES[:finished]:
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def interrupt_at(monkeypatch, call, error):
    """Make a step of training raise, counted over all stages."""
    step, calls = Step.__call__, [0]

    def interrupted(self, inputs, outputs):
        calls[0] += 1
        if calls[0] == call:
            raise error
        step(self, inputs, outputs)

    monkeypatch.setattr(Step, "__call__", interrupted)


def test_cut_off_within_a_stage(whole, tmp_path, monkeypatch):
    in_second = int(whole.stages[0].batches.max()) + 30
    with monkeypatch.context() as patch:
        interrupt_at(patch, in_second, KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            train.run(CONFIG, training.DATA, tmp_path, num_threads=1)
    assert training.files(tmp_path) == training.FILES[:1]
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_finished_stages_are_not_done_again(whole, monkeypatch):
    interrupt_at(monkeypatch, 1, AssertionError)
    assert train.run(CONFIG, training.DATA, whole.directory).stages[2].sparsity == 0.7


def test_a_stage_in_the_middle_is_done_again(whole, tmp_path):
    for name in ("stage-00.npz", "stage-02.npz"):
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_stale_runs_resume_to_the_same_bits(tmp_path):
    config = replace(CONFIG, stale_weights=True, prune_biases=True)
    run = train.run(config, training.DATA, tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "stage-00.npz").write_bytes((tmp_path / "a" / "stage-00.npz").read_bytes())
    training.assert_same(train.run(config, training.DATA, tmp_path / "b"), run)


@pytest.mark.subprocess
@pytest.mark.slow
def test_control_c(repository, tmp_path):
    program = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
sys.path.insert(0, {str(repository / "tests")!r})
from support import training
from motifcount import train
train.run(training.config(max_batches=(100, 10**8, 10**8), stopping_ratio=0), training.DATA, {str(tmp_path)!r})
"""
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (tmp_path / "stage-00.npz").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    try:
        _, complaint = child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode != 0
    assert complaint.strip().endswith("KeyboardInterrupt")
    assert training.files(tmp_path) == training.FILES[:1]


def test_progress_reaches_its_total(tmp_path):
    calls = []
    train.run(CONFIG, training.DATA, tmp_path, progress=lambda done, total: calls.append((done, total)))
    assert {total for _, total in calls} == {3 * 141}
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1][0] == 3 * 141
