"""Convolutions with a node for each position: their arcs are where derivatives are, and pooling is a layer of units."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

import motifcount as mc
from support.modules import n_paths, set_sparse_ones


def derivative_of(net, shape):
    """Return d out / d in of a linear module, of shape (in, out): what comes out of each input alone."""
    n = int(np.prod(shape))
    with torch.no_grad():
        return net(torch.eye(n, dtype=torch.float64).reshape(n, *shape[1:])).reshape(n, -1).numpy()


def assert_paths_are_derivatives(net, shape, *, single=True, **options):
    """Check that paths from inputs to outputs are where derivatives are, and as many, if `single` weights are arcs."""
    set_sparse_ones(net.double(), 0.5).eval()
    graph = mc.Graph.from_module(net, torch.ones(shape, dtype=torch.float64), conv="unrolled", **options)
    ends = [np.flatnonzero(graph.layers == k) for k in (0, graph.layers.max())]
    derivative = derivative_of(net, shape).round(3)
    read = _read_by(net, shape)
    paths = n_paths(graph, *ends)
    assert np.array_equal(paths > 0, derivative[read] > 0)
    if single:
        assert np.array_equal(paths, derivative[read])
    return graph


def _read_by(net, shape):
    """Return the numbers of the inputs that are read where all weights are kept."""
    full = copy.deepcopy(net).double()
    with torch.no_grad():
        for parameter in full.parameters():
            if parameter.ndim > 1:
                parameter.fill_(1)
    x = torch.ones(shape, dtype=torch.float64, requires_grad=True)
    full(x).sum().backward()
    return np.flatnonzero(x.grad.flatten())


@st.composite
def convolutions(draw):
    """A convolution of 1 to 3 axes, transposed or not, and the shape of its input."""
    n_axes = draw(st.integers(1, 3))
    transposed = draw(st.booleans())
    groups = draw(st.sampled_from([1, 1, 2]))
    sizes = [draw(st.integers(1, 3)) for _ in range(n_axes)]
    strides = [draw(st.integers(1, 3)) for _ in range(n_axes)]
    dilations = [draw(st.integers(1, 2)) for _ in range(n_axes)]
    paddings = [draw(st.integers(0, 1)) for _ in range(n_axes)]
    kind = getattr(nn, f"Conv{'Transpose' * transposed}{n_axes}d")
    n_in, n_out = (groups * draw(st.integers(1, 2)) for _ in range(2))
    options = {"stride": tuple(strides), "padding": tuple(paddings), "dilation": tuple(dilations), "groups": groups}
    if transposed:
        options["output_padding"] = tuple(min(s, d) - 1 for s, d in zip(strides, dilations, strict=True))
        if any(pad > d * (k - 1) for pad, d, k in zip(paddings, dilations, sizes, strict=True)):
            options["padding"] = (0,) * n_axes
    elif draw(st.booleans()) and set(strides) == {1}:
        options["padding"] = "same"
    shape = (1, n_in, *(draw(st.integers(d * (k - 1) + 1, 6)) for d, k in zip(dilations, sizes, strict=True)))
    return kind(n_in, n_out, tuple(sizes), **options), shape


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@settings(deadline=None, max_examples=60)
@given(convolutions())
def test_arcs_are_where_derivatives_are(drawn):
    net, shape = drawn
    assume(len(_read_by(net, shape)))
    assert_paths_are_derivatives(net, shape)


class Pooled(nn.Module):
    """Two convolutions, with something that pools or enlarges in between."""

    def __init__(self, pool):
        super().__init__()
        self.a, self.b = nn.Conv2d(1, 2, 3, padding=1), nn.Conv2d(2, 3, 2)
        self.pool = pool

    def forward(self, x):
        return self.b(self.pool(self.a(x)))


SUMS = {  # divided by what they are means of: sums, whose derivatives are numbers of paths
    "average": lambda h: F.avg_pool2d(h, 2) * 4,
    "overlapping": lambda h: F.avg_pool2d(h, 3, 2, 1, divisor_override=1),
    "adaptive": lambda h: F.adaptive_avg_pool2d(h, (3, 2)) * 4,
    "nearest": lambda h: F.interpolate(h, scale_factor=2),
    "shuffled": lambda h: F.pixel_unshuffle(h, 2)[:, :2],
    "padded": lambda h: F.pad(h, (1, 1, 0, 2)),
    "mirrored": lambda h: F.pad(h, (1, 1, 1, 1), mode="reflect"),
    "row means": lambda h: (h.mean(3, keepdim=True) * h.shape[3]).expand(h.shape),
    "turned": lambda h: h.transpose(2, 3).flip(2),
}


@pytest.mark.parametrize("case", SUMS)
def test_pooling_is_a_layer_of_sums(case):
    shape = (1, 1, 6, 4) if case == "adaptive" else (1, 1, 6, 6)
    again = case in ("nearest", "row means", "mirrored")  # positions that a kernel reads twice
    graph = assert_paths_are_derivatives(Pooled(SUMS[case]), shape, single=not again)
    pools = case in ("average", "overlapping", "adaptive", "row means")
    assert bool(graph.pinned_layers) == pools


def test_the_largest_of_a_window():
    """What maxima read, one position at a time: their windows."""
    graph = mc.Graph.from_module(set_sparse_ones(Pooled(nn.MaxPool2d(2)), 1.0), (1, 1, 4, 4), conv="unrolled")
    assert graph.layer_names == ("x", "a", "pool.max_pool2d", "b")
    between = graph.to_scipy()[graph.layers == 1][:, graph.layers == 2].toarray()
    expected = np.zeros((2, 4, 4, 2, 2, 2), int)
    for c, y, x in np.ndindex(2, 4, 4):
        expected[c, y, x, c, y // 2, x // 2] = 1
    assert np.array_equal(between, expected.reshape(32, 8))
    assert graph.pinned_layers == (2,)


class Residual(nn.Module):
    """A stem, a sum, a gate of channels, a mean over positions, a head."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 3, 3, padding=1)
        self.norm = nn.BatchNorm2d(3)
        self.first, self.second = nn.Conv2d(3, 3, 3, padding=1), nn.Conv2d(3, 3, 3, padding=1)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        x = self.norm(self.stem(x))
        x = x + self.second(self.first(x))
        return self.head(x.sum((2, 3)))


def test_residual_networks():
    net = Residual()
    net.norm.running_var.fill_(1 - net.norm.eps)
    graph = assert_paths_are_derivatives(net, (1, 1, 4, 4))
    assert graph.layer_names == ("x", "stem", "first", "second", "sum", "sum#2", "head")
    sizes = np.bincount(graph.layers)
    assert sizes.tolist() == [16, 48, 48, 48, 48, 3, 2]
    assert graph.pinned_layers == (4, 5)
    direct = assert_paths_exist(net, residual="direct")
    assert direct.layer_names == ("x", "stem", "first", "second", "sum", "head")


def assert_paths_exist(net, **options):
    graph = mc.Graph.from_module(net, torch.ones(1, 1, 4, 4, dtype=torch.float64), conv="unrolled", **options)
    ends = [np.flatnonzero(graph.layers == k) for k in (0, graph.layers.max())]
    assert np.array_equal(n_paths(graph, *ends) > 0, derivative_of(net, (1, 1, 4, 4)) > 0)
    return graph


def test_flattened_positions_are_read_one_by_one():
    net = nn.Sequential(nn.Conv2d(1, 2, 2), nn.Flatten(), nn.Linear(18, 3))
    assert_paths_are_derivatives(net, (1, 1, 4, 4))


def test_a_convolution_that_is_used_twice():
    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(2, 2, 3, padding=1)

        def forward(self, x):
            return self.conv(self.conv(x))

    graph = assert_paths_are_derivatives(Twice(), (1, 2, 3, 3))
    assert graph.layer_names == ("x", "conv", "conv#2")


def test_too_many_edges_are_refused_before_they_are_made():
    net = set_sparse_ones(nn.Sequential(nn.Conv2d(1, 4, 3), nn.Conv2d(4, 8, 3)), 0.5)
    kept = [int((net[k].weight != 0).sum()) for k in (0, 1)]
    n = kept[0] * 36 + kept[1] * 16  # without padding, every weight is at every position
    graph = mc.Graph.from_module(net, (1, 1, 8, 8), conv="unrolled", max_edges=n)
    assert graph.n_edges == n
    with pytest.raises(ValueError, match=rf"max_edges must be at least {n:,} for this module.*1 has {kept[1] * 16:,}"):
        mc.Graph.from_module(net, (1, 1, 8, 8), conv="unrolled", max_edges=n - 1)
    with pytest.raises(ValueError, match=r"max_edges must be at least [0-9,]{11}"):
        mc.Graph.from_module(nn.Conv2d(64, 64, 3), (1, 64, 64, 64), conv="unrolled")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"conv": "rolled"}, ValueError, 'conv must be "channels" or "unrolled", not'),
        ({"conv": "unrolled", "max_edges": -1}, ValueError, "max_edges must be an integer of 0 or more"),
        ({"conv": "unrolled", "max_edges": 1.5}, TypeError, "max_edges must be an integer"),
    ],
)
def test_refused_options(options, error, message):
    with pytest.raises(error, match=message):
        mc.Graph.from_module(nn.Conv2d(1, 1, 1), (1, 1, 2, 2), **options)


def test_pools_at_random_are_refused():
    net = Pooled(nn.FractionalMaxPool2d(2, output_size=3))
    with pytest.raises(NotImplementedError, match="drawn at random"):
        mc.Graph.from_module(net, (1, 1, 6, 6), conv="unrolled")


# ---- networks drawn at random ----------------------------------------------------------------------------------------


class Drawn(nn.Module):
    """Images in a list; every step makes one more of some of them, and a convolution of its own reads each."""

    def __init__(self, draw):
        super().__init__()
        self.layers, self.last, self.steps = nn.ModuleList(), nn.ModuleList(), []
        self.shapes = [(draw(st.integers(1, 2)), draw(st.integers(2, 4)), draw(st.integers(2, 4)))]
        for _ in range(draw(st.integers(1, 5))):
            self.shapes.append(self._step(draw))
            self.last.append(nn.Conv2d(self.shapes[-1][0], 1, 1))

    def _step(self, draw):
        a = draw(st.integers(0, len(self.shapes) - 1))
        n, height, width = self.shapes[a]
        kind = draw(st.sampled_from(["conv", "conv", "wide", "pool", "mean", "sum", "cat", "flip"]))
        others = [k for k, shape in enumerate(self.shapes) if shape[kind == "cat" :] == self.shapes[a][kind == "cat" :]]
        b = draw(st.sampled_from(others))
        if kind in ("conv", "wide"):
            stride, size, padding = draw(st.integers(1, 2)), *((3, 1) if kind == "wide" else (1, 0))
            self.layers.append(nn.Conv2d(n, draw(st.integers(1, 2)), size, stride, padding))
            b = len(self.layers) - 1
            height, width = ((side - 1) // stride + 1 for side in (height, width))
            n = self.layers[-1].out_channels
        elif kind == "pool":
            if min(height, width) < 2:
                kind = "flip"
            else:
                height, width = height // 2, width // 2
        elif kind == "mean":
            height = width = 1
        elif kind == "cat":
            n += self.shapes[b][0]
        self.steps.append((kind, a, b))
        return n, height, width

    def forward(self, x):
        values = [x]
        for kind, a, b in self.steps:
            value = values[a]
            if kind in ("conv", "wide"):
                value = self.layers[b](value).relu()
            elif kind == "pool":
                value = F.avg_pool2d(value, 2) * 4
            elif kind == "mean":
                value = value.sum((2, 3), keepdim=True)
            elif kind == "sum":
                value = value + values[b]
            elif kind == "cat":
                value = torch.cat([value, values[b]], dim=1)
            else:
                value = value.flip(2)
            values.append(value)
        return [last(value) for last, value in zip(self.last, values[1:], strict=True)]


class One(nn.Module):
    """One of the results of a module."""

    def __init__(self, whole, k):
        super().__init__()
        self.whole, self.k = whole, k

    def forward(self, x):
        return self.whole(x)[self.k]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_paths_of_drawn_networks_are_where_derivatives_are(data):
    net = set_sparse_ones(Drawn(data.draw).double(), 0.6, data.draw(st.integers(0, 100)))
    shape = (1, *net.shapes[0])
    graph = mc.Graph.from_module(net, torch.ones(shape, dtype=torch.float64), conv="unrolled")
    nodes = {name: np.flatnonzero(graph.layers == k) for k, name in enumerate(graph.layer_names)}
    read = sorted({int(k) for out in range(len(net.last)) for k in _read_by(One(net, out), shape)})
    assert len(nodes.get("x", [])) == len(read)
    for out in range(len(net.last)):
        derivative = derivative_of(One(net, out), shape)[read]
        assert np.array_equal(n_paths(graph, nodes.get("x", []), nodes[f"last.{out}"]) > 0, derivative > 0), out
