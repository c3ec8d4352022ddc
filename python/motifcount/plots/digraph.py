"""A graph without layers: nodes where forces put them, edges as arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from motifcount._support import extras
from motifcount.graph import Graph, access
from motifcount.plots.matplotlib_tools import MARKED, MUTED, ink

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_NODES = 1000  # that are laid out in seconds
_MOST_LABELS = 60
_ARROWS = 3000  # edges of which each has an arrowhead
_SEED = 0  # of the layout


def draw_digraph(ax: Axes, graph: Graph, marked: npt.NDArray[np.bool_], marked_nodes: npt.NDArray[np.int64]) -> None:
    """Draw the nodes that have edges; those edges that are marked stand out, and their nodes."""
    nx = extras.require("networkx", "networkx", "the layout of a graph without layers")
    src, dst = (ends.tolist() for ends in access.edge_arrays(graph))
    drawn = nx.DiGraph()
    drawn.add_edges_from(zip(src, dst, strict=True))
    where = nx.spring_layout(drawn, seed=_SEED, method="energy")
    size = float(np.clip(2000 / max(len(drawn), 1), 6, 80))
    edges = list(zip(src, dst, strict=True))
    for wanted, color, alpha, width in (
        (False, ink(ax), MUTED / 2 if marked.any() else MUTED, 0.7),
        (True, MARKED, 0.9, 1.3),
    ):
        drawn_edges = nx.draw_networkx_edges(
            drawn,
            where,
            edgelist=[edge for edge, is_marked in zip(edges, marked.tolist(), strict=True) if is_marked == wanted],
            ax=ax,
            arrows=len(edges) <= _ARROWS,
            arrowsize=7,
            node_size=size,
            edge_color=color,
            alpha=alpha,
            width=width,
            connectionstyle="arc3,rad=0.06",
        )
        for artist in drawn_edges if isinstance(drawn_edges, list) else [drawn_edges]:
            artist.set_in_layout(False)  # whose extents take long, and lie between the nodes
    stands_out = set(marked_nodes.tolist())
    for nodes, color in (
        ([node for node in drawn if node not in stands_out], "C0"),
        ([node for node in drawn if node in stands_out], MARKED),
    ):
        nx.draw_networkx_nodes(drawn, where, nodelist=nodes, ax=ax, node_size=size, node_color=color, linewidths=0)
    if len(drawn) <= _MOST_LABELS:
        names = {node: str(node if graph.labels is None else graph.labels[node]) for node in drawn}
        above = {node: (x, y + 0.05) for node, (x, y) in where.items()}
        nx.draw_networkx_labels(drawn, above, names, ax=ax, font_size=7, font_color=ink(ax), clip_on=False)
    ax.set_axis_off()
