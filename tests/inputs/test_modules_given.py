"""Weights beside a module: its flow, and their values; state dicts, masks and bitmasks in dicts and files."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import parametrize, prune

import motifcount as mc
from motifcount.files import read_graph
from support.modules import set_sparse_ones


class Net(nn.Module):
    """Registered the wrong way round, with a sum, a convolution and a normalization."""

    def __init__(self):
        super().__init__()
        self.head = nn.Linear(8, 3)
        self.conv, self.stem = nn.Conv2d(8, 8, 3, padding=1), nn.Conv2d(2, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.stem(x)
        return self.head((x + self.norm(self.conv(x))).mean((2, 3)))


SHAPE = (1, 2, 4, 4)


@pytest.fixture
def dense():
    """A module whose weights are all kept."""
    return set_sparse_ones(Net(), 1.0)


@pytest.fixture
def sparse():
    """The same module with few weights, and a channel that is scaled by 0."""
    net = set_sparse_ones(Net(), 0.1, seed=1)
    with torch.no_grad():
        net.norm.weight[2] = 0
    return net


@pytest.fixture
def expected(sparse):
    return mc.Graph.from_module(sparse, SHAPE)


def pruned(net):
    """Return a copy whose zeros are masks of torch.nn.utils.prune."""
    net = copy.deepcopy(net)
    for name in ("head", "conv", "stem"):
        part = getattr(net, name)
        prune.custom_from_mask(part, "weight", part.weight != 0)
        with torch.no_grad():
            part.weight_orig.fill_(1)
    return net


WAYS = {
    "state dict": lambda net: net.state_dict(),
    "in a checkpoint": lambda net: {"model_state_dict": net.state_dict(), "epoch": 3},
    "of DataParallel": lambda net: nn.DataParallel(net).state_dict(),
    "of torch.compile": lambda net: {f"_orig_mod.{name}": value for name, value in net.state_dict().items()},
    "pruned": lambda net: pruned(net).state_dict(),
    "arrays": lambda net: {name: value.numpy() for name, value in net.state_dict().items()},
    "sparse": lambda net: {
        name: value.to_sparse() if value.ndim == 2 else value for name, value in net.state_dict().items()
    },
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("into", ["plain", "pruned"])
def test_a_state_dict_goes_in_place_of_the_modules_own(dense, sparse, expected, way, into):
    module = dense if into == "plain" else pruned(dense)
    before = {name: value.clone() for name, value in module.state_dict().items()}
    graph = mc.Graph.from_module(module, SHAPE, weights=WAYS[way](sparse))
    assert graph == expected
    assert graph.layer_names == expected.layer_names
    assert all(torch.equal(value, before[name]) for name, value in module.state_dict().items())
    assert mc.Graph.from_module(module, SHAPE) != expected


def masks_of(net):
    return {f"{name}.weight": (getattr(net, name).weight != 0).int() for name in ("head", "conv", "stem")}


@pytest.mark.parametrize("into", ["plain", "pruned"])
def test_masks_by_the_names_of_weights_or_layers(dense, sparse, into):
    """As open_lth writes them; what is not among them is the module's own."""
    module = dense if into == "plain" else pruned(dense)
    masks = masks_of(sparse)
    with torch.no_grad():
        sparse.norm.weight.fill_(1)
    expected = mc.Graph.from_module(sparse, SHAPE)
    by_layer = {name.removesuffix(".weight"): mask.bool().numpy() for name, mask in masks.items()}
    of_prune = {f"{name}_mask": mask.float() for name, mask in masks.items()}
    for given in (masks, by_layer, of_prune):
        assert mc.Graph.from_module(module, SHAPE, weights=given) == expected
    one = mc.Graph.from_module(module, SHAPE, weights={"head": masks["head.weight"]})
    assert (
        one.n_edges
        == expected.n_edges
        - sum(int(m.flatten(2).any(2).sum()) for m in (masks["conv.weight"], masks["stem.weight"]))
        + 8 * 8
        + 2 * 8
    )


def bitmasks(state, two_of_four=False):
    """Compress weights as compressed-tensors did."""
    found = {}
    for name, value in state.items():
        if value.ndim < 2:
            found[name] = value
            continue
        mask = (value != 0).numpy()
        found[f"{name}.bitmask"] = torch.from_numpy(np.packbits(mask, axis=-1, bitorder="little"))
        found[f"{name}.shape"] = torch.tensor(value.shape)
        found[f"{name}.compressed"] = value[value != 0].reshape((len(value), -1) if two_of_four else (-1,))
        if not two_of_four:
            found[f"{name}.row_offsets"] = torch.from_numpy(mask.sum(-1).ravel().cumsum() - mask.sum(-1).ravel())
    return found


def test_bitmasks(tmp_path):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(12, 20), nn.ReLU(), nn.Linear(20, 5))
    with torch.no_grad():
        for layer in (net[0], net[2]):
            groups = layer.weight.view(len(layer.weight), -1, 4)
            groups.scatter_(2, torch.rand(groups.shape).argsort(2)[..., :2], 0)
    expected = mc.Graph.from_module(net)
    fresh = nn.Sequential(nn.Linear(12, 20), nn.ReLU(), nn.Linear(20, 5))
    for two_of_four in (False, True):
        state = bitmasks(net.state_dict(), two_of_four)
        assert mc.Graph.from_module(fresh, weights=state) == expected
        save_file(state, tmp_path / "model.safetensors")
        assert mc.Graph.from_module(fresh, weights=tmp_path / "model.safetensors") == expected
        assert read_graph(tmp_path / "model.safetensors") == expected
    drawn = mc.randomize(expected, "n_of_m", seed=1)
    assert drawn != expected


def test_files(tmp_path, dense, sparse, expected):
    torch.save(sparse.state_dict(), tmp_path / "a.pt")
    torch.save(masks_of(sparse) | {"norm.weight": sparse.norm.weight.detach()}, tmp_path / "mask.pth")
    names = list(sparse.state_dict())
    for k, part in enumerate((names[:3], names[3:])):
        save_file({name: sparse.state_dict()[name] for name in part}, tmp_path / f"part-{k}.safetensors")
    index = {"weight_map": {name: f"part-{int(k >= 3)}.safetensors" for k, name in enumerate(names)}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    for name in ("a.pt", "mask.pth", "model.safetensors.index.json"):
        assert mc.Graph.from_module(dense, SHAPE, weights=str(tmp_path / name)) == expected


def test_tied_weights_have_one_value():
    net = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
    net[1].weight = net[0].weight
    mask = torch.eye(3)
    expected = mc.Graph.from_layers([np.eye(3), np.eye(3)])
    for given in ({"0.weight": mask}, {"1.weight": mask}, {"0.weight": mask, "1.weight": mask}):
        assert mc.Graph.from_module(net, weights=given).to_scipy().toarray().tolist() == (
            expected.to_scipy().toarray().tolist()
        )
    with pytest.raises(ValueError, match=r"weights\['1.weight'\] differs from what is given for 0.weight"):
        mc.Graph.from_module(net, weights={"0.weight": mask, "1.weight": 1 - mask})


class Data(nn.Module):
    """Leaves torch where there are no values, so that it runs on values."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 3), nn.Linear(3, 2)

    def forward(self, x):
        assert float(x.sum()) > 0
        return self.b(self.a(x))


def test_modules_that_run_on_values():
    net = Data()
    parametrize.register_parametrization(net.b, "weight", nn.Softplus())
    mask = torch.tensor([[1.0, 0], [0, 1], [1, 1]])
    graph = mc.Graph.from_module(net, (1, 2), weights={"a.weight": mask, "b.parametrizations.weight.original": mask.T})
    assert graph.n_edges == 4 + 6


REFUSED = {
    "unknown": ({"body.weight": torch.ones(2, 2)}, ValueError, r"named as those of the module, such as head\.weight"),
    "no name": ({3: torch.ones(2)}, ValueError, "1 are not, such as 3"),
    "shape": ({"head.weight": torch.ones(3, 7)}, ValueError, r"shape \(3, 8\), as head.weight.* not \(3, 7\)"),
    "no tensor": ({"head.weight": "none"}, TypeError, r"weights\['head.weight'\] must be a tensor"),
    "a list": ([torch.ones(2)], TypeError, "weights must be a dict of tensors by name, or the path"),
    "nan": ({"head.weight": torch.full((3, 8), torch.nan)}, ValueError, "NaN"),
    "bitmask alone": ({"head.weight.bitmask": torch.zeros(3, 1, dtype=torch.uint8)}, ValueError, "come with .*shape"),
    "no shape": (
        {
            "head.weight.bitmask": torch.zeros(3, 1, dtype=torch.uint8),
            "head.weight.shape": torch.tensor(3.5),
            "head.weight.compressed": torch.ones(0),
        },
        ValueError,
        "shape must be a list of sizes",
    ),
    "short bitmask": (
        {
            "head.weight.bitmask": torch.zeros(2, 1, dtype=torch.uint8),
            "head.weight.shape": torch.tensor([3, 8]),
            "head.weight.compressed": torch.ones(0),
        },
        ValueError,
        r"bitmask must be uint8 of the shape \(3, 1\)",
    ),
    "lost values": (
        {
            "head.weight.bitmask": torch.full((3, 1), 255, dtype=torch.uint8),
            "head.weight.shape": torch.tensor([3, 8]),
            "head.weight.compressed": torch.ones(7),
        },
        ValueError,
        "a value for each of the 24 bits of head.weight.bitmask, not 7",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(dense, case):
    given, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        mc.Graph.from_module(dense, SHAPE, weights=given)


def test_refused_files(tmp_path, dense):
    with pytest.raises(ValueError, match=r"weights must be a file ending in .pt.*not a.txt"):
        mc.Graph.from_module(dense, SHAPE, weights=tmp_path / "a.txt")
    (tmp_path / "a.index.json").write_text("{}")
    with pytest.raises(ValueError, match="index of tensors"):
        mc.Graph.from_module(dense, SHAPE, weights=tmp_path / "a.index.json")
    with pytest.raises(FileNotFoundError):
        mc.Graph.from_module(dense, SHAPE, weights=tmp_path / "a.pt")
