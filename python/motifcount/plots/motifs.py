"""Drawings of motif classes in matplotlib: as markers at any place of a plot, and a figure of all of one size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from motifcount._support import arguments
from motifcount.motifs import drawings
from motifcount.motifs.classes import CLASSES, chosen_classes
from motifcount.plots.matplotlib_tools import ink, pyplot

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.path import Path


_POINTS = 62  # width of a drawing in a figure of them


def motif_marker(name: str) -> Path:
    """Return the drawing of a motif class as a matplotlib marker.

    Use it as any marker, ``ax.plot(x, y, marker=motif_marker("bifan"), markersize=30, markeredgewidth=0)``. All classes
    have the same scale: matplotlib scales a marker by its farthest point, and each drawing is as wide as its square.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError, ValueError
        If there is no such class.
    """
    pyplot()
    from matplotlib.path import Path

    nodes = [Path.circle(point, drawings.RADIUS) for point in drawings.nodes(name)]
    arrows = [Path([*corners, corners[0]], closed=True) for corners in drawings.arrows(name).values()]
    return Path.make_compound_path(*nodes, *arrows)


def plot_motifs(size: int = 4, names: Sequence[str] | None = None) -> Figure:
    """Draw motif classes of a size, 2, 3 or 4, with their names and the letters of their nodes; return the figure.

    Letters are those of roles: a is node 0 of :data:`~motifcount.ARCS`, b node 1 and so on.

    Parameters
    ----------
    size
        All classes of this size are drawn: 3, 16 or 199.
    names
        Only these of them, such as :data:`motifcount.LAYERED_TETRADS`.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError, ValueError
        If `size` is not 2, 3 or 4, or a name none of its classes.
    """
    classes = CLASSES[arguments.integer("size", size, 2, 4)]
    if names is not None:
        classes = chosen_classes(names, classes, f"a class of size {size}")
    columns = next(n for n in (3, 4, 5, 10) if n == 10 or len(classes) <= n * n)
    rows = max(1, math.ceil(len(classes) / columns))
    figure: Figure = pyplot().figure(figsize=(1.3 * columns, 1.25 * rows), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.4, -0.5))
    ax.set_axis_off()
    for k, name in enumerate(classes):
        y, x = divmod(k, columns)
        ax.plot(x, y - 0.08, marker=motif_marker(name), markersize=_POINTS, markeredgewidth=0, color=ink(ax))
        ax.text(x, y + 0.42, name, ha="center", va="center")
        for letter, (right, up) in zip("abcd", drawings.nodes(name), strict=False):
            at = (right * _POINTS / 2, up * _POINTS / 2)
            drawn = ax.annotate(letter, (x, y - 0.08), at, textcoords="offset points", fontsize="x-small")
            drawn.set(color=ax.get_facecolor(), ha="center", va="center_baseline")
    return figure
