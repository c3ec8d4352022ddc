"""Train many feed-forward networks as one stack, and prune them stage by stage.

The experiment of Zahn, Daniel and Kutz 2024 (arXiv 2403.00974): K networks see the same batches, their smallest
weights are cut layer by layer, and every network trains again after each cut until its validation loss stops falling.
:func:`run` does all stages and keeps each as a file; ``docs/training.md`` tells the rules.
"""

from __future__ import annotations

from motifcount._support import extras
from motifcount.train.config import Config
from motifcount.train.data import Data, shuffled_outputs

try:
    import torch as _torch  # noqa: F401
except ImportError as error:
    raise extras.unavailable(error, "torch", "train", "motifcount.train") from error

from motifcount.train.model import Model
from motifcount.train.results import Run, Stage
from motifcount.train.runner import load, run, untrained

__all__ = ["Config", "Data", "Model", "Run", "Stage", "load", "run", "shuffled_outputs", "untrained"]
