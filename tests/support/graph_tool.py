"""A stand-in for graph-tool."""

from __future__ import annotations

from typing import ClassVar

import numpy as np


class GraphToolGraph:
    """Stands in for `graph_tool.Graph`, which no package index offers: the part of its interface that is used."""

    edge_properties: ClassVar = {}

    def __init__(self, edges, vertices=6, *, directed=True):
        self.edges, self.vertices, self.directed = np.array(edges, dtype=np.uint64), vertices, directed

    def is_directed(self):
        return self.directed

    def num_vertices(self):
        return len(self.get_vertices())

    def get_vertices(self):
        return np.arange(self.vertices) if isinstance(self.vertices, int) else np.array(self.vertices)

    def get_edges(self, eprops=()):
        return np.column_stack([self.edges.reshape(-1, 2), *eprops])


GraphToolGraph.__module__ = "graph_tool"
