"""A layered network: a column for each layer, from left to right, and every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.graph import access, as_graph
from motifcount.plots.layers import draw_layers
from motifcount.plots.matplotlib_tools import axes_or_none, ink, pyplot, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RASTERIZED = 5000  # edges from which a vector file holds a picture of them, to stay small
_MOST_LAYERS = 9  # of which every node is drawn
_CURVE = np.linspace(0, 1, 17)[:, np.newaxis]  # where a bent edge is evaluated
_BIAS = "C1"
_LINE_WIDTH = 0.7
_BELOW = 0.1  # between a layer and its bias

Positions = npt.NDArray[np.float64]


def plot_network(adj: Any, ax: Axes | None = None, *, nodes: bool | None = None) -> Axes:
    """Draw a layered network and return the axes: layers as columns from left to right, nodes in order from the top.

    Edges fade as they grow in number; those that do not lead to the next layer are bent. Nodes without an edge are
    muted. Biases are squares below their layer; they and their edges have a colour of their own.

    Deep networks have a box for each layer instead, and one link for all edges between two layers, darker the denser
    they are: skips are arcs over the boxes, ways back and recurrent edges are below them. Edges that null models leave
    in place (sums of a torch module) have a colour of their own, biases are left out.

    Parameters
    ----------
    adj
        A layered Graph, or anything of which a layered Graph is made: a list of masks, a torch module.
    ax
        Where to draw; default a new figure.
    nodes
        Whether to draw every node and edge; default for up to 9 layers with nodes.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError, ValueError, NotImplementedError
        If the graph has no layers, and whatever :class:`~motifcount.Graph` raises; if `ax` is no axes, or `nodes`
        neither True, False nor None.

    Notes
    -----
    A hundred thousand edges take a few seconds; a block of that many is a solid area.
    """
    graph = as_graph(adj)
    ax = axes_or_none(ax)
    groups = access.groups(graph)
    if groups is None:
        raise ValueError('adj must be a layered graph; give the graph layers, or layers="infer"')
    n_columns = len(np.unique(groups.layer_of))
    single = n_columns <= _MOST_LAYERS if nodes is None else arguments.flag("nodes", nodes)
    if ax is None:
        width = 7.2 if single else max(7.2, 0.32 * n_columns)
        _, ax = pyplot().subplots(figsize=(width, 4.8), layout="constrained")
    if not single:
        draw_layers(ax, graph)
        return ax
    labels, rank = np.unique(groups.layers(), return_inverse=True)  # without empty layers
    linked = (graph.in_degrees() + graph.out_degrees()) > 0
    is_bias = groups.is_bias()
    where, space = _places(rank, is_bias)
    ax.set(xlim=(-0.3, len(labels) - 0.7), ylim=(-1.06 - is_bias.any() * _BELOW, 1.06))
    points = np.ptp(ax.transData.transform([(0, 0), (0, 1)])[:, 1]) * 72 / root_figure(ax).dpi  # in one unit of y
    src, dst = access.edge_arrays(graph)
    _draw_edges(ax, where[src], where[dst], rank[dst] - rank[src], _edge_colors(rank[src], is_bias[src], points))
    _draw_nodes(ax, where, np.clip(0.7 * points * space, 1.5, 8), linked, is_bias)
    _label_layers(ax, labels, rank, linked, is_bias)
    return ax


def _places(rank: npt.NDArray[np.int64], is_bias: npt.NDArray[np.bool_]) -> tuple[Positions, npt.NDArray[np.float64]]:
    """Column and height of each node, of shape (n_nodes, 2), and the height it has for itself.

    The widest layer reaches from 1 to -1, narrow ones less far; a bias stands below its layer.
    """
    n_columns = int(rank.max(initial=-1)) + 1
    sizes = np.bincount(rank[~is_bias], minlength=n_columns)
    number = np.zeros(len(rank), dtype=np.int64)
    for column in range(n_columns):
        units = (rank == column) & ~is_bias
        number[units] = np.arange(sizes[column])
    reach = np.where(sizes > 1, np.cbrt(sizes / sizes.max(initial=1)), 0)
    space = 2 * reach / np.maximum(sizes - 1, 1)
    y = np.where(is_bias, -reach[rank] - _BELOW, reach[rank] - number * space[rank])
    return np.column_stack((rank, y)), np.where(is_bias | (sizes == 1)[rank], _BELOW, space[rank])


def _edge_colors(
    layer: npt.NDArray[np.int64], of_bias: npt.NDArray[np.bool_], points: float
) -> npt.NDArray[np.float64]:
    """Colour (RGBA) of each edge, given the layer it leaves: the more edges leave it, the fainter they are."""
    from matplotlib.colors import to_rgba_array

    coverage = np.bincount(layer) * _LINE_WIDTH / (2 * points)
    colors: npt.NDArray[np.float64] = to_rgba_array(["C0", _BIAS])[of_bias.astype(int)]
    colors[:, 3] = np.clip(0.7 / np.maximum(coverage, 0.1), 0.03, 0.7)[layer]
    return colors


def _draw_edges(
    ax: Axes, start: Positions, end: Positions, climb: npt.NDArray[np.int64], colors: npt.NDArray[np.float64]
) -> None:
    from matplotlib.collections import LineCollection

    straight = climb == 1
    middle = (start + end) / 2
    # Within a layer edges bow aside; a skip or a way back bows up, over the layers between.
    bend = np.where(climb[:, np.newaxis] == 0, [0.5, 0], [0, 0.3])
    lines = [
        np.array([a, b]) if direct else (1 - _CURVE) ** 2 * a + 2 * _CURVE * (1 - _CURVE) * c + _CURVE**2 * b
        for a, b, c, direct in zip(start, end, middle + bend, straight, strict=True)
    ]
    many = len(lines) >= _RASTERIZED
    edges = LineCollection(lines, colors=colors, linewidths=_LINE_WIDTH, rasterized=many)
    ax.add_collection(edges)


def _draw_nodes(
    ax: Axes,
    where: Positions,
    diameters: npt.NDArray[np.float64],
    linked: npt.NDArray[np.bool_],
    is_bias: npt.NDArray[np.bool_],
) -> None:
    kinds = (
        ("without edges", ~linked, "o", ink(ax), 0.25),
        ("units", linked & ~is_bias, "o", ink(ax), 1),
        ("biases", linked & is_bias, "s", _BIAS, 1),
    )
    for label, chosen, marker, color, alpha in kinds:
        size = diameters[chosen] ** 2
        x, y = where[chosen].T
        ax.scatter(x, y, size, color=color, marker=marker, alpha=alpha, linewidths=0, zorder=3, label=label)


def _label_layers(
    ax: Axes,
    labels: npt.NDArray[np.int64],
    rank: npt.NDArray[np.int64],
    linked: npt.NDArray[np.bool_],
    is_bias: npt.NDArray[np.bool_],
) -> None:
    """Name the columns, with their number of nodes and, where some are dead, of linked ones; biases are not counted."""
    units = np.bincount(rank[~is_bias], minlength=len(labels))
    alive = np.bincount(rank[~is_bias & linked], minlength=len(labels))
    texts = [
        f"layer {label}\n{n:,}" + ("" if k == n else f"\n{k:,} linked")
        for label, n, k in zip(labels, units, alive, strict=True)
    ]
    ax.set_xticks(range(len(labels)), texts)
    ax.set_yticks([])
    ax.tick_params(axis="x", length=0, labelsize="small")
    ax.spines[:].set_visible(False)
