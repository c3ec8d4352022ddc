"""Significance: what it reports of its samples, and that samples depend on seed and number alone."""

from __future__ import annotations

import json
import math
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.inference.result import COLUMNS
from motifcount.motifs.by_class import ByClass
from support.strategies import at_most, digraphs, layered_dags, nets, node_layers

NULLS = ["degree", "edge_count"]
SLOW_MIXING = "ignore::motifcount.mixing.MixingWarning"


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum").drop_ineffective()


@pytest.fixture(scope="module", params=NULLS)
def result(request, net):
    return mc.significance(net, request.param, size=(2, 3, 4), samples=60, seed=5)


def test_moments_are_those_of_the_samples(result):
    table = result.samples_table
    assert table.shape == (60, len(result.classes))
    assert table.dtype == np.int64
    for name, sampled in zip(result.classes, table.T, strict=True):
        assert result.mean[name] == pytest.approx(sampled.mean(), rel=1e-14)
        assert result.std[name] == pytest.approx(sampled.std(ddof=1), rel=1e-12)
        if result.status[name] in ("varies", "dependent"):
            assert result.z[name] == pytest.approx((result.observed[name] - sampled.mean()) / sampled.std(ddof=1))
        else:
            assert math.isnan(result.z[name])


def test_p_values_count_the_samples_beyond(result):
    for name, sampled in zip(result.classes, result.samples_table.T, strict=True):
        over, under = (sampled >= result.observed[name]).sum(), (sampled <= result.observed[name]).sum()
        assert result.p_over[name] == (1 + over) / 61
        assert result.p_under[name] == (1 + under) / 61


def test_observed_counts_are_those_of_count(net, result):
    assert result.observed == mc.count(net, (2, 3, 4))
    assert result.classes == tuple(result.observed) == mc.CLASSES[2] + mc.CLASSES[3] + mc.LAYERED_TETRADS


def test_every_sample_is_a_census(result):
    """Sampled counts obey the totals of the graph, sample by sample."""
    columns = dict(zip(result.classes, result.samples_table.T, strict=True))
    n = sum(result.observed[name] for name in mc.CLASSES[3])
    assert (sum(columns[name] for name in mc.CLASSES[3]) == n).all()
    assert (columns["asymmetric"] == result.observed["asymmetric"]).all()


def test_the_sign_of_z():
    """A block of bi-fans has more of them than chance, a matching fewer."""
    block = np.kron(np.eye(4), np.ones((3, 3)))
    assert mc.significance([block], size=4, samples=50, seed=1).z["bifan"] > 3
    assert mc.significance([np.eye(9)], "edge_count", size=4, samples=200, seed=1).z["out_star"] < 0
    assert mc.significance([block], size=4, samples=50, seed=1).p_over["bifan"] == 1 / 51


@pytest.mark.parametrize("null", NULLS)
def test_threads_do_not_matter(net, null, num_threads):
    one = mc.significance(net, null, size=(3, 4), samples=25, seed=9, num_threads=1)
    many = mc.significance(net, null, size=(3, 4), samples=25, seed=9, num_threads=num_threads)
    assert np.array_equal(one.samples_table, many.samples_table)
    assert one.to_json() == many.to_json()


@pytest.mark.parametrize("null", NULLS)
def test_shards_are_one_run(net, null):
    def samples(first, n, seed=2):
        return mc.significance(net, null, size=(3, 4), samples=n, seed=seed, first_sample=first).samples_table

    whole = samples(0, 30)
    assert np.array_equal(np.concatenate([samples(0, 2), samples(2, 17), samples(19, 11)]), whole)
    assert np.array_equal(samples(28, 2), whole[28:])
    assert not np.array_equal(samples(0, 30, seed=3), whole)
    assert len(np.unique(whole, axis=0)) == 30  # no two samples of a seed are the same


def test_samples_far_out(net):
    last = 2**63 - 2
    table = mc.significance(net, "edge_count", samples=2, seed=1, first_sample=last).samples_table
    assert not np.array_equal(table[0], table[1])


def test_what_was_sampled_is_recorded(net):
    null = mc.nulls.Degree(swaps_per_edge=2)
    result = mc.significance(net, null, samples=7, seed=8, first_sample=3)
    assert (result.null, result.samples, result.seed, result.first_sample) == (null, 7, 8, 3)
    assert 0 < result.acceptance < 1
    assert len(bytes.fromhex(result.fingerprint)) == 16
    assert math.isnan(mc.significance(net, "edge_count", samples=2).acceptance)
    fresh = mc.significance(net, samples=3)
    assert np.array_equal(mc.significance(net, samples=3, seed=fresh.seed).samples_table, fresh.samples_table)


def test_what_is_asked_for_by_default():
    result = mc.significance([np.eye(4)], seed=1)
    assert (result.null, result.samples, result.first_sample, result.adjust) == (mc.nulls.Degree(), 1000, 0, "max_z")
    assert len(result.classes) == 10
    assert "bifan" in result.classes


@pytest.mark.parametrize("null", ["degree", "edge_count", "cover"])
def test_sizes_are_those_that_can_be_tested(net, null):
    assert mc.significance(net, null, samples=3).classes == mc.significance(net, null, samples=3, size=4).classes
    if null != "cover":
        for graph in (mc.Graph(np.ones((3, 3))), mc.Graph(np.triu(np.ones((3, 3)), 1), layers=[0, 1, 2])):
            assert mc.significance(graph, null, samples=3).classes == mc.CLASSES[3]


def test_the_graph_and_the_null_model_have_names_and_all_else_needs_its_name(net):
    assert mc.significance(adj=net, null="cover", samples=2).null == mc.nulls.Cover()
    with pytest.raises(TypeError, match="positional"):
        mc.significance(net, "cover", 3)


def test_levels_that_are_no_layers_are_warned_of_at_the_call():
    with pytest.warns(UserWarning, match="strict levels") as caught:
        mc.significance(np.eye(4, k=1), "edge_count", samples=2)
    assert caught[0].filename == __file__


def test_acyclic_graphs_without_layers_are_warned_of():
    skip = np.triu(np.ones((5, 5)), 1)
    with pytest.warns(UserWarning, match=r"no directed cycle, but no layers .* layers=\"infer\"") as caught:
        mc.significance(skip, "edge_count", samples=2)
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mc.significance(mc.Graph(skip, layers="infer"), "edge_count", samples=2)
        mc.significance(skip + np.eye(5, k=-4), "edge_count", samples=2)


def test_too_few_samples_for_a_false_discovery_rate_are_told(net):
    with pytest.warns(UserWarning, match=r"with 99 samples and 6 classes, .* >= 0.12, .* take 240 samples") as caught:
        result = mc.significance(net, size=(3, 4), samples=99, adjust="bh", seed=1)
    assert caught[0].filename == __file__
    assert sum(status == "varies" for status in result.status.values()) == 6
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mc.significance(net, size=(3, 4), samples=240, adjust="bh", seed=1)


# ---- what a null model fixes -------------------------------------------------------------------------------------


def assert_status_is_honest(result):
    """What is said to be fixed never changed, and only what changed is said to vary."""
    for name, sampled in zip(result.classes, result.samples_table.T.tolist(), strict=True):
        if result.status[name] == "fixed":
            assert set(sampled) == {result.observed[name]}, name
        assert (result.status[name] in ("fixed", "constant")) == (len(set(sampled)) == 1), name
        assert math.isnan(result.z[name]) == (len(set(sampled)) == 1), name


@pytest.mark.filterwarnings(SLOW_MIXING)
@pytest.mark.parametrize("null", NULLS)
@at_most(40)
@given(net=nets(max_width=5), seed=st.integers(0, 99))
def test_status_on_strict_nets(null, net, seed):
    result = mc.significance(net.graph(), null, size=(2, 3, 4), samples=12, seed=seed, num_threads=1)
    assert_status_is_honest(result)
    if null == "degree":
        settled = [*mc.CLASSES[2], *mc.CLASSES[3], "out_star", "in_star", "y_out", "y_in"]
        assert {result.status[name] for name in settled} == {"fixed"}


@pytest.mark.filterwarnings(SLOW_MIXING)
@pytest.mark.parametrize("null", NULLS)
@at_most(40)
@given(dag=layered_dags(), seed=st.integers(0, 99))
def test_status_with_skip_connections(null, dag, seed):
    drawn, layers = dag
    result = mc.significance(drawn.graph(layers), null, size=(2, 3), samples=12, seed=seed, num_threads=1)
    assert_status_is_honest(result)
    impossible = {"102", "111D", "111U", "030C", "201", "120D", "120U", "120C", "210", "300"}
    assert {result.status[name] for name in impossible | set(mc.CLASSES[2])} == {"fixed"}


@pytest.mark.filterwarnings("ignore:the graph has ", SLOW_MIXING)
@pytest.mark.parametrize("null", NULLS)
@at_most(60)
@given(data=st.data(), drawn=digraphs(max_nodes=9))
def test_status_on_any_digraph(null, data, drawn):
    layers = data.draw(st.none() | node_layers(drawn.n))
    assert_status_is_honest(mc.significance(drawn.graph(layers), null, size=(2, 3), samples=12, seed=1, num_threads=1))


def test_skip_connections_leave_one_degree_of_freedom():
    rng = np.random.default_rng(3)
    layers = np.repeat([0, 1, 2], 20)
    graph = mc.Graph((rng.random((60, 60)) < 0.2) & (layers[:, None] < layers), layers=layers)
    result = mc.significance(graph, size=3, samples=50, seed=1)
    assert {result.status[name] for name in ("021D", "021U", "021C", "030T", "012", "003")} <= {"varies", "dependent"}
    for name, sign in (("021D", -1), ("021U", -1), ("021C", -1), ("012", 1), ("003", -1)):
        assert result.z[name] == pytest.approx(sign * result.z["030T"])


# ---- results -----------------------------------------------------------------------------------------------------


def test_to_json_is_valid(result):
    def refuse(constant):
        raise AssertionError(constant)

    told = json.loads(result.to_json(), parse_constant=refuse)
    assert (told["samples"], told["seed"], told["null"]) == (60, 5, result.null.name)
    assert list(told["classes"]) == list(result.classes)
    for name, row in told["classes"].items():
        assert row["observed"] == result.observed[name]
        assert row["z"] == (None if math.isnan(result.z[name]) else result.z[name])


def test_to_frame_holds_the_columns(result):
    frame = result.to_frame()
    assert frame.index.tolist() == ["null_dyad" if name == "null" else name for name in result.classes]
    for column in ("observed", "mean", "std", "z", "p_over", "p_under", "status"):
        assert frame[column].tolist() == pytest.approx(list(getattr(result, column).values()), nan_ok=True)


def test_repr_names_every_class(result):
    lines = repr(result).splitlines()
    assert "samples=60" in lines[0]
    assert "seed=5" in lines[0]
    text = {line.split()[0]: line for line in lines[1:] if line.strip(" )")}
    assert set(result.classes) <= set(text)
    assert f"{result.observed['021D']:,}" in text["021D"]


def test_results_are_immutable(result):
    with pytest.raises(ValueError, match="read-only"):
        result.samples_table[0, 0] = 1
    with pytest.raises(TypeError):
        result.z["021D"] = 1.0
    with pytest.raises(AttributeError):
        result.samples = 5
    for mapping in (result.relations, result.relations_from_null):
        with pytest.raises(TypeError):
            mapping["021D"] = "anything"
    assert result.relations_from_null
    with pytest.raises(TypeError):
        next(iter(result.relations_from_null.values())).factors["021D"] = 1


def test_columns_are_those_of_the_table(result):
    columns = [field.name for field in fields(result) if isinstance(getattr(result, field.name), ByClass)]
    assert tuple(columns) == COLUMNS
    assert list(result.to_frame().columns) == list(next(iter(result.to_dict()["classes"].values()))) == columns


def test_results_can_be_sent(result):
    other = pickle.loads(pickle.dumps(result))
    assert other.to_json() == result.to_json()
    assert np.array_equal(other.samples_table, result.samples_table)


@pytest.mark.parametrize("null", NULLS)
def test_python_threads_at_once(net, null):
    def work(seed):
        return mc.significance(net, null, samples=10, seed=seed, num_threads=2).samples_table, mc.count(net, (3, 4))

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(8)))
    for seed, (table, counts) in enumerate(results):
        assert np.array_equal(table, mc.significance(net, null, samples=10, seed=seed, num_threads=1).samples_table)
        assert counts == mc.count(net, (3, 4))
