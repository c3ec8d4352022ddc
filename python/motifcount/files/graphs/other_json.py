"""JSON that holds no nodes and links: what it seems to be, and how a user comes from there to a graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WANTED = (
    "must hold nodes and links (or edges), each link with a source and a target, as networkx.node_link_data writes them"
)
_LOADED = "json.load(open(path))"


def refusal(found: Any) -> ValueError:
    """Return the refusal of JSON that is no list of nodes beside one of links."""
    what, way = _understood(found)
    return ValueError(f"{_WANTED}; this holds {what}; {way}")


def _understood(found: Any) -> tuple[str, str]:
    """Return what JSON holds, and what to do with it."""
    if isinstance(found, list):
        return _of_list(found)
    if not isinstance(found, Mapping):
        return "no object", "write a table with a source and a target a line"
    if "adjacency" in found:
        return "neighbours of nodes", f"in Python, mc.Graph(networkx.adjacency_graph({_LOADED})) takes them"
    if "children" in found:
        return "a tree", f"in Python, mc.Graph(networkx.tree_graph({_LOADED})) takes its edges from parent to child"
    key = next((key for key in ("links", "edges") if isinstance(found.get(key), list)), None)
    if key is not None:
        what, way = _of_list(found[key], f"{_LOADED}[{key!r}]")
        nodes = "no list of nodes" if not isinstance(found.get("nodes"), list) else "nodes"
        nodes = "both links and edges" if isinstance(found.get("links"), list) and "edges" in found else nodes
        return f"{nodes} beside {what}", way
    if found and all(isinstance(value, list) and not any(map(_is_container, value)) for value in found.values()):
        lengths = {len(value) for value in found.values()}
        if len(lengths) == 1 and {"source", "target"} <= found.keys():
            return "columns of a table", f"in Python, mc.Graph(pandas.DataFrame({_LOADED})) takes them"
        way = f"in Python, mc.Graph(networkx.DiGraph({_LOADED})) takes them, if these are lists of targets"
        return "lists under names", way
    held = ", ".join(map(repr, list(found)[:8])) or "nothing"
    return held, "write a table with a source and a target a line"


def _is_container(item: Any) -> bool:
    return isinstance(item, (list, Mapping))


def _of_list(items: list[Any], loaded: str = _LOADED) -> tuple[str, str]:
    if items and all(isinstance(item, list) and len(item) == 2 for item in items):
        return "pairs", f"in Python, mc.Graph.from_edges({loaded}) takes them as edges"
    if items and all(isinstance(item, Mapping) for item in items):
        return "links", f"in Python, mc.Graph(pandas.DataFrame({loaded})) takes them as a table of edges"
    return "a list", "write a table with a source and a target a line"
