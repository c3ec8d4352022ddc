"""Small graphs with the counts of every graph that the null model "degree" allows them, by enumeration."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

import motifcount as mc

CLASSES = (*mc.CLASSES[2], *mc.CLASSES[3])
_CELLS = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)]


def _class_of_code(code):
    triad = np.zeros((3, 3), dtype=int)
    for k, cell in enumerate(_CELLS):
        triad[cell] = code >> k & 1
    mutual = sum(triad[u, v] & triad[v, u] for u, v in ((0, 1), (0, 2), (1, 2)))
    candidates = [name for name in mc.CLASSES[3] if int(name[0]) == mutual and int(name[1]) == triad.sum() - 2 * mutual]
    degrees = sorted(zip(triad.sum(0), triad.sum(1), strict=True))
    for name in candidates:
        arcs = np.zeros((3, 3), dtype=int)
        for arc in mc.ARCS[name]:
            arcs[arc] = 1
        if sorted(zip(arcs.sum(0), arcs.sum(1), strict=True)) == degrees:
            return mc.CLASSES[3].index(name)
    raise AssertionError(code)


_CLASS_OF_CODE = np.array([_class_of_code(code) for code in range(64)])


def counts_of(matrices):
    """Counts of dyads and triads, of shape (graphs, classes), for 0-1 matrices of shape (graphs, n, n)."""
    arcs = matrices.astype(np.int64)
    table = np.zeros((len(arcs), len(CLASSES)), dtype=np.int64)
    pairs = list(combinations(range(arcs.shape[1]), 2))
    for u, v in pairs:
        table[:, 0] += arcs[:, u, v] & arcs[:, v, u]
        table[:, 1] += arcs[:, u, v] ^ arcs[:, v, u]
    table[:, 2] = len(pairs) - table[:, 0] - table[:, 1]
    for triple in combinations(range(arcs.shape[1]), 3):
        code = sum(arcs[:, triple[u], triple[v]] << k for k, (u, v) in enumerate(_CELLS))
        table[np.arange(len(arcs)), 3 + _CLASS_OF_CODE[code]] += 1
    return table


def matrices_like(matrix, free, limit=20_000):
    """All 0-1 matrices with the same margins whose ones lie in free cells, row by row; None if they are too many."""
    n = len(matrix)
    room = np.flip(np.cumsum(np.flip(free.astype(int), 0), 0), 0)  # free cells of a column from a row on
    left, found = matrix.sum(0)[None], np.zeros((1, 0, n), dtype=bool)
    for row, below in enumerate([*room[1:], 0]):
        ways = list(combinations(np.flatnonzero(free[row]).tolist(), int(matrix[row].sum())))
        ones = np.zeros((len(ways), n), dtype=bool)
        for k, columns in enumerate(ways):
            ones[k, list(columns)] = True
        rest = left[:, None] - ones
        above, way = np.nonzero(((rest >= 0) & (rest <= below)).all(2))
        left, found = rest[above, way], np.concatenate((found[above], ones[way][:, None]), axis=1)
    return found if len(found) <= limit else None


@dataclass(frozen=True)
class Enumerated:
    """A graph, its null model, and the counts of the graph and of all states, each as likely as the others."""

    graph: mc.Graph
    null: mc.nulls.Degree
    observed: dict
    states: np.ndarray


def digraph(rng, n, keep_mutual):
    """A random digraph, some with a hub; None if it has too many states."""
    matrix = rng.random((n, n)) < rng.uniform(0.1, 0.75)
    if rng.random() < 0.4:
        matrix[rng.integers(n)] |= rng.random(n) < 0.7
    np.fill_diagonal(matrix, False)
    matrices = matrices_like(matrix, ~np.eye(n, dtype=bool))
    if matrices is not None and keep_mutual:
        mutual = [(each & each.transpose(0, 2, 1)).sum(2) for each in (matrices, matrix[None])]
        matrices = matrices[(mutual[0] == mutual[1]).all(1)]
    return _enumerated(mc.Graph(matrix), mc.nulls.Degree(keep_mutual=keep_mutual), matrix, matrices)


def layered(rng, lateral):
    """Two or three layers with skips, and with edges inside layers or without; None as above."""
    n = int(rng.integers(5, 9))
    layers = np.sort(rng.integers(0, 3, n))
    down = layers[:, None] < layers
    matrix = (rng.random((n, n)) < rng.uniform(0.2, 0.7)) & (down | (layers[:, None] == layers) if lateral else down)
    np.fill_diagonal(matrix, False)
    matrices = np.zeros((1, n, n), dtype=bool)
    for a, b in combinations([*range(3), *range(3)], 2):
        block = (layers[:, None] == a) & (layers == b) & ~np.eye(n, dtype=bool)
        if a <= b and (matrix & block).any() and not (matrices & block).any():
            parts = matrices_like(matrix & block, block, 3000)
            if parts is None or len(parts) * len(matrices) > 20_000:
                return None
            matrices = (matrices[:, None] | parts).reshape(-1, n, n)
    graph = mc.Graph(matrix, layers=np.unique(layers, return_inverse=True)[1])
    return _enumerated(graph, mc.nulls.Degree(), matrix, matrices)


def _enumerated(graph, null, matrix, matrices):
    if matrices is None:
        return None
    observed = dict(zip(CLASSES, counts_of(matrix[None])[0].tolist(), strict=True))
    return Enumerated(graph, null, observed, counts_of(matrices))


KINDS = {
    "5": lambda rng: digraph(rng, 5, keep_mutual=False),
    "6": lambda rng: digraph(rng, 6, keep_mutual=False),
    "5-mutual": lambda rng: digraph(rng, 5, keep_mutual=True),
    "6-mutual": lambda rng: digraph(rng, 6, keep_mutual=True),
    "skips": lambda rng: layered(rng, lateral=False),
    "lateral": lambda rng: layered(rng, lateral=True),
}


def draw(kind, count, seed, fewest_states=2):
    """Draw `count` graphs with so many states or more."""
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        drawn = KINDS[kind](rng)
        if drawn is not None and len(drawn.states) >= fewest_states:
            found.append(drawn)
    return found
