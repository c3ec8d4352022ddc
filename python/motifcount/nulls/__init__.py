"""Null models: what a random graph keeps of the observed one."""

# How samples are drawn, file by file:
#   model              what a null model says of itself and can do; kept and kept_by_kind have the sums of counts that
#                      it may keep, block_states the classes that the blocks of a graph can hold
#   in_core            null models that the core draws: degree, edge_count, dyad_count, cover, n_of_m
#   one_by_one         those that are drawn in Python: soft_degree and soft_dyad_count (independent_dyads; fitted by
#                      soft_degree_fit), shuffle_kinds, shuffle_weights, masks, function (one of the user)
#   *_moments          closed forms, by null model and kind of graph
#   pilots             for chains, traces before the samples are drawn, and after: of
#     chains             autocorrelations of traced counts
#     start_correlation  what is left of the start in samples, and so their effective number
#   triads             with Degree(keep_triads=True), how triads are held, by pilot chains of its own
#   sampling, shards   which samples are drawn and what comes of them; shared among the workers of an executor
#   randomize          one random graph.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from motifcount._support import arguments
from motifcount.graph import as_graph
from motifcount.nulls.block_states import BlockOfEdges, blocks_of
from motifcount.nulls.cover import Cover
from motifcount.nulls.degree import Degree, choice_of_blocks
from motifcount.nulls.dyad_count import DyadCount
from motifcount.nulls.edge_count import EdgeCount
from motifcount.nulls.function import Function, NullFunction, Unknown
from motifcount.nulls.masks import Masks
from motifcount.nulls.model import NullModel
from motifcount.nulls.n_of_m import NOfM
from motifcount.nulls.shuffle_kinds import ShuffleKinds
from motifcount.nulls.shuffle_weights import ShuffleWeights
from motifcount.nulls.soft_degree import SoftDegree
from motifcount.nulls.soft_dyad_count import SoftDyadCount

__all__ = [
    "Cover",
    "Degree",
    "DyadCount",
    "EdgeCount",
    "Masks",
    "NOfM",
    "NullFunction",
    "ShuffleKinds",
    "ShuffleWeights",
    "SoftDegree",
    "SoftDyadCount",
    "blocks",
]

_CLASSES: tuple[type[NullModel], ...]
_CLASSES = (Degree, EdgeCount, DyadCount, SoftDegree, SoftDyadCount, Cover, NOfM, ShuffleKinds, ShuffleWeights, Masks)
MODELS: Mapping[str, type[NullModel]] = MappingProxyType({model().name: model for model in _CLASSES})
"""The built-in null models by name; each can be made without arguments."""

Null = NullModel | NullFunction
"""What results hold: a null model, or the function that the caller gave as one."""


def resolve(null: Any) -> NullModel:
    """Return the null model that a name, an object of this package or a function stands for."""
    if isinstance(null, NullModel):
        return null
    if isinstance(null, str):
        if null not in MODELS:
            hint = arguments.suggestion(null, MODELS)
            raise ValueError(f"null must be one of {_quoted(MODELS)}, not {arguments.shown(null)}{hint}")
        return MODELS[null]()
    if isinstance(null, type) or not callable(null):
        raise TypeError(
            f"null must be one of {_quoted(MODELS)}, an object from motifcount.nulls or a function "
            f"(Graph, seed) -> Graph, not {arguments.shown(null)}"
        )
    return Function(null)


def blocks(adj: Any, null: str | NullModel = "degree") -> tuple[BlockOfEdges, ...]:
    """Return the blocks in which a null model rearranges the edges of a graph, and which of them leave a choice.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes. Without layers or other groups it is one block, from 0 to 0.
    null
        A null model that keeps the degrees in every block.

    Raises
    ------
    TypeError, ValueError, NotImplementedError
        If the null model does not keep the degrees in every block, or cannot take the graph.

    Notes
    -----
    O(n + m log m). Whether degrees leave a choice is exact (Ryser 1957, doi:10.4153/CJM-1957-044-3). How freely the
    edges of a block move is measured by :func:`motifcount.mixing.trace`: the share of its swaps that are accepted.

    Examples
    --------
    >>> import motifcount as mc
    >>> genes = mc.Graph.from_edges([(0, 1), (0, 2), (1, 2)], layers=["tf", "tf", "gene"])
    >>> for block in mc.nulls.blocks(genes):
    ...     print(block.source, block.target, block.n_edges, block.has_choice)
    tf gene 2 False
    tf tf 1 False
    """
    model, graph = resolve(null), as_graph(adj)
    if not isinstance(model, Degree):
        raise ValueError(f'null must be "degree" or an object of nulls.Degree, not {arguments.shown(null)}')
    model.check(graph)
    return blocks_of(graph, choice_of_blocks(graph, model))


def restored(name: str, options: Mapping[str, Any]) -> NullModel:
    """Return the null model of this name and these options, of which that of a function is no more than a name."""
    return MODELS[name](**options) if name in MODELS else Unknown(name)


def title_of(null: Null) -> str:
    """Return the name of a null model, or of the function, and the options that are not the usual ones."""
    return resolve(null).title


def names_where(holds: Callable[[NullModel], bool]) -> str:
    """Return the names of the built-in null models, with their default options, of which something holds."""
    return _quoted((name for name, model in MODELS.items() if holds(model())), " or ")


def _quoted(names: Iterable[str], between: str = ", ") -> str:
    return between.join(f'"{name}"' for name in names)
