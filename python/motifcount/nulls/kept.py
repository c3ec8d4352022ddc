"""Sums of motif counts that null models keep, as weights by class, and the classes that layers rule out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

from motifcount.graph import Graph, access
from motifcount.motifs.by_class import Frozen
from motifcount.motifs.classes import ARCS, CLASSES, levels_of
from motifcount.motifs.families import Arcs

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

WITH_MUTUAL = tuple(name for size in (2, 3) for name in CLASSES[size] if MUTUAL_DYADS[name])


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


def degrees(n_nodes: int, classes: Iterable[str]) -> Iterator[Weights]:
    """Sums over the nodes of pairs of arcs: two out, two in, in and out; and stars, in strictly layered graphs."""
    sizes = _sizes(classes)
    if 3 in sizes:
        # In-degree times out-degree also pairs the two arcs of a mutual dyad, at both ends; n - 2 triads share it.
        shared = Fraction(2, max(n_nodes - 2, 1))
        in_and_out = _pairs_of_triads(Tie.OUT, Tie.IN)
        yield {name: pairs + shared * MUTUAL_DYADS[name] for name, pairs in in_and_out.items()}
        yield from (_pairs_of_triads(tie, tie) for tie in (Tie.OUT, Tie.IN))
    if 4 in sizes:
        yield from each(name for name in CLASSES[4] if _is_star(ARCS[name]))


def dyads_of_nodes(classes: Iterable[str]) -> Iterator[Weights]:
    """The number of mutual dyads, and sums over the nodes of pairs of dyads: out, in, mutual."""
    sizes = _sizes(classes)
    if 2 in sizes:
        yield {"mutual": 1}
    if 3 in sizes:
        yield _of_triads(MUTUAL_DYADS)
        for tie, other in combinations_with_replacement(Tie, 2):
            yield _pairs_of_triads(tie, other, by_dyad=True)


def _sizes(classes: Iterable[str]) -> set[int]:
    names = set(classes)
    return {size for size, of_size in CLASSES.items() if names.issuperset(of_size)}


def _of_triads(values: Mapping[str, int]) -> Weights:
    return {name: values[name] for name in CLASSES[3]}


def _is_star(arcs: Arcs) -> bool:
    """Whether one node lies on every arc: in strict layers, its degrees alone tell how often."""
    return any(all(node in arc for arc in arcs) for node in range(4))


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


def impossible_classes(graph: Graph) -> frozenset[str]:
    """Return the classes that no arrangement of the edges within their blocks can hold."""
    if graph.n_edges == 0:
        return frozenset(name for name, arcs in ARCS.items() if arcs)
    if access.groups(graph) is None:
        return frozenset()
    blocks = access.links(graph)  # a bias is a group of its own: nothing leads to it
    linked: dict[int, set[int]] = {}
    for a, b in blocks:
        linked.setdefault(a, set()).add(b)
        linked.setdefault(b, set()).add(a)
    names: set[str] = set()
    if not any((b, a) in blocks for a, b in blocks):
        names |= set(WITH_MUTUAL)
    if not any(linked[a] & linked[b] for a, b in blocks):
        names |= {name for name in CLASSES[3] if name[2] == "0"}  # closed: no null dyad
    if all(a < b for a, b in blocks):
        names.add("030C")
    ends = {b for _, b in blocks}
    middles = {b for a, b in blocks if a in ends}
    if not any(a in ends for a, _ in blocks):  # no two-step paths between blocks
        names |= {name for name in CLASSES[4] if max(levels_of(ARCS[name])) >= 2}
    if not any(a in middles for a, _ in blocks):
        names |= {name for name in CLASSES[4] if max(levels_of(ARCS[name])) >= 3}
    return frozenset(names)


def impossible(graph: Graph, classes: Iterable[str]) -> Iterator[Weights]:
    """The counts of classes that the blocks of the graph cannot hold, which stay 0."""
    ruled_out = impossible_classes(graph)
    return each(name for name in classes if name in ruled_out)
