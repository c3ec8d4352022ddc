"""Weights that travel with edges, or are permuted over fixed wiring: what stays, and that all ways are as likely."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, permutations, product

import numpy as np
import pytest
from scipy.stats import chi2

import motifcount as mc
from motifcount.graph import access

LOWEST = 1e-4
EDGES = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 0)]


def weighted(layers=None):
    rng = np.random.default_rng(5)
    matrix = (rng.random((40, 40)) < 0.15) * rng.normal(size=(40, 40))
    np.fill_diagonal(matrix, 0)
    return mc.Graph(matrix, layers=None if layers is None else rng.integers(0, layers, 40), kinds="sign", weights=True)


def hands(graph, *, by_source=True, by_block=True, by_mutual=False):
    """The weights that are dealt out among each other."""
    src, dst = access.edge_arrays(graph)
    mutual = access.are_mutual(graph) & by_mutual
    layers = np.zeros(graph.n_nodes, int) if graph.layers is None or not by_block else graph.layers
    found = defaultdict(list)
    for u, v, back, weight in zip(src.tolist(), dst.tolist(), mutual.tolist(), graph.weights.tolist(), strict=True):
        found[u if by_source else layers[u], layers[v], back].append(weight)
    return {key: sorted(weights) for key, weights in found.items()}


@pytest.mark.parametrize("layers", [None, 3])
@pytest.mark.parametrize("keep_mutual", [False, True])
@pytest.mark.parametrize("keep_kinds", [False, True])
def test_edges_that_move_keep_their_sources_and_weights(layers, keep_mutual, keep_kinds):
    graph, null = weighted(layers), mc.nulls.Degree(keep_mutual=keep_mutual, keep_kinds=keep_kinds)
    drawn = mc.randomize(graph, null, seed=4)
    assert drawn == mc.randomize(graph, null, seed=4, num_threads=3) != graph
    assert hands(drawn, by_mutual=keep_mutual) == hands(graph, by_mutual=keep_mutual)
    if keep_kinds:
        assert ((drawn.weights < 0) == (drawn.kinds == "-")).all()
    without = mc.randomize(mc.Graph(graph, weights=False), null, seed=4)
    assert mc.Graph(drawn, weights=False) == without


@pytest.mark.parametrize("within", [False, True])
def test_permuted_weights_stay_among_all_edges_or_in_their_block(within):
    graph = weighted(3)
    drawn = mc.randomize(graph, mc.nulls.ShuffleWeights(within), seed=4)
    assert drawn != graph
    assert mc.Graph(drawn, weights=False) == mc.Graph(mc.Graph.from_edges(*access.edge_arrays(graph), 40), graph.layers)
    if within:
        assert hands(drawn, by_source=False) == hands(graph, by_source=False)
    assert sorted(drawn.weights) == sorted(graph.weights)


def test_other_null_models_leave_weights_out():
    graph = weighted(3)
    wiring = mc.nulls.Degree(keep_kinds=True, keep_wiring=True)
    for null in ("edge_count", "dyad_count", "soft_degree", "kinds", wiring):
        assert mc.randomize(graph, null, seed=1).weights is None


def state_of(graph):
    return tuple(zip(*(ends.tolist() for ends in access.edge_arrays(graph)), graph.weights.tolist(), strict=True))


def states_of_degree(weights):
    """Every graph with the degrees of EDGES, with the weights of each node dealt out in every way."""
    degrees = [Counter(edge[end] for edge in EDGES) for end in (0, 1)]
    found = set()
    for chosen in combinations([cell for cell in product(range(4), repeat=2) if cell[0] != cell[1]], len(EDGES)):
        if [Counter(edge[end] for edge in chosen) for end in (0, 1)] == degrees:
            own = [[w for (u, _), w in zip(EDGES, weights, strict=True) if u == node] for node in range(4)]
            for dealt in product(*map(permutations, own)):
                hand = list(map(iter, dealt))
                found.add(tuple((u, v, next(hand[u])) for u, v in sorted(chosen)))
    return found


def p_uniform(drawn, states):
    counts = Counter(drawn)
    assert set(counts) <= states
    expected = sum(counts.values()) / len(states)
    return chi2.sf(sum((counts[state] - expected) ** 2 for state in states) / expected, len(states) - 1)


def kept_by_chance(graph, seed):
    """A sampler that is nearly right: one time in four, weights go by the order of targets."""
    drawn = mc.randomize(graph, mc.nulls.Degree(30), seed=seed)
    return drawn if seed % 4 else mc.Graph(drawn, weights=graph.weights)


def test_every_graph_with_every_deal_is_as_likely():
    weights = [1.0, 2.0, 3.0, 4.0, 5.0]
    graph = mc.Graph.from_edges(*zip(*EDGES, strict=True), 4, weights=weights)
    states = states_of_degree(weights)
    assert len(states) == 14
    seeds = range(200 * len(states))
    drawn = [state_of(mc.randomize(graph, mc.nulls.Degree(30), seed=seed)) for seed in seeds]
    assert p_uniform(drawn, states) > LOWEST
    wrong = [state_of(kept_by_chance(graph, seed)) for seed in seeds]
    assert set(wrong) - states or p_uniform(wrong, states) < LOWEST


def test_every_permutation_is_as_likely():
    graph = mc.Graph.from_edges([0, 1, 2, 0], [1, 2, 0, 2], weights=[1.0, 2.0, 3.0, 4.0])
    ends = sorted(zip(*(side.tolist() for side in access.edge_arrays(graph)), strict=True))
    states = {
        tuple((u, v, w) for (u, v), w in zip(ends, order, strict=True)) for order in permutations((1.0, 2.0, 3.0, 4.0))
    }
    sampler = mc.nulls.ShuffleWeights()._sampler(graph)
    assert p_uniform([state_of(sampler(1, k, 1)) for k in range(100 * len(states))], states) > LOWEST


def test_pinned_edges_keep_their_weights():
    torch = pytest.importorskip("torch")

    class Residual(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.one, self.two = torch.nn.Linear(4, 4), torch.nn.Linear(4, 4)

        def forward(self, x):
            return self.two(x + self.one(x))

    graph = mc.Graph.from_module(Residual(), (1, 4))
    graph = mc.Graph(graph, weights=np.arange(1.0, graph.n_edges + 1))
    stays = ~access.is_free(graph)
    assert 0 < stays.sum() < graph.n_edges
    for null in ("degree", "weights"):
        drawn = mc.randomize(graph, null, seed=2)
        assert (drawn.weights[stays] == graph.weights[stays]).all()
        assert (drawn.weights != graph.weights).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mc.randomize(np.eye(3, k=1), "weights"), "edges have weights"),
        (lambda: mc.randomize(weighted(), mc.nulls.ShuffleWeights(True)), "within_blocks must be False"),
    ],
)
def test_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
