"""From a table of sampled counts to a Significance, for one run or for several that are merged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import nulls
from motifcount._support import arguments
from motifcount.counting.counts import MotifCounts
from motifcount.inference import estimates, relations
from motifcount.inference.result import COLUMNS, Adjust, Significance, Status
from motifcount.mixing import Mixing
from motifcount.motifs.by_class import ByClass


def evaluate(
    observed: MotifCounts,
    table: npt.NDArray[Any],
    structure: Mapping[str, relations.Relation],
    *,
    null: nulls.Null,
    seed: int,
    first_sample: int,
    adjust: Adjust,
    attempts: int,
    accepted: int,
    mixing: Mixing | None,
    fingerprint: str,
) -> Significance:
    """Hold observed counts against sampled ones, of shape (samples, classes)."""
    table.flags.writeable = False
    found = relations.with_samples(structure, tuple(observed), table)
    return Significance(
        observed=observed,
        **_columns(observed, table, found, mixing, adjust),
        relations={name: str(relation) for name, relation in found.items()},
        null=null,
        samples=len(table),
        first_sample=first_sample,
        seed=seed,
        adjust=adjust,
        attempts=attempts,
        accepted=accepted,
        mixing=mixing,
        samples_table=table,
        structure=structure,
        fingerprint=fingerprint,
    )


def merge(results: Iterable[Significance]) -> Significance:
    """Put together runs of :func:`~motifcount.significance` that differ in `first_sample` and `samples` only.

    The result equals that of one run over all samples, to the last bit.

    Parameters
    ----------
    results
        In any order; their sample ranges must follow each other without gap or overlap.

    Raises
    ------
    TypeError
        If something else than results of :func:`~motifcount.significance` is given.
    ValueError
        If there is none, if they are not of the same graph, null model, seed, sizes and adjustment, have no samples,
        or do not follow each other.

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
    first = parts[0]
    for part in parts:
        _check_same_run(first, part)
    for part, following in pairwise(parts):
        end = part.first_sample + part.samples
        if end != following.first_sample:
            raise ValueError(
                f"results must follow each other: samples {part.first_sample} to {end - 1} are followed by "
                f"{following.first_sample} to {following.first_sample + following.samples - 1}"
            )
    return evaluate(
        first.observed,
        np.concatenate([part.samples_table for part in parts]),
        first.structure,
        null=first.null,
        seed=first.seed,
        first_sample=first.first_sample,
        adjust=first.adjust,
        attempts=sum(part.attempts for part in parts),
        accepted=sum(part.accepted for part in parts),
        mixing=first.mixing,
        fingerprint=first.fingerprint,
    )


def _check_same_run(first: Significance, other: Significance) -> None:
    if other.samples == 0:
        raise ValueError("results must have samples; one has none (closed forms need no merging)")
    for what in ("null", "seed", "adjust"):
        ours, theirs = getattr(first, what), getattr(other, what)
        if ours != theirs:
            raise ValueError(f"results must have the same {what}, not {ours!r} and {theirs!r}")
    if first.classes != other.classes:
        raise ValueError(f"results must be of the same sizes, not of {first.classes} and {other.classes}")
    if first.fingerprint != other.fingerprint:
        raise ValueError("results must be of the same graph, with the same order of nodes and the same layers")


def _columns(
    observed: MotifCounts,
    table: npt.NDArray[Any],
    found: dict[str, relations.Relation],
    pilot: Mixing | None,
    adjust: Adjust,
) -> dict[str, ByClass[Any]]:
    columns: dict[str, dict[str, Any]] = {column: {} for column in COLUMNS[1:]}
    for name, column in zip(observed, table.T, strict=True):
        sampled = column.tolist()  # a class at a time: Python's integers take much memory
        m = estimates.moments(observed[name], sampled)
        correlation = 0.0 if pilot is None or m.std == 0 else pilot.correlation(name, estimates.mode_share(sampled))
        ess = estimates.effective_samples(len(sampled), correlation)
        over, under = estimates.p_values(observed[name], sampled)
        values = (m.mean, m.std, m.z, estimates.z_error(m, ess), over, under, math.nan, math.nan, ess)
        for what, value in zip(COLUMNS[1:], values, strict=False):
            columns[what][name] = value
        columns["status"][name] = status_of(found.get(name), m.std)
    varying = [name for name in observed if columns["status"][name] == "varies"]
    where = [list(observed).index(name) for name in varying]
    p_over, p_under, z = (np.array([columns[c][name] for name in varying]) for c in ("p_over", "p_under", "z"))
    p = estimates.adjusted([observed[name] for name in varying], table[:, where], p_over, p_under, adjust)
    columns["p_adjusted"].update(zip(varying, p.tolist(), strict=True))
    columns["profile"].update(zip(varying, estimates.profile(z).tolist(), strict=True))
    return {column: ByClass(values) for column, values in columns.items()}


def status_of(relation: relations.Relation | None, std: float) -> Status:
    if relation is not None and not relation.factors:
        return "fixed"
    if std == 0:
        return "constant"
    return "varies" if relation is None else "dependent"
