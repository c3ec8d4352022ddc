"""When a network has trained enough."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.train.config import Config


def is_due(config: Config, stage: int, batch: int) -> bool:
    """Whether networks may stop after this batch, counted from 1."""
    least = max(config.batches(stage)[0] + 1, 2 * config.window)
    return batch % config.check_every == 0 and batch >= least


def has_stopped(config: Config, losses: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether the loss of each network has ceased to fall.

    Parameters
    ----------
    config
        Tells the window and the ratio.
    losses
        Validation losses so far, (evaluations, K), one every ``config.validation_every`` batches, two windows or more.
    """
    window = config.window // config.validation_every
    before, last = losses[-2 * window : -window].mean(axis=0), losses[-window:].mean(axis=0)
    return np.asarray(before < config.stopping_ratio * last)
