"""What the names of columns say: which column holds sources, targets, weights, signs.

Names are compared without case, punctuation and the words that say what a node is ("id", "node", "neuron", …), so
that ``Source``, ``source_id``, ``FromNodeId``, ``pre_pt_root_id`` and ``bodyId_pre`` are known by one word each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motifcount.files import vocabulary

_ENDS = ("source", "target")


@dataclass(frozen=True)
class Named:
    """What a name says: the word that tells the role, and the words beside it."""

    role: str | None  # source, target, source? and target? (of a pair), weight, sign, index, attribute, or None
    word: str = ""
    beside: frozenset[str] = frozenset()


def understood(name: str) -> Named:
    """Return what a column's name says."""
    words = parts(name)
    joined = "".join(words)
    for role, known in (("weight", vocabulary.WEIGHTS), ("sign", vocabulary.SIGNS)):
        if joined in known:
            return Named(role, joined)
    if not words or joined in vocabulary.INDICES:
        return Named("index", joined)
    joined_words = joined
    for whole, short in vocabulary.WHOLE.items():
        joined_words = re.sub(f"^{whole}(?=$|[a-z0-9])", f"{short} ", joined_words)
    if joined_words != joined:
        rest = joined_words.split(" ", 1)[1]
        words = [joined_words.split(" ", 1)[0], *[word for word in words if rest.endswith(word)]]
    words = [part for word in words for part in _without_id(word)]
    core = [_singular(word) for word in words if word not in vocabulary.FILLERS]
    beside = frozenset(word for word in words if word in vocabulary.FILLERS)
    if len(core) == 1:
        word = core[0]
        if word in vocabulary.ROLES:
            return Named(vocabulary.ROLES[word], word, beside)
        is_number = bool(beside) and (word.isdigit() or len(word) == 1 or word in ("one", "two"))
        if is_number or word in vocabulary.SINGLE or word in vocabulary.SINGLE.values():
            return Named(None, word, beside)
    ends = [word for word in core if word in vocabulary.ROLES]
    if len(ends) == 1 and not any(
        word in vocabulary.ATTRIBUTES | vocabulary.WEIGHTS | vocabulary.SIGNS for word in core
    ):
        return Named(vocabulary.ROLES[ends[0]] + "?", ends[0], beside | {word for word in core if word != ends[0]})
    if not core and {"gene", "operon"} & beside:
        return Named(None, "gene", beside)
    if joined in {"v", "n"}:
        return Named(None, joined)
    if joined in {"node", "vertex"}:
        return Named("attribute", joined)
    if joined in vocabulary.ATTRIBUTES or (len(core) > 1 and core[-1] in vocabulary.ATTRIBUTES | vocabulary.WEIGHTS):
        return Named("attribute", joined)
    return Named(None, "")


def parts(name: str) -> list[str]:
    """Return the words in a name: "preRootId1" is pre, root, id and 1."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().lstrip("#% ").replace("(s)", ""))
    spaced = re.sub(r"(?<=[A-Z])_?s(?![A-Za-z])", "", spaced)  # TFs
    return [part for part in re.split(r"[^a-z0-9]+|(?<=[a-z])(?=\d)", spaced.lower()) if part]


def _singular(word: str) -> str:
    return word[:-1] if word[-1:] == "s" and word[:-1] in vocabulary.ROLES else word


def _core(name: str) -> str:
    """Return a name in small letters, without the words that say what a node is."""
    words = parts(name)
    return "".join([word for word in words if word not in vocabulary.FILLERS] or words)


def _without_id(word: str) -> list[str]:
    if word[:-1] in vocabulary.FILLERS and word[-1] in "ab" and len(word) > 4:  # ENTITYA and ENTITYB
        return [word[:-1], word[-1]]
    for ending in ("nodeid", "id"):
        stem = word.removesuffix(ending)
        if stem != word and stem in vocabulary.ROLES:
            return [stem, "id"]
    return [word]


def _preference(beside: frozenset[str]) -> tuple[int, int]:
    """Order columns that name the same end: the plain name, ids, names, positions."""
    ranks = ({"id", "ids", "bodyid", "root", "key", "code"}, {"name", "names", "label", "symbol"}, {"index", "idx"})
    return max((k for k, words in enumerate(ranks, 1) if beside & words), default=0), len(beside)


def ends(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns of source and target, if the names say so.

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
    plain = list(map(_core, names))
    two = next((two for two in vocabulary.PAIRS if plain.count(two[0]) == plain.count(two[1]) == 1), None)
    for role in _ENDS:
        named = [(name.word, name.beside) for name in known if name.role == role]
        more = [name for name in known if name.role == f"{role}?" and all(map(str.isdigit, name.beside))]
        if len({*named}) < len(named) or (named and more):
            raise ValueError(f"several columns could be {role}: {', '.join(names)}")
    sources, targets = (
        {name.beside: k for k, name in reversed([*enumerate(known)]) if name.role == role} for role in _ENDS
    )
    if two is not None and not (sources and targets):
        return plain.index(two[0]), plain.index(two[1])
    if two is not None and {plain.index(name) for name in two} & {*sources.values(), *targets.values()}:
        raise ValueError(f"several columns could be source or target: {', '.join(names)}")
    both = sorted(set(sources) & set(targets), key=_preference)
    if both:
        return sources[both[0]], targets[both[0]]
    if len(sources) == len(targets) == 1:
        return next(iter(sources.values())), next(iter(targets.values()))
    if sources and targets:
        raise ValueError(f"several columns could be source or target: {', '.join(names)}")
    likely = [{name.beside: k for k, name in enumerate(known) if name.role == f"{role}?"} for role in _ENDS]
    if pairs := set(likely[0]) & set(likely[1]):
        if len(pairs) > 1:
            raise ValueError(f"several columns could be source or target: {', '.join(names)}")
        (pair,) = pairs
        return likely[0][pair], likely[1][pair]
    genes = [(_preference(name.beside), k) for k, name in enumerate(known) if name.word == "gene"]
    regulators = [
        (_preference(name.beside), k)
        for k, name in enumerate(known)
        if name.role == "source" and name.word in vocabulary.REGULATORS
    ]
    if genes and regulators and not targets:
        return min(regulators)[1], min(genes)[1]
    if sources or targets:
        return None
    return _numbered(known) or _acting_and_acted_upon(plain)


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


def _numbered(known: Sequence[Named]) -> tuple[int, int] | None:
    found = []
    numbered = [name.beside for name in known if name.role is None and name.beside and name.word]
    for k, first in enumerate(known):
        if numbered.count(first.beside) > 2:  # one of many numbered columns
            continue
        other = vocabulary.SINGLE.get(first.word) or (vocabulary.NUMBERED.get(first.word) if first.beside else None)
        for m, second in enumerate(known):
            if other and second.word == other and second.beside == first.beside and first.role is second.role is None:
                found.append((k, m))
    found.sort(key=lambda pair: _preference(known[pair[0]].beside))
    return found[0] if found else None


def are_known(names: Sequence[str]) -> bool:
    """Tell whether the names of columns say which hold the ends, in one way or several."""
    try:
        return ends(names) is not None
    except ValueError:
        return True


def are_roles(names: Sequence[str]) -> bool:
    """Tell whether one column is called by a word for sources, and one by a word for targets."""
    return {"source", "target"} <= {understood(name).role for name in names}


def are_weak(names: Sequence[str]) -> bool:
    """Tell whether the names of the ends are single letters, which may well be labels of nodes."""
    return all(len(name.strip()) <= 1 for name in names)


def are_single(names: Sequence[str]) -> bool:
    """Tell whether the names of the ends are u and v, or i and j, which stand above edges as often as for nodes."""
    first, second = (name.strip().lower() for name in names)
    return vocabulary.SINGLE.get(first) == second


def are_headings(first: Sequence[str], ends: Sequence[str]) -> bool:
    """Tell whether the names of the ends are no words of a language, or other known names stand beside them."""
    if any(not name.strip().isalpha() or not name.strip()[1:].islower() for name in ends):
        return True
    return any(name not in ends and understood(name).role not in (None, "source", "target") for name in first)


def sign(names: Sequence[str], taken: tuple[int, int]) -> int | None:
    """Return the first column whose name says that it holds signs or relations."""
    return next((k for k, name in enumerate(names) if k not in taken and understood(name).role == "sign"), None)


def says_node(name: str) -> bool:
    """Tell whether a name says no more than that a column holds nodes: ``id``, ``label``, ``neuron``, ``bodyId``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().lstrip("#% "))
    words = [part for part in re.split("[^a-z0-9]+", spaced.lower()) if part]
    return "".join(words) in vocabulary.FILLERS or (bool(words) and all(word in vocabulary.FILLERS for word in words))


def says_layer(name: str) -> bool:
    """Tell whether a name says that a column holds layers or groups of nodes."""
    return _letters(name) in vocabulary.LAYERS


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())
