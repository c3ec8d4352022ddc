"""Whether columns of integers without names begin with an index, a time or a weight, and not with the ends of edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from motifcount.files.columns.columns import Row
from motifcount.files.options import Options

Kind = Literal["integer", "number", "word"]
FEW = 3
"""Lines, below which labels in common say nothing."""


def doubt(
    rows: Sequence[Row], values: Sequence[set[str]], kinds: Sequence[Kind], n: int, options: Options
) -> str | None:
    """Return why the first columns may be no ends: an index, a time or a weight before them, or neighbours; or None."""
    one, three, two_three = options.called(0), options.called(2), options.called(1, 2)
    extra = [k for k in range(2, n) if kinds[k] == "integer" and k not in (options.weight, options.kinds)]
    first = [row[0].strip() for row in rows]
    if _are_times(first) and not any(map(_is_time, values[1] | values[2])):
        return f"{one} holds times or such"
    counted = first in ([str(k) for k in range(len(rows))], [str(k + 1) for k in range(len(rows))])
    if counted and kinds[2] == "word" and (values[1] & values[2] or len(rows) < FEW):
        return f"{one} counts the lines"
    if 2 in extra and len(rows) < FEW and (counted or not values[0] & values[1] or values[1] & values[2]):
        return f"{len(rows)} lines of integers are too few to tell"
    if not extra or len(rows) < FEW:
        return None
    shared = len(values[1] & values[2]) if 2 in extra else 0
    varied = 2 in extra and len(values[2]) >= 2
    if varied and len(set(first)) == len(rows) and len(values[2]) > 2 and values[2] <= values[0] | values[1]:
        return f"{one} never repeats, and {three} holds labels of nodes (neighbours?)"
    if len({word[:1] == "-" for word in values[0]}) == 2 and not any(word[:1] == "-" for word in values[1]):
        return f"{one} holds negative numbers"
    if n == 7 and counted and kinds[6] == "integer" and "-1" in values[6]:
        return f"{one} counts the lines, and the last may hold parents, as in SWC"
    loops = any(row[0].strip() == row[1].strip() for row in rows)
    if 2 in extra and counted and values[2] != {"1"} and (shared or loops or not varied or not values[0] & values[1]):
        return f"{one} counts the lines"
    if varied and 2 * shared >= min(len(values[1]), len(values[2])) and not values[0] & values[1]:
        return f"{two_three} share labels, and {one} none with them"
    if varied and 2 * shared >= max(len(values[1]), len(values[2])) and _first_repeats(rows):
        return f"{two_three} share labels, and {one} has few for each line (layers?)"
    if 2 in extra and not values[0] & values[1] and _first_lies_apart(rows):
        return f"{two_three} hold integers of one range, and {one} others"
    labels = values[0] | values[1]
    if n >= 4 and len(extra) == n - 2:
        like_ends = [2 * len(values[k] & labels) >= len(values[k]) and len(values[k]) >= 3 for k in extra]
        if all(like_ends):
            return f"all {n} columns hold labels of nodes (a list of neighbours?)"
    return None


def _first_lies_apart(rows: Sequence[Row]) -> bool:
    """Tell whether the integers of columns 2 and 3 have ranges that overlap, and column 1 lies outside of both."""
    columns = [[float(row[k]) for row in rows] for k in range(3)]
    (low, high), *others = ((min(column), max(column)) for column in columns)
    overlap = others[0][0] <= others[1][1] and others[1][0] <= others[0][1]
    return overlap and all(high < below or low > above for below, above in others)


def _first_repeats(rows: Sequence[Row]) -> bool:
    """Tell whether columns 1 and 2 repeat each other's pairs, and columns 2 and 3 hardly do."""
    before, behind = (len(rows) - len({(row[k], row[k + 1]) for row in rows}) for k in (0, 1))
    return before >= 2 and before > 4 * behind


def _is_time(word: str) -> bool:
    return len(word) in (10, 13) and word.isdigit() and word[0] in "12"


def _are_times(words: Sequence[str]) -> bool:
    """Tell whether words are seconds or milliseconds since 1970, ascending."""
    return all(map(_is_time, words)) and list(words) == sorted(words)
