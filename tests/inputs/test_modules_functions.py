"""Functions by derivatives: units are on paths exactly where the output changes with them; the rest is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
import torch.utils.checkpoint
from torch import nn

import motifcount as mc
from support.modules import linear, module_of, set_sparse_ones

MASK = torch.tensor([True, False, True, True, False, False])
TOKENS = (2, 5, 4)


def between(what, width=6, **parts):
    net = module_of(lambda net, x: net.b(what(net, net.a(x))), a=linear(4, 6), b=linear(width, 3), **parts)
    return set_sparse_ones(net, 0.3, seed=5)


def assert_paths_are_derivatives(net, shape=TOKENS, last="b"):
    graph = mc.Graph.from_module(net, shape)
    x = (torch.arange(float(np.prod(shape))) % 7 + 1).reshape(shape).double().requires_grad_()
    out = net.double()(x)
    width = out.shape[-1]
    rows = [torch.autograd.grad(out[..., k].sum(), x, retain_graph=True)[0] for k in range(width)]
    derivatives = torch.stack([row.reshape(-1, shape[-1]).abs().sum(0) for row in rows], dim=1).numpy()
    ends = [np.flatnonzero(graph.layers == graph.layer_names.index(name)) for name in ("x", last)]
    reached = reaches(graph, *ends)
    assert 0 < reached.sum() < reached.size
    assert np.array_equal(reached, derivatives > 0)


def reaches(graph, sources, targets):
    """Return whether there is a path, of shape (sources, targets); there may be cycles."""
    adjacency = graph.to_scipy().toarray() + np.eye(graph.n_nodes)
    steps = np.linalg.matrix_power(adjacency.astype(bool).astype(float), graph.n_nodes)
    return steps[np.ix_(sources, targets)] > 0


def square(n=6):
    return nn.Parameter(torch.zeros(n, n))


def masked(values):
    values[..., 1] = 0
    values[..., :3].mul_(values.new_tensor([1.0, 1.0, 0.0]))
    return values


def turned(h):
    """Both parts of a complex number act on what it is multiplied with."""
    return torch.view_as_real(torch.view_as_complex(h.unflatten(2, (3, 2))) * (2 + 1j)).flatten(2)


CASES = {
    "sorted tokens": (lambda _, h: h.sort(1).values, {}),
    "sorted tokens, stable": (lambda _, h: torch.sort(h, stable=True, dim=1).values, {}),
    "largest tokens": (lambda _, h: h.topk(2, dim=1).values, {}),
    "sums of tokens so far": (lambda _, h: h.cumsum(dim=1), {}),
    "a token of middle size": (lambda _, h: h.kthvalue(2, dim=1).values, {}),
    "where": (lambda _, h: torch.where(MASK.to(h.device), h, h.flip(2)), {}),
    "where else": (lambda _, h: torch.where(MASK.to(h.device), h, torch.zeros_like(h)), {}),
    "masked_fill": (lambda _, h: h.masked_fill(MASK.to(h.device), 0.0), {}),
    "products of three": (lambda net, h: torch.einsum("bti,ij,jk->btk", h, net.s, net.t), {"s": square, "t": square}),
    "products of three, dots": (lambda net, h: torch.einsum("...i,ij,jk", h, net.s, net.t), {"s": square, "t": square}),
    "tensordot": (lambda net, h: torch.tensordot(h, net.s, dims=1), {"s": square}),
    "tensordot of axes": (lambda net, h: torch.tensordot(h, net.s, dims=([2], [1])), {"s": square}),
    "inner": (lambda net, h: torch.inner(h, net.s), {"s": square}),
    "multi_dot": (lambda net, h: torch.linalg.multi_dot([h[0], net.s, net.t]), {"s": square, "t": square}),
    "linalg.matmul": (lambda net, h: torch.linalg.matmul(h, net.s), {"s": square}),
    "to the type of a value": (lambda net, h: F.linear(h, net.s.to(h)), {"s": square}),
    "the type of a value": (lambda net, h: h.type_as(net.s) @ net.s.type_as(h), {"s": square}),
    "the shape of a value": (lambda net, h: h @ net.s[:1].expand_as(net.s) + h.reshape_as(h), {"s": square}),
    "scales, from zeros on": (lambda _, h: torch.addcmul(torch.zeros(6).to(h), h, MASK.to(h)), {}),
    "scales added to values": (lambda net, h: net.s(h).addcmul_(h, MASK.to(h), value=2), {"s": lambda: linear(6, 6)}),
    "products added to values": (
        lambda net, h: torch.addmm(input=net.t(h[0]), mat1=h[0], mat2=net.s),
        {"s": square, "t": lambda: linear(6, 6)},
    ),
    "values for biases": (lambda net, h: F.linear(h, net.s, net.t(h)[0, 0]), {"s": square, "t": lambda: linear(6, 6)}),
    "an array": (lambda _, h: h * torch.from_numpy(np.arange(6.0) % 3).to(h.device), {}),
    "weights by place": (lambda net, h: torch.einsum("bti,t->bi", h, net.s[0, :5] + 1)[:, None], {"s": square}),
    "tokens of each, by the data": (lambda _, h: h[torch.arange(2), h.amax(2).argmax(1)][:, None], {}),
    "tokens above a value": (lambda _, h: h[torch.where(h.amax(2) > 0)][None], {}),
    "one of two, by the data": (
        lambda net, h: (F.one_hot(h.sum(2).long() % 2, 2)[..., None] + torch.stack([h, net.s(h)], 2) * 1).sum(2),
        {"s": lambda: linear(6, 6)},
    ),
    "hypot": (lambda net, h: torch.hypot(h, net.s(h)), {"s": lambda: linear(6, 6)}),
    "written over": (lambda net, h: h.clone().copy_(net.s(h)), {"s": lambda: linear(6, 6)}),
    "a mask made in place": (lambda net, h: h * masked(torch.ones(6)).to(h), {}),
    "weights cut in place": (lambda net, h: h @ masked(net.s.clone()), {"s": square}),
    "complex": (lambda net, h: turned(net.s(h)), {"s": lambda: linear(6, 6)}),
}


@pytest.mark.parametrize("case", CASES)
def test_paths_are_where_derivatives_are(case):
    what, parts = CASES[case]
    assert_paths_are_derivatives(between(what, **{name: make() for name, make in parts.items()}))


@pytest.mark.parametrize(
    "what",
    [
        lambda h: h.sort(-1).values,
        lambda h: torch.msort(h.T).T,
        lambda h: h.topk(6, dim=-1).values,
        lambda h: h.kthvalue(2, keepdim=True).values.expand(-1, 6),
        lambda h: h.cumsum(1),
        lambda h: h.cumprod(1),
        lambda h: h.cummax(1).values,
        lambda h: h.logcumsumexp(1),
    ],
)
def test_units_in_an_order_are_mixtures(what):
    with pytest.raises(NotImplementedError, match="'linear' in 'b' reads a mean, a product or another mixture"):
        mc.Graph.from_module(between(lambda _, h: what(h)), (2, 4))


@pytest.mark.parametrize(
    "what",
    [
        lambda _, stack: stack.sum(0),
        lambda _, stack: stack.amax(0),
        lambda net, stack: torch.einsum("k,kbti->bti", net.t, stack),
        lambda net, stack: stack.permute(1, 2, 3, 0) @ net.t,
    ],
)
def test_layers_side_by_side_that_become_one_are_a_sum(what):
    parts = {"s": linear(6, 6), "t": nn.Parameter(torch.ones(2))}
    plain = mc.Graph.from_module(between(lambda net, h: h + net.s(h), **parts), TOKENS)
    graph = mc.Graph.from_module(between(lambda net, h: what(net, torch.stack([h, net.s(h)])), **parts), TOKENS)
    assert graph == plain
    assert graph.pinned_layers == plain.pinned_layers == (3,)


@pytest.mark.parametrize("example", [None, (1, 3)])
def test_a_wrong_name_to_ignore_is_told_as_that(example):
    with pytest.raises(ValueError, match=r"^ignore must hold names of submodules; 'head' is none of them"):
        mc.Graph.from_module(nn.Sequential(linear(3, 3)), example, ignore=["head"])


def test_an_output_that_was_written_to_through_a_view_is_refused():
    net = module_of(lambda net, x: (h := net.a(x), h[:, :2].add_(net.b(x)))[0], a=linear(3, 4), b=linear(3, 2))
    with pytest.raises(NotImplementedError, match="'add_' in its forward writes through a view to what the output"):
        mc.Graph.from_module(net, (2, 3))


def test_a_gate_of_the_largest_is_no_unit():
    """The weights of experts, by the largest of a router."""

    def experts(net, h):
        scale = net.router(h).softmax(-1).topk(2, dim=-1).values
        return net.s(h) * scale[..., :1]

    plain = mc.Graph.from_module(between(lambda net, h: net.s(h), s=linear(6, 6)), TOKENS)
    assert mc.Graph.from_module(between(experts, s=linear(6, 6), router=linear(6, 3)), TOKENS) == plain


@pytest.mark.parametrize("again", [True, False])
def test_checkpoints_are_what_they_run(again):
    def run(net, h):
        return torch.utils.checkpoint.checkpoint(net.s, h, use_reentrant=again)

    plain = mc.Graph.from_module(between(lambda net, h: net.s(h), s=linear(6, 6)), TOKENS)
    assert mc.Graph.from_module(between(run, s=linear(6, 6)), TOKENS) == plain


@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("which", ["all", "last", "cells"])
def test_recurrent_layers_with_projections(bidirectional, which):
    """Hidden units, what they are projected to, and back."""
    parts = {
        "all": lambda out, h, c: out,
        "last": lambda out, h, c: h.transpose(0, 1).flatten(1),
        "cells": lambda out, h, c: c.transpose(0, 1).flatten(1),
    }
    width = (1 + bidirectional) * (4 if which == "cells" else 2)
    lstm = nn.LSTM(6, 4, batch_first=True, proj_size=2, bidirectional=bidirectional)

    def run(net, h):
        out, (last, cells) = net.s(h * 0.1)
        return parts[which](out, last, cells)

    torch.manual_seed(0)
    net = set_sparse_ones(between(run, width, s=lstm), 0.35, seed=2)
    with torch.no_grad():
        for parameter in net.s.parameters():
            if parameter.ndim == 1:
                parameter += 0.5
            else:
                parameter *= torch.rand(len(parameter), 1) < 0.5
    assert_paths_are_derivatives(net)
    graph = mc.Graph.from_module(net, TOKENS)
    adjacency, layer = graph.to_scipy().toarray(), graph.layer_names.index
    hidden, projected = (np.flatnonzero(graph.layers == layer(name)) for name in ("s", "s.projection"))
    within = net.s.weight_hh_l0.detach().reshape(4, 4, 2).ne(0).any(0).numpy()
    assert np.array_equal(adjacency[np.ix_(projected, hidden)], within.T)
    assert np.array_equal(adjacency[np.ix_(hidden, projected)], net.s.weight_hr_l0.detach().ne(0).numpy().T)


def test_cells_that_are_set_lead_to_their_own_units():
    def run(net, x):
        first = net.c(x[:, 0])
        return net.r(x[:, 1:], (torch.zeros_like(first)[None], first[None]))[0]

    net = module_of(run, c=linear(4, 3), r=nn.LSTM(4, 3, batch_first=True))
    graph = mc.Graph.from_module(net, TOKENS)
    adjacency, layer = graph.to_scipy().toarray(), graph.layer_names.index
    cells, units = (np.flatnonzero(graph.layers == layer(name)) for name in "cr")
    assert np.array_equal(adjacency[np.ix_(cells, units)], np.eye(3))


def test_a_loss_has_the_units_of_what_it_compares():
    net = module_of(lambda net, x: F.mse_loss(net.a(x), torch.ones(2, 3, device=x.device)), a=linear(4, 3))
    plain = module_of(lambda net, x: net.a(x), a=linear(4, 3))
    assert mc.Graph.from_module(net, (2, 4)) == mc.Graph.from_module(plain, (2, 4))
