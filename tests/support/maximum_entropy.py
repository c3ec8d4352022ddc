"""Models of independent pairs by node, and digraphs to fit them to."""

from __future__ import annotations

import numpy as np


def by_node(model):
    """The chances of the states of each pair of nodes, (4, n, n)."""
    chances = model.chances[:, model.class_of[:, None], model.class_of]
    n = len(model.class_of)
    chances[:, np.arange(n), np.arange(n)] = 0
    return chances


def expected(chances):
    """Out-, in- and mutual degrees."""
    _, mutual, there, back = chances
    return (there + mutual).sum(axis=1), (back + mutual).sum(axis=1), mutual.sum(axis=1)


def digraph(seed, n, density=0.25):
    draw = np.random.default_rng(seed)
    matrix = draw.random((n, n)) < density
    matrix |= matrix.T & (draw.random((n, n)) < 0.3)
    return matrix & ~np.eye(n, dtype=bool)
