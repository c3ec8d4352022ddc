"""Networks of the literature, at full width: how many arcs their channel graphs have."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

import motifcount as mc
from support.modules import module_of


def convolution(n_in, n_out, size=3, stride=1, groups=1, activation=nn.ReLU):
    """A convolution without bias, normalized."""
    layers = [nn.Conv2d(n_in, n_out, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(n_out)]
    return nn.Sequential(*layers, activation())


class Residual(nn.Module):
    def __init__(self, path, shortcut):
        super().__init__()
        self.path, self.shortcut = path, shortcut

    def forward(self, x):
        return self.path(x) + self.shortcut(x)


def resnet_18():
    """He et al. 2016, doi:10.1109/CVPR.2016.90."""
    layers, n_in = [convolution(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for n_out in (64, 128, 256, 512):
        for stride in (1 if n_out == 64 else 2, 1):
            path = nn.Sequential(convolution(n_in, n_out, 3, stride), convolution(n_out, n_out, activation=nn.Identity))
            same = n_in == n_out
            shortcut = nn.Identity() if same else convolution(n_in, n_out, 1, stride, activation=nn.Identity)
            layers += [Residual(path, shortcut), nn.ReLU()]
            n_in = n_out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000))


def mobilenet_v2():
    """Sandler et al. 2018, doi:10.1109/CVPR.2018.00474."""
    layers, n_in = [convolution(3, 32, 3, 2, activation=nn.ReLU6)], 32
    for factor, n_out, repeats, first_stride in (
        *((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)),
        *((6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)),
    ):
        for stride in (first_stride, *[1] * (repeats - 1)):
            inner = factor * n_in
            path = nn.Sequential(
                *[convolution(n_in, inner, 1, activation=nn.ReLU6)] * (factor > 1),
                convolution(inner, inner, 3, stride, inner, nn.ReLU6),
                convolution(inner, n_out, 1, activation=nn.Identity),
            )
            layers.append(Residual(path, nn.Identity()) if stride == 1 and n_in == n_out else path)
            n_in = n_out
    head = [convolution(320, 1280, 1, activation=nn.ReLU6), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*layers, *head, nn.Dropout(0.2), nn.Linear(1280, 1000))


class Dense(nn.Module):
    def __init__(self, n_in, growth):
        super().__init__()
        before = nn.BatchNorm2d(n_in), nn.ReLU(), nn.Conv2d(n_in, 4 * growth, 1, bias=False)
        self.path = nn.Sequential(
            *before, nn.BatchNorm2d(4 * growth), nn.ReLU(), nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)
        )

    def forward(self, x):
        return torch.cat([x, self.path(x)], 1)


def densenet_121():
    """Huang et al. 2017, doi:10.1109/CVPR.2017.243."""
    layers, width = [convolution(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for depth in (6, 12, 24, 16):
        for _ in range(depth):
            layers.append(Dense(width, 32))
            width += 32
        if depth != 16:
            halved = nn.Conv2d(width, width // 2, 1, bias=False)
            layers += [nn.BatchNorm2d(width), nn.ReLU(), halved, nn.AvgPool2d(2)]
            width //= 2
    end = nn.BatchNorm2d(width), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 1000)
    return nn.Sequential(*layers, *end)


def vit_tiny():
    """Dosovitskiy et al. 2021, arXiv:2010.11929, as wide as Touvron et al. 2021, arXiv:2012.12877; two layers of 12."""
    d = 192

    def forward(s, x):
        x = s.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([s.token.expand(x.shape[0], -1, -1), x], 1) + s.places
        for layer in s.layers:
            x = layer(x)
        return s.head(s.norm(x)[:, 0])

    def layer():
        return nn.TransformerEncoderLayer(d, 3, 4 * d, 0.0, F.gelu, batch_first=True, norm_first=True)

    net = module_of(
        forward,
        patches=nn.Conv2d(3, d, 16, 16),
        layers=nn.ModuleList(layer() for _ in range(2)),
        norm=nn.LayerNorm(d),
        head=nn.Linear(d, 1000),
    )
    net.token, net.places = nn.Parameter(torch.zeros(1, 1, d)), nn.Parameter(torch.ones(1, 197, d))
    return net


def arcs_of_weights(net):
    """Pairs of channels that a weight reads and writes."""
    convolutions = (m for m in net.modules() if isinstance(m, nn.Conv2d))
    linear = (m for m in net.modules() if isinstance(m, nn.Linear))
    attention = sum(isinstance(m, nn.MultiheadAttention) for m in net.modules())
    values = attention * 192**2
    by_layer = sum(m.out_channels * m.in_channels // m.groups for m in convolutions)
    return by_layer + sum(m.out_features * m.in_features for m in linear) + values


@pytest.mark.parametrize(
    ("network", "sums", "arcs"),
    [
        (resnet_18, 2 * [64, 128, 256, 512], 1_908_672),
        (mobilenet_v2, [24, *2 * [32], *3 * [64], *2 * [96], *2 * [160]], 3_413_488),
        (densenet_121, [], 5_984_448),
        (vit_tiny, 4 * [192], 931_392),
    ],
)
def test_arcs_of_channels(network, sums, arcs):
    net = network()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.fill_(0.5)
    graph = mc.Graph.from_module(net, (1, 3, 224, 224))
    assert graph.n_edges == arcs_of_weights(net) + 2 * sum(sums) == arcs  # a sum has two arcs a channel
