"""Convolutions, residual networks and what scales channels, against adjacency written out."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

import motifcount as mc
from support.modules import assert_blocks, blocks_of, kept, linear, module_of, set_sparse_ones, weights_of

EYE = np.eye


def channels(convolution, groups=1):
    """Return the channel adjacency of a convolution of (in, out), from its weights written out group by group."""
    has = (convolution.weight != 0).flatten(2).any(2).numpy().astype(int)
    if convolution.transposed:
        n_in, n_out = has.shape[0], has.shape[1] * groups
        full = np.zeros((n_in, n_out), int)
        for i in range(n_in):
            group = i // (n_in // groups)
            full[i, group * has.shape[1] : (group + 1) * has.shape[1]] = has[i]
        return full
    n_out, n_in = has.shape[0], has.shape[1] * groups
    full = np.zeros((n_in, n_out), int)
    for o in range(n_out):
        group = o // (n_out // groups)
        full[group * has.shape[1] : (group + 1) * has.shape[1], o] = has[o]
    return full


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize(
    "kind", ["Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]
)
def test_convolutions(kind, groups):
    net = set_sparse_ones(getattr(nn, kind)(4, 8, 2, groups=groups), 0.1)
    graph = mc.Graph.from_module(net, (1, 4, *[5] * int(kind[-2])))
    assert graph.layer_names == ("input", kind)
    assert_blocks(graph, {("input", kind): channels(net, groups)})


def two_blocks():
    return {
        "conv": nn.Conv2d(3, 4, 3, padding=1),
        "norm": nn.BatchNorm2d(4),
        "a1": nn.Conv2d(4, 4, 3, padding=1),
        "a2": nn.Conv2d(4, 4, 3, padding=1),
        "b1": nn.Conv2d(4, 6, 3, padding=1, stride=2),
        "b2": nn.Conv2d(6, 6, 3, padding=1),
        "down": nn.Conv2d(4, 6, 1, stride=2),
        "head": nn.Linear(6, 2),
    }


def resnet(s, x):
    x = F.relu(s.norm(s.conv(x)), inplace=True)
    x = F.relu(s.a2(F.relu(s.a1(x))) + x)
    x = F.relu(s.b2(F.relu(s.b1(x))) + s.down(x))
    return s.head(F.adaptive_avg_pool2d(x, 1).flatten(1))


def test_a_residual_network_of_two_blocks():
    net = module_of(resnet, **two_blocks())
    nn.init.ones_(net.norm.weight)
    conv, a1, a2, b1, b2, down = (channels(getattr(net, name)) for name in ("conv", "a1", "a2", "b1", "b2", "down"))
    expected = {
        ("x", "conv"): conv,
        ("conv", "a1"): a1,
        ("a1", "a2"): a2,
        ("conv", "sum"): EYE(4),
        ("a2", "sum"): EYE(4),
        ("sum", "b1"): b1,
        ("b1", "b2"): b2,
        ("sum", "down"): down,
        ("b2", "sum#2"): EYE(6),
        ("down", "sum#2"): EYE(6),
        ("sum#2", "head"): kept(net.head.weight),
    }
    assert_blocks(mc.Graph.from_module(net, (1, 3, 8, 8)), expected)


def test_a_channel_scaled_by_zero_is_cut():
    net = module_of(resnet, **two_blocks())
    with torch.no_grad():
        net.norm.weight.copy_(torch.tensor([1, 0, 1, 1]))
    blocks = blocks_of(mc.Graph.from_module(net, (1, 3, 8, 8)))
    assert not blocks["conv", "a1"][1].any()
    assert blocks["conv", "sum"].tolist() == np.diag([1, 0, 1, 1]).tolist()


def test_flattened_channels_are_column_blocks():
    net = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3 * 4, 2))
    with torch.no_grad():
        net[4].weight.zero_()
        net[4].weight[0, 5] = net[4].weight[1, 0] = net[4].weight[1, 3] = 1  # channels 1, 0, 0
    graph = mc.Graph.from_module(net, (1, 1, 6, 6))
    assert_blocks(graph, {("input", "0"): np.ones((1, 3)), ("0", "4"): [[0, 1], [1, 0], [0, 0]]})
    pixels = nn.Sequential(nn.Flatten(), linear(36, 2))
    assert mc.Graph.from_module(pixels, (1, 1, 6, 6)) == mc.Graph.from_layers([np.ones((36, 2))])


def test_squeeze_and_excitation():
    def forward(s, x):
        x = s.a(x)
        gate = s.up(s.down(x.mean((2, 3))).relu()).sigmoid()
        return s.o(x * gate[:, :, None, None])

    parts = {"a": nn.Conv2d(3, 4, 1), "down": linear(4, 2), "up": linear(2, 4), "o": nn.Conv2d(4, 5, 1)}
    net = module_of(forward, **parts)
    down, up = weights_of(net, "down", "up")
    expected = {
        ("x", "a"): channels(net.a),
        ("a", "down"): down,
        ("down", "up"): up,
        ("a", "product"): EYE(4),
        ("up", "product"): EYE(4),
        ("product", "o"): channels(net.o),
    }
    assert_blocks(mc.Graph.from_module(net, (1, 3, 5, 5)), expected)


def test_a_branch_that_starts_at_zero_stays_in_the_graph():
    net = module_of(resnet, **two_blocks())
    with torch.no_grad():
        net.norm.weight.zero_()
    graph = mc.Graph.from_module(net, (1, 3, 8, 8))
    assert graph.layer_names[:3] == ("x", "conv", "a1")
    assert (blocks_of(graph)["x", "conv"] == channels(net.conv)).all()
