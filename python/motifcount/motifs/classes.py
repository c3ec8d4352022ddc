"""The motif classes: their names and their arcs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import permutations
from types import MappingProxyType
from typing import Any, NamedTuple

from motifcount._support import arguments
from motifcount.motifs import families
from motifcount.motifs.families import Arcs

_OF_SIZE = {2: families.DYADS, 3: families.TRIADS, 4: families.TETRADS}
_BY_NAME = {family.name: family for family in families.FAMILIES}

CLASSES: Mapping[int, tuple[str, ...]] = MappingProxyType({size: family.names for size, family in _OF_SIZE.items()})
"""Names of the motif classes by size, in the order of every result; of size 4 the connected ones."""

LAYERED_TETRADS: tuple[str, ...] = families.LAYERED_TETRADS.names
"""The classes of size 4 that a strictly layered graph can hold, in the order of its results."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {alias: name for family in _OF_SIZE.values() for alias, name in family.aliases.items()}
)
"""Other names that every result accepts."""

_IN_TABLES = {"null": "null_dyad"}


def in_tables(name: str) -> str:
    """Return the name of a class, or an alias of it, as one that no reader of tables takes for an empty cell."""
    return _IN_TABLES.get(name, name)


ARCS: Mapping[str, Arcs] = MappingProxyType(
    {name: arcs for family in _OF_SIZE.values() for name, arcs in family.arcs.items()}
)
"""The arcs (source, target) of one motif of each class, its nodes being 0 to size - 1."""

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple("abcd"[node] for node, first in enumerate(roles) if node == first)
        for family in _OF_SIZE.values()
        for name, roles in family.roles.items()
    }
)
"""The roles in each class, by the letter of the first node that has it: a is node 0 of ARCS, b node 1 and so on."""


@cache
def orders_of_nodes(name: str) -> tuple[tuple[int, ...], ...]:
    """Return the orders of a motif's nodes in which its arcs are the same."""
    family, name = families.find(name)
    arcs = family.arcs[name]
    orders = permutations(range(family.size))
    return tuple(order for order in orders if {(order[u], order[v]) for u, v in arcs} == arcs)


class Counted(NamedTuple):
    """What is counted: the classes of some families or, `by_kind`, what the kinds of arcs make of them."""

    families: tuple[str, ...]
    by_kind: bool = False


def families_of(sizes: tuple[int, ...], *, layered: bool) -> tuple[str, ...]:
    """Return the names of the families of some sizes; `layered` for those that a strictly layered graph can hold."""
    return tuple(families.LAYERED_TETRADS.name if layered and size == 4 else _OF_SIZE[size].name for size in sizes)


def chosen_class(argument: str, name: Any, known: Iterable[str], kind: str | None = None) -> str:
    """Return one of some classes, given by its name or an alias.

    Raises
    ------
    TypeError, ValueError
        If it is none of them.
    """
    known = tuple(known)
    word = ALIASES.get(name, name) if isinstance(name, str) else name
    return arguments.choice(argument, word if word in known else name, known, kind)


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


def family_named(name: str) -> families.Family:
    """Return the family of this name."""
    return _BY_NAME[name]


@cache
def classes_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the class names of some families, in order."""
    return tuple(name for family in names for name in _BY_NAME[family].names)


def chosen_classes(names: Any, known: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return `names`, each a class among some or its other name, as :func:`chosen_class` does.

    Raises
    ------
    TypeError, ValueError
        If it is no sequence, or one is none of them.
    """
    given, among = arguments.sequence("names", names, "names of classes"), tuple(known)
    return tuple(chosen_class(f"names[{k}]", name, among, kind) for k, name in enumerate(given))
