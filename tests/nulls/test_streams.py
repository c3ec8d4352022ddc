"""Sample k of a seed is the same for any number of threads and in any run; and keeps the degrees it should."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount import nulls
from motifcount.nulls.sampling import SampleRange
from support.strategies import digraphs, layered_dags, node_layers

SEEDS = st.integers(0, 2**64 - 1)
KEEP = mc.nulls.Degree(keep_mutual=True)


def arcs_of(graph):
    return set(zip(*(ends.tolist() for ends in graph.to_scipy().nonzero()), strict=True))


def node_degrees(arcs):
    """Out, in and mutual degree by node."""
    degrees = Counter((end, node) for arc in arcs for end, node in enumerate(arc))
    return degrees, Counter(u for u, v in arcs if (v, u) in arcs)


def sparse_digraph(n, degree):
    """A digraph with mutual edges, kept in a hash set at n = 3000."""
    src, dst = np.random.default_rng(n).integers(0, n, (2, n * degree))
    mutual = slice(0, n)
    return mc.Graph.from_edges(np.concatenate((src, dst[mutual])), np.concatenate((dst, src[mutual])), n)


def two_of_four(*widths):
    """A network of 2:4 sparsity: each unit has two arcs from each four units."""
    order = np.random.default_rng(7).random((sum(widths) // 4, 4, max(widths))).argsort(axis=1)
    masks, first = [], 0
    for n_in, n_out in pairwise(widths):
        groups = slice(first, first := first + n_in // 4)
        masks.append((order[groups, :, :n_out] < 2).reshape(n_in, n_out))
    return mc.Graph.from_layers(masks)


GRAPHS = {
    "small": sparse_digraph(60, 4),
    "large": sparse_digraph(3000, 2),
    "net": mc.datasets.load("pendulum").drop_ineffective(),
    "two-of-four": two_of_four(40, 24, 8),
    "signed": mc.Graph(
        sparse_digraph(60, 4), kinds=np.random.default_rng(8).choice(["+", "-"], sparse_digraph(60, 4).n_edges)
    ),
    "weighted": mc.Graph(
        sparse_digraph(60, 4), weights=np.random.default_rng(9).lognormal(size=sparse_digraph(60, 4).n_edges)
    ),
}


# ---- what every sample keeps -------------------------------------------------------------------------------------


@given(digraphs(), SEEDS)
def test_degree_keeps_degrees(drawn, seed):
    random = arcs_of(mc.randomize(drawn.graph(), seed=seed, num_threads=1))
    assert node_degrees(random)[0] == node_degrees(drawn.arcs)[0]
    assert all(u != v for u, v in random)


@given(digraphs(), st.sampled_from([0.3, 3, 30]), SEEDS)
def test_keep_mutual_keeps_mutual_edges_too(drawn, swaps, seed):
    random = arcs_of(mc.randomize(drawn.graph(), mc.nulls.Degree(swaps, True), seed=seed, num_threads=1))
    assert node_degrees(random) == node_degrees(drawn.arcs)
    assert all(u != v for u, v in random)


@given(st.data(), digraphs(), SEEDS)
def test_keep_mutual_in_layers(data, drawn, seed):
    """Edges anywhere: in every block nodes keep their degrees, and their mutual edges with every layer."""
    layers = data.draw(node_layers(drawn.n))
    random = arcs_of(mc.randomize(drawn.graph(layers), KEEP, seed=seed, num_threads=1))
    assert all(u != v for u, v in random)
    assert by_layers(random, layers) == by_layers(drawn.arcs, layers)


def by_layers(arcs, layers):
    """Out, in and mutual degree by node and layer of the other end."""
    degrees = Counter(end for u, v in arcs for end in (("out", u, layers[v]), ("in", v, layers[u])))
    return degrees, Counter((u, layers[v]) for u, v in arcs if (v, u) in arcs)


def dyads(arcs, layers):
    """The number of pairs by layers, and whether they are mutual."""
    return Counter((layers[u], layers[v], (v, u) in arcs) for u, v in arcs)


@given(st.data(), digraphs(), SEEDS)
def test_dyad_count_keeps_dyads(data, drawn, seed):
    layers = data.draw(st.none() | node_layers(drawn.n))
    random = arcs_of(mc.randomize(drawn.graph(layers), "dyad_count", seed=seed, num_threads=1))
    assert all(u != v for u, v in random)
    of_node = [0] * drawn.n if layers is None else layers
    assert dyads(random, of_node) == dyads(drawn.arcs, of_node)


def test_keep_mutual_is_the_same_where_no_edge_can_be_mutual():
    net = mc.datasets.load("pendulum")
    assert mc.randomize(net, KEEP, seed=1) == mc.randomize(net, seed=1)


@given(layered_dags(), SEEDS)
def test_keep_mutual_on_layered_dags(dag, seed):
    drawn, layers = dag
    graph = drawn.graph(layers)
    assert mc.randomize(graph, KEEP, seed=seed) == mc.randomize(graph, seed=seed)


def test_mutual_edges_across_layers_are_tested():
    """Recurrent layers: many pairs are mutual, which `degree` takes apart and `keep_mutual` does not."""
    draw = np.random.default_rng(4)
    there = draw.random((40, 40)) < 0.1
    back = np.where(draw.random((40, 40)) < 0.5, there, draw.random((40, 40)) < 0.1)
    matrix = np.zeros((80, 80), bool)
    matrix[:40, 40:], matrix[40:, :40] = there, back.T
    graph = mc.Graph(matrix, layers=[0] * 40 + [1] * 40)
    free = mc.significance(graph, size=2, samples=200, seed=1)
    kept = mc.significance(graph, KEEP, size=2, samples=200, seed=1)
    assert free.z["mutual"] > 10
    assert kept.status["mutual"] == "fixed"


@pytest.mark.parametrize("null", ["degree", KEEP], ids=["degree", "keep-mutual"])
def test_large_graphs_keep_their_degrees(null):
    """Where edges are kept in a hash set."""
    graph = GRAPHS["large"]
    random = mc.randomize(graph, null, seed=1)
    assert random != graph
    (old, old_mutual), (new, new_mutual) = node_degrees(arcs_of(graph)), node_degrees(arcs_of(random))
    assert new == old
    assert (new_mutual == old_mutual) == (null is KEEP)


def test_loops_beside_a_dense_core_come_apart():
    """Eight 3-cycles beside 60 nodes that are all joined both ways: a permutation without cycles of one or two nodes.

    It has a third of a 3-cycle in the mean, with about the variance of a Poisson number.
    """
    matrix = np.zeros((84, 84), bool)
    matrix[:60, :60] = ~np.eye(60, dtype=bool)
    for first in range(60, 84, 3):
        for k in range(3):
            matrix[first + k, first + (k + 1) % 3] = True
    result = mc.significance(mc.Graph(matrix), KEEP, size=3, samples=400, seed=1)
    assert result.mean["030C"] == pytest.approx(1 / 3, abs=4 * math.sqrt(1 / 3 / 400) + 0.02)
    assert result.z["030C"] > 8


# ---- streams -----------------------------------------------------------------------------------------------------


CASES = {
    "degree": ("small", "degree"),
    "degree-large": ("large", mc.nulls.Degree(swaps_per_edge=5)),
    "keep-mutual": ("small", KEEP),
    "keep-mutual-large": ("large", mc.nulls.Degree(swaps_per_edge=1, keep_mutual=True)),
    "cover": ("net", "cover"),
    "edge-count": ("large", "edge_count"),
    "dyad-count": ("small", "dyad_count"),
    "dyad-count-large": ("large", "dyad_count"),
    "soft-degree": ("small", mc.nulls.SoftDegree(keep_mutual=True)),
    "soft-dyad-count": ("small", mc.nulls.SoftDyadCount()),
    "n-of-m": ("two-of-four", "n_of_m"),
    "kinds": ("signed", "kinds"),
    "weights": ("weighted", "weights"),
    "weights-carried": ("weighted", mc.nulls.Degree(keep_mutual=True)),
    "keep-kinds": ("signed", mc.nulls.Degree(keep_kinds=True)),
    "keep-wiring": ("signed", mc.nulls.Degree(keep_kinds=True, keep_wiring=True)),
    "keep-kinds-and-mutual": ("signed", mc.nulls.Degree(keep_kinds=True, keep_mutual=True)),
}

pytestmark = pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning")


def test_every_null_model_has_a_case():
    assert {nulls.resolve(null).name for _, null in CASES.values()} == {
        name for name, model in nulls.MODELS.items() if not model.needs_module
    }


@pytest.fixture(params=CASES)
def case(request):
    return request.param


def graph_and_null(case):
    name, null = CASES[case]
    return GRAPHS[name], null


class Measured(NamedTuple):
    """Intensities of samples, in the words of a Significance."""

    samples_table: np.ndarray

    def to_json(self):
        return self.samples_table.tolist()


def run(case, samples=12, seed=3, **options):
    graph, null = graph_and_null(case)
    if graph.weights is not None:
        drawn = SampleRange(seed, options.get("first_sample", 0), samples)
        return Measured(nulls.resolve(null).sample_intensities(graph, drawn, options.get("num_threads", 1)))
    sizes = (2, 3, 4) if graph.layers is not None else (2, 3)
    by_kind = graph.kinds is not None
    return mc.significance(graph, null, size=sizes, by_kind=by_kind, samples=samples, seed=seed, **options)


@cache
def known(case):
    return run(case, num_threads=1)


@pytest.mark.slow
def test_threads_do_not_matter(case, num_threads):
    assert run(case, num_threads=num_threads).to_json() == known(case).to_json()


def test_graphs_do_not_depend_on_threads(case, num_threads):
    graph, null = graph_and_null(case)
    assert mc.randomize(graph, null, seed=9, num_threads=num_threads) == mc.randomize(
        graph, null, seed=9, num_threads=1
    )


@pytest.mark.slow
def test_runs_can_be_continued(case):
    whole = known(case).samples_table
    parts = [run(case, samples=n, first_sample=first).samples_table for first, n in ((0, 2), (2, 7), (9, 3))]
    assert np.array_equal(np.concatenate(parts), whole)
    assert np.array_equal(run(case, samples=2, first_sample=10, num_threads=2).samples_table, whole[10:])
    assert len(np.unique(whole, axis=0)) > 1


def test_seeds_matter(case):
    assert not np.array_equal(known(case).samples_table, run(case, seed=4).samples_table)
