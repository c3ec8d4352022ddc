"""Random streams: each belongs to what it is drawn for, so nothing depends on what else is drawn."""

from __future__ import annotations

import numpy as np

_INITIAL, _BATCHES, _SHUFFLING = range(3)


def _stream(seed: int, *key: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def initial(seed: int, network: int) -> np.random.Generator:
    """Return the stream of a network's first weights."""
    return _stream(seed, _INITIAL, network)


def batches(seed: int, stage: int, epoch: int) -> np.random.Generator:
    """Return the stream of the order of rows in one pass over the data."""
    return _stream(seed, _BATCHES, stage, epoch)


def shuffling(seed: int) -> np.random.Generator:
    """Return the stream that deals outputs to other inputs."""
    return _stream(seed, _SHUFFLING)
