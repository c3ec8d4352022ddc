"""The graph that every function works on."""

from __future__ import annotations

from motifcount.graph.graph import Graph, as_graph
from motifcount.graph.groups import LayersLike

__all__ = ["Graph", "LayersLike", "as_graph"]
