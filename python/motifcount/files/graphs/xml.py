"""GraphML and GEXF made ready for NetworkX: a namespace that it knows, a direction for every edge, every number."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, fromstring, tostring

from motifcount.files.graphs import attributes
from motifcount.files.options import Options
from motifcount.files.words.numerals import SMALL, is_too_small

Undirected = bool | set[tuple[str, str]]
"""Whether all edges have no direction, or the pairs of ids that such edges join."""
_SPACES = {
    "gexf": ("http://www.gexf.net/1.2draft", "http://www.gexf.net/1.1draft", "http://gexf.net/1.3"),
    "graphml": ("http://graphml.graphdrawing.org/xmlns",),
}
"""The namespaces that NetworkX knows."""


def prepared(raw: bytes, kind: str, options: Options) -> tuple[bytes, Undirected]:
    """Return GraphML or GEXF with a direction for every edge, as it is written, and which edges have none.

    Edges say it each for itself (``directed`` in GraphML, ``type`` in GEXF), or else the graph does.

    Raises
    ------
    ValueError
        If it holds several graphs, edges without ends, or ends that are no nodes, or weights that floats have as 0.
    """
    mark, default = ("type", "defaultedgetype") if kind == "gexf" else ("directed", "edgedefault")
    root = fromstring(raw.strip())
    _name_known_space(root, kind)
    edges, graphs = _all(root, "edge"), _all(root, "graph")
    _refuse_others(root, graphs, edges)
    ends = _ends(root, edges)
    if SMALL.search(raw):
        _keep_small(root, edges, kind, options)
    usual = next((graph.get(default, "") for graph in graphs), "").strip().lower()
    said = [edge.attrib.pop(mark, usual).strip().lower() in ("directed", "true", "1") for edge in edges]
    for graph in graphs:
        graph.set(default, "directed")
    free = {pair for pair, is_directed in zip(ends, said, strict=True) if not is_directed}
    is_undirected = not any(said or [usual == "directed"])
    return tostring(root), is_undirected or free


def _name_known_space(root: Element, kind: str) -> None:
    """Give elements of a namespace that NetworkX does not know, or of none, the one of their format."""
    space, _, name = root.tag.rpartition("}")
    if name != kind or space.removeprefix("{") in _SPACES[kind]:
        return
    for element in root.iter():
        of, _, local = element.tag.rpartition("}")
        if of in ("", space):
            element.tag = f"{{{_SPACES[kind][0]}}}{local}"


def _all(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]


def _refuse_others(root: Element, graphs: list[Element], edges: list[Element]) -> None:
    """Refuse several or nested graphs, defaults for nodes and edges alike, and hyperedges."""
    if len(graphs) > 1:
        raise ValueError("the file holds more than one graph, beside or within each other; keep one")
    for key in _all(root, "key"):
        has_default = any(child.tag.endswith("default") for child in key)
        if has_default and key.get("for", "all") not in ("node", "edge", "graph"):
            name = key.get("attr.name", key.get("id"))
            raise ValueError(
                f"the key {name!r} has a default, for nodes and edges alike; write for each a key of its own, with "
                "for='node' and for='edge'"
            )
    if _all(root, "hyperedge"):
        raise ValueError("the file holds hyperedges, which are no edges")
    for edge in edges:
        if None in map(edge.get, ("source", "target")):  # NetworkX would call them "None"
            raise ValueError(f"every edge must have a source and a target, not {edge.attrib}")


def _ends(root: Element, edges: list[Element]) -> list[tuple[str, str]]:
    """Return the ends of edges, which must be nodes: NetworkX would make such of them."""
    ids = {node.get("id") for node in _all(root, "node")}
    ends = [(edge.attrib["source"], edge.attrib["target"]) for edge in edges]
    for pair in ends:
        for end, word in zip(("source", "target"), pair, strict=True):
            if word not in ids:
                raise ValueError(f"an edge has the {end} {word!r}, which no node has as its id; write every node")
    return ends


def _keep_small(root: Element, edges: list[Element], kind: str, options: Options) -> None:
    """Make texts of the attributes of edges that have numbers which floats have as 0, or refuse these as weights."""
    by, value = ("for", "value") if kind == "gexf" else ("key", "")
    fields = [field for edge in edges for field in edge.iter()]
    small = {field.get(by) for field in fields if is_too_small(field.get(value, "") if value else field.text or "")}
    for key in _all(root, "attribute" if kind == "gexf" else "key"):
        if key.get("id") in small or any(is_too_small(child.text or "") for child in _all(key, "default")):
            key.set("type" if kind == "gexf" else "attr.type", "string")
    if options.weight in (None, "weight"):
        _refuse_small(edge.get("weight", "") for edge in edges)


def _refuse_small(words: Iterable[str]) -> None:
    for word in filter(is_too_small, words):
        attributes.number(word)
