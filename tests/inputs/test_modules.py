"""torch modules as they are wired, against adjacency written out."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn
from torch.nn.utils import parametrize, prune

import motifcount as mc
from support.modules import assert_blocks, blocks_of, kept, set_sparse_ones

EYE = np.eye


def module_of(forward, **parts):
    """Return a module with these parts, registered in this order, and a forward that is given the module and inputs."""

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            for name, part in parts.items():
                setattr(self, name, part)

        def forward(self, x):
            return forward(self, x)

    return set_sparse_ones(Net())


def linear(n_in, n_out):
    return nn.Linear(n_in, n_out)


def weights_of(net, *names):
    return [kept(net.get_submodule(name).weight) for name in names]


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


# ---- convolutions ----------------------------------------------------------------------------------------------------


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


# ---- attention, recurrence, embeddings -------------------------------------------------------------------------------


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


# ---- weights of other kinds ------------------------------------------------------------------------------------------


class HuggingFaceConv1D(nn.Module):
    """As in transformers: the weight has the shape (in, out)."""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(n_in, n_out)), nn.Parameter(torch.zeros(n_out))

    def forward(self, x):
        return torch.addmm(self.bias, x.view(-1, x.size(-1)), self.weight).view(*x.size()[:-1], -1)


def test_weights_stored_the_other_way_round_and_tied():
    net = module_of(lambda s, x: F.linear(s.c(x), s.c.weight), c=HuggingFaceConv1D(3, 3))
    weight = net.c.weight.detach().numpy() != 0
    graph = mc.Graph.from_module(net, (1, 2, 3))
    assert_blocks(graph, {("x", "c"): weight, ("c", "c#2"): weight.T})


def test_pruned_and_parametrized_weights():
    net = nn.Sequential(nn.Conv2d(2, 4, 3), nn.ReLU(), nn.Conv2d(4, 3, 3))
    prune.random_unstructured(net[0], "weight", 0.9)
    with torch.no_grad():
        net[0].weight_orig.zero_()  # the mask decides
    parametrize.register_parametrization(net[2], "weight", Positive())
    first = net[0].weight_mask.flatten(2).any(2).numpy().T
    second = (net[2].weight > 0).flatten(2).any(2).detach().numpy().T
    assert_blocks(mc.Graph.from_module(net, (1, 2, 8, 8)), {("input", "0"): first, ("0", "2"): second})


class Positive(nn.Module):
    """Keeps weights far above zero."""

    def forward(self, weight):
        return weight * (weight > 0.14)


def test_computed_weights():
    def forward(s, x):
        return F.linear(F.linear(x, s.a * s.keep), s.a @ s.a.T)

    net = module_of(forward, a=nn.Parameter(torch.rand(3, 3)), keep=torch.tensor([[1.0, 0, 1], [0, 1, 0], [1, 1, 1]]))
    a = net.a.detach()
    first, second = ((weight != 0).numpy().T for weight in (a * net.keep, a @ a.T))
    graph = mc.Graph.from_module(net, (2, 3))
    assert list(blocks_of(graph)) == [("x", "a"), ("a", "a#2")]
    assert (blocks_of(graph)["x", "a"] == first).all()
    assert (blocks_of(graph)["a", "a#2"] == second).all()


def test_zeros_inside_the_blocks_of_sparse_weights_are_no_arcs():
    dense = torch.zeros(4, 4)
    dense[0, 0] = dense[3, 2] = 1
    net = nn.Linear(4, 4, bias=False)
    net.weight = nn.Parameter(dense.to_sparse_bsr((2, 2)))
    graph = mc.Graph.from_module(net)
    assert graph == mc.Graph.from_layers([dense.T])


def test_fixed_matrices_mix_positions():
    neighbours = torch.tensor([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]])
    net = module_of(lambda s, x: s.b(neighbours @ s.a(x).relu()), a=linear(4, 5), b=linear(5, 2))
    a, b = weights_of(net, "a", "b")
    assert_blocks(mc.Graph.from_module(net, (3, 4)), {("x", "a"): a, ("a", "b"): b})


def test_experts_with_weights_of_their_own():
    net = module_of(
        lambda s, x: torch.einsum("beh,eho->beo", s.a(x).reshape(-1, 2, 3), s.w),
        a=linear(4, 6),
        w=nn.Parameter(torch.ones(2, 3, 2)),
    )
    (a,) = weights_of(net, "a")
    expected = np.zeros((6, 4), int)
    for expert in range(2):
        expected[3 * expert : 3 * expert + 3, 2 * expert : 2 * expert + 2] = net.w[expert].detach()
    assert_blocks(mc.Graph.from_module(net, (1, 4)), {("x", "a"): a, ("a", "w"): expected})


def test_gated_linear_units_and_bilinear_forms():
    net = nn.Sequential(linear(3, 8), nn.GLU(), linear(4, 2))
    blocks = blocks_of(mc.Graph.from_module(net))
    assert (blocks["0", "1.product"] == np.vstack([EYE(4), EYE(4)])).all()
    both = module_of(lambda s, x: s.b(s.a(x), x), a=linear(3, 2), b=nn.Bilinear(2, 3, 4))
    a, b = kept(both.a.weight), (both.b.weight != 0).detach().numpy()
    expected = {("x", "a"): a, ("a", "b"): b.any(2).T, ("x", "b"): b.any(1).T}
    assert_blocks(mc.Graph.from_module(both, (1, 3)), expected)


def test_messages_between_the_nodes_of_a_graph():
    from torch_geometric.nn import SAGEConv

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = SAGEConv(3, 4)

        def forward(self, x, edge_index):
            return self.conv(x, edge_index)

    net = set_sparse_ones(Net())
    of_neighbours, of_itself = kept(net.conv.lin_l.weight, net.conv.lin_r.weight)
    expected = {
        ("x", "conv.lin_l"): of_neighbours,
        ("x", "conv.lin_r"): of_itself,
        ("conv.lin_l", "conv.sum"): EYE(4),
        ("conv.lin_r", "conv.sum"): EYE(4),
    }
    edges = torch.tensor([[0, 1, 2], [1, 2, 0]])
    assert_blocks(mc.Graph.from_module(net, (torch.ones(5, 3), edges)), expected)


def test_packed_sequences():
    def forward(s, x):
        packed = nn.utils.rnn.pack_padded_sequence(x, [5], batch_first=True)
        return s.o(nn.utils.rnn.pad_packed_sequence(s.l(packed)[0], batch_first=True)[0][:, -1])

    net = module_of(forward, l=nn.GRU(3, 4, batch_first=True), o=linear(4, 2))
    assert set(blocks_of(mc.Graph.from_module(net, (1, 5, 3)))) == {("x", "l"), ("l", "l"), ("l", "o")}


def test_channels_that_are_made_of_several_by_position():
    net = nn.Sequential(nn.Conv2d(1, 8, 1), nn.PixelShuffle(2), nn.Conv2d(2, 3, 1))
    blocks = blocks_of(mc.Graph.from_module(net, (1, 1, 4, 4)))
    assert (blocks["0", "2"] == 1).all()


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
