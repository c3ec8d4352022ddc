"""NetworkX's functions that list motifs, each with the signature, values and errors of the original."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np

from motifcount.counting.instances import find, find_chunks
from motifcount.motifs.classes import CLASSES
from motifcount.nx.convert import BackendGraph


def all_triangles(G: BackendGraph, nbunch: Any = None) -> Iterator[tuple[Hashable, Hashable, Hashable]]:
    """Each triangle once: its nodes in the order of `nbunch`, then of the graph."""
    nodes = list(G)
    first = None if nbunch is None else [G.position[node] for node in dict.fromkeys(G.nbunch_iter(nbunch))]
    rank = np.arange(len(nodes))
    if first is not None:
        rank += len(nodes)
        rank[first] = np.arange(len(first))
    for rows in find_chunks(G.graph, "300", nodes=first):
        ordered = np.take_along_axis(rows, np.argsort(rank[rows], axis=1), axis=1)
        for a, b, c in ordered.tolist():
            yield nodes[a], nodes[b], nodes[c]


def triads_by_type(G: BackendGraph) -> defaultdict[str, list[Any]]:
    """Each three nodes as a graph of their own, by type: in the order of NetworkX, which takes one after the other."""
    nodes = list(G)
    found = [np.sort(find(G.graph, name, progress=False), axis=1) for name in CLASSES[3]]
    rows = np.concatenate(found)
    names = np.repeat(CLASSES[3], [len(each) for each in found])
    by_type: defaultdict[str, list[Any]] = defaultdict(list)
    for k in np.lexsort(rows.T[::-1]).tolist():
        a, b, c = rows[k].tolist()
        by_type[str(names[k])].append(G.origin.subgraph((nodes[a], nodes[b], nodes[c])).copy())
    return by_type
