"""A rule that loses a path is found by the derivatives of the module that it misreads."""

from __future__ import annotations

import re

import pytest
import torch

import motifcount as mc
from motifcount.inputs.modules import derivatives
from motifcount.inputs.modules.flow import Flow, filled
from motifcount.inputs.modules.rules import RULES
from support.modules import linear, module_of


def passing(trace, call):
    """Every entry stays where it is."""
    (flow,) = [flow for tensor in call.tensors()[:1] if (flow := trace.flow(tensor)) is not None]
    return [flow if flow.shape == out.shape else None for out in call.results()]


def constant(_trace, call):
    return [None] * len(call.results())


def none(_trace, call):
    return [Flow((filled(out.shape, -1),)) for out in call.results()]


def net_of(what, **parts):
    return module_of(lambda net, x: net.b(what(net, net.a(x))), a=linear(6, 6), b=linear(6, 6), **parts)


CASES = {
    "a term of a sum is lost": ("add", passing, lambda net, h: torch.add(h, net.c(h))),
    "entries are in another order": ("flip", passing, lambda _, h: h.flip(-1)),
    "entries are sorted": ("sort", passing, lambda _, h: h.sort(-1).values),
    "sums so far": ("cumsum", passing, lambda _, h: h.cumsum(-1)),
    "a gate is lost": ("mul", passing, lambda net, h: torch.mul(h, net.c(h))),
    "what comes out is a constant": ("roll", constant, lambda net, h: net.c(h) + h.roll(1, -1)),
    "no unit acts on it": ("hypot", none, lambda net, h: net.c(h) + h.hypot(net.c(h))),
    "it is half of another": ("copy_", passing, lambda net, h: h.clone().copy_(net.c(h))),
}


@pytest.mark.parametrize("case", CASES)
def test_paths_that_a_rule_loses_are_found(case, monkeypatch):
    name, rule, what = CASES[case]
    net, example = net_of(what, c=linear(6, 6)), (3, 6)
    monkeypatch.setitem(RULES, name, rule)
    with monkeypatch.context() as patch:
        patch.setattr(derivatives, "MAX_ENTRIES", 0)
        mc.Graph.from_module(net, example)  # in silence
    with pytest.raises(NotImplementedError, match=re.escape(f"{name!r} in its forward leads to an output")):
        mc.Graph.from_module(net, example)


def test_modules_that_run_with_their_own_weights_only():
    net = net_of(lambda net, h: h if torch.equal(net.c.weight, torch.ones(6, 6)) else 1 / 0, c=linear(6, 6))
    net.c.weight.data.fill_(1)
    assert mc.Graph.from_module(net, torch.ones(3, 6)).n_nodes == 18
