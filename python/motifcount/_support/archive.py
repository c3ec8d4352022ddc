"""Results in files: a zip archive of a JSON text and arrays, which says what it holds and in which version."""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, atomic

Arrays = Mapping[str, npt.NDArray[Any]]

VERSION = 2
"""Of what the archives hold, one more whenever that changes. A reader takes this version and older ones.

Version 1 is that of 0.1.0. Version 2 has more of a significance: effect sizes, few, partial z, the rule that ended
sampling, moves by block, and what a selection was made of; and of counts those by group.
"""

_CONTENT = "result.json"


def write(path: Any, content: Mapping[str, Any], arrays: Arrays) -> None:
    """Write an archive, whole or not at all; Python ints in an array of objects become texts.

    Raises
    ------
    OSError
        If it cannot be written.
    TypeError, ValueError
        If `path` is no path.
    """
    path = arguments.path("path", path)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_CONTENT, text_of(content))
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.save(member, array.astype(str) if array.dtype == object else array, allow_pickle=False)
    atomic.write_bytes(path, stream.getvalue())


def read(path: Any, kind: str) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Return content and arrays of an archive of this kind.

    Raises
    ------
    OSError
        If the file cannot be read.
    TypeError, ValueError
        If `path` is no path; if it is no such archive, is damaged, or was written by a newer version.
    """
    path = arguments.path("path", path)
    with path.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                content = content_of(archive.read(_CONTENT).decode(), kind)
                members = [name for name in archive.namelist() if name.endswith(".npy")]
                arrays = {name.removesuffix(".npy"): _array(archive.read(name)) for name in members}
        except (zipfile.BadZipFile, KeyError, EOFError, UnicodeDecodeError) as error:
            raise ValueError(f"{path} is damaged, or no file that save() of a result has written: {error}") from error
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    return content, arrays


def _array(content: bytes) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.load(io.BytesIO(content), allow_pickle=False)
    if array.dtype.kind != "U":
        return array
    return np.array([int(text) for text in array.ravel()], dtype=object).reshape(array.shape)


def text_of(content: Mapping[str, Any]) -> str:
    """Return content as JSON, with null for NaN and texts for what is infinite."""
    return json.dumps(_with_nulls(content), indent=2, allow_nan=False)


def content_of(text: str, kind: str) -> dict[str, Any]:
    """Return what the JSON of a result holds, if it is of this kind.

    Raises
    ------
    TypeError, ValueError
        If it is no text, or of another kind or a newer version.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be that of to_json, not {arguments.shown(text)}")
    try:
        content: Any = json.loads(text)
    except ValueError as error:
        raise ValueError(f"text must be that of to_json: {error}") from error
    found = content.get("kind") if isinstance(content, dict) else None
    if found != kind:
        raise ValueError(f"text must be of the kind {kind!r}, not {arguments.shown(found)}")
    version = content.get("version")
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"text must say its version, 1 to {VERSION}, not {arguments.shown(version)}")
    if version > VERSION:
        writer = arguments.shown(content.get("motifcount"))
        raise ValueError(
            f"text was written by a newer version, motifcount {writer}: its format is {version}, this one reads up "
            f"to {VERSION}; update motifcount"
        )
    known: dict[str, Any] = content
    return known


def number(value: Any) -> float:
    """Return a float from JSON, NaN for null."""
    return math.nan if value is None else float(value)


def _with_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_nulls(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_nulls(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
