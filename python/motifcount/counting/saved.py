"""Counts to files and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import archive
from motifcount.counting.by_arc import ArcTable
from motifcount.counting.by_node import NodeTable
from motifcount.counting.counts import MotifCounts
from motifcount.counting.parts import Breakdowns, ByGroup, ByKind, ByRole
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.motifs.classes import ROLES

T = TypeVar("T")

KIND = "motifcount counts"
"""What files of counts say of themselves."""


def save(counts: MotifCounts, path: str | Path) -> None:
    """Do what :meth:`MotifCounts.save` does."""
    content = {
        "kind": KIND,
        "version": archive.VERSION,
        "motifcount": _core.build_config()["version"],
        "counts": dict(counts),
        "is_selection": counts.is_selection,
        "layer_names": None if counts.layer_names is None else list(counts.layer_names.items()),
        "by_block": _rows(counts.by_block),
        "by_kind": _rows(counts.by_kind),
        "by_group": _rows(counts.by_group),
        "groups": None if counts.by_group is None else list(next(iter(counts.by_group.values())).labels),
    }
    tables = {"by_node": counts.by_node, "by_role": counts.by_role, "by_arc": counts.by_arc}
    arrays = {name: np.column_stack(list(table.values())) for name, table in tables.items() if table is not None}
    if counts.arcs is not None:
        arrays["arcs"] = counts.arcs
    archive.write(path, content, arrays)


def load(path: str | Path) -> MotifCounts:
    """Do what :meth:`MotifCounts.load` does."""
    told, arrays = archive.read(path, KIND)
    try:
        counts, names = told["counts"], told["layer_names"]
        is_whole = not told.get("is_selection", False)  # files of version 1 do not say
        by_block, by_kind, groups = told["by_block"], told["by_kind"], tuple(told.get("groups") or ())
        by_node, by_role, by_arc = arrays.get("by_node"), arrays.get("by_role"), arrays.get("by_arc")
        breakdowns = Breakdowns(
            by_block=_by_class(by_block, lambda _, rows: _values(rows), Frozen({}) if is_whole else None),
            layer_names=None if names is None else Frozen(dict(names)),
            by_kind=_by_class(by_kind, lambda name, rows: ByKind(name, _values(rows))),
            by_group=_by_class(told.get("by_group"), lambda name, rows: ByGroup(name, groups, _values(rows))),
            by_node=None if by_node is None else _by_node(counts, by_node, is_whole),
            by_role=None if by_role is None else _by_role(counts, by_role, is_whole),
            by_arc=None if by_arc is None else ByClass(_columns(counts, by_arc)),
            arcs=_arcs(arrays.get("arcs"), by_arc),
        )
        return MotifCounts(counts, 0 if is_whole else None, breakdowns)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{path} is damaged: {error!r}") from error


def _by_class(
    rows: Mapping[str, list[Any]] | None, read: Callable[[str, list[Any]], T], impossible: T | None = None
) -> ByClass[T] | None:
    return None if rows is None else ByClass({name: read(name, each) for name, each in rows.items()}, impossible)


def _columns(names: Iterable[str], table: NodeTable) -> dict[str, NodeTable]:
    return dict(zip(names, table.T.copy(), strict=True))


def _by_node(names: Iterable[str], table: NodeTable, is_whole: bool) -> ByClass[NodeTable]:
    return ByClass(_columns(names, table), _none(table) if is_whole else None)


def _by_role(names: Iterable[str], table: NodeTable, is_whole: bool) -> ByRole:
    """Return counts by role, given their columns for all classes."""
    ends = np.cumsum([len(ROLES[name]) for name in names])
    if table.ndim != 2 or table.shape[1] != ends[-1]:
        raise ValueError(f"by_role has the shape {table.shape}")
    columns = np.split(table, ends[:-1], axis=1)
    return ByRole(dict(zip(names, columns, strict=True)), _none(table) if is_whole else None)


def _arcs(arcs: npt.NDArray[np.int64] | None, by_arc: ArcTable | None) -> npt.NDArray[np.int64] | None:
    """Return sources and targets, which belong to the counts by arc."""
    n_arcs = None if by_arc is None else (len(by_arc), 2)
    if (None if arcs is None else arcs.shape) != n_arcs:
        raise ValueError("arcs and by_arc do not fit each other")
    return arcs


def _none(table: NodeTable) -> NodeTable:
    """Return by node the 0 of a class that the graph cannot hold."""
    return np.broadcast_to(np.int64(0), (len(table),))


def _rows(table: Mapping[str, Mapping[tuple[Any, ...], int]] | None) -> dict[str, list[Any]] | None:
    """Return counts by tuples of layers or kinds as lists, which JSON has."""
    if table is None:
        return None
    return {name: [[list(key), n] for key, n in counts.items()] for name, counts in table.items()}


def _values(rows: list[Any]) -> Frozen[tuple[Any, ...], int]:
    return Frozen({tuple(key): n for key, n in rows})
