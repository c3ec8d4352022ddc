"""Data sets on disk: a folder of ``chunk-00000.npy``, … and ``dataset.json``, see docs/flight.md."""

from __future__ import annotations

import errno
import io
import json
import shutil
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from motifcount import _core
from motifcount._support import arguments, atomic
from motifcount.flight.columns import COLUMNS
from motifcount.flight.model import Array

MANIFEST = "dataset.json"
FORMAT, VERSION = "motifcount.flight", 2
_ROW_BYTES = 8 * len(COLUMNS)
_LIMITS = {"runs": (1, 10**12), "seed": (0, arguments.MAX_SEED), "chunk_runs": (1, 10**12)}


def checked_numbers(**numbers: Any) -> dict[str, int]:
    """Return the whole numbers of a configuration, if they are in their ranges."""
    return {name: arguments.integer(name, numbers[name], *limits) for name, limits in _LIMITS.items()}


class Store:
    """The files of one data set: its configuration, and the chunks that are finished."""

    def __init__(self, path: Path, config: dict[str, Any], chunks: dict[str, dict[str, Any]]) -> None:
        self.path, self.config, self._chunks = path, config, chunks

    @classmethod
    def read(cls, path: Path) -> Store:
        """Read the manifest; the chunks are read when they are asked for."""
        file = path / MANIFEST
        text = file.read_bytes()
        try:
            content = json.loads(text)
            checksum = content.pop("checksum", None)
            found = content["format"], content["version"]
            store = cls(path, dict(content["config"]), {chunk["file"]: chunk for chunk in content["chunks"]})
            [store.config[key] for key in ("rtol", "parameters")]
            checked_numbers(**store.config)
            [(chunk["bytes"], chunk["crc32"]) for chunk in store._chunks.values()]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"{file}: not the manifest of a data set, or damaged ({error!r})") from error
        if found != (FORMAT, VERSION):
            raise ValueError(f"{file}: must have the format {FORMAT} {VERSION}, not {found[0]} {found[1]}")
        if checksum != atomic.checksum(content):
            raise ValueError(f"{file}: damaged, its checksum is {atomic.checksum(content)}, not {checksum}")
        return store

    @classmethod
    def open(cls, path: Path, config: dict[str, Any]) -> Store:
        """Return the store in a folder: a new one, or the unfinished one with the same configuration."""
        path.mkdir(parents=True, exist_ok=True)
        size, disk = _ROW_BYTES * config["runs"], shutil.disk_usage(path).total
        if size > disk:
            problem = f"runs={config['runs']} take {size / 1e9:,.0f} GB, and this disk has {disk / 1e9:,.0f} GB"
            raise OSError(errno.ENOSPC, problem, str(path))
        for unfinished in path.glob(".*.tmp"):  # of a call that was killed while it wrote
            unfinished.unlink(missing_ok=True)
        if (path / MANIFEST).exists():
            store = cls.read(path)
            _same(path, config, store.config)
            return store
        others = sorted(other.name for other in path.iterdir())
        if others:
            raise FileExistsError(f"{path} must be empty or hold a data set; it holds {', '.join(others[:3])}")
        store = cls(path, config, {})
        store._write_manifest()
        return store

    @property
    def n_written(self) -> int:
        """Number of chunks that the manifest knows."""
        return len(self._chunks)

    @property
    def n_chunks(self) -> int:
        """Number of chunks of the finished data set."""
        return -(-int(self.config["runs"]) // int(self.config["chunk_runs"]))

    def runs_of(self, k: int) -> range:
        """Return the runs of a chunk."""
        size = self.config["chunk_runs"]
        return range(k * size, min((k + 1) * size, self.config["runs"]))

    def file(self, k: int) -> Path:
        """Return the file of a chunk."""
        return self.path / f"chunk-{k:05d}.npy"

    def fault(self, k: int, content: bytes | None = None) -> str | None:
        """Say what is wrong with the file of a chunk, or with what was read of it."""
        file = self.file(k)
        known = self._chunks.get(file.name)
        if known is None:
            return f"{file} is not finished"
        if not file.is_file():
            return f"{file} is missing"
        size = file.stat().st_size if content is None else len(content)
        if size != known["bytes"]:
            return f"{file} is damaged: it has {size} bytes, not {known['bytes']}"
        if content is not None and zlib.crc32(content) != known["crc32"]:
            return f"{file} is damaged: its checksum is {zlib.crc32(content)}, not {known['crc32']}"
        return None

    def is_finished(self, k: int) -> bool:
        """Return whether a chunk is there and whole."""
        return self.fault(k) is None and self.fault(k, self.file(k).read_bytes()) is None

    def write(self, k: int, rows: Array) -> None:
        """Write a chunk, then the manifest that vouches for it."""
        buffer = io.BytesIO()
        np.save(buffer, rows)
        content = buffer.getvalue()
        atomic.write_bytes(self.file(k), content)
        self._chunks[self.file(k).name] = {"bytes": len(content), "crc32": zlib.crc32(content)}
        self._write_manifest()

    def rows(self, k: int) -> Array:
        """Read a chunk, checked, shape (runs, columns)."""
        content = self.file(k).read_bytes() if self.fault(k) is None else None
        fault = self.fault(k, content)
        if fault:
            raise ValueError(f"{fault}; call generate again with the same arguments to mend it")
        rows: Array = np.load(io.BytesIO(content or b""), allow_pickle=False)
        if rows.shape != (len(self.runs_of(k)), len(COLUMNS)) or rows.dtype != np.float64:
            raise ValueError(f"{self.file(k)} holds {rows.dtype} of shape {rows.shape}, not what its manifest says")
        return rows

    def _write_manifest(self) -> None:
        chunks = [{"file": name, **self._chunks[name]} for name in sorted(self._chunks)]
        version = _core.build_config()["version"]
        content = {"format": FORMAT, "version": VERSION, "motifcount": version, "config": self.config}
        content |= {"columns": COLUMNS, "chunks": chunks}
        text = json.dumps(content | {"checksum": atomic.checksum(content)}, indent=1) + "\n"
        atomic.write_bytes(self.path / MANIFEST, text.encode())


def _same(path: Path, wanted: dict[str, Any], found: dict[str, Any]) -> None:
    flat_wanted, flat_found = _flat(wanted), _flat(found)
    differences = [
        f"{key} {flat_found.get(key)!r} instead of {flat_wanted.get(key)!r}"
        for key in dict.fromkeys([*flat_wanted, *flat_found])
        if flat_found.get(key) != flat_wanted.get(key)
    ]
    if differences:
        raise ValueError(f"{path} holds a data set of another configuration: {'; '.join(differences)}")


def _flat(config: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in config.items() if key != "parameters"} | dict(config["parameters"])
