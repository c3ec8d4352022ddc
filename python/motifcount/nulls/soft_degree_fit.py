"""Graphs of maximum entropy with expected degrees: their dyads are independent; found by Newton's method.

Of a pair of nodes i and j, the dyad states null, mutual, there (i to j) and back have probabilities proportional to
1, w, x_i y_j and x_j y_i. Where arcs are independent (the directed binary configuration model, DBCM), w is the product
of both others; where mutual degrees are kept (the reciprocal one, RBCM), w is z_i z_j (Squartini and Garlaschelli 2011,
doi:10.1088/1367-2630/13/8/083001). Nodes with equal degrees have equal parameters, so the unknowns are those of classes
of nodes. The logarithm of the likelihood is concave in the logarithms of the parameters.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from motifcount.graph import Graph, access
from motifcount.nulls.independent_dyads import DyadModel, group_of_nodes

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_REVERSED = [0, 1, 3, 2]
_TOLERANCE = 1e-9  # of an expected degree
_MOST_STEPS = 500
_RIDGE = 1e-9  # against directions in which nothing changes: all x up, all y down
_MOST_CLASSES = 2000

# By state, what a dyad adds to the degrees of its first node: out and in; or out, in and mutual.
_OUT_IN = np.array([[0, 0], [1, 1], [1, 0], [0, 1]], np.float64)
_OUT_IN_MUTUAL = np.array([[0, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]], np.float64)

# Sets of states of which the degrees tell how many dyads each node has: arcs there; or there, mutual and unions.
_ARCS = np.array([[0, 1, 1, 0]], bool)
_UNIONS = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [0, 1, 1, 1]], bool)


def fitted(graph: Graph, keep_mutual: bool) -> DyadModel:
    """Return the model whose expected degrees are those of a graph, by block where it has groups of nodes.

    Raises
    ------
    NotImplementedError
        If there are more than 2000 classes of nodes.
    RuntimeError
        If the search does not converge.
    """
    group_of = group_of_nodes(graph)
    n_groups = int(group_of.max(initial=0)) + 1
    design = _OUT_IN_MUTUAL if keep_mutual else _OUT_IN
    degrees = _degrees(graph, group_of, n_groups, keep_mutual)
    keys = np.column_stack((group_of, degrees.reshape(graph.n_nodes, n_groups * design.shape[1])))
    rows, class_of, sizes = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    if len(rows) > _MOST_CLASSES:
        raise NotImplementedError(
            f'null="soft_degree" takes at most {_MOST_CLASSES:,} classes of nodes with equal degrees; the graph has '
            f"{len(rows):,}"
        )
    group, class_of = rows[:, 0], class_of.ravel().astype(np.int64)
    dyads = _dyads(graph, class_of, sizes)
    chances = np.zeros(dyads.shape)
    chances[0] = 1
    for g in range(n_groups):
        for h in range(g, n_groups):
            members = np.flatnonzero((group == g) | (group == h))
            between = members[:, None], members
            is_block = (g == h) | (group[members][:, None] != group[members])
            of_block = dyads[:, *between] * is_block
            if of_block[1:].any():
                chances[:, *between] = np.where(is_block, _fit(sizes[members], of_block, design), chances[:, *between])
    return DyadModel(class_of, sizes, chances)


def _degrees(graph: Graph, group_of: IntArray, n_groups: int, keep_mutual: bool) -> IntArray:
    """Out-, in- and, if they are told apart, mutual degree of each node with each group: (nodes, groups, 2 or 3)."""
    source, target = access.edge_arrays(graph)
    n = graph.n_nodes
    is_mutual = access.are_mutual(graph) & keep_mutual
    ends = [(source[~is_mutual], target[~is_mutual]), (target[~is_mutual], source[~is_mutual])]
    if keep_mutual:
        ends.append((source[is_mutual], target[is_mutual]))
    numbers = [np.bincount(node * n_groups + group_of[other], minlength=n * n_groups) for node, other in ends]
    return np.stack(numbers, axis=-1).reshape(n, n_groups, len(ends))


def _dyads(graph: Graph, class_of: IntArray, sizes: IntArray) -> IntArray:
    """By state and two classes, how many ordered pairs of their nodes are in it: (4, classes, classes)."""
    source, target = (class_of[ends] for ends in access.edge_arrays(graph))
    is_mutual = access.are_mutual(graph)
    n = len(sizes)

    def between(first: IntArray, second: IntArray) -> IntArray:
        return np.bincount(first * n + second, minlength=n * n).reshape(n, n)

    mutual, there = (between(source[which], target[which]) for which in (is_mutual, ~is_mutual))
    null = sizes[:, None] * (sizes - np.eye(n, dtype=np.int64)) - mutual - there - there.T
    return np.stack((null, mutual, there, there.T))


def _fit(sizes: IntArray, dyads: IntArray, design: FloatArray) -> FloatArray:
    """Return the chances of the states, (4, classes, classes), that give the classes their expected degrees.

    Newton's method with halved steps, over what the degrees leave open.
    """
    weights = dyads.sum(axis=0)
    partners = weights / sizes[:, None]  # how many nodes of a class a node has beside it
    targets = np.einsum("sk,sab->ak", design, dyads) / sizes[:, None]
    allowed = _allowed(dyads, _ARCS if design is _OUT_IN else _UNIONS)
    has = design.astype(bool).T[:, :, None, None]  # (kinds, states, 1, 1)
    free = ((allowed & has).any(axis=1) & (allowed & ~has).any(axis=1) & (weights > 0)).any(axis=2).T
    n_arcs = max(float((sizes[:, None] * targets).sum()) / 2, 1.0)
    logs = np.where(free, np.log(np.maximum(targets, 1e-300) / np.sqrt(n_arcs)), 0.0)
    loss, chances = _loss(logs, sizes, targets, weights, design, allowed)
    for _ in range(_MOST_STEPS):
        expected = np.einsum("sk,ab,sab->ak", design, partners, chances)
        if np.max(np.abs(expected - targets)[free], initial=0) < _TOLERANCE:
            return chances
        gradient = (sizes[:, None] * (expected - targets))[free]
        hessian = _hessian(sizes, partners, chances, design)[np.ix_(free.ravel(), free.ravel())]
        scale = np.sqrt(hessian.diagonal())
        curvature = hessian / np.outer(scale, scale) + _RIDGE * np.eye(len(scale))
        step = np.zeros_like(logs)
        step[free] = np.linalg.solve(curvature, gradient / scale) / scale
        step *= min(1, 5 / max(float(np.abs(step).max()), 1e-300))
        for _ in range(40):
            new_loss, new_chances = _loss(logs - step, sizes, targets, weights, design, allowed)
            if new_loss <= loss + 1e-11 * (1 + abs(loss)):
                break
            step /= 2
        logs, loss, chances = logs - step, new_loss, new_chances
    raise RuntimeError(
        f'the fit of null="soft_degree" did not converge in {_MOST_STEPS} steps: these degrees leave hardly any '
        'choice; null="degree" keeps them exactly'
    )


def _allowed(dyads: IntArray, sets: BoolArray) -> BoolArray:
    """Return which states dyads can have if degrees are those expected, (4, classes, classes), by numbers of dyads.

    Say that a node's number of dyads in a set of states is known, and some dyad becomes more likely to be in the set.
    Then others of its nodes must become less so, and so on around a cycle. A dyad on no such cycle stays as it is: an
    arc leads there from its first to its second node if it can become more likely, back if less, and both lie in
    different strong components. Complete for one set; sets that leave each other no choice are taken in turn.
    """
    n = dyads.shape[1]
    allowed = np.ones(dyads.shape, bool)
    while True:
        before = allowed.copy()
        for inside in sets:
            never, always = (dyads[which].sum(axis=0) == 0 for which in (inside, ~inside))
            is_open = dyads.any(axis=0) & allowed[inside].any(axis=0) & allowed[~inside].any(axis=0)
            more, less = np.argwhere(is_open & ~always), np.argwhere(is_open & ~never)
            start = np.concatenate((more[:, 0], less[:, 1] + n))
            end = np.concatenate((more[:, 1] + n, less[:, 0]))
            moves = coo_array((np.ones(len(start), bool), (start, end)), shape=(2 * n, 2 * n))
            part = connected_components(moves, connection="strong")[1]
            is_fixed = is_open & (part[:n, None] != part[n:])
            allowed[inside] &= ~(is_fixed & never)
            allowed[~inside] &= ~(is_fixed & always)
            allowed &= allowed[_REVERSED].transpose(0, 2, 1)
        if (allowed == before).all():
            return allowed


def _loss(
    logs: FloatArray, sizes: IntArray, targets: FloatArray, weights: FloatArray, design: FloatArray, allowed: BoolArray
) -> tuple[float, FloatArray]:
    """Return minus the logarithm of the likelihood, and the chances of the states."""
    exponents = (
        np.einsum("sk,ak->sa", design, logs)[:, :, None] + np.einsum("sk,bk->sb", design[_REVERSED], logs)[:, None, :]
    )
    exponents[~allowed] = -np.inf
    highest = exponents.max(axis=0)
    shares = np.exp(exponents - highest)
    total = shares.sum(axis=0)
    of_pairs = float((weights * (highest + np.log(total))).sum()) / 2
    return of_pairs - float((sizes[:, None] * targets * logs).sum()), shares / total


def _hessian(sizes: IntArray, partners: FloatArray, chances: FloatArray, design: FloatArray) -> FloatArray:
    """Return second derivatives, (classes * kinds) squared: covariances of the degrees of nodes."""
    n_classes, n_kinds = len(sizes), design.shape[1]
    mine = np.einsum("sk,sab->kab", design, chances)
    yours = np.einsum("sk,sab->kab", design[_REVERSED], chances)
    own = np.einsum("sk,sl,sab->klab", design, design, chances) - mine[:, None] * mine[None]
    cross = np.einsum("sk,sl,sab->klab", design, design[_REVERSED], chances) - mine[:, None] * yours[None]
    found = np.einsum("a,ab,klab->akbl", sizes, partners, cross)
    diagonal = np.einsum("a,ab,klab->akl", sizes, partners, own)
    found[np.arange(n_classes), :, np.arange(n_classes), :] += diagonal
    flat: FloatArray = found.reshape(n_classes * n_kinds, n_classes * n_kinds)
    return flat
