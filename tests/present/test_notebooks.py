"""Tables of notebooks hold what graphs and comparisons do, and are HTML as the standard wants it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

import motifcount as mc
from support.pages import Page


def cells_of(shown):
    """Return the texts of the cells, by row, of the header too."""
    html = shown._repr_html_()
    Page(html)
    return [["".join(cell.itertext()) for cell in row] for row in ET.fromstring(html).iter("tr")]


def test_a_graph_is_a_table_of_what_it_is():
    assert cells_of(mc.Graph(np.eye(3, k=1))) == [["nodes", "3"], ["edges", "2"]]
    matrix = np.array([[1, -2, 3], [0, 0, 0.5], [0, 0, 0]])
    signed = mc.Graph(mc.Graph(matrix, kinds="sign", weights=True), layers=["<b>", "<b>", "a"])
    assert cells_of(signed) == [
        ["nodes", "3"],
        ["edges", "3"],
        ["nodes by layer", "<b>: 2, a: 1"],
        ["edges by kind", "-: 1, +: 2"],
        ["weights", "-2 to 3"],
        ["left out", "self-loops: 1"],
    ]
    deep = mc.Graph(np.eye(15, k=1), layers=range(15))
    assert cells_of(deep)[2][1].endswith("11: 1, and 3 more")
    assert cells_of(mc.Graph(np.zeros((2, 2)), weights=True)) == [["nodes", "2"], ["edges", "0"]]


@pytest.mark.parametrize("groups", [None, list("abb")])
def test_a_comparison_is_a_table_of_how_alike_networks_are(groups):
    draw = np.random.default_rng(1)
    nets = {name: draw.random((20, 20)) < 0.25 for name in ("<x>", "y", "z")}
    found = mc.compare(nets, groups, null="edge_count", samples=0)
    header, *rows = cells_of(found)
    assert header == ["network", *([] if groups is None else ["group"]), *found.names]
    n_left = len(header) - 3
    assert [row[:n_left] for row in rows] == [
        list(each) for each in (zip(found.names, groups, strict=True) if groups else zip(found.names))
    ]
    assert [row[n_left:] for row in rows] == [[f"{value:+.2f}" for value in row] for row in found.similarity]
    caption = ET.fromstring(found._repr_html_()).find("caption").text
    assert "null model edge_count" in caption
    assert ("p = " in caption) == (groups is not None)


def test_views_of_results_are_html():
    graph = mc.Graph(np.random.default_rng(1).random((15, 15)) < 0.2, layers=[0] * 8 + [1] * 7)
    assert len(cells_of(mc.significance(graph, samples=9, seed=1))) > 1
    Page(mc.count(graph, by_block=True)._repr_html_())
