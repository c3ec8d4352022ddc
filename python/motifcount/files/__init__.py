"""Reading graphs from files: one function, one format per file name ending.

====================================  =====================================================================
``.npz``                              a scipy.sparse matrix, or layer masks ``mask0``, ``mask1``, … with optional
                                      biases ``bias0``, …
``.npy``                              a square array
``.mtx``                              MatrixMarket
``.tsv .csv .txt .edges .el``         edge list: source, target and an optional weight a line
``.graphml``                          GraphML (needs networkx)
``.pt .pth .safetensors``             state dict of Linear layers (needs torch, or safetensors)
====================================  =====================================================================

Text formats may be compressed (``.gz``).

An edge list has as many columns in every line, separated by tabs, commas, semicolons or blanks; ``#`` and ``%`` start
comments. Node labels are integers if all are, else words. The first line is a header if its first two fields are known
words (source and target, from and to, …), or are no integers while all labels below are. The third column is the
weight, and a weight of 0 means no edge; unless a header calls it otherwise than weight, or no line has a number there.
"""

from __future__ import annotations

import gzip
import io
import math
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount._support.memory import require_memory
from motifcount.files import edge_lists, state_dicts
from motifcount.graph import Graph, LayersLike
from motifcount.graph.access import graph_of

__all__ = ["read_graph"]

_TEXT = (".tsv", ".csv", ".txt", ".edges", ".el")
_PACKED = (*_TEXT, ".mtx", ".graphml")
_WITH_BIASES = (".npz", ".pt", ".pth", ".safetensors")
_PIECE = 1 << 24  # bytes


def read_graph(path: str | Path, *, layers: LayersLike = None, bias: bool = False) -> Graph:
    """Read a graph from a file.

    Parameters
    ----------
    path
        The file; its ending tells the format (see the module's table).
    layers
        As for :class:`~motifcount.Graph`; must be None for layer masks and state dicts, which know theirs.
    bias
        For layer masks and state dicts: also make live biases edges of one bias node per layer.

    Raises
    ------
    TypeError
        If `path` is no path or `bias` not True or False.
    OSError
        If the file cannot be opened.
    ValueError
        If the ending is unknown, or the file is no regular file, truncated, damaged or of another format; and for
        `layers` as :class:`~motifcount.Graph`. The message begins with the file.
    MemoryError
        If what the file holds does not fit.
    ImportError
        If the format needs a library that is not installed.
    """
    path = arguments.path("path", path)
    bias = arguments.flag("bias", bias)
    ending = _ending(path)
    reader = _READERS.get(ending)
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise ValueError(f"{path}: the ending {ending!r:.80} of path is unknown; use one of {known}")
    if bias and ending not in _WITH_BIASES:
        raise ValueError(f"{path}: bias must be False for this format, which holds none; not True")
    arguments.readable("path", path)
    try:
        return reader(path, layers, bias)
    except (ImportError, MemoryError) as error:
        raise type(error)(f"{path}: {error}") from error
    except Exception as error:  # what other libraries raise on damaged files is not to be foreseen
        if isinstance(error, OSError) and error.filename is not None:
            raise
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> ValueError:
    return ValueError(f"{path}: {error}" if str(error) else f"{path}: the file is damaged ({type(error).__name__})")


def _ending(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if len(suffixes) > 1 and suffixes[-1] == ".gz" and suffixes[-2] in _PACKED:
        return suffixes[-2]
    return (suffixes or [""])[-1]


def _only_matrix(layers: LayersLike) -> None:
    if layers is not None:
        raise ValueError("layers must not be given for layer masks and state dicts, which know theirs")


def _read_npz(path: Path, layers: LayersLike, bias: bool) -> Graph:
    _check_members(path)
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names = set(arrays.files)
        if "format" in names:
            from scipy.sparse import load_npz

            if bias:
                raise ValueError("bias must be False for a scipy.sparse matrix, which holds none; not True")
            return Graph(load_npz(path), layers)
        n_masks = sum(re.fullmatch(r"mask\d+", name) is not None for name in names)
        missing = [f"mask{k}" for k in range(n_masks) if f"mask{k}" not in names]
        if n_masks == 0 or missing:
            found = ", ".join(sorted(names)) or "nothing"
            wanted = "a scipy.sparse matrix or arrays mask0, mask1, …"
            raise ValueError(f"an .npz file must hold {wanted}; {path.name} holds {found}")
        _only_matrix(layers)
        masks = [arrays[f"mask{k}"] for k in range(n_masks)]
        biases = [arrays[f"bias{k}"] if f"bias{k}" in names else None for k in range(n_masks)]
    return Graph.from_layers(masks, biases if bias else None)


def _read_npy(path: Path, layers: LayersLike, bias: bool) -> Graph:
    return Graph(load_npy(path), layers)


def load_npy(path: Path) -> npt.NDArray[Any]:
    """Return the array in a .npy file whose header fits its size."""
    with path.open("rb") as file:
        _check_size(file, path.stat().st_size)
    return np.asarray(np.load(path, allow_pickle=False))


def _check_members(path: Path) -> None:
    """Refuse arrays whose headers promise other sizes than there are, before memory is asked for."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) != _n_promised(path):
            raise ValueError(f"damaged: {len(members)} arrays are found where {_n_promised(path)} are promised")
        require_memory(sum(member.file_size for member in members), f"unpacking {len(members)} arrays")
        for member in members:
            with archive.open(member) as file:
                _check_size(file, member.file_size, f"{member.filename}: ")


def _n_promised(path: Path) -> int:
    """Return the number of members by the last record of a zip file; a wrong bit can hide one from zipfile."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16)))
        content = file.read()
    record = content.rfind(b"PK\5\6")
    return int.from_bytes(content[record + 10 : record + 12], "little")


def _check_size(file: IO[bytes], size: int, where: str = "") -> None:
    version = np.lib.format.read_magic(file)
    headers = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    if version not in headers:
        raise ValueError(f"{where}version {version} of the npy format is not for matrices")
    shape, _, dtype = headers[version](file)
    promised = math.prod(shape) * dtype.itemsize
    found = size - file.tell()
    if promised != found and not dtype.hasobject:
        raise ValueError(f"{where}damaged: an array of shape {shape} has {promised} bytes, not {found}")


def _read_mtx(path: Path, layers: LayersLike, bias: bool) -> Graph:
    from scipy.io import mminfo, mmread

    raw = _content(path)
    if b"\0" in raw:
        raise ValueError(f"not a text file (byte {raw.index(0)})")
    # SciPy's parser crashes where it finds a zero byte, or the end of the file, before the end of a damaged line.
    file = io.BytesIO(raw + b"\n")
    n_entries = mminfo(file)[2]
    file.seek(0)
    if 2 * n_entries > len(file.getbuffer()) + 1:
        raise ValueError(f"damaged: {n_entries} entries are promised, more than the file has room for")
    return Graph(mmread(file), layers)


def _read_graphml(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        import networkx as nx
    except ImportError as error:
        raise ImportError("GraphML needs networkx: pip install motifcount[networkx]") from error
    from xml.etree.ElementTree import ParseError, iterparse

    try:
        graph = nx.read_graphml(path)
    except (ParseError, nx.NetworkXError) as error:
        raise ValueError(f"not GraphML: {error}") from error
    if "None" in graph:  # so networkx calls an end that is not there
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            for _, element in iterparse(file):
                if element.tag.rpartition("}")[2] == "edge" and None in map(element.get, ("source", "target")):
                    raise ValueError(f"every edge must have a source and a target, not {element.attrib}")
    return Graph(graph, layers)


def _read_edge_list(path: Path, layers: LayersLike, bias: bool) -> Graph:
    raw = _content(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not a text file in UTF-8 (byte {error.start})") from error
    return graph_of(edge_lists.parse(text), layers)


def _content(path: Path) -> bytes:
    """Return what a file holds, of a .gz file piece by piece, for a small file may hold very much."""
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    pieces, size = [], 0
    if path.stat().st_size == 0:
        raise ValueError("damaged: the file is empty")
    with gzip.open(path) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            require_memory(6 * size, f"more than {size:,} bytes of packed text")
            pieces.append(piece)
    return b"".join(pieces)


def _read_torch(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        import torch
    except ImportError as error:
        raise ImportError("a .pt file needs torch: pip install motifcount[train]") from error
    import pickle

    _only_matrix(layers)
    try:
        with warnings.catch_warnings(action="ignore"):
            state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, AttributeError) as error:
        raise ValueError(f"not a state dict that torch.load(weights_only=True) reads: {_first_line(error)}") from error
    if not isinstance(state, Mapping):
        raise ValueError(f"must hold a state dict, not {type(state).__name__}")
    return state_dicts.to_graph(state, bias)


def _read_safetensors(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise ImportError("a .safetensors file needs safetensors: pip install motifcount[io]") from error
    _only_matrix(layers)
    try:
        try:
            state: dict[str, Any] = load_file(path)
        except (TypeError, AttributeError):  # bfloat16 and others that NumPy lacks
            from safetensors.torch import load_file as load_tensors

            state = load_tensors(path)
    except SafetensorError as error:
        raise ValueError(f"not a safetensors file: {error}") from error
    return state_dicts.to_graph({name: state[name] for name in sorted(state, key=_natural)}, bias)


def _natural(name: str) -> list[tuple[int, int | str]]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", name) if part]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


_READERS: dict[str, Callable[[Path, LayersLike, bool], Graph]] = {
    ".npz": _read_npz,
    ".npy": _read_npy,
    ".mtx": _read_mtx,
    ".graphml": _read_graphml,
    ".pt": _read_torch,
    ".pth": _read_torch,
    ".safetensors": _read_safetensors,
    **dict.fromkeys(_TEXT, _read_edge_list),
}
