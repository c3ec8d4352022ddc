"""Ids that have lost digits, though they are written as integers."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Options
from motifcount.files.words.labels import PLAIN_INTEGER

_EXCEL_DIGITS = 15
_EXACT = 2**53
_DOUBT = 19.0  # bits: ids that are all round by chance would be 1 of 500,000 files


def refuse_lost(found: tuple[Hashable, ...], columns: Columns, options: Options) -> list[str]:
    """Refuse ids that seem to have lost digits; where the user names the columns, tell of them.

    Raises
    ------
    ValueError
        If all long ids are such as a spreadsheet or floats leave.
    """
    ends = found[:1] + found[-1:]  # labels are in order
    if all(isinstance(end, int) and abs(end) < 10**_EXCEL_DIGITS for end in ends):
        return []
    long = (label for label in map(str, found) if len(label) > _EXCEL_DIGITS)
    lost = _rounded(int(label) for label in long if PLAIN_INTEGER.fullmatch(label))
    if lost is None:
        return []
    example, where = lost
    what = f"ids such as {example} seem to have lost digits in {where}, so that different nodes may have become one"
    if options.columns is not None:
        return [what]
    way = options.say("columns", columns.ends_as_named())
    raise ValueError(f"{what}; write them as text from the start, or say {way} if they are whole")


def _rounded(ids: Iterable[int]) -> tuple[int, str] | None:
    """Return an id that seems to have lost digits, and where; None if there is none.

    Excel keeps 15 digits and writes 0 for others; a float keeps 53 bits. Ids seem to be such if all that are long
    enough are multiples of what either keeps, and there are enough of them that chance does not explain it.
    """
    by_excel = by_float = 0.0
    example = 0
    may_be_excel = may_be_float = True
    for number in ids:
        size = abs(number)
        if size >= 10**_EXCEL_DIGITS:
            step = int(10 ** (len(str(size)) - _EXCEL_DIGITS))
            may_be_excel, by_excel = may_be_excel and size % step == 0, by_excel + math.log2(step)
            example = number
        if size > _EXACT:
            step = 1 << (size.bit_length() - 53)
            may_be_float, by_float = may_be_float and size % step == 0, by_float + math.log2(step)
        if example and not may_be_excel and not may_be_float:
            return None
    if may_be_excel and by_excel >= _DOUBT:
        return example, "a spreadsheet, which keeps 15 digits"
    return (example, "floats, which keep 53 bits") if may_be_float and by_float >= _DOUBT else None
