"""From any kind of input to rows, and to its edges as it lists them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount._support import arguments
from motifcount.inputs import labelled, libraries, masks, matrices, modules, sparse
from motifcount.inputs.modules.options import Options
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
        return modules.from_module(adj, None, Options(), bias=False) if is_module else masks.from_layers(adj)
    if labelled.is_list_of_pairs(adj):
        return labelled.from_pairs(adj)
    if isinstance(adj, (np.ndarray, list, tuple)):
        return matrices.from_dense(arguments.array("adj", adj))
    if (edges := libraries.edges_of(adj)) is not None:
        return libraries.from_library(edges)
    kind = type(adj)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    raise TypeError(
        "adj must be a Graph, a scipy.sparse matrix, a square array, a list of pairs or of layer masks, a data frame, "
        "a torch tensor or module, a networkx, igraph or graph_tool graph, a torch_geometric Data object, or a path, "
        f"not {name}"
    )


class Listed(NamedTuple):
    """The edges of an input as it lists them, with what it says of each: loops, duplicates and those of weight 0 too.

    Attributes
    ----------
    src, dst
        Positions of their ends among the nodes.
    weights
        By edge, its weight; None where the input has none.
    values
        By edge, the attribute that was asked for, None without.
    is_matrix
        Whether edges are the entries of a matrix.
    """

    src: npt.NDArray[Any]
    dst: npt.NDArray[Any]
    weights: npt.NDArray[Any] | None
    values: Any = None
    is_matrix: bool = False


def listed(adj: Any, attribute: str | None) -> Listed:
    """Return the edges of what :func:`rows_of` has taken, but for masks and modules."""
    if is_torch_tensor(adj):
        adj = from_tensor("adj", adj)
    if sp.issparse(adj):
        src, dst, weights, _ = sparse.entries("adj", adj)
        return Listed(src, dst, weights, is_matrix=True)
    if labelled.is_list_of_pairs(adj):
        return Listed(*labelled.positions(*labelled.columns_of(adj))[1:], None)
    if isinstance(adj, (np.ndarray, list, tuple)):
        array = arguments.array("adj", adj)
        src, dst = np.nonzero(array)
        return Listed(src, dst, array[src, dst], is_matrix=True)
    edges = libraries.edges_of(adj)
    assert edges is not None
    weights = edges.values("weight")
    return Listed(
        edges.src,
        edges.dst,
        None if weights is None else libraries.numbers_of(edges.src, edges.dst, weights),
        None if attribute is None else edges.values(attribute),
    )
