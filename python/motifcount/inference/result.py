"""What a test of significance returns: plain, immutable, known to plots and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import archive, arguments, extras
from motifcount.counting.counts import MotifCounts
from motifcount.inference import effects
from motifcount.inference.effects import Intervals
from motifcount.inference.sequential import Until
from motifcount.inference.tails import Tails, tails
from motifcount.motifs.by_class import ByClass, Frozen, ranked
from motifcount.motifs.classes import ALIASES, CLASSES, in_tables
from motifcount.nulls import Null, resolve, title_of

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
    """What a significance says of one class; see :class:`Significance`."""

    observed: int
    mean: float
    std: float
    z: float
    z_error: float
    p_over: float = math.nan
    p_under: float = math.nan
    p_adjusted: float = math.nan
    profile: float = math.nan
    ess: float = math.nan
    ratio: float = math.nan
    delta: float = math.nan
    few: bool = False
    z_partial: float = math.nan
    p_partial: float = math.nan
    status: Status


IMPOSSIBLE = ClassResult(observed=0, mean=0.0, std=0.0, z=math.nan, z_error=math.nan, status="fixed")
"""What is said of the classes of size 4 that strictly layered graphs cannot hold."""

_TETRADS = frozenset(CLASSES[4])

KIND = "motifcount significance"
"""What files of results say of themselves."""

_FAR_OUT = 0.05

_FITTED = (
    "degrees, or numbers of pairs, vary around those of this graph, to which the null model was fitted: z differs from "
    "that of degree or dyad_count, and need not be near 0 without structure; there are no p-values"
)

COLUMNS = tuple(field.name for field in fields(ClassResult))
"""Columns of a Significance that have a value by class."""


@dataclass(frozen=True, slots=True, eq=False)
class Significance:
    """Observed counts against those of random graphs.

    ``result["bifan"]`` is all that is said of one class, by any of its names. :meth:`save` and :meth:`load` keep a
    result in a file; two results are equal if all that they hold is.

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
        the observed count, or what :class:`~motifcount.Until` says; NaN without samples, and under a null model that is
        fitted to the graph (soft_degree, soft_dyad_count).
    p_adjusted
        By class, two-sided p-values adjusted over the classes whose status is "varies" and those "constant" ones of
        which the graph has another count than all samples; NaN for the others.
    profile
        By class, z / \\|z\\| over the classes whose status is "varies"; NaN for the others.
    ess
        By class, the effective sample size: how many independent samples would have as good a mean. Below 1 where the
        start of a short chain keeps the mean more than a standard deviation off.
    ratio, delta
        By class, two effect sizes: observed / mean, and (observed - mean) / (observed + mean + 4) (Milo et al. 2004,
        doi:10.1126/science.1089167), which is between -1 and 1. Their intervals: :meth:`intervals`.
    few
        By class, whether the sampled counts are few, or hardly vary (mean or variance below 10): z is far from normal
        there, take p.
    z_partial, p_partial
        By class of four nodes that varies, z beyond what the triads explain, and its two-sided p-value, adjusted over
        them by "max_z": z and p of the residuals of a regression on the triads, over graph and samples together. NaN
        unless triads were counted too. In a graph whose triads are fixed they are z and p of the counts.
    status
        By class: "varies"; "fixed" where the null model fixes the count, so that there is nothing to test;
        "dependent" where the count is a linear function of others (see `relations`), so that its z is no
        finding of its own; "constant" where every sample has the same count, for a reason that is not known: the null
        model may fix the count, or others may be rare. If the graph has another count than the samples, it can vary.
    n_classes, n_tested
        How many classes there were before :meth:`select` chose some, and over how many of them p-values were adjusted.
    relations
        Class -> what a fixed or dependent class is, in words.
    null, samples, first_sample, seed
        What was sampled. Sample k of a seed is the same in every run.
    until
        The rule that ended sampling, where `samples` was "auto" or an :class:`~motifcount.Until`; else None.
    adjust
        How p-values were adjusted.
    attempts, accepted
        Swap attempts of all samples, and how many of them were accepted; 0 for null models without a chain.
    mixing
        Pilot chains of a null model with a chain (see :mod:`motifcount.mixing`); None for the others.
    triads
        What the closed triads of the samples really do where the null model holds them near the observed counts; None
        for the others.
    p_triads
        The share of graph and samples whose triads lie as far out as those of the graph, all triads together. Where it
        is small, `z_partial` extrapolates beyond the samples, and errs towards 0. NaN where there is no z_partial.
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
    ratio: ByClass[float]
    delta: ByClass[float]
    few: ByClass[bool]
    z_partial: ByClass[float]
    p_partial: ByClass[float]
    status: ByClass[Status]
    n_classes: int
    n_tested: int
    relations: Mapping[str, str]
    null: Null
    samples: int
    until: Until | None
    first_sample: int
    seed: int
    adjust: Adjust
    attempts: int
    accepted: int
    mixing: Mixing | None
    triads: HeldTriads | None
    p_triads: float
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
        return (*(name for name in possible if name not in _TETRADS), *ranked(tetrads, self.z.__getitem__))

    @property
    def notes(self) -> tuple[str, ...]:
        """What every table says below: of triads that are held, of partial z, and whether the null model was fitted."""
        held = () if self.triads is None else (str(self.triads),)
        return (*held, *self._beyond_triads(), *((_FITTED,) if resolve(self.null).is_fitted else ()))

    def _beyond_triads(self) -> tuple[str, ...]:
        """Tell the smallest `p_partial`, and whether it extrapolates; nothing where triads are fixed."""
        known = [name for name, z in self.z_partial.items() if not math.isnan(z)]
        if all(math.isclose(self.z_partial[name], self.z[name], rel_tol=1e-6) for name in known):
            return ()
        first = min(known, key=lambda name: (self.p_partial[name], -abs(self.z_partial[name])))
        said = f"given the triads, z_partial of {first} is {self.z_partial[first]:+.1f} (p {self.p_partial[first]:.2g})"
        if self.p_triads <= _FAR_OUT:
            said += f", extrapolated, which errs towards 0: triads are far out (p_triads {self.p_triads:.2g})"
        return (said,)

    def __getitem__(self, name: str) -> ClassResult:
        """Return what is said of a class.

        Raises
        ------
        KeyError
            If there is no such class among those tested.
        """
        return ClassResult(**{column: getattr(self, column)[name] for column in COLUMNS})

    def __iter__(self) -> Iterator[str]:
        return iter(self.observed)

    def __contains__(self, name: object) -> bool:
        """Whether a class was tested, by any of its names."""
        return name in self.observed

    def __eq__(self, other: object) -> bool:
        """Whether all that is said is the same, samples included."""
        if not isinstance(other, Significance):
            return NotImplemented
        return self.to_json() == other.to_json() and np.array_equal(self.samples_table, other.samples_table)

    __hash__ = None  # type: ignore[assignment]

    def intervals(self, name: str, level: float = 0.95) -> Intervals:
        """Return how well p-values and effect sizes of a class are known from these samples.

        Raises
        ------
        KeyError
            If there is no such class among those tested.
        TypeError, ValueError
            If `level` is not between 0 and 1, or there is no table of samples.
        """
        level = arguments.number("level", level, "a number between 0 and 1", lambda value: 0 < value < 1)
        return effects.intervals(self.observed[name], self._counts(name), level, self._enough)

    def tails(self, name: str) -> Tails:
        """Return one-sided p-values of a class, below 1 / (1 + samples) too, where a fitted tail says so.

        No test, but a guess of how rare the observed count is: see `motifcount.Tails`.

        Raises
        ------
        KeyError
            If there is no such class among those tested.
        ValueError
            If there is no table of samples.
        """
        return tails(self.observed[name], self._counts(name), self._enough)

    @property
    def _enough(self) -> int | None:
        return None if self.until is None else self.until.enough

    def _counts(self, name: str) -> list[int]:
        """Return the sampled counts of a class that is known."""
        name, n = ALIASES.get(name, name), len(self.samples_table)
        if n == 0:
            raise ValueError(f"{name} has no sampled counts: closed forms and JSON have no table of samples")
        return self.samples_table[:, self.classes.index(name)].tolist() if name in self.classes else [0] * n

    def select(self, names: Iterable[str]) -> Significance:
        """Return the result of some classes only, in the order given. Nothing is adjusted anew.

        Raises
        ------
        KeyError
            If one of the names is of no class that was tested.
        TypeError, ValueError
            If `names` are no list of names, or empty.
        """
        observed = self.observed.select(names)
        chosen = tuple(observed)
        columns = {column: getattr(self, column).select(chosen) for column in COLUMNS}
        relations = {name: text for name, text in self.relations.items() if name in chosen}
        table = self.samples_table[:, [self.classes.index(name) for name in chosen]]
        table.flags.writeable = False
        return replace(self, **columns, relations=Frozen(relations), samples_table=table)

    def sort(self, by: str = "z") -> Significance:
        """Return the result with its classes by a column: the largest absolute value first, of p-values the smallest.

        Classes without a value come last; those of equal values stay in their order.

        Raises
        ------
        TypeError, ValueError
            If `by` is no column of numbers.
        """
        arguments.choice("by", by, COLUMNS[:-1])
        return self.select(ranked(self, getattr(self, by).__getitem__, smallest_first=by.startswith("p_")))

    def save(self, path: str | Path) -> None:
        """Write the result with its table of samples to a file, whole or not at all.

        A zip archive: ``result.json`` holds :meth:`to_json`, ``samples.npy`` the table in NumPy's format, as texts
        where int64 is too small.

        Raises
        ------
        OSError
            If the file cannot be written.
        TypeError, ValueError
            If `path` is no path.
        """
        archive.write(path, self.to_dict(), {"samples": self.samples_table})

    @classmethod
    def load(cls, path: str | Path) -> Significance:
        """Return what :meth:`save` has written: an equal result, which :func:`~motifcount.merge` takes.

        Of a null model that was a function its name is known only.

        Raises
        ------
        OSError
            If the file cannot be read.
        TypeError, ValueError
            If `path` is no path; if it is no such file, is damaged or was written by a newer version.
        """
        from motifcount.inference import saved

        return saved.load(path)

    @classmethod
    def from_json(cls, text: str) -> Significance:
        """Return the result that :meth:`to_json` was called on, without its table of samples.

        Raises
        ------
        TypeError, ValueError
            If the text is no such JSON, or of a newer version.
        """
        from motifcount.inference import saved

        return saved.from_json(text)

    def to_dict(self) -> dict[str, Any]:
        """Return all but the table of samples, as plain Python objects."""
        null = resolve(self.null)
        return {
            "kind": KIND,
            "version": archive.VERSION,
            "motifcount": _core.build_config()["version"],
            "null": null.name,
            "null_options": null.options,
            "samples": self.samples,
            "until": None if self.until is None else asdict(self.until),
            "first_sample": self.first_sample,
            "seed": self.seed,
            "adjust": self.adjust,
            "attempts": self.attempts,
            "accepted": self.accepted,
            "acceptance": self.acceptance,
            "fingerprint": self.fingerprint,
            "n_classes": self.n_classes,
            "n_tested": self.n_tested,
            "classes": {name: {column: getattr(self, column)[name] for column in COLUMNS} for name in self.classes},
            "relations": dict(self.relations),
            "relations_from_null": {name: relation.to_dict() for name, relation in self.relations_from_null.items()},
            "mixing": None if self.mixing is None else self.mixing.to_dict(),
            "triads": None if self.triads is None else self.triads.to_dict(),
            "p_triads": self.p_triads,
        }

    def to_json(self) -> str:
        """Return :meth:`to_dict` as JSON, with null for NaN and the texts "Infinity" and "-Infinity"."""
        return archive.text_of(self.to_dict())

    def to_frame(self) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``), indexed by class name; ``null`` is ``"null_dyad"``.

        Written as CSV, it comes back as that of :meth:`MotifCounts.to_frame <motifcount.MotifCounts.to_frame>`.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        columns = {column: getattr(self, column).to_numpy() for column in COLUMNS}
        frame: pd.DataFrame = frames.DataFrame(columns, index=frames.Index(map(in_tables, self.classes), name="class"))
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

    def report(self, path: str | Path, *, graph: Any = None) -> None:
        """Write the result as a page of HTML, see :func:`motifcount.report` (extra ``report``).

        Raises
        ------
        ImportError
            If jinja2 or matplotlib is missing.
        OSError
            If the file cannot be written.
        TypeError, ValueError
            If `path` is no path, or `graph` is not the one that was tested.
        """
        from motifcount.reports.report import report

        report(self, path, graph=graph)

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.significance_html(self, title_of(self.null))

    def __repr__(self) -> str:
        from motifcount.present.numbers import amount, z_with_error

        head = f"Significance(null={title_of(self.null)}, samples={self.samples}, seed={self.seed}"
        shown = self.shown_classes if _TETRADS.issubset(self.classes) else self.classes
        width = max(map(len, shown), default=0)
        lines = [f"  {'':<{width}} {'observed':>15} {'mean':>17} {'std':>12} {'z':>16}  status"]
        for name in shown:
            z = z_with_error(self.z[name], self.z_error[name])
            mean, std = amount(self.mean[name]), amount(self.std[name])
            counts = f"{self.observed[name]:>15,} {mean:>17} {std:>12}"
            lines.append(f"  {name:<{width}} {counts} {z:>16}  {self.status[name]}")
        if n_more := len(self.classes) - len(shown):
            classes = "class, which does" if n_more == 1 else "classes, which do"
            lines.append(f"  … and {n_more} more {classes} not occur")
        if len(self.classes) < self.n_classes:
            lines.append(f"  {len(self.classes)} of {self.n_classes} classes; p adjusted over {self.n_tested}")
        lines += [f"  {note}" for note in self.notes]
        return "\n".join((head, *lines, ")"))
