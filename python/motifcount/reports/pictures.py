"""Plots as SVG elements in the colours of the page around them, light or dark."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from motifcount._support import extras
from motifcount.graph import Graph, access
from motifcount.inference.comparison import Comparison
from motifcount.inference.result import Significance
from motifcount.plots import plot_network, plot_profiles, plot_significance
from motifcount.plots.matplotlib_tools import STABLE, pyplot, root_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_NODES, _MOST_EDGES = 20_000, 20_000  # of a network with layers
_MOST_LAID_OUT, _MOST_ARROWS = 500, 1_500  # nodes with edges and edges of one without, which forces lay out

_INK, _PAPER = "#000000", "#ffffff"  # what matplotlib draws with; the page says what they are

_PLACES = re.compile(r' (?:d|x|y|x1|x2|y1|y2|transform)="[^"]*"')
_LEFT_OUT = re.compile(r"<metadata>.*?</metadata>\s*|<defs>\s*<style.*?</style>\s*</defs>\s*", re.DOTALL)
_PICTURE = re.compile(r'<svg class="plot".*?</svg>', re.DOTALL)
_DIGITS = re.compile(r"(\.\d\d)\d+")  # hundredths of a point are enough


def z_by_class(result: Significance) -> str:
    """Return z of each class with its error as an ``<svg>`` element."""
    return element(lambda: plot_significance(result))


def profiles(comparison: Comparison) -> str:
    """Return the profiles of networks as an ``<svg>`` element."""
    return element(lambda: plot_profiles(comparison))


def why_no_network(graph: Graph | None) -> str:
    """Return why a network is not drawn; nothing if it is."""
    if graph is None:
        return "the graph was not given with its results"
    if not graph.n_edges:
        return "it has no edges"
    has_layers = access.groups(graph) is not None
    nodes = graph.n_nodes if has_layers else access.n_linked(graph)
    most_nodes, most_edges = (_MOST_NODES, _MOST_EDGES) if has_layers else (_MOST_LAID_OUT, _MOST_ARROWS)
    if nodes > most_nodes or graph.n_edges > most_edges:
        return (
            f"of {nodes:,} nodes{'' if has_layers else ' with edges'} and {graph.n_edges:,} edges, none could be told "
            f"apart (at most {most_nodes:,} and {most_edges:,} are drawn)"
        )
    try:
        if not has_layers:
            extras.require("networkx", "networkx", "the layout of a graph without layers")
    except ImportError as error:
        return str(error)
    return ""


def network(graph: Graph) -> str:
    """Return a graph as an ``<svg>`` element."""
    return element(lambda: plot_network(graph))


def with_own_ids(page: str) -> str:
    """Return a page whose pictures have no id in common, and none that nothing refers to."""
    number = itertools.count(1)

    def renamed(found: re.Match[str]) -> str:
        element, k = found[0], next(number)
        used = set(re.findall(r'(?:href="|url\()#([^")]+)', element))
        element = re.sub(r' id="([^"]*)"', lambda each: f' id="p{k}-{each[1]}"' if each[1] in used else "", element)
        return re.sub(r'(href="|url\()#', rf"\1#p{k}-", element)

    return _PICTURE.sub(renamed, page)


def element(draw: Callable[[], Axes | Figure]) -> str:
    """Return what a function draws as an ``<svg>`` element."""
    plt = pyplot()
    stream = io.StringIO()
    with plt.style.context("default"), plt.rc_context(STABLE):
        figure = root_figure(draw())
        try:
            figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
        finally:
            plt.close(figure)
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :].replace(_INK, "currentColor").replace(_PAPER, "var(--paper)")
    svg = _LEFT_OUT.sub("", svg)
    svg = _PLACES.sub(lambda found: _DIGITS.sub(r"\1", found[0]), svg)
    return re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg class="plot" viewBox="\1">', svg, count=1)
