"""What counting returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.counting.parts import ArcCounts, Breakdowns, ByBlock, ByGroup, ByKind, ByRole, NodeCounts
from motifcount.motifs.by_class import ByClass, ranked
from motifcount.motifs.classes import ROLES
from motifcount.motifs.kinds import kinded, kinds_text

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
_NONE = Breakdowns()


class MotifCounts(ByClass[int]):
    """Exact counts by motif class.

    Of size 4 a strictly layered graph has the ten classes that it can hold (the others read as 0), another
    graph all 199.

    Raises
    ------
    KeyError
        ``counts[name]``, if there is no such class among the sizes that were counted.
    """

    __slots__ = ("_breakdowns",)

    def __init__(self, values: Mapping[str, int], impossible: int | None = 0, breakdowns: Breakdowns = _NONE) -> None:
        super().__init__(values, impossible)
        self._breakdowns = breakdowns

    @property
    def is_selection(self) -> bool:
        """Whether :meth:`select` has left classes out."""
        return self._impossible is None

    @property
    def by_block(self) -> ByClass[ByBlock] | None:
        """By class, {sorted layers of a motif's nodes: count} without zeros; None unless asked for."""
        return self._breakdowns.by_block

    @property
    def layer_names(self) -> Mapping[int, str] | None:
        """With `by_block`, what the source calls the layers, by layer; None if it has no names."""
        return self._breakdowns.layer_names

    @property
    def by_kind(self) -> ByClass[ByKind] | None:
        """By class, {kinds of its arcs: count}, kinds in the order of the arrows in its text; None unless asked for."""
        return self._breakdowns.by_kind

    @property
    def by_group(self) -> ByClass[ByGroup] | None:
        """By class, {groups of its nodes, in the order of ARCS: count} without zeros; None unless asked for."""
        return self._breakdowns.by_group

    @property
    def by_node(self) -> ByClass[NodeCounts] | None:
        """By class, the number of motifs that contain each node, int64 of shape (n_nodes,); None unless asked for.

        In the order of the graph's nodes. A column adds up to size times the count.
        """
        return self._breakdowns.by_node

    @property
    def by_role(self) -> ByRole | None:
        """By class, the number of motifs in which each node has each role; None unless asked for.

        int64 of shape (n_nodes, roles), the roles as in :data:`ROLES`. Rows add up to the counts by node.
        """
        return self._breakdowns.by_role

    @property
    def by_arc(self) -> ByClass[ArcCounts] | None:
        """By class, the number of motifs that contain each arc, int64 of shape (n_edges,); None unless asked for.

        In the order of `arcs`.
        """
        return self._breakdowns.by_arc

    @property
    def arcs(self) -> npt.NDArray[np.int64] | None:
        """With `by_arc`, source and target of each arc, int64 of shape (n_edges, 2), as in ``graph.to_scipy()``."""
        return self._breakdowns.arcs

    def __sub__(self, other: MotifCounts) -> ByClass[int]:
        """Return the differences by class.

        Raises
        ------
        ValueError
            If the counts are not of the same sizes.
        """
        if not isinstance(other, MotifCounts):
            return NotImplemented
        names = dict.fromkeys((*self, *other))
        try:
            return ByClass({name: self[name] - other[name] for name in names}, 0)
        except KeyError as error:
            raise ValueError("counts to be subtracted must be of the same sizes") from error

    def select(self, names: Iterable[str]) -> MotifCounts:
        """Return the counts of some classes only, in the order given, with those by block, node and the like.

        Raises
        ------
        KeyError
            If one of the names is of no class that was counted.
        TypeError, ValueError
            If `names` are no list of names, or empty.
        """
        chosen = super().select(names)
        chosen._breakdowns = self._breakdowns.select(list(chosen))
        return chosen

    def sort(self) -> MotifCounts:
        """Return the counts with the most frequent class first; equal ones stay in their order."""
        return self.select(ranked(self, self.__getitem__))

    def save(self, path: str | Path) -> None:
        """Write the counts to a file, whole or not at all, with those by block, kind, group, node, role and arc.

        A zip archive: ``result.json`` holds the counts, ``by_node.npy`` an array of shape (nodes, classes),
        ``by_role.npy`` one of shape (nodes, roles of all classes), ``by_arc.npy`` one of shape (edges, classes), and
        ``arcs.npy`` their sources and targets.

        Raises
        ------
        OSError
            If the file cannot be written.
        TypeError, ValueError
            If `path` is no path, or a kind is of a type that JSON does not have.
        """
        from motifcount.counting import saved

        saved.save(self, path)

    @classmethod
    def load(cls, path: str | Path) -> MotifCounts:
        """Return what :meth:`save` has written.

        Raises
        ------
        OSError
            If the file cannot be read.
        TypeError, ValueError
            If `path` is no path; if it is no such file, is damaged or was written by a newer version.
        """
        from motifcount.counting import saved

        return saved.load(path)

    def rows_by_block(self) -> Iterator[tuple[str, str, int]]:
        """Yield class, layers of a motif's nodes and count, the layers by their names if they have any.

        Raises
        ------
        ValueError
            If counts by block were not asked for.
        """
        for name, blocks in _asked(self.by_block, "by_block").items():
            for layers, n in blocks.items():
                words = (str(k) if self.layer_names is None else self.layer_names[k] for k in layers)
                yield name, ", ".join(words), n

    def rows_by_group(self) -> Iterator[tuple[str, str, int]]:
        """Yield class, groups of a motif's nodes, in the order of those of ARCS, and count.

        Raises
        ------
        ValueError
            If counts by group were not asked for.
        """
        for name, counts in _asked(self.by_group, "by_group").items():
            for groups, n in counts.items():
                yield name, ", ".join(map(str, groups)), n

    def rows_by_kind(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Yield class, kinds of its arcs, what the literature calls it, parity and count.

        Kinds are in the order of the arrows in the class's text, ``+-+`` or ``act, rep``. The parity is that of classes
        with a cycle, arrows disregarded: "coherent" if the signs around every cycle multiply to +, else "incoherent",
        or "unknown" where an edge has another kind.

        Raises
        ------
        ValueError
            If counts by kind were not asked for.
        """
        for name, counts in _asked(self.by_kind, "by_kind").items():
            for kinds, n in counts.items():
                found = kinded(name, kinds)
                yield name, kinds_text(kinds), found.term, found.parity, n

    def columns_by_node(self, *, by_role: bool = False) -> dict[str, NodeCounts]:
        """Return the counts by node as columns, int64 of shape (n_nodes,), named by class, or by class and role.

        The name of a role is that of the class, a dot and a letter of :data:`ROLES`: ``030T.b``.

        Raises
        ------
        TypeError, ValueError
            If `by_role` is not True or False, or if counts by node, or by role, were not asked for.
        """
        if not arguments.flag("by_role", by_role):
            return dict(_asked(self.by_node, "by_node"))
        return {
            f"{name}.{letter}": table[:, k]
            for name, table in _asked(self.by_role, "by_role").items()
            for k, letter in enumerate(ROLES[name])
        }

    def columns_by_arc(self) -> dict[str, ArcCounts]:
        """Return the counts by arc as columns, int64 of shape (n_edges,), named by class, in the order of `arcs`.

        Raises
        ------
        ValueError
            If counts by arc were not asked for.
        """
        return dict(_asked(self.by_arc, "by_arc"))

    def to_frame(
        self,
        *,
        by_block: bool = False,
        by_kind: bool = False,
        by_group: bool = False,
        by_node: bool = False,
        by_role: bool = False,
        by_arc: bool = False,
        nodes: Any = None,
    ) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``) with the column ``count``, indexed by class name.

        With `by_block`, a row for each class and each combination of layers, which the column ``layers`` names; with
        `by_group`, of groups, in the column ``groups`` in the order of the roles. With
        `by_kind`, a row for each class and each combination of kinds: the columns ``kinds``, ``name``, ``parity`` (as
        :meth:`rows_by_kind` has them) and ``count``. With `by_node` or `by_role`, a row for each node and a column for
        each class, or each role (``030T.b``). With `by_arc`, a row for each arc, indexed by ``source`` and ``target``,
        and a column for each class. `nodes` are the names of the nodes, often ``graph.labels``, by default positions.

        Names of classes are texts, those of tetrads of digits, and ``null`` is ``"null_dyad"``, its alias, which no
        reader takes for an empty cell: written as CSV, they come back by
        ``pandas.read_csv(path, index_col="class", dtype={"class": str})``.

        Raises
        ------
        ImportError
            If pandas is not installed.
        TypeError, ValueError
            If a flag is not True or False, if more than one is True, if `nodes` are not as many as the nodes, or if
            counts of that kind were not asked for.
        """
        from motifcount.counting import frames

        flags = {
            "by_block": by_block,
            "by_kind": by_kind,
            "by_group": by_group,
            "by_node": by_node,
            "by_role": by_role,
            "by_arc": by_arc,
        }
        return frames.frame_of(self, flags, nodes)

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.counts_html(self)


def _asked(counts: T | None, option: str) -> T:
    """Return counts that were asked for by an option of :func:`~motifcount.count`."""
    if counts is None:
        raise ValueError(f"counts {option.replace('_', ' ')} were not asked for: count(graph, {option}=True)")
    return counts
