"""Headers of Neo4j's import files, whose ids count each kind of node apart: ``:START_ID(Person),:END_ID(Movie)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ID = re.compile(r".*:(?P<end>START|END)_ID\((?P<space>.+)\)", re.IGNORECASE)


def refuse_two(header: Sequence[str]) -> None:
    """Refuse a header whose sources and targets have ids of their own, so that one id may be two nodes.

    Raises
    ------
    ValueError
        If it names two spaces of ids.
    """
    found = {match["end"].upper(): match for name in header if (match := _ID.fullmatch(name.strip()))}
    if len({match["space"] for match in found.values()}) == 2:
        start, end = found["START"], found["END"]
        raise ValueError(
            f"{start[0]!r} and {end[0]!r} count {start['space']} and {end['space']} apart, so that one id may be two "
            "nodes; write ids that differ between them, and ':START_ID' and ':END_ID' above"
        )
