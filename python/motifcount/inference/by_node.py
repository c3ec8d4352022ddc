"""Which nodes are in more, or fewer, motifs than chance?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, memory
from motifcount._support.arguments import Sizes
from motifcount._support.progress import Progress, Report, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.counting.by_node import columns, node_tables, role_columns
from motifcount.counting.parts import ByRole
from motifcount.graph import Graph, as_graph
from motifcount.inference import cautions
from motifcount.inference.node_result import FloatArray, NodeSignificance
from motifcount.inference.sequential import MAX_SAMPLES
from motifcount.inference.significance import sizes_to_test
from motifcount.motifs.by_class import ByClass
from motifcount.motifs.classes import ROLES, classes_of
from motifcount.nulls import Null, resolve
from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import SampleRange

_BYTES_AT_ONCE = 2**28  # of the counts of samples that are held together
_MOST_AT_ONCE = 64
_LEAST_SCALE = 1.0
_ROUNDING = 1e-9  # scores that differ by less are taken to be equal
_BYTES_A_NUMBER = 100  # of the result, and while it is made


def node_significance(
    adj: Any,
    null: str | Null = "degree",
    *,
    size: Sizes | None = None,
    by_role: bool = False,
    samples: int = 1000,
    seed: int | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
) -> NodeSignificance:
    """Hold the motifs that contain each node against those of random graphs.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    null, size, num_threads
        As for :func:`~motifcount.significance`. Sample k of a seed is the same there and here.
    by_role
        Test the places of the nodes in the motifs apart (:data:`ROLES`).
    samples
        Number of random graphs, 2 to 10**7.
    seed
        0 to 2**64 - 1, or None for a fresh one, which the result tells.
    progress
        A function ``(done, total)``, True or False; None shows a bar on a terminal when it takes long. Samples are
        drawn twice, so `total` is twice their number.

    Raises
    ------
    NotImplementedError
        As :func:`~motifcount.count` by node.
    TypeError, ValueError
        For an unknown null model, arguments out of their range, and a graph that the null model cannot take.
    MemoryError
        If the result, some 100 bytes for each node and class or role, does not fit.

    Warns
    -----
    RuntimeWarning
        If the random graphs of so many threads would not fit the memory that is available, and fewer are used.
    UserWarning
        If the graph has no layers, but strict levels or no directed cycle, which random graphs will not keep.

    Notes
    -----
    No table of samples is kept: samples are drawn once for their moments, and again to hold the score of every count
    against the largest score of each sample (Westfall and Young 1993). Scores are deviations from the mean of graph
    and samples together, in their standard deviation, or in motifs where that is below 1: else single motifs of rare
    classes would hide all others (as the constant of Tusher, Tibshirani and Chu 2001, doi:10.1073/pnas.091062498).
    Time is that of two times `samples` random graphs and counts by node. No pilot chains are run: p-values are valid
    for any number of swaps, z for enough (see :func:`~motifcount.significance`).

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum").drop_ineffective()
    >>> found = mc.node_significance(net, size=4, samples=100, seed=1)
    >>> found.z["bifan"].shape == (net.n_nodes,), bool((found.p_over["bifan"] >= 1 / 101).all())
    (True, True)
    """
    graph = as_graph(adj)
    asked = model = resolve(null)
    sizes = sizes_to_test(graph, model) if size is None else arguments.motif_sizes(size)
    by_role = arguments.flag("by_role", by_role)
    n = arguments.integer("samples", samples, 2, MAX_SAMPLES)
    wanted = SampleRange(arguments.seed_or_fresh(seed), 0, n)
    check_progress(progress)
    threads = effective_threads(num_threads)
    cautions.warn_of_levels(graph, model)
    model.check(graph)
    model = model.prepared(graph, threads)
    families = model.families(graph, sizes)
    with reporter(progress, 2 * n, f"{n} samples, twice") as report:
        run = _Run(graph, model, families, by_role, wanted, threads, report)
        run.require_memory()
        more = 2 * 8 * graph.n_nodes * run.n_columns()
        run.threads = model.threads_that_fit(threads, graph, families, more, "one random graph with its counts")
        found = run.evaluate()
    if model.is_fitted:
        none = {family: np.full(table.shape, np.nan) for family, table in found["z"].items()}
        found |= {"p_over": none, "p_under": none, "p_adjusted": none}
    by_class = {name: _by_class(tables, by_role, graph.n_nodes) for name, tables in found.items()}
    return NodeSignificance(**by_class, null=asked.given, samples=n, seed=wanted.seed)


Tables = dict[str, npt.NDArray[Any]]
"""By family, an array of shape (n_nodes, classes or roles)."""


@dataclass(slots=True)
class _Run:
    graph: Graph
    model: NullModel
    families: tuple[str, ...]
    by_role: bool
    samples: SampleRange
    threads: int
    report: Report
    done: int = field(default=0, init=False)
    first: Tables | None = field(default=None, init=False)

    def evaluate(self) -> dict[str, Tables]:
        """Return the columns of a :class:`NodeSignificance`."""
        n = self.samples.n
        observed = node_tables(self.graph, self.families, True, self.threads, by_role=self.by_role)
        mean, squares = ({family: np.zeros(table.shape) for family, table in observed.items()} for _ in range(2))
        over, under = ({family: np.ones(table.shape, np.int32) for family, table in observed.items()} for _ in range(2))
        for k, difference in enumerate(self._differences(observed), start=1):
            for family, more in difference.items():  # Welford 1962, doi:10.1080/00401706.1962.10490022
                off = more - mean[family]
                mean[family] += off / k
                squares[family] += off * (more - mean[family])
                over[family] += more >= 0
                under[family] += more <= 0
        std = {family: np.sqrt(square / (n - 1)) for family, square in squares.items()}
        # Of graph and samples together, which so stay exchangeable. The graph's difference is 0.
        centre = {family: mean[family] * n / (n + 1) for family in observed}
        scale = {family: np.sqrt((squares[family] + mean[family] ** 2 * n / (n + 1)) / n) for family in observed}
        return {
            "observed": dict(observed),
            "mean": {family: table + mean[family] for family, table in observed.items()},
            "std": std,
            "z": {family: _quotient(-mean[family], std[family]) for family in observed},
            "p_over": {family: table / (n + 1) for family, table in over.items()},
            "p_under": {family: table / (n + 1) for family, table in under.items()},
            "p_adjusted": self._adjusted(observed, centre, scale),
        }

    def _adjusted(self, observed: Tables, centre: Tables, scale: Tables) -> Tables:
        """Hold the score of every count of the graph against the largest of each sample."""

        def scores(family: str, difference: Any) -> FloatArray:
            found: FloatArray = np.abs(difference - centre[family]) / np.maximum(scale[family], _LEAST_SCALE)
            return found

        highest = [
            max(scores(family, more).max(initial=0) for family, more in difference.items())
            for difference in self._differences(observed)
        ]
        highest.sort()
        p = {}
        for family in observed:
            own = scores(family, 0) * (1 - _ROUNDING)
            beyond = len(highest) - np.searchsorted(highest, own, side="left")
            p[family] = np.where(scale[family] > 0, (1 + beyond) / (1 + len(highest)), np.nan)
        return p

    def _differences(self, observed: Tables) -> Iterator[Tables]:
        """Yield what the counts of each sample have more than those of the graph."""
        for part in self.samples.split(self._n_at_once()):
            report = None if self.report is None else self._reporting(self.report)
            tables = self.model.sample_node_counts(self.graph, self.families, self.by_role, part, self.threads, report)
            self.done += part.n
            for k in range(part.n):
                found = {family: table[k] - observed[family] for family, table in zip(observed, tables, strict=True)}
                if part.first + k == self.samples.first:
                    self._check_repeats(found)
                yield found

    def _check_repeats(self, first: Tables) -> None:
        """Refuse a null model whose first sample is another graph when it is drawn again."""
        if self.first is None:
            self.first = first
        elif any((table != self.first[family]).any() for family, table in first.items()):
            raise ValueError(f"null: {self.model.name} must return the same graph for the same seed, and does not")

    def _reporting(self, report: Callable[[int], object]) -> Report:
        before = self.done
        return lambda done, _total=None: report(before + done)

    def require_memory(self) -> None:
        n_numbers = self.graph.n_nodes * self.n_columns()
        what = f"node_significance: {self.n_columns()} columns for each of {self.graph.n_nodes:,} nodes"
        memory.require_memory((_BYTES_A_NUMBER + 8 * self._n_at_once()) * n_numbers, what)

    def _n_at_once(self) -> int:
        fitting = _BYTES_AT_ONCE // (8 * max(self.graph.n_nodes, 1) * self.n_columns())
        return max(min(fitting, _MOST_AT_ONCE), self.threads)

    def n_columns(self) -> int:
        return sum(len(ROLES[name]) if self.by_role else 1 for name in classes_of(self.families))


def _quotient(values: FloatArray, by: FloatArray) -> FloatArray:
    """Return NaN where `by` is 0."""
    quotient: FloatArray = np.divide(values, by, out=np.full(by.shape, np.nan), where=by > 0)
    return quotient


def _by_class(tables: Tables, by_role: bool, n_nodes: int) -> ByClass[Any]:
    for table in tables.values():
        table.flags.writeable = False
    none = np.broadcast_to(np.int64(0), (n_nodes,))
    if by_role:
        return ByRole(role_columns(tables), none)
    return ByClass(columns(tables), none)
