"""What a test of intensity and coherence returns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from motifcount._support import extras
from motifcount.motifs.by_class import ByClass
from motifcount.nulls import Null, title_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class MeasureSignificance:
    """Sums over the triads of each class, in a graph and in random ones. By class, for the 13 connected triads.

    Attributes
    ----------
    observed
        In the graph.
    mean, std
        Mean and standard deviation (ddof 1) of the samples.
    z
        (observed - mean) / std; NaN where all samples are the same.
    p_over, p_under
        One-sided p-values (1 + r) / (1 + samples), r being the number of samples with at least (at most) the observed
        sum.
    p_adjusted
        Two-sided p-values adjusted over both measures and all classes at once: at most 5 % of random graphs have any of
        0.05 or less. NaN where graph and samples are all alike.
    """

    observed: ByClass[float]
    mean: ByClass[float]
    std: ByClass[float]
    z: ByClass[float]
    p_over: ByClass[float]
    p_under: ByClass[float]
    p_adjusted: ByClass[float]


@dataclass(frozen=True, slots=True, eq=False)
class IntensitySignificance:
    """Intensity and coherence of triads against those of random graphs.

    Attributes
    ----------
    intensity, coherence
        The :class:`~motifcount.MeasureSignificance` of either.
    null, samples, seed
        What was sampled.
    """

    intensity: MeasureSignificance
    coherence: MeasureSignificance
    null: Null
    samples: int
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``): a row for each measure and class, a column for each attribute.

        Classes that occur neither in the graph nor in the samples are left out.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        rows = [(word, name) for word in ("intensity", "coherence") for name in self._occurring()]
        index = frames.MultiIndex.from_tuples(rows, names=["measure", "class"])
        columns = [field.name for field in fields(MeasureSignificance)]
        found: pd.DataFrame = frames.DataFrame(
            {column: [getattr(getattr(self, word), column)[name] for word, name in rows] for column in columns},
            index=index,
        )
        return found

    def _occurring(self) -> list[str]:
        return [name for name in self.intensity.observed if self.intensity.observed[name] or self.intensity.mean[name]]

    def __repr__(self) -> str:
        rows = [
            f"  {name:<4}  z {self.intensity.z[name]:+7.2f} of intensity, {self.coherence.z[name]:+7.2f} of coherence"
            for name in self._occurring()
        ]
        head = f"IntensitySignificance({title_of(self.null)}, {self.samples:,} samples, seed {self.seed}"
        return "\n".join((head, *rows, ")"))
