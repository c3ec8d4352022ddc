"""A network: of layers a column for each, from left to right, and every edge; of others a layout by forces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.graph import Graph, access, as_graph
from motifcount.plots.digraph import MOST_NODES, draw_digraph
from motifcount.plots.layers import draw_layers
from motifcount.plots.matplotlib_tools import MARKED, MUTED, axes_or_none, ink, pyplot, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RASTERIZED = 5000  # edges from which a vector file holds a picture of them, to stay small
_MOST_LAYERS = 9  # of which every node is drawn
_CURVE = np.linspace(0, 1, 17)[:, np.newaxis]  # where a bent edge is evaluated
_BIAS = "C1"
_LINE_WIDTH = 0.7
_BELOW = 0.1  # between a layer and its bias

Positions = npt.NDArray[np.float64]


def plot_network(adj: Any, ax: Axes | None = None, *, nodes: bool | None = None, instances: Any = None) -> Axes:
    """Draw a network and return the axes: layers as columns from left to right, nodes in order from the top.

    Edges fade as they grow in number; those that do not lead to the next layer are bent. Nodes without an edge are
    muted. Biases are squares below their layer; they and their edges have a colour of their own.

    Deep networks have a box for each layer instead, and one link for all edges between two layers, darker the denser
    they are: skips are arcs over the boxes, ways back and recurrent edges are below them. Edges that null models leave
    in place (sums of a torch module) have a colour of their own, biases are left out.

    Nodes of a graph without layers stand where the force-directed layout of networkx puts them (extra ``networkx``);
    nodes without edges are left out.

    Parameters
    ----------
    adj
        A Graph, or anything of which one is made: a matrix, a list of masks, a torch module.
    ax
        Where to draw; default a new figure.
    nodes
        Whether to draw every node and edge; default for up to 9 layers with nodes, and for graphs without layers.
    instances
        Rows of nodes, as :func:`~motifcount.find` returns them: these nodes and the edges among those of each row stand
        out. Needs every node to be drawn.

    Raises
    ------
    ImportError
        If matplotlib is missing, or networkx where it lays out the graph.
    TypeError, ValueError, NotImplementedError
        If the graph has no layers and more than 1,000 nodes with edges, and whatever :class:`~motifcount.Graph`
        raises; if `ax` is no axes, `nodes` neither True, False nor None, or `instances` no rows of nodes.

    Notes
    -----
    A hundred thousand edges take a few seconds; a block of that many is a solid area.
    """
    graph = as_graph(adj)
    ax = axes_or_none(ax)
    wanted = None if nodes is None else arguments.flag("nodes", nodes)
    rows = None if instances is None else _rows_of_nodes(instances, graph.n_nodes)
    groups = access.groups(graph)
    n_columns = 0 if groups is None else len(np.unique(groups.layer_of))
    single = n_columns <= _MOST_LAYERS if wanted is None else wanted
    if groups is None:
        _check_can_be_laid_out(graph, wanted)
    if rows is not None and not single:
        raise ValueError("instances must be None where nodes are not drawn; nodes=True draws them")
    if ax is None:
        width = 7.2 if single else max(7.2, 0.32 * n_columns)
        _, ax = pyplot().subplots(figsize=(width, 4.8), layout="constrained")
    if not single:
        draw_layers(ax, graph)
        return ax
    src, dst = access.edge_arrays(graph)
    marked = np.zeros(len(src), dtype=bool) if rows is None else _within_rows(src, dst, rows, graph.n_nodes)
    if groups is None:
        draw_digraph(ax, graph, marked, np.unique([] if rows is None else rows).astype(np.int64))
        return ax
    labels, rank = np.unique(groups.layers(), return_inverse=True)  # without empty layers
    linked = (graph.in_degrees() + graph.out_degrees()) > 0
    is_bias = groups.is_bias()
    where, space = _places(rank, is_bias)
    ax.set(xlim=(-0.3, len(labels) - 0.7), ylim=(-1.06 - is_bias.any() * _BELOW, 1.06))
    points = np.ptp(ax.transData.transform([(0, 0), (0, 1)])[:, 1]) * 72 / root_figure(ax).dpi  # in one unit of y
    colors = _edge_colors(rank[src], is_bias[src], points)
    if rows is not None:
        _draw_edges(ax, where[src], where[dst], rank[dst] - rank[src], colors * [1, 1, 1, MUTED])
        src, dst = src[marked], dst[marked]
        colors = np.tile(_colors([MARKED]), (len(src), 1))
    _draw_edges(ax, where[src], where[dst], rank[dst] - rank[src], colors)
    stands_out = np.zeros(graph.n_nodes, dtype=bool)
    if rows is not None:
        stands_out[rows] = True
    _draw_nodes(ax, where, np.clip(0.7 * points * space, 1.5, 8), linked, is_bias, stands_out)
    _label_layers(ax, labels, rank, linked, is_bias)
    return ax


def _rows_of_nodes(instances: Any, n_nodes: int) -> npt.NDArray[np.int64]:
    rows = arguments.array("instances", instances)
    if not rows.size:
        return np.empty((0, 0), dtype=np.int64)
    if rows.ndim != 2 or rows.dtype.kind not in "iu":
        wanted = "rows of nodes by their positions, as find returns without labels"
        raise ValueError(f"instances must be {wanted}, not {arguments.shown(instances)}")
    if not (rows.min() >= 0 and rows.max() < n_nodes):
        raise ValueError(f"instances must hold nodes from 0 to {n_nodes - 1}, not from {rows.min()} to {rows.max()}")
    repeats = (np.diff(np.sort(rows, axis=1), axis=1) == 0).any(axis=1)
    if repeats.any():
        raise ValueError(f"instances must hold a node once in a row, not {rows[repeats][0].tolist()}")
    return rows.astype(np.int64)


def _check_can_be_laid_out(graph: Graph, nodes: bool | None) -> None:
    if nodes is False:
        raise ValueError('nodes must not be False for a graph without layers; give it layers, or layers="infer"')
    n_linked = access.n_linked(graph)
    if n_linked > MOST_NODES:
        raise ValueError(
            f"adj must have layers, or at most {MOST_NODES:,} nodes with edges to be laid out, not {n_linked:,}; "
            'give the graph layers, or layers="infer"'
        )


def _within_rows(
    src: npt.NDArray[np.int64], dst: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], n_nodes: int
) -> npt.NDArray[np.bool_]:
    """Tell which edges have both ends in one of the rows."""
    pairs = (rows[:, :, np.newaxis] * n_nodes + rows[:, np.newaxis, :]).ravel()
    within: npt.NDArray[np.bool_] = np.isin(src * n_nodes + dst, pairs)
    return within


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
    coverage = np.bincount(layer) * _LINE_WIDTH / (2 * points)
    colors: npt.NDArray[np.float64] = _colors(["C0", _BIAS])[of_bias.astype(int)]
    colors[:, 3] = np.clip(0.7 / np.maximum(coverage, 0.1), 0.03, 0.7)[layer]
    return colors


def _colors(names: list[str]) -> npt.NDArray[np.float64]:
    from matplotlib.colors import to_rgba_array

    colors: npt.NDArray[np.float64] = to_rgba_array(names)
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
    stands_out: npt.NDArray[np.bool_],
) -> None:
    kinds = (
        ("without edges", ~linked & ~stands_out, "o", ink(ax), 0.25),
        ("units", linked & ~is_bias & ~stands_out, "o", ink(ax), 1),
        ("biases", linked & is_bias & ~stands_out, "s", _BIAS, 1),
        ("instances", stands_out & ~is_bias, "o", MARKED, 1),
        ("biases in instances", stands_out & is_bias, "s", MARKED, 1),
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
