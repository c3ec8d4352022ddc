"""The files of the study: JSON and bytes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from motifcount import _atomic


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _atomic.write_bytes(path, content)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file; a NaN becomes null."""
    write_bytes(path, (json.dumps(_without_nan(value), indent=1, allow_nan=False) + "\n").encode())


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises
    ------
    ValueError
        If the file is damaged; the message names it.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is damaged ({error}); delete it to have it made anew") from error


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
