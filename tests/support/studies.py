"""Tiny studies, finished once for all tests that look at one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from matplotlib.figure import Figure

from motifcount import flight, study, train
from motifcount.study import figures

TINY = study.Config(
    runs=1500,
    training=train.Config(
        layer_widths=(10, 9, 8, 7),
        sparsities=(0.0, 0.5, 0.8),
        min_batches=0,
        max_batches=20,
        batch_size=64,
        check_every=20,
        window=20,
        networks=3,
        seed=1,
    ),
    networks_together=2,
    threshold=0.05,
    samples=12,
    stage_samples=8,
    permutations=49,
)
# As many networks and conditions, with fewer layers and stages: for tests that run a study many times.
TINIER = replace(TINY, training=replace(TINY.training, layer_widths=(10, 8, 7), sparsities=(0.0, 0.5)))

# All files of all figures, for tests of when they are written: to draw them takes longer than such a study.
EMPTY_FIGURES = dict.fromkeys(figures.FIGURES, lambda config, frames: Figure())


@cache
def _folder():
    return TemporaryDirectory()  # removed when the tests end


@cache
def flights():
    """Return the simulated flights of all these studies."""
    return flight.generate(Path(_folder().name) / "flight", TINY.runs, seed=TINY.seed, progress=False)


@cache
def finished(config=TINY):
    """Return a study that nothing stopped, and the lines that it said."""
    target = Path(_folder().name) / f"finished-{len(config.training.layer_widths)}"
    target.mkdir()
    (target / "flight").symlink_to(flights().path)
    lines = []
    return study.run(config, target, num_threads=2, progress=False, say=lines.append), lines


def read(result, name):
    return pd.read_csv(result.tables[name], keep_default_na=False, na_values=[""])  # "null" is a dyad
