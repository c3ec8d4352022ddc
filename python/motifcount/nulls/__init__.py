"""Null models: what a random graph keeps of the observed one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from motifcount._support import arguments

if TYPE_CHECKING:
    from motifcount.graph import Graph

__all__ = ["Cover", "Degree", "EdgeCount", "NullFunction"]


@dataclass(frozen=True, slots=True)
class Degree:
    """Every node keeps its in-degree and out-degree; in a layered graph, in every block.

    Uniform over all such graphs, by a chain of edge swaps in which refused attempts count as steps. Between two
    different layers swaps reach every state (Ryser 1957, doi:10.4153/CJM-1957-044-3); within a layer, and in a graph
    without layers, paths are also turned around, which reverses directed 3-cycles and so connects what swaps alone do
    not (Rao, Jana and Bandyopadhyay 1996; Erdős, Miklós and Toroczkai 2010, arXiv:0905.4913).

    Parameters
    ----------
    swaps_per_edge
        Length of the chain, in attempts per edge of each block.
    keep_mutual
        Every node also keeps its number of mutual edges. Uniform on what the chain connects, which is not always
        every such graph. Layers with edges in both directions between them are not supported.

    Raises
    ------
    TypeError, ValueError
        If an option is of another kind or out of its range.
    """

    name: ClassVar[str] = "degree"
    swaps_per_edge: float = 10.0
    keep_mutual: bool = False

    def __post_init__(self) -> None:
        wanted = "a number above 0 and at most 1e6"
        swaps = arguments.number("swaps_per_edge", self.swaps_per_edge, wanted, lambda x: 0 < x <= 1e6)
        object.__setattr__(self, "swaps_per_edge", swaps)
        object.__setattr__(self, "keep_mutual", arguments.flag("keep_mutual", self.keep_mutual))


@dataclass(frozen=True, slots=True)
class EdgeCount:
    """The number of edges is kept; in a layered graph, in every block over all nodes of its two layers.

    Uniform, by direct sampling. A bias keeps its number of edges, which go to any unit of the next layer, and nothing
    leads to it. Every node of the graph counts, those without edges too: take out nodes that cannot matter first
    (:meth:`~motifcount.Graph.drop_ineffective`).
    """

    name: ClassVar[str] = "edge_count"


@dataclass(frozen=True, slots=True)
class Cover:
    """The random networks of the study: edges of every block kept, and every live node has an edge in and out.

    A node is live if it has an edge out, or lies in the last layer; biases are spread over all units of the next
    layer. Needs a strictly layered graph, best without ineffective nodes. **Not uniform**: an edge is first placed for
    every node, so degrees vary less than under "edge_count", and Erdős-Rényi layers score z of about 1 on 021D (Zahn,
    Daniel and Kutz 2024, arXiv:2403.00974).
    """

    name: ClassVar[str] = "cover"


NullFunction = Callable[["Graph", int], Any]
"""A null model of your own: takes the graph and a seed, returns a random graph with the same nodes."""

BuiltIn = Degree | EdgeCount | Cover
Null = BuiltIn | NullFunction
_BY_NAME: dict[str, type[BuiltIn]] = {kind.name: kind for kind in (Degree, EdgeCount, Cover)}


def resolve(null: Any) -> Null:
    """Return the null model that a name, an object of this module or a function stands for."""
    if isinstance(null, (Degree, EdgeCount, Cover)):
        return null
    known = ", ".join(f'"{name}"' for name in _BY_NAME)
    if isinstance(null, str):
        if null not in _BY_NAME:
            hint = arguments.suggestion(null, _BY_NAME)
            raise ValueError(f"null must be one of {known}, not {arguments.shown(null)}{hint}")
        return _BY_NAME[null]()
    if isinstance(null, type) or not callable(null):
        raise TypeError(
            f"null must be one of {known}, an object from motifcount.nulls or a function (Graph, seed) -> Graph, "
            f"not {arguments.shown(null)}"
        )
    return null  # type: ignore[no-any-return]


def name_of(null: Null) -> str:
    """Return the name of a null model, or of the function."""
    if isinstance(null, (Degree, EdgeCount, Cover)):
        return null.name
    return getattr(null, "__name__", type(null).__name__)


def options_of(null: Null) -> dict[str, Any]:
    """Return the options of a null model as plain Python objects; none of a function's are known."""
    return asdict(null) if isinstance(null, (Degree, EdgeCount, Cover)) else {}


def core_options(null: BuiltIn) -> tuple[str, float, bool]:
    """Return name, swaps per edge and keep_mutual, as the core wants them."""
    if isinstance(null, Degree):
        return null.name, float(null.swaps_per_edge), null.keep_mutual
    return null.name, 0.0, False
