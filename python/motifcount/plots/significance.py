"""z by motif class, with errors; classes that the null model fixes are shown as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.inference.result import Significance
from motifcount.motifs.classes import CLASSES, LAYERED_TETRADS, chosen_class
from motifcount.nulls import name_of
from motifcount.plots.matplotlib_tools import MUTED, axes_or_none, ink, pyplot, root_figure
from motifcount.plots.motifs import motif_marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CHANCE = 2.0  # |z| below it is what chance does
_MOST_TETRADS = 30
_SPAN = 25.0  # beyond this ratio of the largest |z| to the smallest, small ones cannot be told from 0


def plot_significance(result: Significance, ax: Axes | None = None, *, names: Sequence[str] | None = None) -> Axes:
    """Draw z of each class with its standard error, a row for each class, and return the axes.

    Filled points are classes that vary, hollow ones depend on others (their z is no finding of its own). Classes
    that are fixed by the null model, or constant in all samples, have no z and are muted. The shaded band, -2 to 2, is
    what chance does. Classes that neither occur nor can occur are left out; of the 199 tetrads the 30 of largest z
    are drawn, and the axis says so. The axis is symmetric-logarithmic beyond the band where z spans orders of
    magnitude.

    Parameters
    ----------
    result
        What :func:`motifcount.significance` returned.
    ax
        Where to draw; default a new figure that fits the number of classes.
    names
        The classes to draw, in this order; ``result.shown_classes`` for all that occur.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError
        If `result` is none of significance, `ax` no axes, or `names` no sequence of names.
    ValueError
        If a name is none of the result's classes.
    """
    arguments.instance("result", result, Significance, "a result of significance")
    ax = axes_or_none(ax)
    shown = _largest(result) if names is None else _checked(names, result)
    if ax is None:
        _, ax = pyplot().subplots(figsize=(6.4, 0.8 + 0.32 * max(len(shown), 3)), layout="constrained")
    rows = np.arange(len(shown))
    z = np.array([result.z[name] for name in shown], dtype=float)
    z_error = np.array([result.z_error[name] for name in shown], dtype=float)
    status = np.array([result.status[name] for name in shown])

    ax.axvspan(-_CHANCE, _CHANCE, color=ink(ax), alpha=0.08, linewidth=0)
    ax.axvline(0, color=ink(ax), linewidth=0.8)
    _draw_points(ax, rows, z, z_error, status == "dependent")
    _set_scale(ax, z[np.isfinite(z)])
    ax.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    _label_rows(ax, shown, status)
    if not shown:
        note = ax.text(0, 0, "no class is possible", ha="center", va="center")
        note.set(color=ink(ax), backgroundcolor=ax.get_facecolor())
    n_more = len(result.shown_classes) - len(shown)
    more = f"; {n_more} more classes of smaller z occur" if names is None and n_more else ""
    ax.set_xlabel(f"z (null model {name_of(result.null)}){more}")
    return ax


def _largest(result: Significance) -> tuple[str, ...]:
    """The classes shown, but no more than the first of the tetrads of any digraph, which come by falling z."""
    shown = result.shown_classes
    small = tuple(name for name in shown if name not in CLASSES[4])
    is_any = len(shown) - len(small) > len(LAYERED_TETRADS)
    return (*small, *shown[len(small) :][:_MOST_TETRADS]) if is_any else shown


def _checked(names: Sequence[str], result: Significance) -> tuple[str, ...]:
    given = arguments.sequence("names", names, "names of classes")
    kind = "a class of the result"
    return tuple(chosen_class(f"names[{k}]", name, result.classes, kind) for k, name in enumerate(given))


def _draw_points(
    ax: Axes,
    rows: npt.NDArray[np.int64],
    z: npt.NDArray[np.float64],
    z_error: npt.NDArray[np.float64],
    hollow: npt.NDArray[np.bool_],
) -> None:
    (points,) = ax.plot(z[~hollow], rows[~hollow], "o", markersize=5, zorder=3, label="varies")
    color = points.get_color()
    hole = ax.get_facecolor()  # hides the lines behind
    ax.plot(z[hollow], rows[hollow], "o", markersize=5, zorder=3, color=color, markerfacecolor=hole, label="dependent")
    ax.errorbar(z, rows, xerr=z_error, fmt="none", ecolor=color, elinewidth=1.2, capsize=3)
    there = np.isfinite(z)
    ax.hlines(rows[there], 0, z[there], color=color, linewidth=1.2, alpha=MUTED)


def _set_scale(ax: Axes, z: npt.NDArray[np.float64]) -> None:
    margin = 1.2
    if z.size and np.abs(z).max() > _SPAN * max(np.abs(z).min(), _CHANCE):
        from matplotlib.ticker import SymmetricalLogLocator

        ax.set_xscale("symlog", linthresh=_CHANCE)
        ax.xaxis.set_major_locator(SymmetricalLogLocator(base=10, linthresh=10))  # 0 and ±10; ±1 would be crowded
        ax.xaxis.set_major_formatter("{x:g}")
        margin = 2
    ax.set_xlim(margin * min(-_CHANCE, z.min(initial=0)), margin * max(_CHANCE, z.max(initial=0)))


def _label_rows(ax: Axes, names: tuple[str, ...], status: npt.NDArray[np.str_]) -> None:
    """Name the rows, with a drawing between name and axis, and say at the right what is not simply varying."""
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    figure = root_figure(ax)
    row = ax.get_window_extent().height * 72 / figure.dpi / max(len(names), 1)  # its height in points
    size = min(22.0, 0.88 * row)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, pad=size + 8)
    at_axis = blended_transform_factory(ax.transAxes, ax.transData)
    left = at_axis + ScaledTranslation(-(size / 2 + 5) / 72, 0, figure.dpi_scale_trans)
    for k, (name, label) in enumerate(zip(names, ax.get_yticklabels(), strict=True)):
        color = label.get_color()
        opacity = MUTED if status[k] in ("fixed", "constant") else 1
        fontsize = min(float(label.get_fontsize()), 0.8 * row)
        label.set(alpha=opacity, fontsize=fontsize)
        (drawing,) = ax.plot(0, k, marker=motif_marker(name), transform=left, clip_on=False)
        drawing.set(color=color, alpha=opacity, markersize=size, markeredgewidth=0)
        if status[k] != "varies":
            note = ax.annotate(status[k], (1, k), (5, 0), xycoords=at_axis, textcoords="offset points", va="center")
            note.set(color=color, alpha=MUTED, fontsize=0.85 * fontsize)
