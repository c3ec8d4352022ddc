"""What the counts of one class are divided into: by block of layers, kinds of arcs, groups, node, role, arc."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.motifs.classes import ROLES, orders_of_nodes
from motifcount.motifs.kinds import Kinds, equivalents

ByBlock = Mapping[tuple[int, ...], int]


class ByKind(Frozen[Kinds, int]):
    """Counts of a class by the kinds of its arcs, in the order of its arrows; zeros too.

    Where a motif may be read in several orders, one of them is listed, and any of them is looked up.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str, values: Mapping[Kinds, int]) -> None:
        super().__init__(values)
        self._name = name

    def __getitem__(self, kinds: Kinds) -> int:
        given = tuple(kinds)
        if given not in self._values and len(given) == len(equivalents(self._name)[0]):
            ways = (tuple(given[k] for k in order) for order in equivalents(self._name))
            given = next((way for way in ways if way in self._values), given)
        return self._values[given]


class ByGroup(Frozen[tuple[Hashable, ...], int]):
    """Counts of a class by the groups of its nodes, in the order of those of ARCS; without zeros.

    Where nodes have one role, one of their orders is listed, and any of them is looked up; what does not occur reads
    as 0.
    """

    __slots__ = ("_labels", "_name")

    def __init__(self, name: str, labels: tuple[Hashable, ...], values: Mapping[tuple[Hashable, ...], int]) -> None:
        super().__init__(values)
        self._name, self._labels = name, labels

    @property
    def labels(self) -> tuple[Hashable, ...]:
        """The groups."""
        return self._labels

    def __getitem__(self, groups: tuple[Hashable, ...]) -> int:
        given = tuple(groups)
        ways = [tuple(given[k] for k in order) for order in orders_of_nodes(self._name) if len(given) == len(order)]
        found = next((way for way in ways if way in self._values), None)
        if found is None and ways and {*given} <= {*self._labels}:
            return 0
        return self._values[given if found is None else found]


NodeCounts = npt.NDArray[np.int64]
ArcCounts = npt.NDArray[np.int64]


class ByRole(ByClass[NodeCounts]):
    """By class, counts by node and role, int64 of shape (n_nodes, roles)."""

    __slots__ = ()

    def _value_of_impossible(self, name: str) -> NodeCounts:
        none = super()._value_of_impossible(name)
        return np.broadcast_to(none[:, None], (len(none), len(ROLES[name])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdowns:
    """What counts are broken down by; see :class:`~motifcount.MotifCounts`."""

    by_block: ByClass[ByBlock] | None = None
    layer_names: Mapping[int, str] | None = None
    by_kind: ByClass[ByKind] | None = None
    by_group: ByClass[ByGroup] | None = None
    by_node: ByClass[NodeCounts] | None = None
    by_role: ByRole | None = None
    by_arc: ByClass[ArcCounts] | None = None
    arcs: npt.NDArray[np.int64] | None = None

    def select(self, names: Sequence[str]) -> Breakdowns:
        """Return those of some classes."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        chosen: dict[str, Any] = {
            key: value.select(names) for key, value in values.items() if isinstance(value, ByClass)
        }
        return replace(self, **chosen)
