"""Parts of a graph: the nodes that matter between inputs and outputs, and any others."""

from __future__ import annotations

from itertools import compress

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.graph.compact import edge_arrays, with_all_rows
from motifcount.graph.in_core import digraph_of
from motifcount.inputs.rows import Rows


def without_ineffective(rows: Rows) -> Rows:
    """Return the graph without nodes that cannot matter; see :meth:`motifcount.Graph.drop_ineffective`."""
    groups = rows.groups
    if groups is None:
        raise ValueError("drop_ineffective needs layers, to know inputs and outputs; give the graph layers")
    inputs, outputs = groups.ends
    roles = [
        _core.ROLE_BIAS if is_bias else _core.ROLE_FIXED if layer in (*inputs, *outputs) else _core.ROLE_HIDDEN
        for layer, is_bias in groups.keys
    ]
    role_of_node = np.array(roles, dtype=np.uint8)[groups.of_node()]
    return induced(rows, _core.effective_nodes(digraph_of(rows), role_of_node).astype(bool))


def induced(rows: Rows, keep: npt.NDArray[np.bool_]) -> Rows:
    """Return the marked nodes in their order, and the edges between them."""
    rows = with_all_rows(rows)
    indptr, indices = _core.induced_subgraph(digraph_of(rows), keep.view(np.uint8))
    src, dst = edge_arrays(rows)
    stays = keep[src] & keep[dst]
    number_of = np.append(np.where(keep, np.cumsum(keep) - 1, -1), -1)
    return Rows(
        len(indptr) - 1,
        indptr,
        indices,
        labels=None if rows.labels is None else tuple(compress(rows.labels, keep)),
        groups=None if rows.groups is None else rows.groups.restricted_to(keep),
        weights=tuple(places.renumbered(number_of) for places in rows.weights),
        kinds=None if rows.kinds is None else rows.kinds.only(stays),
        arc_weights=None if rows.arc_weights is None else rows.arc_weights[stays],
    )
