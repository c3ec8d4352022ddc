"""The motif classes: their names and their arcs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from motifcount.motifs.families import DYADS, LAYERED_TETRADS, TRIADS, Arcs

_FAMILIES = {2: DYADS, 3: TRIADS, 4: LAYERED_TETRADS}

CLASSES: Mapping[int, tuple[str, ...]] = MappingProxyType({size: family.names for size, family in _FAMILIES.items()})
"""Names of the motif classes by size, in the order of every result."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {alias: name for family in _FAMILIES.values() for alias, name in family.aliases.items()}
)
"""Other names that every result accepts."""

ARCS: Mapping[str, Arcs] = MappingProxyType(
    {name: arcs for family in _FAMILIES.values() for name, arcs in family.arcs.items()}
)
"""The arcs (source, target) of one motif of each class, its nodes being 0 to size - 1."""


def families_of(sizes: tuple[int, ...]) -> list[str]:
    """Return the names of the families of some sizes, in order."""
    return [_FAMILIES[size].name for size in sizes]


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
