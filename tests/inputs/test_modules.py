"""torch modules as they are wired, against adjacency written out: branches, wrappers, examples, options."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

import motifcount as mc
from support.modules import assert_blocks, blocks_of, kept, linear, module_of, set_sparse_ones, weights_of

EYE = np.eye


# ---- what the order of registration does not tell ------------------------------------------------------------------


def test_a_head_registered_before_its_body():
    net = module_of(lambda s, x: s.head(s.body(x).relu()), head=linear(5, 5), body=linear(5, 5))
    head, body = weights_of(net, "head", "body")
    graph = mc.Graph.from_module(net)
    assert_blocks(graph, {("x", "body"): body, ("body", "head"): head})
    assert graph.is_strictly_layered()
    assert graph == mc.Graph.from_layers([body, head])


def test_two_heads():
    net = module_of(
        lambda s, x: (s.a(h := s.body(x).tanh()), s.v(h)), body=linear(4, 6), a=linear(6, 3), v=linear(6, 3)
    )
    body, a, v = weights_of(net, "body", "a", "v")
    graph = mc.Graph.from_module(net)
    assert graph.layer_names == ("x", "body", "a", "v")
    assert_blocks(graph, {("x", "body"): body, ("body", "a"): a, ("body", "v"): v})


def test_parallel_branches_that_are_concatenated():
    net = module_of(
        lambda s, x: s.o(torch.cat([s.a(x), s.b(x).relu()], -1)), a=linear(4, 3), b=linear(4, 2), o=linear(5, 4)
    )
    a, b, o = weights_of(net, "a", "b", "o")
    expected = {("x", "a"): a, ("x", "b"): b, ("a", "o"): o[:3], ("b", "o"): o[3:]}
    assert_blocks(mc.Graph.from_module(net), expected)


def test_a_layer_used_twice():
    net = module_of(lambda s, x: s.a(s.a(x).relu()), a=linear(4, 4))
    (a,) = weights_of(net, "a")
    graph = mc.Graph.from_module(net)
    assert_blocks(graph, {("x", "a"): a, ("a", "a#2"): a})
    same = nn.Sequential(net.a, nn.ReLU(), net.a)
    assert_blocks(mc.Graph.from_module(same), {("input", "0"): a, ("0", "0#2"): a})


RESIDUAL = {"residual": lambda s, x: s.o((h := s.a(x).relu()) + s.c(s.b(h))), "in place": None}


def _in_place(s, x):
    h = s.a(x).relu_()
    y = s.c(s.b(h))
    y += h
    return s.o(y)


@pytest.mark.parametrize("forward", [RESIDUAL["residual"], _in_place], ids=RESIDUAL)
def test_a_residual_sum(forward):
    net = module_of(forward, a=linear(3, 4), b=linear(4, 5), c=linear(5, 4), o=linear(4, 2))
    a, b, c, o = weights_of(net, "a", "b", "c", "o")
    inner = {("x", "a"): a, ("a", "b"): b, ("b", "c"): c}
    graph = mc.Graph.from_module(net)
    sums = {("a", "sum"): EYE(4), ("c", "sum"): EYE(4), ("sum", "o"): o}
    assert_blocks(graph, inner | sums)
    assert graph.pinned_layers == (4,)
    direct = mc.Graph.from_module(net, residual="direct")
    assert_blocks(direct, inner | {("a", "o"): o, ("c", "o"): o})
    assert direct.pinned_layers == ()
    drawn = blocks_of(mc.randomize(graph, seed=3))
    assert (drawn["a", "sum"] == EYE(4)).all()
    assert (drawn["c", "sum"] == EYE(4)).all()


def test_slices_and_chunks():
    def forward(s, x):
        first, second = s.a(x).chunk(2, dim=-1)
        return s.o(torch.cat([second, first[:, 1:]], dim=1))

    net = module_of(forward, a=linear(3, 6), o=linear(5, 2))
    a, o = weights_of(net, "a", "o")
    into = np.zeros((6, 2), int)
    into[[3, 4, 5, 1, 2]] = o
    assert_blocks(mc.Graph.from_module(net), {("x", "a"): a[:, 1:], ("a", "o"): into[1:]})  # the first unit is not read


def test_gates():
    net = module_of(lambda s, x: s.o(s.a(x) * s.g(x).sigmoid()), a=linear(3, 4), g=linear(3, 4), o=linear(4, 2))
    a, g, o = weights_of(net, "a", "g", "o")
    expected = {("x", "a"): a, ("x", "g"): g, ("a", "product"): EYE(4), ("g", "product"): EYE(4), ("product", "o"): o}
    graph = mc.Graph.from_module(net)
    assert_blocks(graph, expected)
    assert graph.pinned_layers == (3,)
    swish = module_of(lambda s, x: s.o((h := s.a(x)) * torch.sigmoid(h)), a=net.a, o=net.o)
    assert mc.Graph.from_module(swish) == mc.Graph.from_module(nn.Sequential(net.a, nn.SiLU(), net.o))


# ---- wrappers, examples, options -------------------------------------------------------------------------------------


def test_wrapped_modules_are_the_modules_inside():
    net = nn.Sequential(linear(3, 4), nn.ReLU(), nn.Sequential(linear(4, 2)))
    plain = mc.Graph.from_module(net)
    assert mc.Graph.from_module(torch.compile(net)) == plain
    assert mc.Graph.from_module(nn.DataParallel(net)) == plain
    assert mc.Graph.from_module(nn.Sequential(net[0], net[1], torch.compile(net[2]))) == plain


@pytest.mark.parametrize(
    "example",
    [(2, 3), torch.ones(2, 3), (torch.ones(2, 3),), ((2, 3),), {"x": (2, 3)}, {"x": np.ones((2, 3), np.float32)}],
)
def test_examples(example):
    net = module_of(lambda s, x: s.a(x), a=linear(3, 4))
    assert mc.Graph.from_module(net, example) == mc.Graph.from_layers(weights_of(net, "a"))


def test_inputs_of_a_forward_that_takes_any_number():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.o = linear(6, 2)

        def forward(self, *parts):
            return self.o(torch.cat(parts, -1))

    net = set_sparse_ones(Net())
    o = kept(net.o.weight)
    graph = mc.Graph.from_module(net, ((1, 5, 2), (1, 5, 4)))
    assert_blocks(graph, {("parts[0]", "o"): o[:2], ("parts[1]", "o"): o[2:]})


def test_inputs_that_are_added_before_anything_reads_them():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.o = linear(3, 2)

        def forward(self, x, y):
            return self.o(x + y)

    net = set_sparse_ones(Net())
    expected = {("x", "sum"): EYE(3), ("y", "sum"): EYE(3), ("sum", "o"): kept(net.o.weight)}
    assert_blocks(mc.Graph.from_module(net, ((1, 5, 3), (1, 5, 3))), expected)


def test_several_inputs_of_any_structure():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = linear(3, 4), linear(2, 4)

        def forward(self, state, *, goal, scale=None):
            return {"q": self.a(state["x"]) - self.b(goal)}

    graph = mc.Graph.from_module(Net(), {"state": {"x": torch.ones(1, 3)}, "goal": (1, 2)})
    assert graph.layer_names == ("state", "goal", "a", "b", "sum")
    with pytest.raises(ValueError, match=r"module: .*example must be given.*\(state, goal, scale\)"):
        mc.Graph.from_module(Net())


def test_ignored_submodules_and_rules_of_ones_own():
    fourier = module_of(lambda s, x: torch.fft.fft(x).real)
    net = nn.Sequential(linear(3, 4), fourier, linear(4, 2))
    plain = mc.Graph.from_module(nn.Sequential(net[0], net[2]))
    with pytest.raises(NotImplementedError, match=r"'fft_fft' in '1'.*from_layers.*ignore=.*rules="):
        mc.Graph.from_module(net)
    assert mc.Graph.from_module(net, ignore=["1"]) == plain
    assert mc.Graph.from_module(net, rules={"fft_fft": "relu"}) == plain


def test_biases_as_in_chains_of_layers():
    net = module_of(lambda s, x: s.o(s.a(x) + s.b(x)), a=linear(3, 4), b=linear(3, 4), o=linear(4, 2))
    with torch.no_grad():
        net.a.bias[1] = net.b.bias[2] = net.o.bias[0] = 1
    graph = mc.Graph.from_module(net, bias=True)
    expected = [[False, True, False, False], [False, False, True, False], None, [True, False]]
    assert [None if bias is None else bias.tolist() for bias in graph.biases] == expected
