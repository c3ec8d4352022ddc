"""Graph formats that NetworkX reads: GraphML, GML, GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Hashable
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import extras
from motifcount.files.edges import Edges
from motifcount.files.graphs import attributes
from motifcount.files.library_errors import parsing
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.sources import as_utf8

Undirected = bool | set[tuple[str, str]]
"""Whether all edges have no direction, or the pairs of ids that such edges join."""
_GML_DIRECTED = re.compile(r"\bdirected\s+([01])\b")

_GEXF = "{http://www.gexf.net/1.2draft}"

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
            graph, by, undirected = _gml(nx, as_utf8(raw).decode())
        else:
            _refuse_several(raw, kind)
            raw, undirected = _directed(raw, kind)
            graph, by = (nx.read_gexf if kind == "gexf" else nx.read_graphml)(io.BytesIO(raw)), "id"
    return _of_networkx(graph, by, NAMES[kind], options, undirected)


def _gml(nx: Any, text: str) -> tuple[Any, str, Undirected]:
    """Return the graph of GML with edges as written, what its nodes are called by, and whether it is undirected."""
    if sum(line.split()[:1] == ["graph"] for line in text.splitlines()) > 1:
        raise ValueError("the file holds more than one graph; keep one")
    said = _GML_DIRECTED.search(text)
    if said is not None:
        text = text[: said.start()] + text[said.end() :]
    settings = "directed 1" if "multigraph" in text else "directed 1 multigraph 1"  # or repeated edges are refused
    lines = re.sub(r"(?m)^(\s*graph\s*\[)", rf"\1 {settings} ", text, count=1).splitlines()
    is_undirected = said is None or said[1] == "0"
    try:
        return nx.parse_gml(lines), "label", is_undirected
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.parse_gml(lines, label="id"), "id", is_undirected  # labels are missing, or not of one node each


def _directed(raw: bytes, kind: str) -> tuple[bytes, Undirected]:
    """Return GraphML or GEXF with a direction for every edge, as it is written, and which edges have none.

    Edges say it each for itself (``directed`` in GraphML, ``type`` in GEXF), or else the graph does.
    """
    from xml.etree.ElementTree import fromstring, tostring

    mark, default = ("type", "defaultedgetype") if kind == "gexf" else ("directed", "edgedefault")
    root = fromstring(raw.strip())
    if kind == "gexf" and root.tag == "gexf":  # NetworkX knows no graph without a namespace
        for element in root.iter():
            element.tag = element.tag if "}" in element.tag else _GEXF + element.tag
    elements = [(element.tag.rpartition("}")[2], element) for element in root.iter()]
    edges = [element for tag, element in elements if tag == "edge"]
    graphs = [element for tag, element in elements if tag == "graph"]
    usual = next((graph.get(default, "") for graph in graphs), "").strip().lower()
    said = [edge.attrib.pop(mark, usual).strip().lower() in ("directed", "true", "1") for edge in edges]
    for graph in graphs:
        graph.set(default, "directed")
    ends = [(edge.get("source", "").strip(), edge.get("target", "").strip()) for edge in edges]
    free = {pair for pair, is_directed in zip(ends, said, strict=True) if not is_directed}
    is_undirected = not any(said or [usual == "directed"])
    return tostring(root), is_undirected or free


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
        has_default = event == "end" and tag == "key" and any(child.tag.endswith("default") for child in element)
        if has_default and element.get("for", "all") not in ("node", "edge", "graph"):
            name = element.get("attr.name", element.get("id"))
            raise ValueError(
                f"the key {name!r} has a default, for nodes and edges alike; write for each a key of its own, with "
                "for='node' and for='edge'"
            )
        if event == "start" and tag == "hyperedge":
            raise ValueError("the file holds hyperedges, which are no edges")
        if event == "end" and tag == "edge" and None in map(element.get, ("source", "target")):
            raise ValueError(f"every edge must have a source and a target, not {element.attrib}")


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
    return Edges(src, dst, labels, len(labels), report, weight, both, kinds, attributes=by_node)
