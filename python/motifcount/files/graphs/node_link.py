"""Graphs as JSON: NetworkX's node-link form, d3's, attribution graphs, and Cytoscape's elements."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.edges import Edges
from motifcount.files.graphs import attributes, attribution, other_json
from motifcount.files.graphs.attributes import Attributes
from motifcount.files.options import Options, refuse_unused
from motifcount.files.report import ReadReport
from motifcount.files.sources import as_utf8
from motifcount.files.words.numerals import is_too_small

_LINKS = ("links", "edges")
_IDS = ("node_id", "id", "name", "key")

BothWays = bool | npt.NDArray[np.bool_]


def read(raw: bytes, options: Options) -> Edges:
    """Return the edges of nodes and links.

    Raises
    ------
    ValueError
        If the file is no JSON of this kind, or links name nodes that are missing or not one.
    """
    try:
        found = json.loads(as_utf8(raw), object_pairs_hook=_once, parse_float=_float)
    except (json.JSONDecodeError, RecursionError) as error:
        if getattr(error, "msg", "") == "Extra data":
            way = "in Python, mc.Graph(pandas.read_json(path, lines=True)) takes them as a table, if each is an edge"
            raise ValueError(f"holds several objects of JSON, as one a line (JSON Lines); {way}") from error
        raise ValueError(f"not JSON: {error}") from error
    if isinstance(found, list) and found and all(isinstance(item, Mapping) and "data" in item for item in found):
        found = {"elements": found}  # a list of Cytoscape.js
    if isinstance(found, list) and found and all(isinstance(item, Mapping) for item in found):
        raise ValueError("holds a list of records; in Python, mc.Graph(pandas.read_json(path)) takes it as a table")
    whole: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    graph = _elements(whole["elements"]) if "elements" in whole else whole
    links = [key for key in _LINKS if isinstance(graph.get(key), list)]
    if isinstance(whole.get("graph"), Mapping) and isinstance(whole["graph"].get("edges"), list) and not links:
        raise ValueError(
            "holds a graph in JSON Graph Format; in Python, mc.Graph.from_edges([(edge['source'], edge['target']) for "
            "edge in json.load(open(path))['graph']['edges']]) takes its edges as they are written"
        )
    if isinstance(whole.get("graphs"), list):
        raise ValueError("holds a list of graphs; keep one, as nodes and links (or edges)")
    if not isinstance(graph.get("nodes"), list) or len(links) != 1:
        raise other_json.refusal(found)
    nodes, edges = graph["nodes"], graph[links[0]]
    if not all(isinstance(item, Mapping) for item in [*nodes, *edges]):
        raise other_json.refusal(found)
    if attribution.is_attribution(nodes):
        return attribution.read(nodes, edges, options)
    refuse_unused(options, "plain")
    return _edges(nodes, edges, _both_ways(whole, edges), options)


def _elements(elements: Any) -> Mapping[str, Any]:
    """Return the nodes and edges of Cytoscape, which has them apart or in one list."""
    if isinstance(elements, list):
        items = list(map(_flat, elements))
        is_edge = [isinstance(item, Mapping) and "source" in item for item in items]
        nodes = [item for item, edge in zip(items, is_edge, strict=True) if not edge]
        return {"nodes": nodes, "edges": [item for item, edge in zip(items, is_edge, strict=True) if edge]}
    found = elements if isinstance(elements, Mapping) else {}
    return {key: list(map(_flat, items)) for key, items in found.items() if isinstance(items, list)}


def _flat(item: Any) -> Any:
    return item.get("data", item) if isinstance(item, Mapping) else item


def _both_ways(whole: Mapping[str, Any], links: Attributes) -> BothWays:
    """Tell which links are undirected, in the words of NetworkX, graphology and Gephi."""
    about = [whole, *(whole.get(key) for key in ("options", "graph", "attributes", "metadata"))]
    if any(isinstance(one, Mapping) and attributes.has_no_direction(one) for one in about):
        return True
    marks = list(map(attributes.has_no_direction, links))
    return np.array(marks) if any(marks) else False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, which must name nothing twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object holds {twice!r} twice, of which one would be lost; keep one")
    return found


def _float(word: str) -> float | str:
    """Return a decimal, as a text where it is too small for floats."""
    return word if is_too_small(word) else float(word)


def _edges(nodes: Attributes, links: Attributes, both_ways: BothWays, options: Options) -> Edges:
    by = next((key for key in _IDS if nodes and all(key in node for node in nodes)), "position")
    ids = tuple(_label(node.get(by, k)) for k, node in enumerate(nodes))
    position = {label: k for k, label in enumerate(ids)}
    if len(position) < len(ids):
        twice = next(label for k, label in enumerate(ids) if position[label] != k)
        raise ValueError(
            f"two nodes have the {by} {twice!r}, and links to it may mean either; give them different ones"
        )
    src, dst = _ends(links, position, by)
    if any("arrows" in link for link in links):
        both_ways = _without_arrows(links)
    labels, by = attributes.called(nodes, ids, by)
    weight, columns, notes = attributes.weights(links, options)
    report = ReadReport("JSON", columns={"node": repr(by)} | columns, notes=tuple(notes))
    of_nodes = attributes.by_node(nodes)
    kinds = attributes.kinds(links, options)
    return Edges(src, dst, labels, len(labels), report, weight, both_ways, kinds, attributes=of_nodes)


def _ends(links: Attributes, position: Mapping[Hashable, int], by: str) -> list[npt.NDArray[np.int64]]:
    """Return the positions of sources and targets, which links name by ids, or as d3 does by positions."""
    names = ("source", "target")
    if links and all({"from", "to"} <= link.keys() and not {*names} & link.keys() for link in links):  # vis.js
        names = ("from", "to")
    ends = [[_label(_id_of(link.get(end), by)) for link in links] for end in names]
    every = [*ends[0], *ends[1]]
    if by == "name" and all(type(label) is int for label in every) and not set(every) & position.keys():
        position, by = {k: k for k in range(len(position))}, "position"
    words = {str(label): k for label, k in position.items()}  # NetworkX writes an id as a text, and ends as they are
    found = []
    for side, end in zip(ends, names, strict=True):
        places = [position.get(label, words.get(str(label), -1)) for label in side]
        if -1 in places:
            k = places.index(-1)
            if end not in links[k]:
                held = ", ".join(map(repr, links[k])) or "nothing"
                raise ValueError(f"link {k} has no {end}, but {held}; its ends must be called source and target")
            raise ValueError(f"link {k} has the {end} {side[k]!r}, which no node has as its {by}")
        found.append(np.array(places, dtype=np.int64))
    return found


def _without_arrows(links: Attributes) -> BothWays:
    """Tell which links of vis.js have no direction: they lead where ``arrows`` points, and nowhere without.

    Raises
    ------
    ValueError
        If an arrow points to the first end alone.
    """
    found = []
    for k, link in enumerate(links):
        arrows = link.get("arrows") or ""
        if isinstance(arrows, Mapping):
            arrows = [end for end, arrow in arrows.items() if arrow and (arrow is True or arrow.get("enabled", True))]
        heads = {end for end in ("to", "from") if end in (arrows.lower() if isinstance(arrows, str) else arrows)}
        if heads == {"from"}:
            raise ValueError(f"link {k} has its arrow at 'from'; write every link from its source to its target")
        found.append(heads != {"to"})
    return np.array(found) if any(found) else False


def _id_of(end: Any, by: str) -> Any:
    """Return what a link calls a node, which after a layout of d3 is the node itself."""
    return end.get(by, end) if isinstance(end, Mapping) else end


def _label(value: Any) -> Hashable:
    if isinstance(value, list):
        return tuple(map(_label, value))
    if isinstance(value, Mapping):
        raise ValueError(
            "the id of a node, and the end of a link, must be a text or a number, or a node that has the id"
        )
    if isinstance(value, float) and abs(value) > 2**53:
        raise ValueError(
            f"the id {value!r} went through a float and may have lost digits; write ids as texts or integers"
        )
    return value  # type: ignore[no-any-return]
