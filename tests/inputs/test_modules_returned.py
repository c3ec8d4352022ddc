"""What comes out counts in whatever it comes; nothing is lost in silence where torch is left."""

from __future__ import annotations

import random
import threading
from types import MappingProxyType, SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn
from torch.nn.utils import parametrizations

import motifcount as mc
from support.modules import linear, module_of


def two_heads(what):
    """The first head comes out through something, the second as it is."""
    parts = {"body": linear(3, 6), "head": linear(6, 4), "other": linear(6, 2)}
    return module_of(lambda net, x: what(net.head(net.body(x)), net.other(net.body(x))), **parts)


PLAIN = mc.Graph.from_module(two_heads(lambda a, b: (a, b)), (2, 3))


class Holder:
    def __init__(self, x: Any) -> None:
        self.x = x


class Pair(NamedTuple):
    x: torch.Tensor
    other: torch.Tensor


@pytest.mark.parametrize(
    "what",
    [
        lambda a, b: (a.argmax(1), b),
        lambda a, b: (a.mean(), b),
        lambda a, b: (a.softmax(1).multinomial(1), b),
        lambda a, b: (torch.distributions.Categorical(logits=a).sample(), b),
        lambda a, b: (torch.distributions.Categorical(logits=a), b),
        lambda a, b: (a.exp().sum(1).log() * 2, b),
        lambda a, b: (F.cross_entropy(a, torch.zeros(2, dtype=torch.long, device=a.device)), b),
        lambda a, b: (F.cosine_similarity(a, a.flip(1)), b),
        lambda a, b: (a @ a.T, b),
        lambda a, b: torch.cat([a.amax(1, keepdim=True), b], 1),
    ],
)
def test_mixtures_that_come_out_are_outputs_of_what_they_mix(what):
    """Actions that are drawn, energies, losses."""
    assert mc.Graph.from_module(two_heads(what), (2, 3)) == PLAIN


@pytest.mark.parametrize(
    "what",
    [
        Pair,
        lambda a, b: {a, b},
        lambda a, b: MappingProxyType({"a": a, "b": [b]}),
        lambda a, b: SimpleNamespace(a=a, b={"b": b}),
        lambda a, b: [Holder(Holder(a)), None, Holder((b, "text", 3))],
    ],
)
def test_outputs_in_objects(what):
    assert mc.Graph.from_module(two_heads(what), (2, 3)) == PLAIN


@pytest.mark.parametrize("what", [lambda a, b: None, lambda a, b: (x for x in (a, b)), lambda a, b: 3.5])
def test_no_tensors_come_out(what):
    with pytest.raises(ValueError, match="module: its forward must return tensors, not"):
        mc.Graph.from_module(two_heads(what), (2, 3))


@pytest.mark.parametrize("example", [(Holder(torch.ones(2, 3)),), (Pair(torch.ones(2, 3), torch.ones(1)),)])
def test_inputs_in_objects(example):
    net = module_of(lambda net, holder: net.a(holder.x), a=linear(3, 4))
    x = example[0].x
    graph = mc.Graph.from_module(net, example)
    assert graph.n_edges == int((net.a.weight != 0).sum())
    assert example[0].x is x
    assert x.grad is None


def test_examples_without_entries():
    with pytest.raises(ValueError, match=r"no axis of length 0; its shape is \(0, 3\)"):
        mc.Graph.from_module(nn.Sequential(nn.Linear(3, 4)), (0, 3))


# ---- what is not torch's functions -----------------------------------------------------------------------------------


def with_branch(around, script):
    """A residual block whose branch is a ScriptModule: it must not pass for a constant."""
    parts = {"a": linear(3, 4), "s": script(linear(4, 4)), "b": linear(4, 2)}
    return module_of(around(lambda net, x: net.b(net.a(x) + net.s(net.a(x)))), **parts)


@pytest.mark.parametrize("around", [lambda f: f, torch.no_grad(), torch.inference_mode()])
def test_scripts_inside_are_named(around):
    with pytest.raises(NotImplementedError, match=r"'ScriptModule' in 's' is an operation.*ignore="):
        mc.Graph.from_module(with_branch(around, torch.jit.script), (2, 3))
    passed = mc.Graph.from_module(with_branch(around, lambda part: part), (2, 3), ignore=["s"])
    for way in ({"ignore": ["s"]}, {"rules": {"ScriptModule": "relu"}}, {"rules": {"ScriptModule": lambda x: x}}):
        assert mc.Graph.from_module(with_branch(around, torch.jit.script), (2, 3), **way) == passed


@torch.jit.script
def twice(x: torch.Tensor) -> torch.Tensor:
    return x.exp().add(1)


def test_kernels_of_scripted_functions_are_followed():
    def forward(script):
        return torch.no_grad()(lambda net, x: net.b(net.a(x) + script(net.a(x))))

    nets = [module_of(forward(script), a=linear(3, 4), b=linear(4, 2)) for script in (twice, torch.exp)]
    assert mc.Graph.from_module(nets[0], (2, 3)) == mc.Graph.from_module(nets[1], (2, 3))


@torch.jit.script
def looked_up(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return torch.embedding(weight, x)


@pytest.mark.parametrize(
    ("what", "named"),
    [
        (lambda h: torch.utils.dlpack.from_dlpack(h.detach()), "dlpack.* cuts the data flow"),
        (lambda h: looked_up(h.long(), torch.ones(9, 4, device=h.device)).sum(1), "'aten.embedding' in its forward is"),
    ],
)
def test_values_made_out_of_sight_are_no_constants(what, named):
    net = module_of(torch.no_grad()(lambda net, x: net.b(net.a(x) + what(net.a(x)))), a=linear(3, 4), b=linear(4, 2))
    with pytest.raises(NotImplementedError, match=named):
        mc.Graph.from_module(net, (2, 3))


# ---- what is left as it is -------------------------------------------------------------------------------------------


def test_other_generators_stay_as_they_are():
    net = module_of(lambda net, x: net.a(x) * random.random() * np.random.rand(), a=linear(3, 4))  # noqa: NPY002
    before = random.getstate(), np.random.get_state()[1].copy()  # noqa: NPY002
    mc.Graph.from_module(net, (2, 3))
    assert random.getstate() == before[0]
    assert np.array_equal(np.random.get_state()[1], before[1])  # noqa: NPY002


def test_hooks_of_gradients_are_no_functions():
    net = module_of(lambda net, x: net.b(net.a(x)), a=linear(3, 4), b=linear(4, 2))
    plain = mc.Graph.from_module(net)
    called = []
    net.a.register_full_backward_hook(lambda *_: called.append(1))
    net.b.register_full_backward_pre_hook(lambda *_: called.append(1))
    assert mc.Graph.from_module(net) == plain
    net(torch.ones(2, 3, requires_grad=True)).sum().backward()
    assert called == [1, 1]


def test_what_cannot_be_copied_is_told():
    net = module_of(lambda net, x: net.a(x), a=linear(3, 4))
    net.lock = threading.Lock()
    with pytest.raises(ValueError, match=r"module: it cannot be copied \(TypeError: cannot pickle"):
        mc.Graph.from_module(net, (2, 3))


def test_names_are_those_of_the_modules_outside():
    net = nn.Sequential(torch.compile(nn.Linear(3, 4)), parametrizations.orthogonal(nn.Linear(4, 4)), nn.Linear(4, 2))
    assert mc.Graph.from_module(net).layer_names == ("input", "0", "1", "2")
