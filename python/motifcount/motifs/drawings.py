"""Small drawings of the motif classes: where nodes and arrows lie, and the same as SVG. Needs no plotting library.

Triads stand on a triangle such that D, U and C in their names can be seen: the asymmetric arcs lead *down* from the top
node, *up* to it, or through it as part of a chain or *cycle*; a lone mutual dyad is the base. Tetrads flow from left to
right, a column for each layer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from motifcount.motifs.classes import ALIASES, ARCS, levels_of, size_of

Point = tuple[float, float]

RADIUS = 0.16
"""Radius of a node; a drawing fills the square from -1 to 1, its y axis pointing up."""

_SHAFT = 0.05  # half the width
_HEAD_LENGTH, _HEAD_WIDTH = 0.3, 0.15  # the latter half the width
_GAP = 0.03  # between a node and the arrows that touch it
_REACH = 1 - RADIUS

_LEFT, _TOP, _RIGHT = (-_REACH, -0.7 * _REACH), (0.0, 0.9 * _REACH), (_REACH, -0.7 * _REACH)
_TRIADS: Mapping[str, str] = {  # the nodes at the left, at the top and at the right
    "003": "bac",
    "012": "acb",
    "102": "acb",
    "021D": "bac",
    "021U": "bac",
    "021C": "bac",
    "111D": "acb",
    "111U": "acb",
    "030T": "abc",
    "030C": "abc",
    "201": "bac",
    "120D": "abc",
    "120U": "acb",
    "120C": "bca",
    "210": "bac",
    "300": "bac",
}


def nodes(name: str) -> tuple[Point, ...]:
    """Return the centre (x, y) of each node of a class, in the order of :data:`motifcount.ARCS`.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    size = size_of(name)
    name = ALIASES.get(name, name)
    if size == 2:
        return (-_REACH, 0.0), (_REACH, 0.0)
    if size == 3:
        return tuple((_LEFT, _TOP, _RIGHT)[_TRIADS[name].index(node)] for node in "abc")
    return _by_level(levels_of(ARCS[name]))


def _by_level(levels: tuple[int, ...]) -> tuple[Point, ...]:
    points = []
    for node, level in enumerate(levels):
        among, number = levels.count(level), levels[:node].count(level)
        # Where four nodes stand in a row, every other one steps aside to leave room for arrows.
        alone = 0.6 * (-1) ** (level + 1) if max(levels) == 3 else 0.0
        y = 1 - 2 * number / (among - 1) if among > 1 else alone
        points.append(((2 * level / max(levels) - 1) * _REACH, y * _REACH))
    return tuple(points)


def arrows(name: str) -> dict[tuple[int, int], tuple[Point, ...]]:
    """Return by arc (source, target) the seven corners of its arrow, counterclockwise; the fourth is the tip."""
    centres = nodes(name)
    arcs = ARCS[ALIASES.get(name, name)]
    return {(u, v): _arrow(centres[u], centres[v], (v, u) in arcs) for u, v in sorted(arcs)}


def _arrow(tail: Point, head: Point, mutual: bool) -> tuple[Point, ...]:
    (x, y), (dx, dy) = tail, (head[0] - tail[0], head[1] - tail[1])
    length = math.hypot(dx, dy)
    tip = length - RADIUS - _GAP
    start = length / 2 if mutual else RADIUS + _GAP  # the two arrows of a mutual dyad share a shaft
    neck = tip - _HEAD_LENGTH
    along_and_aside = (
        *((start, -_SHAFT), (neck, -_SHAFT), (neck, -_HEAD_WIDTH), (tip, 0)),
        *((neck, _HEAD_WIDTH), (neck, _SHAFT), (start, _SHAFT)),
    )
    return tuple((x + (a * dx - b * dy) / length, y + (a * dy + b * dx) / length) for a, b in along_and_aside)


def svg(name: str, height: str = "1.8em") -> str:
    """Return a class as an ``<svg>`` element in the colour of the text around it, `height` being a CSS length.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    dots = "".join(f'<circle cx="{x:.2f}" cy="{-y:.2f}" r="{RADIUS}"/>' for x, y in nodes(name))
    # One path for all arrows, else a seam would show where the two of a mutual dyad meet.
    outlines = (" ".join(f"{x:.2f},{-y:.2f}" for x, y in corners) for corners in arrows(name).values())
    shapes = "".join(f"M{outline}Z" for outline in outlines)
    style = f"height:{height};width:{height};vertical-align:middle"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 2 2" fill="currentColor" style="{style}" '
        f'role="img" aria-label="{name}">{dots}<path d="{shapes}"/></svg>'
    )
