"""Counts by the kinds of the arcs of a motif."""

from __future__ import annotations

from collections.abc import Iterator

from motifcount import _core
from motifcount.counting.parts import ByKind
from motifcount.graph import Graph, access
from motifcount.inputs.kinds import ArcKinds
from motifcount.motifs.classes import Counted, classes_of
from motifcount.motifs.families import DYADS, TRIADS
from motifcount.motifs.kinds import KindedClass, Kinds, in_order


def columns_in_core(graph: Graph, counted: Counted) -> slice | list[int]:
    """Return by class its place in the core's tables of samples."""
    if not counted.by_kind:
        return slice(None)
    columns: list[int] = []
    for family in counted.families:
        columns += [len(columns) + k for k, _ in in_order(family, _kinds(graph).labels)]
    return columns


def counts_by_kind(graph: Graph, families: tuple[str, ...], induced: bool, threads: int) -> dict[str, ByKind]:
    """Return by class the counts by the kinds of its arcs.

    Raises
    ------
    ValueError
        If the edges of the graph have no kinds.
    NotImplementedError
        If families of four nodes are among those asked for.
    """
    found: dict[str, dict[Kinds, int]] = {name: {} for name in classes_of(families)}
    for kinded, n in _counted(graph, families, induced, threads):
        found[kinded.plain][kinded.kinds] = n
    return {name: ByKind(name, counts) for name, counts in found.items()}


def count_kinded(graph: Graph, families: tuple[str, ...], threads: int) -> dict[str, int]:
    """Return the induced counts of plain families by the names of their kinded classes, such as ``030T ++-``."""
    return {kinded.name: n for kinded, n in _counted(graph, families, True, threads)}


def _counted(graph: Graph, families: tuple[str, ...], induced: bool, threads: int) -> Iterator[tuple[KindedClass, int]]:
    _refuse_tetrads(families)
    kinds = _kinds(graph)
    tables = _core.count_by_kind(access.in_core(graph), families, induced, threads)
    for family, table in zip(families, tables, strict=True):
        numbers = table.tolist()
        yield from ((kinded, numbers[k]) for k, kinded in in_order(family, kinds.labels))


def _kinds(graph: Graph) -> ArcKinds:
    kinds = access.kinds(graph)
    if kinds is None:
        raise ValueError('by_kind needs edges with kinds; give the graph some (kinds="sign", say)')
    return kinds


def _refuse_tetrads(families: tuple[str, ...]) -> None:
    if not {*families} <= {DYADS.name, TRIADS.name}:
        raise NotImplementedError("by_kind counts dyads and triads; leave out size 4, or by_kind")
