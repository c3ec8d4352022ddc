"""Attention, recurrence and embeddings, against adjacency written out."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

import motifcount as mc
from support.modules import assert_blocks, blocks_of, kept, linear, module_of, set_sparse_ones, weights_of

EYE = np.eye


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("mode", ["train", "eval"])
def test_a_transformer_layer(norm_first, mode):
    layer = getattr(nn.TransformerEncoderLayer(4, 2, 6, batch_first=True, norm_first=norm_first), mode)()
    values, out = layer.self_attn.in_proj_weight[8:], layer.self_attn.out_proj.weight
    with torch.no_grad():
        values[0] = 0
    expected = {
        ("src", "self_attn.values"): kept(values),
        ("self_attn.values", "self_attn.out_proj"): kept(out),
        ("self_attn.out_proj", "sum"): EYE(4),
        ("src", "sum"): EYE(4),
        ("sum", "linear1"): kept(layer.linear1.weight),
        ("linear1", "linear2"): kept(layer.linear2.weight),
        ("linear2", "sum#2"): EYE(4),
        ("sum", "sum#2"): EYE(4),
    }
    graph = mc.Graph.from_module(layer, (1, 5, 4))
    assert_blocks(graph, expected)
    assert layer.training == (mode == "train")
    gated = blocks_of(mc.Graph.from_module(layer, (1, 5, 4), attention_gates=True))
    heads = np.kron(EYE(2), np.ones((2, 2)))
    assert (gated["self_attn.values", "self_attn.attention"] == EYE(4)).all()
    for part in ("queries", "keys"):
        assert (gated[f"self_attn.{part}", "self_attn.attention"] == heads).all()
        assert (gated["src", f"self_attn.{part}"] == 1).all()


@pytest.mark.parametrize("fused", [False, True])
def test_attention_written_by_hand(fused):
    def forward(s, x):
        q, k, v = s.qkv(x).reshape(1, 5, 3, 2, 2).permute(2, 0, 3, 1, 4)
        by_hand = ((q @ k.transpose(-2, -1)) / 2).softmax(-1) @ v
        y = F.scaled_dot_product_attention(q, k, v) if fused else by_hand
        return s.out(y.transpose(1, 2).reshape(1, 5, 4))

    net = module_of(forward, qkv=linear(4, 12), out=linear(4, 4))
    qkv, out = weights_of(net, "qkv", "out")
    assert_blocks(mc.Graph.from_module(net, (1, 5, 4)), {("x", "qkv"): qkv[:, 8:], ("qkv", "out"): out})


def test_keys_and_values_kept_from_before():
    def forward(s, given):
        x, k, v = given
        k, v = torch.cat([k, s.k(x)[:, None]], 2), torch.cat([v, s.v(x)[:, None]], 2)
        return s.o(F.scaled_dot_product_attention(s.q(x)[:, None], k, v)[:, 0])

    net = module_of(forward, **{name: linear(3, 3) for name in "qkvo"})
    example = ([torch.ones(shape) for shape in ((2, 4, 3), (2, 1, 5, 3), (2, 1, 5, 3))],)
    v, o = weights_of(net, "v", "o")
    summed = {("x[0]", "v"): v, ("v", "o"): o, ("x[2]", "o"): o}
    assert_blocks(mc.Graph.from_module(net, example), summed)
    gated = blocks_of(mc.Graph.from_module(net, example, attention_gates=True))
    assert all((gated[part, "attention"] == 1).all() for part in ("q", "k", "x[1]"))
    assert all((gated[part, "attention"] == EYE(3)).all() for part in ("v", "x[2]"))


def test_queries_that_are_0_at_some_positions_only():
    def forward(s, x):
        angles = torch.arange(5.0, device=x.device)[:, None].expand(5, 4)
        return s.o(F.scaled_dot_product_attention(s.q(x) * angles.sin(), x, x))

    net = module_of(forward, q=linear(4, 4), o=linear(4, 2))
    assert_blocks(mc.Graph.from_module(net, (2, 5, 4)), {("x", "o"): kept(net.o.weight)})


def test_masks_of_attention_that_come_in():
    layer = nn.TransformerEncoderLayer(4, 2, 6, batch_first=True)
    masks = {"src_mask": (5, 5), "src_key_padding_mask": (2, 5)}
    graph = mc.Graph.from_module(layer, {"src": (2, 5, 4), **masks})
    assert graph == mc.Graph.from_module(layer, (2, 5, 4))


def test_sequences_of_different_lengths():
    def forward(s, given):
        packed = nn.utils.rnn.pack_padded_sequence(*given, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(s.GRU(packed)[0], batch_first=True)[0]

    gru = set_sparse_ones(nn.GRU(3, 4, batch_first=True), 0.3)
    graph = mc.Graph.from_module(module_of(forward, GRU=gru), ([torch.ones(2, 5, 3), torch.tensor([3, 5])],))
    assert graph.to_scipy().nnz == mc.Graph.from_module(gru, (2, 5, 3)).n_edges


def test_a_gated_recurrent_layer():
    gru = set_sparse_ones(nn.GRU(3, 4), 0.3)
    into = gru.weight_ih_l0.reshape(3, 4, 3).any(0).T
    within = gru.weight_hh_l0.reshape(3, 4, 4).any(0).T.numpy()
    assert within.diagonal().any()
    graph = mc.Graph.from_module(gru, (6, 1, 3))
    assert_blocks(graph, {("input", "GRU"): into, ("GRU", "GRU"): within & ~EYE(4, dtype=bool)})


@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
def test_recurrent_layers_in_both_directions(kind):
    net = getattr(nn, kind)(3, 4, 2, bidirectional=True, batch_first=True)
    blocks = blocks_of(mc.Graph.from_module(net, (1, 6, 3)))
    first, second = [f"{kind}.0", f"{kind}.0.reverse"], [f"{kind}.1", f"{kind}.1.reverse"]
    pairs = {("input", a) for a in first} | {(a, b) for a in first for b in second} | {(a, a) for a in first + second}
    assert set(blocks) == pairs


def test_cells_are_unrolled_over_time():
    def forward(s, x):
        h = x.new_zeros(x.shape[0], 2)
        for t in range(2):
            h = s.cell(x[:, t], h)
        return s.o(h)

    net = module_of(forward, cell=nn.GRUCell(3, 2), o=linear(2, 1))
    blocks = blocks_of(mc.Graph.from_module(net, (1, 2, 3)))
    assert set(blocks) == {("x", "cell"), ("cell", "cell#2"), ("x", "cell#2"), ("cell#2", "o")}


def test_embeddings_are_inputs_unless_their_rows_are_wanted():
    net = nn.Sequential(nn.Embedding(7, 3), linear(3, 2))
    tokens = torch.zeros(1, 4, dtype=torch.long)
    assert_blocks(mc.Graph.from_module(net, tokens), {("0", "1"): kept(net[1].weight)})
    with_rows = {("0.rows", "0"): np.ones((7, 3)), ("0", "1"): kept(net[1].weight)}
    assert_blocks(mc.Graph.from_module(net, tokens, embeddings=True), with_rows)
