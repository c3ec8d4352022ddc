"""The null model of maximum entropy with expected degrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from motifcount._support import arguments
from motifcount.graph import Graph
from motifcount.nulls.independent_dyads import DyadModel, IndependentDyads
from motifcount.nulls.soft_degree_fit import fitted


@dataclass(frozen=True, slots=True)
class SoftDegree(IndependentDyads):
    """Degrees are kept in expectation, in every block: maximum entropy (DBCM; with `keep_mutual`, RBCM).

    Pairs of nodes are independent, and all graphs with the same degrees are equally likely, as under :class:`Degree`;
    but degrees vary from sample to sample, as in a network that might as well have had others. So z differ
    from those of :class:`Degree`, most where it fixes a class, which varies here. The probabilities are estimated from
    the graph, so there are no p-values: see docs/null-models.md. A sample takes O(nodes ** 2).

    Parameters
    ----------
    keep_mutual
        Whether each node's numbers of mutual, outgoing and incoming pairs are kept in expectation.

    Raises
    ------
    TypeError
        If `keep_mutual` is no bool.
    NotImplementedError
        Where it is used, if there are more than 2000 classes of nodes with equal degrees, layers whose arcs stay in
        place, or weights that stand for several edges.
    """

    name: ClassVar[str] = "soft_degree"
    keep_mutual: bool = field(
        default=False, metadata={"help": "keep each node's mutual edges", "words": "mutual edges kept"}
    )

    def __post_init__(self) -> None:
        arguments.flag("keep_mutual", self.keep_mutual)

    @property
    def _has_own_mutual(self) -> bool:
        return self.keep_mutual

    def _dyads(self, graph: Graph) -> DyadModel:
        return fitted(graph, self.keep_mutual)
