"""What the names of columns say of weights: which hold such, and of which 0 may say that there is no edge."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from motifcount.files.words import names, vocabulary

_WEIGHTS = frozenset(["weight", "weights", "synapses"])
_OF_NODES = frozenset(["body", "node", "vertex", "molecular"])


def weight(
    columns: Sequence[str],
    taken: tuple[int, int],
    numbers: Collection[int] = (),
    flags: Collection[int] = (),
) -> int | None:
    """Return the column whose name says that it holds weights, the plainest of several.

    Some names say so only above numbers (as ``flow``), and some above 0 and 1, or true and false, alone (as ``link``);
    `numbers` and `flags` are the columns that hold such.
    """
    order = ("weight", "weights", "w", "wt", "edgeweight", "syncount")
    rank = {word: k for k, word in enumerate(order)}
    found = {}
    for k, name in enumerate(columns):
        joined = "".join(names.parts(name))
        if k not in taken and names.understood(name).role == "weight":
            found[k] = rank.get(joined, len(order))
        elif k not in taken and (
            (k in numbers and joined in vocabulary.AMOUNTS) or (k in flags and joined in vocabulary.FLAGS)
        ):
            found[k] = len(order) + 1
    return min(found, key=lambda k: found[k], default=None)


def says_weight(name: str) -> bool:
    """Tell whether one of several words in a name is one for weights, as in ``synapse_weight``: 0 is asked about."""
    words = {*names.parts(name)}
    return bool(words & _WEIGHTS) and not words & _OF_NODES and names.end_of(names.understood(name)) is None


def may_be_amount(name: str) -> bool:
    """Tell whether 0 in a column of this name may say that there is no edge."""
    known = names.understood(name)
    if known.role in ("source?", "target?", "source", "target"):
        return False  # it tells of a node
    if known.role == "sign":
        return known.word in ("interaction", "regulation")  # others are words, or signs
    if known.role == "attribute":
        return known.word in vocabulary.SCORES or known.word in ("label", "y")
    return known.role != "index" or known.word in ("", "n", "no", "nr", "num", "number")


def may_be_flag(name: str) -> bool:
    """Tell whether a column of this name that holds 0 and 1 alone may say which lines are edges."""
    return may_be_amount(name) and names.understood(name).word not in vocabulary.SCORES
