"""From a graph back to the masks of the module that it was read from."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import prune

import motifcount as mc
from support.modules import set_sparse_ones


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.inner = nn.Conv2d(3, 6, 3, padding=1), nn.Conv2d(6, 6, 3, padding=1)
        self.up, self.head = nn.ConvTranspose2d(6, 4, 2), nn.Linear(4 * 9 * 9, 3)

    def forward(self, x):
        x = self.stem(x).relu()
        return self.head(self.up(x + self.inner(x)).flatten(1))


MODULES = {
    "linear": (lambda: nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 5)), (2, 6)),
    "residual": (Residual, (1, 3, 8, 8)),
    "transformer": (lambda: nn.TransformerEncoderLayer(8, 2, 12), (4, 1, 8)),
    "recurrent": (lambda: nn.GRU(4, 6, 2, bidirectional=True), (4, 1, 4)),
    "two kinds": (lambda: nn.Sequential(nn.Linear(4, 6), nn.LSTM(6, 5)), (3, 1, 4)),
}


@pytest.mark.parametrize("pruned", [False, True])
@pytest.mark.parametrize("case", MODULES)
def test_a_random_graph_of_a_module_is_read_back_from_it(case, pruned):
    make, example = MODULES[case]
    module = set_sparse_ones(make(), 0.25)
    if pruned:
        for part in module.modules():
            for name, weight in list(part.named_parameters(recurse=False)):
                if weight.ndim > 1 and not isinstance(part, (nn.MultiheadAttention, nn.RNNBase)):
                    prune.custom_from_mask(part, name, weight != 0)
    graph = mc.Graph.from_module(module, example)
    weights = {name.removesuffix("_orig"): value for name, value in module.named_parameters() if value.ndim > 1}
    masks = graph.to_masks()
    assert set(masks) == set(weights)
    assert all(np.array_equal(mask, (weights[name] != 0).detach().numpy()) for name, mask in masks.items())
    drawn = mc.randomize(graph, seed=1)
    assert drawn != graph
    for value in weights.values():
        nn.init.ones_(value)
    assert mc.apply_masks(module, drawn) is module
    assert mc.Graph.from_module(module, example) == drawn
    loss = sum(out.sum() for out in torch.utils._pytree.tree_leaves(module(torch.ones(example))))
    loss.backward()


def test_a_weight_that_is_used_twice_has_one_mask():
    layer = set_sparse_ones(nn.Linear(5, 5), 0.4)
    module = nn.Sequential(layer, layer)
    graph = mc.Graph.from_module(module)
    assert np.array_equal(graph.to_masks()["0.weight"], (layer.weight != 0).numpy())
    with pytest.raises(ValueError, match=r"0.weight is used more than once"):
        mc.randomize(graph, seed=1).to_masks()


def test_edges_that_no_weight_gives():
    module = set_sparse_ones(nn.Sequential(nn.Conv2d(4, 4, 1), nn.ConvTranspose2d(4, 6, 1, groups=2)), 0.8)
    graph = mc.Graph.from_module(module, (1, 4, 2, 2))
    masks = graph.to_masks()
    assert all(np.array_equal(mask, module.get_parameter(name) != 0) for name, mask in masks.items())
    with pytest.raises(ValueError, match=r"edges that no weight of the module gives"):
        mc.randomize(graph, "edge_count", seed=1).to_masks()


def test_what_is_of_another_module_is_refused():
    module = nn.Sequential(nn.Linear(3, 2))
    with pytest.raises(ValueError, match="graph of a torch module"):
        mc.Graph([np.ones((3, 2))]).to_masks()
    with pytest.raises(ValueError, match=r"no parameter 0.weight of the shape \(2, 3\)"):
        mc.apply_masks(nn.Linear(3, 2), mc.Graph.from_module(module))
    with pytest.raises(TypeError, match=r"module must be a torch\.nn\.Module"):
        mc.apply_masks([], mc.Graph.from_module(module))
