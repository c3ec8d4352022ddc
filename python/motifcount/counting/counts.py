"""What counting returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from motifcount._support import extras
from motifcount.motifs.by_class import ByClass

if TYPE_CHECKING:
    import pandas as pd

ByBlock = Mapping[tuple[int, ...], int]
NodeCounts = npt.NDArray[np.int64]


class MotifCounts(ByClass[int]):
    """Exact counts by motif class.

    Of size 4 a strictly layered graph has the ten classes that it can hold (the others read as 0), another
    graph all 199.

    Attributes
    ----------
    by_block
        By class, {sorted layers of a motif's nodes: count} without zeros; None unless asked for.
    by_node
        By class, the number of motifs that contain each node, int64 of shape (n_nodes,), in the order of the graph's
        nodes; None unless asked for. A column adds up to size times the count.

    Raises
    ------
    KeyError
        ``counts[name]``, if there is no such class among the sizes that were counted.
    """

    __slots__ = ("by_block", "by_node")

    by_block: ByClass[ByBlock] | None
    by_node: ByClass[NodeCounts] | None

    def __init__(
        self,
        values: Mapping[str, int],
        by_block: ByClass[ByBlock] | None = None,
        by_node: ByClass[NodeCounts] | None = None,
    ) -> None:
        super().__init__(values, 0)
        self.by_block = by_block
        self.by_node = by_node

    def to_frame(self) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``) with the column ``count``, indexed by class name.

        Names of classes are texts, those of tetrads of digits: written as CSV, they come back by
        ``pandas.read_csv(path, index_col="class", dtype={"class": str}, keep_default_na=False)``.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        index = frames.Index(list(self), name="class")
        frame: pd.DataFrame = frames.DataFrame({"count": self.to_numpy()}, index=index)
        return frame

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.counts_html(self)
