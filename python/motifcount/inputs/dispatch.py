"""Which kind of input a value is, asked in one place."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount.inputs import labelled, libraries, masks, matrices, modules
from motifcount.inputs.rows import Rows
from motifcount.inputs.tensors import from_tensor, is_torch_tensor


def rows_of(adj: Any, *, layers_follow: bool) -> Rows:
    """Convert whatever holds a graph; `layers_follow` tells that layers are still to be given to its nodes.

    Raises
    ------
    TypeError
        If `adj` is nothing that holds a graph.
    ValueError
        If layers are to follow where masks or a module tell them, or for a wrong value.
    """
    if is_torch_tensor(adj):
        adj = from_tensor("adj", adj)
    if sp.issparse(adj):
        return matrices.from_scipy(adj, keep_all_rows=layers_follow)
    is_module = modules.is_torch_module(adj)
    if is_module or masks.is_list_of_matrices(adj):
        if layers_follow:
            raise ValueError("layers must be None here: a list of masks and a module know their layers")
        return modules.from_module(adj, bias=False) if is_module else masks.from_layers(adj)
    if labelled.is_list_of_pairs(adj):
        return labelled.from_pairs(adj)
    if isinstance(adj, (np.ndarray, list, tuple)):
        return matrices.from_dense(arguments.array("adj", adj))
    packages = {base.__module__.split(".")[0] for base in type(adj).__mro__}
    for package, convert in libraries.CONVERTERS.items():
        if package in packages:
            return convert(adj)
    kind = type(adj)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    raise TypeError(
        "adj must be a Graph, a scipy.sparse matrix, a square array, a list of pairs or of layer masks, a data frame, "
        "a torch tensor or module, a networkx, igraph or graph_tool graph, a torch_geometric Data object, or a path, "
        f"not {name}"
    )
