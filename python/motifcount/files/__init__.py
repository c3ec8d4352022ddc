"""Reading graphs from files: read right, or refused with the option that settles it, and what was decided is reported.

=====================================  ====================================================================
``.tsv .csv .txt .edges .el``          a table of edges, or a matrix with or without labels
``.sif``                               Cytoscape's source, relation, targets
``.npz``                               a scipy.sparse matrix, or layer masks ``mask0``, ``mask1``, … with optional
                                       biases ``bias0``, …
``.npy``, ``.mtx``                     a square array; MatrixMarket
``.graphml .gml .gexf``                by networkx (extra ``networkx``)
``.net``, ``.json``                    Pajek; nodes and links (NetworkX, d3, attribution graphs, Cytoscape)
``.parquet .feather``, ``.xlsx``       by pandas (extras ``parquet``, ``xlsx``)
``.pt .pth .safetensors``              state dict of Linear layers (extra ``train``, or ``io``)
=====================================  ====================================================================

Text may be packed (``.gz``, ``.bz2``, ``.xz``, or ``.zip`` of one file).

In a table of edges, the names of columns choose them, in any case and spelling: source and target, from and to,
regulator and gene, ``pre_root_id`` and ``post_root_id``, … Without names, the first two columns are source and target
if nothing speaks against it. An edge that is listed is an edge, and its ends are nodes; only where a column is named as
a weight (``weight``, ``count``, ``syn_count``, …; in other formats the attribute or entry of that name) is an edge of
weight 0 none. Labels are integers if all are (``1``, ``1.0`` and ``"1"`` are one), else words. What can be read in two
ways is refused, and the error names both and the argument that settles it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from motifcount._support import arguments
from motifcount.files import formats, readers
from motifcount.files import layers as layers_of
from motifcount.files.doors import PYTHON, Door
from motifcount.files.options import Column, checked
from motifcount.files.report import ReadReport
from motifcount.files.writing import write_graph
from motifcount.graph import Graph

__all__ = ["ReadReport", "read_graph", "read_with_report", "write_graph"]


def read_graph(
    path: str | Path,
    *,
    layers: Any = None,
    bias: bool = False,
    format: str | None = None,  # noqa: A002
    delimiter: str | None = None,
    header: bool | None = None,
    columns: Sequence[Column] | None = None,
    weight: Column | None = None,
    kinds: Column | Mapping[Any, Mapping[Any, Any]] | None = None,
    threshold: float | None = None,
    fill: float | None = None,
    undirected: bool | None = None,
    order: Sequence[str] | None = None,
    errors: bool | None = None,
    node_threshold: float | None = None,
    edge_threshold: float | None = None,
    weights: bool | None = None,
) -> Graph:
    """Read a graph from a file.

    Parameters
    ----------
    path
        The file; its ending tells the format (see the module's table).
    layers
        As for :class:`~motifcount.Graph`; or, where nodes have labels, a mapping of labels to layers, a file with a
        label and a layer a line, the name of an attribute of the nodes, or, in tables, the names or positions of two
        columns, the layers of sources and of targets. Layers that are words are numbered in their order, and the
        report tells how. Must be None for masks and state dicts, which know theirs.
    bias
        For masks and state dicts: also make kept biases edges of one bias node per layer.
    format
        An ending, if it is not that of the file; or ``"matrix"`` or ``"edges"`` for a table that could be both.
    delimiter
        What divides the fields of a table; ``" "`` stands for any blanks.
    header
        Whether the first line of a table is no edge. True above a line that counts nodes and edges keeps nodes without
        edges.
    columns
        The columns of source and target: two names, or two positions from 0.
    weight
        The column of weights, by name or position from 0; in GraphML, GML, GEXF and JSON, the attribute of edges. An
        edge of weight 0 is none.
    kinds
        ``"sign"``: the kind of an edge is the sign of its weight, ``"+"`` or ``"-"``. Otherwise the column of kinds, by
        name or position from 0; in SIF ``"relation"``; in GraphML, GML, GEXF and JSON an attribute of edges. At most
        four different ones, as texts. Or that column with the kind that each of its values stands for, as
        ``{"nt_type": {"ACH": "+", "GABA": "-", "DA": None}}``; edges of None are left out. With such a table ``"sign"``
        is a column, too.
    threshold
        Keep an edge if its weights, added up over repeated lines, reach this; without weights, lines are counted.
    fill
        What an empty cell of a matrix, or NaN, stands for: 0 for no edge.
    undirected
        True makes every edge mutual (where some edges are marked as undirected, only those); False takes edges that
        the file calls undirected as they are written.
    order
        For masks and state dicts: the names of the layers, in the order in which they follow each other.
    errors
        For attribution graphs: True keeps the nodes of reconstruction errors.
    node_threshold
        For attribution graphs: keep features up to this share of all influence, which the file tells of each.
    edge_threshold
        For attribution graphs: keep the strongest links that carry this share of all influence on the logits.
    weights
        Whether edges keep their weights (:attr:`Graph.weights`), which are added up over repeated lines; those of
        attribution graphs do.

    Raises
    ------
    TypeError
        If an argument is of a kind that is not understood.
    OSError
        If the file cannot be opened.
    ValueError
        If the format is unknown, or the file is no regular file, truncated, damaged, of another format, or can be read
        in two ways; and for `layers` as :class:`~motifcount.Graph`. The message begins with the file.
    MemoryError
        If what the file holds does not fit.
    ImportError
        If the format needs a library that is not installed.

    Notes
    -----
    O(size of the file) time; a table of integers is read by numpy.loadtxt, others word by word.
    :func:`read_with_report` also tells how the file was read.
    """
    return read_with_report(
        path,
        layers=layers,
        bias=bias,
        format=format,
        delimiter=delimiter,
        header=header,
        columns=columns,
        weight=weight,
        kinds=kinds,
        threshold=threshold,
        fill=fill,
        undirected=undirected,
        order=order,
        errors=errors,
        node_threshold=node_threshold,
        edge_threshold=edge_threshold,
        weights=weights,
    )[0]


def read_with_report(
    path: str | Path,
    *,
    layers: Any = None,
    door: Door = PYTHON,
    **options: Any,
) -> tuple[Graph, ReadReport]:
    """Read a graph as :func:`read_graph` does, and tell how it was read.

    Parameters
    ----------
    path, layers
        As for :func:`read_graph`.
    door
        How errors name arguments and count columns; default as in Python.
    **options
        The other arguments of :func:`read_graph`.

    Returns
    -------
    (Graph, ReadReport)

    Raises
    ------
    TypeError, OSError, ValueError, MemoryError, ImportError
        As :func:`read_graph`.
    """
    wanted = checked(options, door)
    if (layer_columns := layers_of.columns_of(layers)) is not None:
        wanted = replace(wanted, layer_columns=layer_columns)
    path = arguments.path("path", path)
    format_ = formats.of_path(path, wanted)
    if str(path) != "-":
        arguments.readable("path", path)
    try:
        return readers.read(path, format_, wanted, layers)
    except (ValueError, ImportError, MemoryError) as error:
        kind = next(kind for kind in (ValueError, ImportError, MemoryError) if isinstance(error, kind))
        raise kind(f"{path}: {' '.join(str(error).split()) or type(error).__name__}") from error
