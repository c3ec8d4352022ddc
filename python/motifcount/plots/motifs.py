"""Drawings of motif classes in matplotlib: as markers at any place of a plot, and a figure of all of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motifcount._support import arguments
from motifcount.motifs import drawings
from motifcount.motifs.classes import CLASSES
from motifcount.plots.matplotlib_tools import ink, pyplot

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.path import Path


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


def plot_motifs(size: int = 4) -> Figure:
    """Draw all motif classes of a size, 2, 3 or 4, with their names, and return the figure.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError, ValueError
        If `size` is not 2, 3 or 4.
    """
    size = arguments.integer("size", size, 2, 4)
    names = CLASSES[size]
    columns = {2: 3, 3: 4, 4: 5}[size]
    rows = len(names) // columns
    figure: Figure = pyplot().figure(figsize=(1.3 * columns, 1.25 * rows), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.4, -0.5))
    ax.set_axis_off()
    for k, name in enumerate(names):
        y, x = divmod(k, columns)
        ax.plot(x, y - 0.08, marker=motif_marker(name), markersize=50, markeredgewidth=0, color=ink(ax))
        ax.text(x, y + 0.4, name, ha="center", va="center")
    return figure
