"""The graph that every function works on."""

from __future__ import annotations

from motifcount.graph.graph import Graph, as_graph
from motifcount.graph.groups import LayersLike
from motifcount.graph.pruning import apply_masks

__all__ = ["Graph", "LayersLike", "apply_masks", "as_graph"]
