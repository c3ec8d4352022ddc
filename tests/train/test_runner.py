"""Runs: resuming, checkpoints, what they refuse, controls, results."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

import motifcount as mc
from motifcount import train
from motifcount.train.layout import Layout
from motifcount.train.stack import Stack
from motifcount.train.step import Step
from support import training

CONFIG = training.config()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nothing interrupted."""
    return train.run(CONFIG, training.DATA, tmp_path_factory.mktemp("whole"))


def files(directory):
    return sorted(path.name for path in directory.iterdir())


ALL_FILES = ["stage-00.npz", "stage-01.npz", "stage-02.npz"]


def test_a_network_learns(whole, tmp_path):
    mean = training.DATA.validation[1].var(axis=0).mean()
    assert files(whole.directory) == ALL_FILES
    config = replace(CONFIG, max_batches=1000, stopping_ratio=0, sparsities=(0,))
    longer = train.run(config, training.DATA, tmp_path)
    assert longer.stages[0].validation_losses.max() < mean / 30


@pytest.mark.parametrize("finished", [0, 1, 2])
def test_cut_off_between_stages(whole, tmp_path, finished):
    for name in ALL_FILES[:finished]:
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
    assert files(tmp_path) == ALL_FILES[:1]
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
import sys
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
    _, complaint = child.communicate(timeout=60)
    assert child.returncode != 0
    assert complaint.strip().endswith("KeyboardInterrupt")
    assert files(tmp_path) == ALL_FILES[:1]


def test_progress_reaches_its_total(tmp_path):
    calls = []
    train.run(CONFIG, training.DATA, tmp_path, progress=lambda done, total: calls.append((done, total)))
    assert {total for _, total in calls} == {3 * 141}
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1][0] == 3 * 141


# ---- what is refused ---------------------------------------------------------------------------------------------


def test_a_checkpoint_of_another_configuration(whole):
    with pytest.raises(
        ValueError, match=r"stage-00.npz belongs to another run: seed \(0 there, 5 here\), networks \(3"
    ):
        train.run(replace(CONFIG, seed=5, networks=2), training.DATA, whole.directory)


def test_a_checkpoint_of_other_data(whole):
    shuffled = train.shuffled_outputs(training.DATA, 0)
    with pytest.raises(ValueError, match=r"another run: data \(fingerprint"):
        train.run(CONFIG, shuffled, whole.directory)


@pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda raw: b"", lambda raw: raw[:-1]])
def test_a_truncated_checkpoint(whole, tmp_path, damage):
    for name in ALL_FILES:
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    path = tmp_path / ALL_FILES[1]
    path.write_bytes(damage(path.read_bytes()))
    for attempt in (lambda: train.run(CONFIG, training.DATA, tmp_path), lambda: train.load(tmp_path)):
        with pytest.raises(ValueError, match=r"stage-01\.npz is damaged or no checkpoint.*remove it"):
            attempt()
    path.unlink()
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_a_flipped_bit(whole, tmp_path):
    raw = bytearray((whole.directory / ALL_FILES[0]).read_bytes())
    raw[raw.index(b"parameters.npy") + 2000] ^= 1
    (tmp_path / ALL_FILES[0]).write_bytes(raw)
    with pytest.raises(ValueError, match=r"stage-00\.npz is damaged or no checkpoint"):
        train.run(CONFIG, training.DATA, tmp_path)


def test_stages_that_follow_another_stage(whole, tmp_path):
    """As after a stage was trained again where rounding differs."""
    for name in ALL_FILES:
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    with np.load(tmp_path / ALL_FILES[0]) as file:
        arrays = dict(file)
    arrays["parameters"][0] *= 1.001
    np.savez(tmp_path / ALL_FILES[0], **arrays)
    with pytest.raises(ValueError, match=r"stage-01\.npz was trained from another stage-00\.npz .*all later stages"):
        train.run(CONFIG, training.DATA, tmp_path)
    for name in ALL_FILES[1:]:
        (tmp_path / name).unlink()
    assert len(train.run(CONFIG, training.DATA, tmp_path).stages) == 3


def test_another_file_of_that_name(tmp_path):
    np.savez(tmp_path / ALL_FILES[0], mask=np.ones(3))
    with pytest.raises(ValueError, match=r"stage-00\.npz is damaged or no checkpoint: .*format"):
        train.run(CONFIG, training.DATA, tmp_path)


def test_a_loss_that_is_not_a_number(whole, tmp_path, monkeypatch, num_threads):
    (tmp_path / ALL_FILES[0]).write_bytes((whole.directory / ALL_FILES[0]).read_bytes())
    bias = Layout(training.WIDTHS).biases[-1].start  # never cut
    marked = whole.load_model(0).parameters[2, bias]
    make = Step.__init__

    def spoilt(self, stack, layout, config):
        stack.parameters[stack.parameters[:, bias] == marked, bias] = torch.nan
        make(self, stack, layout, config)

    with monkeypatch.context() as patch:
        patch.setattr(Step, "__init__", spoilt)
        complaint = r"network 2 diverged in stage 1 \(sparsity 0.4\): its validation loss is nan after 10 batches"
        with pytest.raises(FloatingPointError, match=complaint):
            train.run(CONFIG, training.DATA, tmp_path, num_threads=num_threads)
    assert files(tmp_path) == ALL_FILES[:1]
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_networks_keep_their_numbers_in_errors(tmp_path):
    config = replace(CONFIG, first_network=40, learning_rate=1e30)
    with pytest.raises(FloatingPointError, match=r"network 4[012] diverged in stage 0 .* a learning_rate below 1e\+30"):
        train.run(config, training.DATA, tmp_path)
    assert files(tmp_path) == []


def test_a_full_disk(whole, tmp_path, monkeypatch):
    (tmp_path / ALL_FILES[0]).write_bytes((whole.directory / ALL_FILES[0]).read_bytes())

    def full(*args, **kwargs):
        args[0].write(b"the beginning")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", full)
        with pytest.raises(OSError, match=r"stage 1 could not be saved, .* No space left on device: .*stage-01.npz"):
            train.run(CONFIG, training.DATA, tmp_path)
    assert files(tmp_path) == ALL_FILES[:1]
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


X, Y = training.DATA.train
WRONG_DATA = {
    "dtype": ((X.astype(float), Y), TypeError, "data.train inputs must be float32, not float64"),
    "width": ((X[:, :2], Y), ValueError, r"data.train inputs must have the shape \(n, 3\), not \(700, 2\)"),
    "length": ((X[:-1], Y), ValueError, r"data.train must hold 32 or more rows .*, not \[699, 700\]"),
    "few": ((X[:31], Y[:31]), ValueError, r"data.train must hold 32 or more rows .*, not \[31, 31\]"),
    "nan": ((X, np.where(np.arange(700)[:, None] == 3, np.float32(np.nan), Y)), ValueError, "row 3 holds .*nan"),
}


@pytest.mark.parametrize(("pair", "error", "message"), WRONG_DATA.values(), ids=WRONG_DATA)
def test_data_that_do_not_fit(tmp_path, pair, error, message):
    with pytest.raises(error, match=message):
        train.run(CONFIG, train.Data(pair, training.DATA.validation), tmp_path)


def test_a_device_that_is_not_there(tmp_path):
    with pytest.raises(ValueError, match="device must be one that torch can use here, such as 'cpu', not 'nonsense'"):
        train.run(CONFIG, training.DATA, tmp_path, device="nonsense")


def test_a_run_that_is_not_finished(whole, tmp_path):
    (tmp_path / ALL_FILES[0]).write_bytes((whole.directory / ALL_FILES[0]).read_bytes())
    with pytest.raises(FileNotFoundError, match=r"stage-01\.npz"):
        train.load(tmp_path)


# ---- results and controls ----------------------------------------------------------------------------------------


def test_masks_graphs_and_modules_agree(whole):
    for stage in range(3):
        model = whole.load_model(stage)
        for k in range(3):
            masks = whole.masks(stage, k)
            assert [mask.shape for mask in masks] == [(3, 10), (10, 8), (8, 2)]
            assert [int(mask.sum()) for mask in masks] == [[30, 80, 16], [18, 48, 10], [9, 24, 5]][stage]
            graph = whole.graph(stage, k, bias=True)
            assert graph == mc.Graph.from_layers(masks, whole.biases(stage, k))
            assert graph == model.graph(k, bias=True) == mc.Graph.from_module(model.network(k), bias=True)
            assert whole.graph(stage, k) == mc.Graph.from_module(model.network(k)) != graph


def test_masks_are_monotone(whole):
    masks = [whole.load_model(stage).mask for stage in range(3)]
    for earlier, later in pairwise(masks):
        assert not (later & ~earlier).any()


def test_pruned_biases_are_pruned_in_modules_too(tmp_path):
    run = train.run(replace(CONFIG, prune_biases=True, max_batches=50), training.DATA, tmp_path)
    assert [int(kept.sum()) for kept in run.biases(2, 1)] == [3, 2, 1]
    model = run.load_model(2)
    assert mc.Graph.from_module(model.network(1), bias=True) == run.graph(2, 1, bias=True)


def test_a_model_gives_what_its_networks_give(whole):
    model = whole.load_model(2)
    x = training.DATA.validation[0]
    outputs = model(x)
    assert outputs.shape == (3, 150, 2)
    for k in range(3):
        torch.testing.assert_close(outputs[k], model.network(k)(torch.tensor(x)).detach())
    assert repr(model).startswith("Model(3 networks 3-10-8-2, ")


def test_a_run_can_be_loaded(whole):
    again = train.load(str(whole.directory))
    assert again.config == CONFIG
    assert repr(again).startswith("Run(3 networks, 3 stages, in ")
    training.assert_same(again, whole)
    with pytest.raises(ValueError, match="stage must be an integer from 0 to 2, not 3"):
        again.masks(3, 0)
    with pytest.raises(ValueError, match="network must be an integer from 0 to 2, not -1"):
        again.graph(0, -1)


def test_untrained_networks_are_cut_by_their_first_weights(tmp_path):
    run = train.untrained(CONFIG, training.DATA, tmp_path)
    layout = Layout(training.WIDTHS)
    start = Stack.initial(CONFIG, layout, torch.device("cpu"))
    for stage, sparsity in zip(run.stages, CONFIG.sparsities, strict=True):
        assert stage.batches.tolist() == [0, 0, 0]
        assert stage.history.shape == (0, 3)
        assert (stage.validation_losses > 0.01).all()
        for k in range(3):
            for span, mask in zip(layout.weights, run.masks(stage.number, k), strict=True):
                weights = start.parameters[k, span.start : span.stop].abs().numpy()
                n = span.size - round(sparsity * span.size)
                assert set(np.flatnonzero(mask)) == set(np.argsort(-weights)[:n])


def test_shuffled_outputs():
    shuffled = train.shuffled_outputs(training.DATA, 7)
    for (x, y), (x_before, y_before) in zip(shuffled, training.DATA, strict=True):
        assert x is x_before
        assert not np.array_equal(y, y_before)
        np.testing.assert_array_equal(np.sort(y, axis=0), np.sort(y_before, axis=0))
        assert {tuple(row) for row in y.tolist()} == {tuple(row) for row in y_before.tolist()}
    np.testing.assert_array_equal(shuffled.train[1], train.shuffled_outputs(training.DATA, 7).train[1])
    assert not np.array_equal(shuffled.train[1], train.shuffled_outputs(training.DATA, 8).train[1])


def test_there_is_nothing_to_learn_from_shuffled_outputs(tmp_path):
    data = train.shuffled_outputs(training.DATA, 0)
    run = train.run(replace(CONFIG, sparsities=(0,), max_batches=300), data, tmp_path)
    assert (run.stages[0].validation_losses > 0.9 * data.validation[1].var(axis=0).mean()).all()
