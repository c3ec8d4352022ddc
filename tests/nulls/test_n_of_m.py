"""N:M sparsity: uniform over all its graphs, exact moments against these, planted patterns, refusals."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import comb, prod, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import motifcount as mc
from support import oracles
from support.realizations import many, p_uniform, pack

ALL = (2, 3, 4)
NAMES = mc.CLASSES[2] + mc.CLASSES[3] + mc.LAYERED_TETRADS


def mask(n_in, n_out, kept, size, rng):
    """A mask of shape (n_in, n_out) with `kept` rows of each `size` in every column."""
    n_groups = n_in // size
    order = rng.random((n_groups, size, n_out)).argsort(axis=1)
    return (order < kept).reshape(n_in, n_out)


def network(widths, kept, size, seed=0):
    rng = np.random.default_rng(seed)
    return mc.Graph.from_layers([mask(n_in, n_out, kept, size, rng) for n_in, n_out in pairwise(widths)])


def every_state(widths, kept, size, full=()):
    """Yield the arcs of every graph of N:M sparsity, nodes numbered layer by layer; blocks `full` have all arcs."""
    starts = np.cumsum([0, *widths]).tolist()
    choices = []
    for k, (n_in, n_out) in enumerate(pairwise(widths)):
        for target in range(starts[k + 1], starts[k + 1] + n_out):
            for first in range(starts[k], starts[k] + n_in, size if k not in full else n_in):
                group = range(first, first + (size if k not in full else n_in))
                chosen = combinations(group, kept if k not in full else n_in)
                choices.append([frozenset((source, target) for source in sources) for sources in chosen])
    return [frozenset().union(*state) for state in product(*choices)]


SMALL = {  # widths, N, M, full blocks
    "1-of-2": ((4, 2), 1, 2, ()),
    "2-of-4": ((4, 3), 2, 4, ()),
    "2-of-3-and-two-blocks": ((3, 3, 1), 2, 3, ()),
    "1-of-2-twice": ((4, 2, 2), 1, 2, ()),
    "three-layers": ((2, 2, 2, 1), 1, 2, ()),
    "a-full-block-first": ((3, 2, 2), 1, 2, (0,)),
    "a-full-block-last": ((4, 2, 3), 1, 2, (1,)),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", SMALL.values(), ids=SMALL)
def test_uniform_over_all_its_graphs(case):
    widths, kept, size, full = case
    n = sum(widths)
    layers = np.repeat(np.arange(len(widths)), widths).tolist()
    states = [pack(n, arcs) for arcs in every_state(*case)]
    free = [n_in * n_out // size for k, (n_in, n_out) in enumerate(pairwise(widths)) if k not in full]
    assert len(set(states)) == len(states) == comb(size, kept) ** sum(free)
    found = many(n, [states[0]] * (100 * len(states)), mc.nulls.NOfM(kept, size), 1, layers)
    assert p_uniform(found, states) > 1e-4


@pytest.mark.parametrize("case", SMALL.values(), ids=SMALL)
def test_moments_are_those_of_all_its_graphs(case):
    widths, kept, size, _ = case
    n, states = sum(widths), every_state(*case)
    rows = [{name: k for s in ALL for name, k in oracles.counts(n, arcs, s).items()} for arcs in states]
    means = {name: Fraction(sum(row[name] for row in rows), len(rows)) for name in NAMES}
    squares = {name: Fraction(sum(row[name] ** 2 for row in rows), len(rows)) for name in NAMES}
    layers = np.repeat(np.arange(len(widths)), widths)
    graph = mc.Graph.from_edges(*zip(*sorted(states[0]), strict=True), n, layers)
    null = mc.nulls.NOfM(kept, size)
    result = mc.significance(graph, null, size=ALL, samples=0)
    for name in NAMES:
        variance = squares[name] - means[name] ** 2
        assert null.closed_forms(graph).mean_and_variance(name) == (means[name], variance), name
        assert result.std[name] == pytest.approx(sqrt(variance))
        assert (result.status[name] == "fixed") == (variance == 0), name
    table = np.array([[row[name] for name in NAMES] for row in rows])
    independent = np.linalg.matrix_rank((table - table[0]).astype(float))
    assert list(result.status.values()).count("varies") == independent


@settings(max_examples=20)
@given(st.integers(1, 3), st.integers(1, 3), st.lists(st.integers(1, 3), min_size=1, max_size=3), st.integers(0, 99))
def test_each_group_keeps_its_number_and_what_follows_stays(kept, more, widths, seed):
    size = kept + more
    widths = [size * width for width in widths] + [5]
    graph = network(widths, kept, size, seed)
    null = mc.nulls.NOfM(kept, size)
    drawn = mc.randomize(graph, null, seed=seed)
    for layer in drawn.to_layers():
        assert (layer.toarray().reshape(-1, size, layer.shape[1]).sum(axis=1) == kept).all()
    before, after = mc.count(graph, ALL), mc.count(drawn, ALL)
    sums = null.keeps(graph, before)
    assert len(sums) > 10
    for weights in sums:
        assert sum(w * after[name] for name, w in weights.items()) == sum(
            w * before[name] for name, w in weights.items()
        )


def test_samples_agree_with_the_moments():
    graph = network((16, 12, 8), 2, 4)
    exact = mc.significance(graph, "n_of_m", size=ALL, samples=0)
    drawn = mc.significance(graph, mc.nulls.NOfM(2, 4), size=ALL, samples=4000, seed=1)
    fixed, fixed_in_samples = ({name for name in NAMES if r.status[name] == "fixed"} for r in (exact, drawn))
    assert fixed == fixed_in_samples >= {"021U", "021C", "in_star", "chain4", "y_in"}
    varying = [name for name in NAMES if exact.std[name] > 0]
    assert {"bifan", "zigzag", "021D"} <= set(varying)
    for name in varying:
        assert abs(drawn.mean[name] - exact.mean[name]) < 5 * exact.std[name] / sqrt(4000), name
        assert drawn.std[name] == pytest.approx(exact.std[name], rel=0.12), name


def test_a_planted_pattern_stands_out():
    """All units of a layer choose the same pair of each group in one network of two; nothing else differs."""
    rng = np.random.default_rng(3)
    planted = mask(32, 1, 2, 4, rng).repeat(16, axis=1)
    free = network((32, 16), 2, 4, seed=4)
    scores = [
        mc.significance(g, "n_of_m", size=4, samples=0).z["bifan"] for g in (mc.Graph.from_layers([planted]), free)
    ]
    assert scores[0] > 20
    assert abs(scores[1]) < 4
    pairs = comb(16, 2)  # of units, which share k of 16 inputs: k of each of 8 groups is 0, 1 or 2 (1/6, 4/6, 1/6)
    mean = pairs * sum(
        comb(sum(shared), 2) * Fraction(prod(Fraction(4 if s == 1 else 1, 6) for s in shared))
        for shared in product((0, 1, 2), repeat=8)
    )
    assert mc.nulls.NOfM().closed_forms(free).mean_and_variance("bifan")[0] == mean


def test_biases_and_full_blocks_stay():
    rng = np.random.default_rng(5)
    masks = [mask(8, 8, 2, 4, rng), np.ones((8, 3), bool)]
    graph = mc.Graph.from_layers(masks, [np.arange(8) < 5, None])
    drawn = mc.randomize(graph, "n_of_m", seed=2)
    assert drawn != graph
    assert (drawn.biases[0] == graph.biases[0]).all()
    assert drawn.to_layers()[1].sum() == 24
    with pytest.raises(NotImplementedError, match=r"samples=0 .closed forms. of n_of_m has no biases"):
        mc.significance(graph, "n_of_m", samples=0)
    assert mc.significance(graph, "n_of_m", samples=20, seed=1).status["bifan"] != "fixed"


REFUSED = {
    "no layers": (mc.Graph(np.roll(np.eye(4), 1, axis=1)), "needs a graph with layers"),
    "another number": (
        network((8, 2), 1, 4),
        r"2 of 4 in every group.* block 0 -> 1 has 1 from nodes 0 to 3 to node 8",
    ),
    "no whole groups": (network((6, 2), 1, 2), "block 0 -> 1 has 6 sources, which make no whole number of groups"),
    "within a layer": (
        mc.Graph.from_edges([0, 1, 2, 3], [1, 2, 3, 0], layers=[0] * 4),
        "block 0 -> 0 lies within a layer",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize(
    "call",
    [mc.randomize, mc.significance, lambda graph, null: mc.significance(graph, null, samples=0)],
    ids=["randomize", "significance", "closed forms"],
)
def test_refused_graphs(call, name):
    graph, message = REFUSED[name]
    with pytest.raises(ValueError, match=message):
        call(graph, "n_of_m")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"kept": 4}, ValueError, "kept must be an integer from 1 to 3, not 4"),
        ({"kept": 0}, ValueError, "kept must be an integer from 1 to 3, not 0"),
        ({"group_size": 1}, ValueError, "group_size must be an integer from 2 to"),
        ({"kept": 2.0}, TypeError, "kept must be an integer"),
    ],
)
def test_refused_options(options, error, message):
    with pytest.raises(error, match=message):
        mc.nulls.NOfM(**options)


def test_every_choice_of_a_group_comes_up():
    """Of one unit that chooses 3 of 5."""
    graph = network((5, 1), 3, 5)
    null = mc.nulls.NOfM(3, 5)
    seen = Counter(tuple(mc.randomize(graph, null, seed=seed).out_degrees().tolist()) for seed in range(200))
    assert len(seen) == 10
