"""Where a Significance is put together, of what was asked, what was drawn and what was found by class."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.counting.counts import MotifCounts
from motifcount.inference import estimates
from motifcount.inference.held_triads import HeldTriads
from motifcount.inference.relations import Relation
from motifcount.inference.result import COLUMNS, IMPOSSIBLE, Adjust, ClassResult, Significance, Status
from motifcount.inference.sequential import Until
from motifcount.mixing import Mixing
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.nulls import Null


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked: fields of :class:`Significance` that all parts of a run share."""

    observed: MotifCounts
    null: Null
    seed: int
    adjust: Adjust
    until: Until | None = None
    relations_from_null: Mapping[str, Relation]
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn: fields of :class:`Significance`; with the defaults, nothing."""

    samples_table: npt.NDArray[Any]
    first_sample: int = 0
    attempts: int = 0
    accepted: int = 0
    mixing: Mixing | None = None
    triads: HeldTriads | None = None


def assemble(
    question: Question,
    drawn: Drawn,
    by_class: Mapping[str, ClassResult],
    relations: Mapping[str, Relation],
    p_triads: float = math.nan,
) -> Significance:
    """Return the result, with the profile over the classes that vary."""
    by_class = _with_profile(by_class)
    drawn.samples_table.flags.writeable = False
    columns: dict[str, Any] = {
        column: ByClass({name: getattr(row, column) for name, row in by_class.items()}, getattr(IMPOSSIBLE, column))
        for column in COLUMNS[1:]
    }
    return Significance(
        **_fields(question),
        **_fields(drawn),
        **columns,
        n_classes=len(by_class),
        n_tested=sum(not math.isnan(row.p_adjusted) for row in by_class.values()),
        relations=Frozen({name: str(relation) for name, relation in relations.items()}),
        samples=len(drawn.samples_table),
        p_triads=p_triads,
    )


def status_of(relation: Relation | None, std: float) -> Status:
    """Return what a class is, by its relation to others and whether it varied."""
    if relation is not None and not relation.factors:
        return "fixed"
    if std == 0:
        return "constant"
    return "varies" if relation is None else "dependent"


def varying(by_class: Mapping[str, ClassResult]) -> list[str]:
    """Return the classes whose z is a finding of its own."""
    return [name for name, row in by_class.items() if row.status == "varies"]


def unseen(by_class: Mapping[str, ClassResult]) -> list[str]:
    """Return the classes with one count in all samples, but another one in the graph: findings without a z."""
    # by the p-values, which compare exactly: a mean is a float, which counts may not fit
    return [name for name, row in by_class.items() if row.status == "constant" and min(row.p_over, row.p_under) < 1]


def _with_profile(by_class: Mapping[str, ClassResult]) -> dict[str, ClassResult]:
    names = varying(by_class)
    profile = estimates.profile(np.array([by_class[name].z for name in names]))
    values = dict(zip(names, profile.tolist(), strict=True))
    return {name: replace(row, profile=values.get(name, math.nan)) for name, row in by_class.items()}


def _fields(record: Question | Drawn) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
