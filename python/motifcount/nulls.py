"""Null models: what a random graph keeps of the observed one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from motifcount import _validate


@dataclass(frozen=True, slots=True)
class Degree:
    """Every node keeps its in-degree and out-degree; in a layered graph, in every block.

    Uniform over all such graphs, by a chain of edge swaps in which refused attempts count as steps. Between two
    different layers swaps reach every state (Ryser 1957, doi:10.4153/CJM-1957-044-3); within a layer, and in a graph
    without layers, paths are also turned around, which reverses directed 3-cycles and so connects what swaps alone do
    not (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and Toroczkai 2010, doi:10.37236/338).

    Parameters
    ----------
    swaps_per_edge
        Length of the chain, in attempts per edge of each block.
    keep_mutual
        Every node also keeps its number of mutual edges. Uniform on what the chain connects, which is not always
        every such graph. Layers with edges in both directions between them are not supported.
    """

    name: ClassVar[str] = "degree"
    swaps_per_edge: float = 10.0
    keep_mutual: bool = False

    def __post_init__(self) -> None:
        value = self.swaps_per_edge
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"swaps_per_edge must be a number above 0, not {value!r}")
        if not (math.isfinite(value) and 0 < value <= 1e6):
            raise ValueError(f"swaps_per_edge must be above 0 and at most 1e6, not {value!r}")
        _validate.flag("keep_mutual", self.keep_mutual)


@dataclass(frozen=True, slots=True)
class EdgeCount:
    """The number of edges is kept; in a layered graph, in every block over all nodes of its two layers.

    Uniform, by direct sampling. Every node of the graph counts, those without edges too: take out nodes that
    cannot matter first (:meth:`~motifcount.Graph.drop_ineffective`).
    """

    name: ClassVar[str] = "edge_count"
    swaps_per_edge: ClassVar[float] = 0.0
    keep_mutual: ClassVar[bool] = False


Null = Degree | EdgeCount
_BY_NAME: dict[str, type[Null]] = {kind.name: kind for kind in (Degree, EdgeCount)}


def resolve(null: Any) -> Null:
    """Return the null model that a name or an object of this module stands for."""
    if isinstance(null, (Degree, EdgeCount)):
        return null
    known = ", ".join(f'"{name}"' for name in _BY_NAME)
    if not isinstance(null, str):
        raise TypeError(f"null must be one of {known} or an object from motifcount.nulls, not {null!r}")
    if null not in _BY_NAME:
        raise ValueError(f"null must be one of {known}, not {null!r}{_validate.suggestion(null, _BY_NAME)}")
    return _BY_NAME[null]()
