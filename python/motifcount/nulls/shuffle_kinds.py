"""The null model that permutes the kinds of edges over the fixed wiring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.graph import Graph, access
from motifcount.inputs.kinds import ArcKinds
from motifcount.nulls import kept_by_kind
from motifcount.nulls.kept import Weights
from motifcount.nulls.one_by_one import OneByOne, Sampler, shuffle_within


@dataclass(frozen=True, slots=True)
class ShuffleKinds(OneByOne):
    """All edges stay, and their kinds are permuted among them: every arrangement is equally likely.

    Exactly uniform, drawn directly. Counts without regard to kinds stay what they are, so that of each class only the
    split into kinds is tested: with two signs, coherent and incoherent feed-forward loops are as many together in every
    sample, and their two z, of opposite sign, are one finding. Edges into pinned layers keep their kinds.

    Parameters
    ----------
    within_blocks
        True permutes kinds among the edges from one layer to another only, block by block (a bias is a group of its
        own); for graphs with layers.
    by_source
        True where a kind belongs to the node that edges leave, as a neuron excites or inhibits all its targets (Dale's
        rule): then the kinds of nodes are permuted, over all nodes with edges out or, `within_blocks`, over those of a
        layer, and all edges of a node have its kind. The number of edges of a kind varies.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind; and where it is used, if edges have no kinds, layers are missing, or edges of
        two kinds leave a node whose edges are to have one.
    """

    name: ClassVar[str] = "kinds"
    keeps_layers: ClassVar[bool] = True
    within_blocks: bool = field(default=False, metadata={"help": "permute kinds within blocks only"})
    by_source: bool = field(default=False, metadata={"help": "permute the kinds of nodes, which all their edges have"})

    def __post_init__(self) -> None:
        for name in ("within_blocks", "by_source"):
            object.__setattr__(self, name, arguments.flag(name, getattr(self, name)))

    @property
    def has_kinds(self) -> bool:
        return True

    @property
    def keeps_edges(self) -> bool:
        return True

    def check(self, graph: Graph) -> None:
        """Refuse a graph without kinds, within blocks one without layers, and by source one of nodes of two kinds."""
        kinds = access.kinds(graph)
        if kinds is None:
            raise ValueError('null="kinds" needs a graph whose edges have kinds: Graph(adj, kinds="sign"), say')
        if self.within_blocks and access.groups(graph) is None:
            raise ValueError("within_blocks must be False for a graph without layers, not True")
        free = access.is_free(graph)
        if self.by_source and not _one_each(access.edge_arrays(graph)[0][free], kinds.of_arc[free]):
            raise ValueError("by_source must be False where edges of two kinds leave a node, not True")

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[Weights]:
        return list(kept_by_kind.wiring(graph, observed, by_source=self.by_source))

    def _sampler(self, graph: Graph) -> Sampler:
        kinds = access.kinds(graph)
        assert kinds is not None
        edges = np.flatnonzero(access.is_free(graph))
        src = access.edge_arrays(graph)[0][edges]
        owners, owner_of = np.unique(src, return_inverse=True) if self.by_source else (edges, np.arange(len(edges)))
        blocks = np.zeros(len(owners), np.int64)
        groups = access.groups(graph)
        if self.within_blocks and groups is not None:
            blocks = groups.of_node()[owners] if self.by_source else access.blocks_of_edges(graph)[edges]
        shuffle = shuffle_within(blocks)
        before = np.zeros(len(owners), np.uint8)
        before[owner_of] = kinds.of_arc[edges]

        def sample(seed: int, k: int, num_threads: int) -> Graph:
            of_arc = kinds.of_arc.copy()
            of_arc[edges] = before[shuffle(seed, k)][owner_of]
            return access.with_new_kinds(graph, ArcKinds(kinds.labels, of_arc))

        return sample


def _one_each(nodes: npt.NDArray[np.int64], codes: npt.NDArray[np.uint8]) -> bool:
    """Whether nodes, which ascend, have one code each."""
    return bool(np.all((nodes[1:] != nodes[:-1]) | (codes[1:] == codes[:-1])))
