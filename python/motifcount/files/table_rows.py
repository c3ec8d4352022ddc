"""The rows of an edge table: integers by numpy.loadtxt, others word by word."""

from __future__ import annotations

import csv
import re
import warnings
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.columns import Columns
from motifcount.files.dialect import Lines
from motifcount.files.directions import both_ways
from motifcount.files.labels import PLAIN_INTEGER, TRUTH
from motifcount.files.opened import Table
from motifcount.files.sources import text_stream

_CHUNK = 1 << 10  # rows: few enough to stay in the cache
_PIECE = 1 << 20  # bytes


@dataclass
class Body:
    """All rows below the first line: ends as numbers of words, weights, and which words there are."""

    src: npt.NDArray[Any]
    dst: npt.NDArray[Any]
    words: list[str] | None  # by number; None: labels are the integers `order`
    order: npt.NDArray[np.int64] | None
    weight: npt.NDArray[np.float64] | None
    both_ways: npt.NDArray[np.bool_] | None = None
    kinds: list[str] | None = None
    layer_of: dict[str, str] = field(default_factory=dict)  # by word

    def add(self, rows: Sequence[Sequence[str]], columns: Columns, table: Table, *, in_front: bool = False) -> None:
        """Add rows that were not among the others, behind or in front of them."""
        ends = [[row[k].strip() for row in rows] for k in (columns.source, columns.target)]
        if self.order is not None and all(map(PLAIN_INTEGER.fullmatch, (*ends[0], *ends[1]))):
            values = np.array([list(map(int, words)) for words in ends])
            order = np.union1d(self.order, values)
            if len(order) > len(self.order):
                rank = np.searchsorted(order, self.order).astype(np.int32)
                self.src, self.dst, self.order = rank[self.src], rank[self.dst], order
            positions = np.searchsorted(order, values).astype(np.int32)
        else:
            words = list(map(str, self.order.tolist())) if self.order is not None else self.words or []
            ids = {word: k for k, word in enumerate(words)}
            positions = np.array([[ids.setdefault(word, len(ids)) for word in side] for side in ends], np.int32)
            self.words, self.order = list(ids), None
        at = 0 if in_front else len(self.src)
        self.src, self.dst = np.insert(self.src, at, positions[0]), np.insert(self.dst, at, positions[1])
        if self.weight is not None and columns.weight is not None:
            found = numbers([row[columns.weight] for row in rows], table, columns)
            self.weight = np.insert(self.weight, at, found)
        if self.both_ways is not None and columns.direction is not None:
            self.both_ways = np.insert(self.both_ways, at, _directions(rows, columns))
        if self.kinds is not None and columns.kinds is not None:
            self.kinds[at:at] = [row[columns.kinds].strip() for row in rows]
        _collect_layers(self.layer_of, rows, columns)


def read(table: Table, columns: Columns, skip: int) -> Body:
    """Return the rows behind the first `skip`."""
    return _integers(table, columns, skip) or _words(table, columns, skip)


def _integers(table: Table, columns: Columns, skip: int) -> Body | None:
    """Read ends that are plain integers, and weights, by numpy.loadtxt; None where there is anything else."""
    body = table.head[1:] if len(table.head) > 1 else []
    ends = (columns.source, columns.target)
    if (
        not body
        or columns.direction is not None
        or columns.kinds is not None
        or columns.layers is not None
        or not all(PLAIN_INTEGER.fullmatch(row[k].strip()) for row in body for k in ends)
    ):
        return None
    delimiter = table.dialect.delimiter
    leading = table.marked[: table.n_leading]
    n_marks = sum(line.count("#") + line.count("%") for _, line in leading)
    odd = table.raw.count(b"#") + table.raw.count(b"%") != n_marks or _has_padded(table.raw)
    if odd or table.dialect.has_data or (delimiter is not None and len(delimiter) > 1):
        return None
    found = _loaded(table, columns, skip, np.int32)
    if found is None:  # integers may be longer
        found = _loaded(table, columns, skip, np.int64)
    if found is None:
        return None
    weight = None if columns.weight is None else np.ascontiguousarray(found[f"c{columns.weight}"])
    if weight is not None and np.isnan(weight).any():
        return None
    src, dst, order = _numbered(found[f"c{ends[0]}"], found[f"c{ends[1]}"])
    return Body(src, dst, None, order, weight)


def _loaded(table: Table, columns: Columns, skip: int, integer: type[np.signedinteger[Any]]) -> Any:
    """Return the rows as numpy.loadtxt reads them, None if they are not all of the one kind."""
    lines = table.lines()
    for _ in islice(lines, skip + 1):
        pass
    ends = (columns.source, columns.target)
    dtype = [
        (f"c{k}", integer if k in ends else np.float64 if k == columns.weight else "S1")
        for k in range(columns.n_columns)
    ]
    options: dict[str, Any] = {
        "delimiter": table.dialect.delimiter,
        "comments": None,
        "quotechar": '"' if table.dialect.quoted else None,
    }
    try:
        with warnings.catch_warnings(action="error"):
            return np.loadtxt(text_stream(table.raw), dtype, skiprows=lines.number - 1, ndmin=1, **options)
    except (ValueError, IndexError, OverflowError, Warning):
        return None


def _has_padded(raw: bytes) -> bool:
    """Tell whether an integer begins with a 0 that other digits follow."""
    text = np.frombuffer(raw, np.uint8)
    for start in range(0, len(text), _PIECE):
        piece = text[max(0, start - 2) : start + _PIECE]
        is_digit = (piece >= ord("0")) & (piece <= ord("9"))
        begins = is_digit & (piece == ord("0"))
        begins[1:] &= ~is_digit[:-1] & (piece[:-1] != ord("."))
        begins[0] &= start == 0  # further on, it is the second but last of the piece before
        if (begins[:-1] & is_digit[1:]).any():
            return True
    return False


def _numbered(
    src: npt.NDArray[np.signedinteger[Any]], dst: npt.NDArray[np.signedinteger[Any]]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[np.int64]]:
    """Return ends as ranks among the labels, and the labels in order."""
    low, high = min(int(src.min()), int(dst.min())), max(int(src.max()), int(dst.max()))
    if high - low <= 4 * len(src) + (1 << 16):
        present = np.zeros(high - low + 1, bool)
        present[src - low] = present[dst - low] = True
        rank = np.cumsum(present, dtype=np.int32) - np.int32(1)
        return rank[src - low], rank[dst - low], np.flatnonzero(present) + np.int64(low)
    order = np.unique(np.concatenate((src, dst)))
    return np.searchsorted(order, src), np.searchsorted(order, dst), order


def _words(table: Table, columns: Columns, skip: int) -> Body:
    """Read rows of any kind, every distinct word once."""
    lines = table.lines()
    next(iter(lines), None)
    plain = lines.number == 1 and b"#" not in table.raw and b"%" not in table.raw  # the first line is the first row
    body = _collected(table, columns, skip, text_stream(table.raw) if plain else table.lines())
    if plain and body is None:
        body = _collected(table, columns, skip, table.lines())
    if body is None:
        table.refuse_ragged(columns.n_columns, skip, table.rows())
        raise AssertionError("a line was ragged, and is not")
    return body


def _collected(table: Table, columns: Columns, skip: int, lines: Iterable[str]) -> Body | None:
    """Return the rows of lines, None if one is blank or has another number of fields."""
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    sources, targets, weights = [], [], []
    directions: list[bool] = []
    kinds: list[str] = []
    layer_of: dict[str, str] = {}
    rows = islice(table.dialect.rows(lines), skip, None)
    n, source, target = columns.n_columns, columns.source, columns.target
    try:
        while chunk := list(islice(rows, _CHUNK)):
            if set(map(len, chunk)) != {n}:
                return None
            sources.append(np.fromiter(map(ids.__getitem__, [row[source] for row in chunk]), np.int32, len(chunk)))
            targets.append(np.fromiter(map(ids.__getitem__, [row[target] for row in chunk]), np.int32, len(chunk)))
            if "" in ids and not isinstance(lines, Lines):
                return None
            if columns.weight is not None:
                weights.append(numbers([row[columns.weight] for row in chunk], table, columns))
            if columns.direction is not None:
                directions.extend(_directions(chunk, columns))
            if columns.kinds is not None:
                kinds.extend(row[columns.kinds].strip() for row in chunk)
            _collect_layers(layer_of, chunk, columns)
    except csv.Error as error:
        raise ValueError(f"{_place(table, lines)}: {error}") from error
    if isinstance(lines, Lines):
        table.n_empty = lines.n_empty
    joined = [np.concatenate(parts) if parts else np.zeros(0, np.int32) for parts in (sources, targets)]
    weight = np.concatenate(weights) if weights else None if columns.weight is None else np.zeros(0)
    both = np.array(directions, dtype=bool) if directions else None
    return Body(
        joined[0], joined[1], list(ids), None, weight, both, kinds if columns.kinds is not None else None, layer_of
    )


def _directions(rows: Sequence[Sequence[str]], columns: Columns) -> list[bool]:
    assert columns.direction is not None
    return [both_ways(row[columns.direction], columns.names[columns.direction]) for row in rows]


def _collect_layers(layer_of: dict[str, str], rows: Sequence[Sequence[str]], columns: Columns) -> None:
    """Add the layers of the ends of rows."""
    if columns.layers is None:
        return
    for end, column in zip((columns.source, columns.target), columns.layers, strict=True):
        for row in rows:
            label, layer = row[end].strip(), row[column].strip()
            if layer_of.setdefault(label, layer) != layer:
                raise ValueError(f"the node {label!r} has two layers, {layer_of[label]!r} and {layer!r}")


def _place(table: Table, lines: Iterable[str]) -> str:
    """Name the line at which quotes go wrong."""
    if not isinstance(lines, Lines):
        lines = table.lines()
        with suppress(csv.Error):
            deque(table.dialect.rows(lines), maxlen=0)
    return f"line {lines.number}"


def numbers(fields: list[str], table: Table, columns: Columns) -> npt.NDArray[np.float64]:
    try:
        found = np.array(fields, dtype=np.float64)
        if not np.isnan(found).any():
            return found
    except ValueError:
        pass
    return np.array([_number(field, table, columns) for field in fields])


def _number(field: str, table: Table, columns: Columns) -> float:
    word = field.strip()
    if table.dialect.delimiter != "," and re.fullmatch(r"[+-]?[0-9]+,[0-9]+", word):
        word = word.replace(",", ".")
    word = re.sub(r"\s+[#%](\s.*)?$", "", word)
    try:
        value = TRUTH[word.lower()] if word.lower() in TRUTH else float(word)
    except ValueError:
        value = float("nan")
    if value != value:
        assert columns.weight is not None
        k = columns.weight
        where = table.locate(lambda row: k < len(row) and row[k] == field) if not table.dialect.has_data else "an edge"
        raise ValueError(
            f"{where} has {word[:60]!r} as its weight ({columns.called(k)}), and no number; write 0 for no edge"
        )
    return value
