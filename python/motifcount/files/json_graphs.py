"""Graphs as JSON: NetworkX's node-link form, d3's, attribution graphs, and Cytoscape's elements."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np

from motifcount.files import attributes
from motifcount.files.attributes import Attributes
from motifcount.files.edges import Edges
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.sources import as_utf8

_LINKS = ("links", "edges")
_IDS = ("node_id", "id", "name", "key")


def read(raw: bytes, options: Options) -> Edges:
    """Return the edges of nodes and links.

    Raises
    ------
    ValueError
        If the file is no JSON of this kind, or links name nodes that are missing or not one.
    """
    try:
        found = json.loads(as_utf8(raw))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if isinstance(found, Mapping) and isinstance(found.get("elements"), Mapping):
        elements = found["elements"]
        found = {k: [_flat(item) for item in elements.get(k, [])] for k in ("nodes", "edges")}
    links = [key for key in _LINKS if isinstance(found, Mapping) and isinstance(found.get(key), list)]
    if not isinstance(found, Mapping) or not isinstance(found.get("nodes"), list) or len(links) != 1:
        raise ValueError("must hold nodes and links (or edges), as networkx.node_link_data writes them")
    nodes, edges = found["nodes"], found[links[0]]
    if not all(isinstance(item, Mapping) for item in [*nodes, *edges]):
        raise ValueError("nodes and links must be objects with names and values")
    return _edges(nodes, edges, found.get("directed", True) is False, options)


def _flat(item: Any) -> Any:
    return item.get("data", item) if isinstance(item, Mapping) else item


def _edges(nodes: Attributes, links: Attributes, undirected: bool, options: Options) -> Edges:
    key = next((key for key in _IDS if nodes and all(key in node for node in nodes)), None)
    labels: list[Hashable] = [_label(node[key]) if key else k for k, node in enumerate(nodes)]
    position = {label: k for k, label in enumerate(labels)}
    if len(position) < len(labels):
        twice = next(label for k, label in enumerate(labels) if position[label] != k)
        raise ValueError(
            f"two nodes have the {key} {twice!r}, and links to it may mean either; give them different ones"
        )
    ends: dict[str, list[int]] = {"source": [], "target": []}
    for k, link in enumerate(links):
        for end, found in ends.items():
            label = _label(link.get(end))
            if label not in position:
                raise ValueError(f"link {k} has the {end} {label!r}, which no node has as its {key or 'position'}")
            found.append(position[label])
    weight, columns, notes = attributes.weights(links, options)
    report = ReadReport("JSON", columns={"node": repr(key) if key else "position"} | columns, notes=tuple(notes))
    src, dst = (np.array(found, dtype=np.int64) for found in ends.values())
    return Edges(
        src, dst, tuple(labels), len(labels), report, weight, undirected, attributes=attributes.by_node(nodes)
    )  # fmt: skip


def _label(value: Any) -> Hashable:
    if isinstance(value, list):
        return tuple(map(_label, value))
    if isinstance(value, Mapping):
        raise ValueError("the id of a node must be a text or a number, no object")
    return value  # type: ignore[no-any-return]
