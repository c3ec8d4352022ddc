"""Dyads and triads by the kinds of their arcs: which classes there are, how they are written, and what signs mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from functools import cache
from itertools import permutations, product
from types import MappingProxyType
from typing import NamedTuple

from motifcount import _core
from motifcount.motifs.families import DYADS, TRIADS, Arcs, find
from motifcount.motifs.wording import arcs_in_order

Kinds = tuple[Hashable, ...]
KindedTie = tuple[Hashable | None, Hashable | None]

PLUS, MINUS = "+", "-"
"""The labels that are signs."""

FEED_FORWARD_LOOPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "C1": ("+", "+", "+"),
        "C2": ("-", "+", "-"),
        "C3": ("+", "-", "-"),
        "C4": ("-", "-", "+"),
        "I1": ("+", "-", "+"),
        "I2": ("-", "-", "-"),
        "I3": ("+", "+", "-"),
        "I4": ("-", "+", "+"),
    }
)
"""The coherent and incoherent feed-forward loops of Mangan and Alon (2003, doi:10.1073/pnas.2133841100).

By name, the signs of X → Y, Y → Z and X → Z, in this order: that of the arrows of ``030T``, ``a → b → c; a → c``.
"""

COHERENT, INCOHERENT, UNKNOWN = "coherent", "incoherent", "unknown"

_LOOPS = ("mutual", "030C")
_LOOP_OF = {COHERENT: "positive loop", INCOHERENT: "negative loop"}


class KindedClass(NamedTuple):
    """A class of motifs by the kinds of their arcs.

    Attributes
    ----------
    name
        What it is called among other classes: ``030T ++-``.
    plain
        The class without kinds.
    kinds
        The kinds in the order of the arrows of its text, of a ⇄ b first that of a → b; of four nodes, in that of the
        arcs by source and target. Of all orders that one motif may be read in, the first by the order of the labels.
    parity
        Of classes with a cycle (arrows disregarded; two mutual arcs are one): "coherent" if the product of the signs
        around every cycle is +, else "incoherent"; "unknown" where an arc has another kind; "" where there is no cycle.
    """

    name: str
    plain: str
    kinds: Kinds
    parity: str

    @property
    def term(self) -> str:
        """What the literature calls it: C1 to I4 of feed-forward loops, positive and negative loops; or ""."""
        if self.plain in _LOOPS:
            return _LOOP_OF.get(self.parity, "")
        return next((name for name, signs in FEED_FORWARD_LOOPS.items() if self._is_ffl and signs == self.kinds), "")

    @property
    def _is_ffl(self) -> bool:
        return self.plain == "030T"


def kinds_text(kinds: Kinds) -> str:
    """Write kinds as ``+-+``, or, where a label has more than one letter, as ``act, rep``."""
    words = list(map(str, kinds))
    return ("" if all(len(word) == 1 for word in words) else ", ").join(words)


def kinded_classes(family: str, labels: Kinds) -> tuple[KindedClass, ...]:
    """Return the classes of a family, "dyads" or "triads", for these kinds, in the order of every result."""
    return tuple(found for _, found in in_order(family, labels))


def kinded_tetrads(plain: str, labels: Kinds) -> Mapping[Kinds, tuple[int, ...]]:
    """Return by the kinds of the arcs of a layered tetrad, in the order of results, their places in the core's table.

    The kinds are the first by the order of the labels of all orders that one motif may be read in.
    """
    places: dict[tuple[int, ...], list[int]] = {}
    for place, codes in enumerate(product(range(max(len(labels), 1)), repeat=len(arcs_in_order(plain)))):
        first = min(tuple(codes[k] for k in order) for order in equivalents(plain))
        places.setdefault(first, []).append(place)
    return {tuple(labels[code] for code in codes): tuple(places[codes]) for codes in sorted(places)} if labels else {}


def in_order(family: str, labels: Kinds) -> tuple[tuple[int, KindedClass], ...]:
    """Return the classes for these kinds, each with its place in the core's tables: by plain class, then by kinds."""
    return _in_order(family, labels, tuple(map(type, labels)))


@cache
def _in_order(family: str, labels: Kinds, _types: tuple[type, ...]) -> tuple[tuple[int, KindedClass], ...]:
    """Labels that are equal, as 1 and True, are told apart by their types."""
    plain_classes = list(DYADS.names if family == DYADS.name else TRIADS.names)
    found: list[tuple[int, str, tuple[int, ...]]] = []
    for k, (plain, codes) in enumerate(_core.kinded_classes(family, max(len(labels), 1))):
        arcs = arcs_in_order(plain)
        found.append((k, plain, min(tuple(codes[arcs[place]] for place in order) for order in equivalents(plain))))
    found.sort(key=lambda entry: (plain_classes.index(entry[1]), entry[2]))
    return tuple(
        (k, kinded(plain, tuple(labels[code] for code in codes) if labels else ())) for k, plain, codes in found
    )


def kinded(plain: str, kinds: Kinds) -> KindedClass:
    """Return a class by the kinds of its arcs, in the order of its arrows."""
    signs = tuple(kind if isinstance(kind, str) and kind in (PLUS, MINUS) else "" for kind in kinds)
    return KindedClass(f"{plain} {kinds_text(kinds)}".rstrip(), plain, kinds, _parity(plain, signs))


def dyads_in(triad: KindedClass) -> Counter[Kinds]:
    """Return the linked pairs of a triad by the kinds of their arcs, those of mutual ones in both orders."""
    kind_of = dict(zip(arcs_in_order(triad.plain), triad.kinds, strict=True))
    pairs = {frozenset(arc): [kind for other, kind in kind_of.items() if {*other} == {*arc}] for arc in kind_of}
    return Counter(order for kinds in pairs.values() for order in {tuple(kinds), tuple(kinds[::-1])})


def pairs_of_ties(triad: KindedClass, *, by_dyad: bool) -> Counter[frozenset[KindedTie]]:
    """Return how often a node of a triad has its two neighbours by some two ties, which may be one and the same.

    A tie is the kinds of the arcs there and back, None for no arc: of a mutual pair those of either arc on its own, or,
    `by_dyad`, both together.
    """
    kind_of = dict(zip(arcs_in_order(triad.plain), triad.kinds, strict=True))
    found: Counter[frozenset[KindedTie]] = Counter()
    for node, x, y in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
        ties = ((kind_of.get((node, other)), kind_of.get((other, node))) for other in (x, y))
        found.update(frozenset(pair) for pair in product(*(_ties(tie, by_dyad) for tie in ties)))
    return found


def _ties(pair: KindedTie, by_dyad: bool) -> list[KindedTie]:
    there, back = pair
    ties = [pair] if by_dyad else [(there, None), (None, back)]
    return [tie for tie in ties if tie != (None, None)]


def has_one_kind_by_source(motif: KindedClass) -> bool:
    """Tell whether the arcs that leave a node are of one kind."""
    pairs = {(source, kind) for (source, _), kind in zip(arcs_in_order(motif.plain), motif.kinds, strict=True)}
    return len(pairs) == len({source for source, _ in pairs})


@cache
def equivalents(plain: str) -> tuple[tuple[int, ...], ...]:
    """Return the orders in which the arrows of a class may be read, as positions in the first of them."""
    arcs, size = arcs_in_order(plain), find(plain)[0].size
    place = {arc: k for k, arc in enumerate(arcs)}
    moved = ([(order[u], order[v]) for u, v in arcs] for order in permutations(range(size)))
    return tuple(tuple(place[arc] for arc in motif) for motif in moved if place.keys() == {*motif})


@cache
def _parity(plain: str, signs: tuple[str, ...]) -> str:
    """Return what the signs around cycles multiply to; see :class:`KindedClass`. "" stands for what is no sign."""
    arcs, size = arcs_in_order(plain), find(plain)[0].size
    if len(arcs) <= size - _n_parts(frozenset(arcs), size) or not any(signs):
        return ""
    if not all(signs):
        return UNKNOWN
    # Signs agree around all cycles where nodes can be in two camps: + within them, - between.
    for camps in product((False, True), repeat=size):
        if all((camps[u] == camps[v]) == (sign == PLUS) for (u, v), sign in zip(arcs, signs, strict=True)):
            return COHERENT
    return INCOHERENT


def _n_parts(arcs: Arcs, size: int) -> int:
    part = list(range(size))
    for u, v in arcs:
        part = [part[u] if p == part[v] else p for p in part]
    return len(set(part))
