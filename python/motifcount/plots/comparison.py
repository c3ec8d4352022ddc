"""How alike networks are, as a heat map with a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from motifcount._support import arguments
from motifcount.inference.comparison import Comparison
from motifcount.nulls import title_of
from motifcount.plots.labels import write_title
from motifcount.plots.matplotlib_tools import axes_or_none, ink, pyplot, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LONGEST = 30  # letters of a name
_TREE = 0.25  # its height, of that of the heat map


def plot_comparison(comparison: Comparison, ax: Axes | None = None) -> Axes:
    """Draw the similarity of networks as a heat map, blue for alike and red for opposite, and return its axes.

    Networks come in the order of their tree (average linkage), which stands above. Names carry the group, if there
    are groups.

    Parameters
    ----------
    comparison
        What :func:`motifcount.compare` returned.
    ax
        Where to draw the heat map; the tree needs room above. Default a new figure that fits the number of networks.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError
        If `comparison` is not a result of compare, or `ax` no axes.
    """
    arguments.instance("comparison", comparison, Comparison, "a result of compare")
    ax = axes_or_none(ax)
    n, labels = len(comparison.names), [_label(comparison, k) for k in range(len(comparison.names))]
    if ax is None:
        side = 1.6 + 0.28 * n + 0.1 * max(map(len, labels))
        _, ax = pyplot().subplots(figsize=(side + 1.2, side + 0.8), layout="constrained")
    from scipy.cluster.hierarchy import dendrogram

    tree = dendrogram(comparison.tree(), no_plot=True)
    order = np.array(tree["leaves"])
    image = ax.imshow(comparison.similarity[np.ix_(order, order)], vmin=-1, vmax=1, cmap="RdBu", aspect="auto")
    names = [labels[k] for k in order.tolist()]
    ax.set_yticks(range(n), names)
    ax.set_xticks(range(n), names, rotation=90)
    ax.tick_params(length=0)
    root_figure(ax).colorbar(image, ax=ax, shrink=0.6)
    above = ax.inset_axes((0, 1.02, 1, _TREE))
    for x, y in zip(tree["icoord"], tree["dcoord"], strict=True):
        above.plot((np.array(x) - 5) / 10, y, color=ink(ax), linewidth=0.9)  # leaves are 10 apart, from 5
    above.set_xlim(-0.5, n - 0.5)
    above.set_ylim(bottom=0)
    above.set_axis_off()
    measure = comparison.measure.capitalize()
    write_title(ax, f"{measure} of profiles, null model {title_of(comparison.null)}", above=above)
    return ax


def _label(comparison: Comparison, k: int) -> str:
    name = comparison.names[k]
    if len(name) > _LONGEST:
        name = f"…{name[1 - _LONGEST :]}"
    return name if comparison.groups is None else f"{name} ({comparison.groups[k]})"
