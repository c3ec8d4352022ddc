"""What tests of torch modules share: small modules, arcs of a graph by the names of its layers, numbers of paths."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
import torch
from torch import nn


def blocks_of(graph):
    """Return the adjacency of each pair of layers with an arc between them, by the names of the layers."""
    adjacency = graph.to_scipy().toarray()
    nodes = {name: np.flatnonzero(graph.layers == k) for k, name in enumerate(graph.layer_names)}
    blocks = {(a, b): adjacency[np.ix_(nodes[a], nodes[b])] for a in nodes for b in nodes}
    return {names: block for names, block in blocks.items() if block.any()}


def kept(*weights):
    """Return which weights of Linear layers are kept, as the adjacency from inputs to outputs."""
    found = [(weight != 0).detach().numpy().astype(int).T for weight in weights]
    return found[0] if len(found) == 1 else found


def assert_blocks(graph, expected):
    """Check that a graph has these blocks and no others."""
    found = blocks_of(graph)
    assert set(found) == set(expected)
    for names, block in expected.items():
        assert np.array_equal(found[names], np.asarray(block)), names


def n_paths(graph, sources, targets):
    """Return the number of paths from nodes to nodes of an acyclic graph, of shape (sources, targets)."""
    adjacency = sp.csr_array(graph.to_scipy(), dtype=np.int64)
    reached = np.zeros((len(sources), graph.n_nodes), dtype=np.int64)
    reached[np.arange(len(sources)), sources] = 1
    total = reached.copy()
    while reached.any():
        reached = reached @ adjacency
        total += reached
    return total[:, targets]


def set_sparse_ones(module, density=0.5, seed=0):
    """Make every weight with two axes or more 0 or 1, every scale 1, and every bias 0."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.ndim > 1:
                parameter.copy_((torch.rand(parameter.shape, generator=generator) < density).to(parameter.dtype))
            else:
                parameter.fill_("bias" not in name)
    return module


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
