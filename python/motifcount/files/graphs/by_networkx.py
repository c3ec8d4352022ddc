"""Graph formats that NetworkX reads: GraphML, GML, GEXF."""

from __future__ import annotations

import io
from collections.abc import Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import extras
from motifcount.files.edges import Edges
from motifcount.files.graphs import attributes, gml, xml
from motifcount.files.graphs.xml import Undirected
from motifcount.files.library_errors import parsing
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.sources import as_utf8

NAMES = {"graphml": "GraphML", "gml": "GML", "gexf": "GEXF"}


def read(raw: bytes, kind: str, options: Options) -> Edges:
    """Return the edges of a GraphML, GML or GEXF file.

    Raises
    ------
    ImportError
        If networkx is not installed.
    ValueError
        If the file is of another format, or holds more than one graph.
    """
    nx = extras.require("networkx", "networkx", f"a .{kind} file")
    with parsing(NAMES[kind]):
        if kind == "gml":
            undirected: Undirected
            text, undirected = gml.prepared(as_utf8(raw).decode())
            graph, by = _gml(nx, text.splitlines())
        else:
            raw, undirected = xml.prepared(raw, kind, options)
            try:
                graph, by = (nx.read_gexf if kind == "gexf" else nx.read_graphml)(io.BytesIO(raw)), "id"
            except ValueError as error:
                what = "an attribute has a value of another type than it is declared with"
                raise ValueError(f"{what}: {error}; declare it as a string, or as a double") from error
    return _of_networkx(graph, by, NAMES[kind], options, undirected)


def _gml(nx: Any, lines: list[str]) -> tuple[Any, str]:
    """Return the graph of GML, and what its nodes are called by."""
    try:
        return nx.parse_gml(lines), "label"
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.parse_gml(lines, label="id"), "id"  # labels are missing, or not of one node each


def _of_networkx(graph: Any, by: str, what: str, options: Options, undirected: Undirected) -> Edges:
    """Return the edges of a networkx graph whose nodes are known by id or label, in their order.

    `undirected` are pairs of ids that edges without a direction join, or whether all edges are such.
    """
    position: dict[Hashable, int] = {label: k for k, label in enumerate(graph)}
    triples = list(graph.edges(data=True))
    src = np.fromiter((position[source] for source, _, _ in triples), np.int64, len(triples))
    dst = np.fromiter((position[target] for _, target, _ in triples), np.int64, len(triples))
    of_edges, of_nodes = (graph.graph.get(f"{what}_default", {}) for what in ("edge", "node"))  # of GraphML and GEXF
    edges = [of_edges | data for _, _, data in triples]
    nodes = [of_nodes | data for _, data in graph.nodes(data=True)]
    weight, columns, notes = attributes.weights(edges, options)
    kinds = attributes.kinds(edges, options)
    labels, by = attributes.called(nodes, tuple(position), by) if by == "id" else (tuple(position), by)
    report = ReadReport(what, columns={"node": repr(by)} | columns, notes=tuple(notes))
    by_node = attributes.by_node(nodes)
    both: bool | npt.NDArray[np.bool_] = undirected is True
    if not isinstance(undirected, bool) and undirected:
        both = np.array([(str(source), str(target)) in undirected for source, target, _ in triples], bool)
    if undirected is not True and any(marked := list(map(attributes.has_no_direction, edges))):
        both = both | np.array(marked)
    return Edges(src, dst, labels, len(labels), report, weight, both, kinds, attributes=by_node)
