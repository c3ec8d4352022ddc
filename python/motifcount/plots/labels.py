"""Titles and legends above axes of any width, and axes that leave room for what is written around them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from motifcount.plots.matplotlib_tools import root_figure
from motifcount.plots.motifs import motif_marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

_LETTER = 0.58  # its mean width, of its height
_HANDLE = 6  # letters that the symbol of an entry, with its margins, is as wide as
_GAP = 6  # points between a title and what is below
_MARGIN = 3  # points around an axes with its labels
_OF_TEXT, _OF_DRAWING = 0.8, 0.88  # of the room of a class, sizes of its name and its drawing


def write_title(ax: Axes, text: str, *, entries: bool = False, above: Axes | None = None) -> None:
    """Write a title over an axes that is drawn, or what lies `above` it, and make room for all labels.

    A legend of its `entries` comes below the title.
    """
    axis_label = ax.get_xlabel()
    for _ in range(2):  # labels leave an axes the less room the wider they are
        ax.set_xlabel(textwrap.fill(axis_label, _letters(ax, "medium")))
        _fit_labels(ax)
    gap = float(_GAP)
    if entries:
        handles, names = ax.get_legend_handles_labels()
        names = [textwrap.fill(name, max(8, _letters(ax, "small") - _HANDLE)) for name in names]
        longest = max((len(line) for name in names for line in name.splitlines()), default=0)
        columns = max(1, min(len(names), _letters(ax, "small") // (longest + _HANDLE)))
        narrow = {"handlelength": 1.2, "columnspacing": 1, "borderaxespad": 0.2, "fontsize": "small", "frameon": False}
        legend = ax.legend(handles, names, ncols=columns, loc="lower left", bbox_to_anchor=(0, 1), **narrow)
        gap += legend.get_window_extent().height * 72 / root_figure(ax).dpi
    (above or ax).set_title(textwrap.fill(text, _letters(ax, "medium")), fontsize="medium", loc="left", pad=gap)
    _fit_labels(ax)


def label_classes(axis: XAxis | YAxis, names: Sequence[str], largest: float) -> list[tuple[Text, Line2D]]:
    """Write names of classes along an axis, with a drawing between name and axis of `largest` points if there is room.

    Returns the two of each class.
    """
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    ax, figure = axis.axes, root_figure(axis.axes)
    along_x = axis is ax.xaxis
    width, height = ax.get_window_extent().size
    room = float(width if along_x else height) * 72 / figure.dpi / max(len(names), 1)
    size = min(largest, _OF_DRAWING * room)
    axis.set_ticks(range(len(names)), names)
    axis.set_tick_params(length=0, pad=size + 8)
    at_axis = blended_transform_factory(*((ax.transData, ax.transAxes) if along_x else (ax.transAxes, ax.transData)))
    away = -(size / 2 + 5) / 72
    beside = at_axis + ScaledTranslation(0 if along_x else away, away if along_x else 0, figure.dpi_scale_trans)
    written = []
    for k, (name, label) in enumerate(zip(names, axis.get_ticklabels(), strict=True)):
        label.set_fontsize(min(float(label.get_fontsize()), _OF_TEXT * room))
        x, y = (k, 0) if along_x else (0, k)
        (drawing,) = ax.plot(x, y, marker=motif_marker(name), transform=beside, clip_on=False)
        drawing.set(color=label.get_color(), markersize=size, markeredgewidth=0)
        written.append((label, drawing))
    return written


def shrink(ax: Axes, artists: Iterable[Line2D | Text], room: float) -> None:
    """Shrink drawings and texts to a `room` that is left for each, in pixels."""
    from matplotlib.text import Text

    points = room * 72 / root_figure(ax).dpi
    for artist in artists:
        if isinstance(artist, Text):
            artist.set_fontsize(min(float(artist.get_fontsize()), _OF_TEXT * points))
        else:
            artist.set_markersize(min(float(artist.get_markersize()), _OF_DRAWING * points))


def _letters(ax: Axes, fontsize: str) -> int:
    """Return how many letters fit in the width of an axes."""
    from matplotlib.font_manager import FontProperties

    points = ax.get_window_extent().width * 72 / root_figure(ax).dpi
    return max(8, int(points / (_LETTER * FontProperties(size=fontsize).get_size_in_points())))


def _fit_labels(ax: Axes) -> None:
    """Give an axes its place: by the layout engine of its figure, else so that its labels lie in its cell of a grid."""
    figure = root_figure(ax)
    if (engine := figure.get_layout_engine()) is not None:
        engine.execute(figure)
        return
    inside, around = ax.get_position(), ax.get_tightbbox()
    if around is None or ax.get_subplotspec() is None or ax.figure is not figure:
        return
    width, height = figure.bbox.size
    left, bottom, right, top = _cell(ax)
    margin = _MARGIN / 72 * figure.dpi
    x0 = inside.x0 + max(0.0, left - (around.x0 - margin) / width)
    y0 = inside.y0 + max(0.0, bottom - (around.y0 - margin) / height)
    x1 = inside.x1 - max(0.0, (around.x1 + margin) / width - right)
    y1 = inside.y1 - max(0.0, (around.y1 + margin) / height - top)
    if x0 < x1 and y0 < y1:
        ax.set_position((x0, y0, x1 - x0, y1 - y0))


def _cell(ax: Axes) -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top, of the figure's size, of the room that an axes of a grid has."""
    spec = ax.get_subplotspec()
    assert spec is not None
    bottoms, tops, lefts, rights = spec.get_gridspec().get_grid_positions(root_figure(ax))
    rows, columns = spec.rowspan, spec.colspan
    left = (rights[columns.start - 1] + lefts[columns.start]) / 2 if columns.start else 0.0
    right = (rights[columns.stop - 1] + lefts[columns.stop]) / 2 if columns.stop < len(lefts) else 1.0
    top = (bottoms[rows.start - 1] + tops[rows.start]) / 2 if rows.start else 1.0
    bottom = (bottoms[rows.stop - 1] + tops[rows.stop]) / 2 if rows.stop < len(tops) else 0.0
    return float(left), float(bottom), float(right), float(top)
