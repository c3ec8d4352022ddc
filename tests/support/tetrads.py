"""Classes of four nodes by their numbers, independent of the tables of the library but for ten words, and digraphs."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

import motifcount as mc
from motifcount.motifs.families import TETRADS

PAIRS = list(permutations(range(4), 2))
NAMES = {number: name for name, number in ((mc.ALIASES.get(name, name), name) for name in TETRADS.aliases)}


@cache
def number_of(arcs):
    """mfinder's number: the least sum of 2**(4 i + j) over the orders of the nodes."""
    return min(sum(1 << 4 * order[u] + order[v] for u, v in arcs) for order in permutations(range(4)))


def name_of(arcs):
    number = str(number_of(frozenset(arcs)))
    return NAMES.get(number, number)


def is_connected(arcs):
    graph = nx.Graph(list(arcs))
    graph.add_nodes_from(range(4))
    return nx.is_connected(graph)


def every_four(matrix):
    """Yield every four nodes that are connected, and the name of their class."""
    for nodes in combinations(range(len(matrix)), 4):
        inside = np.array(matrix)[np.ix_(nodes, nodes)]
        arcs = [(u, v) for u, v in PAIRS if inside[u, v]]
        if is_connected(arcs):
            yield list(nodes), name_of(arcs)


def nonzero(counts):
    return {name: n for name, n in counts.items() if n}


@st.composite
def digraphs(draw, least=4, most=8):
    """Sparse and dense ones, with hubs and mutual dyads."""
    n = draw(st.integers(least, most))
    seed, density, mutual, hubs = (
        draw(st.integers(0, 2**32 - 1)),
        draw(st.sampled_from([0.1, 0.3, 0.5, 0.9])),
        draw(st.sampled_from([0.0, 0.5])),
        draw(st.booleans()),
    )
    rng = np.random.default_rng(seed)
    weight = np.sqrt(np.linspace(1, 0.1, n)) if hubs else np.ones(n)
    matrix = rng.random((n, n)) < density * weight[:, None] * weight
    matrix |= matrix.T & (rng.random((n, n)) < mutual)
    np.fill_diagonal(matrix, False)
    return matrix
