"""Which study a directory holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motifcount._support import arguments
from motifcount.study import storage
from motifcount.study.config import Config

_STUDY = "study.json"
_DAMAGED = "{} is damaged: it must hold the configuration of a study"


def claim(directory: Path, config: Config) -> None:
    """Write the configuration into a directory, or refuse one that holds another study."""
    path = directory / _STUDY
    wanted = config.to_dict()
    if path.exists():
        found = storage.read_json(path)
        if not isinstance(found.get("config"), dict):
            raise ValueError(_DAMAGED.format(path))
        differences = _differences(found["config"], wanted)
        if differences:
            raise ValueError(
                f"directory {directory} holds another study, with {'; '.join(differences)}. "
                "Choose another directory, or the same configuration"
            )
    storage.write_json(path, {"config": wanted})


def networks_of(directory: str | Path) -> int | None:
    """Return the number of networks of the study in a directory, or None if there is none.

    Raises
    ------
    TypeError
        If `directory` is no path.
    ValueError
        If its configuration is damaged.
    OSError
        If it cannot be read.
    """
    path = arguments.path("directory", directory) / _STUDY
    try:
        return arguments.integer("networks", storage.read_json(path)["config"]["training"]["networks"], 1)
    except FileNotFoundError:
        return None
    except (KeyError, TypeError):
        raise ValueError(_DAMAGED.format(path)) from None


def _differences(found: Any, wanted: Any, name: str = "") -> list[str]:
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [*found, *(key for key in wanted if key not in found)]
        return [
            text
            for key in keys
            for text in _differences(found.get(key), wanted.get(key), f"{name}.{key}" if name else str(key))
        ]
    if found == wanted or name == "training.networks":
        return []
    return [f"{name} {found!r} instead of {wanted!r}"]
