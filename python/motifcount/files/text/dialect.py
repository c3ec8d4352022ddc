"""How a text is divided into fields: delimiter, quotes, comments, the data of NetworkX's edge lists."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from motifcount.files.sources import text_stream
from motifcount.files.words.numerals import with_small_quoted

MARKS = "#%"
"""What comments begin with."""

IN_WORDS: dict[str | None, str] = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars", None: "blanks"}
DATA = re.compile(r"(.*?)\s*[\s,;|](\{.*\})\s*$")
_STRINGS = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
"""Of Python."""
_BLANKS = " \t\r\n"
_QUOTED = re.compile(r'(?<!\S)"(?:[^"]|"")*("|\Z)')
"""A field in quotes, or what a line has of it."""
HEAD_ROWS, HEAD_CHARACTERS = 5000, 1 << 20
"""How much of a text is looked at to tell what it is."""


class Lines:
    """The lines of a text that are neither blank nor begin with a comment mark; those that do are kept aside.

    A line is blank if it holds nothing but blanks and the delimiter, as the empty rows of a spreadsheet do.
    """

    def __init__(self, raw: bytes, dialect: Dialect | None = None) -> None:
        self._raw = raw
        self._blanks = _BLANKS if dialect is None else dialect.blanks
        self._mark = None if dialect is None else dialect.delimiter
        self._has_marks = b"#" in raw or b"%" in raw
        self.number = 0
        self.n_empty = 0  # lines of delimiters alone
        self.has_quotes = False  # whether a reader of quoted fields takes the lines
        self.is_within = False  # whether the next line belongs to a field in quotes, whatever it holds
        self.marked: list[tuple[int, str]] = []
        self.n_leading = 0  # marked lines before the first other one

    def __iter__(self) -> Iterator[str]:
        self.marked.clear()
        self.n_empty, self.is_within = 0, False
        marks = tuple(MARKS) if self._has_marks else ()
        is_first = True
        for number, line in enumerate(text_stream(self._raw), 1):
            self.number = number
            if not self.is_within:
                if not line.strip(self._blanks).strip():
                    self.n_empty += self._mark is not None and self._mark in line
                    continue
                if marks and line.lstrip().startswith(marks):
                    self.marked.append((number, line.rstrip("\n")))
                    continue
                if is_first:
                    self.n_leading, is_first = len(self.marked), False
                self.is_within = self.has_quotes
            yield line
        if is_first:
            self.n_leading = len(self.marked)

    def head(self) -> list[str]:
        """Return the first lines; a field in quotes is not cut."""
        found: list[str] = []
        size = n_quotes = 0
        for line in self:
            is_long = len(found) >= HEAD_ROWS or size > HEAD_CHARACTERS
            if len(found) > 1 and is_long and (n_quotes % 2 == 0 or size > 2 * HEAD_CHARACTERS):
                break
            found.append(line)
            size += len(line)
            n_quotes += line.count('"')
        return found


Keys = tuple[str | None, str | None]
"""The keys of weights and of kinds in the data behind the ends of edges."""
WITHOUT = " 1"
"""The weight of an edge whose data have none."""


@dataclass(frozen=True)
class Dialect:
    """How lines are divided: by a delimiter, or by any blanks (None)."""

    delimiter: str | None
    quoted: bool  # whether fields may stand in double quotes
    has_data: bool = False  # of NetworkX, behind the ends
    keys: Keys = (None, None)
    n_columns: int = 2  # a mark behind so many fields begins a comment, where blanks divide

    def __str__(self) -> str:
        by = IN_WORDS.get(self.delimiter, repr(self.delimiter))
        return f"fields divided by {by}" + (", data in braces" if self.has_data else "")

    @property
    def blanks(self) -> str:
        """Return the characters that a blank line consists of."""
        return _BLANKS + (self.delimiter or "" if self.delimiter in IN_WORDS else "")

    def filled(self, lines: Iterable[str]) -> list[str]:
        """Return the lines that are not blank."""
        return [line for line in lines if line.strip(self.blanks).strip()]

    def rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Divide lines into fields.

        Raises
        ------
        csv.Error
            If a quote is not where quotes can be.
        """
        if self.has_data:
            return self._with_data(lines)
        return self._plain(lines)

    def _plain(self, lines: Iterable[str]) -> Iterator[list[str]]:
        mark = self.delimiter
        if mark is None and self.quoted:
            cleaned = _without_tabs(lines)
            return _whole_rows(csv.reader(cleaned, delimiter=" ", skipinitialspace=True, strict=True), lines)
        if mark is None:
            return map(self._by_blanks, lines)
        if len(mark) > 1:
            return ([field.strip() for field in line.split(mark)] for line in lines)
        quoting: Any = csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE
        reader = csv.reader(lines, delimiter=mark, skipinitialspace=True, strict=True, quoting=quoting)
        return _whole_rows(reader, lines) if self.quoted else reader

    def _by_blanks(self, line: str) -> list[str]:
        fields = line.split()
        if "#" in line or "%" in line:
            for k, field in enumerate(fields):
                if field[0] in MARKS and (k >= self.n_columns or len(field) == 1):
                    return fields[:k]
        return fields

    def _with_data(self, lines: Iterable[str]) -> Iterator[list[str]]:
        data: list[tuple[str, ...]] = []

        def ends() -> Iterator[str]:
            for line in lines:
                match = DATA.match(line)
                if match is None:
                    raise csv.Error(f"data in braces is missing in {line.strip()[:60]!r}")
                if not match[1].strip():
                    raise csv.Error(f"{line.strip()[:60]!r} must hold a source and a target in front of the data")
                data.append(_values(match[2], self.keys))
                yield match[1]

        for row in self._plain(ends()):
            yield [*row, *data.pop()]


def _without_tabs(lines: Iterable[str]) -> Iterator[str]:
    """Return lines with blanks for the tabs between fields, and none at the ends; what is in quotes stays."""
    opened = ""  # the quote of a field that began in a line above
    for line in lines:
        text = opened + line if opened else line.lstrip()
        pieces, at, is_open = [], 0, False
        for field in _QUOTED.finditer(text):
            pieces += [text[at : field.start()].replace("\t", " "), field[0]]
            at, is_open = field.end(), not field[1]
        if not is_open:
            pieces.append(text[at:].replace("\t", " ").rstrip() + "\n")
        yield "".join(pieces)[len(opened) :]
        opened = '"' if is_open else ""


def _whole_rows(rows: Iterator[list[str]], lines: Iterable[str]) -> Iterator[list[str]]:
    """Return rows, and tell the lines where one ends: what the reader takes before that is within quotes."""
    return _telling(rows, lines) if isinstance(lines, Lines) else rows


def _telling(rows: Iterator[list[str]], lines: Lines) -> Iterator[list[str]]:
    lines.has_quotes = True
    for row in rows:
        lines.is_within = False
        yield row


@lru_cache(maxsize=1 << 16)
def _values(data: str, keys: Keys) -> tuple[str, ...]:
    """Return the weight and the kind in the data of an edge, those that there are keys for."""
    if keys == (None, None):
        return ()
    found = data_in(data)
    return tuple(str(found.get(key, default)) for key, default in zip(keys, (WITHOUT, ""), strict=True) if key)


def data_in(text: str) -> dict[str, object]:
    try:
        found = ast.literal_eval(with_small_quoted(text, _STRINGS))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise csv.Error(f"the data {text[:60]!r} is no dict that can be read")
    return found
