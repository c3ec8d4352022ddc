"""Each motif class in one line of arrows, such as ``b → a ← c``, written from its arcs.

Letters are those of roles and of found nodes: a is node 0 of the class's arcs, b node 1 and so on. Every text can be
read in one way, as in Graphviz: an arrow to or from ``{b, c}`` stands for one of each of these nodes, and no arrow
crosses a semicolon. The first rule that fits is used, and of all texts that fit it the one that its key puts first.

1. Parts that nothing links are separated by semicolons: ``a → b; c``.
2. Links that make one path are followed from end to end: ``a ⇄ b ← c``. A mutual link at an end comes first; else most
   arrows point ahead.
3. Nodes that are linked alike are listed: ``{a, b} → {c, d}`` has the arcs a → c, a → d, b → c and b → d.
4. Else a longest walk is followed, and the links that it leaves out come after semicolons: ``a → b → c; a → c``. A walk
   may return to its first node if it never goes against an arrow, and a mutual link stands in a walk with at most one
   arc.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, permutations, product

from motifcount.motifs.families import Arcs, find, plain_of

Chain = tuple[tuple[int, ...], ...]  # groups of nodes, each linked with the next
Links = frozenset[frozenset[int]]
_Reading = tuple[int, list[str], list[Chain]]  # how many walks a first one leaves over, their texts, all walks

_AHEAD, _BACK, _BOTH = "→", "←", "⇄"


def arrows(name: str) -> str:
    """Return the arcs of a class, by name or alias, in one line of text; of a class by kinds those of the plain one.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    return _arrows(find(plain_of(name))[1])


@cache
def arcs_in_order(name: str) -> tuple[tuple[int, int], ...]:
    """Return the arcs of a dyad or triad in the order of its arrows; of a mutual link first the one that points ahead.

    Those of a tetrad, whose arrows may stand for several arcs, ascend by source and target.

    Raises
    ------
    TypeError, ValueError
        If there is no such class.
    """
    family, name = find(name)
    arcs = family.arcs[name]
    if family.size == 4:
        return tuple(sorted(arcs))
    parts = sorted(_parts(arcs, family.size), key=lambda part: (-len(part), part))
    steps = [(u, v) for part in parts for chain in _chains_of(arcs, part) for (u,), (v,) in pairwise(chain)]
    return tuple(arc for u, v in steps for arc in ((u, v), (v, u)) if arc in arcs)


@cache
def _arrows(name: str) -> str:
    family, name = find(name)
    arcs = family.arcs[name]
    parts = sorted(_parts(arcs, family.size), key=lambda part: (-len(part), part))
    chains = [_chains_of(arcs, part) for part in parts]
    letters = dict(enumerate("abcd"))
    return "; ".join(_text(arcs, chain, letters) for part in chains for chain in part)


def _parts(arcs: Arcs, size: int) -> set[tuple[int, ...]]:
    part = list(range(size))
    for u, v in arcs:
        part = [part[u] if p == part[v] else p for p in part]
    return {tuple(v for v in range(size) if part[v] == p) for p in part}


def _chains_of(arcs: Arcs, part: tuple[int, ...]) -> list[Chain]:
    """Describe a connected part."""
    if len(part) == 1:
        return [(part,)]
    links = frozenset(frozenset(arc) for arc in arcs if arc[0] in part)
    paths = [chain for chain in _walks(links, part) if len(chain) == len(part) and len(chain) - 1 == len(links)]
    if paths:
        return [min(paths, key=lambda chain: _reading_key(arcs, chain))]
    lists = list(_lists(arcs, links, part))
    if lists:
        return [min(lists, key=lambda chain: (len(chain), _reading_key(arcs, chain)))]
    return min(_walk_and_rest(arcs, links, part))[-1]


def _symbol(arcs: Arcs, u: int, v: int) -> str:
    return _BOTH if {(u, v), (v, u)} <= arcs else _AHEAD if (u, v) in arcs else _BACK if (v, u) in arcs else ""


def _symbols(arcs: Arcs, chain: Chain) -> list[str]:
    return [_symbol(arcs, first[0], second[0]) for first, second in pairwise(chain)]


def _reading_key(arcs: Arcs, chain: Chain) -> tuple[bool, int, list[int]]:
    symbols = _symbols(arcs, chain)
    starts_late = chain[0] != chain[-1] and symbols[0] != _BOTH
    return starts_late, symbols.count(_BACK), [(_AHEAD, _BACK, _BOTH).index(symbol) for symbol in symbols]


def _text(arcs: Arcs, chain: Chain, letters: dict[int, str]) -> str:
    words = [_group(sorted(letters[node] for node in group)) for group in chain]
    return " ".join(word for pair in zip(words, [*_symbols(arcs, chain), ""], strict=True) for word in pair).rstrip()


def _group(letters: list[str]) -> str:
    return letters[0] if len(letters) == 1 else f"{{{', '.join(letters)}}}"


def _walks(links: Links, nodes: Iterable[int]) -> Iterator[Chain]:
    """All walks along links that meet no node twice, and those that return to their first node at the end."""
    for size in range(2, 5):
        for walk in permutations(nodes, size):
            if all(frozenset(step) in links for step in pairwise(walk)):
                yield tuple((node,) for node in walk)
                if size > 2 and frozenset((walk[-1], walk[0])) in links:
                    yield tuple((node,) for node in (*walk, walk[0]))


def _lists(arcs: Arcs, links: Links, part: tuple[int, ...]) -> Iterator[Chain]:
    """Chains of groups in which each node has the same link with all nodes of the next group, and no other."""
    for places in product(range(len(part) - 1), repeat=len(part)):
        chain = tuple(tuple(v for v, at in zip(part, places, strict=True) if at == k) for k in range(max(places) + 1))
        if len(chain) < 2 or not all(chain):
            continue
        steps = [{_symbol(arcs, u, v) for u in first for v in second} for first, second in pairwise(chain)]
        n_steps = sum(len(first) * len(second) for first, second in pairwise(chain))
        if n_steps == len(links) and all(len(symbols) == 1 and "" not in symbols for symbols in steps):
            yield chain


def _walk_and_rest(arcs: Arcs, links: Links, part: tuple[int, ...]) -> Iterator[_Reading]:
    """Walks with the most links and the fewest changes between arcs and mutual links, and what they leave out."""
    found, plain = [], []
    for walk in _walks(links, part):
        symbols = _symbols(arcs, walk)
        n_mutual = symbols.count(_BOTH)
        if len(set(symbols)) == 1 and _BACK not in symbols:
            plain.append(walk)
        against = walk[0] == walk[-1] and _BACK in symbols
        if against or (n_mutual and len(symbols) - n_mutual > 1):
            continue
        changes = sum((a == _BOTH) != (b == _BOTH) for a, b in pairwise(symbols))
        found.append((-len(symbols), changes, walk[0] != walk[-1], _reading_key(arcs, walk), walk))
    best = min(key[:-1] for key in found)
    for *key, walk in found:
        if tuple(key) != best:
            continue
        nodes = [*dict.fromkeys(node for (node,) in walk)]
        in_order = dict(zip([*nodes, *(node for node in part if node not in nodes)], "abcd", strict=False))
        for rest in _covers(links - _steps(walk), plain):
            rest = sorted(rest, key=lambda chain: _text(arcs, chain, in_order))
            yield len(rest), [_text(arcs, chain, in_order) for chain in rest], [walk, *rest]


def _steps(walk: Chain) -> Links:
    return frozenset(frozenset((u, v)) for (u,), (v,) in pairwise(walk))


def _covers(links: Links, walks: list[Chain]) -> Iterator[list[Chain]]:
    """All ways to cut links into some of the walks."""
    if not links:
        yield []
        return
    first = min(links, key=sorted)
    for walk in walks:
        if first in (steps := _steps(walk)) and steps <= links:
            for rest in _covers(links - steps, walks):
                yield [walk, *rest]
