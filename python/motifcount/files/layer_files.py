"""A second file that gives the layers of nodes: by label, or in the order of the nodes."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from motifcount.files import sources
from motifcount.files.text.dialect import Dialect, Lines
from motifcount.files.words import names

Rows = list[list[str]]


def rows_of(path: Path) -> Rows:
    """Return the fields of all lines, as many in each.

    Raises
    ------
    ValueError
        If no delimiter divides all lines alike.
    """
    raw = sources.as_utf8(sources.content(path))
    head = list(Lines(raw))
    if not head:
        raise ValueError(f"{path}: the file of layers is empty")
    for mark in ("\t", ",", ";", None):
        dialect = Dialect(mark, b'"' in raw)
        try:
            found = [[field.strip() for field in row] for row in dialect.rows(dialect.filled(head))]
        except csv.Error:
            continue
        lengths = {len(row) for row in found}
        if len(lengths) == 1 and (mark is None or lengths != {1}):
            return found
    raise ValueError(f"{path}: a file of layers must hold a label and a layer a line")


def by_label(rows: Rows, labels: Collection[str], path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return layers by label, and what is to be told of the columns that hold them.

    `labels` are those of the graph's nodes. Names choose the columns, as ``layer,node``; two columns without known
    names are a label and a layer.

    Raises
    ------
    ValueError
        If it does not show which column holds what, or a label has two layers.
    """
    first = rows[0]
    of_nodes = [k for k, name in enumerate(first) if names.says_node(name)]
    of_layers = [k for k, name in enumerate(first) if names.says_layer(name)]
    has_header = bool(of_nodes and of_layers)
    body = rows[1:] if has_header else rows
    if has_header and len(of_nodes) > 1:  # of ids and labels, those that the graph's nodes have
        of_nodes = [k for k in of_nodes if set(labels) <= {row[k] for row in body}] or of_nodes
    if not has_header:
        of_nodes = [k for k in range(len(first)) if set(labels) <= {row[k] for row in body}]
        if len(first) != 2 or of_nodes == [1]:
            raise ValueError(f"{path}: name the columns of the file of layers in its first line, as node,layer")
        of_nodes, of_layers = [0], [1]
    if len({tuple(row[k] for row in body) for k in of_nodes}) > 1 or len(of_layers) > 1:
        raise ValueError(
            f"{path}: several columns could hold labels or layers ({', '.join(first)[:80]}); keep one of each"
        )
    found: dict[str, str] = {}
    for row in body:
        label, layer = row[of_nodes[0]], row[of_layers[0]]
        if found.setdefault(label, layer) != layer:
            raise ValueError(f"{path}: {label!r} has two layers, {found[label]} and {layer}")
    told = f"{path.name} gives layers: {first[of_layers[0]]!r} by {first[of_nodes[0]]!r}"
    return found, (told,) if has_header else ()
