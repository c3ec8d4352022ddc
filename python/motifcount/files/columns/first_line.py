"""A first line that has another number of fields than those below: a header that is short, or counts."""

from __future__ import annotations

from collections.abc import Sequence

from motifcount.files.columns.columns import Row
from motifcount.files.columns.without_names import kinds_of
from motifcount.files.options import Options
from motifcount.files.words import named_ends
from motifcount.files.words.labels import is_number


def filled_up(first: list[str], head: Sequence[Row], rows_are_named: bool, options: Options) -> list[str]:
    """Return the names of all columns where a header has one too few: R gives none to the column of names of rows."""
    if all(row[-1].strip() == "" for row in head[1:]):  # a delimiter ends every line but the first
        return [*first, ""]
    if options.columns is not None and not options.named_columns():
        return [*first, ""] if 0 in options.columns else ["", *first]
    rows = [row[0].strip() for row in head[1:]]
    if (rows_are_named and len({*rows}) == len(rows)) or (
        is_counted(rows) and kinds_of(head[1:], 3)[1:] == ["word", "word"]
    ):
        return ["", *first]
    try:
        source, target = named_ends.ends(first) or (0, 1)
    except ValueError:
        source, target = 0, 1
    raise ValueError(
        f"the first line has {len(first)} fields, {' '.join(first)[:60]!r}, and those below {len(first) + 1}: the last "
        f"column has no name ({options.say('columns', (source, target))}), or the first has none, as where R writes "
        f"names of rows ({options.say('columns', (source + 1, target + 1))})"
    )


def counted(start: int, n: int) -> list[str]:
    """Return n integers from `start` on, as words."""
    return [str(k) for k in range(start, start + n)]


def is_counted(values: Sequence[str]) -> bool:
    """Tell whether words are the integers from 0 or 1 on."""
    return values in (counted(0, len(values)), counted(1, len(values)))


def refuse_first_line(first: Sequence[str], n: int, options: Options) -> None:
    """Refuse a first line that is no header."""
    counts = all(map(is_number, first))
    if options.header is True and counts:
        return
    if options.header is True:
        what = (
            f"a header must name every column; without names, say which they are, as {options.say('columns', (0, 1))}"
        )
    elif counts:
        what = f"it may count nodes and edges: {options.say('header', True)} if it is no edge"
    else:
        what = f"if it is no edge, say which columns hold the ends, as {options.say('columns', (0, 1))}"
    raise ValueError(f"the first line has {len(first)} fields, {' '.join(first)[:60]!r}, and those below {n}; {what}")
