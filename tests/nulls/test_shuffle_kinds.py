"""Kinds permuted over the fixed wiring: uniform over all arrangements, and what that leaves to test."""

from __future__ import annotations

import pickle
from collections import Counter
from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

import motifcount as mc
from motifcount.graph import access
from motifcount.inference.relations import from_null
from motifcount.nulls import ShuffleKinds
from support.strategies import digraphs, node_layers

LABELS = ["+", "-", "?"]
PER_STATE = 60
TINY, LOWEST = 1e-8, 1e-3


@st.composite
def kinded(draw, max_nodes=8):
    drawn = draw(digraphs(max_nodes))
    arcs = sorted(drawn.arcs)
    kinds = draw(st.lists(st.sampled_from(LABELS), min_size=len(arcs), max_size=len(arcs)))
    return mc.Graph.from_edges([u for u, _ in arcs], [v for _, v in arcs], drawn.n, kinds=kinds)


def block_of(graph):
    """By edge, the layers of its ends."""
    src, dst = access.edge_arrays(graph)
    return list(zip(graph.layers[src].tolist(), graph.layers[dst].tolist(), strict=True))


@given(st.data(), kinded(), st.integers(0, 2**64 - 1))
def test_what_every_sample_keeps(data, graph, seed):
    layered = mc.Graph(graph, data.draw(node_layers(graph.n_nodes)))
    plain = mc.count(layered)
    for within in (False, True):
        null = ShuffleKinds(within)
        drawn = mc.randomize(layered, null, seed=seed)
        assert [ends.tolist() for ends in access.edge_arrays(drawn)] == [
            ends.tolist() for ends in access.edge_arrays(layered)
        ]
        assert mc.count(drawn) == plain
        keys = block_of(layered) if within else [0] * layered.n_edges
        assert Counter(zip(keys, drawn.kinds.tolist(), strict=True)) == Counter(
            zip(keys, layered.kinds.tolist(), strict=True)
        )


@given(kinded(), st.integers(0, 2**64 - 1))
def test_sums_that_stay(graph, seed):
    null = ShuffleKinds()
    observed, drawn = (mc.count(found, by_kind=True) for found in (graph, mc.randomize(graph, null, seed=seed)))
    names = {
        f"{name} {''.join(kinds)}".rstrip(): (name, kinds)
        for name, by_kind in observed.by_kind.items()
        for kinds in by_kind
    }
    counts, new = (
        {name: found.by_kind[plain][kinds] for name, (plain, kinds) in names.items()} for found in (observed, drawn)
    )
    for weights in null.keeps(graph, counts):
        assert sum(w * counts[name] for name, w in weights.items()) == sum(w * new[name] for name, w in weights.items())


def states_of(graph, within):
    """All arrangements of the kinds over the edges, block by block."""
    keys = block_of(graph) if within else [0] * graph.n_edges
    kinds = graph.kinds.tolist()
    wanted = Counter(zip(keys, kinds, strict=True))
    return [
        state
        for state in product(sorted(set(kinds)), repeat=graph.n_edges)
        if Counter(zip(keys, state, strict=True)) == wanted
    ]


SMALL = mc.Graph.from_edges(
    [0, 0, 1, 2, 2, 3], [1, 2, 2, 0, 3, 1], layers=[0, 0, 1, 1], kinds=["+", "-", "+", "+", "?", "?"]
)


def p_uniform(drawn, states):
    counted = Counter(drawn)
    assert counted.keys() <= set(states)
    return chisquare([counted[state] for state in states]).pvalue


def samples_of(null, n):
    sampler = null._sampler(SMALL)
    return [tuple(sampler(11, k, 1).kinds.tolist()) for k in range(n)]


@pytest.mark.parametrize("within", [False, True])
def test_uniform(within):
    states = states_of(SMALL, within)
    keys = block_of(SMALL) if within else [0] * SMALL.n_edges
    of_kind = Counter(zip(keys, SMALL.kinds.tolist(), strict=True))
    ways = prod(multinomial([n for (block, _), n in of_kind.items() if block == key]) for key in set(keys))
    assert len(states) == ways > 1
    assert p_uniform(samples_of(ShuffleKinds(within), PER_STATE * len(states)), states) > LOWEST


@pytest.mark.parametrize("within", [False, True])
def test_uniform_over_kinds_of_nodes(within):
    graph = mc.Graph(SMALL, kinds=["+", "+", "-", "?", "?", "+"])  # of the nodes 0 + + 1 - 2 ? ? 3 +
    sampler = ShuffleKinds(within, by_source=True)._sampler(graph)
    owner = access.edge_arrays(graph)[0]
    of_node = dict(zip(owner.tolist(), graph.kinds.tolist(), strict=True))
    layers = graph.layers if within else np.zeros(4, int)
    states = {
        tuple(state[node] for node in owner)
        for state in product("+-?", repeat=4)
        if all(
            Counter(state[v] for v in range(4) if layers[v] == layer)
            == Counter(of_node[v] for v in range(4) if layers[v] == layer)
            for layer in set(layers.tolist())
        )
    }
    assert len(states) == (4 if within else 12)
    drawn = [tuple(sampler(5, k, 1).kinds.tolist()) for k in range(PER_STATE * len(states))]
    assert p_uniform(drawn, sorted(states)) > LOWEST


def test_kinds_of_nodes_in_significance():
    graph = random_signed()
    src = access.edge_arrays(graph)[0]
    dale = mc.Graph(graph, kinds=np.where(src % 3 == 0, "-", "+"))
    result = mc.significance(dale, ShuffleKinds(by_source=True), by_kind=True, samples=30, seed=1)
    loops = [k for k, name in enumerate(result.classes) if name.startswith("030T ")]
    assert (result.samples_table[:, loops].sum(axis=1) == mc.count(dale)["030T"]).all()
    with pytest.raises(ValueError, match="by_source must be False where edges of two kinds leave a node"):
        mc.randomize(graph, ShuffleKinds(by_source=True))


def multinomial(parts):
    total, ways = 0, 1
    for part in parts:
        total += part
        ways *= comb(total, part)
    return ways


def test_the_test_of_uniformity_can_fail():
    states, rng = states_of(SMALL, False), np.random.default_rng(4)

    def swapped_once_too_few():  # Sattolo's shuffle: no edge keeps its place
        kinds = SMALL.kinds.tolist()
        for k in range(len(kinds) - 1, 0, -1):
            j = rng.integers(0, k)
            kinds[k], kinds[j] = kinds[j], kinds[k]
        return tuple(kinds)

    assert p_uniform([swapped_once_too_few() for _ in range(PER_STATE * len(states))], states) < TINY


def test_pinned_edges_keep_their_kinds():
    import torch
    from torch import nn

    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Linear(3, 3, bias=False), nn.Linear(3, 3, bias=False)

        def forward(self, x):
            x = self.first(x)
            return x + self.second(x.relu())

    torch.manual_seed(1)
    graph = mc.Graph.from_module(Residual(), kinds="sign")
    dst = access.edge_arrays(graph)[1]
    pinned = np.isin(graph.layers[dst], graph.pinned_layers)
    assert set(graph.kinds[pinned]) == {"?"}
    for seed in range(5):
        assert set(mc.randomize(graph, "kinds", seed=seed).kinds[pinned]) == {"?"}
    weights = [np.where(np.arange(3)[:, None] == 0, -1.0, 1.0), np.ones((3, 3))]
    signed = Residual()
    with torch.no_grad():
        for part, weight in zip((signed.first, signed.second), weights, strict=True):
            part.weight.copy_(torch.tensor(weight).T)
    by_source = mc.significance(
        mc.Graph.from_module(signed, kinds="sign"), ShuffleKinds(by_source=True), by_kind=True, samples=9, seed=1
    )
    assert by_source.samples == 9


def random_signed(n=25, m=90, seed=3):
    rng = np.random.default_rng(seed)
    graph = mc.Graph.from_edges(*rng.integers(0, n, (2, m)), n)
    return mc.Graph(graph, kinds=rng.choice(["+", "-"], graph.n_edges, p=[0.6, 0.4]))


def test_the_loops_of_one_class_are_one_sum():
    graph = random_signed()
    result = mc.significance(graph, "kinds", by_kind=True, samples=40, seed=2)
    names = [name for name in result.classes if name.startswith("030T ")]
    loops = mc.count(graph)["030T"]
    columns = [result.classes.index(name) for name in names]
    assert (result.samples_table[:, columns].sum(axis=1) == loops).all()
    assert [result.observed[name] for name in names] == [
        mc.count(graph, 3, by_kind=True).by_kind["030T"][tuple(name[5:])] for name in names
    ]
    assert result.status["003"] == "fixed"
    assert "dependent" in {result.status[name] for name in names}
    assert mc.significance(graph, "kinds", size=3, samples=5, seed=1).status["030T"] == "fixed"
    assert result.fingerprint != mc.significance(mc.Graph(graph.to_scipy()), samples=2, seed=1).fingerprint


def test_relations_are_those_of_all_states():
    graph = mc.Graph.from_edges([0, 1, 0, 3, 2, 1], [1, 2, 2, 1, 3, 0], 5, kinds=["+", "-", "+", "-", "-", "+"])
    counts = []
    for state in states_of(mc.Graph(graph, np.zeros(5, int)), False):
        by_kind = mc.count(mc.Graph(graph, kinds=list(state)), by_kind=True).by_kind
        counts.append({f"{name} {''.join(k)}".rstrip(): n for name, found in by_kind.items() for k, n in found.items()})
    for name, relation in from_null(graph, ShuffleKinds(), counts[0]).items():
        assert all(
            row[name] == relation.constant + sum(factor * row[other] for other, factor in relation.factors.items())
            for row in counts
        )


@pytest.mark.parametrize("null", [ShuffleKinds(), ShuffleKinds(by_source=True)])
def test_there_are_no_other_relations(null):
    graph = random_signed(30, 400)
    if null.by_source:
        graph = mc.Graph(graph, kinds=np.where(access.edge_arrays(graph)[0] % 3 == 0, "-", "+"))
    result = mc.significance(graph, null, size=(2, 3), by_kind=True, samples=250, seed=4)
    free = [name not in result.relations_from_null for name in result.classes]
    table = result.samples_table - result.samples_table[0]
    assert np.linalg.matrix_rank(table) == sum(free) > 50


def test_it_travels_and_is_told():
    assert pickle.loads(pickle.dumps(ShuffleKinds(True))) == ShuffleKinds(True)
    assert mc.nulls.MODELS["kinds"]() == ShuffleKinds()
    assert mc.significance(random_signed(), "kinds", by_kind=True, samples=3, seed=1).to_dict()["null"] == "kinds"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mc.randomize(np.eye(3, k=1), "kinds"), "edges have kinds"),
        (lambda: mc.randomize(random_signed(), ShuffleKinds(True)), "within_blocks must be False"),
        (lambda: mc.significance(random_signed(), by_kind=True), 'those of "degree" have none'),
        (lambda: mc.significance(np.eye(3, k=1), "kinds", by_kind=True), "edges have kinds"),
    ],
)
def test_what_it_needs(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_no_tetrads_by_kind():
    with pytest.raises(NotImplementedError, match="leave out size 4"):
        mc.significance(random_signed(), "kinds", size=4, by_kind=True)


def test_results_by_kind_are_kept_in_files(tmp_path):
    result = mc.significance(random_signed(), "kinds", by_kind=True, samples=5, seed=1)
    path = tmp_path / "result.zip"
    result.save(path)
    assert mc.Significance.load(path) == result
    assert result["030T +++"].observed == result.observed["030T +++"]


def test_results_by_kind_are_drawn_and_told(tmp_path):
    graph = random_signed()
    result = mc.significance(graph, "kinds", by_kind=True, samples=20, seed=1)
    page = tmp_path / "page.html"
    mc.report(result, page, graph=graph)
    assert "030T ++-" in page.read_text()
    assert "030T ++-" in result._repr_html_()
    assert mc.plots.plot_significance(result) is not None
