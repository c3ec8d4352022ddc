"""How a table of fields is a square matrix, by its numbers of rows and columns and the labels beside its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from motifcount.files.columns.columns import Row
from motifcount.files.words import names, vocabulary
from motifcount.files.words.labels import MISSING, TRUTH, is_integer, is_number

_ROWS, _COLUMNS = frozenset(["row", "rows"]), frozenset(["column", "columns", "col", "cols"])


@dataclass(frozen=True)
class MatrixShape:
    """Where the entries of a square matrix stand, and the labels of its nodes if it has any."""

    n_nodes: int
    has_header: bool
    has_row_labels: bool
    labels: tuple[str, ...] | None = None
    row_order: tuple[str, ...] | None = None  # labels of the rows, where they stand in another order
    is_sure: bool = False  # labels say it
    corner: str = ""  # beside the labels of columns


def is_cell(field: str) -> bool:
    """Tell whether a field may be an entry of a matrix: a number, true or false, or missing."""
    word = field.strip()
    is_infinite = word.lower().lstrip("+-") in ("inf", "infinity")
    return is_number(word) or is_infinite or word in MISSING or word.lower() in TRUTH


def matrix_shape(head: Sequence[Row], n_rows: int) -> MatrixShape | None:
    """Return how a table of `n_rows` rows is a square matrix, None if it is none.

    `head` has the first rows, all of them where the labels of rows are asked for.
    """
    if n_rows < 2 or len(head) < 2:
        return None
    n = len(head[1])
    first = [field.strip() for field in head[0]]
    body = head[1:]
    if n < 2 or any(len(row) != n for row in body) or len(first) not in (n, n - 1):
        return None
    numbers_only = all(all(map(is_cell, row)) for row in body)
    rest_is_numbers = all(all(map(is_cell, row[1:])) for row in body)
    if len(first) == n and all(map(is_cell, first)) and first[0] != "" and numbers_only:
        column = [row[0].strip() for row in head]
        if n_rows == n:
            return MatrixShape(n, False, False)
        if n_rows == n + 1 and _are_ids(first):
            return MatrixShape(n, True, False, tuple(first))
        if n_rows == n - 1 and _are_ids(column) and column != ["1", "0"]:
            return MatrixShape(n_rows, False, True, tuple(column))
        return None
    if not rest_is_numbers:
        return None
    if n_rows - 1 == n and len(first) == n and numbers_only and all(first) and len(set(first)) == n:
        return MatrixShape(n, True, False, tuple(first))
    if n_rows == n and len(first) in (n, n - 1):
        found = _labelled(first[len(first) - n + 1 :], [row[0].strip() for row in body])
        return found and replace(found, corner=first[0] if len(first) == n else "")
    if n_rows == n - 1 and all(map(is_cell, first[1:])) and len(first) == n:
        column = [row[0].strip() for row in head]
        if len(set(column)) == n_rows and not all(map(is_cell, column)):
            return MatrixShape(n_rows, False, True, tuple(column))
    return None


def leads_from_columns(corner: str) -> bool:
    """Tell whether a corner names targets for the rows, or sources for the columns, as "post", "to \\ from" do."""
    parts = re.split(r"\s*(?:\\|/|\||[-=]>|→|×|,|;|\b(?:by|vs|x)\b)\s*", corner)
    roles = [(names.understood(part).role or "").rstrip("?") for part in parts]
    if len(parts) == 1:
        words = [names.understood(word).role for word in names.parts(corner)]
        roles = [role or "" for role in words] if "source" in words and "target" in words else roles
    return (roles[0] == "target" or roles[1:2] == ["source"]) and (roles[0] != "source" and roles[1:2] != ["target"])


def is_in_words(corner: str) -> bool:
    """Tell whether a corner says of columns what they are, as "rows=to cols=from" does; of rows it does by itself."""
    words = set(names.parts(corner))
    return bool(words & _COLUMNS) and bool(words - _COLUMNS - _ROWS - vocabulary.FILLERS - {"by", "vs", "x", "and"})


def _are_ids(words: list[str]) -> bool:
    return all(map(is_integer, words)) and len(set(words)) == len(words)


def are_counted(words: list[str]) -> bool:
    """Tell whether words count from 0 or from 1."""
    return words in ([str(k) for k in range(start, start + len(words))] for start in (0, 1))


def _labelled(columns: list[str], rows: list[str]) -> MatrixShape | None:
    """Return a matrix with labels of columns and rows, which must be the same."""
    n = len(rows)
    if n < 2 or len(set(columns)) != n or len(set(rows)) != n:  # 2 × 2 fields are edges
        return None
    if set(columns) == set(rows):  # pandas numbers the rows and columns of any table from 0
        return MatrixShape(n, True, True, tuple(columns), tuple(rows), is_sure=rows != [str(k) for k in range(n)])
    stems = [re.sub(r"^[VX.]+", "", column) for column in columns]
    if stems == rows:
        return MatrixShape(n, True, True, tuple(rows), tuple(rows))
    if are_counted(rows):
        return MatrixShape(n, True, True, tuple(columns), tuple(columns))
    return None
