"""What is followed agrees with derivatives, what cannot be followed is refused, and modules stay as they are."""

from __future__ import annotations

import random

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import motifcount as mc
from support.modules import n_paths, set_sparse_ones

# ---- modules drawn at random: derivatives are numbers of paths -------------------------------------------------------


class Drawn(nn.Module):
    """Values in a list; every step makes one more of some of them. All are linear, and their weights 0 or 1."""

    def __init__(self, draw, n_in, unit):
        super().__init__()
        self.n_in, self.unit = n_in, unit
        self.layers = nn.ModuleList()
        self.steps = []
        widths = [n_in]
        for _ in range(draw(st.integers(1, 6))):
            widths.append(self._step(draw, widths))
        self.widths = widths

    def _step(self, draw, widths):
        kind = draw(st.sampled_from(["weights", "weights", "again", "sum", "in place", "cat", "part", "swap"]))
        a = draw(st.integers(0, len(widths) - 1))
        alike = [k for k, width in enumerate(widths) if width == widths[a]]
        b = draw(st.sampled_from(alike)) if kind != "cat" else draw(st.integers(0, len(widths) - 1))
        fitting = [k for k, layer in enumerate(self.layers) if layer.weight.shape[1] == widths[a]]
        if kind == "again" and fitting:
            which = draw(st.sampled_from(fitting))
            self.steps.append(("weights", a, which))
            return self.layers[which].weight.shape[0]
        if kind in ("weights", "again"):
            width = draw(st.integers(1, 4))
            self.layers.append(self.unit(widths[a], width))
            self.steps.append(("weights", a, len(self.layers) - 1))
            return width
        if kind == "part":
            first = draw(st.integers(0, widths[a] - 1))
            last = draw(st.integers(first + 1, widths[a]))
            self.steps.append((kind, a, (first, last)))
            return last - first
        self.steps.append((kind, a, b))
        return widths[a] + widths[b] if kind == "cat" else widths[a]

    def has_single_arcs(self):
        """Whether nothing reads the same unit twice, which is one arc."""
        return all(kind == "weights" or (kind in ("sum", "in place") and a != b) for kind, a, b in self.steps)

    def forward(self, x):
        values = [x]
        for kind, a, b in self.steps:
            value = values[a]
            if kind == "weights":
                value = F.dropout(self.layers[b](value), training=False)
            elif kind == "sum":
                value = value + values[b]
            elif kind == "in place":
                value = value.clone().add_(values[b])
            elif kind == "cat":
                value = torch.cat([value, values[b]], dim=1)
            elif kind == "part":
                value = value[:, b[0] : b[1]]
            else:
                value = value.flip(1)
            values.append(value)
        return tuple(values[1:])


@settings(deadline=None)
@given(st.data())
def test_derivatives_are_numbers_of_paths(data):
    """Every layer is read by a last one of its own, whose units are known; then d out / d in counts the paths."""
    unit = data.draw(st.sampled_from([nn.Linear, lambda n, m: nn.Conv1d(n, m, 1)]))
    n_in = data.draw(st.integers(1, 4))
    body = Drawn(data.draw, n_in, unit)
    is_linear = unit is nn.Linear

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.last = nn.ModuleList([unit(width, width) for width in body.widths[1:]])
            self.body = body

        def forward(self, x):
            return tuple(last(value) for last, value in zip(self.last, self.body(x), strict=True))

    net = set_sparse_ones(Net(), 0.6, data.draw(st.integers(0, 100)))
    shape = (1, n_in) if is_linear else (1, n_in, 1)
    residual = data.draw(st.sampled_from(["stream", "stream", "direct"]))
    graph = mc.Graph.from_module(net, shape, residual=residual)
    x = torch.ones(shape, requires_grad=True)
    nodes = {name: np.flatnonzero(graph.layers == k) for k, name in enumerate(graph.layer_names)}
    assert set(nodes) >= {f"last.{k}" for k in range(len(net.last))}
    for k in range(len(net.last)):
        derivative = torch.autograd.functional.jacobian(lambda v, k=k: net(v)[k].flatten(), x)
        paths = n_paths(graph, nodes.get("x", []), nodes[f"last.{k}"])
        expected = derivative.reshape(-1, n_in).numpy().T[_read_inputs(net)]
        assert np.array_equal(paths > 0, expected > 0), k
        if residual == "stream" and body.has_single_arcs():
            assert np.array_equal(paths, expected), k


def _read_inputs(net):
    """Return which inputs are read, whatever the weights: those that all weights set to 1 pass on."""
    saved = {name: value.clone() for name, value in net.state_dict().items()}
    with torch.no_grad():
        for parameter in net.parameters():
            if parameter.ndim > 1:
                parameter.fill_(1)
    n_in = net.body.n_in
    shape = (1, n_in) if next(p for p in net.parameters() if p.ndim > 1).ndim == 2 else (1, n_in, 1)
    x = torch.ones(shape, requires_grad=True)
    sum(out.sum() for out in net(x)).backward()
    net.load_state_dict(saved)
    return x.grad.flatten().numpy() > 0


# ---- what cannot be followed -----------------------------------------------------------------------------------------


class Between(nn.Module):
    """Something between two layers."""

    def __init__(self, what, n=4):
        super().__init__()
        self.a, self.b = nn.Linear(3, n), nn.Linear(n, 2)
        self.what = what

    def forward(self, x):
        return self.b(self.what(self.a(x)))


class Clone(torch.autograd.Function):
    """A function outside of torch functions."""

    @staticmethod
    def forward(ctx, x):
        return torch.from_numpy(x.numpy() * 2)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


def token_mixing(h):
    return nn.functional.linear(h.reshape(1, 2, 4).transpose(1, 2), torch.ones(2, 2, requires_grad=True)).reshape(-1, 4)


def through_a_view(target, values):
    target[:, :2].copy_(values[:, 2:])
    return target


def with_data(target, values):
    target.data = values
    return target


NOT_FOLLOWED = {
    "fft": (lambda h: torch.fft.fft(h).real, "fft"),
    "irfft": (lambda h: torch.fft.irfft(torch.fft.rfft(h), n=4), "fft"),
    "numpy": (lambda h: torch.from_numpy(h.detach().numpy()), "numpy"),
    "numpy-array": (lambda h: torch.as_tensor(np.asarray(h.detach())), "numpy|__array__"),
    "tolist": (lambda h: torch.tensor(h.tolist()), "tolist"),
    "item": (lambda h: torch.stack([torch.tensor([v.item() for v in row]) for row in h]), "item|unbind|iter|is"),
    "function": (Clone.apply, "numpy|Clone"),
    "svd": (lambda h: torch.linalg.svd(h, full_matrices=False)[2][:1].expand(2, 4), "svd"),
    "qr": (lambda h: torch.linalg.qr(h)[0] @ torch.linalg.qr(h)[1], "qr"),
    "inverse": (lambda h: torch.linalg.pinv(h).T, "pinv"),
    "solve": (lambda h: torch.linalg.lstsq(h.T, h.T).solution[:, :1].expand(2, 4), "lstsq"),
    "cdist": (lambda h: torch.cdist(h, torch.zeros(4, 4)), "cdist"),
    "matrix_exp": (lambda h: torch.matrix_exp(h.T @ h)[:2], "matrix_exp|linalg_matrix_exp"),
    "cross": (lambda h: torch.cross(h[:, :3], h[:, 1:], dim=1).repeat(1, 2)[:, :4], "cross"),
    "kron": (lambda h: torch.kron(h, h)[:2, :4], "kron"),
    "outer": (lambda h: torch.outer(h[0], h[1])[:2], "outer"),
    "mean over units": (lambda h: h.mean(1, keepdim=True).expand(2, 4), "linear.*mixture"),
    "norm over units": (lambda h: h.norm(dim=1, keepdim=True).expand(2, 4), "linear.*mixture"),
    "sum over units": (lambda h: h.sum(1, keepdim=True).expand(2, 4), "linear.*mixture"),
    "similarity": (lambda h: torch.cat([h @ h.T, h @ h.T], 1), "linear.*mixture"),
    "argmax": (lambda h: F.one_hot(h.argmax(1), 4).float(), "linear.*mixture"),
    "sorted": (lambda h: h[:, h[0].argsort()], "depend on the data"),
    "chosen": (lambda h: torch.gather(h, 1, h.argsort(1)), "units for positions"),
    "bytes": (lambda h: h.view(torch.int32).float(), "view"),
    "cosine": (lambda h: F.cosine_similarity(h[:, None], h[None], dim=2).repeat(1, 2), "linear.*mixture"),
    "grid_sample": (
        lambda h: F.grid_sample(h.reshape(1, 1, 2, 4), torch.zeros(1, 2, 4, 2)).reshape(2, 4),
        "grid_sample",
    ),
    "data-made kernels": (
        lambda h: F.conv1d(h[None], h.reshape(2, 2, 2))[0, :, [0, 1, 2, 0]],
        "conv1d.*depend on the data",
    ),
    "stft": (lambda h: torch.stft(h, 4, return_complex=True).abs().reshape(2, -1)[:, :4], "stft"),
    "positions": (token_mixing, "linear.*positions"),
    "written through a view": (lambda h: (h[:, :2].add_(h[:, 2:]), h)[1], "through a view"),
    "zeros through a view": (lambda h: (h[:, :2].zero_(), h)[1], "through a view"),
    "through a view of a constant": (lambda h: through_a_view(torch.zeros(2, 4), h), "through a view"),
    "memory of another": (lambda h: with_data(torch.zeros(2, 4), h), "__set__"),
    "scale made of data": (lambda h: F.layer_norm(h, (4,), h[0]), "layer_norm.*several arguments"),
    "biases of kernels": (lambda h: F.conv1d(h[..., None], torch.ones(4, 4, 1), h[0])[..., 0], "conv1d.*biases"),
    "a number": (lambda h: h * float(h[0, 0]), "__float__.*plain numbers"),
    "filled in": (lambda h: torch.zeros(2, 4).fill_(h[0, 0]), "fill_"),
}


@pytest.mark.parametrize("case", NOT_FOLLOWED)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_cannot_be_followed_is_refused_by_name(case):
    what, named = NOT_FOLLOWED[case]
    with pytest.raises(NotImplementedError, match=rf"(?s)module: .*({named}).*from_layers.*ignore=.*rules="):
        mc.Graph.from_module(Between(what), (2, 3))


# ---- what is left as it is -------------------------------------------------------------------------------------------


def state_of(net):
    tensors = [(value.clone(), value.device, value.requires_grad) for value in net.state_dict(keep_vars=True).values()]
    parts = [(part.training, len(part._forward_hooks), len(part._forward_pre_hooks)) for part in net.modules()]
    gradients = [parameter.grad for parameter in net.parameters()]
    return tensors, parts, gradients, torch.get_rng_state(), random.getstate()


def assert_same(before, after):
    for (value, *rest), (now, *rest_now) in zip(before[0], after[0], strict=True):
        assert torch.equal(value, now)
        assert rest == rest_now
    assert before[1:3] == after[1:3]
    assert torch.equal(before[3], after[3])
    assert before[4:] == after[4:]


class Noisy(nn.Module):
    """Draws random numbers, asks for values, counts its batches."""

    def __init__(self):
        super().__init__()
        self.a, self.norm, self.b = nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2)
        self.register_buffer("calls", torch.zeros(()))
        self.history = []

    def forward(self, x):
        self.calls += 1
        self.history.append(float(x.sum()))
        h = F.dropout(self.norm(self.a(x)), 0.5, training=True)
        return self.b(h + torch.randn_like(h)) if x.sum() > -1e9 else h


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("make", [Noisy, lambda: nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))])
def test_a_module_stays_as_it_is(make, training):
    net = make().train(training)
    seen = []
    handle = net.register_forward_hook(lambda *_: None)
    torch.nn.utils.prune.l1_unstructured(next(p for p in net.modules() if isinstance(p, nn.Linear)), "weight", 1)
    before = state_of(net)
    graph = mc.Graph.from_module(net, (2, 3))
    assert_same(before, state_of(net))
    assert graph.n_edges == 3 * 4 - 1 + 4 * 2
    assert getattr(net, "history", seen) == []
    assert torch.backends.mha.get_fastpath_enabled()
    handle.remove()


def test_without_values_nothing_is_computed():
    with torch.device("meta"):
        net = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
    with pytest.raises(ValueError, match=r"module: 0.weight must hold values"):
        mc.Graph.from_module(net)
    n = 1 << 16
    wide = nn.Sequential(nn.Conv2d(3, n, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(n, 2))
    assert mc.Graph.from_module(wide, (1, 3, 512, 512)).n_edges == 3 * n + n * 2  # between the layers, 69 GB of values
