"""A deep network: a box for each layer, and what leads from layer to layer, skips as arcs over the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from motifcount.graph import Graph, access
from motifcount.plots.matplotlib_tools import ink

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HALF_WIDTH = 0.28  # of a box
_WEIGHTS, _PINNED = "C0", "C2"
_LOWEST, _PER_LAYER, _HIGHEST = 0.15, 0.12, 1.6  # heights of arcs


class _Link(NamedTuple):
    """The edges from a layer to another, both by their column, and the share of all pairs of units that has one."""

    source: int
    target: int
    density: float
    is_pinned: bool


def draw_layers(ax: Axes, graph: Graph) -> None:
    """Draw a box for each layer with nodes, as high as the cube root of its size, and a link for each block.

    Links to the next layer fill the gap, others are arcs: over the boxes where they lead on, below where they lead
    back or within a layer. The denser a block, the darker; edges that null models leave in place have a colour of
    their own. Biases are left out.
    """
    groups = access.groups(graph)
    assert groups is not None
    units = np.bincount(groups.layer_of[~groups.is_bias()], minlength=groups.n_layers)
    columns = np.flatnonzero(units)
    sizes = units[columns]
    heights = np.cbrt(sizes / sizes.max(initial=1))
    for column, height in enumerate(heights.tolist()):
        _box(ax, column, height)
    for link in _links(graph, np.searchsorted(columns, np.arange(groups.n_layers)), sizes):
        (_band if link.target == link.source + 1 else _arc)(ax, link, heights)
    ax.autoscale_view()
    ax.set_yticks([])
    names = graph.layer_names or tuple(f"layer {label}" for label in groups.layer_labels.tolist())
    texts = [f"{names[layer]} ({n:,})" for layer, n in zip(columns.tolist(), sizes.tolist(), strict=True)]
    ax.set_xticks(range(len(columns)), texts, rotation=90)
    ax.tick_params(axis="x", length=0, labelsize="small" if len(columns) <= 40 else "x-small")
    ax.spines[:].set_visible(False)
    _legend(ax, any(layer in groups.pinned_layers for layer in columns.tolist()))


def _links(graph: Graph, column_of: np.ndarray, sizes: np.ndarray) -> list[_Link]:
    groups = access.groups(graph)
    assert groups is not None
    src, dst = access.edge_arrays(graph)
    of_units = ~groups.is_bias()[src]
    layers = groups.layer_of.astype(np.int64)
    blocks, counts = np.unique(layers[src[of_units]] * groups.n_layers + layers[dst[of_units]], return_counts=True)
    found = []
    for block, n in zip(blocks.tolist(), counts.tolist(), strict=True):
        source, target = divmod(block, groups.n_layers)
        a, b = int(column_of[source]), int(column_of[target])
        found.append(_Link(a, b, n / (int(sizes[a]) * int(sizes[b])), target in groups.pinned_layers))
    return found


def _box(ax: Axes, column: int, height: float) -> None:
    from matplotlib.patches import Rectangle

    corner = (column - _HALF_WIDTH, -height)
    ax.add_patch(Rectangle(corner, 2 * _HALF_WIDTH, 2 * height, facecolor=ink(ax), alpha=0.6, linewidth=0, zorder=3))


def _opacity(link: _Link) -> float:
    return 0.9 if link.is_pinned else 0.15 + 0.75 * min(link.density, 1) ** 0.5


def _band(ax: Axes, link: _Link, heights: np.ndarray) -> None:
    """A link to the next layer: a pinned one is thin, for it has an edge a unit."""
    from matplotlib.patches import Polygon

    left, right = link.source + _HALF_WIDTH, link.target - _HALF_WIDTH
    a, b = ((0.08 if link.is_pinned else 1) * float(heights[k]) for k in (link.source, link.target))
    corners = [(left, -a), (left, a), (right, b), (right, -b)]
    color = _PINNED if link.is_pinned else _WEIGHTS
    ax.add_patch(Polygon(corners, facecolor=color, alpha=_opacity(link), linewidth=0, gid="band"))


def _arc(ax: Axes, link: _Link, heights: np.ndarray) -> None:
    """A link over other layers, or back: half an ellipse between the boxes' upper or lower ends."""
    span = abs(link.target - link.source)
    side = 1 if link.target > link.source else -1
    start, end = (side * float(heights[k]) for k in (link.source, link.target))
    rise = min(_LOWEST + _PER_LAYER * span, _HIGHEST if side > 0 else 0.5)
    turn = np.linspace(0, np.pi, 33)
    half = max(span / 2, _HALF_WIDTH)
    middle = (link.source + link.target) / 2
    direction = side if span else 1
    x = middle - direction * half * np.cos(turn)
    top = max(float(heights[k]) for k in range(min(link[:2]), max(link[:2]) + 1))
    base = np.interp(turn, [0, np.pi], [start, end])
    y = base + side * np.sin(turn) * (rise + top - np.minimum(abs(start), abs(end)))
    color = _PINNED if link.is_pinned else _WEIGHTS
    ax.plot(x, y, color=color, alpha=_opacity(link), linewidth=1.6, gid="arc", solid_capstyle="round", zorder=2)


def _legend(ax: Axes, has_pinned: bool) -> None:
    from matplotlib.lines import Line2D

    kinds = [("weights", _WEIGHTS)] + [("sums, left in place", _PINNED)] * has_pinned
    handles = [Line2D([], [], color=color, linewidth=3, label=label) for label, color in kinds]
    ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize="small", ncols=len(handles)
    )
