"""Matrices that are refused: with a node twice, with rows and columns in front, or with labels on one side alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motifcount.files.columns.columns import Row
from motifcount.files.options import Options
from motifcount.files.tables.shape import is_cell
from motifcount.files.words.labels import is_number

_MOST_IN_FRONT = 3  # rows or columns of names and groups before the entries of a matrix


def refuse_odd_matrix(rows: Sequence[Row], options: Options) -> None:
    """Refuse a matrix that names a node twice, or has rows and columns in front beside the labels."""
    for above in range(1, _MOST_IN_FRONT + 1):
        for left in range(1, _MOST_IN_FRONT + 1):
            n = len(rows) - above
            if n < 3 or any(len(row) != n + left for row in rows):
                continue
            body = rows[above:]
            if not all(is_cell(field) for row in body for field in row[left:]):
                continue
            across = [[field.strip() for field in row[left:]] for row in rows[:above]]
            down = [[row[k].strip() for row in body] for k in range(left)]
            same = [(a, b) for a in across for b in down if _name_the_same(a, b)]
            if same and above == left == 1:
                raise ValueError(_called_twice(*same[0]))
            if any(len({*a}) == len({*b}) == n for a, b in same):
                raise ValueError(
                    f"the table may be a matrix of {n} nodes with {above} rows and {left} columns in front; keep one "
                    "row and one column, those of the labels, and write 0 where there is no edge; if it is a list of "
                    f"edges, say {options.say('format', 'edges')}"
                )


def refuse_marks(rows: Sequence[Row]) -> None:
    """Refuse a matrix by its labels, the same for rows and columns, whose entries are marks and no numbers."""
    across, body = [field.strip() for field in rows[0]], rows[1:]
    n = len(body)
    columns, down = across[len(across) - n :], [row[0].strip() for row in body]
    if n < 3 or len(across) not in (n, n + 1) or any(len(row) != n + 1 for row in body) or len({*down}) < n:
        return
    cells = {field.strip() for row in body for field in row[1:]}
    if sorted(columns) == sorted(down) and not cells & {*down}:
        mark = next(field for row in body for field in row[1:] if not is_cell(field))
        raise ValueError(
            f"the labels of rows and columns are those of a matrix of {n} nodes, and it holds {mark.strip()[:60]!r}; "
            "write 1 where there is an edge, and 0 where there is none"
        )


def refuse_nearly_square(rows: Sequence[Row]) -> None:
    """Refuse a matrix in which some labels have a row and no column, or a column and no row."""
    first = [field.strip() for field in rows[0]]
    body = rows[1:]
    if len(first) < 3 or len(body) < 2 or is_number(first[0]):
        return
    across, down = (first[1:] if len(first) == len(body[0]) else first), [row[0].strip() for row in body]
    cells = [field for row in body for field in row[1:]]
    shared = {*across} & {*down}
    if len(shared) < 2 or 10 * sum(map(is_cell, cells)) < 9 * len(cells) or is_number(min(shared)):
        return
    alone = {"columns": [a for a in across if a not in shared], "rows": [b for b in down if b not in shared]}
    what = "; ".join(f"{side} alone: {', '.join(map(repr, some[:5]))}" for side, some in alone.items() if some)
    raise ValueError(
        f"the table may be a matrix, but not all labels have a row and a column ({what or 'some occur twice'}); give "
        "every node both, with 0 where there is no edge, and leave sums and notes out"
    )


def _name_the_same(columns: list[str], rows: list[str]) -> bool:
    known = {*columns, *(re.sub(r"\.[0-9]+$", "", column) for column in columns)}  # pandas tells the second a by a.1
    return "" not in rows and "" not in columns and {*rows} <= known


def _called_twice(columns: list[str], rows: list[str]) -> str:
    name = next(name for side in (rows, columns) for name in side if side.count(name) > 1)
    return f"two rows or columns of the matrix are called {name[:60]!r}; give every node a name of its own"
