"""Sums of motif counts that null models keep, as weights by class; kept_by_kind has those of classes by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations

from motifcount.graph import Graph
from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import ARCS, CLASSES
from motifcount.motifs.families import LAYERED_TETRADS, TETRADS, Arcs, Family
from motifcount.nulls.block_states import impossible_classes, still_classes

Weights = Mapping[str, Fraction | int]
"""By class, its weight in a sum; 0 for the others."""


class Tie(Enum):
    """What joins a node to another: an arc to it, an arc from it, or (where dyads are told apart) both."""

    OUT = "out"
    IN = "in"
    MUTUAL = "mutual"


MUTUAL_DYADS: Mapping[str, int] = {name: sum((v, u) in arcs for u, v in arcs) // 2 for name, arcs in ARCS.items()}
"""By class, how many mutual dyads it has."""

ASYMMETRIC_DYADS: Mapping[str, int] = {name: len(arcs) - 2 * MUTUAL_DYADS[name] for name, arcs in ARCS.items()}
"""By class, how many asymmetric dyads it has."""

WITH_MUTUAL = tuple(name for name, n_mutual in MUTUAL_DYADS.items() if n_mutual)


def each(names: Iterable[str]) -> Iterator[Weights]:
    """The count of each of some classes."""
    return ({name: 1} for name in names)


def nodes(n_nodes: int, classes: Iterable[str]) -> Iterator[Weights]:
    """What every graph of `n_nodes` nodes keeps: the number of pairs and of triples, which meet each other."""
    sizes = _sizes(classes)
    yield from (dict.fromkeys(CLASSES[size], 1) for size in (2, 3) if size in sizes)
    if {2, 3} <= sizes:  # every dyad meets every third node
        yield {"mutual": 2 - n_nodes, **_of_triads(MUTUAL_DYADS)}
        yield {"asymmetric": 2 - n_nodes, **_of_triads(ASYMMETRIC_DYADS)}


def arcs(classes: Iterable[str]) -> Iterator[Weights]:
    """The number of arcs."""
    sizes = _sizes(classes)
    yield from ({name: len(ARCS[name]) for name in CLASSES[size]} for size in (2, 3) if size in sizes)


def dyads(classes: Iterable[str]) -> Iterator[Weights]:
    """The number of mutual dyads; that of arcs gives the others."""
    sizes = _sizes(classes)
    if 2 in sizes:
        yield {"mutual": 1}
    if 3 in sizes:
        yield _of_triads(MUTUAL_DYADS)


def degrees(graph: Graph, classes: Iterable[str]) -> Iterator[Weights]:
    """Sums over the nodes of pairs of arcs: two out, two in, in and out; and of three arcs."""
    sizes, tetrads = _sizes(classes), _tetrads(classes)
    if 3 in sizes:
        # In-degree times out-degree also pairs the two arcs of a mutual dyad, at both ends; n - 2 triads share it.
        shared = Fraction(2, max(graph.n_nodes - 2, 1))
        in_and_out = _pairs_of_triads(Tie.OUT, Tie.IN)
        yield {name: pairs + shared * MUTUAL_DYADS[name] for name, pairs in in_and_out.items()}
        yield from (_pairs_of_triads(tie, tie) for tie in (Tie.OUT, Tie.IN))
    if tetrads is None:
        return
    yield from (_subgraphs(tetrads, star) for star in ("out_star", "in_star"))
    mutual_possible = not impossible_classes(graph, ["mutual"])
    if mutual_possible and 3 not in sizes:
        return
    for star, tie in (("y_out", Tie.OUT), ("y_in", Tie.IN)):
        # The third arc may return to a node of the other two: a triad, of a mutual dyad and another arc.
        returning = _returning(tie) if mutual_possible else {}
        yield {**_subgraphs(tetrads, star), **returning}


def in_degrees(classes: Iterable[str]) -> Iterator[Weights]:
    """Sums over the nodes of pairs and triples of arcs that lead to them."""
    sizes, tetrads = _sizes(classes), _tetrads(classes)
    if 3 in sizes:
        yield _pairs_of_triads(Tie.IN, Tie.IN)
    if tetrads is not None:
        yield _subgraphs(tetrads, "in_star")


def even_in_degrees(classes: Iterable[str]) -> Iterator[Weights]:
    """Where arcs lead to the next layer only, and all units of a layer have as many: what ends in one of them."""
    sizes, tetrads = _sizes(classes), _tetrads(classes)
    if 3 in sizes:
        yield _pairs_of_triads(Tie.OUT, Tie.IN)
    if tetrads is not None:
        yield from (_subgraphs(tetrads, name) for name in ("y_in", "chain4", "chain_then_in"))


def dyads_of_nodes(classes: Iterable[str]) -> Iterator[Weights]:
    """The number of mutual dyads, and sums over the nodes of pairs and triples of dyads: out, in, mutual."""
    sizes, tetrads = _sizes(classes), _tetrads(classes)
    yield from dyads(classes)
    if 3 in sizes:
        for tie, other in combinations_with_replacement(Tie, 2):
            yield _pairs_of_triads(tie, other, by_dyad=True)
    if tetrads is not None:
        for ties in combinations_with_replacement(Tie, 3):
            yield {name: n for name in tetrads.names if (n := _triples(ARCS[name], ties))}


def _sizes(classes: Iterable[str]) -> set[int]:
    names = set(classes)
    return {size for size, of_size in CLASSES.items() if names.issuperset(of_size)}


def _of_triads(values: Mapping[str, int]) -> Weights:
    return {name: values[name] for name in CLASSES[3]}


def _tetrads(classes: Iterable[str]) -> Family | None:
    """The family of size 4 among some classes."""
    names = set(classes)
    return next((family for family in (TETRADS, LAYERED_TETRADS) if names.issuperset(family.names)), None)


def _subgraphs(family: Family, name: str) -> dict[str, int]:
    """The number of subgraphs of a class, as a sum of induced counts."""
    row = family.containment()[family.names.index(name)].tolist()
    return {other: times for other, times in zip(family.names, row, strict=True) if times}


@cache
def _returning(tie: Tie) -> Frozen[str, int]:
    """Over the nodes of a triad: a mutual dyad, and an arc to (or from) the third node."""
    return Frozen(
        {
            name: sum(
                {(u, v), (v, u)} <= arcs and ((u, w) if tie is Tie.OUT else (w, u)) in arcs
                for u, v, w in permutations(range(3))
            )
            for name, arcs in ((name, ARCS[name]) for name in CLASSES[3])
        }
    )


@cache
def _triples(arcs: Arcs, ties: tuple[Tie, ...]) -> int:
    """How many nodes of a tetrad have the others by these dyads."""
    wanted = sorted(tie.value for tie in ties)
    return sum(
        sorted(tie.value for other in range(4) if other != node for tie in _ties(arcs, node, other, by_dyad=True))
        == wanted
        for node in range(4)
    )


@cache
def _pairs_of_triads(tie: Tie, other_tie: Tie, *, by_dyad: bool = False) -> Frozen[str, int]:
    return Frozen({name: _pairs(ARCS[name], tie, other_tie, by_dyad) for name in CLASSES[3]})


def _pairs(arcs: Arcs, tie: Tie, other_tie: Tie, by_dyad: bool) -> int:
    """Over the nodes of a triad, pairs of different neighbours, one by each tie."""
    total = 0
    for node in range(3):
        x, y = (_ties(arcs, node, other, by_dyad) for other in range(3) if other != node)
        total += (tie in x and other_tie in y) + (tie != other_tie and other_tie in x and tie in y)
    return total


def _ties(arcs: Arcs, node: int, other: int, by_dyad: bool) -> set[Tie]:
    ties = {tie for tie, arc in ((Tie.OUT, (node, other)), (Tie.IN, (other, node))) if arc in arcs}
    return {Tie.MUTUAL} if by_dyad and len(ties) == 2 else ties


def impossible(graph: Graph, classes: Iterable[str]) -> Iterator[Weights]:
    """The counts of classes that the blocks of the graph cannot hold, which stay 0."""
    return each(impossible_classes(graph, classes))


def still(graph: Graph, classes: Iterable[str]) -> Iterator[Weights]:
    """The counts of classes that lie wholly in blocks with one state."""
    return each(still_classes(graph, classes))
