"""What the null models read of a graph beyond its public face."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.graph import Graph

Nodes = npt.NDArray[np.int64]


def core_arguments(graph: Graph) -> dict[str, Any]:
    """What every function of the core takes first."""
    return dict(zip(("indptr", "indices", "n_nodes", "layers", "layer_sizes"), graph._core_args(), strict=True))


def bias_flags(graph: Graph) -> npt.NDArray[np.uint8] | None:
    """For each node, 1 if it is a bias; None without biases."""
    return graph._bias_flags()


def has_layers(graph: Graph) -> bool:
    """Whether the graph has layers."""
    return graph._layer_labels is not None


def fingerprint(graph: Graph) -> str:
    """32 hexadecimal digits that differ for graphs with other edges, nodes, layers or biases."""
    return graph._fingerprint()


def with_edges(graph: Graph, src: Nodes, dst: Nodes) -> Graph:
    """The same nodes and layers with other edges."""
    return graph._with_edges(src, dst)


def nodes_of_rows(graph: Graph, src: Nodes, dst: Nodes) -> tuple[Nodes, Nodes]:
    """Ends of edges that are numbered by row, in a graph whose isolated nodes have none."""
    return (src, dst) if graph._node_ids is None else (graph._node_ids[src], graph._node_ids[dst])


def groups(graph: Graph) -> npt.NDArray[np.int64] | None:
    """By node, twice the place of its layer, plus one for a bias; None without layers."""
    if graph._layer_rank is None:
        return None
    group = 2 * graph._layer_rank.astype(np.int64)
    biases = graph._bias_flags()
    return group if biases is None else group + biases


def n_layers(graph: Graph) -> int:
    """Number of layers, empty ones too."""
    return 0 if graph._layer_sizes is None else len(graph._layer_sizes)


def linked_groups(graph: Graph, group: npt.NDArray[np.int64]) -> set[tuple[int, int]]:
    """Pairs of groups with an edge from the first to the second."""
    return {(a, b) for a, b in _core.linked_groups(graph._indptr, graph._indices, group).tolist()}
