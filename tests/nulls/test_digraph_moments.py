"""Closed forms in any digraph, grouped or not: equal to the moments over every graph, and near those of samples."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

import numpy as np
import pytest

import motifcount as mc
from motifcount.graph.access import graph_of
from support.realizations import pack, realizations, unpack

KEEPS = {"edge_count": "edges", "dyad_count": "dyads"}
CELLS = {n: list(permutations(range(n), 2)) for n in (3, 4, 5, 6)}
SPREAD = {n: sorted(cells, key=lambda arc: (arc[0] + 2 * arc[1]) % 5) for n, cells in CELLS.items()}

PLAIN = {  # null model, nodes, arcs
    **{f"arcs-{n}-{m}": ("edge_count", n, SPREAD[n][:m]) for n, m in ((4, 3), (4, 5), (5, 3), (6, 2), (3, 2))},
    "pairs-3": ("dyad_count", 3, [(0, 1), (1, 0), (1, 2)]),
    "pairs-4": ("dyad_count", 4, [(0, 1), (1, 0), (1, 2), (2, 3)]),
    "pairs-4-dense": ("dyad_count", 4, [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 3), (3, 0)]),
    "pairs-5": ("dyad_count", 5, [(0, 1), (1, 0), (1, 2)]),
    "pairs-5-mutual": ("dyad_count", 5, [(0, 1), (1, 0), (1, 2), (2, 1)]),
}

GROUPED = {  # layers, biases, arcs
    "one-way": ([0, 0, 1, 1, 1], (), [(0, 2), (1, 4)]),
    "both-ways": ([0, 0, 1, 1, 1], (), [(0, 2), (2, 0), (1, 3), (4, 1), (4, 0)]),
    "within": ([0, 0, 0, 1, 1], (), [(0, 1), (1, 0), (1, 2), (0, 3), (4, 3)]),
    "three": ([0, 0, 1, 1, 2], (), [(0, 2), (2, 0), (1, 4), (4, 0), (2, 3)]),
    "skips": ([0, 0, 1, 1, 2, 2], (), [(0, 2), (1, 2), (2, 4), (0, 5)]),
    "bias": ([0, 0, 0, 1, 1], (2,), [(2, 0), (0, 1), (0, 3), (4, 1), (1, 4)]),
}


def moments(graphs, sizes):
    """Return means and covariances over all graphs, exact, by class."""
    names = [name for size in sizes for name in mc.CLASSES[size]]
    counts = (mc.count(graph, sizes) for graph in graphs)
    table = np.array([[of_graph[name] for name in names] for of_graph in counts])
    n, total, products = len(table), table.sum(axis=0), table.T @ table
    mean = {name: Fraction(int(total[k]), n) for k, name in enumerate(names)}
    return mean, {
        (a, b): Fraction(int(products[j, k]), n) - mean[a] * mean[b]
        for (j, a), (k, b) in combinations_with_replacement(enumerate(names), 2)
    }


@pytest.mark.parametrize(("null", "n", "arcs"), PLAIN.values(), ids=PLAIN)
def test_equal_to_the_moments_over_every_graph(null, n, arcs):
    states = realizations(n, arcs, keep=KEEPS[null])
    graphs = [mc.Graph.from_edges(*zip(*unpack(n, state), strict=True), n) for state in states]
    mean, covariance = moments(graphs, (2, 3, 4))
    exact = mc.nulls.resolve(null).closed_forms(graphs[0])
    for name, value in mean.items():
        assert exact.mean_and_variance(name) == (value, covariance[name, name])
    pairs = list(covariance.items())
    for k in np.random.default_rng(1).integers(0, len(pairs), 300).tolist():
        (name, other), value = pairs[k]
        assert exact.covariance(name, other) == value == exact.covariance(other, name)


@pytest.mark.parametrize("null", KEEPS)
@pytest.mark.parametrize(("layers", "biases", "arcs"), GROUPED.values(), ids=GROUPED)
def test_equal_to_the_moments_over_every_graph_with_groups(null, layers, biases, arcs):
    """A bias stays in a group of its own: it is enumerated as a layer, and nothing leads to it."""
    n = len(layers)
    parts = [layer if node not in biases else 9 for node, layer in enumerate(layers)]
    states = realizations(n, arcs, parts, keep=KEEPS[null])
    assert pack(n, arcs) in states
    graphs = [mc.Graph.from_edges(*zip(*unpack(n, state), strict=True), n, layers) for state in states]
    mean, covariance = moments(graphs, (2, 3))
    observed = with_biases(mc.Graph.from_edges(*zip(*arcs, strict=True), n, layers), biases)
    exact = mc.nulls.resolve(null).closed_forms(observed)
    for name, value in mean.items():
        assert exact.mean_and_variance(name) == (value, covariance[name, name])
    assert all(exact.covariance(*names) == value for names, value in covariance.items())


def with_biases(graph, biases):
    rows = graph.__reduce__()[1][0]
    return graph_of(rows._replace(groups=rows.groups._replace(bias_nodes=biases)))


def test_keeping_dyads_is_keeping_arcs_where_none_can_be_mutual():
    net = mc.datasets.load("pendulum").drop_ineffective()
    arcs, pairs = (mc.significance(net, null, size=(2, 3, 4), samples=0, seed=1) for null in KEEPS)
    assert (pairs.mean, pairs.std, pairs.status) == (arcs.mean, arcs.std, arcs.status)


def test_dyads_that_are_kept_are_told():
    graph = np.random.default_rng(4).random((20, 20)) < 0.2
    exact = mc.significance(graph, "dyad_count", size=(2, 3), samples=0)
    assert {exact.status[name] for name in mc.CLASSES[2]} == {"fixed"}
    assert sum(exact.status[name] == "dependent" for name in mc.CLASSES[3]) == 3
    sampled = mc.significance(graph, "dyad_count", size=(2, 3), samples=100, seed=1)
    assert sampled.relations == exact.relations


@pytest.mark.slow
@pytest.mark.parametrize("null", KEEPS)
@pytest.mark.parametrize("groups", [None, 3])
def test_near_the_moments_of_samples(null, groups):
    draw = np.random.default_rng(3)
    matrix = draw.random((30, 30)) < 0.1
    matrix |= (draw.random((30, 30)) < 0.3) & matrix.T
    graph = mc.Graph(matrix, layers=None if groups is None else np.arange(30) % groups)
    size = (3, 4) if groups is None else 3
    exact = mc.nulls.resolve(null).closed_forms(graph)
    sampled = mc.significance(graph, null, size=size, samples=1000, seed=1)
    for name in ("021C", "030T", "111U", "201", *(("bifan", "chain4", "394") if groups is None else ())):
        mean, variance = map(float, exact.mean_and_variance(name))
        assert abs(mean - sampled.mean[name]) < 5 * math.sqrt(variance / 1000)
        assert sampled.std[name] == pytest.approx(math.sqrt(variance), rel=0.12)


def test_what_has_no_closed_forms():
    arcs = [(0, 1), (1, 2), (2, 0)]
    triangle = mc.Graph.from_edges(*zip(*arcs, strict=True), layers=[0, 1, 2])
    for null in KEEPS:
        assert mc.significance(triangle, null, size=3, samples=0).observed["030C"] == 1
        with pytest.raises(NotImplementedError, match=r"size 4 is known for graphs without groups of nodes only"):
            mc.significance(triangle, null, size=4, samples=0)
        with pytest.raises(NotImplementedError, match=r"at most 6 groups of nodes, layers and biases, not 8"):
            mc.significance(mc.Graph(np.eye(8, k=2), layers=range(8)), null, size=3, samples=0)
