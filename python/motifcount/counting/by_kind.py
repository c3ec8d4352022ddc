"""Counts by the kinds of the arcs of a motif."""

from __future__ import annotations

from collections.abc import Iterator

from motifcount import _core
from motifcount._support.progress import Report
from motifcount.counting.parts import ByKind
from motifcount.graph import Graph, access
from motifcount.inputs.kinds import ArcKinds
from motifcount.motifs.classes import Counted, classes_of
from motifcount.motifs.families import LAYERED_TETRADS, TETRADS
from motifcount.motifs.kinds import KindedClass, Kinds, in_order, kinded, kinded_tetrads


def columns_in_core(graph: Graph, counted: Counted) -> slice | list[int]:
    """Return by class its place in the core's tables of samples."""
    if not counted.by_kind:
        return slice(None)
    columns: list[int] = []
    for family in counted.families:
        columns += [len(columns) + k for k, _ in in_order(family, _kinds(graph).labels)]
    return columns


def counts_by_kind(
    graph: Graph, families: tuple[str, ...], induced: bool, threads: int, report: Report = None
) -> dict[str, ByKind]:
    """Return by class the counts by the kinds of its arcs.

    Raises
    ------
    ValueError
        If the edges of the graph have no kinds.
    NotImplementedError
        If tetrads of any graph are among those asked for.
    """
    found: dict[str, dict[Kinds, int]] = {name: {} for name in classes_of(families)}
    for one, n in _counted(graph, families, induced, threads, report):
        found[one.plain][one.kinds] = n
    return {name: ByKind(name, counts) for name, counts in found.items()}


def count_kinded(graph: Graph, families: tuple[str, ...], threads: int) -> dict[str, int]:
    """Return the induced counts of plain families by the names of their kinded classes, such as ``030T ++-``."""
    return {one.name: n for one, n in _counted(graph, families, True, threads, None)}


def _counted(
    graph: Graph, families: tuple[str, ...], induced: bool, threads: int, report: Report
) -> Iterator[tuple[KindedClass, int]]:
    _refuse_tetrads(families)
    kinds = _kinds(graph)
    small = tuple(family for family in families if family != LAYERED_TETRADS.name)
    tables = _core.count_by_kind(access.in_core(graph), small, induced, threads, report) if small else ()
    for family, table in zip(small, tables, strict=True):
        numbers = table.tolist()
        yield from ((one, numbers[k]) for k, one in in_order(family, kinds.labels))
    if small != families:
        tables = _core.count_tetrads_by_kind(access.in_core(graph), induced, threads, report)
        for name, table in zip(LAYERED_TETRADS.names, tables, strict=True):
            numbers = table.tolist()
            for found, places in kinded_tetrads(name, kinds.labels).items():
                yield kinded(name, found), sum(numbers[k] for k in places)


def _kinds(graph: Graph) -> ArcKinds:
    kinds = access.kinds(graph)
    if kinds is None:
        raise ValueError('by_kind needs edges with kinds; give the graph some (kinds="sign", say)')
    return kinds


def _refuse_tetrads(families: tuple[str, ...]) -> None:
    if TETRADS.name in families:
        raise NotImplementedError(
            "by_kind counts dyads and triads, and tetrads where every edge leads from one layer to the next; leave out "
            "size 4, or by_kind"
        )
