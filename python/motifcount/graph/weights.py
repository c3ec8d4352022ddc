"""From a graph back to the weights of the module that it, or the graph that it is a random one of, was read from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.graph.compact import edge_arrays
from motifcount.graph.export import to_scipy
from motifcount.inputs.places import KernelPlaces, WeightPlaces
from motifcount.inputs.rows import Rows

Bools = npt.NDArray[np.bool_]


def to_masks(rows: Rows) -> dict[str, Bools]:
    """Return masks by parameter; see :meth:`motifcount.Graph.to_masks`."""
    if not rows.weights:
        raise ValueError("to_masks needs a graph of a torch module, read by from_module, or a random graph of one")
    if any(isinstance(places, KernelPlaces) for places in rows.weights):
        return _shared_masks(rows)
    adjacency = to_scipy(rows).astype(bool)
    _refuse_others(rows, adjacency)
    masks: dict[str, Bools] = {}
    known: dict[str, Bools] = {}
    for places in rows.weights:
        assert isinstance(places, WeightPlaces)
        is_arc, is_known = _arcs(places, adjacency)
        if places.name not in masks:
            masks[places.name], known[places.name] = places.kept.copy(), np.zeros(places.shape, dtype=bool)
        mask, before = masks[places.name], known[places.name]
        has_two = before & is_known & (mask != is_arc)
        if has_two.any():
            raise ValueError(
                f"to_masks: {places.name} is used more than once, and the graph has other edges for each use, which no "
                "mask gives"
            )
        mask[is_known] = is_arc[is_known]
        before |= is_known
    _refuse_unequal(rows, masks)
    return masks


def _shared_masks(rows: Rows) -> dict[str, Bools]:
    """Return the masks of weights that stand for many edges each."""
    masks = {places.name: places.kept for places in rows.weights}
    _refuse_unequal(rows, masks)
    return masks


def _refuse_unequal(rows: Rows, masks: dict[str, Bools]) -> None:
    """Refuse a graph that has other edges than its masks give."""
    src, dst = edge_arrays(rows)
    edges = (src * rows.n_nodes + dst)[_is_free(rows, src, dst)]
    given = [source * rows.n_nodes + target for source, target in (of.arcs(masks[of.name]) for of in rows.weights)]
    if not np.array_equal(edges, np.unique(np.concatenate(given))):
        raise ValueError(
            "to_masks: the graph has other edges than its weights give, which have many edges each; random graphs that "
            "keep this come from motifcount.nulls.Masks"
        )


def _is_free(rows: Rows, src: Any, dst: Any) -> Bools:
    """Whether edges are neither pinned nor those of biases."""
    assert rows.groups is not None
    stays: Bools = rows.groups.is_pinned()[rows.groups.layer_of[dst]] | rows.groups.is_bias()[src]
    return ~stays


def _refuse_others(rows: Rows, adjacency: Any) -> None:
    """Refuse edges that no weight can give, as between the groups of a convolution."""
    n = rows.n_nodes
    possible = [np.empty(0, dtype=np.int64)]
    for places in rows.weights:
        assert isinstance(places, WeightPlaces)
        for of_term in places.sources:
            source, target = np.broadcast_arrays(of_term, places.targets)
            possible.append((source * n + target)[(source >= 0) & (target >= 0)])
    src, dst = adjacency.nonzero()
    lost = _is_free(rows, src, dst) & ~np.isin(src.astype(np.int64) * n + dst, np.unique(np.concatenate(possible)))
    if lost.any():
        edge = f"{src[lost][0]} -> {dst[lost][0]}"
        raise ValueError(
            f"to_masks: the graph has {int(lost.sum())} edges that no weight of the module gives, such as {edge}: "
            "between groups of a convolution, or of computed weights"
        )


def _arcs(places: WeightPlaces, adjacency: Any) -> tuple[Bools, Bools]:
    """Return by entry of a weight whether it is kept, and whether it can have an arc.

    Of those with an arc in the graph, entries are kept as they were if it is an old arc, and all of them if it is new.
    """
    is_arc, is_known = np.zeros(places.shape, dtype=bool), np.zeros(places.shape, dtype=bool)
    for of_term in places.sources:
        source, target = np.broadcast_arrays(of_term, places.targets)
        inside = (source >= 0) & (target >= 0) & (source != target)  # self-loops are no arcs
        found = np.zeros(source.shape, dtype=bool)
        found[inside] = np.asarray(adjacency[source[inside], target[inside]]).ravel()
        pairs = np.broadcast_to(source * adjacency.shape[0] + target, places.shape)
        is_old = np.isin(pairs, np.unique(pairs[places.kept]))
        is_arc |= np.broadcast_to(found, places.shape) & (places.kept | ~is_old)
        is_known |= np.broadcast_to(inside, places.shape)
    return is_arc, is_known
