"""Significance profiles of several networks, as lines over the classes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from motifcount._support import arguments
from motifcount.inference.comparison import Comparison
from motifcount.motifs.classes import chosen_classes
from motifcount.nulls import title_of
from motifcount.plots.labels import label_classes, shrink, write_title
from motifcount.plots.matplotlib_tools import axes_or_none, ink, pyplot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 30  # classes, those where a profile is farthest from 0
_DRAWING = 16.0  # points, if there is room


def plot_profiles(comparison: Comparison, ax: Axes | None = None, *, names: Sequence[str] | None = None) -> Axes:
    """Draw the significance profile of each network, a line over the classes, and return the axes.

    A profile is z of the classes that vary in all networks, at length 1 (Milo et al. 2004,
    doi:10.1126/science.1089167), so that networks of different sizes can be compared. Networks of a group have one
    colour, if there are groups. Of more than 30 classes those are drawn in which a profile is farthest from 0, and the
    axis says so.

    Parameters
    ----------
    comparison
        What :func:`motifcount.compare` returned.
    ax
        Where to draw; default a new figure that fits the number of classes.
    names
        The classes to draw, in this order.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError
        If `comparison` is not a result of compare, `ax` no axes, or `names` no sequence of names.
    ValueError
        If a name is none of the comparison's classes.
    """
    arguments.instance("comparison", comparison, Comparison, "a result of compare")
    ax = axes_or_none(ax)
    classes = comparison.classes
    shown = _farthest(comparison) if names is None else chosen_classes(names, classes, "a class that varies in all")
    if ax is None:
        _, ax = pyplot().subplots(figsize=(1.6 + 0.34 * max(len(shown), 10), 3.8), layout="constrained")
    columns = [classes.index(name) for name in shown]
    groups = comparison.groups or comparison.names
    number = {group: k for k, group in enumerate(dict.fromkeys(groups))}
    ax.axhline(0, color=ink(ax), linewidth=0.8)
    told: set[object] = set()
    for group, profile in zip(groups, comparison.profiles[:, columns], strict=True):
        label = "_again" if group in told else str(group)
        told.add(group)
        ax.plot(profile, "o-", color=f"C{number[group]}", markersize=3.5, linewidth=1.2, label=label)
    ax.set_xlim(-0.5, len(shown) - 0.5)
    written = label_classes(ax.xaxis, shown, _DRAWING)
    ax.tick_params(axis="x", rotation=90)
    n_more = len(classes) - len(shown)
    if names is None and n_more:
        ax.set_xlabel(f"{n_more} more classes are nearer to 0")
    ax.set_ylabel("normalized z")
    write_title(ax, f"Significance profiles, null model {title_of(comparison.null)}", entries=True)
    shrink(ax, chain.from_iterable(written), ax.get_window_extent().width / max(len(shown), 1))
    return ax


def _farthest(comparison: Comparison) -> tuple[str, ...]:
    size = np.abs(comparison.profiles).max(axis=0)
    chosen = np.sort(np.argsort(-size, kind="stable")[:_MOST])
    return tuple(comparison.classes[k] for k in chosen.tolist())
