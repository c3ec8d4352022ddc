"""A small regression problem and small configurations for the tests of training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from motifcount import train

WIDTHS = (3, 10, 8, 2)


def smooth(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a smooth function from 3 numbers to 2."""
    x = np.random.default_rng(seed).uniform(-0.5, 0.5, (n, 3))
    y = np.stack([np.sin(3 * x[:, 0]) * x[:, 1], x[:, 2] ** 2 - x[:, 0] * x[:, 1]], axis=1)
    return x.astype(np.float32), y.astype(np.float32)


DATA = train.Data(smooth(700, 1), smooth(150, 2))


FILES = ["stage-00.npz", "stage-01.npz", "stage-02.npz"]  # of a finished run


def files(directory: Path) -> list[str]:
    """The names of what is in a folder."""
    return sorted(path.name for path in directory.iterdir())


def config(**changes: Any) -> train.Config:
    """Three networks, three short stages in which some networks stop early."""
    values: dict[str, Any] = {
        "layer_widths": WIDTHS,
        "sparsities": (0, 0.4, 0.7),
        "networks": 3,
        "batch_size": 32,
        "init_std": 0.5,
        "learning_rate": 5e-3,
        "min_batches": 50,
        "max_batches": 140,
        "check_every": 10,
        "window": 20,
        "stopping_ratio": 1.1,
        "validation_every": 5,
        "stopping_rows": 64,
    }
    return train.Config(**values | changes)


def states(run: train.Run) -> list[list[np.ndarray]]:
    """All bits of every stage."""
    found = []
    for stage in run.stages:
        model = run.load_model(stage.number)
        arrays = [model.parameters.numpy(), model.mask.numpy(), stage.validation_losses, stage.batches, stage.history]
        with np.load(run.directory / f"stage-{stage.number:02d}.npz") as file:
            arrays += [file[name] for name in ("exp_avg", "exp_avg_sq", "steps")]
        found.append(arrays)
    return found


def assert_same(run: train.Run, other: train.Run) -> None:
    """Both runs have the same bits in every stage."""
    assert len(run.stages) == len(other.stages) > 0
    for ours, theirs in zip(states(run), states(other), strict=True):
        for array, expected in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(array, expected)
