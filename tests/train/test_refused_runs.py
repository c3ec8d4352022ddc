"""What a run refuses: other configurations, damaged checkpoints, data that do not fit."""

from __future__ import annotations

import errno
from dataclasses import replace

import numpy as np
import pytest
import torch

from motifcount import train
from motifcount.train.layout import Layout
from motifcount.train.step import Step
from support import training

CONFIG = training.config()


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
    for name in training.FILES:
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    path = tmp_path / training.FILES[1]
    path.write_bytes(damage(path.read_bytes()))
    for attempt in (lambda: train.run(CONFIG, training.DATA, tmp_path), lambda: train.load(tmp_path)):
        with pytest.raises(ValueError, match=r"stage-01\.npz is damaged or no checkpoint.*remove it"):
            attempt()
    path.unlink()
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_a_flipped_bit(whole, tmp_path):
    raw = bytearray((whole.directory / training.FILES[0]).read_bytes())
    raw[raw.index(b"parameters.npy") + 2000] ^= 1
    (tmp_path / training.FILES[0]).write_bytes(raw)
    with pytest.raises(ValueError, match=r"stage-00\.npz is damaged or no checkpoint"):
        train.run(CONFIG, training.DATA, tmp_path)


def test_stages_that_follow_another_stage(whole, tmp_path):
    """As after a stage was trained again where rounding differs."""
    for name in training.FILES:
        (tmp_path / name).write_bytes((whole.directory / name).read_bytes())
    with np.load(tmp_path / training.FILES[0]) as file:
        arrays = dict(file)
    arrays["parameters"][0] *= 1.001
    np.savez(tmp_path / training.FILES[0], **arrays)
    with pytest.raises(ValueError, match=r"stage-01\.npz was trained from another stage-00\.npz .*all later stages"):
        train.run(CONFIG, training.DATA, tmp_path)
    for name in training.FILES[1:]:
        (tmp_path / name).unlink()
    assert len(train.run(CONFIG, training.DATA, tmp_path).stages) == 3


def test_another_file_of_that_name(tmp_path):
    np.savez(tmp_path / training.FILES[0], mask=np.ones(3))
    with pytest.raises(ValueError, match=r"stage-00\.npz is damaged or no checkpoint: .*format"):
        train.run(CONFIG, training.DATA, tmp_path)


def test_a_loss_that_is_not_a_number(whole, tmp_path, monkeypatch, num_threads):
    (tmp_path / training.FILES[0]).write_bytes((whole.directory / training.FILES[0]).read_bytes())
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
    assert training.files(tmp_path) == training.FILES[:1]
    training.assert_same(train.run(CONFIG, training.DATA, tmp_path), whole)


def test_networks_keep_their_numbers_in_errors(tmp_path):
    config = replace(CONFIG, first_network=40, learning_rate=1e30)
    with pytest.raises(FloatingPointError, match=r"network 4[012] diverged in stage 0 .* a learning_rate below 1e\+30"):
        train.run(config, training.DATA, tmp_path)
    assert training.files(tmp_path) == []


def test_a_full_disk(whole, tmp_path, monkeypatch):
    (tmp_path / training.FILES[0]).write_bytes((whole.directory / training.FILES[0]).read_bytes())

    def full(*args, **kwargs):
        args[0].write(b"the beginning")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", full)
        with pytest.raises(OSError, match=r"stage 1 could not be saved, .* No space left on device: .*stage-01.npz"):
            train.run(CONFIG, training.DATA, tmp_path)
    assert training.files(tmp_path) == training.FILES[:1]
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
    (tmp_path / training.FILES[0]).write_bytes((whole.directory / training.FILES[0]).read_bytes())
    with pytest.raises(FileNotFoundError, match=r"stage-01\.npz"):
        train.load(tmp_path)
