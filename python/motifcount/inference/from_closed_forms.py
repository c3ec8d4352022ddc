"""From exact moments to a Significance."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from motifcount.inference import effects
from motifcount.inference.assembly import Drawn, Question, assemble, status_of
from motifcount.inference.relations import Relation, with_covariances
from motifcount.inference.result import ClassResult, Significance
from motifcount.nulls.model import ClosedForms


def evaluate(question: Question, exact: ClosedForms) -> Significance:
    """Hold observed counts against exact means and variances. There are no samples, so no p-values either."""
    observed = question.observed
    relations = with_covariances(question.relations_from_null, observed, exact.covariance)
    rows = {name: _row(count, *exact.mean_and_variance(name), relations.get(name)) for name, count in observed.items()}
    return assemble(question, Drawn(samples_table=np.empty((0, len(observed)), np.int64)), rows, relations)


def _row(observed: int, mean: Fraction, variance: Fraction, relation: Relation | None) -> ClassResult:
    std = math.sqrt(variance)
    varies = std > 0
    return ClassResult(
        observed=observed,
        mean=float(mean),
        std=std,
        z=float(observed - mean) / std if varies else math.nan,
        z_error=0.0 if varies else math.nan,
        ratio=effects.ratio(observed, float(mean)),
        delta=effects.delta(observed, float(mean)),
        few=effects.is_few(float(mean), std),
        status=status_of(relation, std),
    )
