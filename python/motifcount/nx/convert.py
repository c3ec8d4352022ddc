"""From a NetworkX graph to the core's rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.graph import Graph
from motifcount.graph.access import graph_of
from motifcount.inputs.libraries import networkx_arcs
from motifcount.inputs.tables import from_edge_arrays


class BackendGraph:
    """A NetworkX graph together with its rows; undirected edges are mutual ones there.

    Attributes
    ----------
    origin
        The graph itself: what answers questions about nodes, and what it is converted back to.
    graph
        The same without self-loops and parallel edges.
    position
        Node -> its row.
    loops
        By row, whether the node has a self-loop.
    """

    __networkx_backend__ = "motifcount"
    __networkx_cache__ = None

    origin: Any
    graph: Graph
    position: dict[Hashable, int]
    loops: npt.NDArray[np.bool_]

    def __init__(self, origin: Any) -> None:
        self.origin = origin
        self.position, src, dst = networkx_arcs(origin)
        self.graph = graph_of(from_edge_arrays(src, dst, len(self.position), keep_all_rows=True))
        self.loops = np.zeros(len(self.position), dtype=bool)
        self.loops[src[src == dst]] = True

    def is_directed(self) -> bool:
        return bool(self.origin.is_directed())

    def is_multigraph(self) -> bool:
        return bool(self.origin.is_multigraph())

    def number_of_nodes(self) -> int:
        return len(self)

    def number_of_edges(self) -> int:
        return int(self.origin.number_of_edges())

    def nbunch_iter(self, nbunch: Any = None) -> Iterator[Hashable]:
        nodes: Iterator[Hashable] = self.origin.nbunch_iter(nbunch)
        return nodes

    def __contains__(self, node: object) -> bool:
        return node in self.origin

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.position)

    def __len__(self) -> int:
        return len(self.position)


def convert_from_nx(graph: Any, **_: Any) -> BackendGraph:
    """Convert a graph; edge and node attributes stay with the original."""
    return graph if isinstance(graph, BackendGraph) else BackendGraph(graph)


def convert_to_nx(result: Any, **_: Any) -> Any:
    """Return the NetworkX graph that was converted; any other result as it is."""
    return result.origin if isinstance(result, BackendGraph) else result
