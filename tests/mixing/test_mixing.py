"""Chains that are too short: p-values stay valid by the scheme of Besag and Clifford, and a warning says so."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

import motifcount as mc
from motifcount.mixing import MixingWarning

SAMPLES = 19
SHORT = mc.nulls.Degree(swaps_per_edge=0.02)


@pytest.fixture(scope="module")
def pendulum():
    return mc.datasets.load("pendulum").drop_ineffective()


# ---- p-values ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def observed_graphs():
    """Draws of the null itself, by long chains. A short chain makes 8 attempts on their 330 edges."""
    rng = np.random.default_rng(1)
    start = mc.Graph([rng.random((25, 30)) < 0.3, rng.random((30, 12)) < 0.3])
    return [mc.randomize(start, mc.nulls.Degree(swaps_per_edge=50), seed=seed) for seed in range(400)]


def bifans(graph):
    return mc.count(graph, 4, num_threads=1)["bifan"]


def besag_clifford(graph, seed):
    """Counts of samples as the library draws them."""
    result = mc.significance(graph, SHORT, size=4, samples=SAMPLES, seed=seed, num_threads=1)
    return result.samples_table[:, result.classes.index("bifan")]


def star_from_the_graph(graph, seed):
    """A mistake: every sample starts from the observed graph itself, and stays near it."""
    seeds = range(SAMPLES * seed, SAMPLES * (seed + 1))
    return np.array([bifans(mc.randomize(graph, SHORT, seed=k, num_threads=1)) for k in seeds])


def path_from_the_graph(graph, seed):
    """A mistake: samples are what one chain from the observed graph passes, and drift away from it."""
    values = []
    for k in range(SAMPLES * seed, SAMPLES * (seed + 1)):
        graph = mc.randomize(graph, SHORT, seed=k, num_threads=1)
        values.append(bifans(graph))
    return np.array(values)


def ranks_and_p_values(graphs, scheme):
    """Return the rank of each graph among its samples, ties broken by lot, and its p_over."""
    rng = np.random.default_rng(2)
    ranks, p_values = [], []
    for seed, graph in enumerate(graphs):
        sampled, own = scheme(graph, seed), bifans(graph)
        ranks.append((sampled > own).sum() + rng.integers((sampled == own).sum() + 1))
        p_values.append((1 + (sampled >= own).sum()) / (1 + SAMPLES))
    return np.array(ranks), np.array(p_values)


def p_uniform(ranks):
    return chisquare(np.bincount(ranks, minlength=SAMPLES + 1)).pvalue


def p_of_small_p_values(p_values):
    """Return how likely it is that as many p-values are at most k / 20, for the least likely k."""
    return min(
        binomtest(int((p_values <= k / 20 + 1e-9).sum()), len(p_values), k / 20, "greater").pvalue for k in range(1, 20)
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::motifcount.mixing.MixingWarning")
def test_p_values_are_valid_for_chains_that_are_far_too_short(observed_graphs):
    ranks, p_values = ranks_and_p_values(observed_graphs, besag_clifford)
    assert p_of_small_p_values(p_values) > 1e-3
    assert p_uniform(ranks) > 1e-3
    result = mc.significance(observed_graphs[3], SHORT, size=4, samples=SAMPLES, seed=3)
    assert result.p_over["bifan"] == p_values[3]


def test_samples_that_start_from_the_graph_itself_are_found_out(observed_graphs):
    ranks, _ = ranks_and_p_values(observed_graphs[:200], star_from_the_graph)
    assert p_uniform(ranks) < 1e-5


def test_samples_along_a_chain_from_the_graph_are_found_out(observed_graphs):
    ranks, p_values = ranks_and_p_values(observed_graphs, path_from_the_graph)
    assert p_uniform(ranks) < 1e-5
    assert p_of_small_p_values(p_values) < 1e-4


# ---- the warning ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("swaps", [0.05, 0.3, 1])
def test_too_few_swaps_are_warned_of(pendulum, swaps):
    with pytest.warns(MixingWarning, match=rf"swaps_per_edge={swaps:g} looks short for .*nulls\.Degree\(") as caught:
        result = mc.significance(pendulum, mc.nulls.Degree(swaps), size=4, samples=20, seed=1)
    assert caught[0].filename == __file__
    assert result.mixing.slow_classes()


def test_the_warning_names_every_class_that_varies_and_no_other():
    mask = np.zeros((6, 6))
    mask[[0, 0, 1, 1, 2], [0, 1, 0, 1, 2]] = 1
    with pytest.warns(MixingWarning) as caught:
        result = mc.significance([mask], mc.nulls.Degree(0.5), size=(3, 4), samples=50, seed=1)
    named = str(caught[0].message).partition("short for ")[2].partition(":")[0].split(", ")
    assert named == [name for name, std in result.std.items() if std > 0]
    assert any(0 < result.std[name] < 1 for name in named)
    assert len(named) < len(result.classes)


@pytest.mark.parametrize("seed", range(5))
def test_the_default_is_enough(pendulum, seed):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = mc.significance(pendulum, size=(2, 3, 4), samples=20, seed=seed)
    assert result.mixing.slow_classes() == []
    assert min(result.ess.values()) > 19.5


@pytest.mark.slow
@pytest.mark.parametrize("keep_mutual", [False, True])
def test_rare_classes_are_no_reason_to_warn(keep_mutual):
    """In sparse digraphs some classes turn up in one sample of a hundred, and not at all along the pilot chains."""
    rare = 0
    for seed in range(6):
        rng = np.random.default_rng(seed)
        graph = mc.Graph.from_edges(*rng.integers(0, 400, (2, 700)), 400)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = mc.significance(graph, mc.nulls.Degree(keep_mutual=keep_mutual), samples=600, seed=seed)
        assert min(result.ess.values()) > 300
        rare += len(result.mixing.returns)
    assert rare


def nested(n):
    """Row k leads to the first k columns, but for two edges: a few states, and hardly any swap between them."""
    block = np.tri(n, dtype=bool)
    block[n // 2, n // 2 - 1] = block[n // 2 + 1, n // 2] = False
    return mc.Graph.from_layers([block])


@pytest.mark.slow
def test_a_chain_whose_swaps_are_refused_is_told():
    graph = nested(40)
    told = 0
    for seed in range(20):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            result = mc.significance(graph, size=4, samples=1000, seed=seed)
        assert 0 < result.acceptance < 1e-4
        told += any(each.category is MixingWarning for each in caught)
    assert told >= 19


def test_what_cannot_move_is_no_reason_to_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = mc.significance([np.tri(12)], size=4, samples=50, seed=1)
    assert result.accepted == 0


def test_a_class_that_a_chain_does_not_leave_is_stuck(pendulum):
    result = mc.significance(pendulum, size=4, samples=50, seed=1)
    assert result.mixing.stuck_classes() == []
    ess = result.ess["zigzag"]
    stuck = replace(result, mixing=replace(result.mixing, returns={"bifan": (3, False), "zigzag": (2, True)}))
    assert stuck.mixing.stuck_classes() == stuck.mixing.slow_classes() == ["bifan"]
    merged = mc.merge([stuck])
    assert (merged.ess["bifan"], merged.ess["zigzag"]) == (1, ess)
    assert merged.z_error["bifan"] > 6 * result.z_error["bifan"]


def test_counts_beyond_what_a_float_holds():
    """On two million nodes the 003 pass 2**53; as the mirror of 030T they mix like them."""
    rng = np.random.default_rng(1)
    layers = np.repeat([0, 1, 2], 60)
    src, dst = rng.integers(0, 180, (2, 3000))
    up = layers[src] < layers[dst]
    n = 2_000_000
    graph = mc.Graph.from_edges(src[up], dst[up], n, layers=np.concatenate((layers, np.zeros(n - 180, int))))
    result = mc.significance(graph, size=3, samples=100, seed=1)
    assert result.observed["003"] > 2**53
    assert result.z_error["003"] == pytest.approx(result.z_error["030T"], rel=1e-9)
    times = result.mixing.autocorrelation_time
    assert times["003"] == pytest.approx(times["030T"], rel=1e-9)


def test_what_the_warning_recommends_is_enough(pendulum):
    """Following it leads to silence in a few steps."""
    null = mc.nulls.Degree(0.2)
    for _ in range(6):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            mc.significance(pendulum, null, size=4, samples=20, seed=1)
        if not caught:
            break
        null = mc.nulls.Degree(float(re.search(r"Degree\((.*)\)", str(caught[0].message))[1]))
    assert not caught
    assert 1 < null.swaps_per_edge < 40


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({}, ""),
        ({"keep_mutual": True}, ", keep_mutual=True"),
        ({"keep_triads": True}, ", keep_triads=True"),
        ({"keep_triads": True, "tolerance": 0.25}, ", keep_triads=True, tolerance=0.25"),
    ],
)
def test_the_warning_recommends_the_same_null_model(options, written):
    cells = np.random.default_rng(4).random((20, 20)) < 0.15
    np.fill_diagonal(cells, False)
    null = mc.nulls.Degree(0.5, **options)
    with pytest.warns(MixingWarning) as caught:
        mc.significance(mc.Graph(cells), null, samples=20, seed=1)
    found = re.search(r"Try nulls\.Degree\((\d+)(.*)\)\.$", str(caught[0].message))
    assert found[2] == written
    assert null.written(swaps_per_edge=float(found[1])) == f"nulls.Degree({found[1]}{written})"
    assert replace(null, swaps_per_edge=int(found[1])) == mc.nulls.Degree(int(found[1]), **options)


def test_nothing_is_recommended_beyond_the_longest_chain(pendulum):
    """The report of a chain that is stuck, were it as long as chains may be."""
    mixing = replace(mc.mixing.trace(pendulum, size=4, seed=1), returns={"bifan": (3, False)}, swaps_per_edge=1e6)
    with pytest.warns(MixingWarning, match="may be off\\.$"):
        mc.mixing.warn_if_short(mc.nulls.Degree(1e6), mixing, 100, stacklevel=1)


@pytest.mark.parametrize("null", ["edge_count", "cover"])
def test_null_models_without_a_chain_have_nothing_to_mix(pendulum, null):
    result = mc.significance(pendulum, null, size=4, samples=20, seed=1)
    assert result.mixing is None
    assert set(result.ess.values()) == {20}
    with pytest.raises(ValueError, match=f"degree.*{null}"):
        mc.mixing.trace(pendulum, null)


@pytest.mark.slow
def test_short_chains_are_worth_fewer_samples(pendulum):
    """What ess says is how far the mean is off, over runs."""
    null = mc.nulls.Degree(0.4)
    with pytest.warns(MixingWarning):
        results = [mc.significance(pendulum, null, size=4, samples=40, seed=seed) for seed in range(40)]
    means = [result.mean["bifan"] for result in results]
    long = mc.significance(pendulum, mc.nulls.Degree(20), size=4, samples=400, seed=1)
    told = np.median([result.ess["bifan"] for result in results])
    seen = long.std["bifan"] ** 2 / np.mean((np.array(means) - long.mean["bifan"]) ** 2)
    assert seen < 20
    assert seen / 5 < told < seen * 1.2
    assert all(result.ess[name] <= 40 for result in results for name in result.classes)


# ---- trace ---------------------------------------------------------------------------------------------------------


def test_trace(pendulum):
    mixing = mc.mixing.trace(pendulum, size=(3, 4), seed=1)
    assert (mixing.chains, mixing.records, mixing.swaps_per_edge) == (4, 32, 10)
    assert tuple(mixing.autocorrelation_time) == tuple(mixing.correlation) == mc.CLASSES[3] + mc.LAYERED_TETRADS
    for name in ("bifan", "biparallel", "zigzag", "chain4"):
        assert 1 < mixing.autocorrelation_time[name] < 7.5
        assert 0 < mixing.correlation[name] < 0.001
        low, high = mixing.reach[name]
        assert low < high
    for name in ("021D", "out_star"):  # fixed
        assert math.isnan(mixing.autocorrelation_time[name])
        assert mixing.reach[name][0] == mixing.reach[name][1]
    assert set(mixing.acceptance) == {(0, 1), (1, 2), (2, 3), (3, 4)}
    assert all(0.4 < share < 0.9 for share in mixing.acceptance.values())
    for block, share in mixing.acceptance.items():
        attempts = 10 * sum(mask.nnz for k, mask in enumerate(pendulum.to_layers()) if (k, k + 1) == block)
        assert mixing.moves[block] == pytest.approx(attempts * share, rel=0.2)  # short chains make some more
    assert mixing.to_dict()["acceptance"]["0 -> 1"] == mixing.acceptance[0, 1]
    assert mixing.to_dict()["moves"]["0 -> 1"] == mixing.moves[0, 1]


def test_what_counts_as_slow(pendulum):
    """Samples that the chains prove to be worth a fifth less; a thousandth of a variance is let pass."""
    mixing = mc.mixing.trace(pendulum, size=4, seed=1)
    assert mixing.slow_classes() == []
    proven = dict.fromkeys(mc.LAYERED_TETRADS, 0.0) | {"bifan": 0.004}
    slow = replace(mixing, proven=proven)
    assert slow.slow_classes(samples=60) == []
    assert slow.slow_classes(samples=65) == slow.slow_classes(samples=10**6) == ["bifan"]
    assert replace(mixing, proven=proven | {"bifan": 0.0009}).slow_classes(samples=10**6) == []
    moving = [name for name, (low, high) in mixing.reach.items() if low < high]
    assert replace(mixing, swaps_per_edge=0.9).slow_classes() == moving


def test_correlation_of_samples_is_that_of_an_exponential_decay(pendulum):
    """exp(-t / s) has the integral 2 s; two samples are two chains apart."""
    mixing = mc.mixing.trace(pendulum, mc.nulls.Degree(2), size=4, seed=1)
    time = mixing.autocorrelation_time["bifan"]
    assert mixing.correlation["bifan"] == pytest.approx(math.exp(-2 * 2 / (time / 2)))


@pytest.mark.parametrize("swaps", [0.5, 1, 2])
def test_doubt_takes_more_chains(pendulum, swaps):
    assert mc.mixing.trace(pendulum, mc.nulls.Degree(swaps), size=4, seed=1).chains == 16


def test_trace_is_reproducible(pendulum, num_threads):
    one, many, other = (
        str(mc.mixing.trace(pendulum, mc.nulls.Degree(3), size=4, seed=seed, num_threads=threads))
        for seed, threads in ((1, 1), (1, num_threads), (2, 1))
    )
    assert one == many != other


def test_significance_carries_its_pilot_chains(pendulum):
    result = mc.significance(pendulum, size=4, samples=1024, seed=7)
    assert str(result.mixing) == str(mc.mixing.trace(pendulum, size=4, seed=7))


def test_keep_mutual_is_traced_too():
    graph = mc.Graph(np.random.default_rng(4).random((40, 40)) < 0.12)
    mixing = mc.mixing.trace(graph, mc.nulls.Degree(keep_mutual=True), size=3, seed=1)
    assert 1 < mixing.autocorrelation_time["030T"] < 10


@pytest.mark.parametrize(
    ("options", "kind", "why"),
    [
        ({"null": lambda graph, seed: graph}, ValueError, "degree"),
        ({"null": "degre"}, ValueError, "did you mean"),
        ({"size": 5}, ValueError, "size"),
        ({"seed": -1}, ValueError, "seed"),
        ({"num_threads": 0}, ValueError, "num_threads"),
    ],
    ids=["function", "name", "size", "seed", "threads"],
)
def test_what_trace_does_not_take(pendulum, options, kind, why):
    with pytest.raises(kind, match=why):
        mc.mixing.trace(pendulum, **options)
