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
    group, of_class = rows[:, 0], rows[:, 1:].reshape(len(rows), n_groups, design.shape[1])
    chances = np.zeros((4, len(rows), len(rows)))
    chances[0] = 1
    for g in range(n_groups):
        for h in range(g, n_groups):
            members = np.flatnonzero((group == g) | (group == h))
            other = np.where(group[members] == g, h, g)
            targets = of_class[members, other].astype(np.float64)
            if targets.any():
                faces = group[members][:, None] != group[members] if g != h else np.ones((len(members),) * 2, bool)
                found = _fit(sizes[members], targets, faces, design)
                chances[:, members[:, None], members] = np.where(faces, found, chances[:, members[:, None], members])
    return DyadModel(class_of.ravel().astype(np.int64), sizes, chances)


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


def _fit(sizes: IntArray, targets: FloatArray, faces: npt.NDArray[np.bool_], design: FloatArray) -> FloatArray:
    """Return the chances of the states, (4, classes, classes), that give the classes their expected degrees.

    Newton's method with halved steps, over what the degrees leave open.
    """
    partners = faces * (sizes - np.eye(len(sizes)))  # how many nodes of a class a node has beside it
    allowed, free = _open(partners, targets, design)
    n_arcs = max(float((sizes[:, None] * targets).sum()) / 2, 1.0)
    logs = np.where(free, np.log(np.maximum(targets, 1e-300) / np.sqrt(n_arcs)), 0.0)
    weights = sizes[:, None] * partners
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


def _open(partners: FloatArray, targets: FloatArray, design: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Return which states dyads may have, (4, classes, classes), and which degrees that leaves open, (classes, kinds).

    A node without an arc of some kind, or with all that are left, decides its dyads, and so other nodes have less left.
    """
    n_kinds = design.shape[1]
    if design.sum(axis=1).max() == 1:  # dyads of all kinds together are a number of neighbours
        design, targets = (np.column_stack((each, each.sum(axis=1))) for each in (design, targets))
    allowed = np.ones((4, *partners.shape), bool)
    adds = design.astype(bool).T  # (kinds, states)
    while True:
        before = allowed.copy()
        can = np.einsum("ks,sab->kab", adds, allowed) > 0
        must = ~(np.einsum("ks,sab->kab", ~adds, allowed) > 0)
        least, most = (np.einsum("kab,ab->ak", which, partners) for which in (must, can))
        for k, has in enumerate(adds):
            none_more, all_left = targets[:, k] == least[:, k], targets[:, k] == most[:, k]
            allowed[has] &= ~(none_more[:, None] & ~must[k])
            allowed[~has] &= ~(all_left[:, None] & can[k])
        allowed &= allowed[_REVERSED].transpose(0, 2, 1)
        allowed |= partners == 0  # no dyads, so none to decide
        if (allowed == before).all():
            return allowed, (least < most)[:, :n_kinds]


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
