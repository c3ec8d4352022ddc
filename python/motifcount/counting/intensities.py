"""What measuring intensities returns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, extras
from motifcount.counting.frames import frame_by_node
from motifcount.motifs.by_class import ByClass

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]


class ByNode(NamedTuple):
    """The same for every node, over the triads that contain it: arrays of shape (n_nodes,) by class.

    Attributes
    ----------
    counts
        Numbers of triads, int64.
    total_intensity, total_coherence
        Sums over these triads, float64.
    """

    counts: ByClass[npt.NDArray[np.int64]]
    total_intensity: ByClass[FloatArray]
    total_coherence: ByClass[FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Intensities:
    """Intensity and coherence of the 13 connected triads, by class.

    Attributes
    ----------
    counts
        Numbers of triads, exact.
    total_intensity, total_coherence
        Sums over the triads of the class, in shares of the largest weight.
    largest
        The largest weight.
    by_node
        The same three for every node, over the triads that contain it, as arrays of shape (n_nodes,) by class; None
        unless asked for.
    """

    counts: ByClass[int]
    total_intensity: ByClass[float]
    total_coherence: ByClass[float]
    largest: float
    by_node: ByNode | None = None

    @property
    def mean_intensity(self) -> ByClass[float]:
        """The mean of the triads of the class, NaN where there is none."""
        return self._mean(self.total_intensity)

    @property
    def mean_coherence(self) -> ByClass[float]:
        """The mean of the triads of the class, NaN where there is none."""
        return self._mean(self.total_coherence)

    def _mean(self, total: ByClass[float]) -> ByClass[float]:
        return ByClass({name: total[name] / n if n else math.nan for name, n in self.counts.items()})

    def to_frame(self, *, by_node: bool = False, nodes: Any = None) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``), indexed by class.

        Its columns are ``count``, ``intensity`` and ``coherence`` (means). With `by_node`, rows are nodes, and the
        columns by class ``030T count``, ``030T intensity`` and ``030T coherence``, sums over the triads of the node.
        `nodes` are the names of the nodes, often ``graph.labels``, by default positions.

        Raises
        ------
        ImportError
            If pandas is not installed.
        TypeError, ValueError
            If `by_node` is not True or False, sums by node were not asked for, or `nodes` are not as many as the nodes.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        if not arguments.flag("by_node", by_node):
            if nodes is not None:
                raise ValueError("nodes must be None where rows are not nodes; by_node makes them so")
            columns: dict[str, ByClass[Any]] = {
                "count": self.counts,
                "intensity": self.mean_intensity,
                "coherence": self.mean_coherence,
            }
            index = frames.Index(list(self.counts), name="class")
            by_class = {name: list(values.values()) for name, values in columns.items()}
            found: pd.DataFrame = frames.DataFrame(by_class, index=index)
            return found
        if self.by_node is None:
            raise ValueError("sums by node were not asked for: intensity(graph, by_node=True)")
        parts: dict[str, ByClass[Any]] = dict(zip(("count", "intensity", "coherence"), self.by_node, strict=True))
        sums = {f"{name} {word}": part[name] for name in self.counts for word, part in parts.items()}
        return frame_by_node(sums, nodes, frames)

    def __repr__(self) -> str:
        intensity, coherence = self.mean_intensity, self.mean_coherence
        rows = [
            f"  {name:<4}  {n:>15,}  mean intensity {intensity[name]:.4g}, coherence {coherence[name]:.4g}"
            for name, n in self.counts.items()
            if n
        ]
        return "\n".join(("Intensities(", *rows, ")"))
