"""Reading graphs from files: one function, one format per file name ending.

====================================  =====================================================================
``.npz``                              a scipy.sparse matrix, or layer masks ``mask0``, ``mask1``, … with optional
                                      biases ``bias0``, …
``.npy``                              a square array
``.mtx``                              MatrixMarket
``.tsv .csv .txt .edges .el``         edge list: source, target and an optional weight a line; ``#`` and ``%``
                                      start comments, a header line is allowed; labels are numbers or words
``.graphml``                          GraphML (needs networkx)
``.pt .pth .safetensors``             state dict of Linear layers (needs torch, or safetensors)
====================================  =====================================================================

Text formats may be compressed (``.gz``).
"""

from __future__ import annotations

import errno
import gzip
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _validate, adapters
from motifcount.graph import Graph, LayersLike

__all__ = ["read_graph"]

_DELIMITERS = ("\t", ",", ";")
_HEADER_WORDS = frozenset(["source", "target", "from", "to", "src", "dst", "head", "tail", "u", "v", "node1", "node2"])


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
    OSError
        If the file cannot be opened.
    ValueError
        If the ending is unknown, or the file is truncated, damaged or of another format.
    """
    path = Path(path)
    bias = _validate.flag("bias", bias)
    ending = _ending(path)
    reader = _READERS.get(ending)
    if reader is None:
        raise ValueError(f"{path}: the ending {ending!r} is unknown; use one of {', '.join(sorted(_READERS))}")
    with path.open("rb"):  # the system's own error for a file that cannot be read
        pass
    try:
        return reader(path, layers, bias)
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # a damaged archive sends its reader to negative places
            raise
        raise _damaged(path, error) from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged file trips the parsers of other libraries in any way
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> ValueError:
    return ValueError(f"{path}: {error}" if str(error) else f"{path}: the file is damaged ({type(error).__name__})")


def _ending(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else (suffixes or [""])[-1]


def _unpacked(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix.lower() == ".gz" else raw


def _only_matrix(layers: LayersLike) -> None:
    if layers is not None:
        raise ValueError("layers must not be given for layer masks and state dicts, which know theirs")


def _read_npz(path: Path, layers: LayersLike, bias: bool) -> Graph:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names = set(arrays.files)
        if "format" in names:
            from scipy.sparse import load_npz

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
    return Graph(np.load(path, allow_pickle=False), layers)


def _read_mtx(path: Path, layers: LayersLike, bias: bool) -> Graph:
    from scipy.io import mmread

    raw = _unpacked(path)
    if b"\0" in raw:
        raise ValueError(f"not a text file (byte {raw.index(0)})")
    # SciPy's parser crashes where it finds a zero byte, or the end of the file, before the end of a damaged line.
    return Graph(mmread(io.BytesIO(raw + b"\n")), layers)


def _read_graphml(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        import networkx as nx
    except ImportError as error:
        raise ValueError("GraphML needs networkx: pip install motifcount[networkx]") from error
    from xml.etree.ElementTree import ParseError

    try:
        graph = nx.read_graphml(path)
    except (ParseError, nx.NetworkXError) as error:
        raise ValueError(f"not GraphML: {error}") from error
    return Graph(graph, layers)


# ---- edge lists ------------------------------------------------------------------------------------------


def _read_edge_list(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        text = _unpacked(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not a text file in UTF-8 (byte {error.start})") from error
    src, dst = _parse_edges(text)
    labels, ends = np.unique(np.concatenate((src, dst)), return_inverse=True)
    rows = adapters.from_edge_arrays(ends[: len(src)], ends[len(src) :], len(labels), keep_all_rows=True)
    return Graph._from_rows(rows._replace(labels=tuple(labels.tolist())), layers)


def _parse_edges(text: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return sources and targets, as integers where all labels are; edges of weight 0 are dropped."""
    first = next((line for line in io.StringIO(text) if _fields_of(line, None)), "")
    delimiter = next((mark for mark in _DELIMITERS if mark in first), None)
    fields = _fields_of(first, delimiter)
    skip_header = len(fields) >= 2 and {field.lower() for field in fields[:2]} <= _HEADER_WORDS
    if not fields:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    columns: list[Any] = [("src", np.int64), ("dst", np.int64)]
    if len(fields) > 2:
        columns.append(("weight", np.float64))
    try:
        table = np.loadtxt(
            io.StringIO(text.replace(first, "", 1) if skip_header else text),
            dtype=columns,
            comments=["#", "%"],
            delimiter=delimiter,
            usecols=range(len(columns)),
            ndmin=1,
        )
    except (ValueError, IndexError):
        return _parse_words(text, delimiter, skip_header)
    live = table["weight"] != 0 if len(columns) > 2 else slice(None)
    return table["src"][live], table["dst"][live]


def _parse_words(text: str, delimiter: str | None, skip_header: bool) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    ends: list[tuple[str, str]] = []
    for number, line in enumerate(io.StringIO(text), start=1):
        fields = _fields_of(line, delimiter)
        if not fields:
            continue
        if skip_header:
            skip_header = False
            continue
        if len(fields) < 2 or not fields[0] or not fields[1]:
            raise ValueError(f"line {number} must hold a source and a target, not {line.strip()[:60]!r}")
        if len(fields) == 2 or not _is_zero(fields[2]):
            ends.append((fields[0], fields[1]))
    labels = np.array(ends, dtype=object).reshape(-1, 2)
    if all(re.fullmatch(r"[+-]?\d{1,18}", label) for label in labels.flat):
        labels = labels.astype(np.int64)
    return labels[:, 0], labels[:, 1]


def _fields_of(line: str, delimiter: str | None) -> list[str]:
    line = re.split("[#%]", line, maxsplit=1)[0].strip()
    return [field.strip() for field in line.split(delimiter)] if line else []


def _is_zero(weight: str) -> bool:
    try:
        return float(weight) == 0
    except ValueError:
        return False


# ---- state dicts -----------------------------------------------------------------------------------------


def _read_torch(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        import torch
    except ImportError as error:
        raise ValueError("a .pt file needs torch: pip install motifcount[train]") from error
    import pickle

    _only_matrix(layers)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, AttributeError) as error:
        raise ValueError(f"not a state dict that torch.load(weights_only=True) reads: {_first_line(error)}") from error
    if not isinstance(state, Mapping):
        raise ValueError(f"must hold a state dict, not {type(state).__name__}")
    return _from_state_dict(state, bias)


def _read_safetensors(path: Path, layers: LayersLike, bias: bool) -> Graph:
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise ValueError("a .safetensors file needs safetensors: pip install motifcount[io]") from error
    _only_matrix(layers)
    try:
        state = load_file(path)
    except SafetensorError as error:
        raise ValueError(f"not a safetensors file: {error}") from error
    return _from_state_dict({name: state[name] for name in sorted(state, key=_natural)}, bias)


def _from_state_dict(state: Mapping[str, Any], bias: bool) -> Graph:
    """Linear weights have the shape (out, in); ``…weight_mask`` (torch.nn.utils.prune) goes before the weight."""
    arrays = {name: _as_array(value) for name, value in state.items()}
    stems = [
        name.removesuffix("_orig").removesuffix("weight") for name, value in arrays.items() if _is_weight(name, value)
    ]
    if not stems:
        raise ValueError(f"holds no two-dimensional …weight; it holds {', '.join(arrays) or 'nothing'}")
    masks, biases = [], []
    for stem in stems:
        masks.append(_live(arrays, f"{stem}weight").T)
        has_bias = f"{stem}bias" in arrays or f"{stem}bias_orig" in arrays
        biases.append(_live(arrays, f"{stem}bias") if has_bias else None)
    return Graph.from_layers(masks, biases if bias else None)


def _as_array(value: Any) -> npt.NDArray[Any]:
    return np.asarray(adapters.from_tensor(value) if adapters.is_torch_tensor(value) else value)


def _is_weight(name: str, value: npt.NDArray[Any]) -> bool:
    return re.search(r"(^|\.)weight(_orig)?$", name) is not None and value.ndim == 2


def _live(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> npt.NDArray[np.bool_]:
    for key in (f"{name}_mask", name, f"{name}_orig"):
        if key in arrays:
            return np.asarray(arrays[key] != 0)
    raise KeyError(name)


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
    **dict.fromkeys((".tsv", ".csv", ".txt", ".edges", ".el"), _read_edge_list),
}
