"""Random masks of weights that stand for many edges: what they keep, that weights stay shared, uniformity."""

from __future__ import annotations

import copy
import warnings
from itertools import product

import numpy as np
import pytest
import torch
from scipy.stats import chisquare
from torch import nn
from torch.nn.utils import prune

import motifcount as mc
from motifcount.counting.count import induced_counts
from motifcount.mixing import MixingWarning
from motifcount.motifs.classes import Counted
from motifcount.nulls.model import Tracing
from motifcount.nulls.sampling import SampleRange
from support.modules import module_of, set_sparse_ones
from support.realizations import p_uniform


class Residual(nn.Module):
    """A residual block between two other layers, all of shared weights where unrolled."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, padding=1)
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Linear(4 * 9, 5)

    def forward(self, x):
        x = self.stem(x).relu()
        x = torch.max_pool2d(x + self.conv(x), 2)
        return self.head(x.flatten(1))


class Grouped(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(4, 8, 3, groups=2)
        self.second = nn.ConvTranspose1d(8, 4, 2, groups=2)

    def forward(self, x):
        return self.second(self.first(x))


class Twice(nn.Module):
    """One layer that is used twice."""

    def __init__(self):
        super().__init__()
        self.layer, self.out = nn.Linear(6, 6), nn.Linear(6, 3)

    def forward(self, x):
        return self.out(self.layer(self.layer(x)))


CASES = {
    "residual, unrolled": (Residual, (1, 1, 6, 6), "unrolled"),
    "residual, channels": (Residual, (1, 1, 6, 6), "channels"),
    "groups, unrolled": (Grouped, (1, 4, 7), "unrolled"),
    "groups, channels": (Grouped, (1, 4, 7), "channels"),
    "used twice": (Twice, (1, 6), "channels"),
    "attention": (lambda: nn.TransformerEncoderLayer(8, 2, 8, batch_first=True), (1, 3, 8), "channels"),
    "recurrent": (lambda: nn.GRU(3, 4), (5, 1, 3), "channels"),
}


@pytest.fixture(params=CASES)
def case(request):
    make, shape, conv = CASES[request.param]
    torch.manual_seed(0)
    net = set_sparse_ones(make(), 0.4)
    return net, shape, conv, mc.Graph.from_module(net, shape, conv=conv)


def margins(mask, groups):
    """Row sums, and column sums group by group."""
    parts = mask.reshape(groups, len(mask) // groups, -1)
    return parts.sum(axis=2), parts.sum(axis=1)


def test_masks_keep_their_margins_and_the_graph_is_made_of_them(case):
    net, shape, conv, graph = case
    before = graph.to_masks()
    drawn = mc.randomize(graph, mc.nulls.Masks(), seed=3)
    after = drawn.to_masks()
    assert before.keys() == after.keys()
    assert any((before[name] != after[name]).any() for name in before)
    for name, mask in before.items():
        module = net.get_submodule(name.rpartition(".")[0])
        for old, new in zip(*(margins(m, getattr(module, "groups", 1)) for m in (mask, after[name])), strict=True):
            assert np.array_equal(old, new), name
    network = mc.apply_masks(copy.deepcopy(net), drawn)
    with torch.no_grad():
        for name, mask in after.items():  # a weight of 0 that is kept has no edge when it is read again
            assert torch.equal(network.get_buffer(f"{name}_mask"), torch.from_numpy(mask).to(torch.float32))
    assert mc.Graph.from_module(network, shape, conv=conv) == drawn
    assert mc.randomize(drawn, mc.nulls.Masks(), seed=3) != drawn


def test_tied_weights_are_pruned_together():
    rows, head = nn.Embedding(7, 6), nn.Linear(6, 7, bias=False)
    head.weight = rows.weight
    prune.random_unstructured(head, "weight", 0.5)
    prune.custom_from_mask(rows, "weight", head.weight_mask)
    net = module_of(lambda net, tokens: net.head(net.rows(tokens)), rows=rows, head=head)
    tokens = torch.zeros(1, 2, dtype=torch.long)
    drawn = mc.randomize(mc.Graph.from_module(net, tokens), seed=1)
    pruned = mc.apply_masks(net, drawn)
    assert mc.Graph.from_module(pruned, tokens) == drawn
    assert head.weight_orig is rows.weight_orig
    assert torch.equal(head.weight_mask, rows.weight_mask)


def test_it_is_degree_where_every_weight_is_an_edge():
    net = set_sparse_ones(nn.Sequential(nn.Linear(8, 7), nn.Linear(7, 6)), 0.5)
    graph = mc.Graph.from_module(net)
    drawn = mc.randomize(graph, mc.nulls.Masks(), seed=1)
    for degrees in ("in_degrees", "out_degrees"):
        assert np.array_equal(getattr(drawn, degrees)(), getattr(graph, degrees)())
    results = [mc.significance(graph, null, size=4, samples=300, seed=1) for null in ("degree", mc.nulls.Masks())]
    for name in ("bifan", "biparallel"):
        means = [result.mean[name] for result in results]
        assert abs(means[0] - means[1]) < 5 * results[0].std[name] * np.sqrt(2 / 300), name


def test_pinned_arcs_stay_and_results_are_reproducible(case):
    _, _, _, graph = case
    into_sums = np.isin(graph.layers, graph.pinned_layers)
    drawn = mc.randomize(graph, mc.nulls.Masks(), seed=2, num_threads=1)
    assert (drawn.to_scipy() != graph.to_scipy())[:, into_sums].nnz == 0
    assert drawn.pinned_layers == graph.pinned_layers
    assert mc.randomize(graph, mc.nulls.Masks(), seed=2, num_threads=3) == drawn
    null, counted = mc.nulls.Masks(2), Counted(("dyads", "triads"))
    whole = null.sample_counts(graph, counted, SampleRange(5, 0, 6), 2).table
    parts = [null.sample_counts(graph, counted, SampleRange(5, first, 3), 1).table for first in (0, 3)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_masks_are_uniform():
    """Of a kernel with 2 channels in and out and 2 places, all masks with the margins of one."""
    net = nn.Conv1d(2, 2, 2)
    mask = np.array([[[1, 0], [1, 0]], [[0, 1], [0, 0]]], bool)
    with torch.no_grad():
        net.weight.copy_(torch.from_numpy(mask))
    graph = mc.Graph.from_module(net, (1, 2, 4), conv="unrolled")
    wanted = [x.tolist() for x in margins(mask, 1)]
    states = [
        sum(1 << k for k, bit in enumerate(bits) if bit)
        for bits in product((0, 1), repeat=8)
        if [x.tolist() for x in margins(np.array(bits).reshape(2, 2, 2), 1)] == wanted
    ]
    assert len(states) == 3
    null = mc.nulls.Masks(swaps_per_edge=30)
    drawn = [mc.randomize(graph, null, seed=seed).to_masks()["weight"].ravel() for seed in range(300)]
    assert p_uniform([int((bits << np.arange(8)).sum()) for bits in drawn], states) > 1e-4


@pytest.mark.parametrize("null", ["degree", "edge_count", "cover", "n_of_m"])
def test_null_models_of_single_edges_refuse_shared_weights(null):
    graph = mc.Graph.from_module(set_sparse_ones(nn.Conv1d(2, 2, 2)), (1, 2, 4), conv="unrolled")
    for call in (mc.randomize, mc.significance):
        with pytest.raises(NotImplementedError, match=rf'null="{null}" does not know of weights.*nulls.Masks'):
            call(graph, null)


def test_null_models_of_single_edges_refuse_weights_that_read_two_layers():
    net = module_of(lambda net, x: net.b(torch.cat((net.a(x), x), 1)), a=nn.Linear(6, 6), b=nn.Linear(6, 6))
    graph = mc.Graph.from_module(set_sparse_ones(net, 0.5), (1, 3, 6))
    assert mc.Graph.from_module(mc.apply_masks(net, graph), (1, 3, 6)) == graph
    with pytest.raises(ValueError, match="other edges than its weights give, which have many edges each"):
        mc.randomize(graph, seed=1).to_masks()
    random = mc.randomize(graph, mc.nulls.Masks(), seed=1)
    assert mc.Graph.from_module(mc.apply_masks(net, random), (1, 3, 6)) == random != graph


def test_refused_graphs():
    with pytest.raises(ValueError, match=r'null="masks" needs a graph of a torch module'):
        mc.randomize(mc.datasets.load("pendulum"), "masks")
    with pytest.raises(ValueError, match="swaps_per_edge must be a number above 0"):
        mc.nulls.Masks(0)


def test_cleaned_graphs_keep_their_weights():
    net = set_sparse_ones(nn.Sequential(nn.Conv1d(4, 20, 2), nn.Conv1d(20, 4, 2)), 0.15)
    graph = mc.Graph.from_module(net, (1, 4, 5), conv="unrolled").drop_ineffective()
    assert graph.n_nodes < 4 * 5 + 20 * 4 + 4 * 3
    with pytest.raises(NotImplementedError, match=r"nulls\.Masks"):
        mc.randomize(graph)
    drawn = mc.randomize(graph, "masks", seed=1)
    assert drawn == mc.randomize(graph, mc.nulls.Masks(), seed=1)
    assert drawn.n_nodes == graph.n_nodes
    assert drawn != graph


def rank_of(graph, samples, rng):
    """The rank of a graph's bi-fans among those of samples, ties broken by lot."""
    counted = Counted(mc.nulls.Masks().families(graph, (4,)))
    observed = induced_counts(graph, counted, threads=1)
    counts = np.array([row[list(observed).index("bifan")] for row in samples(graph, counted)])
    return (counts > observed["bifan"]).sum() + rng.integers((counts == observed["bifan"]).sum() + 1)


def test_chains_are_numbered():
    """Traced in pieces they are what they are at once."""
    graph, counted = mc.Graph.from_module(set_sparse_ones(Twice(), 0.5), (1, 6)), Counted(("layered_tetrads",))
    of_all, of_last = (
        mc.nulls.Masks().trace_counts(graph, counted, 1, Tracing(0.5, 4, n, first_chain=first), 1).table
        for n, first in ((3, 0), (2, 1))
    )
    assert np.array_equal(of_all[1:], of_last)
    assert not np.array_equal(of_all[:2], of_last)


@pytest.mark.slow
def test_a_graph_is_like_its_samples_however_short_the_chain():
    """Ranks among 9 samples are uniform; among 9 graphs that chains from the graph itself come to, they are not."""
    start = mc.Graph.from_module(set_sparse_ones(Twice(), 0.5), (1, 6))
    short, rng = mc.nulls.Masks(0.05), np.random.default_rng(1)

    def parallel(graph, counted):
        return short.sample_counts(graph, counted, SampleRange(int(rng.integers(2**31)), 0, 9), 1).table

    def star(graph, counted):
        drawn = [mc.randomize(graph, short, seed=int(rng.integers(2**31)), num_threads=1) for _ in range(9)]
        return [induced_counts(each, counted, threads=1).to_numpy() for each in drawn]

    graphs = [mc.randomize(start, mc.nulls.Masks(30), seed=k, num_threads=1) for k in range(400)]
    p_values = []
    for scheme in (parallel, star):
        ranks = [rank_of(graph, scheme, rng) for graph in graphs]
        p_values.append(chisquare(np.bincount(ranks, minlength=10)).pvalue)
    assert p_values[0] > 1e-3 > 1e-5 > p_values[1]


@pytest.mark.slow
def test_short_chains_are_told():
    graph = mc.Graph.from_module(set_sparse_ones(Residual(), 0.4), (1, 1, 6, 6), conv="unrolled")
    with pytest.warns(MixingWarning, match=r"Try nulls\.Masks\(10\)\.$"):
        short = mc.significance(graph, mc.nulls.Masks(0.1), size=3, samples=40, seed=1)
    assert short.ess["030T"] < 10
    with warnings.catch_warnings():
        warnings.simplefilter("error", MixingWarning)
        long = mc.significance(graph, mc.nulls.Masks(), size=3, samples=40, seed=1)
    assert long.ess["030T"] > 35
    assert long.mixing.chains >= 4
