"""Sums of motif counts that null models keep, as weights by class."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations, product

from motifcount.graph import Graph, access
from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import ARCS, CLASSES
from motifcount.motifs.families import DYADS, LAYERED_TETRADS, TETRADS, TRIADS, Arcs, Family, plain_of
from motifcount.motifs.kinds import (
    KindedClass,
    Kinds,
    dyads_in,
    has_one_kind_by_source,
    kinded_classes,
    pairs_of_ties,
)
from motifcount.motifs.kinds import (
    Tie as KindedTie,
)
from motifcount.nulls.blocks import impossible_classes, still_classes

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


def wiring(graph: Graph, classes: Iterable[str], *, by_source: bool) -> Iterator[Weights]:
    """Where the edges stay and kinds are permuted: the count of each plain class, and the edges of each kind.

    With kinds `by_source`, classes in which edges of two kinds leave a node stay 0 instead. And what every graph keeps:
    dyads meet all other nodes in triads.
    """
    names = tuple(classes)
    by_plain: dict[str, dict[str, int]] = {}
    for name in names:
        by_plain.setdefault(plain_of(name), {})[name] = 1
    yield from by_plain.values()
    labels = _labels(graph)
    groups = access.groups(graph)
    for found in _counted_by_kind(names, labels):
        if by_source and groups is not None and groups.pinned_layers:
            continue  # edges into these keep kinds of their own
        if by_source:
            yield from each(kinded.name for kinded in found if not has_one_kind_by_source(kinded))
        else:
            yield from _arcs_by_kind(found, labels)
    yield from _meetings_by_kind(graph, names, labels)


def degrees_by_kind(graph: Graph, classes: Iterable[str], *, by_dyad: bool) -> Iterator[Weights]:
    """What classes by kind keep where nodes keep their arcs of each kind, or (`by_dyad`) their dyads of each two kinds.

    The arcs of each kind, and sums over the nodes of pairs of arcs, or dyads, of every two kinds; and what every graph
    keeps. Nothing for classes that are not by kind.
    """
    names, labels = tuple(classes), _labels(graph)
    for found in _counted_by_kind(names, labels):
        yield {kinded.name: 1 for kinded in found}
        yield from _arcs_by_kind(found, labels)
        impossible = {*impossible_classes(graph, {kinded.plain: 0 for kinded in found})}
        yield from each(kinded.name for kinded in found if kinded.plain in impossible)
        if found[0].plain in CLASSES[2]:
            if by_dyad:
                yield from each(kinded.name for kinded in found)
            continue
        dyads = {kinded.name: dyads_in(kinded) for kinded in found}
        if by_dyad:
            for kinds in dict.fromkeys(kinds for counter in dyads.values() for kinds in counter):
                yield {name: counter[kinds] for name, counter in dyads.items()}
        sums: dict[frozenset[KindedTie], dict[str, Fraction | int]] = {}
        for kinded in found:
            for ties, n in pairs_of_ties(kinded, by_dyad=by_dyad).items():
                sums.setdefault(ties, {})[kinded.name] = n
        for ties, weights in sums.items():
            if not by_dyad and len({there is None for there, _ in ties}) == 2:
                # An arc there and one back may join the same two nodes; n - 2 triads share these.
                (there, _), (_, back) = sorted(ties, key=lambda tie: tie[0] is None)
                shared = Fraction(2 if there == back else 1, max(graph.n_nodes - 2, 1))
                weights = {
                    name: weights.get(name, 0) + shared * counter[there, back] for name, counter in dyads.items()
                }
            yield weights
    yield from _meetings_by_kind(graph, names, labels)


def degrees_by_kind_in_wiring(graph: Graph, classes: Iterable[str]) -> Iterator[Weights]:
    """What classes by kind keep where the edges stay, too: sums over the nodes of edges of a kind and mutual dyads."""
    names, labels = tuple(classes), _labels(graph)
    yield from wiring(graph, names, by_source=False)
    yield from degrees_by_kind(graph, names, by_dyad=False)
    triads = next((found for found in _counted_by_kind(names, labels) if found[0].plain in CLASSES[3]), ())
    for label, end in product(labels, (0, 1)):
        yield {triad.name: _with_mutual(triad, label, end, graph.n_nodes) for triad in triads}


def _with_mutual(triad: KindedClass, label: Hashable, end: int, n_nodes: int) -> Fraction:
    """Over the nodes, pairs of an arc of a kind, from there or (end 1) to there, and a mutual dyad."""
    total = Fraction(0)
    for ties, n in pairs_of_ties(triad, by_dyad=True).items():
        tie, other = tuple(ties) * (3 - len(ties))
        total += n * sum(x[end] == label and None not in y for x, y in ((tie, other), (other, tie)))
    # The arc may be of the dyad itself; n - 2 triads share these.
    mutual = ((kinds, n) for kinds, n in dyads_in(triad).items() if len(kinds) == 2)
    own = sum(n * kinds.count(label) * (1 + (kinds[0] == kinds[1])) for kinds, n in mutual)
    return total + Fraction(own, 2 * max(n_nodes - 2, 1))


def _labels(graph: Graph) -> Kinds:
    kinds = access.kinds(graph)
    return () if kinds is None else kinds.labels


def _counted_by_kind(names: Iterable[str], labels: Kinds) -> list[tuple[KindedClass, ...]]:
    """Return the classes by kind of the families that are among some names as a whole."""
    found = (kinded_classes(family.name, labels) for family in (DYADS, TRIADS) if labels)
    return [classes for classes in found if {*names}.issuperset(kinded.name for kinded in classes)]


def _arcs_by_kind(found: Iterable[KindedClass], labels: Kinds) -> Iterator[Weights]:
    return ({kinded.name: kinded.kinds.count(label) for kinded in found} for label in labels)


def _meetings_by_kind(graph: Graph, names: Iterable[str], labels: Kinds) -> Iterator[Weights]:
    """Every dyad meets every third node."""
    counted = _counted_by_kind(names, labels)
    if len(counted) < 2:
        return
    dyads, triads = counted
    for dyad in dyads:
        if dyad.kinds:
            meets = {triad.name: dyads_in(triad)[dyad.kinds] for triad in triads}
            yield {dyad.name: 2 - graph.n_nodes, **meets}


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
