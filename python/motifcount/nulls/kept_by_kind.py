"""Sums of counts by kind that null models keep, as weights by class."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction
from itertools import product

from motifcount.graph import Graph, access
from motifcount.motifs.classes import CLASSES
from motifcount.motifs.families import DYADS, TRIADS, plain_of
from motifcount.motifs.kinds import (
    KindedClass,
    KindedTie,
    Kinds,
    dyads_in,
    has_one_kind_by_source,
    kinded_classes,
    pairs_of_ties,
)
from motifcount.nulls.block_states import impossible_classes
from motifcount.nulls.kept import Weights, each


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
    dyads_of = {triad.name: dyads_in(triad) for triad in triads}
    for dyad in dyads:
        if dyad.kinds:
            meets = {name: found[dyad.kinds] for name, found in dyads_of.items()}
            yield {dyad.name: 2 - graph.n_nodes, **meets}
