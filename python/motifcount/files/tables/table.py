"""A table of text, opened: how it is divided, its first rows, and the names that a comment gives to columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from motifcount.files.options import Options
from motifcount.files.sources import text_stream
from motifcount.files.text.detection import detect
from motifcount.files.text.dialect import HEAD_CHARACTERS, HEAD_ROWS, MARKS, Dialect, Lines
from motifcount.files.words import named_ends, names

_OTHER_MARKS = re.compile(r"(//|(?:--|!|\*)(?=\s))")


@dataclass
class Table:
    """A text, how it is divided, and its first rows."""

    raw: bytes
    dialect: Dialect
    head: list[list[str]]
    whole: bool  # whether the head is all
    n_leading: int  # marked lines before the first row
    marked: list[tuple[int, str]]
    names_in_comment: bool = False  # head[0] comes from a marked line
    n_empty: int = 0  # lines of delimiters alone, among those that were read
    repeated: list[str] | None = None  # a header that may stand among the rows once more
    n_repeated: int = 0
    n_without: int = 0  # rows without a weight, where others have one in their data

    def rows(self) -> Iterator[list[str]]:
        """Return all rows, the first line among them unless it is a comment."""
        return self.dialect.rows(self.lines())

    def lines(self) -> Lines:
        """Return all lines that are neither blank nor comments."""
        return Lines(self.raw, self.dialect)

    def locate(self, fits: Callable[[Sequence[str]], bool]) -> str:
        """Name the first line whose row fits; one with fewer fields than are asked for does not."""

        def is_it(row: Sequence[str]) -> bool:
            with suppress(IndexError):
                return fits(row)
            return False

        lines = self.lines()
        for row in self.dialect.rows(lines):
            if is_it(row):
                return f"line {lines.number}"
        return next((f"line {number}" for number, line in lines.marked if is_it(divided(self.dialect, line))), "a line")

    def refuse_ragged(self, n: int, skip: int, rows: Iterable[Sequence[str]]) -> None:
        """Refuse rows behind the first `skip` if any has not `n` fields."""
        if all(len(row) == n for row in islice(rows, skip, None)):
            return
        lines = self.lines()
        for row in islice(self.dialect.rows(lines), skip, None):
            if len(row) != n:
                shown = " ".join(row)[:60]
                raise ValueError(
                    f"line {lines.number} must have {n} columns like the others, not {len(row)}: {shown!r}"
                )

    def without_repeated(self, rows: list[list[str]]) -> list[list[str]]:
        """Return rows without those that repeat the header, which are counted."""
        kept = [row for row in rows if row != self.repeated]
        self.n_repeated += len(rows) - len(kept)
        return kept

    def empty_rows(self) -> list[str]:
        """Tell of lines of delimiters alone, as the empty rows of a spreadsheet are written."""
        return [f"{self.n_empty:,} lines hold delimiters alone"] if self.n_empty else []

    def has_quoted_rows(self) -> bool:
        """Tell whether only the first field of the second line is in quotes, as R writes the numbers of rows."""
        return re.fullmatch(r'"[0-9]+"[^"]*', "".join(islice(self.lines(), 1, 2)).strip()) is not None

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self.head) - self.names_in_comment if self.whole else sum(1 for _ in self.lines())


def divided(dialect: Dialect, line: str) -> list[str]:
    try:
        return next(dialect.rows([line]), [])
    except csv.Error:
        return []


def opened(raw: bytes, options: Options) -> Table:
    lines = Lines(raw)
    head_lines = lines.head()
    if not head_lines:
        header = _names_in_comments(lines.marked, None, options)
        if header is None:
            what = (
                "every line begins with a comment mark (if these are labels, put a header above: source, target)"
                if lines.marked
                else "the file is empty"
            )
            raise ValueError(f"{what}: no edges, and no header that would name the columns of none")
        dialect = Dialect("\t" if "\t" in lines.marked[-1][1] else None, False)
        return Table(raw, dialect, [header], True, len(lines.marked), lines.marked, True)
    _refuse_comments(head_lines, raw, options)
    try:
        dialect = detect(head_lines, raw, options)
        lines = Lines(raw, dialect)
        head, whole = _first_rows(dialect, lines)
    except csv.Error as error:
        raise ValueError(f"quotes or braces in line {_number_of(raw, head_lines[0])} or below: {error}") from error
    except ValueError as error:
        raise ValueError(_with_number(str(error), raw, head_lines)) from error
    if not head:
        raise ValueError(f"every line is blank: {dialect}, and there is nothing between")
    table = Table(raw, dialect, head, whole, lines.n_leading, list(lines.marked), n_empty=lines.n_empty)
    if len(head) > 1 < len(head[0]) and sum(bool(field.strip()) for field in head[0]) == 1:
        title = "".join(head[0]).strip()
        raise ValueError(
            f"{table.locate(lambda _: True)}, {title[:60]!r}, stands alone: a title (leave it out), or no edge"
        )
    table.refuse_ragged(len(head[1]) if len(head) > 1 else len(head[0]), 1, head)
    leading = lines.marked[: lines.n_leading]
    names_found = _names_in_comments(leading, table, options)
    is_better = names_found is not None and names.are_roles(names_found) and not names.are_roles(head[0])
    if names_found is not None and (is_better or not is_header(head[0], replace(options, header=None))):
        table.head, table.names_in_comment = [names_found, *head], True
    return table


def _refuse_comments(head: Sequence[str], raw: bytes, options: Options) -> None:
    """Refuse a first line that begins with a comment mark of other programs, where others do not."""
    mark = _OTHER_MARKS.match(head[0])
    if mark is None or options.header is not None or all(line.startswith(mark[1]) for line in head):
        return
    is_alike = len({len(line.split()) for line in head[:2]}) == 1
    ways = f"if it is none, say {options.say('header', True)} or {options.say('header', False)}"
    raise ValueError(
        f"line {_number_of(raw, head[0])}, {head[0].strip()[:60]!r}, may be a comment, which must begin with # or %; "
        f"{ways if is_alike else 'leave it out'}"
    )


def _first_rows(dialect: Dialect, lines: Lines) -> tuple[list[list[str]], bool]:
    """Return the first rows, and whether they are all."""
    found: list[list[str]] = []
    size = 0
    for row in dialect.rows(lines):
        if len(found) > 1 and (len(found) >= HEAD_ROWS or size > HEAD_CHARACTERS):
            return found, False
        found.append(row)
        size += sum(map(len, row))
    return found, True


def is_header(fields: Sequence[str], options: Options) -> bool:
    known = named_ends.are_known(fields) or named_ends.beside_one_end(fields, range(len(fields))) is not None
    return options.header is True or known


def _names_in_comments(leading: Sequence[tuple[int, str]], table: Table | None, options: Options) -> list[str] | None:
    """Return the names of columns that a comment above the first row gives."""
    if options.header is False:
        return None
    for _, line in reversed(leading):
        text = re.sub(r"^(format|columns?|fields?|header)\s*:\s*", "", line.lstrip().lstrip(MARKS + "! "), flags=re.I)
        dialect = table.dialect if table else Dialect("\t" if "\t" in text else None, False)
        fields = [field.strip() for field in divided(dialect, text)]
        if table is not None and len(fields) != len(table.head[-1]):
            continue
        if options.header is True and text != line and table is not None and not line.lstrip(MARKS)[:1].isspace():
            return fields  # a header that begins with a mark
        try:
            if len(fields) >= 2 and named_ends.ends(fields) is not None:
                return fields
        except ValueError:
            continue
    return None


def _number_of(raw: bytes, line: str) -> int:
    return next((k for k, other in enumerate(text_stream(raw), 1) if other == line), 1)


def _with_number(message: str, raw: bytes, head: Sequence[str]) -> str:
    match = re.search(r"\{line (\d+)\}", message)
    if match is None:
        return message
    lines = Lines(raw)
    for k, _ in enumerate(lines):
        if k == int(match[1]):
            break
    return message.replace(match[0], f"line {lines.number}")
