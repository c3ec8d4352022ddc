"""Null models of your own: any function (Graph, seed) -> Graph, with reproducible samples and clear errors."""

from __future__ import annotations

import math

import numpy as np
import pytest

import motifcount as mc


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum").drop_ineffective()


class Recorder:
    """A function that records what it was called with."""

    def __init__(self, null="edge_count"):
        self.null = null
        self.seeds = []
        self.graphs = []

    def __call__(self, graph, seed):
        self.seeds.append(seed)
        self.graphs.append(graph)
        return mc.randomize(graph, self.null, seed=seed, num_threads=1)


BUILT_IN = ["edge_count", "cover", "degree", mc.nulls.Degree(swaps_per_edge=3)]


@pytest.mark.parametrize("null", BUILT_IN, ids=str)
def test_samples_are_what_the_function_returns(net, null):
    function = Recorder(null)
    result = mc.significance(net, function, size=(2, 3, 4), samples=12, seed=5)
    assert len(function.seeds) == 12
    for row, seed in zip(result.samples_table, function.seeds, strict=True):
        drawn = mc.randomize(net, null, seed=seed)
        counts = mc.count(drawn, (2, 3, 4))
        assert row.tolist() == [counts[name] for name in result.classes]
    counts = mc.count(net, (2, 3, 4))
    assert result.classes == mc.CLASSES[2] + mc.CLASSES[3] + mc.CLASSES[4]  # a function may draw anything
    assert result.observed == {name: counts[name] for name in result.classes}
    assert all(graph is net for graph in function.graphs)


@pytest.mark.parametrize("null", ["edge_count", "cover", "degree"])
def test_a_wrapped_null_model_agrees_with_itself(net, null):
    """Other random numbers, the same distribution."""
    wrapped, own = (mc.significance(net, n, size=4, samples=120, seed=1) for n in (Recorder(null), null))
    for name in mc.LAYERED_TETRADS:
        if own.std[name] == 0:
            assert wrapped.samples_table[:, wrapped.classes.index(name)].tolist() == [own.observed[name]] * 120
            assert wrapped.status[name] == "constant"  # a function promises nothing
            continue
        assert wrapped.status[name] == own.status[name]
        assert abs(wrapped.mean[name] - own.mean[name]) < 4 * own.std[name] / math.sqrt(60)
        assert abs(math.log(wrapped.std[name] / own.std[name])) < 0.4
        assert abs(wrapped.z[name] - own.z[name]) < 5 * (wrapped.z_error[name] + own.z_error[name])


def test_every_sample_has_a_seed_of_its_own(net):
    function = Recorder()
    mc.significance(net, function, samples=300, seed=5)
    assert len(set(function.seeds)) == 300
    assert all(isinstance(seed, int) and 0 <= seed < 2**64 for seed in function.seeds)
    assert max(function.seeds) > 2**63
    others = Recorder()
    mc.significance(net, others, samples=300, seed=6)
    assert not set(function.seeds) & set(others.seeds)


def test_runs_can_be_continued(net):
    def table(first, n):
        return mc.significance(net, Recorder(), samples=n, seed=2, first_sample=first).samples_table

    whole = table(0, 30)
    assert np.array_equal(np.concatenate([table(0, 2), table(2, 17), table(19, 11)]), whole)
    assert np.array_equal(table(28, 2), whole[28:])


def test_randomize_has_a_seed_that_no_sample_has(net):
    sampled, drawn = Recorder(), Recorder()
    mc.significance(net, sampled, samples=40, seed=9)
    random = mc.randomize(net, drawn, seed=9)
    assert len(drawn.seeds) == 1
    assert drawn.seeds[0] not in sampled.seeds
    assert random == mc.randomize(net, "edge_count", seed=drawn.seeds[0])


def test_threads_do_not_matter(net, num_threads):
    one = mc.significance(net, Recorder(), size=(3, 4), samples=10, seed=1, num_threads=1)
    many = mc.significance(net, Recorder(), size=(3, 4), samples=10, seed=1, num_threads=num_threads)
    assert one.to_json() == many.to_json()


def test_what_is_reported(net):
    def untrained(graph, seed):
        return mc.randomize(graph, "edge_count", seed=seed)

    result = mc.significance(net, untrained, samples=10, seed=1)
    assert result.null is untrained
    assert result.to_dict()["null"] == "untrained"
    assert "null=untrained" in repr(result)
    assert "Recorder" in repr(mc.significance(net, Recorder(), samples=10, seed=1))
    assert result.mixing is None
    assert math.isnan(result.acceptance)
    assert set(result.ess.values()) == {10}


def test_progress(net):
    calls = []
    mc.significance(net, Recorder(), samples=7, seed=1, progress=lambda done, total: calls.append((done, total)))
    assert calls[:7] == [(k, 7) for k in range(1, 8)]
    assert calls[-1] == (7, 7)


# ---- what it may return ------------------------------------------------------------------------------------------


def shuffled(graph, seed):
    """A matrix without layers: nodes in another order."""
    order = np.random.default_rng(seed).permutation(graph.n_nodes)
    return graph.to_scipy()[order][:, order]


def test_anything_that_a_graph_is_made_of(net):
    """Renaming nodes changes no count."""
    result = mc.significance(net, shuffled, size=(2, 3), samples=10, seed=1)
    assert (result.samples_table == list(mc.count(net).values())).all()
    assert set(result.status.values()) <= {"fixed", "constant"}
    assert all(math.isnan(z) for z in result.z.values())


def test_masks_of_an_untrained_network(net):
    """Size 4 needs strict levels, which masks bring with them; the graph itself may be without layers."""
    widths = [mask.shape for mask in net.to_layers()]
    densities = [mask.nnz / np.prod(mask.shape) for mask in net.to_layers()]

    def untrained(graph, seed):
        rng = np.random.default_rng(seed)
        return [rng.random(shape) < p for shape, p in zip(widths, densities, strict=True)]

    result = mc.significance(net, untrained, size=(3, 4), samples=50, seed=1)
    assert result.status["bifan"] == "varies"
    assert result.status["021D"] == "varies"
    exact = mc.significance(net, "edge_count", size=4, samples=0)
    assert result.mean["bifan"] == pytest.approx(exact.mean["bifan"], rel=0.2)
    plain = mc.significance(net.to_scipy(), untrained, size=(3, 4), samples=50, seed=1)
    assert np.array_equal(plain.samples_table, result.samples_table)


def test_size_four_of_random_graphs_without_levels(net):
    def looped(graph, seed):
        matrix = graph.to_scipy().tolil()
        matrix[-1, 0] = 1
        return matrix.tocsr()

    assert mc.significance(net, looped, size=3, samples=2, seed=1).samples_table.shape == (2, 16)
    result = mc.significance(net, looped, size=4, samples=2, seed=1)
    assert result.samples_table.tolist() == [list(mc.count(looped(net, 0), 4).values())] * 2
    assert not mc.Graph(looped(net, 0)).is_strictly_layered()


# ---- errors ------------------------------------------------------------------------------------------------------


def test_the_number_of_nodes_must_stay(net):
    def smaller(graph, seed):
        return np.zeros((3, 3))

    for call in (mc.randomize, mc.significance):
        with pytest.raises(ValueError, match=rf"null: smaller must return .* {net.n_nodes} nodes, not 3"):
            call(net, smaller, seed=1)


def test_what_is_no_graph_is_refused(net):
    def forgetful(graph, seed):
        mc.randomize(graph, seed=seed)

    for call, drawn in ((mc.randomize, "the graph"), (mc.significance, "sample 0")):
        with pytest.raises(TypeError, match="NoneType") as refused:
            call(net, forgetful, seed=1)
        assert refused.value.__notes__ == [f"while {drawn} was drawn by the null model forgetful"]


@pytest.mark.parametrize("kind", [ValueError, TypeError])
def test_errors_of_the_function_say_which_sample(net, kind):
    def fragile(graph, seed):
        if len(seen) == 3:
            raise kind("no more")
        seen.append(seed)
        return graph

    seen = []
    with pytest.raises(kind, match="no more") as refused:
        mc.significance(net, fragile, samples=9, seed=1, first_sample=10)
    assert refused.value.__notes__ == ["while sample 13 was drawn by the null model fragile"]


def test_other_errors_come_through(net):
    class EnoughError(Exception):
        pass

    def stop(graph, seed):
        raise EnoughError(f"with seed {seed}")

    with pytest.raises(EnoughError, match="with seed"):
        mc.significance(net, stop, samples=9, seed=1)


def test_a_class_is_no_function(net):
    with pytest.raises(TypeError, match=r"null.*function \(Graph, seed\)"):
        mc.significance(net, Recorder, samples=9)


def test_closed_forms_are_not_for_functions(net):
    with pytest.raises(NotImplementedError, match=r"samples=0.*shuffled"):
        mc.significance(net, shuffled, samples=0)
