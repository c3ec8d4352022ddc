"""Every graph that a null model allows is equally likely: chi-square over all of them, on small cases.

Seeds are fixed, so each p-value is one number; it must not be tiny, and it must be tiny for a sampler that is wrong.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
import oracles
import pytest
from scipy.stats import chisquare

import motifcount as mc

THOROUGH = mc.nulls.Degree(swaps_per_edge=30)
SAMPLES_PER_STATE = 300


def arcs_of(graph):
    return frozenset(zip(*(ends.tolist() for ends in graph.to_scipy().nonzero()), strict=True))


def chi_square(sample, states):
    """Return the p-value of samples over all states; a sample outside them fails."""
    seen = Counter(sample(seed) for seed in range(SAMPLES_PER_STATE * len(states)))
    assert set(seen) <= set(states)
    return chisquare([seen[state] for state in states]).pvalue


def assert_uniform(graph, states, null=THOROUGH):
    assert arcs_of(graph) in states
    assert chi_square(lambda seed: arcs_of(mc.randomize(graph, null, seed=seed, num_threads=1)), states) > 1e-4


def block_states(arcs, sources, targets):
    """Every arrangement of the arcs from some nodes to others with the same degrees."""
    rows = [sum(u == source and v in targets for u, v in arcs) for source in sources]
    cols = [sum(v == target and u in sources for u, v in arcs) for target in targets]
    return [
        frozenset((source, targets[c]) for source, row in zip(sources, matrix, strict=True) for c in row)
        for matrix in oracles.matrices_with_margins(rows, cols)
    ]


def digraph_states(n, arcs):
    """Every simple digraph with the degrees of this one."""
    degrees = [sorted(Counter(arc[end] for arc in arcs).items()) for end in (0, 1)]
    cells = [(u, v) for u in range(n) for v in range(n) if u != v]
    chosen = (frozenset(choice) for choice in combinations(cells, len(arcs)))
    return [c for c in chosen if [sorted(Counter(arc[end] for arc in c).items()) for end in (0, 1)] == degrees]


LOPSIDED = ["1000", "0001", "0001", "0111"]  # one of its ten states has nearly twice the swaps of the others
MATRICES = {
    "3x3-matching": ["100", "010", "001"],
    "3x3-uneven": ["110", "101", "010"],
    "3x4": ["1100", "1010", "0001"],
    "3x4-full-row": ["1111", "0110", "1001"],
    "4x4-dense": ["1101", "0111", "1011", "1110"],
    "5x3": ["100", "100", "010", "011", "001"],
    "2x5": ["11100", "10011"],
    "4x4-lopsided": LOPSIDED,
}


def one_block(rows):
    """Return the network of one mask and all its states."""
    mask = np.array([list(map(int, row)) for row in rows])
    graph = mc.Graph([mask])
    return graph, block_states(arcs_of(graph), range(len(mask)), range(len(mask), graph.n_nodes))


@pytest.mark.parametrize("rows", MATRICES.values(), ids=MATRICES)
def test_degree_on_one_block(rows):
    graph, states = one_block(rows)
    assert len(states) > 2
    assert_uniform(graph, states)


def test_degree_on_a_layered_dag_with_a_skip_block():
    layers = [0, 0, 1, 1, 1, 2, 2]
    arcs = {(0, 2), (1, 3), (0, 5), (1, 6), (2, 5), (3, 6), (4, 6)}
    graph = mc.Graph.from_edges(*zip(*arcs, strict=True), layers=layers)
    nodes = [[v for v in range(7) if layers[v] == layer] for layer in range(3)]
    blocks = [block_states(arcs, nodes[a], nodes[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
    states = [frozenset().union(*choice) for choice in product(*blocks)]
    assert len(states) == 2 * 2 * 3
    assert_uniform(graph, states)


DIGRAPHS = {
    "cycle": (3, {(0, 1), (1, 2), (2, 0)}),
    "cycle-and-a-tail": (4, {(0, 1), (1, 2), (2, 0), (3, 0)}),
    "four-cycle": (4, {(0, 1), (1, 2), (2, 3), (3, 0)}),
    "mutual": (4, {(0, 1), (1, 0), (1, 2), (2, 3), (3, 1)}),
    "dense": (4, {(0, 1), (1, 0), (1, 2), (2, 3), (3, 0), (0, 2), (3, 1), (2, 0)}),
}


@pytest.mark.parametrize("layers", [None, 0], ids=["no-layers", "one-layer"])
@pytest.mark.parametrize("name", DIGRAPHS)
def test_degree_on_digraphs(name, layers):
    n, arcs = DIGRAPHS[name]
    states = digraph_states(n, arcs)
    assert len(states) > 1
    graph = mc.Graph.from_edges(*zip(*sorted(arcs), strict=True), n, layers if layers is None else [layers] * n)
    assert_uniform(graph, states)


def mutual_pairs(arcs):
    return sorted((u, v) for u, v in arcs if (v, u) in arcs)


@pytest.mark.parametrize("name", ["mutual", "dense"])
def test_degree_that_keeps_mutual_edges(name):
    """Each node's number of mutual edges is kept too."""
    n, arcs = DIGRAPHS[name]
    tails = [u for u, _ in mutual_pairs(arcs)]
    states = [state for state in digraph_states(n, arcs) if [u for u, _ in mutual_pairs(state)] == tails]
    assert len(states) > 1
    graph = mc.Graph.from_edges(*zip(*sorted(arcs), strict=True), n)
    assert_uniform(graph, states, mc.nulls.Degree(swaps_per_edge=30, keep_mutual=True))


def test_degree_within_and_between_layers():
    layers = [0, 0, 0, 1, 1]
    arcs = {(0, 1), (1, 2), (2, 0), (0, 3), (1, 4), (3, 0), (4, 2)}
    graph = mc.Graph.from_edges(*zip(*sorted(arcs), strict=True), layers=layers)
    lateral = digraph_states(3, {(0, 1), (1, 2), (2, 0)})
    upwards, backwards = block_states(arcs, [0, 1, 2], [3, 4]), block_states(arcs, [3, 4], [0, 1, 2])
    states = [a | b | c for a, b, c in product(lateral, upwards, backwards)]
    assert len(states) == 2 * 2 * 2
    assert_uniform(graph, states)


@pytest.mark.parametrize("n_edges", [1, 2, 3, 4, 5], ids="{}-of-6".format)
@pytest.mark.parametrize("kind", ["block", "layer", "no-layers"])
def test_edge_count(n_edges, kind):
    """Sparse and more than half full; six cells each."""
    if kind == "block":
        cells, n, layers = list(product(range(2), range(2, 5))), 5, [0, 0, 1, 1, 1]
    else:
        cells, n = [(u, v) for u in range(3) for v in range(3) if u != v], 3
        layers = None if kind == "no-layers" else [7, 7, 7]
    graph = mc.Graph.from_edges(*zip(*cells[:n_edges], strict=True), n, layers)
    assert_uniform(graph, list(map(frozenset, combinations(cells, n_edges))), "edge_count")


def test_edge_count_on_two_blocks_at_once():
    """A lateral and an upward block, drawn independently."""
    within, upwards = [(0, 1), (1, 0)], list(product([0, 1], [2, 3]))
    graph = mc.Graph.from_edges([0, 0, 0], [1, 2, 3], layers=[0, 0, 1, 1])
    states = [frozenset({a, *b}) for a, b in product(within, combinations(upwards, 2))]
    assert_uniform(graph, states, "edge_count")


# ---- the test itself ---------------------------------------------------------------------------------------------


def swap_until_accepted(arcs, seed, n_swaps=30):
    """The classical mistake: refused swaps are drawn again and not counted."""
    rng = np.random.default_rng(seed)
    edges = sorted(arcs)
    while n_swaps:
        i, j = rng.integers(len(edges), size=2)
        (a, b), (c, d) = edges[i], edges[j]
        if (a, d) not in edges and (c, b) not in edges:
            edges[i], edges[j] = (a, d), (c, b)
            n_swaps -= 1
    return frozenset(edges)


def test_a_sampler_that_does_not_count_refusals_is_found_out():
    graph, states = one_block(LOPSIDED)
    assert chi_square(lambda seed: swap_until_accepted(arcs_of(graph), seed), states) < 1e-6


def test_chains_that_are_too_short_are_found_out():
    graph, states = one_block(MATRICES["3x3-matching"])
    short = mc.nulls.Degree(swaps_per_edge=0.5)
    assert chi_square(lambda seed: arcs_of(mc.randomize(graph, short, seed=seed)), states) < 1e-6
