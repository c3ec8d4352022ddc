"""The signs of weights as kinds of arcs."""

from __future__ import annotations

import numpy as np

from motifcount.inputs.kinds import MINUS, PLUS, ArcKinds, positions
from motifcount.inputs.rows import Rows

UNKNOWN = "?"
"""The kind of arcs whose weights have both signs, or that stand for no weight."""


def with_signs(rows: Rows) -> Rows:
    """Return the rows of a module with the signs of its weights."""
    arcs = np.repeat(np.arange(rows.n_nodes), np.diff(rows.indptr)), rows.indices.astype(np.int64)
    has = np.zeros((2, len(rows.indices)), dtype=bool)
    for places in rows.weights:
        assert places.negative is not None
        for sign, entries in enumerate((~places.negative, places.negative)):
            found, is_arc = positions(arcs, places.arcs(places.kept & entries))
            has[sign, found[is_arc]] = True
    of_arc = np.where(has[0] ^ has[1], has[1], 2).astype(np.uint8)
    labels = (PLUS, MINUS, UNKNOWN) if (of_arc == 2).any() else (PLUS, MINUS)
    return rows._replace(kinds=ArcKinds(labels, of_arc))
