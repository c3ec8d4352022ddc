"""The blocks of a graph: which have several states, which motif classes they can hold, and which counts can change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount.graph import Graph, access
from motifcount.motifs.classes import ARCS, CLASSES
from motifcount.motifs.families import Arcs

_Links = npt.NDArray[np.float32]  # by two groups of nodes, 1 or 0


class BlockOfEdges(NamedTuple):
    """The edges from one group of nodes to another.

    Attributes
    ----------
    source, target
        The groups: names, or labels of layers.
    n_sources, n_targets
        Their numbers of nodes, biases left out.
    n_edges
        The number of edges.
    has_choice
        Whether there are other arrangements of these edges that the null model allows; None where that is not known:
        where degrees leave some and mutual edges or triads are kept, too, and where kinds are.
    """

    source: str | int
    target: str | int
    n_sources: int
    n_targets: int
    n_edges: int
    has_choice: bool | None


def blocks_of(graph: Graph, has_choice: Callable[[tuple[int, int]], bool | None]) -> tuple[BlockOfEdges, ...]:
    """Return the blocks of a graph, given which have a choice; see :func:`motifcount.nulls.blocks`."""
    groups = access.groups(graph)
    if groups is None:
        n = graph.n_nodes
        return (BlockOfEdges(0, 0, n, n, graph.n_edges, has_choice((0, 0))),) if graph.n_edges else ()
    labels = groups.layer_names or tuple(groups.layer_labels.tolist())
    sizes = np.bincount(groups.layer_of[~groups.is_bias()], minlength=groups.n_layers).tolist()
    ends = np.stack([groups.layer_of[end] for end in access.edge_arrays(graph)], axis=1)
    pairs, n_edges = np.unique(ends, axis=0, return_counts=True)
    return tuple(
        BlockOfEdges(labels[a], labels[b], sizes[a], sizes[b], n, has_choice((a, b)))
        for (a, b), n in zip(pairs.tolist(), n_edges.tolist(), strict=True)
    )


def impossible_classes(graph: Graph, classes: Iterable[str]) -> list[str]:
    """Return those of some classes that no arrangement of the edges within their blocks can hold."""
    if graph.n_edges == 0:
        return [name for name in classes if ARCS[name]]
    links = _links(graph)
    return [] if links is None else [name for name in classes if not _fits(ARCS[name], links)]


def still_classes(graph: Graph, classes: Iterable[str]) -> list[str]:
    """Return those of some classes that lie wholly in blocks with one state, wherever they can be."""
    choice = _core.blocks_with_choice(access.in_core(graph))
    if not choice:
        return list(classes)
    groups, links = access.groups(graph), _links(graph)
    if groups is None or links is None:
        return []
    moving = links * [[(a[0], b[0]) in choice for b in groups.keys] for a in groups.keys]
    if (moving == links).all():
        return []
    either = np.maximum(moving, moving.T)
    return [name for name in classes if not _can_move(ARCS[name], _size(name), links, either)]


def _can_move(arcs: Arcs, size: int, links: _Links, moving: _Links) -> bool:
    """Whether some place of a class has two nodes whose groups a moving block joins."""
    return any(_fits(arcs, links, {pair: moving}, size) for pair in combinations(range(size), 2))


def _size(name: str) -> int:
    return next(size for size, names in CLASSES.items() if name in names)


def _links(graph: Graph) -> _Links | None:
    """Which groups of nodes have an edge to which, or None where there is one group; a bias is a group of its own."""
    groups = access.groups(graph)
    if groups is None:
        return None
    links = np.zeros((len(groups.keys), len(groups.keys)), dtype=np.float32)
    links[tuple(np.array(list(access.links(graph))).T)] = 1
    return links


def _fits(arcs: Arcs, links: _Links, wanted: Mapping[tuple[int, int], _Links] | None = None, size: int = 0) -> bool:
    """Whether nodes can be given groups such that every arc is of a block, and the groups of some pairs are as wanted.

    By path consistency: groups of two nodes go together only if every third node has one that goes with both. That
    decides for all classes but those of six dyads, of which it may let impossible ones pass.
    """
    size = max(size, 1 + max((node for arc in arcs for node in arc), default=0))
    fit = {pair: np.ones_like(links) for pair in permutations(range(size), 2)}
    for u, v in arcs:
        fit[u, v] = fit[u, v] * links
        fit[v, u] = fit[v, u] * links.T
    for (u, v), allowed in (wanted or {}).items():
        fit[u, v] = fit[u, v] * allowed
        fit[v, u] = fit[v, u] * allowed.T
    changed = True
    while changed:
        changed = False
        for u, v, w in permutations(range(size), 3):
            both = fit[u, v] * (fit[u, w] @ fit[w, v] > 0)
            if not both.any():
                return False
            changed |= bool((both != fit[u, v]).any())
            fit[u, v] = both
    return all(pairs.any() for pairs in fit.values())
