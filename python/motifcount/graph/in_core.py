"""Graphs as the core takes them."""

from __future__ import annotations

import numpy as np

from motifcount import _core
from motifcount.inputs.kinds import ArcKinds
from motifcount.inputs.rows import NodeGroups, Rows


def digraph_of(rows: Rows) -> _core.Digraph:
    """Return the core's view of the rows and their groups, which borrows the arrays; O(n) with groups."""
    groups = None if rows.groups is None else _groups(rows.groups)
    kinds = None if rows.kinds is None else _kinds(rows.kinds)
    return _core.Digraph(rows.indptr, rows.indices, rows.n_nodes, groups, kinds)


def _groups(groups: NodeGroups) -> _core.NodeGroups:
    biases = groups.is_bias().view(np.uint8) if groups.bias_nodes else None
    pinned = groups.is_pinned().view(np.uint8) if groups.pinned_layers else None
    return _core.NodeGroups(groups.layer_of, groups.layer_sizes(), biases, pinned)


def _kinds(kinds: ArcKinds) -> _core.ArcKinds:
    return _core.ArcKinds(kinds.of_arc, max(len(kinds.labels), 1))
