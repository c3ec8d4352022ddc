"""Plots as SVG elements in the colours of the page around them, light or dark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from motifcount.graph import Graph
from motifcount.inference.comparison import Comparison
from motifcount.inference.result import Significance
from motifcount.plots import plot_network, plot_profiles, plot_significance
from motifcount.plots.matplotlib_tools import STABLE, pyplot, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK, _PAPER = "#000000", "#ffffff"  # what matplotlib draws with; the page says what they are


def z_by_class(result: Significance) -> str:
    """Return z of each class with its error as an ``<svg>`` element."""
    return _svg(lambda: plot_significance(result))


def profiles(comparison: Comparison) -> str:
    """Return the profiles of networks as an ``<svg>`` element."""
    return _svg(lambda: plot_profiles(comparison))


def network(graph: Graph) -> str:
    """Return a layered graph as an ``<svg>`` element."""
    return _svg(lambda: plot_network(graph))


def _svg(draw: Callable[[], Axes]) -> str:
    plt = pyplot()
    stream = io.StringIO()
    with plt.style.context("default"), plt.rc_context(STABLE):
        figure = root_figure(draw())
        try:
            figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
        finally:
            plt.close(figure)
    element = stream.getvalue()
    element = element[element.index("<svg") :].replace(_INK, "currentColor").replace(_PAPER, "var(--paper)")
    return re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg class="plot" viewBox="\1">', element, count=1)
