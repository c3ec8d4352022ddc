"""What columns beside the ends say of the direction of edges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motifcount.files.headerless import Row

_ARROW = re.compile(r"[<|]?[-=–—]+[>|]?")
_GAP_JUNCTIONS = frozenset(["ej", "electrical", "gapjunction", "gap", "elec"])


def told(first: Sequence[str], head: Sequence[Row], ends: tuple[int, int]) -> tuple[str, ...]:
    """Tell of gap junctions; refuse columns by which some lines lead from the second node to the first.

    Those are arrows such as "<-", and in tables of C. elegans the types R(eceive) beside S(end).
    """
    for k, name in enumerate(first):
        if k in ends:
            continue
        values = {row[k].strip() for row in head[1:]}
        if {"R", "Rp"} & values and values <= {"S", "Sp", "R", "Rp", "EJ", "NMJ"}:
            raise ValueError(
                f"column {name!r} holds R and Rp (received): these lines lead from the second neuron to the first, and "
                "are listed as S and Sp too; leave out the lines of R, Rp and EJ (gap junctions have no direction)"
            )
        if all(map(_ARROW.fullmatch, values)) and (back := [value for value in values if value[0] in "<|"]):
            raise ValueError(
                f"column {name!r} holds arrows such as {min(back)!r}, an edge of no direction or of the other one; "
                "write every edge from its source to its target"
            )
        if found := sorted(value for value in values if value.lower().replace(" ", "") in _GAP_JUNCTIONS):
            return (
                f"column {name!r} holds {found[0]!r}: gap junctions, which have no direction, are taken as written",
            )
    return ()
