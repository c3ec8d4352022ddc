"""What null models say of themselves, for all of the registry; and one that keeps nothing but the nodes."""

from __future__ import annotations

import multiprocessing
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import FrozenInstanceError, asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import motifcount as mc
from motifcount import _core, nulls
from motifcount.nulls.in_core import InCore
from support.binomial import Binomial, Boastful
from support.strategies import digraphs, nets, node_layers

ALL = [*(model() for model in nulls.MODELS.values()), mc.nulls.Degree(3, keep_mutual=True), Binomial()]
MODELS = [model for model in ALL if not model.needs_module]
NEEDY = ("n_of_m", "kinds", "weights")
ANY = [m for m in MODELS if not m.needs_strict_layers and m.name not in NEEDY]  # take any graph
SEEDS = st.integers(0, 2**64 - 1)


# ---- all of them -------------------------------------------------------------------------------------------------


def names_in(documented, entry):
    """The null models that an entry of a docstring names, one of Parameters or Attributes."""
    text = re.search(rf"\n +{entry}\n((?: {{8}}.*\n)+)", documented.__doc__)[1]
    return {name for name in nulls.MODELS if re.search(rf"\b{name}\b", text)}


def models_that(say):
    return {name for name, model in nulls.MODELS.items() if getattr(model(), say)}


@pytest.mark.parametrize("function", [mc.significance, mc.randomize])
def test_docstrings_name_all_of_them(function):
    assert names_in(function, "null") == set(nulls.MODELS)


def test_docstrings_name_those_with_closed_forms_and_those_that_are_fitted():
    assert names_in(mc.significance, "samples") == models_that("has_closed_forms")
    assert names_in(mc.Significance, "p_over, p_under") == models_that("is_fitted")


def test_the_registry_goes_by_their_names():
    assert {name: model().name for name, model in nulls.MODELS.items()} == {name: name for name in nulls.MODELS}
    assert set(nulls.MODELS.values()) == {nulls.resolve(name).__class__ for name in nulls.MODELS}
    assert {model.__name__ for model in nulls.MODELS.values()} <= set(nulls.__all__)


def test_titles_say_the_options_that_are_not_the_usual_ones():
    titles = {
        "degree": nulls.Degree(10),
        "degree (swaps per edge 0.5, mutual edges kept)": nulls.Degree(0.5, keep_mutual=True),
        "degree (triads kept)": nulls.Degree(100, keep_triads=True, keep_mutual=True),
        "degree (kinds kept, wiring kept)": nulls.Degree(keep_kinds=True, keep_wiring=True),
        "soft_degree (mutual edges kept)": nulls.SoftDegree(keep_mutual=True),
        "n_of_m (kept 5, group size 8)": nulls.NOfM(5, 8),
        "kinds (within blocks, by source)": nulls.ShuffleKinds(within_blocks=True, by_source=True),
        "weights (within blocks)": nulls.ShuffleWeights(within_blocks=True),
        "copied": nulls.resolve(copied),
    }
    assert {title: null.title for title, null in titles.items()} == {title: title for title in titles}
    wiring = nulls.Degree(20, keep_kinds=True, keep_wiring=True)
    assert wiring.written() == "nulls.Degree(20, keep_kinds=True, keep_wiring=True)"


def copied(graph, seed):
    return graph


def test_the_registries_of_python_and_of_the_core_say_the_same():
    in_core = {null["name"]: (null["has_chain"], set(null["options"])) for null in _core.NULLS}
    models = [model() for model in nulls.MODELS.values() if issubclass(model, InCore)]
    graph = mc.Graph.from_edges([0], [1])
    told = {model.name: set(model._core_options(graph, 1)) for model in models}
    assert in_core == {model.name: (model.chain is not None, told[model.name]) for model in models}


@pytest.mark.parametrize("model", ALL, ids=str)
def test_they_are_values(model):
    same = type(model)(**model.options)
    assert (same, hash(same), repr(same)) == (model, hash(model), repr(model))
    assert pickle.loads(pickle.dumps(model)) == model
    assert model.options == asdict(model)
    assert nulls.resolve(model) is model is model.given
    assert nulls.title_of(model).startswith(model.name)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        model.name = "other"


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_a_chain_is_what_can_be_traced(model):
    graph = mc.datasets.load("pendulum").drop_ineffective()
    if model.chain is None:
        with pytest.raises(ValueError, match=f'null must be a null model with a chain .*"degree".*, not {model.name}'):
            mc.mixing.trace(graph, model)
    else:
        assert mc.mixing.trace(graph, model, seed=1).swaps_per_edge == model.chain.swaps_per_edge


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_closed_forms_are_known_where_they_are_said_to_be(model):
    graph = mc.Graph.from_edges([0, 1, 4], [4, 4, 5], layers=[0, 0, 0, 0, 1, 2])
    assert (model.closed_forms(graph) is not None) == model.has_closed_forms


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_layers_that_are_needed(model):
    loop = mc.Graph(np.roll(np.eye(4), 1, axis=1))
    for call in (mc.randomize, mc.significance):
        if model in ANY:
            call(loop, model, seed=1)
        else:
            kind = "strictly layered graph" if model.needs_strict_layers else "graph with layers"
            kind = "graph whose edges have kinds" if model.has_kinds else kind
            kind = "graph whose edges have weights" if model.name == "weights" else kind
            with pytest.raises(ValueError, match=f'null="{model.name}" needs a {kind}'):
                call(loop, model, seed=1)


def assert_sums_stay(graph, model, seed, sizes):
    """Every sum of counts that a null model says it keeps is that of the observed graph, in graphs that it draws."""
    observed, drawn = (mc.count(g, sizes) for g in (graph, mc.randomize(graph, model, seed=seed, num_threads=1)))
    sums = model.keeps(graph, observed)
    for weights in sums:
        assert set(weights) <= set(observed)
        assert sum(w * drawn[name] for name, w in weights.items()) == sum(
            w * observed[name] for name, w in weights.items()
        )
    return len(sums)


@pytest.mark.parametrize("model", ANY, ids=str)
@settings(max_examples=40)
@given(data=st.data(), drawn=digraphs(max_nodes=9), seed=SEEDS)
def test_what_they_keep_of_any_digraph(model, data, drawn, seed):
    layers = None if getattr(model, "keep_mutual", False) else data.draw(st.none() | node_layers(drawn.n))
    assert_sums_stay(drawn.graph(layers), model, seed, (2, 3))


@pytest.mark.parametrize("model", [m for m in MODELS if m.keeps_layers and m.name not in NEEDY], ids=str)
@settings(max_examples=40)
@given(net=nets(max_width=5), seed=SEEDS)
def test_what_they_keep_of_strict_networks(model, net, seed):
    graph = net.graph().drop_ineffective()
    assert assert_sums_stay(graph, model, seed, (2, 3, 4)) > 2
    assert np.array_equal(mc.randomize(graph, model, seed=seed).layers, graph.layers)


# ---- one that does not keep the number of arcs ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph():
    return mc.Graph(np.random.default_rng(4).random((12, 12)) < 0.3)


def test_the_number_of_arcs_may_vary(graph):
    """Counts of G(n, p): every dyad and triad on its own."""
    p, pairs = 0.3, 66
    result = mc.significance(graph, Binomial(p), size=(2, 3), samples=2000, seed=1)
    expected = {"mutual": pairs * p**2, "asymmetric": pairs * 2 * p * (1 - p), "null": pairs * (1 - p) ** 2}
    expected["300"] = 220 * p**6
    expected["030C"] = 220 * 2 * (p * (1 - p)) ** 3
    for name, mean in expected.items():
        assert abs(result.mean[name] - mean) < 5 * result.std[name] / np.sqrt(2000), name
    assert result.std["mutual"] == pytest.approx(np.sqrt(pairs * p**2 * (1 - p**2)), rel=0.1)
    assert "fixed" not in result.status.values()
    assert set(result.relations_from_null) == {"003", "012", "102", "null"}  # what the number of nodes ties together
    assert result.mixing is None
    assert set(result.ess.values()) == {2000}


FREE_DYADS = {"binomial": (Binomial(), {"mutual", "asymmetric"}), "edge_count": ("edge_count", {"mutual"})}


@pytest.mark.parametrize(("null", "free"), FREE_DYADS.values(), ids=FREE_DYADS)
def test_a_dyad_more_is_free_than_where_arcs_are_kept(graph, null, free):
    status = mc.significance(graph, null, size=2, samples=200, seed=1).status
    assert {name for name in status if status[name] == "varies"} == free


def test_its_runs_are_continued_merged_and_told(graph):
    whole = mc.significance(graph, Binomial(0.2), samples=30, seed=3)
    parts = [mc.significance(graph, Binomial(0.2), samples=15, first_sample=first, seed=3) for first in (0, 15)]
    assert mc.merge(parts).to_json() == whole.to_json()
    assert whole.to_dict()["null_options"] == {"probability": 0.2}
    assert "null=binomial" in repr(whole)
    with pytest.raises(
        NotImplementedError,
        match=r'samples=0.*"dyad_count" or "soft_degree" or "soft_dyad_count" or "n_of_m" only, not for binomial',
    ):
        mc.significance(graph, Binomial(), samples=0)


@pytest.mark.slow
def test_it_travels_to_processes(graph):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = mc.significance(graph, Binomial(), samples=40, seed=1, executor=pool)
        assert pool.submit(pickle.dumps, there).result() == pickle.dumps(there)
    assert there.to_json() == mc.significance(graph, Binomial(), samples=40, seed=1).to_json()


def test_what_is_said_to_be_kept_is_checked(graph):
    with pytest.raises(RuntimeError, match="sample 0 does not keep"):
        mc.significance(graph, Boastful(), size=(2, 3), samples=40, seed=1)
