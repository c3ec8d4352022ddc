"""What a table of fields is: a matrix or a list of edges, told by its numbers of rows and columns and its kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from motifcount.files import names
from motifcount.files.labels import MISSING, TRUTH, is_integer, is_number, natural
from motifcount.files.numerals import with_point

Row = Sequence[str]

_MOST_IN_FRONT = 3  # rows or columns of names and groups before the entries of a matrix
_MANY_COLUMNS = 12  # of numbers alone: no list of edges has as many
_ID = re.compile(r"[0-9]+[eE][0-9]+")


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


def _are_ids(words: list[str]) -> bool:
    return all(map(is_integer, words)) and len(set(words)) == len(words)


def _are_counted(words: list[str]) -> bool:
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
    if _are_counted(rows):
        return MatrixShape(n, True, True, tuple(columns), tuple(columns))
    return None


def refuse_odd_matrix(rows: Sequence[Row]) -> None:
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
                    "row and one column, those of the labels, and write 0 where there is no edge"
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


def is_edge_list(rows: Sequence[Row], skip: int = 0) -> bool:
    """Tell whether the first two columns behind `skip` could be edges: integers, no pair twice, no loop."""
    pairs = [(row[skip].strip(), row[skip + 1].strip()) for row in rows]
    if not all(is_integer(word) for pair in pairs for word in pair):
        return False
    return len(set(pairs)) == len(pairs) and all(source != target for source, target in pairs)


def diagonal_is_zero(shape: MatrixShape, head: Sequence[Row]) -> bool:
    """Tell whether a matrix has no loops, as far as its first rows go."""
    skip = int(shape.has_row_labels)
    return all(_is_zero(row[k + skip]) for k, row in enumerate(head[int(shape.has_header) :]))


def _is_zero(field: str) -> bool:
    word = field.strip()
    return (
        word in MISSING
        or TRUTH.get(word.lower(), word) in (0, 0.0)
        or (is_number(word) and float(with_point(word)) == 0)
    )


def only_bits(shape: MatrixShape, head: Sequence[Row]) -> bool:
    """Tell whether all entries are 0 or 1, as far as the first rows go."""
    skip = int(shape.has_row_labels)
    entries = {field.strip() for row in head[int(shape.has_header) :] for field in row[skip:]}
    return {entry.lower() for entry in entries} <= {"0", "1", "0.0", "1.0", "0.", "1.", *TRUTH}


def reading(shape: MatrixShape, head: Sequence[Row]) -> str:
    """Return "matrix", "edges" or "both": what a table that could be a matrix can be read as."""
    if shape.is_sure or len(head[1]) > _MANY_COLUMNS:
        return "matrix"
    body = head[int(shape.has_header) :]
    if shape.n_nodes == 2:
        return _reading_of_two(shape, body)
    starts = (1,) if shape.has_row_labels and shape.has_header else (0, 1)  # a layer or a weight may stand in front
    if diagonal_is_zero(shape, head) or only_bits(shape, head):
        starts = starts if shape.has_row_labels or not _are_labels(body, 0) else (0,)
        return "both" if any(is_edge_list(body, start) for start in starts) else "matrix"
    if _are_plain_edges(shape, head):
        return "edges"
    return "both" if any(_are_labels(body, start) for start in starts) else "matrix"


def _are_labels(rows: Sequence[Row], skip: int) -> bool:
    """Tell whether the first two columns behind `skip` hold integers, or such as 2E1, which may be an id."""
    return all(is_integer(word) or _ID.fullmatch(word) for row in rows for word in map(str.strip, row[skip : skip + 2]))


def _are_plain_edges(shape: MatrixShape, rows: Sequence[Row]) -> bool:
    """Tell whether three columns are edges and numbers: nodes are numbered, and no number is one; or sources count."""
    if len(rows[0]) != 3 or not is_edge_list(rows):
        return False
    ends = {row[k].strip() for row in rows for k in (0, 1)}
    is_numbered = _are_counted(sorted(ends, key=lambda word: (len(word), word)))
    counts = shape.has_header and _are_counted([row[0].strip() for row in rows])
    return counts or (is_numbered and not ends & {row[2].strip() for row in rows})


def _reading_of_two(shape: MatrixShape, body: Sequence[Row]) -> str:
    """Return what a table that could be a matrix of two nodes can be read as."""
    skip = int(shape.has_row_labels)
    entries = [[field.strip() for field in row[skip:]] for row in body]
    found = {field for row in entries for field in row}
    if shape.has_row_labels or shape.has_header:
        return _reading_of_two_labelled(shape, entries, found)
    if found <= {"0", "1"}:
        as_edges = {(row[0], row[1]) for row in entries} - {("0", "0"), ("1", "1")}
        as_matrix = {(str(k), str(m)) for k, m in ((0, 1), (1, 0)) if entries[k][m] == "1"}
        return "edges" if as_edges == as_matrix and found == {"0", "1"} else "both"
    if all(_is_zero(entries[k][k]) for k in range(2)):
        return "edges" if all(map(is_number, found)) and {float(field) for field in found} <= {0, 1} else "both"
    return "edges" if _are_linked(entries) and not found <= {"-1", "0", "1"} else "both"


def _reading_of_two_labelled(shape: MatrixShape, entries: list[list[str]], found: set[str]) -> str:
    """Return "edges" only where two lines of integers look like edges and not like entries: no zero where none fits."""
    if shape.has_row_labels and shape.has_header:
        return "both"
    is_numbered = all(map(is_integer, shape.labels or ()))
    edges = [shape.labels or (), *entries] if shape.has_header and is_numbered else entries
    if not all(map(is_integer, found)) or found <= {"-1", "0", "1"} or entries[0][0] == entries[1][1] == "0":
        return "both"
    return "both" if shape.has_header and not (_are_linked(edges) and (is_numbered or "0" not in found)) else "edges"


def _are_linked(edges: Sequence[Row]) -> bool:
    """Tell whether each of a few edges shares a node with another, and 0 is one only where nodes are counted from 0."""
    ends = [{word.strip() for word in edge} for edge in edges]
    nodes = sorted({*chain.from_iterable(ends)}, key=natural)
    shared = all(any(a & b for b in ends if b is not a) for a in ends)
    return is_edge_list(edges) and shared and ("0" not in nodes or _are_counted(nodes))
