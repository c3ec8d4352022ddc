"""Counts by the layers that the nodes of a motif lie in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.counting.parts import ByBlock
from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import ARCS, CLASSES, LAYERED_TETRADS, family_named, levels_of


def counts_by_layers(
    tables: Sequence[npt.NDArray[Any]], families: tuple[str, ...], layer_labels: npt.NDArray[np.int64]
) -> dict[str, ByBlock]:
    """Return by class the nonzero counts by sorted layers, given the core's tables for these families."""
    found: dict[str, ByBlock] = {}
    for family, table in zip(families, tables, strict=True):
        for name, column in zip(family_named(family).names, table.T, strict=True):
            rows = np.flatnonzero(column)
            layers = layer_labels[_layers_of_rows(name, rows, len(layer_labels))].tolist() if len(rows) else []
            found[name] = Frozen(dict(zip(map(tuple, layers), column[rows].tolist(), strict=True)))
    return found


def _layers_of_rows(name: str, rows: npt.NDArray[np.intp], n_layers: int) -> npt.NDArray[np.signedinteger[Any]]:
    """Return by row of the core's table the positions of a motif's layers, of shape (n_rows, size)."""
    if name in LAYERED_TETRADS:
        levels: npt.NDArray[np.int64] = np.array(sorted(levels_of(ARCS[name])))
        return rows[:, None] + levels
    return _layer_tuples(n_layers)[name in CLASSES[3]][rows]


@lru_cache(maxsize=4)
def _layer_tuples(n_layers: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return the layers of each row of the core's tables, of dyads and of triads."""
    pairs, triples = _core.layer_tuples(n_layers)
    return np.array(pairs, dtype=np.int32), np.array(triples, dtype=np.int32)
