"""The motif classes: their names and their arcs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from motifcount import _core
from motifcount._support import arguments

CLASSES: Mapping[int, tuple[str, ...]] = MappingProxyType({2: _core.DYADS, 3: _core.TRIADS, 4: _core.TETRADS})
"""Names of the motif classes by size, in the order of every result."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "divergent": "021D",
        "convergent": "021U",
        "chain": "021C",
        "feed_forward_loop": "030T",
        "feedback_loop": "030C",
    }
)
"""Other names that every result accepts."""


Arcs = frozenset[tuple[int, int]]

_CODE_BITS = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))  # the arc that each bit of a triad code stands for
_TEXT = {  # the triads are those of the core
    "mutual": "ab ba",
    "asymmetric": "ab",
    "null": "",
    "out_star": "ab ac ad",
    "in_star": "ad bd cd",
    "chain4": "ab bc cd",
    "y_out": "ab bc bd",
    "y_in": "ac bc cd",
    "chain_then_in": "ab bc dc",
    "out_then_chain": "ab ac cd",
    "zigzag": "ac bc bd",
    "bifan": "ac ad bc bd",
    "biparallel": "ab ac bd cd",
}


def _arcs_of(name: str) -> Arcs:
    if name in _TEXT:
        return frozenset(("abcd".index(arc[0]), "abcd".index(arc[1])) for arc in _TEXT[name].split())
    code = _core.TRIAD_OF_CODE.index(_core.TRIADS.index(name))
    return frozenset(arc for bit, arc in enumerate(_CODE_BITS) if code >> bit & 1)


ARCS: Mapping[str, Arcs] = MappingProxyType({name: _arcs_of(name) for names in CLASSES.values() for name in names})
"""The arcs (source, target) of one motif of each class, its nodes being 0 to size - 1."""


def size_of(name: str) -> int:
    """Return the number of nodes of a class, by name or alias.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    name = arguments.choice("name", name, (*ARCS, *ALIASES), "a motif class")
    return next(size for size, names in CLASSES.items() if ALIASES.get(name, name) in names)


def levels_of(arcs: Arcs) -> tuple[int, ...]:
    """Return by node the level, the lowest being 0, for a connected class in which every arc climbs exactly one."""
    nodes = {node for arc in arcs for node in arc}
    levels = {min(nodes): 0}
    while len(levels) < len(nodes):
        for source, target in arcs:
            if source in levels:
                levels.setdefault(target, levels[source] + 1)
            elif target in levels:
                levels[source] = levels[target] - 1
    lowest = min(levels.values())
    return tuple(levels[node] - lowest for node in sorted(nodes))


def classes_of(sizes: tuple[int, ...]) -> tuple[str, ...]:
    """Return the class names of some sizes, in order."""
    return tuple(name for size in sizes for name in CLASSES[size])
