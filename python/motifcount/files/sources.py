"""The bytes of a file: as they are, unpacked, or from standard input."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from motifcount._support.memory import require_memory
from motifcount.files.library_errors import parsing

PACKED = (".gz", ".bz2", ".xz", ".zip")

_PIECE = 1 << 24  # bytes
_ENCODINGS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def content(path: Path) -> bytes:
    """Return what a file holds, unpacked piece by piece, for a small file may hold very much.

    Raises
    ------
    ValueError
        If a packed file is damaged, or an archive does not hold exactly one file.
    MemoryError
        If it does not fit.
    """
    packing = path.suffix.lower()
    if packing not in PACKED:
        return path.read_bytes()
    if path.stat().st_size == 0:
        raise ValueError("damaged: the file is empty")
    with parsing(f"a {packing} file"):
        if packing == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(only_member(archive)) as file:
                return _unpacked(file)
        opened = {".gz": gzip.GzipFile, ".bz2": bz2.BZ2File, ".xz": lzma.LZMAFile}[packing]
        with opened(path, "rb") as file:
            return _unpacked(file)


def packed_name(path: Path) -> str:
    """Return the name of the one file in a .zip file."""
    with parsing("a .zip file"), zipfile.ZipFile(path) as archive:
        return only_member(archive)


def start(path: Path, size: int) -> bytes:
    """Return the first bytes of what a file holds, unpacked."""
    if path.suffix.lower() in PACKED:
        return content(path)[:size]
    with path.open("rb") as file:
        return file.read(size)


def only_member(archive: zipfile.ZipFile) -> str:
    """Return the name of the one file in an archive."""
    names = [info.filename for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    if len(names) != 1:
        listed = ", ".join(names[:5]) or "nothing"
        raise ValueError(f"a .zip file must hold one file, not {len(names)} ({listed}); unpack it and name the one")
    return names[0]


def _unpacked(file: Any) -> bytes:
    pieces, size = [], 0
    while piece := file.read(_PIECE):
        size += len(piece)
        require_memory(6 * size, f"more than {size:,} bytes of packed text")
        pieces.append(piece)
    return b"".join(pieces)


def standard_input() -> bytes:
    """Return all of standard input."""
    return sys.stdin.buffer.read()


def as_utf8(raw: bytes) -> bytes:
    """Return text as UTF-8 without a byte order mark.

    Raises
    ------
    ValueError
        If it is no text, or in an encoding that it does not tell.
    """
    encoding = next((name for mark, name in _ENCODINGS.items() if raw.startswith(mark)), None)
    try:
        if encoding == "utf-16":
            raw = raw.decode("utf-16").encode()
        elif encoding is not None:
            raw = raw[len(codecs.BOM_UTF8) :]
        if not raw.isascii():
            raw.decode()
    except UnicodeDecodeError as error:
        way = "save it as UTF-8, in Excel as 'CSV UTF-8'"
        raise ValueError(f"not a text file in UTF-8 (byte {error.start}); {way}") from error
    if (joined := re.search(rb"[\r\n]" + codecs.BOM_UTF8, raw)) is not None:
        number = len(re.findall(rb"\r\n?|\n", raw[: joined.end()])) + 1
        raise ValueError(f"line {number} begins with a byte order mark, as where files were joined; leave the mark out")
    if b"\0" in raw:
        raise ValueError(f"not a text file: byte {raw.index(0)} is null")
    return raw


def text_stream(raw: bytes) -> io.TextIOWrapper:
    """Return the lines of UTF-8 text, their ends as newlines."""
    return io.TextIOWrapper(io.BytesIO(raw), "utf-8", newline=None)
