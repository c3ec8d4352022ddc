"""What null models fix or tie together: relations hold on every sample, and as many classes vary as are free."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.inference.relations import from_null, with_samples
from support.strategies import at_most, digraphs, layered_dags, nets, node_layers

NULLS = {"degree": "degree", "keep_mutual": mc.nulls.Degree(keep_mutual=True), "edge_count": "edge_count"}
SEEDS = st.integers(0, 2**64 - 1)

pytestmark = pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning", "ignore:the graph has :UserWarning")


# ---- checks --------------------------------------------------------------------------------------------------------


def rank(rows, prime=2**61 - 1):
    """Return the rank of an integer matrix modulo a large prime, which is its rank but for freak accidents."""
    rows = [[int(value) % prime for value in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        at = rows.index(pivot, found)
        rows[found], rows[at] = rows[at], rows[found]
        inverse = pow(pivot[column], -1, prime)
        for row in rows[found + 1 :]:
            factor = row[column] * inverse % prime
            if factor:
                row[:] = [(x - factor * y) % prime for x, y in zip(row, pivot, strict=True)]
        found += 1
    return found


def test_the_rank():
    rng = np.random.default_rng(1)
    a, b = rng.integers(-99, 99, (30, 4)), rng.integers(-99, 99, (4, 9))
    assert rank((a @ b).tolist()) == 4
    assert rank([[0, 0], [0, 0]]) == 0


def relations_of(graph, result):
    """Return the relations of a result as numbers, (constant, factor by class)."""
    known = from_null(graph, result.null, result.observed)
    assert known == result.relations_from_null
    found = with_samples(known, result.observed, result.samples_table)
    assert {name: str(relation) for name, relation in found.items()} == result.relations
    return {name: (relation.constant, relation.factors) for name, relation in found.items()}


def assert_relations_hold(graph, result):
    """Every relation, on every sample and on the graph; and what status says of them."""
    rows = [dict(zip(result.classes, row, strict=True)) for row in result.samples_table.tolist()] + [result.observed]
    relations = relations_of(graph, result)
    for name, (constant, factors) in relations.items():
        assert name not in factors
        assert all(row[name] == constant + sum(f * row[cls] for cls, f in factors.items()) for row in rows), name
        if not factors:
            assert constant == result.observed[name]
    for name, status in result.status.items():
        values = {row[name] for row in rows[:-1]}
        assert (status == "fixed") == (name in relations and not relations[name][1]), name
        assert (status in ("fixed", "constant")) == (len(values) == 1), name
        assert (status == "dependent") == (name in relations and len(values) > 1), name


def assert_rank_is_told(result):
    """No fewer classes vary than there are independent ones among the sampled counts."""
    table = result.samples_table.astype(object)
    varies = [k for k, name in enumerate(result.classes) if result.status[name] == "varies"]
    assert rank((table - table[0]).tolist()) <= len(varies)


# ---- any graph -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("null", NULLS.values(), ids=NULLS)
@at_most(25)
@given(drawn=digraphs(max_nodes=9), seed=SEEDS)
def test_digraphs(null, drawn, seed):
    graph = drawn.graph()
    result = mc.significance(graph, null, size=(2, 3), samples=60, seed=seed, num_threads=1)
    assert_relations_hold(graph, result)
    assert_rank_is_told(result)


@pytest.mark.parametrize("null", ["degree", "edge_count"])
@at_most(25)
@given(data=st.data(), drawn=digraphs(max_nodes=9), seed=SEEDS)
def test_digraphs_with_layers(null, data, drawn, seed):
    """Edges within layers, upwards and downwards."""
    layers = data.draw(node_layers(drawn.n))
    graph = drawn.graph(layers)
    result = mc.significance(graph, null, size=(2, 3), samples=60, seed=seed, num_threads=1)
    assert_relations_hold(graph, result)
    assert_rank_is_told(result)


@pytest.mark.parametrize("null", ["degree", "edge_count"])
@at_most(25)
@given(dag=layered_dags(), seed=SEEDS)
def test_layered_dags(null, dag, seed):
    drawn, layers = dag
    graph = drawn.graph(layers)
    result = mc.significance(graph, null, size=(2, 3), samples=60, seed=seed, num_threads=1)
    assert_relations_hold(graph, result)
    assert_rank_is_told(result)


@pytest.mark.parametrize("null", ["degree", "edge_count"])
@at_most(25)
@given(net=nets(max_width=5), seed=SEEDS)
def test_strict_networks(null, net, seed):
    graph = net.graph()
    result = mc.significance(graph, null, size=(2, 3, 4), samples=80, seed=seed, num_threads=1)
    assert_relations_hold(graph, result)
    assert_rank_is_told(result)
    if null == "degree":
        settled = (*mc.CLASSES[2], *mc.CLASSES[3], "out_star", "in_star", "y_out", "y_in")
        assert {result.status[name] for name in settled} == {"fixed"}
        assert all(result.relations[name] == str(result.observed[name]) for name in settled)


# ---- graphs large enough to be free of accidents -------------------------------------------------------------------


@pytest.fixture(scope="module")
def digraph():
    """Edges and mutual edges, so that every class turns up."""
    rng = np.random.default_rng(4)
    one_way, mutual = rng.random((40, 40)) < 0.08, rng.random((40, 40)) < 0.06
    return mc.Graph(one_way | mutual | mutual.T)


@pytest.fixture(scope="module")
def dag():
    """Three layers of 12 nodes, edges from each to the next and over it."""
    layers = np.repeat([0, 1, 2], 12)
    matrix = np.random.default_rng(5).random((36, 36)) < 0.25
    return mc.Graph(matrix & (layers[:, None] < layers), layers=layers)


CLOSED = {"030T", "030C", "120D", "120U", "120C", "210", "300"}
VARYING = {  # of 19 classes of dyads and triads
    "degree": CLOSED | {"mutual", "111D", "111U", "201"},
    "keep_mutual": CLOSED,
    "edge_count": (set(mc.CLASSES[3]) | {"mutual"}) - {"003", "012", "102"},
}
VARYING_TRIADS = {  # of the triads alone, where the mutual edges do not tell 102
    "degree": CLOSED | {"102", "111D", "111U", "201"},
    "keep_mutual": CLOSED,
    "edge_count": set(mc.CLASSES[3]) - {"003", "012"},
}


def varying(result):
    return {name for name, status in result.status.items() if status == "varies"}


@pytest.mark.parametrize("null", NULLS)
def test_open_classes_of_a_digraph_are_told_by_closed_ones(digraph, null):
    result = mc.significance(digraph, NULLS[null], size=(2, 3), samples=150, seed=1)
    assert_relations_hold(digraph, result)
    assert_rank_is_told(result)
    assert varying(result) == VARYING[null]
    for name, (_, factors) in relations_of(digraph, result).items():
        assert name not in CLOSED
        assert factors.keys() <= VARYING[null]


@pytest.mark.parametrize("null", NULLS)
def test_so_they_are_among_the_triads_alone(digraph, null):
    result = mc.significance(digraph, NULLS[null], size=3, samples=150, seed=1)
    assert_relations_hold(digraph, result)
    assert varying(result) == VARYING_TRIADS[null]


def test_rare_classes_that_agree_by_accident_stay_apart(digraph):
    """Two classes that turn up together in the same few samples of four hundred."""
    rng = np.random.default_rng(1)
    observed = {"111D": 1, "111U": 1, "bifan": 3}
    table = np.column_stack((np.zeros((400, 2), int), rng.integers(0, 9, 400)))
    table[::30, :2] = 1
    assert with_samples({}, observed, table) == {}
    table[:, 0] = table[:, 1] = rng.integers(0, 2, 400)
    assert {name: str(relation) for name, relation in with_samples({}, observed, table).items()} == {"111D": "[111U]"}
    assert with_samples({}, observed, table[:200]) == {}
    assert with_samples({}, observed | {"111D": 0}, table) == {}  # the graph is a state too
    table[100:200, :2] = 0  # one part of the samples does not show it
    assert with_samples({}, observed, table) == {}


@at_most(30)
@given(drawn=digraphs(max_nodes=10), seed=SEEDS)
def test_keep_mutual_leaves_at_most_seven_triads(drawn, seed):
    result = mc.significance(drawn.graph(), NULLS["keep_mutual"], size=(2, 3), samples=50, seed=seed, num_threads=1)
    assert varying(result) <= CLOSED
    assert all(result.status[name] == "fixed" for name in mc.CLASSES[2])


def test_a_dag_with_skips_has_one_finding(dag):
    """z(021D) = z(021U) = z(021C) = -z(030T), and z(012) = z(030T) = -z(003)."""
    result = mc.significance(dag, size=(2, 3), samples=200, seed=1)
    assert_relations_hold(dag, result)
    assert_rank_is_told(result)
    for name, sign in {"021D": -1, "021U": -1, "021C": -1, "012": 1, "003": -1}.items():
        assert result.z[name] == pytest.approx(sign * result.z["030T"], rel=1e-12)
        assert result.z_error[name] == pytest.approx(result.z_error["030T"], rel=1e-9)
        assert result.status[name] == "dependent"
        assert np.isnan(result.profile[name])
        assert np.isnan(result.p_adjusted[name])
    assert varying(result) == {"030T"}
    assert result.profile["030T"] in (-1, 1)
    assert result.relations["012"].endswith("+ 3 x [030T]")


def test_strict_layers_leave_no_triad_free():
    net = mc.datasets.load("pendulum")
    result = mc.significance(net, size=(2, 3, 4), samples=100, seed=1)
    fixed = {name for name, status in result.status.items() if status == "fixed"}
    assert fixed == {*mc.CLASSES[2], *mc.CLASSES[3], "out_star", "in_star", "y_out", "y_in"}
    assert_rank_is_told(result)


def test_relations_that_only_one_graph_has():
    """Two sources, three targets, three edges: split 3 + 0 or 2 + 1, so out_star tells 021D."""
    net = mc.Graph([np.array([[1, 1, 1], [0, 0, 0]])])
    result = mc.significance(net, "edge_count", size=(3, 4), samples=400, seed=1)
    assert_relations_hold(net, result)
    assert_rank_is_told(result)
    assert result.status["021D"] == "dependent"
    assert set(result.samples_table[:, result.classes.index("021D")].tolist()) == {1, 3}


def test_a_state_that_turns_up_late_hides_no_relation():
    """Five of the six classes that are said to vary are independent, whatever the seed."""
    net = mc.Graph([np.arange(25).reshape(5, 5) < 22])
    assert_rank_is_told(mc.significance(net, "edge_count", size=(3, 4), samples=1000, seed=1))


def test_few_samples_do_not_make_relations(digraph):
    """A dozen samples of 19 classes lie on a plane; nothing is concluded from that."""
    many, few = (mc.significance(digraph, "edge_count", size=(2, 3), samples=n, seed=1) for n in (200, 12))
    assert few.status == many.status
    assert few.relations == many.relations


def test_a_null_model_that_does_not_keep_what_it_should_is_a_bug(digraph):
    result = mc.significance(digraph, size=(2, 3), samples=40, seed=1)
    table = result.samples_table.copy()
    table[7, result.classes.index("021D")] += 1
    with pytest.raises(RuntimeError, match="sample 7 does not keep"):
        with_samples(result.relations_from_null, result.classes, table)
