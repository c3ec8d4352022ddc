"""What the names of columns say: which column holds sources, targets, weights, signs.

Names are compared without case, punctuation and the words that say what a node is ("id", "node", "neuron", …), so
that ``Source``, ``source_id``, ``FromNodeId``, ``pre_pt_root_id`` and ``bodyId_pre`` are known by one word each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motifcount.files.words import vocabulary

_TYPE = re.compile(r":(int|integer|long|float|double|short|byte|boolean|string)$", re.IGNORECASE)  # of Neo4j
_COUNTED = re.compile(r"^[0-9]+\)\s*")  # in front, of RegulonDB
_OTHER = {"source": "target", "target": "source"}


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
        role = vocabulary.ROLES[ends[0]]
        is_turned = core[-1] in ("by", "of") and core[-2] == ends[0]  # what is regulated by, or the target of, others
        role = _OTHER[role] if is_turned else role
        return Named(f"{role}?", ends[0], beside | {word for word in core if word != ends[0]})
    if len(core) > 1 and core[-1] == "by" and core[-2].endswith(("ed", "en")):
        return Named("source?", core[-2], beside | {"by"})
    if not core and {"gene", "operon"} & beside:
        return Named(None, "gene", beside)
    if joined in {"v", "n"}:
        return Named(None, joined)
    if joined in {"node", "vertex"}:
        return Named("attribute", joined)
    if joined in vocabulary.ATTRIBUTES or (len(core) > 1 and core[-1] in vocabulary.ATTRIBUTES | vocabulary.WEIGHTS):
        return Named("attribute", joined)
    return Named(None, "")


def end_of(name: Named) -> str | None:
    """Return the end that a name says for sure or maybe."""
    role = (name.role or "").rstrip("?")
    return role if role in _OTHER else None


def parts(name: str) -> list[str]:
    """Return the words in a name: "preRootId1" is pre, root, id and 1."""
    plain = _TYPE.sub("", _COUNTED.sub("", name.strip().lstrip("#% "), count=1).replace("(s)", ""))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    spaced = re.sub(r"(?<=[A-Z])_?s(?![A-Za-z])", "", spaced)  # TFs
    return [part for part in re.split(r"[^a-z0-9]+|(?<=[a-z])(?=\d)", spaced.lower()) if part]


def _singular(word: str) -> str:
    return word[:-1] if word[-1:] == "s" and word[:-1] in vocabulary.ROLES else word


def core(name: str) -> str:
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


def says_number(name: str) -> bool:
    """Tell whether a name says that a column holds weights or other numbers."""
    known = understood(name)
    return known.role in ("weight", "attribute") or known.word in vocabulary.AMOUNTS | vocabulary.FLAGS


def says_sign(name: str) -> bool:
    """Tell whether a name says that a column holds signs or relations."""
    return understood(name).role == "sign"


def says_layer(name: str) -> bool:
    """Tell whether a name says that a column holds layers or groups of nodes."""
    return _letters(name) in vocabulary.LAYERS


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())
