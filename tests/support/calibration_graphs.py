"""Graphs on which claims are checked: with hubs, rare classes, planted motifs, layers, kinds of edges."""

from __future__ import annotations

from functools import cache

import numpy as np
from torch import nn

import motifcount as mc
from support.modules import set_sparse_ones


def of_matrix(cells):
    cells = np.array(cells, dtype=bool)
    np.fill_diagonal(cells, False)
    return mc.Graph(cells)


def hubs(seed=3, n=30, m=140):
    """Nodes of very different degrees."""
    rng = np.random.default_rng(seed)
    weights = np.arange(1, n + 1) ** -0.8
    edges = set()
    while len(edges) < m:
        edges.add(tuple(rng.choice(n, 2, replace=False, p=weights / weights.sum()).tolist()))
    return mc.Graph.from_edges(*np.array(sorted(edges)).T, n)


def loops(seed=4, n=60, m=180, planted=25):
    """Directed 3-cycles, far more than chance has."""
    rng = np.random.default_rng(seed)
    edges = set()
    for _ in range(planted):
        a, b, c = rng.choice(n, 3, replace=False).tolist()
        edges |= {(a, b), (b, c), (c, a)}
    while len(edges) < m:
        edges.add(tuple(rng.choice(n, 2, replace=False).tolist()))
    return mc.Graph.from_edges(*np.array(sorted(edges)).T, n)


def sparse(seed=1, n=200, m=350):
    """Most classes are rare."""
    return mc.Graph.from_edges(*np.random.default_rng(seed).integers(0, n, (2, m)), n)


def mutual(seed=3, n=30):
    """A third of the pairs that are connected are so both ways."""
    rng = np.random.default_rng(seed)
    pairs = rng.random((n, n)) < 0.04
    return of_matrix((rng.random((n, n)) < 0.08) | pairs | pairs.T)


def layers(seed=2, planted=False):
    """Three layers, with hubs; planted: rows that are the same in pairs, so that there are many bi-fans."""
    rng = np.random.default_rng(seed)
    masks = []
    for rows, cols in ((24, 30), (30, 12)):
        weights = np.outer(np.arange(1, rows + 1) ** -0.6, np.arange(1, cols + 1) ** -0.6)
        mask = rng.random((rows, cols)) < np.minimum(0.9, 2.2 * weights)
        if planted:
            mask[: rows // 4 * 2] = np.repeat(mask[: rows // 4], 2, axis=0)
        masks.append(mask)
    return masks


def with_biases(seed=2):
    rng = np.random.default_rng(seed)
    masks = layers(seed)
    return mc.Graph.from_layers(masks, [rng.random(mask.shape[1]) < 0.5 for mask in masks])


def skips(seed=6):
    """Three layers, edges that skip one, and edges inside layers."""
    rng = np.random.default_rng(seed)
    layer = np.repeat([0, 1, 2], 14)
    cells = (rng.random((42, 42)) < 0.12) & (layer[:, None] <= layer)
    np.fill_diagonal(cells, False)
    return mc.Graph(cells, layers=layer)


def facing(seed=7, n=36):
    """Three groups with edges within and between all of them, in both directions, a third of them mutual."""
    rng = np.random.default_rng(seed)
    weights = np.arange(1, n + 1) ** -0.5
    pairs = rng.random((n, n)) < 0.25 * np.outer(weights, weights)
    cells = (rng.random((n, n)) < 0.5 * np.outer(weights, weights)) | pairs | pairs.T
    np.fill_diagonal(cells, False)
    return mc.Graph(cells, layers=np.resize(["a", "b", "c"], n))


def two_of_four(seed=8):
    """Three layers of which every unit has two of every four inputs, from the same ones more often than chance has."""
    rng = np.random.default_rng(seed)
    masks = []
    for rows, cols in ((24, 20), (20, 12)):
        weights = rng.random((rows, cols)) + rng.random((rows, 1))
        ranks = np.argsort(np.argsort(weights.reshape(rows // 4, 4, cols), axis=1), axis=1)
        masks.append((ranks >= 2).reshape(rows, cols))
    return mc.Graph.from_layers(masks)


def shared_weights():
    """A layer that is used twice, so that each of its weights is two edges."""

    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer, self.out = nn.Linear(12, 12), nn.Linear(12, 8)

        def forward(self, x):
            return self.out(self.layer(self.layer(x)))

    return mc.Graph.from_module(set_sparse_ones(Twice(), 0.35), (1, 12))


def signed(graph, by_source=False, seed=5):
    """The graph, a third of its edges negative, or the edges of a third of its nodes."""
    negative = np.random.default_rng(seed).random((graph.n_nodes, 1 if by_source else graph.n_nodes)) < 0.3
    edges = graph.to_scipy().toarray()
    return mc.Graph(np.where(negative, -edges, edges), layers=graph.layers, kinds="sign")


GRAPHS = {
    "hubs": hubs,
    "planted loops": loops,
    "sparse, rare classes": sparse,
    "mutual edges": mutual,
    "layers": lambda: mc.Graph(layers()),
    "layers, planted bi-fans": lambda: mc.Graph(layers(planted=True)),
    "layers and biases": with_biases,
    "skips and lateral edges": skips,
    "groups": facing,
    "layers, two of four": two_of_four,
    "layers, shared weights": shared_weights,
    "hubs, signs": lambda: signed(hubs()),
    "hubs, signs of nodes": lambda: signed(hubs(), by_source=True),
    "skips and lateral edges, signs": lambda: signed(skips()),
}


@cache
def graph_of(name):
    return GRAPHS[name]()
