"""What a test of significance by node returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, extras
from motifcount.counting.parts import ByRole, NodeCounts
from motifcount.motifs.by_class import ByClass
from motifcount.motifs.classes import ROLES, in_tables
from motifcount.nulls import Null

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]

COLUMNS = ("observed", "mean", "std", "z", "p_over", "p_under", "p_adjusted")


@dataclass(frozen=True, slots=True, eq=False)
class NodeSignificance:
    """Counts by node, or by node and role, against those of random graphs.

    The first seven attributes are mappings from class to an array of shape (n_nodes,), or of shape (n_nodes, roles),
    the roles as in :data:`ROLES`.

    Attributes
    ----------
    observed
        Induced counts in the graph, int64.
    mean, std
        Mean and standard deviation (ddof 1) of the sampled counts.
    z
        (observed - mean) / std; NaN where no sample differs from another.
    p_over, p_under
        One-sided p-values (1 + r) / (1 + samples), r being the number of samples with at least (at most) the observed
        count; NaN under a null model that is fitted to the graph.
    p_adjusted
        Two-sided p-values adjusted over all nodes and classes, or roles, at once: at most 5 % of random graphs have any
        of 0.05 or less. NaN where graph and samples are all alike.
    null, samples, seed
        What was sampled.
    """

    observed: ByClass[NodeCounts]
    mean: ByClass[FloatArray]
    std: ByClass[FloatArray]
    z: ByClass[FloatArray]
    p_over: ByClass[FloatArray]
    p_under: ByClass[FloatArray]
    p_adjusted: ByClass[FloatArray]
    null: Null
    samples: int
    seed: int

    def to_frame(self, *, nodes: Any = None) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``): a row for each node and class, or role (``030T.b``).

        Rows of what occurs neither in the graph nor in the samples are left out. `nodes` are the names of the nodes,
        often ``graph.labels``, by default positions.

        Raises
        ------
        ImportError
            If pandas is not installed.
        TypeError, ValueError
            If `nodes` are not as many as the nodes.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        n_nodes = len(next(iter(self.observed.values())))
        labels = range(n_nodes) if nodes is None else arguments.sequence("nodes", nodes, "names of nodes", most=None)
        if len(labels) != n_nodes:
            raise ValueError(f"nodes must be {n_nodes} names, one for each node, not {len(labels)}")
        names = ["node", "role" if self.by_role else "class"]
        parts = []
        for word, occurs, columns in self.columns():
            index = [labels[node] for node in occurs.tolist()], [in_tables(word)] * len(occurs)
            parts.append(frames.DataFrame(columns, frames.MultiIndex.from_arrays(index, names=names)))
        found: pd.DataFrame = frames.concat(parts)
        return found

    @property
    def by_role(self) -> bool:
        """Whether the places of the nodes in the motifs are told apart."""
        return isinstance(self.observed, ByRole)

    def columns(self) -> Iterator[tuple[str, npt.NDArray[np.int64], dict[str, npt.NDArray[Any]]]]:
        """Yield each class, or role (``030T.b``), with the nodes where it occurs and their values.

        The values are arrays as long as the nodes, by the names of the first seven attributes.
        """
        for name in self.observed:
            table = {column: np.atleast_2d(getattr(self, column)[name].T) for column in COLUMNS}
            for k, word in enumerate(self._words(name)):
                occurs = np.flatnonzero((table["observed"][k] > 0) | (table["mean"][k] > 0))
                yield word, occurs, {column: values[k][occurs] for column, values in table.items()}

    def _words(self, name: str) -> list[str]:
        """Return what the columns of a class are called."""
        return [f"{name}.{letter}" for letter in ROLES[name]] if self.by_role else [name]

    def __repr__(self) -> str:
        n_nodes = len(next(iter(self.observed.values())))
        n_found = sum(int((p <= 0.05).sum()) for p in self.p_adjusted.values())
        found = f"{n_found:,} {'nodes and roles' if self.by_role else 'nodes and classes'} with p_adjusted <= 0.05"
        return f"NodeSignificance({n_nodes:,} nodes, {self.samples:,} samples; {found})"
