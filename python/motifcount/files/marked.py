"""Lines that begin with ``#`` or ``%``: comments, or edges whose first label begins so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from motifcount.files.dialect import MARKS
from motifcount.files.options import Options

_PERCENT_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNDIRECTED = re.compile(r"[#%\s]*(undirected graph\b|sym\s+\w+)", re.IGNORECASE)
_BIPARTITE = re.compile(r"%\s*bip\s+\w+", re.IGNORECASE)


@dataclass(frozen=True)
class Marked:
    """The marked lines of a table, and how they are divided."""

    lines: Sequence[tuple[int, str]]
    n_leading: int  # those above the first row
    divide: Callable[[str], list[str]]
    n_columns: int
    by_blanks: bool
    has_header: bool


def declared(leading: Sequence[tuple[int, str]]) -> tuple[bool, str | None]:
    """Return whether the comments of SNAP or KONECT call the graph undirected, and a note.

    Raises
    ------
    ValueError
        If they call it bipartite: the same number then names two nodes.
    """
    for _, line in leading:
        if _BIPARTITE.match(line):
            raise ValueError(
                f"{line.strip()[:60]!r} says that the graph is bipartite: the same number on the left and on the right "
                "is two nodes; give the nodes of one side other labels first"
            )
        if _UNDIRECTED.match(line):
            return True, f"{line.strip()[:60]!r} says that edges are undirected"
    return False, None


def resolve(marked: Marked, ends: tuple[int, int], labels: Collection[str], options: Options) -> list[list[str]]:
    """Return the rows among marked lines.

    Raises
    ------
    ValueError
        If a line may be a comment as well as an edge.
    """
    label_marks = {label.strip()[0] for label in labels if label.strip()[:1] and label.strip()[0] in MARKS}
    rows = []
    for k, (number, line) in enumerate(marked.lines):
        stripped = line.strip()
        fields = marked.divide(stripped)
        if len(fields) != marked.n_columns:
            continue
        bare = fields[0].strip().lstrip(MARKS)
        is_sure = not bare or bare[0] in " \t!" or stripped[1:2] in (*MARKS, " ", "\t", "!", "")
        leading = k < marked.n_leading
        above = is_sure or marked.by_blanks or marked.has_header or options.header is True
        comments_here = (leading and above) or (marked.by_blanks and is_sure)
        if _PERCENT_ENCODED.match(stripped) or (not is_sure and stripped[0] in label_marks):
            rows.append(fields)
        elif comments_here:
            continue
        elif leading and options.header is False:
            rows.append(fields)
        elif is_sure or leading or marked.by_blanks or bare.strip() in {label.strip() for label in labels}:
            way = f"; {options.say('header', True)} takes it as a header" if leading else ""
            raise ValueError(
                f"line {number}, {stripped[:60]!r}, may be a comment or an edge; put two marks before a comment, or "
                f"quote the label{way}"
            )
        else:
            rows.append(fields)
    return rows
