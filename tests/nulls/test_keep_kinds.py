"""`Degree(keep_kinds=True)`: edges move with their kinds, and nodes keep their edges of each kind."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.graph import access
from motifcount.inference.relations import from_null
from motifcount.nulls import Degree
from support.strategies import digraphs, node_layers

SEEDS = st.integers(0, 2**64 - 1)
NULLS = {
    "degree": Degree(keep_kinds=True),
    "keep_mutual": Degree(keep_mutual=True, keep_kinds=True),
    "keep_wiring": Degree(keep_kinds=True, keep_wiring=True),
}
FREE = {"degree": 125, "keep_mutual": 96, "keep_wiring": 112}  # triads of two kinds, of 138

pytestmark = pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning")


def kind_of(graph):
    """The kind of each edge, by its ends."""
    src, dst = access.edge_arrays(graph)
    return dict(zip(zip(src.tolist(), dst.tolist(), strict=True), graph.kinds.tolist(), strict=True))


def kept(graph, keep_mutual):
    """By node, layer of the other end and kinds there and back, the number of edges, or of pairs of nodes."""
    kinds = kind_of(graph)
    layers = [0] * graph.n_nodes if graph.layers is None else graph.layers.tolist()
    if keep_mutual:
        pairs = {pair for u, v in kinds for pair in ((u, v), (v, u))}
        return Counter((u, layers[v], kinds.get((u, v)), kinds.get((v, u))) for u, v in pairs)
    return Counter(
        end for (u, v), kind in kinds.items() for end in ((u, layers[v], kind, None), (v, layers[u], None, kind))
    )


@st.composite
def kinded(draw, max_nodes=9):
    drawn = draw(digraphs(max_nodes))
    layers = draw(st.none() | node_layers(drawn.n))
    kinds = draw(st.lists(st.sampled_from("+-?"), min_size=len(drawn.arcs), max_size=len(drawn.arcs)))
    src, dst = [u for u, _ in sorted(drawn.arcs)], [v for _, v in sorted(drawn.arcs)]
    return mc.Graph.from_edges(src, dst, drawn.n, layers, kinds=kinds)


@pytest.mark.parametrize("null", NULLS.values(), ids=NULLS)
@given(graph=kinded(), seed=SEEDS)
def test_what_every_sample_keeps(null, graph, seed):
    drawn = mc.randomize(graph, null, seed=seed, num_threads=1)
    assert kept(drawn, null.keep_mutual) == kept(graph, null.keep_mutual)
    assert all(u != v for u, v in kind_of(drawn))
    if null.keep_wiring:
        assert kind_of(drawn).keys() == kind_of(graph).keys()


@pytest.mark.parametrize("null", NULLS.values(), ids=NULLS)
@given(graph=kinded(), seed=SEEDS)
def test_sums_that_stay(null, graph, seed):
    """Those of the classes by kind, and those of plain classes."""
    drawn = mc.randomize(graph, null, seed=seed, num_threads=1)
    for counts in (by_name, mc.count):
        before, after = counts(graph), counts(drawn)
        for weights in null.keeps(graph, before):
            assert set(weights) <= set(before)
            assert sum(w * before[name] for name, w in weights.items()) == sum(
                w * after[name] for name, w in weights.items()
            )


def by_name(graph):
    """Counts by the names of classes by kind, as in significance."""
    by_kind = mc.count(graph, by_kind=True).by_kind
    return {f"{name} {''.join(kinds)}".rstrip(): n for name, found in by_kind.items() for kinds, n in found.items()}


def random_graph(n, m, labels, seed=1):
    rng = np.random.default_rng(seed)
    graph = mc.Graph.from_edges(*rng.integers(0, n, (2, m)), n)
    return mc.Graph(graph, kinds=rng.choice(labels, graph.n_edges))


@pytest.mark.parametrize("name", NULLS)
def test_there_are_no_other_relations(name):
    graph = random_graph(30, 700, ["+", "-"])
    result = mc.significance(graph, NULLS[name], size=(2, 3), by_kind=True, samples=400, seed=4)
    free = [name for name in result.classes if name not in result.relations_from_null]
    table = result.samples_table - result.samples_table[0]
    assert np.linalg.matrix_rank(table.astype(float)) == len(free) == FREE[name]


def test_classes_that_layers_cannot_hold_are_fixed():
    rng = np.random.default_rng(2)
    layers = np.repeat([0, 1, 2], 8)
    weights = rng.normal(size=(24, 24)) * (layers[:, None] < layers) * (rng.random((24, 24)) < 0.4)
    graph = mc.Graph(weights, layers, kinds="sign")
    result = mc.significance(graph, Degree(keep_kinds=True), by_kind=True, samples=60, seed=1)
    assert result.status["030C +++"] == "fixed"
    assert result.status["030T ++-"] == "varies"
    assert {name: result.observed[name] for name in result.classes} == {
        name: n for name, n in by_name(graph).items() if name.split()[0] in mc.CLASSES[3]
    }
    assert from_null(graph, result.null, result.observed) == result.relations_from_null


def test_coherent_loops_are_found_where_they_were_put():
    """Loops whose direct edge has the sign of the way round, among edges of random signs."""
    rng = np.random.default_rng(3)
    x, y, z = rng.integers(0, 300, (3, 150))
    first, second = rng.choice([-1, 1], (2, 150))
    src, dst = np.concatenate([x, y, x]), np.concatenate([y, z, z])
    signs = np.concatenate([first, second, first * second])
    _, once = np.unique(src * 300 + dst, return_index=True)
    graph = mc.Graph.from_edges(src[once], dst[once], 300, kinds=np.where(signs[once] > 0, "+", "-"))
    result = mc.significance(graph, Degree(keep_kinds=True), by_kind=True, samples=200, seed=1)
    coherent = [f"030T {''.join(signs)}" for name, signs in mc.FEED_FORWARD_LOOPS.items() if name.startswith("C")]
    assert all(result.z[name] > 5 for name in coherent)
    assert sum(result.observed[f"030T {s}"] for s in ("+-+", "---", "++-", "-++")) < 10


def test_a_full_block_exchanges_its_kinds():
    weights = np.random.default_rng(4).normal(size=(12, 15))
    graph = mc.Graph.from_layers([weights], kinds="sign")
    drawn = mc.randomize(graph, Degree(keep_kinds=True), seed=1)
    assert (drawn.kinds != graph.kinds).sum() > 40
    assert kept(drawn, False) == kept(graph, False)


def test_pinned_edges_keep_their_kinds():
    graph = mc.Graph.from_layers([np.ones((8, 8)), np.ones((8, 8))])
    signs = np.where(np.random.default_rng(5).random(graph.n_edges) < 0.5, "+", "-")
    rows = mc.Graph(graph, kinds=signs).__reduce__()[1][0]
    pinned = access.graph_of(rows._replace(groups=rows.groups._replace(pinned_layers=(2,))))
    drawn = mc.randomize(pinned, Degree(keep_kinds=True), seed=1)
    last = access.edge_arrays(pinned)[0] >= 8
    assert (drawn.kinds[last] == pinned.kinds[last]).all()
    assert (drawn.kinds[~last] != pinned.kinds[~last]).any()


def test_labels_stay_and_nodes_without_edges():
    graph = mc.Graph.from_edges(
        [0, 10**6, 5, 9], [5, 7, 9, 0], 10**9, kinds=["inhibits", "excites", "excites", "excites"]
    )
    drawn = mc.randomize(graph, Degree(50, keep_kinds=True), seed=2)
    assert sorted(drawn.kinds.tolist()) == sorted(graph.kinds.tolist())
    assert kept_by_source(drawn) == kept_by_source(graph)


def kept_by_source(graph):
    return sorted((u, kind) for (u, _), kind in kind_of(graph).items())


def test_what_it_needs_and_what_goes_together():
    plain = mc.Graph(np.roll(np.eye(3), 1, axis=1))
    for call in (mc.randomize, mc.significance):
        with pytest.raises(ValueError, match="keep_kinds needs a graph whose edges have kinds"):
            call(plain, Degree(keep_kinds=True))
    with pytest.raises(ValueError, match="keep_kinds must be False with keep_triads=True"):
        Degree(keep_triads=True, keep_kinds=True)
    for options in ({}, {"keep_kinds": True, "keep_mutual": True}):
        with pytest.raises(ValueError, match="keep_wiring must be False without keep_kinds=True or with keep_mutual"):
            Degree(keep_wiring=True, **options)
    with pytest.raises(ValueError, match=r"nulls\.Degree\(keep_kinds=True\) moves edges with theirs"):
        mc.significance(random_graph(9, 30, ["+", "-"]), by_kind=True)
    assert mc.randomize(random_graph(9, 30, ["+", "-"]), "degree", seed=1).kinds is None
    assert Degree(keep_kinds=True).written() == "nulls.Degree(keep_kinds=True)"


def test_plain_classes_under_it():
    """Without by_kind too: the wiring of a graph whose nodes keep their edges of each kind."""
    graph = random_graph(30, 200, ["a", "b", "c"])
    result = mc.significance(graph, Degree(keep_kinds=True), samples=100, seed=1)
    assert result.status["030T"] == "varies"
    assert result.samples_table.shape == (100, 16)


def test_plain_classes_are_fixed_where_the_wiring_stays():
    graph = random_graph(30, 200, ["a", "b", "c"])
    result = mc.significance(graph, NULLS["keep_wiring"], size=(2, 3), samples=20, seed=1)
    assert set(result.status.values()) == {"fixed"}
    by_kind = mc.significance(graph, NULLS["keep_wiring"], size=2, by_kind=True, samples=100, seed=1)
    varying = {name.split()[0] for name, status in by_kind.status.items() if status in ("varies", "dependent")}
    assert varying == {"asymmetric", "mutual"}


@pytest.mark.parametrize(
    ("arcs", "words"),
    [([(0, 1), (1, 2), (0, 3)], "strict levels"), ([(0, 1), (1, 2), (0, 2)], "no directed cycle")],
    ids=["levels", "acyclic"],
)
def test_levels_are_lost_only_where_edges_move(arcs, words):
    """A warning would be an error here."""
    graph = mc.Graph.from_edges(arcs, kinds=["+", "-", "+"])
    for null in (NULLS["keep_wiring"], "kinds"):
        mc.significance(graph, null, by_kind=True, samples=50, seed=1)
    with pytest.warns(UserWarning, match=words):
        mc.significance(graph, NULLS["degree"], by_kind=True, samples=50, seed=1)
