"""What closed triads that a null model holds near the observed counts really do in the samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import Counted, classes_of
from motifcount.motifs.families import FAMILIES, TRIADS
from motifcount.nulls.model import TriadScale
from motifcount.nulls.sampling import Table


@dataclass(frozen=True, slots=True)
class HeldTriads:
    """The closed triads of samples of ``Degree(keep_triads=True)``.

    Attributes
    ----------
    observed
        By class, the count in the graph.
    totals
        By class, the sum of the counts in the samples.
    scale
        By class, the standard deviation of the count where triads are not kept, as pilot chains measure it, or 1/2 if
        that is more.
    samples
        Number of samples.
    """

    observed: Mapping[str, int]
    totals: Mapping[str, int]
    scale: Mapping[str, float]
    samples: int

    @property
    def mean(self) -> Mapping[str, float]:
        """By class, the mean of the samples."""
        return Frozen({name: total / self.samples for name, total in self.totals.items()})

    @property
    def deviation(self) -> Mapping[str, float]:
        """By class, (mean - observed) / scale."""
        return Frozen({name: (mean - self.observed[name]) / self.scale[name] for name, mean in self.mean.items()})

    def __str__(self) -> str:
        name, off = max(self.deviation.items(), key=lambda item: abs(item[1]))
        mean, observed = self.mean[name], self.observed[name]
        which = "means of the closed ones" if len(self.observed) > 1 else "mean of the closed one that can occur"
        return (
            f"triads are kept: {which} within {abs(off):.2g} sd of the observed counts "
            f"({name}: {mean:,.1f} for {observed:,})"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the columns by class, as plain Python objects."""
        columns = {
            "observed": self.observed,
            "total": self.totals,
            "mean": self.mean,
            "scale": self.scale,
            "deviation": self.deviation,
        }
        return {name: {column: values[name] for column, values in columns.items()} for name in self.observed}


def merged(parts: Sequence[HeldTriads | None]) -> HeldTriads | None:
    """Return what several ranges of samples are together."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    first = known[0]
    totals = {name: sum(part.totals[name] for part in known) for name in first.totals}
    return HeldTriads(first.observed, Frozen(totals), first.scale, sum(part.samples for part in known))


def with_triads(counted: Counted) -> Counted:
    """Return what is counted, and triads if they are not among it, in the order of families."""
    return Counted(tuple(family.name for family in FAMILIES if family.name in (*counted.families, TRIADS.name)))


def taken_apart(
    counted: Counted, wanted: Sequence[str], table: Table, observed: Mapping[str, int], scale: TriadScale
) -> tuple[Table, HeldTriads]:
    """Return the columns of the classes that are wanted, of a table of the families counted, and what its triads do."""
    names = classes_of(counted.families)
    totals = {name: sum(table[:, names.index(name)].tolist()) for name in scale}
    held = HeldTriads(Frozen({name: observed[name] for name in scale}), Frozen(totals), scale, len(table))
    return np.ascontiguousarray(table[:, [names.index(name) for name in wanted]]), held
