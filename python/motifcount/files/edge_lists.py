"""Edge lists as text: one edge a line.

A line is source, target, and perhaps more columns, all lines as many as the first; tab, comma, semicolon or blanks
separate them, whichever of these comes first in that order in the first line. ``#`` and ``%`` start comments. Labels
are integers if all are, else words.

The first line is a header if its first two fields are known words (source and target, from and to, …), or no integers
while all labels below it are. In a file of words, any other first line is an edge.

The third column is the weight, and an edge of weight 0 is none; unless the header calls it otherwise than weight, or no
line has a number there. Columns after it are not looked at.
"""

from __future__ import annotations

import io
import re
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import from_edge_arrays

_DELIMITERS = ("\t", ",", ";")
_PAIRS = ("source target", "from to", "src dst", "head tail", "u v", "node1 node2", "pre post", "sender receiver")
_HEADER_WORDS = frozenset(" ".join(_PAIRS).split())
_WEIGHT_WORDS = frozenset(["weight", "weights", "w", "value", "count", "strength"])
_INTEGER = re.compile(r"[+-]?\d{1,18}")

Ends = tuple[npt.NDArray[Any], npt.NDArray[Any], tuple[Any, ...]]


def parse(text: str) -> Rows:
    """Return the graph of an edge list, its nodes in the order of their labels.

    Raises
    ------
    ValueError
        If a line does not fit the rules; tells which.
    """
    if "\0" in text:
        raise ValueError(f"not a text file: character {text.index(chr(0))} is null")
    lines = _Lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    src, dst, labels = lines.integers() or lines.words()
    return from_edge_arrays(src, dst, len(labels), keep_all_rows=True)._replace(labels=labels)


class _Lines:
    """The lines of a file, and what the first of them tells of the others."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_comments = "#" in text or "%" in text
        self._has_blanks = " " in text
        first = next((line for line in map(self._clean, io.StringIO(text)) if line.strip()), "")
        self._delimiter = next((mark for mark in _DELIMITERS if mark in first), None)
        self._first = self._fields(first)
        names = [field.lower() for field in self._first]
        self._is_header = len(names) >= 2 and set(names[:2]) <= _HEADER_WORDS
        self._may_be_header = self._is_header or not any(map(_INTEGER.fullmatch, names[:2]))
        self._named_otherwise = len(names) > 2 and self._may_be_header and names[2] not in _WEIGHT_WORDS

    def _clean(self, line: str) -> str:
        line = line.rstrip("\n")
        return re.split("[#%]", line, maxsplit=1)[0] if self._has_comments else line

    def _fields(self, line: str) -> list[str]:
        fields = line.split(self._delimiter) if line.strip() else []
        return [field.strip() for field in fields] if self._has_blanks and self._delimiter else fields

    def integers(self) -> Ends | None:
        """Read a file whose labels are integers and whose third column, if it counts, are numbers; None for others."""
        n_columns = len(self._first)
        if n_columns < 2:
            return None
        has_weights = n_columns > 2 and not self._named_otherwise
        columns: list[Any] = [("src", np.int64), ("dst", np.int64)]
        columns += [(f"c{k}", np.float64 if k == 2 and has_weights else "U1") for k in range(2, n_columns)]
        text = io.StringIO(self._text)
        if self._may_be_header:
            while not self._clean(next(text)).strip():
                pass
            if not any(self._clean(line).strip() for line in text):
                return None  # a line of words alone
            text.seek(0)
            while not self._clean(next(text)).strip():
                pass
        try:
            table = np.loadtxt(text, dtype=columns, comments=["#", "%"], delimiter=self._delimiter, ndmin=1)
        except (ValueError, IndexError):
            return None
        live = table["c2"] != 0 if has_weights else slice(None)
        labels, ends = np.unique(np.concatenate((table["src"], table["dst"])), return_inverse=True)
        return ends[: len(table)][live], ends[len(table) :][live], tuple(labels.tolist())

    def words(self) -> Ends:
        """Read a file of any kind, line by line."""
        numbers, rows = self._rows()
        if self._may_be_header and not self._is_header and len(rows) > 1:
            below = chain.from_iterable(row[:2] for row in rows[1:])
            self._is_header = all(map(_INTEGER.fullmatch, below))
        if self._is_header:
            numbers, rows = numbers[1:], rows[1:]
        if rows and len(rows[0]) > 2 and not (self._is_header and self._named_otherwise):
            rows = _with_weight(numbers, rows)
        positions: dict[str, int] = {}
        ends = [positions.setdefault(label, len(positions)) for row in rows for label in row[:2]]
        labels: list[Any] = list(positions)
        if all(map(_INTEGER.fullmatch, labels)):
            labels = [int(label) for label in labels]
        known = sorted(set(labels))
        rank = {label: k for k, label in enumerate(known)}
        new = np.array([rank[label] for label in labels], dtype=np.int64)
        pairs = new[np.array(ends, dtype=np.int64)].reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1], tuple(known)

    def _rows(self) -> tuple[list[int], list[list[str]]]:
        """Return line numbers and fields of all lines that have any."""
        numbers, rows = [], []
        for number, line in enumerate(self._text.split("\n"), start=1):
            fields = self._fields(self._clean(line))
            if not fields:
                continue
            if len(fields) < 2 or not fields[0] or not fields[1]:
                raise ValueError(f"line {number} must hold a source and a target, not {line.strip()[:60]!r}")
            if len(fields) != len(self._first):
                raise ValueError(
                    f"line {number} must have {len(self._first)} columns like the first, not {len(fields)}: "
                    f"{line.strip()[:60]!r}"
                )
            numbers.append(number)
            rows.append(fields)
        return numbers, rows


def _with_weight(numbers: list[int], rows: list[list[str]]) -> list[list[str]]:
    """Leave out edges of weight 0, if the third column is the weight."""
    weights = [_number(row[2]) for row in rows]
    if all(weight is None for weight in weights):
        return rows
    if None in weights:
        where = weights.index(None)
        raise ValueError(
            f"line {numbers[where]} has {rows[where][2]!r} in its third column, where others have numbers; give the "
            "column a header (weight, or another name to have it ignored)"
        )
    return [row for row, weight in zip(rows, weights, strict=True) if weight != 0]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
