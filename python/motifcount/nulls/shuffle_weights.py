"""The null model that permutes the weights of edges over the fixed wiring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from motifcount._support import arguments
from motifcount.graph import Graph, access
from motifcount.nulls.kept import Weights, each
from motifcount.nulls.one_by_one import OneByOne, Sampler, shuffle_within


@dataclass(frozen=True, slots=True)
class ShuffleWeights(OneByOne):
    """All edges stay, and their weights are permuted among them: every arrangement is equally likely.

    Exactly uniform, drawn directly. For graphs with weights, and :func:`~motifcount.intensity_significance`: counts
    stay what they are. Random graphs have no kinds. Edges into pinned layers keep their weights.

    Parameters
    ----------
    within_blocks
        True permutes weights among the edges from one layer to another only, block by block (a bias is a group of its
        own); for graphs with layers.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind; and where it is used, if edges have no weights, or layers are missing.
    """

    name: ClassVar[str] = "weights"
    keeps_layers: ClassVar[bool] = True
    within_blocks: bool = field(default=False, metadata={"help": "permute weights within blocks only"})

    def __post_init__(self) -> None:
        object.__setattr__(self, "within_blocks", arguments.flag("within_blocks", self.within_blocks))

    @property
    def has_weights(self) -> bool:
        return True

    @property
    def keeps_edges(self) -> bool:
        return True

    def check(self, graph: Graph) -> None:
        """Refuse a graph without weights, and within blocks one without layers."""
        if access.arc_weights(graph) is None:
            raise ValueError('null="weights" needs a graph whose edges have weights: Graph(adj, weights=True), say')
        if self.within_blocks and access.groups(graph) is None:
            raise ValueError("within_blocks must be False for a graph without layers, not True")

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[Weights]:
        return list(each(observed))

    def _sampler(self, graph: Graph) -> Sampler:
        weights = access.arc_weights(graph)
        assert weights is not None
        edges = np.flatnonzero(access.is_free(graph))
        blocks = access.blocks_of_edges(graph)[edges] if self.within_blocks else np.zeros(len(edges), np.int64)
        shuffle = shuffle_within(blocks)

        def sample(seed: int, k: int, num_threads: int) -> Graph:
            new = weights.copy()
            new[edges] = weights[edges[shuffle(seed, k)]]
            return access.with_arc_weights(graph, new)

        return sample
