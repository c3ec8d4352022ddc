"""Files that are either whole or not there, and what tells whether the content of a JSON file is."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that becomes `path` when the block ends, and is gone if the block fails."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        if error.filename in (None, str(temporary)):  # a full disk tells no name
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
    finally:
        with suppress(OSError):  # not there, or its folder is none
            temporary.unlink()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    with writing(path) as stream:
        stream.write(content)


def checksum(content: dict[str, Any]) -> int:
    """Return the CRC-32 of what a JSON file holds."""
    return zlib.crc32(json.dumps(content).encode())
