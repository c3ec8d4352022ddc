"""Is a motif more, or less, frequent than chance? Samples of a null model against the observed counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from motifcount import mixing
from motifcount._support import arguments
from motifcount._support.arguments import Sizes
from motifcount._support.progress import Progress, Report, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.counting.count import induced_counts
from motifcount.counting.counts import MotifCounts
from motifcount.graph import Graph, access, as_graph
from motifcount.inference import cautions, from_closed_forms, from_samples
from motifcount.inference.assembly import Drawn, Question
from motifcount.inference.held_triads import taken_apart, with_triads
from motifcount.inference.relations import from_null
from motifcount.inference.result import Adjust, Significance
from motifcount.inference.sequential import Until, check_samples, draw_until
from motifcount.motifs.classes import Counted, classes_of
from motifcount.motifs.families import TRIADS
from motifcount.nulls import Null, names_where, pilots, resolve
from motifcount.nulls.model import ClosedForms, NullModel
from motifcount.nulls.sampling import SampledCounts, SampleRange
from motifcount.nulls.shards import check_travels, draw_counts_sharded


def significance(
    adj: Any,
    null: str | Null = "degree",
    *,
    size: Sizes | None = None,
    by_kind: bool = False,
    samples: int | Until | Literal["auto"] = 1000,
    seed: int | None = None,
    first_sample: int = 0,
    adjust: Adjust = "max_z",
    num_threads: int | None = None,
    executor: Executor | None = None,
    progress: Progress = None,
) -> Significance:
    """Hold the motif counts of a graph against those of random graphs.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    null
        "degree", "edge_count", "dyad_count", "soft_degree", "soft_dyad_count", "cover", "n_of_m", "kinds", "weights",
        "masks", an object from :mod:`motifcount.nulls`, or a function ``(Graph, seed)`` that returns a random graph
        with the same nodes.
    size
        Number of nodes of the motifs, 2, 3 or 4, or several of them. Size 4 has the ten classes that strictly layered
        graphs can hold where the graph is one and its random graphs are too, else all 199. Default what can be tested:
        4 for a graph of strict layers, whose triads the degrees fix, and for a null model that keeps triads, 3 for
        others.
    by_kind
        Test dyads and triads by the kinds of their edges: classes are named as ``030T ++-``, the kinds in the order of
        the arrows of ``030T``. For a graph with kinds, and a null model whose random graphs have some:
        :class:`nulls.ShuffleKinds <motifcount.nulls.ShuffleKinds>`, or
        :class:`nulls.Degree(keep_kinds=True) <motifcount.nulls.Degree>`.
    samples
        Number of random graphs, 2 to 10**7; "auto" for as many as make the p-value of every class known to about 20 %,
        10,000 at most (:class:`~motifcount.Until` for other numbers); or 0 for closed forms: of "edge_count" and
        "dyad_count" (in a graph of layers that is not strictly layered of sizes 2 and 3, up to 6 layers), of
        "soft_degree" and "soft_dyad_count" (sizes 2 and 3), and of "n_of_m" in a strictly layered graph.
    seed
        0 to 2**64 - 1, or None for a fresh one, which the result tells.
    first_sample
        Samples first_sample to first_sample + samples - 1 of the seed are drawn, so that runs can be continued or
        shared among machines; :func:`~motifcount.merge` puts the parts together.
    adjust
        How p-values are adjusted for the number of classes: "max_z" (Westfall and Young: the chance of any false
        claim) or "bh" (Benjamini and Hochberg: the false discovery rate, for which k classes need some 40 k samples).
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    executor
        A :class:`concurrent.futures.Executor` whose workers draw the samples, in shards: a process pool, Dask's
        ``Client.get_executor()``, ``mpi4py.futures.MPIPoolExecutor``, … With one, `num_threads` is that of each task,
        default 1. The result is the same, and samples of workers that are lost are drawn in this process.
    progress
        A function ``(done, total)`` of samples, True or False; None shows a bar on a terminal when it takes long.

    Raises
    ------
    NotImplementedError
        For samples=0 where no closed form is known; by kind for size 4 with a null model whose edges move.
    TypeError, ValueError
        For an unknown null model, arguments out of their range, and a graph that the null model cannot take.
    MemoryError
        If the table of counts does not fit.
    RuntimeError
        If the executor takes no work, as after its shutdown. What a function given as `null` or `progress` raises
        comes through.

    Warns
    -----
    RuntimeWarning
        If the executor lost workers; if the random graphs of so many threads would not fit the memory that is
        available, and fewer are used.
    UserWarning
        If the graph has no layers, but strict levels or no directed cycle, which random graphs will not keep; if
        samples are so few that "bh" could call no single class significant at 5 %.
    MixingWarning
        If pilot chains show that `swaps_per_edge` of "degree" or Masks is short for this graph, if a class is
        stuck, or if a block has several states and nearly all its swaps were refused.

    Notes
    -----
    Samples of "degree" and Masks are drawn by the parallel scheme of Besag and Clifford (1989,
    doi:10.1093/biomet/76.4.633), so p-values are valid for any number of swaps. Time is that of `samples` swap
    chains and censuses, shared among the threads, and of pilot chains as long as 36 samples (and 144 censuses),
    four times that where they leave doubt, and 16 times before a warning; memory one graph per thread and the table
    of counts.

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum").drop_ineffective()
    >>> result = mc.significance(net, size=(3, 4), samples=100, seed=1)
    >>> result.status["021D"], result.status["bifan"], result.z["bifan"] > 2
    ('fixed', 'varies', True)
    """
    graph = as_graph(adj)
    asked = model = resolve(null)
    if by_kind := arguments.flag("by_kind", by_kind):
        _check_has_kinds(model)
    sizes = sizes_to_test(graph, model, by_kind=by_kind) if size is None else arguments.motif_sizes(size)
    if by_kind and 4 in sizes and model.chain is not None:
        raise NotImplementedError('by_kind tests tetrads with null="kinds" alone; leave out size 4')
    most, until = _most_samples(samples, model)
    wanted = _sample_range(arguments.seed_or_fresh(seed), first_sample, most)
    arguments.choice("adjust", adjust, ("max_z", "bh"))
    if executor is not None:
        arguments.instance("executor", executor, Executor, "a concurrent.futures.Executor or None")
        check_travels(model, executor)
    check_progress(progress)
    threads = effective_threads(num_threads)
    cautions.warn_of_levels(graph, model)
    model.check(graph)
    model = asked.prepared(graph, threads)
    asked_for = Counted(model.families(graph, sizes), by_kind)
    threads = model.threads_that_fit(threads, graph, asked_for.families)
    observed = induced_counts(graph, asked_for, threads=threads)
    question = Question(
        observed=observed,
        null=asked.given,
        seed=wanted.seed,
        adjust=adjust,
        until=until,
        relations_from_null=from_null(graph, model, observed),
        fingerprint=access.fingerprint(graph),
    )
    if wanted.n == 0:
        return from_closed_forms.evaluate(question, _closed_forms(graph, model))
    ensemble = _Ensemble(
        graph=graph, model=model, asked_for=asked_for, observed=observed, wanted=wanted, until=until, threads=threads
    )
    drawn = ensemble.drawn(executor, num_threads or 1, progress)
    summaries = from_samples.summaries(observed, drawn.samples_table, until)
    result = from_samples.evaluate(question, drawn, summaries)
    cautions.warn_of_few_samples(result)
    if asked.chain is not None and drawn.mixing is not None:
        mixing.warn_if_short(asked.chain, drawn.mixing, result.samples)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ensemble:
    """The random graphs that are to be drawn, and what is counted in them."""

    graph: Graph
    model: NullModel
    asked_for: Counted
    observed: MotifCounts
    wanted: SampleRange
    until: Until | None
    threads: int

    def drawn(self, executor: Executor | None, threads_of_task: int, progress: Progress) -> Drawn:
        """Draw them, here or by the workers of an executor, after pilot chains if the null model has some."""
        graph, model, observed, wanted = self.graph, self.model, self.observed, self.wanted
        pilot = None
        if model.chain is not None:
            run = pilots.Run(graph, model.chain, self.asked_for, wanted.seed, self.threads)
            # a function counts samples only
            pilot = mixing.measure(run, observed, False if callable(progress) else progress)
        counted = self.asked_for if model.triad_scale is None else with_triads(self.asked_for)
        draw = _drawing(partial(model.sample_counts, graph, counted), self.threads, executor, threads_of_task)
        what = f"{wanted.n} samples" + " at most" * (self.until is not None)
        with reporter(progress, wanted.n, what) as report:
            if self.until is None:
                found = draw(wanted, report)
            else:
                names = tuple(observed) if counted == self.asked_for else classes_of(counted.families)
                columns = [names.index(name) for name in observed]
                found = draw_until(self.until, wanted, draw, tuple(observed.values()), columns, report)
        table, triads = found.table, None
        if model.triad_scale is not None:
            in_graph = induced_counts(graph, Counted((TRIADS.name,)), threads=self.threads)
            table, triads = taken_apart(counted, tuple(observed), table, in_graph, model.triad_scale)
        if pilot is not None:
            pilot = mixing.with_returns(pilot, run, replace(wanted, n=len(table)), table)
        return Drawn(
            samples_table=table,
            first_sample=wanted.first,
            attempts=found.attempts,
            accepted=found.accepted,
            mixing=pilot,
            triads=triads,
        )


def _most_samples(samples: Any, null: NullModel) -> tuple[int, Until | None]:
    """Return how many samples there are at most, and the rule that ends them, if one does."""
    asked = check_samples(samples)
    if not isinstance(asked, Until):
        return asked, None
    if null.is_fitted:
        raise ValueError(f'samples must be a number with null="{null.name}", which has no p-values')
    return asked.max_samples, asked


def _drawing(
    draw: partial[SampledCounts], threads: int, executor: Executor | None, threads_of_task: int
) -> Callable[[SampleRange, Report], SampledCounts]:
    """Return what draws a range of samples: here, or by the workers of an executor."""
    if executor is None:
        return lambda samples, report: draw(samples, threads, report)
    return lambda samples, report: draw_counts_sharded(draw, samples, executor, threads_of_task, report)


def _check_has_kinds(null: NullModel) -> None:
    if not null.has_kinds:
        raise ValueError(
            f'by_kind needs random graphs whose edges have kinds, and those of "{null.name}" have none; '
            'null="kinds" permutes those of the graph, nulls.Degree(keep_kinds=True) moves edges with theirs'
        )


def sizes_to_test(graph: Graph, null: NullModel, *, by_kind: bool = False) -> tuple[int, ...]:
    """Return the sizes of motifs that can be tested."""
    if by_kind:
        return (3,)
    return (4,) if access.has_strict_layers(graph) or null.keeps_triads else (3,)


def _sample_range(seed: int, first_sample: Any, samples: int) -> SampleRange:
    first_sample = arguments.integer("first_sample", first_sample, 0, 2**63 - samples)
    if samples == 0 and first_sample:
        raise ValueError(f"first_sample must be 0 where samples is 0, not {first_sample}")
    return SampleRange(seed, first_sample, samples)


def _closed_forms(graph: Graph, null: NullModel) -> ClosedForms:
    exact = null.closed_forms(graph)
    if exact is None:
        known = names_where(lambda other: other.has_closed_forms)
        raise NotImplementedError(f"samples=0 (closed forms) is known for null={known} only, not for {null.name}")
    return exact
