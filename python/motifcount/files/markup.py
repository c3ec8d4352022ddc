"""Graph formats that NetworkX reads: GraphML, GML, GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Hashable
from typing import Any

import numpy as np

from motifcount._support import extras
from motifcount.files import attributes
from motifcount.files.edges import Edges
from motifcount.files.foreign import parsing
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
            graph, by = _gml(nx, as_utf8(raw))
        else:
            _refuse_several(raw, kind)
            graph, by = nx.read_gexf(io.BytesIO(raw)) if kind == "gexf" else _graphml(nx, raw), "id"
    return _of_networkx(graph, by, NAMES[kind], options)


def _gml(nx: Any, raw: bytes) -> tuple[Any, str]:
    """Return the graph of GML, and whether its nodes are called by their label or their id."""
    lines = raw.decode().splitlines()
    if sum(line.split()[:1] == ["graph"] for line in lines) > 1:
        raise ValueError("the file holds more than one graph; keep one")
    if b"multigraph" not in raw:  # which only NetworkX writes, and without which it refuses repeated edges
        lines = re.sub(r"(?m)^(\s*graph\s*\[)", r"\1 multigraph 1 ", raw.decode(), count=1).splitlines()
    try:
        return nx.parse_gml(lines), "label"
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.parse_gml(lines, label="id"), "id"  # labels are missing, or not of one node each


def _graphml(nx: Any, raw: bytes) -> Any:
    """Return the graph of GraphML, whose edges may all be directed, or all not, though its default says otherwise."""
    from xml.etree.ElementTree import fromstring, tostring

    if b"directed=" not in raw.replace(b"undirected=", b""):
        return nx.read_graphml(io.BytesIO(raw))
    root = fromstring(raw)
    elements = [(element.tag.rpartition("}")[2], element) for element in root.iter()]
    edges = [element for tag, element in elements if tag == "edge"]
    is_default = next((element.get("edgedefault") for tag, element in elements if tag == "graph"), "") == "directed"
    said = [edge.attrib.pop("directed", str(is_default).lower()).strip().lower() in ("true", "1") for edge in edges]
    if len(set(said)) > 1:
        raise ValueError(
            f"{sum(said):,} of its edges are directed and {len(said) - sum(said):,} are not; write each of "
            "these as two directed ones"
        )
    for tag, element in elements:
        if tag == "graph":
            element.set("edgedefault", "directed" if any(said or [is_default]) else "undirected")
    return nx.read_graphml(io.BytesIO(tostring(root)))


def _refuse_several(raw: bytes, kind: str) -> None:
    """Refuse several or nested graphs, and edges without ends, which NetworkX calls "None"."""
    from xml.etree.ElementTree import iterparse

    n_graphs = 0
    if kind == "gexf":
        raw = raw.strip()
    for event, element in iterparse(io.BytesIO(raw), ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "graph":
            n_graphs += 1
            if n_graphs > 1:
                raise ValueError("the file holds more than one graph, beside or within each other; keep one")
        if event == "start" and tag == "hyperedge":
            raise ValueError("the file holds hyperedges, which are no edges")
        if event == "end" and tag == "edge" and None in map(element.get, ("source", "target")):
            raise ValueError(f"every edge must have a source and a target, not {element.attrib}")


def _of_networkx(graph: Any, by: str, what: str, options: Options) -> Edges:
    """Return the edges of a networkx graph whose nodes are known by id or label, in their order."""
    position: dict[Hashable, int] = {label: k for k, label in enumerate(graph)}
    triples = list(graph.edges(data=True))
    src = np.fromiter((position[source] for source, _, _ in triples), np.int64, len(triples))
    dst = np.fromiter((position[target] for _, target, _ in triples), np.int64, len(triples))
    weight, columns, notes = attributes.weights([data for _, _, data in triples], options)
    kinds = attributes.kinds([data for _, _, data in triples], options)
    nodes = [data for _, data in graph.nodes(data=True)]
    labels, by = attributes.called(nodes, tuple(position), by) if by == "id" else (tuple(position), by)
    report = ReadReport(what, columns={"node": repr(by)} | columns, notes=tuple(notes))
    of_nodes = attributes.by_node(nodes)
    return Edges(src, dst, labels, len(labels), report, weight, not graph.is_directed(), kinds, attributes=of_nodes)
