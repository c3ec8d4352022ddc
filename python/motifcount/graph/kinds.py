"""Kinds of the arcs of a graph, from what a user gives with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount.graph.compact import edge_arrays
from motifcount.inputs import kinds as arc_kinds
from motifcount.inputs import sparse
from motifcount.inputs.dispatch import Listed, listed
from motifcount.inputs.kinds import SIGN, ArcKinds
from motifcount.inputs.rows import Rows
from motifcount.inputs.tensors import from_tensor, is_torch_tensor


def of_input(rows: Rows, adj: Any, kinds: Any) -> Rows:
    """Return the rows of an input with kinds: "sign", an attribute, a matrix, or a label for each edge listed.

    Raises
    ------
    TypeError, ValueError
        If `kinds` are of another kind or shape, or what it names is not there; and as :func:`of_edges`.
    """
    attribute = kinds if isinstance(kinds, str) and kinds != SIGN else None
    edges = listed(adj, attribute)
    if attribute is None:
        return of_edges(rows, edges, kinds)
    if edges.values is None:
        raise ValueError(
            f'kinds must be "sign", an attribute of edges, or a kind for each; none has {arguments.shown(kinds)}'
        )
    return of_edges(rows, edges, edges.values)


def of_edges(rows: Rows, edges: Listed, kinds: Any) -> Rows:
    """Return rows with the kinds of the edges that they were made of.

    Raises
    ------
    TypeError, ValueError
        If `kinds` are of another kind or shape, if there are too many, or if an edge is listed with two of them.
    """
    src, dst, weights = edges[:3]
    live = slice(None) if weights is None else weights != 0
    ends = src[live], dst[live]
    if isinstance(kinds, str):
        if weights is None:
            raise ValueError('kinds="sign" needs edges with weights, and these have none')
        labels, codes = arc_kinds.signs(weights[live])
    elif edges.is_matrix:
        ends, values = of_matrix("kinds", rows, kinds)
        labels, codes = arc_kinds.labelled("kinds", values)
    else:
        labels, codes = arc_kinds.labelled("kinds", by_edge("kinds", kinds, len(src)))
        codes = codes[live]
    names = rows.labels
    called = (lambda node: f"node {node}") if names is None else (lambda node: arguments.shown(names[node]))
    return rows._replace(kinds=arc_kinds.placed(edge_arrays(rows), ends, (labels, codes), called))


def of_graph(rows: Rows, kinds: Any) -> Rows:
    """Return the rows of a graph with kinds: a label for each edge, "sign" for that of its weight, or new names.

    Raises
    ------
    TypeError, ValueError
        If `kinds` are of another kind or shape, or if there are too many.
    """
    if isinstance(kinds, Mapping):
        if rows.kinds is None:
            raise ValueError("kinds must not be a mapping of old kinds to new ones for a graph whose edges have none")
        return rows._replace(kinds=rows.kinds.renamed(kinds))
    if isinstance(kinds, str):
        if kinds != SIGN:
            raise ValueError(
                f"kinds must not be {arguments.shown(kinds)} for a Graph, which keeps no attributes of edges"
            )
        if rows.arc_weights is None:
            raise ValueError("kinds must not be 'sign' for a Graph that was made without weights")
        return rows._replace(kinds=ArcKinds(*arc_kinds.signs(rows.arc_weights)))
    return rows._replace(kinds=ArcKinds(*arc_kinds.labelled("kinds", by_edge("kinds", kinds, len(rows.indices)))))


def by_edge(name: str, given: Any, n_edges: int) -> Any:
    """Return what is given of each edge, as a list, a tuple or an array; errors call it `name`.

    Raises
    ------
    ValueError
        If it is of another length.
    """
    values = from_tensor(name, given) if is_torch_tensor(given) else given
    if not isinstance(values, (list, tuple)):
        values = arguments.array(name, values)
        if values.ndim != 1:
            raise ValueError(f"{name} must have one entry per edge, the shape ({n_edges},), not {values.shape}")
    if len(values) != n_edges:
        raise ValueError(f"{name} must have one entry per edge, {n_edges} in all, not {len(values)}")
    return values


def of_matrix(name: str, rows: Rows, given: Any) -> tuple[tuple[Any, Any], Any]:
    """Return ends and values of the entries of a matrix that is given for edges; errors call it `name`.

    Raises
    ------
    ValueError
        If it is of another shape.
    """
    matrix = from_tensor(name, given) if is_torch_tensor(given) else given
    if not sp.issparse(matrix):
        matrix = arguments.array(name, matrix)
    if matrix.shape != (rows.n_nodes, rows.n_nodes):
        word = '"sign"' if name == "kinds" else "True"
        wanted = f"({rows.n_nodes}, {rows.n_nodes})"
        raise ValueError(f"{name} must be {word} or a matrix of the shape of adj, {wanted}, not {matrix.shape}")
    if sp.issparse(matrix):
        src, dst, values, _ = sparse.entries(name, matrix)
        return (src, dst), values
    src, dst = edge_arrays(rows)
    return (src, dst), np.asarray(matrix)[src, dst]
