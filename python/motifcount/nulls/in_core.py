"""Null models that the compiled core draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from motifcount import _core
from motifcount._support.progress import Report
from motifcount.counting.by_kind import columns_in_core
from motifcount.counting.intensity import IntensityTable
from motifcount.counting.parts import NodeCounts
from motifcount.graph import Graph, access
from motifcount.inputs.kinds import ArcKinds
from motifcount.inputs.places import IntArray
from motifcount.motifs.classes import Counted
from motifcount.motifs.families import TETRADS
from motifcount.nulls.model import Chain, NullModel, Traced, Tracing
from motifcount.nulls.sampling import SampledCounts, SampleRange

# A random graph, what draws it, and its census of dyads and triads; and of all tetrads. Measured on R-MAT graphs and
# layered ones, dense and sparse.
_BYTES_AN_EDGE_OR_NODE, _BYTES_MORE_AN_EDGE = 28, 24


@dataclass(frozen=True, slots=True)
class InCore(NullModel):
    """A null model of the core, drawn from the observed graph and the options."""

    keeps_layers: ClassVar[bool] = True

    def check(self, graph: Graph) -> None:
        """Refuse a graph whose edges share weights, which edge by edge no swap keeps together."""
        NullModel.check(self, graph)
        if access.has_shared_weights(graph):
            raise NotImplementedError(
                f'null="{self.name}" does not know of weights that stand for an edge at every position, as in unrolled '
                "convolutions; motifcount.nulls.Masks() does"
            )

    def bytes_of_thread(self, graph: Graph, families: tuple[str, ...], more: int = 0) -> int:
        """Return about how many bytes each thread needs, with `more` for its counts: it draws samples of its own."""
        n_bytes = _BYTES_AN_EDGE_OR_NODE * (graph.n_edges + access.n_rows(graph)) + more
        return n_bytes + (_BYTES_MORE_AN_EDGE * graph.n_edges if TETRADS.name in families else 0)

    def draw(self, graph: Graph, seed: int, num_threads: int, report: Report = None) -> Graph:
        """Return one random graph."""
        return self._drawn(graph, seed, num_threads, report, lambda nodes: nodes)

    def sample_counts(
        self, graph: Graph, counted: Counted, samples: SampleRange, num_threads: int, report: Report = None
    ) -> SampledCounts:
        """Return the counts of a range of samples; the same for any number of threads."""
        of_seed = (samples.seed, samples.first, samples.n)
        spec = self._in_core(graph, num_threads)
        table, *swaps = _core.sample_counts(access.in_core(graph), spec, *counted, of_seed, num_threads, report)
        return SampledCounts(table[:, columns_in_core(graph, counted)], *swaps)

    def sample_intensities(
        self, graph: Graph, samples: SampleRange, num_threads: int, report: Report = None
    ) -> IntensityTable:
        """Return intensity and coherence of a range of samples; the same for any number of threads."""
        of_seed = (samples.seed, samples.first, samples.n)
        spec = self._in_core(graph, num_threads)
        weights = access.arc_weights(graph)
        assert weights is not None
        return _core.sample_intensities(access.in_core(graph), weights, spec, of_seed, num_threads, report)[:, :, 3:]

    def sample_node_counts(
        self,
        graph: Graph,
        families: tuple[str, ...],
        by_role: bool,
        samples: SampleRange,
        num_threads: int,
        report: Report = None,
    ) -> tuple[NodeCounts, ...]:
        """Return by family the counts of a range of samples by node and class, or role: (samples, n_nodes, columns)."""
        of_seed = (samples.seed, samples.first, samples.n)
        spec = self._in_core(graph, num_threads)
        tables = _core.sample_node_counts(access.in_core(graph), spec, families, by_role, of_seed, num_threads, report)
        if tables and tables[0].shape[1] == graph.n_nodes + 1:
            return tuple(table[:, :-1] for table in tables)
        return tuple(
            np.array([access.spread_to_nodes(graph, sample[:-1], elsewhere=sample[-1]) for sample in table])
            for table in tables
        )

    def _core_options(self, graph: Graph, num_threads: int) -> dict[str, Any]:
        """Return the options that the core takes."""
        return self.options

    def _in_core(self, graph: Graph, num_threads: int) -> _core.NullSpec:
        return _core.NullSpec(self.name, **self._core_options(graph, num_threads))

    def _drawn(
        self, graph: Graph, seed: int, num_threads: int, report: Report, nodes: Callable[[IntArray], IntArray]
    ) -> Graph:
        """Return one random graph; `nodes` returns the nodes of the numbers that the core gives them."""
        spec = self._in_core(graph, num_threads)
        carried = access.arc_weights(graph) if self.has_weights else None
        src, dst, of_arc, weights, *_ = _core.randomize(access.in_core(graph), spec, seed, carried, num_threads, report)
        old = access.kinds(graph)
        kinds = None if old is None or not self.has_kinds else ArcKinds(old.labels, of_arc)
        return access.with_edges(
            graph, nodes(src), nodes(dst), kinds=kinds, arc_weights=None if carried is None else weights
        )


@dataclass(frozen=True, slots=True)
class SwapChain(InCore):
    """A null model that is drawn by a chain of edge swaps.

    Attributes
    ----------
    swaps_per_edge
        Length of the chain between two samples, in attempts per edge.
    """

    swaps_per_edge: float

    @property
    def chain(self) -> Chain:
        """The null model as a chain."""
        return self

    def draw(self, graph: Graph, seed: int, num_threads: int, report: Report = None) -> Graph:
        """Return one random graph."""
        return self._drawn(graph, seed, num_threads, report, lambda rows: access.nodes_of_rows(graph, rows))

    def blocks_with_choice(self, graph: Graph) -> frozenset[tuple[int, int]]:
        """Return the blocks that are known to have several states: whose degrees have more than one realization."""
        return frozenset(_core.blocks_with_choice(access.in_core(graph)))

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
        plan = (seed, *tracing)
        spec = self._in_core(graph, num_threads)
        table, blocks = _core.trace_counts(access.in_core(graph), spec, *counted, plan, num_threads, report)
        swaps = {(source, target): (tried, accepted) for source, target, tried, accepted in blocks}
        return Traced(table[..., columns_in_core(graph, counted)], swaps)
