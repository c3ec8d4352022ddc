"""Families of motif classes: dyads, triads, the tetrads of strictly layered graphs, and all connected tetrads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments

Arcs = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Motif classes that are counted together; mappings are by class name, in the order of every result."""

    name: str
    size: int
    """Nodes of a motif."""
    arcs: Mapping[str, Arcs]
    """The arcs (source, target) of one motif, its nodes being 0 to size - 1."""
    aliases: Mapping[str, str]
    """Other names of classes."""
    roles: Mapping[str, tuple[int, ...]]
    """By node the first node of its role: nodes that an automorphism exchanges have one role."""
    labelled: Mapping[str, int]
    """Different ways to lay the class on given nodes: size! / automorphisms."""
    reversed: Mapping[str, str]
    """The class of the motif with all its arcs turned round."""
    complement: Mapping[str, str]
    """The class of the motif with just the other arcs, where the family has it."""
    contained: bytes
    """See :meth:`containment`."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.arcs)

    def containment(self) -> npt.NDArray[np.uint8]:
        """Return by two classes [k, j] the arc subsets of one motif of class j that form class k.

        Subgraph counts are this matrix times induced counts.
        """
        return np.frombuffer(self.contained, np.uint8).reshape(len(self.arcs), -1)


DYADS, TRIADS, LAYERED_TETRADS, TETRADS = (Family(**data) for data in _core.FAMILIES)
FAMILIES = (DYADS, TRIADS, LAYERED_TETRADS, TETRADS)


def find(name: str) -> tuple[Family, str]:
    """Return the first family that has a class of this name or alias, and the name of the class.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    choices = dict.fromkeys(known for family in FAMILIES for known in (*family.arcs, *family.aliases))
    arguments.choice("name", name, tuple(choices), "a motif class such as 030T, bifan or 4740")
    family = next(family for family in FAMILIES if name in family.arcs or name in family.aliases)
    return family, family.aliases.get(name, name)


def plain_of(name: Any) -> Any:
    """Return the class that a class by kinds, such as ``030T ++-``, is one of; anything else as it is."""
    return name.partition(" ")[0] if isinstance(name, str) else name
