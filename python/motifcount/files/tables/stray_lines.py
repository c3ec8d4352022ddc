"""Lines among the edges of a table that are none: the header again, other names of columns, rules, totals, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Options
from motifcount.files.tables.row_values import RowValues
from motifcount.files.tables.table import Table, divided
from motifcount.files.words import named_ends, names, vocabulary
from motifcount.files.words.labels import is_integer, is_number

_BELOW = re.compile(rb"\n[ \t,;|]*\r?\n([^\r\n]+)")
"""A line below one that is blank."""
_MOST_TABLES = 100
_LAST = 3  # lines that are looked at for totals and notes
_NOTE = re.compile(
    r"\W*(sources?|notes?|legend|remarks?|footnotes?|abbreviations?|references?|quellen?|anmerkung(en)?)\s*:|\(\d+$",
    re.I,
)


def _forms(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


_ROLES = _forms(f"{vocabulary.SOURCES} {vocabulary.TARGETS}")
_HAS_LETTERS = re.compile(r"[^\W_]")
_FOOTNOTES = frozenset(["*", "**", "***", "†", "‡", "§"])
_COMMENTS = frozenset(["!", ";", "//", "--"])
"""Marks of comments in texts."""
_TYPES = _forms("string str text char varchar object int integer long bigint int64 float double number numeric")
Where = tuple[Table, Columns, Options]
_RULES = frozenset(a + mark * n + b for mark in "-=_*~+" for n in range(3, 81) for a in ("", ":") for b in ("", ":"))


def repeated_header(table: Table, columns: Columns, options: Options) -> list[str] | None:
    """Return the header if it may stand once more below, as where files have been joined; None otherwise."""
    if options.is_frame and options.columns is not None:
        return None
    if table.names_in_comment or columns.header is False or not columns.names:
        return None
    ends = (columns.name(columns.source), columns.name(columns.target))
    if not columns.is_named or names.are_weak(ends) or not named_ends.are_known(columns.names):
        return None
    first = next(iter(table.lines()), "").rstrip("\r\n")
    return table.head[0] if table.raw.count(first.encode()) > 1 else None


def refuse_repeated(table: Table, columns: Columns, options: Options) -> None:
    """Refuse a row of a frame that repeats the names of its columns; in a text it is left out, and told."""
    if options.is_frame and table.n_repeated:
        way = options.say("columns", columns.ends_as_named())
        raise ValueError(f"{table.n_repeated:,} rows repeat the names of columns; leave them out, or say {way}")


def refuse(table: Table, columns: Columns, body: RowValues, options: Options) -> None:
    """Refuse a table with such lines, by their number; columns that the user names say that there are none.

    Raises
    ------
    ValueError
        Which says what the line seems to be.
    """
    if body.words is None or options.columns is not None or not len(body.src):
        return
    where = (table, columns, options)
    _refuse_names(where, body)
    if _RULES.intersection(body.words):
        rules = [k for k, word in enumerate(body.words) if word in _RULES]
        for k in np.flatnonzero(np.isin(body.src, rules) & np.isin(body.dst, rules)).tolist():
            row = _holds(columns, body.words[body.src[k]], body.words[body.dst[k]])
            raise _stray(where, row, "is a rule between lines, as tables in Markdown have")
    _refuse_last(where, body)
    _refuse_second_table(where, body)


def _refuse_names(where: Where, body: RowValues) -> None:
    """Refuse lines that name columns, where the header does not or stands right above."""
    _, columns, options = where
    words = body.words or []
    has_header = columns.header is True and named_ends.are_known(columns.names)
    if has_header and {words[body.src[0]], words[body.dst[0]]} <= _TYPES:
        raise _stray(where, _holds(columns, words[body.src[0]], words[body.dst[0]]), "tells what columns hold")
    found = {word: names.understood(word).role for word in _ROLES.intersection(words)}
    numbers = {
        role: [words.index(word) for word, other in found.items() if other == role] for role in ("source", "target")
    }
    if not numbers["source"] or not numbers["target"]:
        return
    forward, backward = (
        np.isin(body.src, numbers[a]) & np.isin(body.dst, numbers[b])
        for a, b in (("source", "target"), ("target", "source"))
    )
    for k in np.flatnonzero(forward | backward).tolist():
        if has_header and k > 0:
            return
        if k == 0 and options.header is False:
            continue
        row = _holds(columns, words[body.src[k]], words[body.dst[k]])
        if has_header:
            raise _stray(where, row, "names columns again")
        raise _stray(where, row, "names columns", mend="leave what stands above it out")


def _refuse_last(where: Where, body: RowValues) -> None:
    """Refuse totals and notes below the edges."""
    columns = where[1]
    words = body.words or []
    last = list(zip(body.src[-_LAST:][::-1].tolist(), body.dst[-_LAST:][::-1].tolist(), strict=True))
    odd = _unlike_the_others(body, last, columns)
    for source, target in last:
        row = words[source], words[target]
        left = row[0] if columns.source < columns.target else row[1]
        marks = _FOOTNOTES if where[2].is_frame else _FOOTNOTES | _COMMENTS
        is_footnote = left.strip() in marks and _HAS_LETTERS.search("".join(row)) is not None
        if _NOTE.match(left) or (is_footnote and _is_alone(body, (source, target))):
            raise _stray(where, _holds(columns, *row), "is a note")
        if left.strip().lower() in vocabulary.TOTALS and _occurs_once(body, words.index(left)):
            raise _stray(where, _holds(columns, *row), "is a line of totals")
        if (source, target) in odd:
            raise _stray(where, _holds(columns, *row), f"may be a note, for the lines above hold {odd[source, target]}")


def _unlike_the_others(
    body: RowValues, last: Sequence[tuple[int, int]], columns: Columns
) -> dict[tuple[int, int], str]:  # fmt: skip
    """Return the last lines that hold words below integers alone, or a new word and a number below words alone.

    Where a header names the columns, only a word to the left of a number is none of the labels.
    """
    words = [word.strip() for word in body.words or ()]
    with_numbers = [ends for ends in last if sum(is_number(words[k]) for k in ends) == 1]
    with_words = [ends for ends in last if not all(is_integer(words[k]) for k in ends)]
    if columns.header and named_ends.are_known(columns.names):
        left = int(columns.source > columns.target)
        with_words = [ends for ends in with_numbers if not is_number(words[ends[left]])]
    for odd, what in ((with_words, "integers"), (with_numbers, "words")):
        if not odd or 2 * len(odd) >= len(body.src):
            continue
        of_others = np.bincount(body.src, minlength=len(words)) + np.bincount(body.dst, minlength=len(words))
        np.subtract.at(of_others, odd, 1)
        others = [words[k] for k in np.flatnonzero(of_others).tolist()]
        if what == "integers" and all(map(is_integer, others)):
            return dict.fromkeys(odd, what)
        if what == "words" and not any(map(is_number, others)):
            return {ends: what for ends in odd if not any(of_others[k] for k in ends)}
    return {}


def _refuse_second_table(where: Where, body: RowValues) -> None:
    """Refuse a header below a blank line, whose names occur nowhere else."""
    table, columns, _ = where
    if not (table.n_empty or b"\n\n" in table.raw or b"\n\r\n" in table.raw):
        return
    words = body.words or []
    for k, match in enumerate(_BELOW.finditer(table.raw)):
        row = [field.strip() for field in divided(table.dialect, match[1].decode())]
        if k >= _MOST_TABLES or len(row) != columns.n_columns:
            return
        if match.start() == 0 or not all(_names_something(name) for name in row):
            continue
        ends = (row[columns.source], row[columns.target])
        if all(word in words and _occurs_once(body, words.index(word)) for word in ends):
            raise _stray(where, _holds(columns, *ends), "begins another table")


def _is_alone(body: RowValues, ends: tuple[int, int]) -> bool:
    """Tell whether both labels of a line occur nowhere else, and all others hold letters or digits."""
    others = (word for k, word in enumerate(body.words or ()) if k not in ends)
    return len(body.src) > 2 and all(_occurs_once(body, k) for k in ends) and all(map(_HAS_LETTERS.search, others))


def _occurs_once(body: RowValues, number: int) -> bool:
    return int(np.count_nonzero(body.src == number) + np.count_nonzero(body.dst == number)) == 1


def _names_something(name: str) -> bool:
    return len(name) > 1 and (names.understood(name).role is not None or names.says_node(name))


def _stray(where: Where, fits: Callable[[Sequence[str]], bool], what: str, mend: str = "leave it out") -> ValueError:
    """Say which line is no edge, and how to say that it is one."""
    table, columns, options = where
    lines = table.lines()
    row = next((fields for fields in table.dialect.rows(lines) if fits([field.strip() for field in fields])), [])
    way = options.say("columns", columns.ends_as_named())
    return ValueError(f"line {lines.number}, {' '.join(row)[:60]!r}, {what}; {mend}, or say {way} if it is an edge")


def _holds(columns: Columns, source: str, target: str) -> Callable[[Sequence[str]], bool]:
    ends, last = (source.strip(), target.strip()), max(columns.source, columns.target)
    return lambda row: len(row) > last and (row[columns.source], row[columns.target]) == ends
