"""The record that every kind of input becomes: compressed sparse rows, and what is known of the nodes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.inputs.kinds import ArcKinds
from motifcount.inputs.places import IntArray, KernelPlaces, WeightPlaces
from motifcount.motifs.by_class import Frozen


class NodeGroups(NamedTuple):
    """The partitions of the nodes: the layers they lie in, and which of them are biases; what is known of the layers.

    A partition of another kind is a field more, and a part more of :attr:`keys` and :meth:`of_node`, by which the
    groups that no partition splits are known everywhere.

    Attributes
    ----------
    layer_of
        By node, the position of its layer in `layer_labels`: int32 of shape (n_nodes,).
    layer_labels
        The layers in ascending order, int64; some may have no nodes.
    bias_nodes
        The nodes that stand for biases, ascending; at most one in each layer.
    pinned_layers
        Positions of the layers whose incoming arcs no null model moves, ascending: sums, which one arc for each unit
        leads to from each of their terms.
    layer_names
        By layer, what the source calls it, or None.
    input_layers, output_layers
        Positions of the layers of inputs and of outputs, which a module may have several of, anywhere; where none are
        known, the first layer and the last.
    """

    layer_of: npt.NDArray[np.int32]
    layer_labels: npt.NDArray[np.int64]
    bias_nodes: tuple[int, ...] = ()
    pinned_layers: tuple[int, ...] = ()
    layer_names: tuple[str, ...] | None = None
    input_layers: tuple[int, ...] = ()
    output_layers: tuple[int, ...] = ()

    @property
    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions of the layers of inputs, and of outputs; none where there is no layer."""
        if not self.n_layers:
            return (), ()
        return self.input_layers or (0,), self.output_layers or (self.n_layers - 1,)

    @property
    def n_layers(self) -> int:
        """Number of layers, those without nodes too."""
        return len(self.layer_labels)

    @property
    def keys(self) -> tuple[tuple[int, bool], ...]:
        """Of each group, the position of its layer and whether it is the layer's bias, ascending; some have no node."""
        return tuple((layer, is_bias) for layer in range(self.n_layers) for is_bias in (False, True))

    def of_node(self) -> npt.NDArray[np.int64]:
        """By node, the position of its group in :attr:`keys`, int64 of shape (n_nodes,)."""
        groups = 2 * self.layer_of.astype(np.int64)
        groups[list(self.bias_nodes)] += 1
        return groups

    def sizes(self) -> npt.NDArray[np.int64]:
        """By group, its number of nodes, int64."""
        return np.bincount(self.of_node(), minlength=2 * self.n_layers)

    def layer_sizes(self) -> npt.NDArray[np.int64]:
        """By layer, its number of nodes, biases too, int64."""
        return np.bincount(self.layer_of, minlength=self.n_layers).astype(np.int64)

    def layers(self) -> npt.NDArray[np.int64]:
        """By node, the label of its layer, int64 of shape (n_nodes,)."""
        return self.layer_labels[self.layer_of]

    def is_bias(self) -> npt.NDArray[np.bool_]:
        """By node, whether it is a bias, of shape (n_nodes,)."""
        flags = np.zeros(len(self.layer_of), dtype=bool)
        flags[list(self.bias_nodes)] = True
        return flags

    def is_pinned(self) -> npt.NDArray[np.bool_]:
        """By layer, whether its incoming arcs stay in place, of shape (n_layers,)."""
        flags = np.zeros(self.n_layers, dtype=bool)
        flags[list(self.pinned_layers)] = True
        return flags

    def units(self, layer: int) -> npt.NDArray[np.int64]:
        """Return the nodes of the layer at a position, without its bias."""
        nodes = np.flatnonzero(self.layer_of == layer)
        return nodes[~np.isin(nodes, self.bias_nodes)] if self.bias_nodes else nodes

    def restricted_to(self, keep: npt.NDArray[np.bool_]) -> NodeGroups:
        """Return the groups of the marked nodes, numbered anew; all layers stay."""
        new_number = np.cumsum(keep) - 1
        biases = tuple(int(new_number[node]) for node in self.bias_nodes if keep[node])
        return self._replace(layer_of=self.layer_of[keep], bias_nodes=biases)


class Rows(NamedTuple):
    """Canonical compressed sparse rows of a digraph: columns ascend, without self-loops and duplicates.

    Attributes
    ----------
    n_nodes
        Number of nodes.
    indptr, indices
        Starts of the rows and the columns, both int32 or both int64.
    node_ids
        Where nodes without edges would dominate, only the others have rows: row r is node ``node_ids[r]``. Otherwise
        None.
    labels
        What the source calls the nodes, or None.
    groups
        Layers and biases; None for a plain digraph. With them, every node has a row.
    dropped
        How many edges of the source were left out, by reason; see :attr:`motifcount.Graph.dropped`.
    weights
        Of a torch module, where the entries of its weights are.
    kinds
        The kinds of the arcs, in the order of `indices`; None where arcs have none.
    arc_weights
        The weights of the arcs, finite and not 0, float64 in the order of `indices`; None where arcs have none.
    borrowed
        Whether `indptr` or `indices` may be arrays of the caller, who can change them after the call.
    """

    n_nodes: int
    indptr: IntArray
    indices: IntArray
    node_ids: npt.NDArray[np.int64] | None = None
    labels: tuple[Hashable, ...] | None = None
    groups: NodeGroups | None = None
    dropped: Mapping[str, int] = Frozen({})
    borrowed: bool = False
    weights: tuple[WeightPlaces | KernelPlaces, ...] = ()
    kinds: ArcKinds | None = None
    arc_weights: npt.NDArray[np.float64] | None = None


def dropped(*, loops: int = 0, duplicates: int = 0, zeros: int = 0) -> Frozen[str, int]:
    """Return how many edges were left out, by reason."""
    return Frozen({"self-loops": loops, "duplicates": duplicates, "weight 0": zeros})
