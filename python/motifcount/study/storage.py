"""The files of the study: JSON and bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from motifcount._support import atomic

_CHECKSUM = "checksum"


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(path, content)


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON file with its checksum; a NaN becomes null."""
    plain = _without_nan(value)
    text = json.dumps(plain | {_CHECKSUM: atomic.checksum(plain)}, indent=1, allow_nan=False)
    write_bytes(path, (text + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that :func:`write_json` wrote.

    Raises
    ------
    ValueError
        If the file is damaged; the message names it.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(value, dict) or value.pop(_CHECKSUM, None) != atomic.checksum(value):
            raise ValueError("its checksum is missing or wrong")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is damaged ({error}); delete it to have it made anew") from error
    return value


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder; the system lets them in when this one ends, however it ends.

    Raises
    ------
    ValueError
        If another process is at work there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ValueError(
            f"directory {folder} is in use by another process; wait for it to end, or choose another directory"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
