"""What a test of significance returns: plain, immutable, known to plots and tables."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

import numpy.typing as npt

from motifcount._support import extras
from motifcount.counting.counts import MotifCounts
from motifcount.motifs.by_class import ByClass
from motifcount.motifs.classes import CLASSES
from motifcount.nulls import Null, name_of, resolve

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from motifcount.inference.held_triads import HeldTriads
    from motifcount.inference.relations import Relation
    from motifcount.mixing import Mixing

Adjust = Literal["max_z", "bh"]
Status = Literal["varies", "dependent", "fixed", "constant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassResult:
    """What a significance says of one class besides the observed count; see :class:`Significance`."""

    mean: float
    std: float
    z: float
    z_error: float
    p_over: float = math.nan
    p_under: float = math.nan
    p_adjusted: float = math.nan
    profile: float = math.nan
    ess: float = math.nan
    status: Status


_TETRADS = frozenset(CLASSES[4])

COLUMNS = ("observed", *(field.name for field in fields(ClassResult)))
"""Columns of a Significance that have a value by class."""


@dataclass(frozen=True, slots=True, eq=False)
class Significance:
    """Observed counts against those of random graphs.

    Attributes
    ----------
    observed
        By class, the induced count in the graph (exact int).
    mean, std
        By class, mean and standard deviation (ddof 1) of the sampled counts, or exact ones without samples.
    z, z_error
        By class, (observed - mean) / std and its standard error from the finite number of samples; NaN where the
        count does not vary.
    p_over, p_under
        By class, one-sided p-values (1 + r) / (1 + samples), r being the number of samples with at least (at most)
        the observed count; NaN without samples.
    p_adjusted
        By class, two-sided p-values adjusted over the classes whose status is "varies" and those "constant" ones of
        which the graph has another count than all samples; NaN for the others.
    profile
        By class, z / \\|z\\| over the classes whose status is "varies"; NaN for the others.
    ess
        By class, the effective sample size: how many independent samples would have as good a mean. Below 1 where the
        start of a short chain keeps the mean more than a standard deviation off.
    status
        By class: "varies"; "fixed" where the null model fixes the count, so that there is nothing to test;
        "dependent" where the count is a linear function of others (see `relations`), so that its z is no
        finding of its own; "constant" where every sample has the same count, for a reason that is not known: the null
        model may fix the count, or others may be rare. If the graph has another count than the samples, it can vary.
    relations
        Class -> what a fixed or dependent class is, in words.
    null, samples, first_sample, seed
        What was sampled. Sample k of a seed is the same in every run.
    adjust
        How p-values were adjusted.
    attempts, accepted
        Swap attempts of all samples, and how many of them were accepted; 0 for null models without a chain.
    mixing
        Pilot chains of a null model with a chain (see :mod:`motifcount.mixing`); None for the others.
    triads
        What the closed triads of the samples really do where the null model holds them near the observed counts; None
        for the others.
    samples_table
        Counts by sample and class, of shape (samples, classes): int64, or Python ints where int64 is too small.
    relations_from_null
        Class -> its relation to others that follows from the null model alone, without samples.
    fingerprint
        Identifies the graph: its edges, layers and biases.
    """

    observed: MotifCounts
    mean: ByClass[float]
    std: ByClass[float]
    z: ByClass[float]
    z_error: ByClass[float]
    p_over: ByClass[float]
    p_under: ByClass[float]
    p_adjusted: ByClass[float]
    profile: ByClass[float]
    ess: ByClass[float]
    status: ByClass[Status]
    relations: Mapping[str, str]
    null: Null
    samples: int
    first_sample: int
    seed: int
    adjust: Adjust
    attempts: int
    accepted: int
    mixing: Mixing | None
    triads: HeldTriads | None
    samples_table: npt.NDArray[Any]
    relations_from_null: Mapping[str, Relation]
    fingerprint: str

    @property
    def acceptance(self) -> float:
        """Fraction of swap attempts that were accepted; NaN for null models without a chain."""
        return self.accepted / self.attempts if self.attempts else math.nan

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names, the columns of `samples_table`."""
        return tuple(self.observed)

    @property
    def possible_classes(self) -> tuple[str, ...]:
        """The classes that occur or could, which are all but those that the null model fixes at 0."""
        return tuple(name for name in self.classes if self.observed[name] or self.status[name] != "fixed")

    @property
    def shown_classes(self) -> tuple[str, ...]:
        """What tables and pictures show: possible classes, but of 199 tetrads those that occur, the largest z first.

        A tetrad occurs in the graph or in a sample, or, without samples, could.
        """
        possible = self.possible_classes
        if not _TETRADS.issubset(self.classes):
            return possible
        tetrads = [name for name in possible if name in _TETRADS and (self.observed[name] or self.mean[name])]
        tetrads.sort(key=lambda name: (math.isnan(self.z[name]), -abs(self.z[name])))
        return (*(name for name in possible if name not in _TETRADS), *tetrads)

    def to_dict(self) -> dict[str, Any]:
        """Return the columns by class and what was sampled, as plain Python objects (not the samples)."""
        null = resolve(self.null)
        return {
            "null": null.name,
            "null_options": null.options,
            "samples": self.samples,
            "first_sample": self.first_sample,
            "seed": self.seed,
            "adjust": self.adjust,
            "acceptance": self.acceptance,
            "classes": {name: {column: getattr(self, column)[name] for column in COLUMNS} for name in self.classes},
            "relations": dict(self.relations),
            "mixing": None if self.mixing is None else self.mixing.to_dict(),
            "triads": None if self.triads is None else self.triads.to_dict(),
        }

    def to_json(self) -> str:
        """Return :meth:`to_dict` as JSON, with null for NaN."""
        return json.dumps(_without_nan(self.to_dict()), indent=2, allow_nan=False)

    def to_frame(self) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``), indexed by class name.

        Written as CSV, it comes back as that of :meth:`MotifCounts.to_frame <motifcount.MotifCounts.to_frame>`.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        columns = {column: getattr(self, column).to_numpy() for column in COLUMNS}
        frame: pd.DataFrame = frames.DataFrame(columns, index=frames.Index(self.classes, name="class"))
        return frame

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw z by class, see :func:`motifcount.plots.plot_significance`. Needs matplotlib (the extra
        ``plot``).

        Raises
        ------
        ImportError
            If matplotlib is missing.
        TypeError
            If `ax` is no axes.
        """
        from motifcount import plots

        return plots.plot_significance(self, ax)

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.significance_html(self, name_of(self.null))

    def __repr__(self) -> str:
        head = f"Significance(null={name_of(self.null)}, samples={self.samples}, seed={self.seed}"
        shown = self.shown_classes if _TETRADS.issubset(self.classes) else self.classes
        width = max(map(len, shown), default=0)
        lines = [f"  {'':<{width}} {'observed':>15} {'mean':>17} {'std':>12} {'z':>16}  status"]
        for name in shown:
            z = "" if math.isnan(self.z[name]) else f"{self.z[name]:+.2f} ± {self.z_error[name]:.2f}"
            lines.append(
                f"  {name:<{width}} {self.observed[name]:>15,} {self.mean[name]:>17,.1f} {self.std[name]:>12,.1f} "
                f"{z:>16}  {self.status[name]}"
            )
        if n_more := len(self.classes) - len(shown):
            lines.append(f"  … and {n_more} more classes, which do not occur")
        if self.triads is not None:
            lines.append(f"  {self.triads}")
        return "\n".join((head, *lines, ")"))


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value
