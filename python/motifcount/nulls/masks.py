"""The null model that swaps in the masks of a module's weights, and makes the graph of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount._support.progress import Report
from motifcount.counting.count import induced_counts
from motifcount.graph import Graph, access
from motifcount.motifs.classes import Counted
from motifcount.nulls import kept
from motifcount.nulls.degree import Degree, checked_swaps
from motifcount.nulls.model import Chain, Traced, Tracing
from motifcount.nulls.one_by_one import OneByOne, Sampler
from motifcount.nulls.sampling import SINGLE, seed_of_sample

Bools = npt.NDArray[np.bool_]

# Numbers of random streams that no sample has.
_HIDDEN_START = SINGLE + 1
_FIRST_CHAIN = SINGLE + 2
_AFTER_SAMPLES = 2 * SINGLE


@dataclass(frozen=True, slots=True)
class _MaskChain(OneByOne):
    """Chains of masks, from a hidden start that all samples of a seed share."""

    swaps_per_edge: float

    @property
    def chain(self) -> Chain:
        """The null model as a chain, of all masks at once."""
        return self

    def _sampler(self, graph: Graph) -> Sampler:
        drawn = _Drawn(graph, self.swaps_per_edge)
        return lambda seed, k, num_threads: drawn.graph_of(drawn.sample(seed, k, num_threads))

    def trace_counts(
        self,
        graph: Graph,
        counted: Counted,
        seed: int,
        tracing: Tracing,
        num_threads: int,
        report: Report = None,
    ) -> Traced:
        """Return counts along chains; those of samples come last."""
        drawn = _Drawn(graph, self.swaps_per_edge)
        starts = [(drawn.observed, _FIRST_CHAIN + tracing.first_chain + k) for k in range(tracing.chains)]
        starts += [(drawn.sample(seed, k, num_threads), _AFTER_SAMPLES + k) for k in tracing.samples]
        rows: list[npt.NDArray[Any]] = []
        for masks, number in starts:
            for record in range(tracing.records):
                of_record = seed_of_sample(seed_of_sample(seed, number), record)
                masks = Degree(tracing.stride).draw(masks, of_record, num_threads)
                rows.append(induced_counts(drawn.graph_of(masks), counted, threads=num_threads).to_numpy())
                if report is not None:
                    report(len(rows))
        return Traced(np.array(rows).reshape(len(starts), tracing.records, -1), {})


@dataclass(frozen=True, slots=True)
class Masks(_MaskChain):
    """The mask of every weight keeps its row and column sums; the graph is made of the masks.

    For graphs of torch modules (:meth:`~motifcount.Graph.from_module`), whose weights may stand for many edges each:
    in an unrolled convolution one at every position, and where a module is used twice one for each use. Single edges
    cannot be swapped there, but the weights of a mask can. A mask is taken as a matrix: its first axis (of a
    convolution, the channels written) by all others (channel read and place in the kernel), of grouped convolutions
    group by group. Every row and column keeps its number of kept weights; uniform over all such masks, by the chain of
    :class:`Degree`, from a start that all samples share. Edges that no mask gives stay in place: pinned ones, those of
    biases and of computed weights.

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
    needs_module: ClassVar[bool] = True
    swaps_per_edge: float = field(default=10.0, metadata={"help": "length of the chain, in attempts per kept weight"})

    def __post_init__(self) -> None:
        object.__setattr__(self, "swaps_per_edge", checked_swaps(self.swaps_per_edge))

    def check(self, graph: Graph) -> None:
        """Refuse a graph without weights."""
        if not access.weights(graph):
            raise ValueError('null="masks" needs a graph of a torch module, read by Graph.from_module')

    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[kept.Weights]:
        return list(kept.impossible(graph, observed))


class _Drawn:
    """Random masks of a graph, as graphs of masks; samples by the parallel scheme of Besag and Clifford (1989)."""

    def __init__(self, graph: Graph, swaps_per_edge: float) -> None:
        self._graph, self._null = graph, Degree(swaps_per_edge)
        self._weights = access.weights(graph)
        self._masks = _MaskGraph(self._weights)
        self._fixed = _edges_without_weights(graph, self._weights)
        self._starts: dict[int, Graph] = {}  # by seed

    @property
    def observed(self) -> Graph:
        return self._masks.graph

    def sample(self, seed: int, k: int, num_threads: int) -> Graph:
        start = self.observed
        if k != SINGLE:
            if seed not in self._starts:
                self._starts[seed] = self._null.draw(start, seed_of_sample(seed, _HIDDEN_START), num_threads)
            start = self._starts[seed]
        return self._null.draw(start, seed_of_sample(seed, k), num_threads)

    def graph_of(self, masks: Graph) -> Graph:
        found = self._masks.read(masks)
        new = tuple(places._replace(kept=found[places.name]) for places in self._weights)
        src, dst = zip(self._fixed, *(places.arcs(places.kept) for places in new), strict=True)
        return access.with_edges(self._graph, np.concatenate(src), np.concatenate(dst), new)


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
