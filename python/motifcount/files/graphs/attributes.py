"""Attributes of edges and nodes, as graph formats have them: which of them is the weight, and by node."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files import signs
from motifcount.files.options import Options
from motifcount.files.words import weight_names
from motifcount.files.words.numerals import is_too_small

Attributes = Sequence[Mapping[str, Any]]

_NAMES = ("label", "name")
_ENDS = ("source", "target", "from", "to", "id", "key")


def weights(edges: Attributes, options: Options) -> tuple[npt.NDArray[np.float64] | None, dict[str, str], list[str]]:
    """Return the weights of edges, the attribute they are in as a report has it, and notes.

    It is the attribute that the user names, else the one whose name says that it is a weight; an edge without it has
    weight 1.

    Raises
    ------
    ValueError
        If no edge has the attribute that is named, a weight is no number, or signs of weights may be something else.
    """
    known = list(dict.fromkeys(name for edge in edges for name in edge))
    name = options.weight
    if name is None:
        position = weight_names.weight(known, (-1, -1))
        name = None if position is None else known[position]
    elif name not in known:
        listed = ", ".join(map(repr, known[:20])) or "none"
        raise ValueError(f"{options.say('weight', name)}: no edge has this attribute; there are {listed}")
    fields = {other: _field(other, edges) for other in known if other not in _ENDS} if options.asks_signs else {}
    signs.refuse_in_doubt(
        [fields[other] for other in fields if other != name], None if name is None else fields.get(name), options
    )
    if name is None:
        return None, {}, []
    n_without = sum(name not in edge for edge in edges)
    found = np.array([number(edge.get(name, 1)) for edge in edges], dtype=np.float64)
    return found, {"weight": repr(name)}, [f"{n_without:,} edges have no {name!r} and count 1"] if n_without else []


def _field(name: str, edges: Attributes) -> signs.Field:
    return signs.Field(name, repr(name), name, [str(edge.get(name, "")) for edge in edges])


def kinds(edges: Attributes, options: Options) -> list[Any] | None:
    """Return the kinds of edges, an attribute of each, where the user names one.

    Raises
    ------
    ValueError
        If an edge has no such attribute.
    """
    if (name := options.kind_column) is None:
        return None
    for edge in edges:
        if name not in edge:
            listed = ", ".join(map(repr, edge)) or "none"
            raise ValueError(f"{options.say('kinds', name)}: every edge must have this attribute; one has {listed}")
    return [edge[str(name)] for edge in edges]


def number(value: Any) -> float:
    """Return a weight as a number."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = float("nan")
    if not math.isfinite(found):
        raise ValueError(f"an edge has the weight {str(value)[:60]!r}, where a number must be; write 0 for no edge")
    if found == 0 and isinstance(value, str) and is_too_small(value):
        raise ValueError(f"an edge has the weight {value[:60]!r}, too small for floats, which have it as 0")
    return found


def has_no_direction(edge: Mapping[str, Any]) -> bool:
    """Tell whether data of an edge, or of a graph, call it undirected: ``{"type": "undirected"}`` and the like."""
    return (
        str(edge.get("directed", "")).lower() in ("false", "0", "no")
        or str(edge.get("undirected", "")).lower() in ("true", "1", "yes")
        or any(str(edge.get(name, "")).lower() in ("undirected", "bidirectional") for name in ("type", "Type"))
    )


def called(nodes: Attributes, ids: tuple[Hashable, ...], by: str) -> tuple[tuple[Hashable, ...], str]:
    """Return what nodes are called, and which attribute says it.

    It is their label or name, which programs show, if every node has one of its own; else `ids`, the attribute `by`.
    """
    for wanted in _NAMES:
        keys = {key for node in nodes for key in node if str(key).lower() == wanted}
        if len(keys) == 1:
            (key,) = keys
            words = [node.get(key) for node in nodes]
            if all(isinstance(word, str) and word.strip() for word in words) and len(set(words)) == len(words):
                return tuple(words), str(key)
    return ids, by


def by_node(nodes: Attributes) -> dict[str, list[Any]]:
    """Return for every attribute its values by node, None where a node has none."""
    found: dict[str, list[Any]] = {}
    for k, node in enumerate(nodes):
        for name, value in node.items():
            found.setdefault(name, [None] * len(nodes))[k] = value
    return found
