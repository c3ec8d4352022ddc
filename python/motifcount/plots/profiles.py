"""Significance profiles of several networks, as lines over the classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from motifcount._support import arguments
from motifcount.inference.comparison import Comparison
from motifcount.motifs.classes import chosen_class
from motifcount.nulls import title_of
from motifcount.plots.labels import shrink, write_title
from motifcount.plots.matplotlib_tools import axes_or_none, ink, pyplot, root_figure
from motifcount.plots.motifs import motif_marker

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
    shown = _farthest(comparison) if names is None else _checked(names, classes)
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
    written = _label_columns(ax, shown)
    n_more = len(classes) - len(shown)
    if names is None and n_more:
        ax.set_xlabel(f"{n_more} more classes are nearer to 0")
    ax.set_ylabel("normalized z")
    write_title(ax, f"Significance profiles, null model {title_of(comparison.null)}", entries=True)
    shrink(ax, written, ax.get_window_extent().width / max(len(shown), 1))
    return ax


def _farthest(comparison: Comparison) -> tuple[str, ...]:
    size = np.abs(comparison.profiles).max(axis=0)
    chosen = np.sort(np.argsort(-size, kind="stable")[:_MOST])
    return tuple(comparison.classes[k] for k in chosen.tolist())


def _checked(names: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    given = arguments.sequence("names", names, "names of classes")
    return tuple(chosen_class(f"names[{k}]", name, known, "a class that varies in all") for k, name in enumerate(given))


def _label_columns(ax: Axes, names: tuple[str, ...]) -> list[Any]:
    """Write the names below the axes, with a drawing between name and axis, and return all of these."""
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    figure = root_figure(ax)
    column = ax.get_window_extent().width * 72 / figure.dpi / max(len(names), 1)  # its width in points
    size = min(_DRAWING, 0.88 * column)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), names, rotation=90)
    ax.tick_params(axis="x", length=0, pad=size + 8)
    at_axis = blended_transform_factory(ax.transData, ax.transAxes)
    below = at_axis + ScaledTranslation(0, -(size / 2 + 5) / 72, figure.dpi_scale_trans)
    written: list[Any] = []
    for k, (name, label) in enumerate(zip(names, ax.get_xticklabels(), strict=True)):
        label.set_fontsize(min(float(label.get_fontsize()), 0.9 * column))
        (drawing,) = ax.plot(k, 0, marker=motif_marker(name), transform=below, clip_on=False)
        drawing.set(color=label.get_color(), markersize=size, markeredgewidth=0)
        written += [label, drawing]
    return written
