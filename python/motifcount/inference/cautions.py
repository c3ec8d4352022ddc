"""What a test of significance warns of, but for chains that are short."""

from __future__ import annotations

import math

from motifcount._support.warn import warn
from motifcount.graph import Graph, access
from motifcount.inference.result import Significance
from motifcount.nulls.model import NullModel


def warn_of_levels(graph: Graph, null: NullModel) -> None:
    """Warn of random graphs that lose the levels, or the lack of cycles, of a graph without layers."""
    if null.keeps_edges or not null.keeps_layers or access.groups(graph) is not None or not graph.n_edges:
        return
    if graph.is_strictly_layered():
        warn(
            "the graph has strict levels, but no layers, so random graphs will not keep them; "
            'use Graph(adj, layers="infer") if they should'
        )
    elif access.is_acyclic(graph):
        warn(
            "the graph has no directed cycle, but no layers either, so random graphs will have edges that turn back; "
            'use Graph(adj, layers="infer") if they should not'
        )


def warn_of_few_samples(result: Significance) -> None:
    """Warn where no single class could be significant."""
    n_tested = sum(p == p for p in result.p_adjusted.values())
    lowest = min(1.0, 2 * n_tested / (1 + result.samples))
    if result.adjust == "bh" and lowest > 0.05:
        warn(
            f'with {result.samples} samples and {n_tested} classes, adjust="bh" gives a single class p_adjusted >= '
            f"{lowest:.2g}, however far out it is; take {math.ceil(40 * n_tested)} samples or more"
        )
