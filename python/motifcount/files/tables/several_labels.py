"""Cells that may hold several labels, as "b;c" in a column of targets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Options
from motifcount.files.tables.row_values import RowValues
from motifcount.files.tables.table import Table
from motifcount.files.text.dialect import HEAD_ROWS
from motifcount.files.words.labels import is_integer, words_equal

_ALONE = ";|"  # marks that hardly stand in a name: one part that is a label elsewhere is enough


def refuse_lists(table: Table, columns: Columns, body: RowValues, options: Options) -> None:
    """Refuse labels whose parts are labels elsewhere, or that are all several integers.

    A delimiter that the user names says that cells are whole; so do columns where the reader knows the delimiter, and
    a frame.

    Raises
    ------
    ValueError
        With the line, and both readings.
    """
    is_said = options.delimiter is not None or (options.known_delimiter is not None and options.columns is not None)
    if body.words is None or is_said or options.is_frame or table.dialect.delimiter is None:
        return
    together = "\n".join(body.words)
    for mark in [mark for mark in " ;,|" if mark in together]:
        known = {word.strip() for word in body.words}
        for word in [word for word in known if mark in word]:
            parts = [part.strip() for part in word.split(mark) if part.strip()]
            found = [part in known for part in parts]
            if len(parts) > 1 and (any(found) if mark in _ALONE else all(found)):
                raise _doubt(table, columns, word, mark, options)
    if " " in together:
        words = body.words
        for side in (body.src, body.dst):
            labels = [words[k].split() for k in set(side.tolist())]
            if labels and all(len(parts) > 1 and all(map(is_integer, parts)) for parts in labels):
                raise _doubt(table, columns, " ".join(labels[0]), " ", options)


def _doubt(table: Table, columns: Columns, word: str, mark: str, options: Options) -> ValueError:
    fits = words_equal(word)
    where = table.locate(lambda row: any(k < len(row) and fits(row[k]) for k in _ends(columns)))
    is_known = options.known_delimiter is not None
    whole = options.say(*(("columns", columns.ends_as_named()) if is_known else ("delimiter", table.dialect.delimiter)))
    by_blanks = mark == " " and len({len(line.split()) for line in islice(table.lines(), HEAD_ROWS)}) == 1
    way = f"if blanks divide all fields, {options.say('delimiter', ' ')}; " if by_blanks else ""
    return ValueError(
        f"{where}: {word[:60]!r} may be one label or several, for others are such as its parts; if several, write a "
        f"line for each edge; {way}if one, say {whole}"
    )


def _ends(columns: Columns) -> Sequence[int]:
    return columns.source, columns.target
