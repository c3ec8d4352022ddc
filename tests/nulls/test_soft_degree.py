"""Maximum entropy with expected degrees: constraints, closed forms against all graphs, and samples of the model."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

import motifcount as mc
from motifcount.graph.access import groups as groups_of
from motifcount.nulls.independent_dyads import DyadModel
from motifcount.nulls.independent_dyads_moments import IndependentDyadMoments
from motifcount.nulls.soft_degree_fit import fitted
from support.maximum_entropy import by_node, digraph, expected
from support.strategies import digraphs

NAMES = (*mc.CLASSES[2], *mc.CLASSES[3])


@pytest.mark.parametrize("keep_mutual", [False, True])
@settings(max_examples=40)
@given(drawn=digraphs(max_nodes=12))
def test_degrees_are_those_expected(keep_mutual, drawn):
    """Of any graph, nodes with all arcs or none among them."""
    graph = drawn.graph()
    out, into, mutual = expected(by_node(fitted(graph, keep_mutual)))
    assert out == pytest.approx(graph.out_degrees(), abs=1e-6)
    assert into == pytest.approx(graph.in_degrees(), abs=1e-6)
    if keep_mutual:
        known = [sum((v, u) in drawn.arcs for a, v in drawn.arcs if a == u) for u in range(drawn.n)]
        assert mutual == pytest.approx(known, abs=1e-6)


def test_chances_have_the_form_of_maximum_entropy():
    """Logits of arcs are sums of a part of each end; weights of dyads are products, too."""
    matrix = digraph(1, 25, 0.35)
    mutual_only = matrix & matrix.T
    degrees = [(matrix & ~mutual_only).sum(axis=0), (matrix & ~mutual_only).sum(axis=1), mutual_only.sum(axis=0)]
    nodes = np.flatnonzero(np.min(degrees, axis=0) > 0)  # the others have weights of 0
    k = len(nodes)
    assert k > 20
    off = ~np.eye(k, dtype=bool)
    sources, targets = np.eye(k)[np.nonzero(off)[0]], np.eye(k)[np.nonzero(off)[1]]

    def has_parts(values, design):
        return design @ np.linalg.lstsq(design, values)[0] == pytest.approx(values, abs=1e-5)

    _, mutual, there, _ = by_node(fitted(mc.Graph(matrix), False))[:, nodes][:, :, nodes]
    arc = mutual + there
    assert mutual == pytest.approx(arc * arc.T)
    assert has_parts(np.log(arc[off] / (1 - arc[off])), np.hstack((sources, targets)))
    null, mutual, there, _ = by_node(fitted(mc.Graph(matrix), True))[:, nodes][:, :, nodes]
    assert has_parts(np.log(there[off] / null[off]), np.hstack((sources, targets)))
    assert has_parts(np.log(mutual[off] / null[off]), sources + targets)


# ---- closed forms ------------------------------------------------------------------------------------------------


def over_all_graphs(chances, n):
    """Mean and covariance of all counts over every graph with its probability."""
    pairs = list(combinations(range(n), 2))
    arcs_of = ((), ((0, 1), (1, 0)), ((0, 1),), ((1, 0),))
    weights, rows = [], []
    for states in product(range(4), repeat=len(pairs)):
        arcs = [(pair[a], pair[b]) for pair, state in zip(pairs, states, strict=True) for a, b in arcs_of[state]]
        weights.append(np.prod([chances[(state, *pair)] for pair, state in zip(pairs, states, strict=True)]))
        counts = mc.count(mc.Graph.from_edges(*zip(*arcs, strict=True), n) if arcs else mc.Graph.from_edges([], [], n))
        rows.append([counts[name] for name in NAMES])
    weights, table = np.array(weights), np.array(rows, float)
    mean = weights @ table
    return mean, (table * weights[:, None]).T @ table - np.outer(mean, mean)


@pytest.mark.parametrize("classes", [[0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 1, 2], [0, 1, 2, 3]], ids=str)
def test_closed_forms_are_the_moments_over_all_graphs(classes):
    draw = np.random.default_rng(len(set(classes)))
    k = max(classes) + 1
    weights = draw.random((4, k, k)) + 0.05
    weights[:2] += weights[:2].transpose(0, 2, 1)
    weights[3] = weights[2].T
    chances = weights / weights.sum(axis=0)
    model = DyadModel(np.array(classes), np.bincount(classes), chances)
    mean, covariance = over_all_graphs(by_node(model), 4)
    exact = IndependentDyadMoments("soft_degree", model.sizes, model.chances)
    for j, name in enumerate(NAMES):
        found, variance = exact.mean_and_variance(name)
        assert float(found) == pytest.approx(mean[j])
        assert float(variance) == pytest.approx(covariance[j, j])
        for other, value in zip(NAMES, covariance[j], strict=True):
            assert float(exact.covariance(name, other)) == pytest.approx(value, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("keep_mutual", [False, True])
@pytest.mark.parametrize("layers", [None, 3])
def test_closed_forms_are_near_the_moments_of_samples(keep_mutual, layers):
    graph = mc.Graph(digraph(4, 30, 0.12), layers=None if layers is None else np.arange(30) % layers)
    null = mc.nulls.SoftDegree(keep_mutual=keep_mutual)
    exact = mc.significance(graph, null, size=(2, 3), samples=0)
    sampled = mc.significance(graph, null, size=(2, 3), samples=1000, seed=1)
    for name in ("mutual", "021C", "111U", "030T", "201", "120C"):
        assert abs(exact.mean[name] - sampled.mean[name]) < 5 * exact.std[name] / 1000**0.5
        assert sampled.std[name] == pytest.approx(exact.std[name], rel=0.15)


def test_equal_degrees_are_a_coin_for_each_arc():
    """Of a directed cycle, all arcs have one probability: G(n, p)."""
    n = 9
    cycle = mc.Graph(np.roll(np.eye(n), 1, axis=1))
    p = 1 / (n - 1)
    found = mc.significance(cycle, "soft_degree", size=(2, 3), samples=0)
    pairs, triples = n * (n - 1) / 2, n * (n - 1) * (n - 2) / 6
    assert found.mean["mutual"] == pytest.approx(pairs * p**2)
    assert found.std["mutual"] == pytest.approx((pairs * p**2 * (1 - p**2)) ** 0.5)
    assert found.mean["030C"] == pytest.approx(2 * triples * (p * (1 - p)) ** 3)
    assert found.mean["300"] == pytest.approx(triples * p**6)


def test_blocks_have_degrees_of_their_own():
    layers = np.array([0, 0, 0, 1, 1, 1, 1, 2, 2])
    matrix = digraph(7, 9, 0.4)
    graph = mc.Graph(matrix, layers=layers)
    for keep_mutual in (False, True):
        _, mutual, there, _ = by_node(fitted(graph, keep_mutual))
        for a, b in product(range(3), repeat=2):
            block = np.ix_(layers == a, layers == b)
            arcs = (mutual + there)[block]
            assert arcs.sum(axis=1) == pytest.approx(matrix[block].sum(axis=1), abs=1e-6)
            assert arcs.sum(axis=0) == pytest.approx(matrix[block].sum(axis=0), abs=1e-6)


def test_a_network_stays_one_and_nothing_leads_to_a_bias():
    net = mc.datasets.load("pendulum", bias=True).drop_ineffective()
    drawn = mc.randomize(net, "soft_degree", seed=1)
    assert drawn.is_strictly_layered()
    assert drawn != net
    assert not drawn.in_degrees()[list(groups_of(net).bias_nodes)].any()
    result = mc.significance(net, "soft_degree", size=(3, 4), samples=20, seed=1)
    assert result.status["021D"] == "varies"  # which degrees fix
    assert len(result.classes) == 16 + 10


def test_what_is_refused():
    with pytest.raises(NotImplementedError, match=r"samples=0.*sizes 2 and 3"):
        mc.significance(mc.Graph(digraph(1, 8)), "soft_degree", size=4, samples=0)
    with pytest.raises(TypeError, match="keep_mutual"):
        mc.nulls.SoftDegree(keep_mutual=1)


def test_dyads_are_drawn_with_their_chances():
    graph = mc.Graph(digraph(2, 6, 0.4))
    null = mc.nulls.SoftDegree(keep_mutual=True)
    chances = by_node(fitted(graph, True))
    sample = null._sampler(graph)
    drawn = np.array([sample(1, k, 1).to_scipy().toarray() != 0 for k in range(600)])
    for i, j in combinations(range(6), 2):
        there, back = drawn[:, i, j], drawn[:, j, i]
        found = np.array(
            [(~there & ~back).mean(), (there & back).mean(), (there & ~back).mean(), (back & ~there).mean()]
        )
        q = chances[:, i, j]
        assert np.all(np.abs(found - q) <= 4.5 * np.sqrt(q * (1 - q) / 600) + 1e-8)


@pytest.mark.parametrize("null", ["soft_degree", "soft_dyad_count"])
def test_a_fitted_null_model_gives_no_p_and_says_so(null):
    result = mc.significance(mc.Graph(digraph(3, 12)), null, size=(2, 3), samples=30, seed=1)
    for column in (result.p_over, result.p_under, result.p_adjusted):
        assert np.isnan(list(column.values())).all()
    assert result.z["030T"] == pytest.approx((result.observed["030T"] - result.mean["030T"]) / result.std["030T"])
    assert "no p-values" in repr(result)
    assert mc.Significance.from_json(result.to_json()).notes == result.notes
