"""Layers of nodes that have labels: by label, never by an order that the file does not show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount._support.natural import natural
from motifcount.files import arrays, layer_files
from motifcount.files.edges import Edges
from motifcount.files.options import Column, Options
from motifcount.files.words.labels import MISSING, integer, is_integer


def resolve(layers: Any, edges: Edges, options: Options) -> tuple[Edges, Any]:
    """Return layers as Graph takes them, and edges whose report tells them.

    Raises
    ------
    ValueError
        If a node has no layer, or layers in an order are given to nodes whose order the file does not show.
    """
    if options.layer_columns is not None:
        if edges.layer_of is None:
            raise ValueError(
                f"{options.say('layers', options.layer_columns)} names columns, and this is no table of edges"
            )
        return _by_label(edges.layer_of, edges, options)
    if layers is None or (isinstance(layers, str) and layers == "infer"):
        return edges, layers
    if isinstance(layers, Mapping):
        return _by_label(layers, edges, options)
    if isinstance(layers, str) and edges.attributes and layers in edges.attributes:
        return _by_label(dict(zip(edges.labels or (), edges.attributes[layers], strict=True)), edges, options)
    if isinstance(layers, (str, Path)):
        return _from_file(layers, edges, options)
    _refuse_order(edges, options)
    return edges, layers


def columns_of(layers: Any) -> tuple[Column, Column] | None:
    """Return the two columns that layers name, of sources and targets; None if they are something else."""
    if isinstance(layers, str) and layers.count(",") == 1 and not Path(layers).exists():
        first, second = (name.strip() for name in layers.split(","))
        return (int(first), int(second)) if first.isdigit() and second.isdigit() else (first, second)
    if isinstance(layers, (tuple, list)) and len(layers) == 2 and all(isinstance(name, str) for name in layers):
        return layers[0], layers[1]
    return None


def _refuse_order(edges: Edges, options: Options) -> None:
    labels = edges.labels
    if labels is None or labels in (tuple(range(len(labels))), tuple(map(str, range(len(labels))))):
        return
    shown = ", ".join(map(str, labels[:3]))
    mapping = "a mapping of labels to layers, or " if options.door.in_python else ""
    raise ValueError(
        f"{options.say('layers')} must give layers by label, for nodes are called {shown}, …: {mapping}a file with a "
        "label and a layer a line"
    )


def _by_label(layers: Mapping[Any, Any], edges: Edges, options: Options) -> tuple[Edges, Any]:
    labels = _labels(edges)
    by_word = {_word(label): value for label, value in layers.items()}
    words = []
    for label in labels:
        value = layers.get(label, by_word.get(_word(label)))
        if value is None or _word(value) in MISSING:
            raise ValueError(f"{options.say('layers')} gives no layer to the node {label!r}")
        words.append(_word(value))
    if all(map(is_integer, words)):
        return edges, _numbers(words, options)
    order = sorted(set(words), key=natural)
    if len(order) > 1000:
        shown = ", ".join(order[:3])
        raise ValueError(f"{options.say('layers')}: {len(order):,} layers such as {shown} are no layers of nodes")
    told = ", ".join(f"{k} is {word!r}" for k, word in enumerate(order[:20])) + (", …" if len(order) > 20 else "")
    report = replace(edges.report, notes=(*edges.report.notes, f"layers are numbered: {told}"))
    return replace(edges, report=report), words


def _numbers(words: Sequence[str], options: Options) -> npt.NDArray[np.int64]:
    try:
        return np.array([integer(word, lambda _: options.say("layers")) for word in words], dtype=np.int64)
    except OverflowError:
        longest = max(words, key=len)
        raise ValueError(f"{options.say('layers')}: layers must be below 2**63, not {longest[:60]}") from None


def _word(label: Hashable) -> str:
    return str(label).strip()


def _from_file(layers: str | Path, edges: Edges, options: Options) -> tuple[Edges, Any]:
    name = options.say("layers").rstrip("=")
    path = arguments.path(name, layers)
    if not path.exists() and edges.attributes is not None:
        known = ", ".join(map(repr, edges.attributes)) or "none"
        raise ValueError(
            f"{options.say('layers', str(layers))} is neither an attribute of the nodes ({known}) nor a file"
        )
    arguments.readable(name, path)
    if path.suffix.lower() == ".npy":
        _refuse_order(edges, options)
        try:
            return edges, arrays.load_npy(path)
        except (ValueError, MemoryError) as error:
            raise ValueError(f"{name} must be a file of layers: {path}: {error}") from error
    try:
        rows = layer_files.rows_of(path)
        is_ordered = len(rows[0]) == 1
        labels = () if is_ordered else tuple(map(_word, _labels(edges)))
        by_label, told = ({}, ()) if is_ordered else layer_files.by_label(_spelled(rows, edges), labels, path)
    except ValueError as error:
        raise ValueError(f"{name} must be a file with a label and a layer a line: {error}") from error
    if not is_ordered:
        report = replace(edges.report, notes=(*edges.report.notes, *told))
        return _by_label(by_label, replace(edges, report=report), options)
    _refuse_order(edges, options)
    if word := next((word for (word,) in rows if not is_integer(word)), None):
        raise ValueError(f"{options.say('layers')}: layers in the order of nodes must be integers, not {word[:40]!r}")
    return edges, _numbers([word for (word,) in rows], options)


def _labels(edges: Edges) -> Sequence[Hashable]:
    return edges.labels if edges.labels is not None else range(edges.n_nodes)


def _spelled(rows: list[list[str]], edges: Edges) -> list[list[str]]:
    """Return rows with integers as labels are spelled, where all labels of the graph are integers."""
    if not all(isinstance(label, int) for label in _labels(edges)):
        return rows
    return [[str(integer(word, lambda _: "a label")) if is_integer(word) else word for word in row] for row in rows]
