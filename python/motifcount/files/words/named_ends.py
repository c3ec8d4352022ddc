"""Which two columns hold sources and targets, as their names say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from motifcount.files.words import vocabulary
from motifcount.files.words.names import Named, core, end_of, parts, says_node, understood

_ENDS = ("source", "target")


def ends(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of source and target, if the names say so.

    Of several pairs it is the one with the plainest names: ids come before what many nodes share, as their area.

    Raises
    ------
    ValueError
        If they say it in more than one way.
    """
    known = [understood(name) for name in names]
    if {"head", "tail"} <= {name.strip().lower() for name in names}:
        raise ValueError(
            "the columns 'head' and 'tail' are source and target in knowledge graphs, target and source in graph theory"
        )
    plain = list(map(core, names))
    two = next((two for two in vocabulary.PAIRS if plain.count(two[0]) == plain.count(two[1]) == 1), None)
    for role in _ENDS:
        named = [(name.word, name.beside) for name in known if name.role == role]
        more = [name for name in known if name.role == f"{role}?" and all(map(str.isdigit, name.beside))]
        if len({*named}) < len(named) or (named and more):
            raise ValueError(f"several columns could be {role}: {', '.join(names)}")
    sources, targets = ([k for k, name in enumerate(known) if name.role == role] for role in _ENDS)
    if two is not None and not (sources and targets):
        return plain.index(two[0]), plain.index(two[1])
    if two is not None and {plain.index(name) for name in two} & {*sources, *targets}:
        raise _several(names)
    alike = _alike(known)
    likely = _alike(known, "?")
    if alike and not (likely and known[alike[0][0]].beside & vocabulary.GROUPS):
        return _best(alike, names)
    if len(sources) == len(targets) == 1 and not alike:
        return sources[0], targets[0]
    if (sources and targets) or len(likely) > 1:
        raise _several(names)
    if likely:
        return likely[0]
    genes = [(_preference(name), k) for k, name in enumerate(known) if name.word == "gene"]
    regulators = [
        (_preference(name), k)
        for k, name in enumerate(known)
        if name.role == "source" and name.word in vocabulary.REGULATORS
    ]
    if genes and regulators and not targets:
        return min(regulators)[1], min(genes)[1]
    if sources or targets:
        return None
    return _best(_numbered(known), names) or _acting_and_acted_upon(plain)


def twins(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the plainest columns whose names differ in one word alone, which tells two ends apart."""
    return next(iter(_twins(names)), None)


def _twins(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return all such columns, the plainest first."""
    numbers = {*vocabulary.NUMBERED.items(), *vocabulary.SINGLE.items(), *vocabulary.PAIRS}
    numbers = set() if any(end_of(understood(name)) for name in names) else numbers

    def are_ends(source: str, target: str) -> bool:
        roles = vocabulary.ROLES.get(source), vocabulary.ROLES.get(target)
        return roles == ("source", "target") or (source, target) in numbers

    found = []
    for (k, first), (m, second) in permutations(enumerate(map(parts, names)), 2):
        if len(first) == len(second) and names.count(names[k]) == names.count(names[m]) == 1:
            apart = [two for two in zip(first, second, strict=True) if two[0] != two[1]]
            if len(apart) == 1 and are_ends(*apart[0]):
                found.append((_preference(understood(names[k])), k, m))
    return [(k, m) for _, k, m in sorted(found)]


def beside_one_end(names: Sequence[str], nodes: Sequence[int]) -> tuple[int, int] | None:
    """Return the only column whose name says an end, and the only one of `nodes` beside it that says node.

    The first is the source.
    """
    known = [understood(name) for name in names]
    named = [k for k, name in enumerate(known) if end_of(name) is not None]
    others = [k for k in nodes if k not in named and says_id(names[k])]
    return oriented(named[0], others[0], known) if len(named) == len(others) == 1 else None


def oriented(a: int, b: int, known: Sequence[Named]) -> tuple[int, int]:
    """Return two columns with that of sources first, as far as their names say it."""
    return (b, a) if end_of(known[a]) == "target" or end_of(known[b]) == "source" else (a, b)


def are_known(names: Sequence[str]) -> bool:
    """Tell whether the names of columns say which hold the ends, in one way or several."""
    try:
        return ends(names) is not None
    except ValueError:
        return True


def says_id(name: str) -> bool:
    """Tell whether a name says that a column holds nodes, and not what many of them share."""
    return says_node(name) and not {*parts(name)} <= vocabulary.COUNTERS | vocabulary.GROUPS


def tell_direction(names: Sequence[str]) -> bool:
    """Tell whether the names of columns say which end is which, be it one of them alone."""
    return are_known(names) or any(end_of(understood(name)) for name in names)


def _several(names: Sequence[str]) -> ValueError:
    return ValueError(f"several columns could be source or target: {', '.join(names)}")


def _preference(name: Named) -> tuple[int, int]:
    """Order columns that name the same end: the plain name, ids, names, positions, what many nodes share."""
    ids, called = {"id", "ids", "bodyid", "root", "key", "code"}, {"name", "names", "label", "symbol"}
    ranks = (ids, called, {"index", "idx"}, vocabulary.GROUPS)
    return max((k for k, words in enumerate(ranks, 1) if name.beside & words), default=0), len(name.beside)


def _best(pairs: Sequence[tuple[int, int]], names: Sequence[str]) -> tuple[int, int] | None:
    """Return the plainest pair, the first, unless it holds what nodes share, and others may hold the nodes."""
    first = [_preference(understood(names[source])) for source, _ in pairs[:2]]
    beside = understood(names[pairs[0][0]]).beside if pairs else frozenset()
    is_shared = bool(beside) and beside <= vocabulary.COUNTERS | vocabulary.GROUPS
    may_be_nodes = [k for k, _ in _twins(names) if understood(names[k]).role not in ("attribute", "weight", "sign")]
    if (len(first) == 2 and first[0] == first[1]) or (is_shared and {*may_be_nodes} - {pairs[0][0]}):
        raise _several(names)
    return pairs[0] if pairs else None


def _alike(known: Sequence[Named], doubt: str = "") -> list[tuple[int, int]]:
    """Return pairs of a source and a target with the same words beside, the plainest first."""
    sources, targets = (
        {name.beside: k for k, name in reversed([*enumerate(known)]) if name.role == f"{role}{doubt}"}
        for role in _ENDS
    )  # fmt: skip
    pairs = [(k, targets[beside]) for beside, k in sources.items() if beside in targets]
    return sorted(pairs, key=lambda pair: (_preference(known[pair[0]]), pair))


def _acting_and_acted_upon(plain: Sequence[str]) -> tuple[int, int] | None:
    """Return the only two columns whose names end in -er or -or and in -ed or -ee, as infector and infected."""
    stems = [re.fullmatch(r"([a-z]{2,}?)(er|or|ed|ee)", name) for name in plain]
    found = [
        (k, m)
        for k, first in enumerate(stems)
        for m, second in enumerate(stems)
        if first and second and first[1] == second[1] and first[2] in ("er", "or") and second[2] in ("ed", "ee")
    ]
    return found[0] if len(found) == 1 else None


def _numbered(known: Sequence[Named]) -> list[tuple[int, int]]:
    """Return pairs such as node1 and node2, the plainest first."""

    def pairs() -> Iterator[tuple[int, int]]:
        numbered = [name.beside for name in known if name.role is None and name.beside and name.word]
        for k, first in enumerate(known):
            if numbered.count(first.beside) > 2:  # one of many numbered columns
                continue
            other = vocabulary.SINGLE.get(first.word) or (vocabulary.NUMBERED.get(first.word) if first.beside else None)
            for m, second in enumerate(known):
                alike = second.beside == first.beside and first.role is second.role is None
                if other and second.word == other and alike:
                    yield k, m

    return sorted(pairs(), key=lambda pair: (_preference(known[pair[0]]), pair))
