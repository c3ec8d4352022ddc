"""Graphs as the core takes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from motifcount import _core
from motifcount.inputs.rows import Rows


def digraph_of(rows: Rows) -> _core.Digraph:
    """Return the core's view of the rows and their groups, which borrows the arrays; O(n) with groups."""
    groups = rows.groups
    kinds: dict[str, Any] = {}
    if rows.kinds is not None:
        kinds = {"kinds": rows.kinds.of_arc, "n_kinds": max(len(rows.kinds.labels), 1)}
    if groups is None:
        return _core.Digraph(rows.indptr, rows.indices, rows.n_nodes, **kinds)
    biases = groups.is_bias().view(np.uint8) if groups.bias_nodes else None
    pinned = groups.is_pinned().view(np.uint8) if groups.pinned_layers else None
    return _core.Digraph(
        rows.indptr, rows.indices, rows.n_nodes, groups.layer_of, groups.layer_sizes(), biases, pinned, **kinds
    )
