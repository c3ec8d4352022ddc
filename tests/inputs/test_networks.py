"""Feed-forward networks: masks, biases, torch modules, and the clean-up of nodes that cannot matter."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
import torch.nn.utils.parametrize
import torch.nn.utils.prune
from hypothesis import given

import motifcount as mc
from support import oracles
from support.strategies import layered_dags, nets

MASKS = [np.array([[1, 0, 1], [0, 0, 1]]), np.array([[1], [0], [1]])]
GRAPH = mc.Graph.from_edges([0, 0, 1, 2, 4], [2, 4, 4, 5, 5], layers=[0, 0, 1, 1, 1, 2])


def dense(masks):
    return [np.asarray(mask.toarray(), dtype=bool).tolist() for mask in masks]


MASK_KINDS = {
    "numpy": np.array,
    "float": lambda mask: mask * -0.5,
    "csr": sp.csr_array,
    "csc_matrix": sp.csc_matrix,
    "coo": sp.coo_array,
    "torch": torch.tensor,
    "bfloat16": lambda mask: torch.tensor(mask, dtype=torch.bfloat16),
    "torch_sparse": lambda mask: torch.tensor(mask).to_sparse(),
}


@pytest.mark.parametrize("kind", MASK_KINDS)
def test_masks_of_every_kind(kind):
    masks = [MASK_KINDS[kind](mask) for mask in MASKS]
    for graph in (mc.Graph.from_layers(masks), mc.Graph.from_layers(iter(masks)), mc.Graph(masks), mc.Graph((*masks,))):
        assert graph == GRAPH
    assert mc.count(masks, 4) == mc.count(GRAPH, 4)


def test_nested_lists_are_masks_only_for_from_layers():
    assert mc.Graph.from_layers([mask.tolist() for mask in MASKS]) == GRAPH
    assert mc.Graph([[0, 1, 0], [0, 0, 0], [0, 0, 0]]) == mc.Graph.from_edges([0], [1], 3)


def test_a_single_mask_is_a_list_of_one():
    assert mc.Graph([np.eye(2)]).layers.tolist() == [0, 0, 1, 1]
    assert mc.Graph(np.eye(2)).n_edges == 0


@given(nets())
def test_masks_and_biases_come_back(net):
    graph = net.graph()
    assert dense(graph.to_layers()) == [mask.tolist() for mask in net.masks]
    assert all(isinstance(mask, sp.csr_array) for mask in graph.to_layers())
    if all(bias is None for bias in net.biases):
        assert graph.biases is None
        return
    for found, expected in zip(graph.biases, net.biases, strict=True):
        assert np.array_equal(found, expected)
    assert mc.Graph.from_layers(graph.to_layers(), graph.biases) == graph


@given(nets(with_biases=True))
def test_a_bias_is_one_node_that_only_sends(net):
    graph = net.graph()
    plain = mc.Graph.from_layers(net.masks)
    kept = [bias.sum() for bias in net.biases if bias is not None]
    assert graph.n_nodes == plain.n_nodes + len(kept)
    assert graph.n_edges == plain.n_edges + sum(kept)
    widths = [len(mask) + (bias is not None) for mask, bias in zip(net.masks, net.biases, strict=True)]
    start = 0
    for width, bias in zip(widths, net.biases, strict=True):
        if bias is not None:  # the last node of its layer
            node = start + width - 1
            assert (graph.in_degrees()[node], graph.out_degrees()[node]) == (0, bias.sum())
        start += width


EMPTY_LAYERS = {
    "inputs": [(0, 3), (3, 2)],
    "hidden": [(3, 0), (0, 2)],
    "outputs": [(3, 2), (2, 0)],
    "all": [(0, 0), (0, 0)],
}


@pytest.mark.parametrize("shapes", EMPTY_LAYERS.values(), ids=EMPTY_LAYERS)
def test_layers_without_units_come_back(shapes):
    masks = [np.ones(shape, dtype=bool) for shape in shapes]
    assert [mask.shape for mask in mc.Graph.from_layers(masks).to_layers()] == shapes


def test_biases_of_a_layer_without_units():
    (bias,) = mc.Graph.from_layers([np.ones((2, 0))], [np.ones(0)]).biases
    assert bias.tolist() == []


def test_biases_behind_a_layer_without_units():
    masks = [np.ones((2, 0)), np.ones((0, 3)), np.ones((3, 2))]
    graph = mc.Graph.from_layers(masks, [None, None, [True, False]])
    assert [None if bias is None else bias.tolist() for bias in graph.biases] == [None, None, [True, False]]


# ---- clean-up ----------------------------------------------------------------------------------------------------


def cleaned(net):
    """The cleaned graph, put together from the literal rule: hidden and bias nodes stay if they have an edge."""
    masks, biases = oracles.clean_masks(net.masks, net.biases)
    last = len(masks)
    keys, edges = [], []
    for k in range(last + 1):
        width = len(masks[k]) if k < last else masks[-1].shape[1]
        keys += [(k, unit) for unit in range(width)]
        if k < last:
            edges += [((k, u), (k + 1, v)) for u, v in np.argwhere(masks[k]).tolist()]
            if biases[k] is not None:
                keys.append((k, width))
                edges += [((k, width), (k + 1, v)) for v in np.flatnonzero(biases[k]).tolist()]
    used = {key for edge in edges for key in edge}
    ends = {0: len(net.masks[0]), last: masks[-1].shape[1]}
    keys = [key for key in keys if key in used or key[1] < ends.get(key[0], 0)]
    number = {key: i for i, key in enumerate(keys)}
    src, dst = [number[tail] for tail, _ in edges], [number[head] for _, head in edges]
    return mc.Graph.from_edges(src, dst, len(keys), layers=[k for k, _ in keys])


@given(nets(max_width=5, max_masks=5))
def test_clean_up_equals_the_literal_rule(net):
    clean = net.graph().drop_ineffective()
    assert clean == cleaned(net)
    assert clean.drop_ineffective() == clean


@given(nets(max_width=5))
def test_biases_survive_the_clean_up(net):
    clean = net.graph().drop_ineffective()
    _, biases = oracles.clean_masks(net.masks, net.biases)
    kept = [0 if bias is None else int(bias.sum()) for bias in biases]
    assert [0 if bias is None else int(bias.sum()) for bias in clean.biases or [None] * len(kept)] == kept


def test_biases_behind_a_layer_that_is_cleaned_away():
    net = mc.Graph.from_layers([np.ones((2, 2)), np.zeros((2, 2)), np.ones((2, 1))], [None, None, [True]])
    clean = net.drop_ineffective()
    assert (clean.n_nodes, clean.n_edges, clean.layers.tolist()) == (4, 1, [0, 0, 2, 3])
    assert [None if bias is None else bias.tolist() for bias in clean.biases] == [None, None, [True]]


def test_the_bias_of_a_layer_without_units_survives_the_clean_up():
    clean = mc.Graph.from_layers([np.ones((0, 2)), np.ones((2, 1))], [[True, False], None]).drop_ineffective()
    assert (clean.n_nodes, clean.n_edges, clean.layers.tolist()) == (3, 2, [0, 1, 2])
    assert [None if bias is None else bias.tolist() for bias in clean.biases] == [[True], None]


@given(layered_dags())
def test_clean_up_with_skip_connections(dag):
    """Forwards, hidden nodes without input go; then backwards, hidden nodes without output."""
    drawn, layers = dag
    arcs = set(drawn.arcs)
    hidden = [v for v in range(drawn.n) if 0 < layers[v] < layers[-1]]
    for v in hidden:
        if not any(head == v for _, head in arcs):
            arcs = {arc for arc in arcs if arc[0] != v}
    for v in reversed(hidden):
        if not any(tail == v for tail, _ in arcs):
            arcs = {arc for arc in arcs if arc[1] != v}
    stay = [v for v in range(drawn.n) if v not in hidden or any(v in arc for arc in arcs)]
    number = {v: k for k, v in enumerate(stay)}
    src, dst = [number[u] for u, _ in arcs], [number[v] for _, v in arcs]
    assert drawn.graph(layers).drop_ineffective() == mc.Graph.from_edges(src, dst, len(stay), layers=layers[stay])


def test_clean_up_with_an_empty_input_layer():
    net = mc.Graph.from_layers([np.ones((0, 3)), np.ones((3, 2))])
    clean = net.drop_ineffective()
    assert (clean.n_nodes, clean.n_edges) == (2, 0)


def test_clean_up_of_nodes_numbered_from_the_last_layer_to_the_first():
    net = mc.Graph.from_edges([2, 1], [1, 0], layers=[2, 1, 0])
    assert net.drop_ineffective() == net


def test_labels_survive_the_clean_up():
    source = mc.Graph(MASKS).to_networkx()
    labels = dict(enumerate("abcdef"))
    named = mc.Graph(nx.relabel_nodes(source, labels), layers=GRAPH.layers)
    assert named.drop_ineffective().labels == tuple("abcef")


# ---- torch modules -----------------------------------------------------------------------------------------------


def stack(*widths, bias=True):
    torch.manual_seed(0)
    parts = [torch.nn.Linear(n, m, bias=bias) for n, m in pairwise(widths)]
    return torch.nn.Sequential(*(part for linear in parts for part in (linear, torch.nn.Tanh(), torch.nn.Dropout())))


def linears(module):
    return [part for part in module.modules() if isinstance(part, torch.nn.Linear)]


def test_exact_zeros_are_no_edges():
    module = stack(2, 3, 1)
    with torch.no_grad():
        for linear, mask in zip(linears(module), MASKS, strict=True):
            linear.weight *= torch.tensor(mask.T)
        linears(module)[0].bias[1] = 0
    assert mc.Graph.from_module(module) == mc.Graph(module) == GRAPH
    assert mc.count(module, 4) == mc.count(GRAPH, 4)
    assert [bias.tolist() for bias in mc.Graph.from_module(module, bias=True).biases] == [[True, False, True], [True]]


def test_prune_masks_decide():
    module = stack(10, 20, 5)
    for linear in linears(module):
        torch.nn.utils.prune.l1_unstructured(linear, "weight", amount=0.7)
        torch.nn.utils.prune.l1_unstructured(linear, "bias", amount=2)
    masks = [linear.weight_mask.numpy().T for linear in linears(module)]
    biases = [linear.bias_mask.numpy() for linear in linears(module)]
    with torch.no_grad():
        linears(module)[0].weight_orig[:] = 0  # kept by its mask, whatever its value
    assert mc.Graph.from_module(module) == mc.Graph.from_layers(masks)
    assert mc.Graph.from_module(module, bias=True) == mc.Graph.from_layers(masks, biases)
    assert mc.Graph.from_module(module).n_edges == 60 + 30


class Half(torch.nn.Module):
    """Keeps the weights above zero."""

    def forward(self, weight):
        return weight * (weight > 0)


def test_parametrized_weights_are_read_as_they_act():
    module = stack(6, 5, 4)
    expected = [(linear.weight > 0).T for linear in linears(module)]
    for linear in linears(module):
        torch.nn.utils.parametrize.register_parametrization(linear, "weight", Half())
    assert mc.Graph.from_module(module) == mc.Graph.from_layers(expected)


def test_other_modules_of_linear_layers():
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.body = torch.nn.ModuleList([stack(4, 3), torch.nn.Sequential(stack(3, 2, bias=False))])

        def forward(self, x):
            return self.body[1](self.body[0](x))

    full = mc.Graph.from_layers([np.ones((4, 3)), np.ones((3, 2))], [np.ones(3), None])
    assert mc.Graph.from_module(Net(), bias=True) == full
    assert mc.Graph.from_module(torch.nn.Linear(3, 2, bias=False), bias=True) == mc.Graph([np.ones((3, 2))])
    assert mc.Graph.from_module(torch.nn.Linear(3, 2).to(torch.bfloat16)).n_edges == 6
