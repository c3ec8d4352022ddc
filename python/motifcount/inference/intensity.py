"""Are triads stronger, or more even, than chance? Intensity and coherence against those of random graphs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount._support.progress import Progress, check_progress, reporter
from motifcount._support.threads import effective_threads
from motifcount.counting.intensity import CONNECTED, IntensityTable, intensity_table, prepared
from motifcount.inference import estimates
from motifcount.inference.intensity_result import IntensitySignificance, MeasureSignificance
from motifcount.inference.sequential import MAX_SAMPLES
from motifcount.motifs.by_class import ByClass
from motifcount.nulls import Null, names_where, resolve
from motifcount.nulls.model import NullModel
from motifcount.nulls.sampling import SampleRange

_BYTES_AN_EDGE = 100  # of weights, at both ends
_ROUNDING = 1e-11  # of a sum, by which equal ones may differ


def intensity_significance(
    adj: Any,
    null: str | Null = "weights",
    *,
    absolute: bool = False,
    samples: int = 1000,
    seed: int | None = None,
    num_threads: int | None = None,
    progress: Progress = None,
) -> IntensitySignificance:
    """Hold intensity and coherence of the triads of a graph against those of random graphs.

    Scores are those of sums over the triads of a class (Onnela et al. 2005, doi:10.1103/PhysRevE.71.065103): a class
    scores high under "degree" for being frequent, for being strong, or both; under "weights" for being strong alone.

    Parameters
    ----------
    adj, absolute
        As for :func:`~motifcount.intensity`.
    null
        "weights" for weights that are permuted over the fixed wiring
        (:class:`nulls.ShuffleWeights <motifcount.nulls.ShuffleWeights>`), "degree" or an object of
        :class:`nulls.Degree <motifcount.nulls.Degree>` for edges that move with their weights, or a function
        ``(Graph, seed)`` that returns a random graph with the same nodes and weights, these being shares of the largest
        one.
    samples
        Number of random graphs, 2 to 10**7. Sample k of a seed has the edges that it has in
        :func:`~motifcount.significance`.
    seed
        0 to 2**64 - 1, or None for a fresh one, which the result tells.
    num_threads
        Default OMP_NUM_THREADS, else the available cores. The result never depends on it.
    progress
        A function ``(done, total)`` of samples, True or False; None shows a bar on a terminal when it takes long.

    Raises
    ------
    TypeError, ValueError
        For an unknown null model or one whose random graphs have no weights, arguments out of their range, a graph that
        the null model cannot take, and as :func:`~motifcount.intensity`.
    MemoryError
        If 208 bytes for each sample do not fit.

    Warns
    -----
    RuntimeWarning
        If the random graphs of so many threads would not fit the memory that is available, and fewer are used.

    Notes
    -----
    Time is that of `samples` random graphs and intensities. No pilot chains are run: p-values are valid for any number
    of swaps, z for enough (see :func:`~motifcount.significance`). Sums that differ by rounding alone are taken to be
    equal.

    Examples
    --------
    >>> import numpy as np
    >>> import motifcount as mc
    >>> rng = np.random.default_rng(1)
    >>> graph = mc.Graph((rng.random((60, 60)) < 0.1) * rng.lognormal(size=(60, 60)), weights=True)
    >>> result = mc.intensity_significance(graph, "weights", samples=200, seed=1)
    >>> abs(result.intensity.z["030T"]) < 4, bool(result.coherence.p_adjusted["030T"] > 0.01)
    (True, True)
    """
    graph, _ = prepared(adj, absolute)
    asked = model = resolve(null)
    _check_has_weights(model)
    n = arguments.integer("samples", samples, 2, MAX_SAMPLES)
    wanted = SampleRange(arguments.seed_or_fresh(seed), 0, n)
    check_progress(progress)
    threads = effective_threads(num_threads)
    model.check(graph)
    model = model.prepared(graph, threads)
    threads = model.threads_that_fit(threads, graph, (), _BYTES_AN_EDGE * graph.n_edges)
    observed = intensity_table(graph, threads)
    with reporter(progress, n, f"{n} samples") as report:
        table = model.sample_intensities(graph, wanted, threads, report)
    differences = _differences(observed, table)
    p = _adjusted(differences.reshape(n + 1, -1)).reshape(observed.shape)
    strength, evenness = (_measure(observed[k], differences[:, k], p[k]) for k in range(2))
    return IntensitySignificance(strength, evenness, null=asked.given, samples=n, seed=wanted.seed)


def _check_has_weights(null: NullModel) -> None:
    if not null.has_weights:
        known = names_where(lambda other: other.has_weights)
        raise ValueError(f'null must be one whose random graphs have weights, {known}, not "{null.name}"')


def _differences(observed: IntensityTable, table: IntensityTable) -> IntensityTable:
    """Return what samples have more than the graph, whose own row of zeros comes first."""
    more = table - observed
    more[np.abs(more) <= _ROUNDING * np.maximum(np.abs(table), np.abs(observed))] = 0
    return np.concatenate((np.zeros_like(more[:1]), more))


def _adjusted(differences: IntensityTable) -> IntensityTable:
    """Return p-values adjusted over all measures and classes, NaN where nothing varies."""
    varies: npt.NDArray[np.bool_] = np.asarray(differences.any(axis=0))
    p = np.full(len(varies), np.nan)
    if varies.any():
        p[varies] = estimates.adjusted_by_max(differences[:, varies])
    return p


def _measure(observed: IntensityTable, differences: IntensityTable, p_adjusted: IntensityTable) -> MeasureSignificance:
    more = differences[1:]
    std = np.where(more.any(axis=0), more.std(axis=0, ddof=1), 0.0)
    mean = more.mean(axis=0)
    z = np.divide(-mean, std, out=np.full(std.shape, np.nan), where=std > 0)
    n = len(more)
    columns = {
        "observed": observed,
        "mean": observed + mean,
        "std": std,
        "z": z,
        "p_over": (1 + (more >= 0).sum(axis=0)) / (1 + n),
        "p_under": (1 + (more <= 0).sum(axis=0)) / (1 + n),
        "p_adjusted": p_adjusted,
    }
    return MeasureSignificance(
        **{name: ByClass(dict(zip(CONNECTED, column.tolist(), strict=True))) for name, column in columns.items()}
    )
