"""Small drawings of the motif classes: where nodes and arrows lie, and the same as SVG. Needs no plotting library.

Triads stand on a triangle such that D, U and C in their names can be seen: the asymmetric arcs lead *down* from the top
node, *up* to it, or through it as part of a chain or *cycle*; a lone mutual dyad is the base. Layered tetrads flow from
left to right, a column for each layer. Another tetrad lies on the figure of its skeleton (which pairs are linked) such
that all of the motif's symmetry shows that can, and most arcs lead to the right or down.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations

from motifcount.motifs.classes import levels_of
from motifcount.motifs.families import LAYERED_TETRADS, Arcs, find, plain_of

Point = tuple[float, float]

RADIUS = 0.16
"""Radius of a node; a drawing fills the square from -1 to 1, its y axis pointing up."""

_SHAFT = 0.05  # half the width
_HEAD_LENGTH, _HEAD_WIDTH = 0.3, 0.15  # the latter half the width
_GAP = 0.03  # between a node and the arrows that touch it
_REACH = 1 - RADIUS

_HALF_HEIGHT = _REACH * math.sqrt(3) / 2  # of a triangle with equal sides
_LEFT, _TOP, _RIGHT = (-_REACH, -_HALF_HEIGHT), (0.0, _HALF_HEIGHT), (_REACH, -_HALF_HEIGHT)
_SQUARE = tuple((x * _REACH, y * _REACH) for x, y in ((-1, 1), (1, 1), (1, -1), (-1, -1)))
_ZIGZAG = tuple((x * _REACH, 0.6 * y * _REACH) for x, y in ((-1, -1), (-1 / 3, 1), (1 / 3, -1), (1, 1)))
_KITE = ((-_REACH, 0.7), (-_REACH, -0.7), (-0.14, 0.0), (_REACH, 0.0))
_STAR = (  # the corners of a triangle with equal sides, and its centre
    *((x * _REACH, -_REACH / math.sqrt(3) - 0.13) for x in (-1, 1)),
    *((0.0, 2 * _REACH / math.sqrt(3) - 0.13), (0.0, -0.13)),
)
# Of each skeleton the pairs of points that are linked, and the points, of which the first are taken where several do.
_FIGURES: dict[str, tuple[set[tuple[int, int]], list[tuple[Point, ...]]]] = {
    "path": ({(0, 1), (1, 2), (2, 3)}, [_ZIGZAG]),
    "claw": ({(0, 3), (1, 3), (2, 3)}, [_STAR]),
    "paw": ({(0, 1), (0, 2), (1, 2), (2, 3)}, [_KITE]),
    "4-cycle": ({(0, 1), (1, 2), (2, 3), (0, 3)}, [_SQUARE]),
    "diamond": ({(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)}, [_SQUARE]),
    "K4": ({*combinations(range(4), 2)}, [_SQUARE, _STAR]),
}


def nodes(name: str) -> tuple[Point, ...]:
    """Return the centre (x, y) of each node of a class, in the order of :data:`motifcount.ARCS`.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    return _nodes(find(plain_of(name))[1])


@cache
def _nodes(name: str) -> tuple[Point, ...]:
    family, name = find(name)
    arcs = family.arcs[name]
    if family.size == 2:
        return (-_REACH, 0.0), (_REACH, 0.0)
    if family.size == 3:
        return _on_triangle(arcs)
    if name in LAYERED_TETRADS.arcs:
        return _by_level(levels_of(arcs))
    return _on_figure(arcs)


def _ahead(arcs: Arcs, points: Sequence[Point]) -> float:
    """How many more arcs lead to the right than to the left, and down than up, which weighs half."""
    right = sum((points[v][0] > points[u][0]) - (points[v][0] < points[u][0]) for u, v in arcs)
    return right + sum((points[v][1] < points[u][1]) - (points[v][1] > points[u][1]) for u, v in arcs) / 2


def _on_triangle(arcs: Arcs) -> tuple[Point, ...]:
    """The sides have the same link if any two pairs have, else the base is mutual."""

    def key(points: tuple[Point, ...]) -> tuple[bool, int, int, float]:
        left, top, right = (points.index(corner) for corner in (_LEFT, _TOP, _RIGHT))
        on_left, on_right, on_base = (
            len({pair, pair[::-1]} & arcs) for pair in ((left, top), (top, right), (left, right))
        )
        return on_left != on_right, -on_base, on_right, -_ahead(arcs, points)

    return min(permutations((_TOP, _LEFT, _RIGHT)), key=key)


def skeleton(name: str) -> str:
    """Return which pairs of a tetrad's nodes are linked: path, claw, paw, 4-cycle, diamond or K4.

    Raises
    ------
    TypeError, ValueError
        If there is no such tetrad.
    """
    family, name = find(name)
    if family.size != 4:
        raise ValueError(f"name must be a class of four nodes, not {name!r}")
    return next(_fitting(family.arcs[name]))[0]


def _fitting(arcs: Arcs) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The skeleton, and by node a point of its figure, in all ways that it fits."""
    for figure, (links, _) in _FIGURES.items():
        for order in permutations(range(4)):
            if {(min(order[u], order[v]), max(order[u], order[v])) for u, v in arcs} == links:
                yield figure, order


def _on_figure(arcs: Arcs) -> tuple[Point, ...]:
    """On a figure of the skeleton, in the order that shows the most automorphisms as symmetries."""
    same = [order for order in permutations(range(4)) if {(order[u], order[v]) for u, v in arcs} == arcs]

    def key(choice: tuple[int, tuple[Point, ...]]) -> tuple[int, int, float]:
        number, points = choice
        shown = sum(all(_alike(points, pair, other) for pair in combinations(range(4), 2)) for other in same)
        return -shown, number, -_ahead(arcs, points)

    choices = (
        (number, tuple(points[at] for at in order))
        for figure, order in _fitting(arcs)
        for number, points in enumerate(_FIGURES[figure][1])
    )
    return min(choices, key=key)[1]


def _alike(points: Sequence[Point], pair: tuple[int, int], order: tuple[int, ...]) -> bool:
    (u, v), (x, y) = pair, (order[pair[0]], order[pair[1]])
    return math.isclose(math.dist(points[u], points[v]), math.dist(points[x], points[y]))


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
    family, name = find(plain_of(name))
    arcs = family.arcs[name]
    return {(u, v): _arrow(centres[u], centres[v], (v, u) in arcs) for u, v in sorted(arcs)}


def _arrow(tail: Point, head: Point, mutual: bool) -> tuple[Point, ...]:
    (x, y), (dx, dy) = tail, (head[0] - tail[0], head[1] - tail[1])
    length = math.hypot(dx, dy)
    tip = length - RADIUS - _GAP
    start = length / 2 if mutual else RADIUS + _GAP  # the two arrows of a mutual dyad share a shaft
    neck = tip - min(_HEAD_LENGTH, 0.7 * (tip - start))
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
