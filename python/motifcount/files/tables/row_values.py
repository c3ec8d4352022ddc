"""What the rows of an edge table hold: ends, weights, kinds, layers, and counts of what is not used."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.columns.columns import Columns
from motifcount.files.columns.directions import both_ways
from motifcount.files.columns.unused import Tally
from motifcount.files.tables.table import Table
from motifcount.files.text.dialect import WITHOUT
from motifcount.files.words.labels import PLAIN_INTEGER, TRUTH
from motifcount.files.words.numerals import is_too_small, with_point

_SAYS = {**TRUTH, "t": 1.0, "yes": 1.0, "y": 1.0, "present": 1.0, "f": 0.0, "no": 0.0, "n": 0.0, "absent": 0.0}
"""Words for weights that say whether there is an edge."""


@dataclass
class RowValues:
    """All rows below the first line: ends as numbers of words, weights, and which words there are."""

    src: npt.NDArray[np.integer[Any]]
    dst: npt.NDArray[np.integer[Any]]
    words: list[str] | None  # by number; None: labels are the integers `order`
    order: npt.NDArray[np.int64] | None
    weight: npt.NDArray[np.float64] | None
    both_ways: npt.NDArray[np.bool_] | None = None
    kinds: list[str] | None = None
    layer_of: dict[str, str] = field(default_factory=dict)  # by word
    tallies: dict[int, Tally] = field(default_factory=dict)  # of columns of numbers that are not used

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
            self.both_ways = np.insert(self.both_ways, at, directions(rows, columns))
        if self.kinds is not None and columns.kinds is not None:
            self.kinds[at:at] = [row[columns.kinds].strip() for row in rows]
        collect_layers(self.layer_of, rows, columns)
        for k, tally in self.tallies.items():
            tally.add([row[k] for row in rows])

    def labels(self) -> Iterator[str]:
        """Return the label of every node as a word."""
        return iter(self.words) if self.words is not None else map(str, () if self.order is None else self.order)


def directions(rows: Sequence[Sequence[str]], columns: Columns) -> list[bool]:
    """Tell which rows are edges without a direction."""
    assert columns.direction is not None
    return [both_ways(row[columns.direction], columns.names[columns.direction]) for row in rows]


def collect_layers(layer_of: dict[str, str], rows: Sequence[Sequence[str]], columns: Columns) -> None:
    """Add the layers of the ends of rows."""
    if columns.layers is None:
        return
    for end, column in zip((columns.source, columns.target), columns.layers, strict=True):
        for row in rows:
            label, layer = row[end].strip(), row[column].strip()
            if layer_of.setdefault(label, layer) != layer:
                raise ValueError(f"the node {label!r} has two layers, {layer_of[label]!r} and {layer!r}")


def numbers(fields: list[str], table: Table, columns: Columns) -> npt.NDArray[np.float64]:
    """Return weights as numbers.

    Raises
    ------
    ValueError
        If one is none, with its line.
    """
    if table.dialect.has_data:
        table.n_without += fields.count(WITHOUT)
    try:
        found = np.array(fields, dtype=np.float64)
        if np.isfinite(found).all() and not any(is_too_small(fields[k]) for k in np.flatnonzero(found == 0)):
            return found
    except ValueError:
        pass
    return np.array([_number(field, table, columns) for field in fields])


def _stripped(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in row)


def _number(field: str, table: Table, columns: Columns) -> float:
    word = field.strip()
    if table.dialect.delimiter != ",":
        word = with_point(word)
    word = re.sub(r"\s+[#%](\s.*)?$", "", word)
    try:
        value = _SAYS[word.lower()] if word.lower() in _SAYS else float(word)
    except ValueError:
        value = float("nan")
    if not math.isfinite(value) or (value == 0 and is_too_small(word)):
        assert columns.weight is not None
        k = columns.weight
        where = "an edge"
        if not table.dialect.has_data:
            where = table.locate(lambda row: k < len(row) and row[k] == field and _stripped(row) != columns.names)
        why = (
            "is too small for floats, which have it as 0"
            if value == 0
            else ("must be a finite number, and 0 where there is no edge")
        )
        raise ValueError(f"{where} has {word[:60]!r} as its weight ({columns.called(k)}), which {why}")
    return value
