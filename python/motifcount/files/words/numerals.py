"""Numbers as people of many countries write them: decimal commas, and points between thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")
_WITH_BOTH = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
SMALL = re.compile(rb"[eE]-[0-9]{3}|0{300}")
"""What a number that floats have as 0 may hold."""
_SHORTEST = 300  # characters of such a number without a power
_NUMBER = r"(?<![\w.+-])[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.])"
_COMMA_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_ROUND = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.000)+")
_DECIMAL_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]*(?:[eE][+-]?[0-9]+)?")


def with_point(word: str) -> str:
    """Return numbers with a decimal comma, as ``0,5`` and ``1.234,5``, with a point; other words as they are."""
    if _WITH_BOTH.fullmatch(word):
        word = word.replace(".", "")
    return word.replace(",", ".") if _DECIMAL_COMMA.fullmatch(word) else word


def has_comma(word: str) -> bool:
    """Tell whether a word is a number with a decimal comma."""
    return _DECIMAL_COMMA.fullmatch(word) is not None or _WITH_BOTH.fullmatch(word) is not None


def is_too_small(word: str) -> bool:
    """Tell whether a word is a number that floats have as 0, and is none, as 1e-400."""
    if "-" not in word and len(word) < _SHORTEST:
        return False
    try:
        return float(with_point(word.strip())) == 0 and re.match(r"[+-]?[0.,]*[1-9]", word.strip()) is not None
    except ValueError:
        return False


def with_small_quoted(text: str, quoted: str) -> str:
    """Return a text with numbers that floats have as 0 in quotes, so that they stay what they are.

    `quoted` is a pattern of what is in quotes already.
    """
    if not SMALL.search(text.encode(errors="replace")):
        return text

    def replaced(match: re.Match[str]) -> str:
        return f'"{match[0]}"' if match[0][0] not in "\"'" and is_too_small(match[0]) else match[0]

    return re.sub(f"{quoted}|{_NUMBER}", replaced, text)


def thousands(words: Iterable[str], *, by_semicolons: bool) -> str | None:
    """Return a number of a column such as 1,234 or 1.234 that may be 1234, None if there is none.

    Commas before three digits may divide thousands, unless another shows that they stand before decimals (0,5). Points
    may where semicolons divide fields, or other numbers have decimal commas, unless a number such as 0.12 or 1.5 shows
    that they stand before decimals; in 1.234.567 they do divide thousands.
    """
    by_comma = by_point = None
    has_commas = has_points = False  # before decimals
    for word in map(str.strip, words):
        if _THOUSANDS.fullmatch(word):
            by_point = by_point or word
        elif _COMMA_THOUSANDS.fullmatch(word):
            by_comma = by_comma or word
        elif has_comma(word):
            has_commas = True
        elif _DECIMAL_POINT.fullmatch(word):
            has_points = True
    if by_comma and not has_commas:
        return by_comma
    return by_point if (by_semicolons or has_commas) and not has_points else None


def round_thousands(words: Iterable[str]) -> str | None:
    """Return a word such as 1.000, which is 1 or 1000, None if there is none."""
    return next((word for word in words if _ROUND.fullmatch(word.strip())), None)
