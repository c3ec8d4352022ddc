"""What every plot needs of matplotlib: the library itself, colours that suit the style, and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from motifcount._support import arguments, atomic, extras

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")
"""Endings of the files that :func:`save` writes."""

MUTED = 0.5
"""Opacity of what is there but says nothing."""

MARKED = "C3"
"""Colour of what the caller points at."""

STABLE = {"svg.hashsalt": "motifcount", "svg.fonttype": "none"}  # no random ids; text stays text


def pyplot() -> Any:
    """Import and return matplotlib's pyplot."""
    return extras.require("matplotlib.pyplot", "plot", "a plot")


def ink(ax: Axes) -> Any:
    """Return the colour of an axes' text: dark on light styles and light on dark ones, whenever the axes was made."""
    return ax.xaxis.label.get_color()


def root_figure(plot: Figure | Axes) -> Figure:
    """Return the figure that an axes lies in, or the figure itself."""
    figure = plot.get_figure(root=True)
    if figure is None:
        raise TypeError("plot must lie in a figure, not be an Axes that was removed from its own")
    return figure


def axes_or_none(ax: Any) -> Any:
    """Return `ax` if it is an axes of matplotlib or None."""
    if ax is None:
        return None
    pyplot()
    from matplotlib.axes import Axes

    wanted = "a two-dimensional Axes of a matplotlib figure or None"
    arguments.instance("ax", ax, Axes, wanted)
    if ax.figure is None or ax.name == "3d":
        raise TypeError(f"ax must be {wanted}, not {'one that was removed' if ax.figure is None else 'a 3-D one'}")
    return ax


def check_output(path: str | Path) -> Path:
    """Fail early where :func:`save` would fail late; return the path.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    TypeError, ValueError
        If `path` is no path, or its ending not one of `FORMATS`.
    OSError
        If its folder is not there or cannot be written to.
    """
    pyplot()
    path = arguments.path("path", path)
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        known = f"a .{', a .'.join(FORMATS[:-1])} or a .{FORMATS[-1]} file"
        raise ValueError(f"path of a plot must be {known}, not {path.name!r:.80}")
    arguments.writable(path)
    return path


def save(plot: Figure | Axes, path: str | Path, *, dpi: float = 150) -> None:
    """Write a figure, or that of an axes, into a .svg, .png or .pdf file, whole or not at all, and close the figure.

    `dpi`, 1 to 2400, is the resolution of a .png, and of what is rasterized in the others. The same figure gives the
    same file. Arguments that are refused leave the figure open.

    Raises
    ------
    ImportError
        If matplotlib is missing.
    OSError
        If the file cannot be written.
    TypeError, ValueError
        If `plot` is neither figure nor axes, the file's ending is not known, or `dpi` is out of its range.
    """
    path = check_output(path)
    dpi = arguments.between("dpi", dpi, 1, 2400)
    plt = pyplot()
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if not isinstance(plot, (Axes, Figure)):
        raise TypeError(f"plot must be a Figure or an Axes of matplotlib, not {arguments.shown(plot)}")
    figure = root_figure(plot)
    ending = path.suffix.lower().removeprefix(".")
    undated: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(ending, {})
    try:
        with atomic.writing(path) as stream, plt.rc_context(STABLE):
            figure.savefig(stream, format=ending, dpi=dpi, metadata=undated)
    finally:
        plt.close(figure)
