"""Significance by node: every column by a plain loop over samples, and what it says of itself on null graphs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import motifcount as mc
from motifcount.nulls.sampling import seed_of_sample

SEED = 5


def graph_with_hubs(n=14, seed=2):
    rng = np.random.default_rng(seed)
    density = np.sqrt(np.linspace(0.8, 0.05, n))
    matrix = rng.random((n, n)) < density[:, None] * density
    matrix |= matrix.T & (rng.random((n, n)) < 0.3)
    np.fill_diagonal(matrix, False)
    return mc.Graph(matrix)


def shuffled(graph, seed):
    return mc.randomize(graph, "edge_count", seed=seed)


def stacked(counts, by_role):
    """All columns of all classes, of shape (n_nodes, columns)."""
    return np.column_stack(list((counts.by_role if by_role else counts.by_node).values()))


@pytest.mark.parametrize(("size", "by_role"), [(3, False), ((2, 3), True), (4, False), (4, True)])
def test_equal_to_a_plain_loop(size, by_role):
    graph, n = graph_with_hubs(), 30
    by = {"by_role" if by_role else "by_node": True}
    found = mc.node_significance(graph, shuffled, size=size, by_role=by_role, samples=n, seed=SEED)
    observed = stacked(mc.count(graph, size, **by), by_role)
    samples = [mc.count(shuffled(graph, seed_of_sample(SEED, k)), size, **by) for k in range(n)]
    table = np.array([stacked(counts, by_role) for counts in samples])
    std = table.std(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(std > 0, (observed - table.mean(axis=0)) / std, np.nan)
    rows = np.concatenate([observed[None], table]).astype(float)
    scale = rows.std(axis=0, ddof=1)
    scores = np.abs(rows - rows.mean(axis=0)) / np.maximum(scale, 1)
    highest = scores[1:].max(axis=(1, 2))
    beyond = (highest[:, None, None] >= scores[0] * (1 - 1e-9)).sum(axis=0)
    p = np.where(scale > 0, (1 + beyond) / (1 + n), np.nan)
    for name, expected in {
        "observed": observed,
        "mean": table.mean(axis=0),
        "std": std,
        "z": z,
        "p_over": (1 + (table >= observed).sum(axis=0)) / (1 + n),
        "p_under": (1 + (table <= observed).sum(axis=0)) / (1 + n),
        "p_adjusted": p,
    }.items():
        value = np.column_stack(list(getattr(found, name).values()))
        assert np.allclose(value, expected, rtol=1e-9, atol=1e-9, equal_nan=True), name
    assert np.nanmin(p) < 1


@pytest.mark.parametrize("null", ["degree", "edge_count", "dyad_count", mc.nulls.Degree(keep_mutual=True)])
def test_samples_are_those_of_significance(null, num_threads):
    graph = graph_with_hubs(20)
    nodes = mc.node_significance(graph, null, size=3, samples=25, seed=SEED, num_threads=num_threads)
    whole = mc.significance(graph, null, size=3, samples=25, seed=SEED)
    one = mc.node_significance(graph, null, size=3, samples=25, seed=SEED, num_threads=1)
    for name in mc.CLASSES[3]:
        assert nodes.mean[name].sum() == pytest.approx(3 * whole.mean[name])
        assert np.array_equal(nodes.p_adjusted[name], one.p_adjusted[name], equal_nan=True)
        assert np.array_equal(nodes.z[name], one.z[name], equal_nan=True)


def test_layers_have_the_ten_and_little_memory_gives_the_same(monkeypatch):
    from motifcount.inference import by_node

    net = mc.datasets.load("pendulum")
    found = mc.node_significance(net, samples=12, seed=SEED, by_role=True)
    assert tuple(found.observed) == mc.LAYERED_TETRADS
    assert found.z["bifan"].shape == (net.n_nodes, 2)
    assert found.z["4740"].shape == (net.n_nodes, 1)
    monkeypatch.setattr(by_node, "_BYTES_AT_ONCE", 1)
    again = mc.node_significance(net, samples=12, seed=SEED, by_role=True, num_threads=1)
    assert np.array_equal(found.p_adjusted["bifan"], again.p_adjusted["bifan"], equal_nan=True)


def test_nodes_without_rows():
    graph = mc.Graph.from_edges([7, 50_000, 60_000, 9, 9_000], [99_998, 7, 50_000, 9_000, 9], 10**5)
    for null in ("degree", "edge_count"):
        found = mc.node_significance(graph, null, size=3, samples=10, seed=1)
        assert found.observed["021C"][[7, 50_000, 60_000, 99_998, 3]].tolist() == [2, 2, 1, 1, 0]
        assert found.mean["021C"].shape == (10**5,)


def test_planted_nodes_are_found_and_null_graphs_hold_none():
    """Of graphs that the null model drew, at most 5 % have any adjusted p of 0.05: here 7 of 100 would be noise."""
    graph = graph_with_hubs(10, seed=3)
    any_found = [
        min(np.nanmin(p) for p in found.p_adjusted.values()) <= 0.05
        for found in (
            mc.node_significance(
                mc.randomize(graph, "edge_count", seed=k), "edge_count", size=3, samples=19, seed=k + 1
            )
            for k in range(100)
        )
    ]
    assert sum(any_found) <= 13  # 5 % of 100, and 3.5 standard deviations
    rng = np.random.default_rng(1)
    matrix = rng.random((200, 200)) < 0.02
    matrix[:12, :12] = np.triu(np.ones((12, 12)))  # in which every three nodes are a feed-forward loop
    np.fill_diagonal(matrix, False)
    found = mc.node_significance(matrix, size=3, samples=200, seed=1, by_role=True)
    assert (found.p_adjusted["030T"][[0, 5, 11], [0, 1, 2]] <= 0.02).all()
    assert (found.z["030T"][[0, 5, 11], [0, 1, 2]] > 5).all()
    assert not (found.p_adjusted["030T"][12:] <= 0.05).any()


def test_fitted_null_models_have_no_p():
    found = mc.node_significance(graph_with_hubs(), "soft_degree", size=3, samples=10, seed=1)
    assert all(np.isnan(p).all() for p in found.p_adjusted.values())
    assert all(np.isnan(p).all() for p in found.p_over.values())
    assert any(np.isfinite(z).any() for z in found.z.values())


def test_a_function_that_ignores_its_seed_is_refused():
    rng = np.random.default_rng(1)

    def careless(graph, seed):
        return mc.randomize(graph, seed=int(rng.integers(2**40)))

    with pytest.raises(ValueError, match=r"^null: careless must return the same graph for the same seed"):
        mc.node_significance(graph_with_hubs(), careless, size=3, samples=5, seed=1)


def test_frames_and_words():
    graph = mc.Graph.from_edges([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "a")])
    found = mc.node_significance(graph, "edge_count", size=3, samples=20, seed=1)
    frame = found.to_frame(nodes=graph.labels)
    assert isinstance(frame, pd.DataFrame)
    assert frame.loc[("b", "030T"), "observed"] == 1
    assert "300" not in frame.index.get_level_values("class")
    roles = mc.node_significance(graph, "edge_count", size=3, samples=20, seed=1, by_role=True).to_frame()
    assert roles.loc[(1, "030T.b"), "observed"] == 1
    assert repr(found) == "NodeSignificance(4 nodes, 20 samples; 0 nodes and classes with p_adjusted <= 0.05)"
    with pytest.raises(ValueError, match=r"^nodes must be 4 names, one for each node, not 1"):
        found.to_frame(nodes=["a"])


def test_progress_counts_both_rounds():
    seen = []
    mc.node_significance(graph_with_hubs(), samples=9, seed=1, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (18, 18)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_what_does_not_fit_is_refused():
    with pytest.raises(MemoryError, match=r"^node_significance: 16 columns for each of 10,000,000,000 nodes"):
        mc.node_significance(mc.Graph.from_edges([0, 1], [1, 0], 10**10), size=3, samples=10)
