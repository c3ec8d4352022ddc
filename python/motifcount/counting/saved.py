"""Counts to files and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from motifcount import _core
from motifcount._support import archive
from motifcount.counting.counts import ByKind, MotifCounts
from motifcount.motifs.by_class import ByClass, Frozen

KIND = "motifcount counts"
"""What files of counts say of themselves."""


def save(counts: MotifCounts, path: str | Path) -> None:
    """Do what :meth:`MotifCounts.save` does."""
    content = {
        "kind": KIND,
        "version": archive.VERSION,
        "motifcount": _core.build_config()["version"],
        "counts": dict(counts),
        "layer_names": None if counts.layer_names is None else list(counts.layer_names.items()),
        "by_block": _rows(counts.by_block),
        "by_kind": _rows(counts.by_kind),
    }
    by_node = counts.by_node
    arrays = {} if by_node is None else {"by_node": np.column_stack([by_node[name] for name in by_node])}
    archive.write(path, content, arrays)


def load(path: str | Path) -> MotifCounts:
    """Do what :meth:`MotifCounts.load` does."""
    told, arrays = archive.read(path, KIND)
    try:
        counts, names = told["counts"], told["layer_names"]
        by_block, by_kind = told["by_block"], told["by_kind"]
        by_node = arrays.get("by_node")
        columns = None if by_node is None else dict(zip(counts, by_node.T.copy(), strict=True))
        return MotifCounts(
            counts,
            by_block=None if by_block is None else ByClass({name: _values(rows) for name, rows in by_block.items()}),
            by_node=None if columns is None else ByClass(columns),
            layer_names=None if names is None else Frozen(dict(names)),
            by_kind=None
            if by_kind is None
            else ByClass({name: ByKind(name, _values(rows)) for name, rows in by_kind.items()}),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{path} is damaged: {error!r}") from error


def _rows(table: Mapping[str, Mapping[tuple[Any, ...], int]] | None) -> dict[str, list[Any]] | None:
    """Return counts by tuples of layers or kinds as lists, which JSON has."""
    if table is None:
        return None
    return {name: [[list(key), n] for key, n in counts.items()] for name, counts in table.items()}


def _values(rows: list[Any]) -> Frozen[tuple[Any, ...], int]:
    return Frozen({tuple(key): n for key, n in rows})
