"""Lines that begin with ``#`` or ``%``: comments, or edges whose first label begins so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from motifcount.files.options import Options
from motifcount.files.text.dialect import MARKS

_PERCENT_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNDIRECTED = re.compile(
    r"[#%\s]*sym\s+\w+|.*(?<!not )\b(undirected|non-?directed|symmetric)\b(?!\W+(false|no|0)\b)"
    r"|.*(?<!un)directed\W+(false|no|0)\b",
    re.IGNORECASE,
)
_BIPARTITE = re.compile(r"%\s*bip\s+\w+", re.IGNORECASE)
_COMMENT = re.compile(r"[#%]+(?:\s.*)?", re.DOTALL)  # nothing or a blank behind the marks


@dataclass(frozen=True)
class Marked:
    """The marked lines of a table, and how they are divided."""

    lines: Sequence[tuple[int, str]]
    n_leading: int  # those above the first row
    divide: Callable[[str], list[str]]
    n_columns: int
    by_blanks: bool
    below_header: bool  # whether the first row is a header: what stands above it is no edge
    names: Sequence[str] = ()  # of the columns, where one of these lines gives them


def declared(leading: Sequence[tuple[int, str]]) -> tuple[bool, str | None]:
    """Return whether a comment calls the graph undirected, as those of SNAP and KONECT do, and a note.

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


def resolve(marked: Marked, labels: Collection[str], options: Options) -> tuple[list[list[str]], list[str]]:
    """Return the rows among marked lines, and notes on those that are comments.

    Raises
    ------
    ValueError
        If a line may be a comment as well as an edge.
    """
    known = {label.strip() for label in labels}
    label_marks = {label[0] for label in known if label and label[0] in MARKS}
    rows, comments = [], []
    n_others = 0
    for k, (number, line) in enumerate(marked.lines):
        stripped = line.strip()
        fields = marked.divide(line.strip(" \r\n"))
        leading = k < marked.n_leading
        if leading and (marked.below_header or options.header is True):
            continue
        if stripped == "#" and not leading and sum(other.strip() == "#" for _, other in marked.lines) == 1:
            raise ValueError(
                f"line {number}, '#', is an empty comment, or divides nodes from edges as in the TGF format; leave it "
                "out, and the nodes"
            )
        if len(fields) != marked.n_columns:
            if k >= marked.n_leading and stripped.lstrip(MARKS).strip() in known:
                raise ValueError(
                    f"line {number}, {stripped[:60]!r}, is a comment, or the node to which the lines below belong, as "
                    "in the LGL format; write a source and a target a line"
                )
            n_others += 1
            continue
        if marked.names and [field.strip(MARKS + "! ") for field in fields] == list(marked.names):
            continue
        label = fields[0].strip()
        looks_so = _COMMENT.fullmatch(stripped) is not None
        has_twin = label[:1] in label_marks and not looks_so
        if _PERCENT_ENCODED.match(label) or has_twin or (label in known and not marked.by_blanks):
            rows.append(fields)
        elif (looks_so and label[:1] not in label_marks) or (leading and marked.by_blanks):
            comments.append(f"line {number}, {stripped[:60]!r}, is taken as a comment")
        elif leading and options.header is False:
            rows.append(fields)
        elif looks_so or leading or marked.by_blanks or label.lstrip(MARKS).strip() in known:
            way = f"; {options.say('header', True)} takes it as a header" if leading else ""
            raise ValueError(
                f"line {number}, {stripped[:60]!r}, may be a comment or an edge; begin a comment with '# ', with a "
                f"blank, or quote the label{way}"
            )
        else:
            rows.append(fields)
    others = n_others + len(comments[3:])
    more = [f"{others:,} lines are comments"] if others else []
    return rows, comments[:3] + more
