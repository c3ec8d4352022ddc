"""One file per stage with all that is needed to go on from it, and to look at it.

An ``.npz`` file without pickles. What each array holds is told in ``docs/training.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch

from motifcount._support import atomic
from motifcount.train.config import Config
from motifcount.train.layout import Layout
from motifcount.train.loop import Trained
from motifcount.train.stack import Stack

FORMAT = 2
_VALUES = ("parameters", "exp_avg", "exp_avg_sq")

T = TypeVar("T")
Arrays = Any  # numpy's NpzFile


def path_of(directory: Path, stage: int) -> Path:
    """Return the file of a stage."""
    return directory / f"stage-{stage:02d}.npz"


def save(directory: Path, stage: int, config: Config, data: str, stack: Stack, trained: Trained) -> None:
    """Write a stage under a temporary name, then rename it, so that a file that is there is whole.

    Raises
    ------
    OSError
        If the file cannot be written; nothing of it stays.
    """
    mask = stack.mask.cpu().numpy()
    kept = np.ones_like(mask) if config.stale_weights else mask
    arrays: dict[str, Any] = {
        "format": FORMAT,
        "config": config.to_json(),
        "data": data,
        "stage": stage,
        "mask": np.packbits(mask, axis=1),
        "steps": stack.steps.cpu().numpy(),
        "validation_losses": trained.validation_losses,
        "batches": trained.batches,
        "history": trained.history,
    }
    arrays |= {name: getattr(stack, name).cpu().numpy()[kept] for name in _VALUES}
    arrays["follows"] = _digest(path_of(directory, stage - 1)) if stage > 0 else ""
    path = path_of(directory, stage)
    try:
        with atomic.writing(path) as file:
            np.savez(file, allow_pickle=False, **arrays)
    except OSError as error:
        message = f"stage {stage} could not be saved, earlier stages are intact: {error.strerror or error}"
        raise OSError(error.errno, message, str(path)) from error


def read_config(path: Path) -> tuple[Config, str]:
    """Return the configuration of a stage and the fingerprint of its data."""

    def read(arrays: Arrays) -> tuple[Config, str]:
        if int(arrays["format"]) != FORMAT:
            raise ValueError(f"it has format {int(arrays['format'])}, and this version reads format {FORMAT}")
        return Config.from_json(str(arrays["config"])), str(arrays["data"])

    return _read(path, read)


def check(path: Path, config: Config, data: str) -> None:
    """Refuse a stage of another run.

    Raises
    ------
    ValueError
        If the file is damaged, or was written with another configuration or other data.
    """
    found, found_data = read_config(path)
    different = config.differences(found)
    if found_data != data:
        different.append(f"data (fingerprint {found_data} there, {data} here)")
    if different:
        raise ValueError(f"{path} belongs to another run: {', '.join(different)}; use another directory")


def check_order(directory: Path, stage: int) -> None:
    """Refuse a stage that was trained from another stage before it than the one that is there.

    Raises
    ------
    ValueError
        If the stage before was trained again since.
    """
    path, before = path_of(directory, stage), path_of(directory, stage - 1)
    if _read(path, lambda arrays: str(arrays["follows"])) != _digest(before):
        raise ValueError(
            f"{path} was trained from another {before.name} than the one beside it; remove it and all later stages to "
            "train them again"
        )


def read_trained(path: Path) -> Trained:
    """Return the losses of a stage."""
    names = ("validation_losses", "batches", "history")
    return _read(path, lambda arrays: Trained(*(arrays[name] for name in names)))


def read_masks(path: Path, layout: Layout) -> npt.NDArray[np.bool_]:
    """Return the masks of all networks, (K, length)."""
    return _read(path, lambda arrays: _unpacked(arrays, layout))


def read_stack(path: Path, config: Config, layout: Layout, device: torch.device) -> Stack:
    """Return the networks as they were at the end of a stage."""

    def read(arrays: Arrays) -> Stack:
        mask = _unpacked(arrays, layout)
        kept = np.ones_like(mask) if config.stale_weights else mask
        values = {}
        for name in _VALUES:
            full = np.zeros(mask.shape, np.float32)
            full[kept] = arrays[name]
            values[name] = torch.tensor(full, device=device)
        steps = torch.tensor(arrays["steps"], device=device)
        return Stack(mask=torch.tensor(mask, device=device), steps=steps, **values)

    return _read(path, read)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).hexdigest()


def _unpacked(arrays: Arrays, layout: Layout) -> npt.NDArray[np.bool_]:
    return np.unpackbits(arrays["mask"], axis=1, count=layout.length).astype(bool)


def _read(path: Path, read: Callable[[Arrays], T]) -> T:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return read(arrays)
    except MemoryError:
        raise
    except Exception as error:  # what zipfile and NumPy raise on damaged files is not to be foreseen
        if isinstance(error, OSError) and error.filename is not None:
            raise
        raise ValueError(f"{path} is damaged or no checkpoint: {error}; remove it to train the stage again") from error
