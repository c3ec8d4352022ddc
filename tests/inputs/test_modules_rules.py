"""Functions of one's own: rules by the name of a function that acts alike, or by one that is called in its place."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import motifcount as mc
from support.modules import assert_blocks, kept, linear, module_of, n_paths, weights_of


class Scaled(torch.autograd.Function):
    """Something that leaves torch and comes back."""

    @staticmethod
    def forward(ctx, x):
        return torch.from_numpy(2 * x.numpy())

    @staticmethod
    def backward(ctx, gradient):
        return 2 * gradient


class Weighing(torch.autograd.Function):
    """A kernel of one's own, with weights."""

    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(weight)
        return torch.from_numpy(x.numpy() @ weight.numpy()).roll(1, -1)

    @staticmethod
    def backward(ctx, gradient):
        return gradient.roll(-1, -1) @ ctx.saved_tensors[0].T, None


class Binary(torch.autograd.Function):
    """Weights that act as their signs, with a gradient that passes."""

    @staticmethod
    def forward(ctx, weight):
        return (weight > 0.5).to(weight.dtype)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


@torch.library.custom_op("motifcount_tests::doubled", mutates_args=())
def doubled(x: torch.Tensor) -> torch.Tensor:
    """An operator of one's own, which runs on values only."""
    return torch.from_numpy(2 * x.numpy())


def between(what):
    return module_of(lambda net, x: net.b(what(net.a(x))), a=linear(3, 4), b=linear(4, 2))


def test_autograd_functions_have_names():
    with pytest.raises(NotImplementedError, match=r"'Scaled' in its forward is an operation.*rules="):
        mc.Graph.from_module(between(Scaled.apply))
    plain = mc.Graph.from_module(between(torch.relu))
    for rule in ("relu", lambda x: x, lambda x: torch.relu(x)):
        assert mc.Graph.from_module(between(Scaled.apply), rules={"Scaled": rule}) == plain


def test_custom_operators_have_names():
    with pytest.raises(NotImplementedError, match=r"'doubled' in its forward"):
        mc.Graph.from_module(between(doubled))
    plain = mc.Graph.from_module(between(torch.relu))
    assert mc.Graph.from_module(between(doubled), rules={"doubled": "relu"}) == plain
    assert mc.Graph.from_module(between(torch.ops.motifcount_tests.doubled), rules={"doubled": torch.neg}) == plain


def test_what_a_function_calls_is_followed():
    """Its arcs are where derivatives are."""
    net = module_of(
        lambda net, x: net.b(Weighing.apply(net.a(x), net.c.weight)), a=linear(3, 4), b=linear(4, 2), c=linear(4, 4)
    )
    graph = mc.Graph.from_module(net, rules={"Weighing": lambda x, weight: (x @ weight).roll(1, -1)})
    a, b = weights_of(net, "a", "b")
    within = kept(net.c.weight).T
    assert_blocks(graph, {("x", "a"): a, ("a", "c"): within, ("c", "b"): np.roll(b, -1, axis=0)})
    derivative = torch.autograd.functional.jacobian(net, torch.ones(3)).numpy()
    nodes = [np.flatnonzero(graph.layers == k) for k in (0, 3)]
    assert np.array_equal(n_paths(graph, *nodes), derivative.T)


def test_a_function_stands_for_a_torch_function_and_may_call_it():
    """fft as what it does to positions: nothing; a function that calls itself means the true one."""
    net = between(lambda h: torch.fft.fft(h).real)
    plain = mc.Graph.from_module(between(torch.relu))
    assert mc.Graph.from_module(net, rules={"fft_fft": lambda h: torch.complex(h, h), "complex": "relu"}) == plain
    calls = []

    def twice(x):
        calls.append(x.shape)
        return torch.tanh(torch.tanh(x))

    assert mc.Graph.from_module(between(torch.tanh), rules={"tanh": twice}) == plain
    assert set(calls) == {torch.Size([2, 4])}


def test_weights_made_by_an_autograd_function_are_taken_as_they_act():
    net = module_of(
        lambda net, x: torch.nn.functional.linear(x, Binary.apply(net.a.weight)), a=linear(4, 3), other=linear(1, 1)
    )
    with torch.no_grad():
        net.a.weight.copy_(torch.rand(3, 4, generator=torch.Generator().manual_seed(0)))
    block = (net.a.weight > 0.5).numpy().astype(int).T
    assert 0 < block.sum() < 12
    assert_blocks(mc.Graph.from_module(net, (1, 4)), {("x", "a"): block})


def test_torch_is_left_as_it_is():
    before = [vars(kind).get("apply") for kind in torch.autograd.Function.__mro__]
    mc.Graph.from_module(between(torch.relu))
    with pytest.raises(ValueError, match="failed with this example: ZeroDivisionError"):
        mc.Graph.from_module(between(lambda h: h / (1 // 0)), (1, 3))
    assert [vars(kind).get("apply") for kind in torch.autograd.Function.__mro__] == before


@pytest.mark.parametrize("rule", ["no such function", 3, None])
def test_rules_that_are_none(rule):
    with pytest.raises(ValueError, match=f"rules must lead to functions that are understood.*not to {rule!r}"):
        mc.Graph.from_module(between(Scaled.apply), rules={"Scaled": rule})
