"""What columns beside the ends say of the direction of edges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from motifcount.files.columns.columns import Row
from motifcount.files.options import Column, Options
from motifcount.files.words.relations import BACKWARDS, EATING, UNDIRECTED, is_eaten, leads_backward

_ARROW = re.compile(r"[<|]?[-=–—]+[>|]?")
_GAP_JUNCTIONS = frozenset(["ej", "electrical", "gapjunction", "gapjn", "gap", "elec", "gj"])
_TYPES_OF_SYNAPSES = frozenset(["S", "SP", "R", "RP", "EJ", "NMJ"])
_ONE_WAY = frozenset(["directed", "forward", "one-way", "oneway", "one way", "unidirectional", "->", "-->", "=>", "→"])
_BOTH_WAYS = frozenset(["undirected", "mutual", "bidirectional", "both"])
_BY_THEMSELVES = frozenset(["undirected", "bidirectional"])  # under any name
DIRECTIONS = frozenset(
    form
    for word in (*_ONE_WAY, *_BOTH_WAYS, *BACKWARDS, *UNDIRECTED)
    for form in (word, word.capitalize(), word.upper())
)
"""Words that say which direction an edge has, if any."""
_LETTERS = {"d": False, "u": True}
_DASHES = frozenset(["-", "--", "—", "<->", "<-->", "<=>", "↔"])
_TRUTH = {"1": True, "true": True, "t": True, "yes": True, "y": True, "1.0": True}
_TRUTH |= {"0": False, "false": False, "f": False, "no": False, "n": False, "0.0": False}
_TRUE_IS_ONE = frozenset(["directed", "isdirected", "oneway", "isoneway", "unidirectional"])
_TRUE_IS_BOTH = frozenset(
    [
        "undirected",
        "isundirected",
        "bidirectional",
        "isbidirectional",
        "bidirected",
        "mutual",
        "symmetric",
        "reciprocal",
    ]
)
_DIRECTIONS = frozenset(["direction", "directionality", "edgedirection"])
_TYPES = frozenset(["type", "edgetype", "linktype", "relationtype"])


def said(
    first: Sequence[str], head: Sequence[Row], ends: tuple[int, int], options: Options
) -> tuple[int | None, tuple[str, ...]]:
    """Return the column that tells which edges have no direction, and what is to be told of gap junctions.

    Raises
    ------
    ValueError
        If a column says that some lines lead from the second node to the first: arrows such as "<-", relations such as
        "eatenBy" among others, and, in tables of C. elegans, the types R(eceive) beside S(end).
    """
    found: int | None = None
    notes: tuple[str, ...] = ()
    for k, name in enumerate(first):
        if k in ends:
            continue
        values = {row[k].strip() for row in head[1:]}
        if options.columns is None:
            _refuse_backwards(name, values, (first[ends[0]] or ends[0], first[ends[1]] or ends[1]), options)
        if found is None and values and _tells(name, values, options):
            found = k
        if gaps := sorted(value for value in values if re.sub("[ _-]", "", value.lower()) in _GAP_JUNCTIONS):
            told = f"column {name!r} holds {gaps[0]!r}: gap junctions, which have no direction, are taken as written"
            notes = notes or (told,)
        if values and {re.sub("[^a-z]", "", value.lower()) for value in values} <= EATING:
            notes += (f"column {name!r} holds {min(values)!r}: edges lead from the eater to the eaten, as written",)
    return found, notes


def _tells(name: str, values: set[str], options: Options) -> bool:
    """Tell whether a column says which edges have no direction."""
    words = {value.lower() for value in values}
    is_told = bool(words & _BOTH_WAYS) or words <= _ONE_WAY or words <= _LETTERS.keys()
    if _key(name) in _TYPES and not is_told:
        return False
    if _key(name) not in _TYPES | _DIRECTIONS | _TRUE_IS_ONE | _TRUE_IS_BOTH and not words & _BY_THEMSELVES:
        return False
    odd = sorted(value for value in values if _is_both(value.lower(), _key(name)) is None)
    if odd and options.columns is None:
        raise ValueError(_unclear(name, odd[0]))
    return not odd


def _refuse_backwards(name: str, values: set[str], ends: tuple[Column, Column], options: Options) -> None:
    types = {value.upper() for value in values}
    if {"R", "RP"} & types and types <= _TYPES_OF_SYNAPSES:
        raise ValueError(
            f"column {name!r} holds R and Rp (received): these lines lead from the second neuron to the first, and "
            "are listed as S and Sp too; leave out the lines of R, Rp and EJ (gap junctions have no direction)"
        )
    if values & BACKWARDS or (values and all(map(_ARROW.fullmatch, values))):
        has_heads = any(value[-1:] == ">" for value in values)
        if back := [value for value in values if value[:1] in "<|←" or (has_heads and value in _DASHES)]:
            raise ValueError(
                f"column {name!r} holds arrows such as {min(back)!r}, an edge of no direction or of the other one; "
                "write every edge from its source to its target"
            )
    back = [] if _key(name) in _DIRECTIONS else sorted(filter(leads_backward, values))
    others = min(values - {*back}, default=None)
    if back and others is None and not all(map(is_eaten, values)):
        turned, written = ends[::-1], ends
        raise ValueError(
            f"column {name!r} holds {back[0]!r}: edges lead from the second node to the first; say "
            f"{options.say('columns', turned)}, or {options.say('columns', written)} if they are right as written"
        )
    if back and others is not None:
        raise ValueError(
            f"column {name!r} holds {back[0]!r} beside {others!r}: these lines lead from the "
            "second node to the first; write every edge from its source to its target"
        )


def _key(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


def _unclear(name: str, value: str) -> str:
    return (
        f"column {name!r} says which edges have a direction, and {value!r} is not understood; write 'directed' or "
        "'undirected', every directed edge from its source to its target, or leave the column out"
    )


def _is_both(word: str, key: str) -> bool | None:
    if word in _BOTH_WAYS or (key in _DIRECTIONS and word in _DASHES):
        return True
    if word in _ONE_WAY:
        return False
    if word in _LETTERS and key in _TYPES | _DIRECTIONS:
        return _LETTERS[word]
    truth = _TRUTH.get(word)
    if truth is None or key not in _TRUE_IS_ONE | _TRUE_IS_BOTH:
        return None
    return truth is (key in _TRUE_IS_BOTH)


@lru_cache(maxsize=1 << 10)
def both_ways(word: str, name: str) -> bool:
    """Tell whether an edge has no direction, as a word in the column of this name says.

    Raises
    ------
    ValueError
        If the word is none that is understood.
    """
    found = _is_both(word.strip().lower(), _key(name))
    if found is None:
        raise ValueError(_unclear(name, word))
    return found
