"""Weights of other kinds: tied, pruned, computed, sparse, by group; against adjacency written out."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn
from torch.nn.utils import parametrize, prune

import motifcount as mc
from support.modules import assert_blocks, blocks_of, kept, linear, module_of, set_sparse_ones, weights_of

EYE = np.eye


class HuggingFaceConv1D(nn.Module):
    """As in transformers: the weight has the shape (in, out)."""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(n_in, n_out)), nn.Parameter(torch.zeros(n_out))

    def forward(self, x):
        return torch.addmm(self.bias, x.view(-1, x.size(-1)), self.weight).view(*x.size()[:-1], -1)


def test_weights_stored_the_other_way_round_and_tied():
    net = module_of(lambda s, x: F.linear(s.c(x), s.c.weight), c=HuggingFaceConv1D(3, 3))
    weight = net.c.weight.detach().numpy() != 0
    graph = mc.Graph.from_module(net, (1, 2, 3))
    assert_blocks(graph, {("x", "c"): weight, ("c", "c#2"): weight.T})


def test_pruned_and_parametrized_weights():
    net = nn.Sequential(nn.Conv2d(2, 4, 3), nn.ReLU(), nn.Conv2d(4, 3, 3))
    prune.random_unstructured(net[0], "weight", 0.9)
    with torch.no_grad():
        net[0].weight_orig.zero_()  # the mask decides
    parametrize.register_parametrization(net[2], "weight", Positive())
    first = net[0].weight_mask.flatten(2).any(2).numpy().T
    second = (net[2].weight > 0).flatten(2).any(2).detach().numpy().T
    assert_blocks(mc.Graph.from_module(net, (1, 2, 8, 8)), {("input", "0"): first, ("0", "2"): second})


class Positive(nn.Module):
    """Keeps weights far above zero."""

    def forward(self, weight):
        return weight * (weight > 0.14)


def test_computed_weights():
    def forward(s, x):
        return F.linear(F.linear(x, s.a * s.keep), s.a @ s.a.T)

    net = module_of(forward, a=nn.Parameter(torch.rand(3, 3)), keep=torch.tensor([[1.0, 0, 1], [0, 1, 0], [1, 1, 1]]))
    a = net.a.detach()
    first, second = ((weight != 0).numpy().T for weight in (a * net.keep, a @ a.T))
    graph = mc.Graph.from_module(net, (2, 3))
    assert list(blocks_of(graph)) == [("x", "a"), ("a", "a#2")]
    assert (blocks_of(graph)["x", "a"] == first).all()
    assert (blocks_of(graph)["a", "a#2"] == second).all()


def test_zeros_inside_the_blocks_of_sparse_weights_are_no_arcs():
    dense = torch.zeros(4, 4)
    dense[0, 0] = dense[3, 2] = 1
    net = nn.Linear(4, 4, bias=False)
    net.weight = nn.Parameter(dense.to_sparse_bsr((2, 2)))
    graph = mc.Graph.from_module(net)
    assert graph == mc.Graph.from_layers([dense.T])


def test_fixed_matrices_mix_positions():
    neighbours = torch.tensor([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]])
    net = module_of(lambda s, x: s.b(neighbours @ s.a(x).relu()), a=linear(4, 5), b=linear(5, 2))
    a, b = weights_of(net, "a", "b")
    assert_blocks(mc.Graph.from_module(net, (3, 4)), {("x", "a"): a, ("a", "b"): b})


def test_experts_with_weights_of_their_own():
    net = module_of(
        lambda s, x: torch.einsum("beh,eho->beo", s.a(x).reshape(-1, 2, 3), s.w),
        a=linear(4, 6),
        w=nn.Parameter(torch.ones(2, 3, 2)),
    )
    (a,) = weights_of(net, "a")
    expected = np.zeros((6, 4), int)
    for expert in range(2):
        expected[3 * expert : 3 * expert + 3, 2 * expert : 2 * expert + 2] = net.w[expert].detach()
    assert_blocks(mc.Graph.from_module(net, (1, 4)), {("x", "a"): a, ("a", "w"): expected})


def test_gated_linear_units_and_bilinear_forms():
    net = nn.Sequential(linear(3, 8), nn.GLU(), linear(4, 2))
    blocks = blocks_of(mc.Graph.from_module(net))
    assert (blocks["0", "1.product"] == np.vstack([EYE(4), EYE(4)])).all()
    both = module_of(lambda s, x: s.b(s.a(x), x), a=linear(3, 2), b=nn.Bilinear(2, 3, 4))
    a, b = kept(both.a.weight), (both.b.weight != 0).detach().numpy()
    expected = {("x", "a"): a, ("a", "b"): b.any(2).T, ("x", "b"): b.any(1).T}
    assert_blocks(mc.Graph.from_module(both, (1, 3)), expected)


def test_messages_between_the_nodes_of_a_graph():
    from torch_geometric.nn import SAGEConv

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = SAGEConv(3, 4)

        def forward(self, x, edge_index):
            return self.conv(x, edge_index)

    net = set_sparse_ones(Net())
    of_neighbours, of_itself = kept(net.conv.lin_l.weight, net.conv.lin_r.weight)
    expected = {
        ("x", "conv.lin_l"): of_neighbours,
        ("x", "conv.lin_r"): of_itself,
        ("conv.lin_l", "conv.sum"): EYE(4),
        ("conv.lin_r", "conv.sum"): EYE(4),
    }
    edges = torch.tensor([[0, 1, 2], [1, 2, 0]])
    assert_blocks(mc.Graph.from_module(net, (torch.ones(5, 3), edges)), expected)


def test_packed_sequences():
    def forward(s, x):
        packed = nn.utils.rnn.pack_padded_sequence(x, [5], batch_first=True)
        return s.o(nn.utils.rnn.pad_packed_sequence(s.l(packed)[0], batch_first=True)[0][:, -1])

    net = module_of(forward, l=nn.GRU(3, 4, batch_first=True), o=linear(4, 2))
    assert set(blocks_of(mc.Graph.from_module(net, (1, 5, 3)))) == {("x", "l"), ("l", "l"), ("l", "o")}


def test_channels_that_are_made_of_several_by_position():
    net = nn.Sequential(nn.Conv2d(1, 8, 1), nn.PixelShuffle(2), nn.Conv2d(2, 3, 1))
    blocks = blocks_of(mc.Graph.from_module(net, (1, 1, 4, 4)))
    assert (blocks["0", "2"] == 1).all()
