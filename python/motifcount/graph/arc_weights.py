"""Weights of the arcs of a graph, from what a user gives with it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.graph.compact import edge_arrays
from motifcount.graph.kinds import by_edge, of_matrix
from motifcount.inputs.dispatch import Listed, listed
from motifcount.inputs.kinds import positions
from motifcount.inputs.rows import Rows


def of_input(rows: Rows, adj: Any, weights: Any) -> Rows:
    """Return the rows of an input with weights: True for its own, an attribute, a matrix, or one for each edge listed.

    Raises
    ------
    TypeError, ValueError
        If what `weights` names is not there; and as :func:`of_edges`.
    """
    attribute = weights if isinstance(weights, str) else None
    edges = listed(adj, attribute)
    if attribute is None:
        return of_edges(rows, edges, weights)
    if edges.values is None:
        raise ValueError(
            f"weights must be True, an attribute of edges, or one for each; none has {arguments.shown(weights)}"
        )
    return of_edges(rows, edges, edges.values)


def of_edges(rows: Rows, edges: Listed, weights: Any) -> Rows:
    """Return rows with the weights of the edges that they were made of, those of one pair added up.

    Raises
    ------
    TypeError, ValueError
        If `weights` are of another kind or shape, or an edge has none, 0, NaN or inf.
    """
    ends = edges[:2]
    if isinstance(weights, bool):
        if not weights:
            return rows._replace(arc_weights=None)
        if edges.weights is None:
            raise ValueError("weights=True needs edges with weights, and these have none")
        values: Any = edges.weights
    elif edges.is_matrix:
        ends, values = of_matrix("weights", rows, weights)
    else:
        values = by_edge("weights", weights, len(edges.src))
    arcs = edge_arrays(rows)
    places, is_arc = positions(arcs, ends)
    found = np.bincount(places[is_arc], _numbers(values)[is_arc], minlength=len(rows.indices)).astype(np.float64)
    return rows._replace(arc_weights=_checked(rows, found))


def of_graph(rows: Rows, weights: Any) -> Rows:
    """Return the rows of a graph with weights: True for those it has, False for none, or one for each edge.

    Raises
    ------
    TypeError, ValueError
        If `weights` are of another kind or shape, or an edge has 0, NaN or inf.
    """
    if isinstance(weights, bool):
        if weights and rows.arc_weights is None:
            raise ValueError("weights must be one for each edge, not True, for a Graph that was made without weights")
        return rows if weights else rows._replace(arc_weights=None)
    if isinstance(weights, str):
        raise ValueError(
            f"weights must not be {arguments.shown(weights)} for a Graph, which keeps no attributes of edges"
        )
    values = _numbers(by_edge("weights", weights, len(rows.indices)))
    return rows._replace(arc_weights=_checked(rows, values.copy()))


def _numbers(values: Any) -> npt.NDArray[np.float64]:
    array = arguments.array("weights", values)
    if array.size and array.dtype.kind not in "biuf":
        raise TypeError(f"weights must be real numbers, not {arguments.shown(values)}")
    return array.astype(np.float64)


def _checked(rows: Rows, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Refuse weights that are no weights."""
    wrong = ~np.isfinite(weights) | (weights == 0)
    if wrong.any():
        k = int(np.argmax(wrong))
        labels = rows.labels
        src, dst = (arguments.shown(int(side[k]) if labels is None else labels[side[k]]) for side in edge_arrays(rows))
        raise ValueError(
            f"weights must be finite and not 0 for every edge, and that from {src} to {dst} has {weights[k]:g}"
        )
    return weights
