"""What a null model says of itself: what it keeps and needs, and how its random graphs are drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, Protocol

from motifcount._support import memory
from motifcount._support.progress import Report
from motifcount.counting.intensity import IntensityTable
from motifcount.counting.parts import NodeCounts
from motifcount.graph import Graph, access
from motifcount.motifs.classes import Counted, families_of
from motifcount.nulls.kept import Weights
from motifcount.nulls.sampling import SampledCounts, SampleRange, Table


class ClosedForms(Protocol):
    """Exact moments of the induced counts of one graph under a null model."""

    def mean_and_variance(self, name: str) -> tuple[Fraction, Fraction]:
        """Return mean and variance of the count of a class."""

    def covariance(self, name: str, other: str) -> Fraction:
        """Return the covariance of the counts of two classes."""


class Tracing(NamedTuple):
    """What is counted along chains."""

    stride: float  # attempts per edge between two records
    records: int  # of each chain
    chains: int = 0  # from the observed graph
    samples: tuple[int, ...] = ()  # one more chain goes on from each of these samples
    first_chain: int = 0  # number of the first from the observed graph


TriadScale = Mapping[str, float]
"""By closed triad, the standard deviation of its count where it is not held, but at least a half."""


class Traced(NamedTuple):
    """Counts along chains, and by block, as (source layer, target layer), the swaps attempted and accepted."""

    table: Table  # of shape (chains, records, classes)
    swaps: Mapping[tuple[int, int], tuple[int, int]]


class Chain(Protocol):
    """A null model whose samples are states of a Markov chain."""

    @property
    def swaps_per_edge(self) -> float:
        """Length of a sample's chain, in attempts per edge."""

    def written(self, **changes: Any) -> str:
        """Return the call that makes the same null model but for some options, as ``nulls.Degree(20)``."""

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

    def blocks_with_choice(self, graph: Graph) -> frozenset[tuple[int, int]]:
        """Return the blocks, as (source layer, target layer), that are known to have several states."""


@dataclass(frozen=True, slots=True)
class NullModel(ABC):
    """A distribution of random graphs with the nodes of an observed graph; its fields are its options.

    Attributes
    ----------
    keeps_layers
        Whether random graphs have the layers of the observed one.
    needs_strict_layers
        Whether it is defined for graphs only in which every edge leads from one layer to the next.
    needs_module
        Whether it is defined for graphs of torch modules only.
    has_closed_forms
        Whether the exact moments of the counts are known.
    is_fitted
        Whether its probabilities are estimated from the observed graph. The graph is not like one more sample then, and
        there are no p-values.
    """

    keeps_layers: ClassVar[bool] = False
    needs_strict_layers: ClassVar[bool] = False
    needs_module: ClassVar[bool] = False
    has_closed_forms: ClassVar[bool] = False
    is_fitted: ClassVar[bool] = False

    @property
    @abstractmethod
    def name(self) -> str:
        """What it is called in results."""

    @property
    def given(self) -> Any:
        """What stands for it in results: the object or the function that the caller gave."""
        return self

    @property
    def options(self) -> dict[str, Any]:
        """The options as plain Python objects."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def written(self, **changes: Any) -> str:
        """Return the call that makes the same null model but for some options, which come first; no needless ones."""
        options = self._unusual(changes)
        first = fields(self)[0].name
        words = {name: f"{value:g}" if isinstance(value, float) else repr(value) for name, value in options.items()}
        calls = (word if name == first else f"{name}={word}" for name, word in words.items())
        return f"nulls.{type(self).__name__}({', '.join(calls)})"

    @property
    def in_words(self) -> tuple[str, ...]:
        """The options that are not the usual ones, as "mutual edges kept" or "swaps per edge 20"."""
        words = {field.name: field.metadata.get("words", field.name.replace("_", " ")) for field in fields(self)}
        return tuple(
            words[name]
            if value is True
            else f"{words[name]} {format(value, 'g') if isinstance(value, float) else value}"
            for name, value in self._unusual({}).items()
        )

    @property
    def title(self) -> str:
        """The name, and the options that are not the usual ones: "degree (mutual edges kept)"."""
        return f"{self.name} ({', '.join(self.in_words)})" if self.in_words else self.name

    def _unusual(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options that make the same null model but for some, which come first; no needless ones."""
        options = {**changes, **{name: value for name, value in self.options.items() if name not in changes}}
        for name in [name for name in self.options if name not in changes]:
            fewer = {other: value for other, value in options.items() if other != name}
            if self._is_made_by(fewer, options):
                options = fewer
        return options

    def _is_made_by(self, fewer: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
        """Whether fewer options make the same null model, rather than another or, by themselves, none."""
        try:
            return type(self)(**fewer) == type(self)(**options)
        except (TypeError, ValueError):
            return False

    @property
    def chain(self) -> Chain | None:
        """The null model as a Markov chain whose mixing can be measured; None if samples are independent."""
        return None

    @property
    def has_kinds(self) -> bool:
        """Whether the edges of random graphs have kinds, as those of the observed one."""
        return False

    @property
    def has_weights(self) -> bool:
        """Whether the edges of random graphs have weights, as those of the observed one."""
        return False

    @property
    def keeps_edges(self) -> bool:
        """Whether random graphs have the edges of the observed one, of other kinds."""
        return False

    def blocks_with_choice(self, graph: Graph) -> frozenset[tuple[int, int]]:
        """Return the blocks, as (source layer, target layer), that are known to have several states."""
        return frozenset()

    def prepared(self, graph: Graph, num_threads: int) -> NullModel:
        """Return the null model with what it first has to measure on the graph; the same for any number of threads."""
        return self

    def bytes_of_thread(self, graph: Graph, families: tuple[str, ...], more: int = 0) -> int:
        """Return about how many bytes each thread needs, with `more` for its counts; 0 if threads share one sample."""
        return 0

    def threads_that_fit(
        self, threads: int, graph: Graph, families: tuple[str, ...], more: int = 0, what: str = "one random graph"
    ) -> int:
        """Return how many threads find memory; warn if they are fewer."""
        return memory.threads_that_fit(threads, self.bytes_of_thread(graph, families, more), what)

    @property
    def keeps_triads(self) -> bool:
        """Whether triads are kept, so that motifs of four nodes are what can be tested."""
        return False

    @property
    def triad_scale(self) -> TriadScale | None:
        """Return the unit in which triads that are held near the observed counts deviate; None where none are.

        Of a null model that is `prepared`.
        """
        return None

    @abstractmethod
    def keeps(self, graph: Graph, observed: Mapping[str, int]) -> Sequence[Weights]:
        """Return the weighted sums of counts that every random graph shares with the observed one.

        Weights are by class, of the classes in `observed`. Only what holds for certain belongs here: it is checked on
        every sample, and a class that follows from it is reported as fixed or dependent.
        """

    def closed_forms(self, graph: Graph) -> ClosedForms | None:
        """Return the exact moments of the counts, None unless `has_closed_forms`.

        Raises
        ------
        NotImplementedError
            If they are known for other graphs only.
        """
        return None

    def check(self, graph: Graph) -> None:
        """Refuse a graph for which the null model is not defined.

        Raises
        ------
        ValueError
            If the graph lacks the layers that it needs.
        """
        if self.needs_strict_layers and not access.has_strict_layers(graph):
            layered = "a strictly layered graph (every edge leads from one layer to the next)"
            raise ValueError(f'null="{self.name}" needs {layered}')

    def families(self, graph: Graph, sizes: tuple[int, ...]) -> tuple[str, ...]:
        """Return the families of classes that the graph and all its random graphs can hold."""
        has_strict = access.has_strict_levels if self.keeps_edges else access.has_strict_layers
        layered = self.keeps_layers and has_strict(graph)
        return families_of(sizes, layered=layered)

    @abstractmethod
    def draw(self, graph: Graph, seed: int, num_threads: int, report: Report = None) -> Graph:
        """Return one random graph."""

    @abstractmethod
    def sample_counts(
        self, graph: Graph, counted: Counted, samples: SampleRange, num_threads: int, report: Report = None
    ) -> SampledCounts:
        """Return the counts of a range of samples; the same for any number of threads."""

    @abstractmethod
    def sample_intensities(
        self, graph: Graph, samples: SampleRange, num_threads: int, report: Report = None
    ) -> IntensityTable:
        """Return intensity and coherence of samples of a graph with positive weights, where it `has_weights`."""

    @abstractmethod
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
