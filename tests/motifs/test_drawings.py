"""Drawings show exactly the arcs of their class, its symmetry, and each node and arrow apart from the others."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import permutations
from math import dist, isclose

import networkx as nx
import numpy as np
import pytest

from motifcount import plots
from motifcount.motifs import drawings
from motifcount.motifs.families import FAMILIES, LAYERED_TETRADS, TETRADS, TRIADS, find
from support import oracles

NAMES = list(dict.fromkeys(name for family in FAMILIES for name in family.names))
SVG = "{http://www.w3.org/2000/svg}"


def drawn(name):
    """Read nodes and arcs back from the picture: an arrow points at its target and away from its source."""
    picture = ET.fromstring(drawings.svg(name))
    nodes = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in picture.iter(f"{SVG}circle")]
    outlines = re.findall(r"M([^MZ]+)Z", picture.find(f"{SVG}path").get("d"))
    arcs = []
    for outline in outlines:
        corners = [tuple(map(float, corner.split(","))) for corner in outline.split()]
        tip, tail = corners[3], np.mean([corners[0], corners[-1]], axis=0)
        target = min(range(len(nodes)), key=lambda k: dist(nodes[k], tip))
        back = (tail - tip) / dist(tail, tip)
        others = [k for k in range(len(nodes)) if k != target]
        source = max(others, key=lambda k: back @ (np.subtract(nodes[k], tip) / dist(nodes[k], tip)))
        assert back @ (np.subtract(nodes[source], tip) / dist(nodes[source], tip)) > 0.999
        assert dist(nodes[target], tip) < 1.5 * drawings.RADIUS
        arcs.append((source, target))
    return nodes, arcs


def as_networkx(size, arcs):
    graph = nx.DiGraph(list(arcs))
    graph.add_nodes_from(range(size))
    return graph


@pytest.mark.parametrize("name", NAMES)
def test_every_class_is_drawn_with_exactly_its_arcs(name):
    family, _ = find(name)
    nodes, arcs = drawn(name)
    assert len(nodes) == family.size
    assert len(arcs) == len(set(arcs))
    assert set(arcs) == family.arcs[name]
    if name in oracles.ARCS[family.size]:
        expected = oracles.ARCS[family.size][name]
        assert nx.is_isomorphic(as_networkx(family.size, arcs), as_networkx(family.size, expected))


def distance_to_segment(point, start, end):
    along = np.subtract(end, start)
    at = np.clip(np.subtract(point, start) @ along / (along @ along), 0, 1)
    return dist(point, start + at * along)


@pytest.mark.parametrize("name", NAMES)
def test_drawings_fill_the_same_square_and_nothing_touches(name):
    nodes, arcs = drawn(name)
    assert all(abs(value) + drawings.RADIUS < 1.001 for node in nodes for value in node)
    assert all(dist(u, v) > 3 * drawings.RADIUS for k, u in enumerate(nodes) for v in nodes[:k])
    for u, v in arcs:
        for other in set(range(len(nodes))) - {u, v}:
            assert distance_to_segment(nodes[other], nodes[u], nodes[v]) > 2 * drawings.RADIUS
    assert np.abs(plots.motif_marker(name).vertices).max() == 1


@pytest.mark.parametrize("name", TRIADS.names)
def test_letters_of_triads_can_be_seen(name):
    nodes, arcs = drawn(name)
    climbs = {np.sign(nodes[u][1] - nodes[v][1]) for u, v in arcs if (v, u) not in arcs}  # y of an SVG points down
    expected = {"D": {-1}, "U": {1}}.get(name[3:])
    assert expected in (None, climbs)


@pytest.mark.parametrize("name", LAYERED_TETRADS.names)
def test_layered_tetrads_flow_from_left_to_right(name):
    nodes, arcs = drawn(name)
    assert all(nodes[u][0] < nodes[v][0] for u, v in arcs)
    assert len({round(nodes[v][0] - nodes[u][0], 1) for u, v in arcs}) == 1


def shown(points, arcs):
    """How many ways to exchange the nodes keep all arcs and all distances."""
    nodes = range(len(points))
    return sum(
        {(order[u], order[v]) for u, v in arcs} == arcs
        and all(
            isclose(dist(points[u], points[v]), dist(points[order[u]], points[order[v]])) for u in nodes for v in nodes
        )
        for order in permutations(nodes)
    )


SQUARE = ((0, 0), (0, 1), (1, 1), (1, 0))
STAR = ((0, 0), (1, 0), (-0.5, 3**0.5 / 2), (-0.5, -(3**0.5) / 2))  # a triangle and its centre


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LAYERED_TETRADS.arcs])
def test_all_symmetry_shows_that_a_drawing_can_show(name):
    """Isometries of a plane exchange four nodes as those of a square do, or as those that keep a triangle's centre."""
    family, name = find(name)
    points, arcs = drawings.nodes(name), family.arcs[name]
    figures = {2: [SQUARE[:2]], 3: [STAR[1:]], 4: [SQUARE, STAR]}[family.size]
    assert shown(points, arcs) == max(shown(order, arcs) for figure in figures for order in permutations(figure))


def test_skeletons_have_their_classes():
    found = Counter(drawings.skeleton(name) for name in TETRADS.names)
    assert found == {"claw": 10, "path": 15, "paw": 45, "4-cycle": 15, "diamond": 72, "K4": 42}
    assert [drawings.skeleton(name) for name in ("out_star", "zigzag", "330", "204")] == [
        "claw",
        "path",
        "paw",
        "4-cycle",
    ]
    with pytest.raises(ValueError, match="name must be a class of four nodes, not '030T'"):
        drawings.skeleton("030T")


def test_aliases_have_the_drawing_of_their_class():
    assert drawn("feed_forward_loop") == drawn("030T")
    assert drawn("204") == drawn("bifan")
    with pytest.raises(
        ValueError,
        match=r"name must be a motif class such as 030T, bifan or 4740, not 'bifam' \(did you mean 'bifan'\?\)",
    ):
        drawings.svg("bifam")
