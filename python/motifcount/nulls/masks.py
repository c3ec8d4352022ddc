"""The null model that swaps in the masks of a module's weights, and makes the graph of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.graph import Graph, access
from motifcount.nulls import kept
from motifcount.nulls.degree import Degree, checked_swaps
from motifcount.nulls.one_by_one import OneByOne, Sampler
from motifcount.nulls.sampling import seed_of_sample

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Masks(OneByOne):
    """The mask of every weight keeps its row and column sums; the graph is made of the masks.

    For graphs of torch modules (:meth:`~motifcount.Graph.from_module`), whose weights may stand for many edges each:
    in an unrolled convolution one at every position, and where a module is used twice one for each use. Single edges
    cannot be swapped there, but the weights of a mask can. A mask is taken as a matrix: its first axis (of a
    convolution, the channels written) by all others (channel read and place in the kernel), of grouped convolutions
    group by group. Every row and column keeps its number of kept weights; uniform over all such masks, by the chain of
    :class:`Degree`. Edges that no mask gives stay in place: pinned ones, those of biases and of computed weights.

    Parameters
    ----------
    swaps_per_edge
        Length of the chain, in attempts per kept weight of each mask.

    Raises
    ------
    TypeError, ValueError
        If the option is of another kind or out of its range; and where it is used, if the graph is of no module.
    """

    name: ClassVar[str] = "masks"
    keeps_layers: ClassVar[bool] = True
    swaps_per_edge: float = field(default=10.0, metadata={"help": "length of the chain, in attempts per kept weight"})

    def __post_init__(self) -> None:
        object.__setattr__(self, "swaps_per_edge", checked_swaps(self.swaps_per_edge))

    def check(self, graph: Graph) -> None:
        """Refuse a graph without weights."""
        if not access.weights(graph):
            raise ValueError('null="masks" needs a graph of a torch module, read by Graph.from_module')

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        return list(kept.impossible(graph, observed))

    def _sampler(self, graph: Graph) -> Sampler:
        weights = access.weights(graph)
        masks = _MaskGraph(weights)
        fixed = _edges_without_weights(graph, weights)
        null = Degree(self.swaps_per_edge)

        def sample(seed: int, k: int, num_threads: int) -> Graph:
            found = masks.read(null.draw(masks.graph, seed_of_sample(seed, k), num_threads))
            new = tuple(places._replace(kept=found[places.name]) for places in weights)
            src, dst = zip(fixed, *(places.arcs(places.kept) for places in new), strict=True)
            return access.with_edges(graph, np.concatenate(src), np.concatenate(dst), new)

        return sample


def _edges_without_weights(graph: Graph, weights: Sequence[access.Places]) -> tuple[npt.NDArray[np.int64], ...]:
    src, dst = access.edge_arrays(graph)
    ends = [places.arcs(places.kept) for places in weights]
    given = np.concatenate([source * graph.n_nodes + target for source, target in ends])
    others = ~np.isin(src * graph.n_nodes + dst, given)
    return src[others], dst[others]


class _Part(NamedTuple):
    """A group of rows of a mask, and the nodes of their graph: columns from `first`, then rows."""

    name: str
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    first: int


class _MaskGraph:
    """Masks as a graph: a layer of columns and one of rows for each group of each mask."""

    def __init__(self, weights: Sequence[access.Places]) -> None:
        self._kept = {places.name: places.kept for places in weights}
        groups = {places.name: places.groups for places in weights}
        known = {name: np.zeros(mask.shape, dtype=bool) for name, mask in self._kept.items()}
        for places in weights:
            known[places.name] |= places.known()
        self._parts: list[_Part] = []
        src, dst = [], []
        sizes: list[int] = []
        for name, mask in self._kept.items():
            matrix, places_known = (x.reshape(len(mask), -1) for x in (mask, known[name]))
            for rows in np.split(np.arange(len(mask)), groups[name]):
                part = self._part(name, rows, places_known, sum(sizes))
                columns, targets = np.nonzero(matrix[np.ix_(part.rows, part.columns)].T)
                src.append(part.first + columns)
                dst.append(part.first + len(part.columns) + targets)
                sizes += [len(part.columns), len(part.rows)]
                self._parts.append(part)
        self.graph = Graph.from_edges(
            np.concatenate(src), np.concatenate(dst), sum(sizes), np.repeat(np.arange(len(sizes)), sizes)
        )

    def _part(self, name: str, rows: npt.NDArray[np.int64], known: Bools, first: int) -> _Part:
        """Return the rows and columns with a place in the graph."""
        of_rows, of_columns = known[rows].any(axis=1), known[rows].any(axis=0)
        if np.any(known[rows] != np.logical_and.outer(of_rows, of_columns)):
            raise NotImplementedError(f'null="masks" takes no weights of which parts are unused, as of {name}')
        return _Part(name, rows[of_rows], np.flatnonzero(of_columns), first)

    def read(self, drawn: Graph) -> dict[str, Bools]:
        """Return the masks of a random graph."""
        src, dst = access.edge_arrays(drawn)
        masks = {name: mask.copy() for name, mask in self._kept.items()}
        ends = [part.first for part in self._parts] + [drawn.n_nodes]
        for part, (low, high) in zip(self._parts, pairwise(ends), strict=True):
            of_part = slice(*np.searchsorted(src, (low, high)))  # sources ascend
            matrix = masks[part.name].reshape(len(masks[part.name]), -1)
            matrix[np.ix_(part.rows, part.columns)] = False
            rows = part.rows[dst[of_part] - low - len(part.columns)]
            matrix[rows, part.columns[src[of_part] - low]] = True
        return masks
