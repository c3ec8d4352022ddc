"""What the other rooms need of a :class:`~motifcount.Graph` beyond its public face; its attributes are private here."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.graph import arc_weights as arc_weights_of
from motifcount.graph import clean, compact
from motifcount.graph import groups as groups_of
from motifcount.graph import kinds as kinds_of
from motifcount.graph.compact import Nodes
from motifcount.graph.fingerprint import fingerprint_of
from motifcount.graph.graph import Graph
from motifcount.graph.groups import LayersLike, linked_groups, with_layers
from motifcount.inputs.dispatch import Listed
from motifcount.inputs.kinds import ArcKinds
from motifcount.inputs.places import IntArray, KernelPlaces, WeightPlaces
from motifcount.inputs.rows import NodeGroups, Rows
from motifcount.inputs.sparse import index_dtype
from motifcount.inputs.tables import from_edge_arrays
from motifcount.motifs.by_class import Frozen

Places = WeightPlaces | KernelPlaces


def graph_of(rows: Rows, layers: LayersLike = None) -> Graph:
    """Return the graph of some rows."""
    return Graph._from_rows(rows if layers is None else with_layers(rows, layers))


def with_kinds(rows: Rows, src: Any, dst: Any, weights: Any, kinds: Any) -> Rows:
    """Return rows with kinds of the edges that they were made of: "sign", that of weights, or one for each edge."""
    return kinds_of.of_edges(rows, Listed(src, dst, weights), kinds)


def with_weights(rows: Rows, src: Any, dst: Any, weights: Any) -> Rows:
    """Return rows with the weights of the edges that they were made of."""
    return arc_weights_of.of_edges(rows, Listed(src, dst, weights), True)


def n_linked(graph: Graph) -> int:
    """Return how many nodes have edges, at a cost that does not grow with those that have none."""
    return len(np.unique(np.concatenate(edge_arrays(graph))))


def kinds(graph: Graph) -> ArcKinds | None:
    """Return the kinds of the edges, in the order of :func:`edge_arrays`; None where they have none."""
    return graph._rows.kinds


def with_new_kinds(graph: Graph, kinds: ArcKinds) -> Graph:
    """Return the same graph with other kinds of its edges, in the order of :func:`edge_arrays`, and no weights."""
    return Graph._from_rows(graph._rows._replace(kinds=kinds, arc_weights=None))


def arc_weights(graph: Graph) -> npt.NDArray[np.float64] | None:
    """Return the weights of the edges, in the order of :func:`edge_arrays`; None where they have none."""
    return graph._rows.arc_weights


def with_arc_weights(graph: Graph, weights: npt.NDArray[np.float64], *, keep_kinds: bool = False) -> Graph:
    """Return the same graph with other weights of its edges, in the order of :func:`edge_arrays`, and kinds or none."""
    kinds = graph._rows.kinds if keep_kinds else None
    return Graph._from_rows(graph._rows._replace(arc_weights=weights, kinds=kinds))


def in_core(graph: Graph) -> _core.Digraph:
    """Return the graph as functions of the core take it, made once."""
    return graph._in_core()


def weights(graph: Graph) -> tuple[Places, ...]:
    """Return where the weights of the module that the graph was read from are in it; empty if it was not."""
    return graph._rows.weights


def has_shared_weights(graph: Graph) -> bool:
    """Tell whether weights stand for an edge at every position, as in unrolled convolutions."""
    return any(isinstance(places, KernelPlaces) for places in graph._rows.weights)


def csr(graph: Graph) -> tuple[IntArray, IntArray]:
    """Return row starts and columns. Nodes without edges may have no row; see :func:`spread_to_nodes`."""
    return graph._rows.indptr, graph._rows.indices


def n_rows(graph: Graph) -> int:
    """Return the number of rows, n_nodes or fewer."""
    return len(graph._rows.indptr) - 1


def spread_to_nodes(graph: Graph, by_row: npt.NDArray[Any], elsewhere: Any = 0) -> npt.NDArray[Any]:
    """Return for each node what `by_row`, of shape (n_rows, …), has for its row; `elsewhere` where it has none."""
    return compact.spread_to_nodes(graph._rows, by_row, elsewhere)


def nodes_of_rows(graph: Graph, numbers: Nodes) -> Nodes:
    """Return the nodes that have the rows of these numbers."""
    return compact.nodes_of(graph._rows, numbers)


def nodes_of_numbers(graph: Graph, numbers: Nodes) -> Nodes:
    """Return the nodes of the core's numbers: rows, then the nodes without rows in their order."""
    return compact.nodes_of_numbers(graph._rows, numbers)


def numbers_of_nodes(graph: Graph, nodes: Nodes) -> Nodes:
    """Return the numbers that :func:`nodes_of_numbers` takes."""
    return compact.numbers_of_nodes(graph._rows, nodes)


def edge_arrays(graph: Graph) -> tuple[Nodes, Nodes]:
    """Return sources and targets of all edges, int64, ascending by source and then target."""
    return compact.edge_arrays(graph._rows)


def are_mutual(graph: Graph) -> npt.NDArray[np.bool_]:
    """Return by edge, in the order of :func:`edge_arrays`, whether its pair of nodes has both directions."""
    source, target = edge_arrays(graph)
    n = graph.n_nodes
    found: npt.NDArray[np.bool_] = np.isin(source * n + target, target * n + source)
    return found


def is_free(graph: Graph) -> npt.NDArray[np.bool_]:
    """Return by edge, in the order of :func:`edge_arrays`, whether it does not lead into a pinned layer."""
    found = graph._rows.groups
    if found is None:
        return np.ones(graph.n_edges, bool)
    return ~found.is_pinned()[found.layer_of[edge_arrays(graph)[1]]]


def blocks_of_edges(graph: Graph) -> npt.NDArray[np.int64]:
    """Return by edge, in the order of :func:`edge_arrays`, a number for its groups of source and target."""
    found = graph._rows.groups
    assert found is not None
    src, dst = (found.of_node()[ends] for ends in edge_arrays(graph))
    return src * len(found.keys) + dst


def groups(graph: Graph) -> NodeGroups | None:
    """Return layers and biases of the nodes; None for a plain digraph."""
    return graph._rows.groups


def has_strict_levels(graph: Graph) -> bool:
    """Tell whether every edge leads from one level to the next, be these the graph's own layers or others; O(n + m)."""
    return groups_of.has_strict_levels(graph._rows, graph._in_core())


def has_strict_layers(graph: Graph) -> bool:
    """Tell whether the graph has layers of its own, and every edge leads from one to the next; O(n + m)."""
    return graph._rows.groups is not None and graph.is_strictly_layered()


def links(graph: Graph) -> set[tuple[int, int]]:
    """Return the pairs of groups, by position in ``groups(graph).keys``, that edges lead from and to; O(n + m)."""
    found = graph._rows.groups
    if found is None:
        raise ValueError("a plain digraph has no groups")
    return linked_groups(graph._rows, found)


def is_acyclic(graph: Graph) -> bool:
    """Tell whether there is no directed cycle. O(nodes with edges + edges)."""
    try:
        _core.longest_path_levels(in_core(graph))
    except _core.InvalidGraph:
        return False
    return True


def with_edges(
    graph: Graph,
    src: IntArray,
    dst: IntArray,
    weights: tuple[Places, ...] | None = None,
    kinds: ArcKinds | None = None,
    arc_weights: npt.NDArray[np.float64] | None = None,
) -> Graph:
    """Return the same nodes, labels, layers and biases with other edges, whose ends must be nodes, and weights.

    `kinds` are in the order of `src` and `dst`, which then hold each edge once, and no loop; `arc_weights` are in
    that of :func:`edge_arrays`.
    """
    old = graph._rows
    if kinds is not None:
        kinds = ArcKinds(kinds.labels, kinds.of_arc[np.lexsort((dst, src))])
    new_weights = old.weights if weights is None else weights
    dtype = index_dtype(old.n_nodes, len(src))
    src, dst = src.astype(dtype, copy=False), dst.astype(dtype, copy=False)
    rows = from_edge_arrays(src, dst, old.n_nodes, keep_all_rows=old.groups is not None)
    return Graph._from_rows(
        rows._replace(
            labels=old.labels,
            groups=old.groups,
            dropped=Frozen({}),
            weights=new_weights,
            kinds=kinds,
            arc_weights=arc_weights,
        )
    )


def named(graph: Graph, layer_names: tuple[str, ...]) -> Graph:
    """Return the same graph with names of its layers, in ascending order."""
    rows = graph._rows
    assert rows.groups is not None
    return Graph._from_rows(rows._replace(groups=rows.groups._replace(layer_names=layer_names)))


def induced_subgraph(graph: Graph, keep: npt.NDArray[np.bool_]) -> Graph:
    """Return the marked nodes in their order, and the edges between them."""
    return Graph._from_rows(clean.induced(graph._rows, keep))


def fingerprint(graph: Graph) -> str:
    """Return 32 hexadecimal digits that differ for graphs with other nodes, edges, kinds, weights, layers or biases."""
    return fingerprint_of(graph._rows)
