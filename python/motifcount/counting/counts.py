"""What counting returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, extras
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
    layer_names
        With `by_block`, what the source calls the layers, by layer; None if it has no names.
    by_node
        By class, the number of motifs that contain each node, int64 of shape (n_nodes,), in the order of the graph's
        nodes; None unless asked for. A column adds up to size times the count.

    Raises
    ------
    KeyError
        ``counts[name]``, if there is no such class among the sizes that were counted.
    """

    __slots__ = ("by_block", "by_node", "layer_names")

    by_block: ByClass[ByBlock] | None
    by_node: ByClass[NodeCounts] | None
    layer_names: Mapping[int, str] | None

    def __init__(
        self,
        values: Mapping[str, int],
        by_block: ByClass[ByBlock] | None = None,
        by_node: ByClass[NodeCounts] | None = None,
        layer_names: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(values, 0)
        self.by_block = by_block
        self.by_node = by_node
        self.layer_names = layer_names

    def rows_by_block(self) -> Iterator[tuple[str, str, int]]:
        """Yield class, layers of a motif's nodes and count, the layers by their names if they have any.

        Raises
        ------
        ValueError
            If counts by block were not asked for.
        """
        if self.by_block is None:
            raise ValueError("counts by block were not asked for: count(graph, by_block=True)")
        for name, blocks in self.by_block.items():
            for layers, n in blocks.items():
                words = (str(k) if self.layer_names is None else self.layer_names[k] for k in layers)
                yield name, ", ".join(words), n

    def to_frame(self, *, by_block: bool = False) -> pd.DataFrame:
        """Return a frame of pandas (extra ``frames``) with the column ``count``, indexed by class name.

        With `by_block`, a row for each class and each combination of layers, which the column ``layers`` names.

        Names of classes are texts, those of tetrads of digits: written as CSV, they come back by
        ``pandas.read_csv(path, index_col="class", dtype={"class": str}, keep_default_na=False)``.

        Raises
        ------
        ImportError
            If pandas is not installed.
        TypeError, ValueError
            If `by_block` is not True or False, or if counts by block were not asked for.
        """
        frames = extras.require("pandas", "frames", "to_frame")
        if arguments.flag("by_block", by_block):
            table = frames.DataFrame(list(self.rows_by_block()), columns=["class", "layers", "count"])
            found: pd.DataFrame = table.set_index("class")
            return found
        index = frames.Index(list(self), name="class")
        frame: pd.DataFrame = frames.DataFrame({"count": self.to_numpy()}, index=index)
        return frame

    def _repr_html_(self) -> str:
        from motifcount.present import html

        return html.counts_html(self)
