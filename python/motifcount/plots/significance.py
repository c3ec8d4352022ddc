"""z by motif class, with errors; classes that the null model fixes are shown as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.inference.result import Significance
from motifcount.motifs.classes import CLASSES, LAYERED_TETRADS, chosen_classes
from motifcount.nulls import title_of
from motifcount.plots.labels import label_classes, shrink, write_title
from motifcount.plots.matplotlib_tools import MUTED, axes_or_none, ink, pyplot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

_CHANCE = 2.0  # |z| below it is what chance does
_MOST_TETRADS = 30
_DRAWING = 22.0  # points, if there is room
_SPREAD = 0.7  # of a row, that several results share
_SPAN = 25.0  # beyond this ratio of the largest |z| to the smallest, small ones cannot be told from 0


def plot_significance(
    result: Significance | Sequence[Significance] | Mapping[str, Significance],
    ax: Axes | None = None,
    *,
    names: Sequence[str] | None = None,
) -> Axes:
    """Draw z of each class with its standard error, a row for each class, and return the axes.

    Filled points are classes that vary, hollow ones depend on others (their z is no finding of its own). Classes
    that are fixed by the null model, or constant in all samples, have no z and are muted. The shaded band, -2 to 2, is
    what chance does. Classes that neither occur nor can occur are left out; of the 199 tetrads the 30 of largest z
    are drawn, and the axis says so. The axis is symmetric-logarithmic beyond the band where z spans orders of
    magnitude. The title says what was tested.

    Several results share the rows, each with a colour. What all of them say of a class stands at the right.

    Parameters
    ----------
    result
        What :func:`motifcount.significance` returned; or several of these, such as those of several null models, in a
        list, or in a mapping from what they are to be called. Those of a list are called by their null models, or,
        where two have the same, by their number.
    ax
        Where to draw; default a new figure that fits the number of classes.
    names
        The classes to draw, in this order; ``result.shown_classes`` for all that occur.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError
        If `result` is not a result of significance, `ax` no axes, or `names` no sequence of names.
    ValueError
        If a name is none of the result's classes, or there is no result.
    """
    results = _named(result)
    ax = axes_or_none(ax)
    if names is None:
        shown = _union(map(_largest, results.values()))
    else:
        shown = chosen_classes(names, _union(each.classes for each in results.values()), "a class of the result")
    if ax is None:
        row = 0.32 + 0.12 * (len(results) - 1)
        _, ax = pyplot().subplots(figsize=(6.4, 1.0 + row * max(len(shown), 3)), layout="constrained")
    ax.axvspan(-_CHANCE, _CHANCE, color=ink(ax), alpha=0.08, linewidth=0)
    ax.axvline(0, color=ink(ax), linewidth=0.8)
    drawn = [_draw_points(ax, k, len(results), name, each, shown) for k, (name, each) in enumerate(results.items())]
    _set_scale(ax, *np.concatenate(drawn, axis=1))
    ax.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    written = label_classes(ax.yaxis, shown, _DRAWING)
    notes = _mark_statuses(ax, written, [_status(results.values(), name) for name in shown])
    if not shown:
        note = ax.text(0, 0, "no class is possible", ha="center", va="center")
        note.set(color=ink(ax), backgroundcolor=ax.get_facecolor())
    n_more = len(_union(each.shown_classes for each in results.values())) - len(shown)
    more = f"; {n_more} more classes of smaller z occur" if names is None and n_more else ""
    ax.set_xlabel(f"z{more}")
    write_title(ax, _tested(list(results.values())), entries=isinstance(result, Mapping) or len(results) > 1)
    shrink(ax, chain(*written, notes), ax.get_window_extent().height / max(len(shown), 1))
    return ax


def _named(given: Any) -> dict[str, Significance]:
    if isinstance(given, Significance):
        return {"": given}
    if isinstance(given, Mapping):
        results = {arguments.instance("a name of results", name, str, "a str"): each for name, each in given.items()}
    else:
        wanted = "a result of significance, or several in a list or mapping"
        if isinstance(given, (str, bytes)) or not isinstance(given, Sequence):
            arguments.instance("result", given, Significance, wanted)
        results = {str(k + 1): each for k, each in enumerate(given)}
    if not results:
        raise ValueError("result must hold at least one result of significance, not be empty")
    for name, each in results.items():
        arguments.instance(f"result[{name!r}]", each, Significance, "a result of significance")
    nulls = [title_of(each.null) for each in results.values()]
    if not isinstance(given, Mapping) and len(set(nulls)) == len(nulls):
        return dict(zip(nulls, results.values(), strict=True))
    return results


def _tested(results: Sequence[Significance]) -> str:
    """Return what z compares the counts with."""
    samples = sorted({each.samples for each in results})
    nulls = list(dict.fromkeys(title_of(each.null) for each in results))
    numbers = f"{samples[0]:,}" if len(samples) == 1 else f"{samples[0]:,} to {samples[-1]:,}"
    against = "exact means" if samples == [0] else f"{numbers} random graphs"
    return f"Counts against {against} of {f'{len(nulls)} null models' if len(nulls) > 1 else f'null model {nulls[0]}'}"


def _union(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _status(results: Iterable[Significance], name: str) -> str:
    """Return the status of a class if all results that know it agree, else that it varies."""
    found = {each.status[name] for each in results if name in each}
    return found.pop() if len(found) == 1 else "varies"


def _largest(result: Significance) -> tuple[str, ...]:
    """The classes shown, but no more than the first of the tetrads of any digraph, which come by falling z."""
    shown = result.shown_classes
    small = tuple(name for name in shown if name not in CLASSES[4])
    is_any = len(shown) - len(small) > len(LAYERED_TETRADS)
    return (*small, *shown[len(small) :][:_MOST_TETRADS]) if is_any else shown


def _draw_points(
    ax: Axes, number: int, of: int, name: str, result: Significance, shown: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Draw the points of one of several results, which share the height of a row, and return z and its errors."""
    held = [k for k, each in enumerate(shown) if each in result]
    rows = np.array(held, dtype=float) + _SPREAD * ((number + 0.5) / of - 0.5)
    z = np.array([result.z[shown[k]] for k in held], dtype=float)
    z_error = np.array([result.z_error[shown[k]] for k in held], dtype=float)
    hollow = np.array([result.status[shown[k]] == "dependent" for k in held], dtype=bool)
    color, hole = f"C{number}", ax.get_facecolor()  # the hole hides the lines behind
    ax.plot(z[~hollow], rows[~hollow], "o", markersize=5, zorder=3, color=color, label=name or "varies")
    ax.plot(z[hollow], rows[hollow], "o", markersize=5, zorder=3, color=color, markerfacecolor=hole, label="_dependent")
    ax.errorbar(z, rows, xerr=z_error, fmt="none", ecolor=color, elinewidth=1.2, capsize=3)
    there = np.isfinite(z)
    ax.hlines(rows[there], 0, z[there], color=color, linewidth=1.2, alpha=MUTED)
    return np.array((z, np.nan_to_num(z_error)))[:, there]


def _set_scale(ax: Axes, z: npt.NDArray[np.float64], error: npt.NDArray[np.float64]) -> None:
    margin = 1.2
    if z.size and np.abs(z).max() > _SPAN * max(np.abs(z).min(), _CHANCE):
        from matplotlib.ticker import SymmetricalLogLocator

        ax.set_xscale("symlog", linthresh=_CHANCE)
        ax.xaxis.set_major_locator(SymmetricalLogLocator(base=10, linthresh=10))  # 0 and ±10; ±1 would be crowded
        ax.xaxis.set_major_formatter("{x:g}")
        margin = 2
    low, high = (z - error).min(initial=-_CHANCE), (z + error).max(initial=_CHANCE)
    ax.set_xlim(margin * low, margin * high)


def _mark_statuses(ax: Axes, written: Iterable[tuple[Text, Line2D]], status: Sequence[str]) -> list[Text]:
    """Say at the right of each row what is not simply varying, mute what cannot vary, and return what was written."""
    from matplotlib.transforms import blended_transform_factory

    at_axis = blended_transform_factory(ax.transAxes, ax.transData)
    notes: list[Text] = []
    for k, (label, drawing) in enumerate(written):
        opacity = MUTED if status[k] in ("fixed", "constant") else 1
        label.set_alpha(opacity)
        drawing.set_alpha(opacity)
        if status[k] != "varies":
            note = ax.annotate(status[k], (1, k), (5, 0), xycoords=at_axis, textcoords="offset points", va="center")
            note.set(color=label.get_color(), alpha=MUTED, fontsize=0.85 * float(label.get_fontsize()))
            notes.append(note)
    return notes
