"""From a table of sampled counts to a Significance, for one run or for several that are merged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from motifcount._support import arguments
from motifcount.inference import effects, estimates, held_triads
from motifcount.inference.assembly import Drawn, Question, assemble, status_of, unseen, varying
from motifcount.inference.given_triads import with_triads_regressed
from motifcount.inference.relations import Relation, with_samples
from motifcount.inference.result import ClassResult, Significance
from motifcount.inference.sequential import Until
from motifcount.mixing import merged
from motifcount.motifs.classes import CLASSES, LAYERED_TETRADS
from motifcount.nulls import resolve
from motifcount.nulls.chains import effective_sample_size
from motifcount.nulls.sampling import Table
from motifcount.nulls.start_correlation import added_variance


def summaries(observed: Mapping[str, int], table: Table, until: Until | None = None) -> dict[str, estimates.Summary]:
    """Return by class what its samples say, a class at a time: Python's integers take much memory."""
    enough = None if until is None else until.enough
    return {
        name: estimates.summary(observed[name], column.tolist(), enough)
        for name, column in zip(observed, table.T, strict=True)
    }


def evaluate(question: Question, drawn: Drawn, summaries: Mapping[str, estimates.Summary]) -> Significance:
    """Hold observed counts against sampled ones, whose :func:`summaries` are given."""
    classes = tuple(question.observed)
    has_p = not resolve(question.null).is_fitted
    if not has_p:
        summaries = {name: each._replace(p_over=math.nan, p_under=math.nan) for name, each in summaries.items()}
    relations = with_samples(question.relations_from_null, question.observed, drawn.samples_table)
    rows = {
        name: _row(name, question.observed[name], drawn, summary, relations.get(name))
        for name, summary in summaries.items()
    }
    if not has_p:
        return assemble(question, drawn, rows, relations)
    names = [*varying(rows), *unseen(rows)]
    p = estimates.adjusted(
        [question.observed[name] for name in names],
        drawn.samples_table[:, [classes.index(name) for name in names]],
        np.array([rows[name].p_over for name in names]),
        np.array([rows[name].p_under for name in names]),
        question.adjust,
    )
    rows |= {name: replace(rows[name], p_adjusted=value) for name, value in zip(names, p.tolist(), strict=True)}
    rows, p_triads = with_triads_regressed(rows, names, question.observed, drawn.samples_table)
    return assemble(question, drawn, rows, relations, p_triads)


def _row(name: str, observed: int, drawn: Drawn, summary: estimates.Summary, relation: Relation | None) -> ClassResult:
    m, pilot = summary.moments, drawn.mixing
    correlation, bias = (0.0, 0.0) if pilot is None or m.std == 0 else pilot.common_error(name)
    n_samples = len(drawn.samples_table)
    return ClassResult(
        observed=observed,
        mean=m.mean,
        std=m.std,
        z=m.z,
        z_error=estimates.z_error(m, effective_sample_size(n_samples, correlation) / n_samples, bias),
        p_over=summary.p_over,
        p_under=summary.p_under,
        ess=effective_sample_size(n_samples, added_variance(correlation, bias)),
        ratio=effects.ratio(observed, m.mean),
        delta=effects.delta(observed, m.mean),
        few=effects.is_few(m.mean, m.std),
        status=status_of(relation, m.std),
    )


def merge(results: Iterable[Significance]) -> Significance:
    """Put together runs of :func:`~motifcount.significance` that differ in `first_sample` and `samples` only.

    The result equals that of one run over all samples, to the last bit.

    Parameters
    ----------
    results
        In any order; their sample ranges must follow each other without gap or overlap. Classes have the order of the
        part with the first samples.

    Raises
    ------
    TypeError
        If something else than results of :func:`~motifcount.significance` is given.
    ValueError
        If there is none, if they are not of the same graph, null model, seed, sizes and adjustment, have no samples,
        or do not follow each other; if classes of one were selected; if the number of samples of one was "auto".

    Examples
    --------
    >>> import motifcount as mc
    >>> net = mc.datasets.load("pendulum")
    >>> parts = [mc.significance(net, samples=50, first_sample=first, seed=1) for first in (0, 50)]
    >>> mc.merge(parts).z == mc.significance(net, samples=100, seed=1).z
    True
    """
    parts = arguments.sequence("results", results, "results of significance")
    for k, part in enumerate(parts):
        arguments.instance(f"results[{k}]", part, Significance, "a result of significance")
    if not parts:
        raise ValueError("results must hold at least one result, not be empty")
    parts.sort(key=lambda part: part.first_sample)
    order = parts[0].classes
    for part in parts:
        _check_same_run(parts[0], part)
    parts = [_in_usual_order(part) for part in parts]
    first = parts[0]
    for part, following in pairwise(parts):
        end = part.first_sample + part.samples
        if end != following.first_sample:
            raise ValueError(
                f"results must follow each other: samples {part.first_sample} to {end - 1} are followed by "
                f"{following.first_sample} to {following.first_sample + following.samples - 1}"
            )
    question = Question(
        observed=first.observed,
        null=first.null,
        seed=first.seed,
        adjust=first.adjust,
        relations_from_null=first.relations_from_null,
        fingerprint=first.fingerprint,
    )
    drawn = Drawn(
        samples_table=np.concatenate([part.samples_table for part in parts]),
        first_sample=first.first_sample,
        attempts=sum(part.attempts for part in parts),
        accepted=sum(part.accepted for part in parts),
        mixing=merged([part.mixing for part in parts]),
        triads=held_triads.merged([part.triads for part in parts]),
    )
    whole = evaluate(question, drawn, summaries(first.observed, drawn.samples_table))
    return whole if whole.classes == order else whole.select(order)


def _in_usual_order(part: Significance) -> Significance:
    """Return a part with its classes as they were counted, before :meth:`Significance.sort`."""
    tetrads = CLASSES[4] if set(CLASSES[4]) <= set(part.classes) else LAYERED_TETRADS
    usual = tuple(name for name in (*CLASSES[2], *CLASSES[3], *tetrads) if name in part.classes)
    return part if part.classes == usual else part.select(usual)


def _check_same_run(first: Significance, other: Significance) -> None:
    if other.samples == 0:
        raise ValueError("results must have samples; one has none (closed forms need no merging)")
    if other.until is not None:
        raise ValueError('results must be of so many samples each as were asked for; of one it was "auto" or an Until')
    if len(other.samples_table) != other.samples:
        raise ValueError("results must have their tables of samples; one comes from JSON, which has none: load files")
    for what in ("null", "seed", "adjust"):
        ours, theirs = getattr(first, what), getattr(other, what)
        if ours != theirs:
            raise ValueError(f"results must have the same {what}, not {ours!r} and {theirs!r}")
    for part in (first, other):
        if len(part.classes) < part.n_classes:
            raise ValueError(
                f"results must have all classes that were counted; of one {len(part.classes)} of {part.n_classes} were "
                "selected, and p-values are adjusted over all: merge, then select"
            )
    if set(first.classes) != set(other.classes):
        raise ValueError(f"results must be of the same sizes, not of {first.classes} and {other.classes}")
    if first.fingerprint != other.fingerprint:
        raise ValueError("results must be of the same graph, with the same order of nodes and the same layers")
