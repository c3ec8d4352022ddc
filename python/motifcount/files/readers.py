"""Which reader takes a file of which format, and which options say something about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from motifcount.files import arrays, formats, frames, sources, tables
from motifcount.files import layers as layers_of
from motifcount.files.edges import Edges, assemble
from motifcount.files.graphs import by_networkx, node_link, pajek
from motifcount.files.options import Options, refuse_unused
from motifcount.files.report import ReadReport
from motifcount.files.weights import masks, state_dicts
from motifcount.graph import Graph


def read(path: Path, kind: str, options: Options, layers: Any) -> tuple[Graph, ReadReport]:
    """Return the graph in a file of this format, "-" standing for standard input, and how it was read.

    Raises
    ------
    ValueError, ImportError, MemoryError, OSError
        As :func:`motifcount.files.read_graph`.
    """
    if kind in formats.BINARY and str(path) == "-":
        raise ValueError("standard input must be text")
    if str(path) != "-":
        with path.open("rb") as file:
            formats.refuse_others(file.read(200), "npz" if path.suffix.lower() in sources.PACKED else kind)
    if kind in formats.WEIGHTS:
        return _read_weights(path, kind, options, layers)
    if kind == "npz":
        found = arrays.read_npz(path)
        if isinstance(found, dict):
            refuse_unused(options, "weights")
            _refuse_layers(layers, options)
            return masks.of_arrays(found, options)
        refuse_unused(options, "matrix")
        edges = arrays.of_sparse(found, "scipy.sparse matrix", options)
    elif kind == "npy":
        refuse_unused(options, "matrix")
        edges = arrays.read_npy(path, options)
    else:
        edges = _read_text(path, kind, options)
    if edges.is_signed:
        layers = "layer" if layers is None else layers
        options = replace(options, kinds="sign") if options.kinds is None else options
        options = replace(options, weights=True) if options.weights is None else options
    edges, found_layers = layers_of.resolve(layers, edges, options)
    return assemble(edges, options, found_layers)


def _read_weights(path: Path, kind: str, options: Options, layers: Any) -> tuple[Graph, ReadReport]:
    refuse_unused(options, "weights")
    _refuse_layers(layers, options)
    reader = state_dicts.read_safetensors if kind == "safetensors" else state_dicts.read_torch
    return reader(sources.content(path), options)


def _refuse_layers(layers: Any, options: Options) -> None:
    if layers is not None:
        raise ValueError(
            f"{options.say('layers')} must not be given for layer masks and state dicts, which know theirs"
        )


def _read_text(path: Path, kind: str, options: Options) -> Edges:
    raw = sources.standard_input() if str(path) == "-" else sources.content(path)
    if not raw:
        raise ValueError("the file is empty")
    formats.refuse_others(raw, kind)
    if kind in formats.TABLES and options.format in (None, "edges", "matrix"):
        other = formats.of_content(raw)
        if other is not None and options.format is not None:
            raise ValueError(f"no table, but {other}; leave {options.say('format', options.format)} out")
        kind = other or kind
    if kind in formats.TABLES:
        refuse_unused(options, "sif" if kind == "sif" else "table")
        return tables.read(raw, kind, options)
    has_attributes = kind in (*formats.MARKUP, "json")
    if kind == "mtx":
        refuse_unused(options, "matrix")
        return arrays.read_mtx(raw, options)
    refuse_unused(options, "frame" if kind in formats.FRAMES else "attributes" if has_attributes else "graph")
    if kind in formats.MARKUP:
        return by_networkx.read(raw, kind, options)
    if kind in formats.FRAMES:
        return frames.read(raw, kind, options)
    return pajek.read(raw) if kind == "net" else node_link.read(raw, options)
