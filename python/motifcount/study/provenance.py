"""What made the files of a study: versions, machine and device, kept beside them."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import torch

import motifcount as mc
from motifcount.study import storage

Environment = dict[str, str]

_PACKAGES = ("motifcount", "numpy", "scipy", "torch", "numba", "pandas", "matplotlib")


@cache
def environment(device: torch.device) -> Environment:
    """Return versions, machine and training device of this process."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.processor() or platform.machine()
    return {
        **{package: version(package) for package in _PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "core": ", ".join(f"{key} {value}" for key, value in mc.build_config().items() if key != "version"),
        "training device": f"{device.type}, {name}",
    }


def record(folder: Path, device: torch.device) -> None:
    """Add this process to those that made what lies in a folder."""
    found = read(folder)
    ours = environment(device)
    if ours not in found:
        storage.write_json(folder / "made-with.json", {"made with": [*found, ours]})


def read(folder: Path) -> list[Environment]:
    """Return what made what lies in a folder, oldest first."""
    path = folder / "made-with.json"
    found = storage.read_json(path).get("made with") if path.exists() else []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ValueError(f"{path} is damaged: it must hold a list of versions; delete it")
    return found
