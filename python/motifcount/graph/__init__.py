"""The graph that every function works on."""

from __future__ import annotations

from motifcount.graph.graph import Graph, LayersLike, as_graph

__all__ = ["Graph", "LayersLike", "as_graph"]
