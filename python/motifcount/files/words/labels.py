"""From the words in a table to labels of nodes: one spelling of an integer, one node."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence

import numpy as np
import numpy.typing as npt

from motifcount.files.words.numerals import has_comma

PLAIN_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_PADDED = re.compile(r"[+-]*0[0-9]")
_WHOLE = re.compile(r"[+-]?[0-9]{1,40}\.0*")
_SCIENTIFIC = re.compile(r"([+-]?)([0-9])(?:[.,]([0-9]+))?[eE]\+([0-9]{2,3})")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+[.,][0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?[0-9]+[eE][+-]?[0-9]+")
_FORMULA = re.compile(r'=".*"')  # by which a spreadsheet keeps a number as text
_COMMENT = re.compile(r"\s+[#%](?:\s.*)?$", re.DOTALL)
MISSING = frozenset(
    [
        *("", "NA", "N/A", "n/a", "N.A.", "n.a.", "<NA>", "NaN", "nan", "NAN", "-nan", "NaT", "null", "NULL", "None"),
        *(
            "none",
            "NONE",
            "(null)",
            "<null>",
            "\\N",
            "(blank)",
            "(empty)",
            "(Leer)",
            "(leer)",
            "(vide)",
            "#N/A",
            "#N/V",
        ),
        *("#NV", "#N/D", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#BEZUG!"),
        *("#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#¡REF!", "#¡VALOR!", "#¡NUM!"),
        *("#¡DIV/0!", "#¿NOMBRE?", "#RIF!", "#VALORE!", "#NOME?", "#GETTING_DATA", "#FIELD!", "#ERROR!"),
    ]
)
"""How programs write that a value is missing, or an error of a spreadsheet, in some of its languages."""
_EXACT = 2**53
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")
_BLANK = re.compile(r"[^\S\t\n ]")  # NBSP and others that look like a blank
TRUTH = {"true": 1.0, "false": 0.0}
"""What R and pandas write for entries of a matrix that are no numbers, in lower case."""
_FEWEST_CUT = 5  # digits that are left where programs cut them; R writes 1e+05 or 1.2e+07 in full

Locate = Callable[[Callable[[str], bool]], str]
"""Tells where a label that fits stands, as "line 7"."""


def is_integer(word: str) -> bool:
    """Tell whether a word is an integer, in any spelling that labels may have."""
    return bool(_INTEGER.fullmatch(word) or _WHOLE.fullmatch(word) or _SCIENTIFIC.fullmatch(word))


def is_number(word: str) -> bool:
    """Tell whether a word is a number, with a decimal point or comma."""
    return bool(_INTEGER.fullmatch(word) or _DECIMAL.fullmatch(word) or has_comma(word))


def canonical(
    words: Sequence[str], *, locate: Locate, named: bool, quoted: bool, columns: str = "columns"
) -> tuple[tuple[Hashable, ...], npt.NDArray[np.int64]]:
    """Return the labels of distinct words in order, and the position of each word's label.

    Labels are integers if all words are, else words, where an integer in several spellings has one. `columns` is what a
    user says to name other columns.

    Raises
    ------
    ValueError
        If a word is missing, has lost digits, or may hold a comment.
    """
    found = [word.strip() for word in words]
    if quoted and len(set(found)) < len(set(words)):
        _refuse_blanks(words, locate)
    if word := next((word for word in found if _FORMULA.fullmatch(word)), None):
        where = locate(words_equal(word))
        raise ValueError(f"{where}: the label {word!r} is a formula of a spreadsheet; leave = and quotes out")
    found = _without_comments(found, locate, named)
    _refuse_missing(found, locate)
    _refuse_unseen(found, locate, quoted)
    whole = [word for word in found if is_integer(word)]
    if len(whole) < len(found) and not named:
        _refuse_decimals(found, locate, columns)
    padded = any(map(_PADDED.match, whole))
    same_width = padded and len({len(word) for word in whole}) == 1 and all(map(_INTEGER.fullmatch, whole))
    if len(whole) == len(found) and (not padded or same_width):
        labels: list[Hashable] = [integer(word, locate) for word in found]
    else:
        labels = _among_words(found, locate)
    order = sorted(set(labels))  # type: ignore[type-var]
    position = {label: k for k, label in enumerate(order)}
    return tuple(order), np.fromiter((position[label] for label in labels), np.int64, len(labels))


def integer(word: str, locate: Locate) -> int:
    if _INTEGER.fullmatch(word):
        return int(word)
    if match := _SCIENTIFIC.fullmatch(word):
        value = _whole_of(match)
        if value is not None:
            return value
        raise ValueError(
            f"{locate(word.__eq__)}: {word!r} has lost digits of an integer; "
            "write labels as text or integers, not as floats"
        )
    value = int(word.partition(".")[0])
    if abs(value) > _EXACT:
        raise ValueError(
            f"{locate(word.__eq__)}: {word!r} went through a float and may have lost digits; "
            "write labels as text or integers"
        )
    return value


def _whole_of(match: re.Match[str]) -> int | None:
    """Return an integer in scientific notation; None if it may have lost digits, as 123456 does in 1.2346e+05."""
    sign, head, tail, power = match.groups()
    tail = tail or ""
    shift = int(power) - len(tail)  # below 0, digits behind the point are written out
    digits = head + (tail if shift >= 0 else tail[:shift])
    is_whole = shift >= 0 or not tail[shift:].strip("0")
    value = int(sign + digits) * int(10 ** max(shift, 0))
    is_cut = shift > 0 and len(tail) >= _FEWEST_CUT - 1
    return value if is_whole and not is_cut and abs(value) <= _EXACT else None


def _among_words(found: list[str], locate: Locate) -> list[Hashable]:
    """Return words, with one spelling for an integer.

    Leading zeros are part of a word; and where there are decimals such as 1.5 beside 2.0, or leading zeros, integers
    are spelled as they stand, but for those that have several spellings.
    """
    spellings: dict[str, set[str]] = {}
    plain = dict.fromkeys((word for word in found if is_integer(word) and not _PADDED.match(word)), "")
    for word in plain:
        plain[word] = str(integer(word, locate))
        spellings.setdefault(plain[word], set()).add(word)
    may_be_names = any(_PADDED.match(word) or (is_number(word) and not is_integer(word)) for word in found)
    if may_be_names:
        plain = {word: text for word, text in plain.items() if len(spellings[text]) > 1}
    return [plain.get(word, word) for word in found]


def _without_comments(found: list[str], locate: Locate, named: bool) -> list[str]:
    """Cut comments off integers, and refuse words that may be a label and a comment."""
    suspects = [k for k, word in enumerate(found) if ("#" in word or "%" in word) and _COMMENT.search(word)]
    if not suspects:
        return found
    bare = {k: _COMMENT.sub("", found[k]) for k in suspects}
    others = {word for k, word in enumerate(found) if k not in bare}
    whole = all(map(is_integer, others)) and all(map(is_integer, bare.values()))
    for k in suspects:
        if whole:
            found[k] = bare[k]
        elif not named or bare[k] in others:
            raise ValueError(
                f"{locate(words_equal(found[k]))}: {found[k][:60]!r} is a label, or the label {bare[k][:60]!r} and a "
                "comment; put comments on lines of their own"
            )
    return found


def _refuse_blanks(words: Sequence[str], locate: Locate) -> None:
    """Refuse labels that blanks alone tell apart, where quotes may keep them."""
    first: dict[str, str] = {}
    for word in words:
        other = first.setdefault(word.strip(), word)
        if other != word:
            raise ValueError(f"{locate(word.__eq__)}: the labels {word!r} and {other!r} differ in blanks alone")


def _refuse_unseen(found: Sequence[str], locate: Locate, quoted: bool) -> None:
    """Refuse labels that differ in marks of no width, blanks (if not in quotes), or how accents are composed, alone."""
    odd = [word for word in found if not word.isascii() or ("  " in word and not quoted)]
    if not odd:
        return
    first = {word: word for word in {*found}.difference(odd)}
    for word in odd:
        plain = unicodedata.normalize("NFC", _BLANK.sub(" ", _UNSEEN.sub("", word)))
        other = first.setdefault(plain if quoted else " ".join(plain.split()), word)
        if other != word:
            raise ValueError(
                f"{locate(words_equal(word))}: the labels {word!a} and {other!a} look the same, and differ in marks "
                "that are not seen; write them alike"
            )


def words_equal(word: str) -> Callable[[str], bool]:
    """Return a test of words, stripped."""
    return lambda other: other.strip() == word


def _refuse_missing(found: list[str], locate: Locate) -> None:
    for word in found:
        if word in MISSING:
            kind = "an error of a spreadsheet" if word[:1] == "#" else "a missing value"
            what = "is empty" if word == "" else f"is {word!r}, {kind}"
            raise ValueError(
                f"{locate(words_equal(word))} must hold a source and a target, but one {what}; leave such lines out "
                "or give the node another name"
            )


def _refuse_decimals(found: list[str], locate: Locate, columns: str) -> None:
    if not all(map(is_number, found)):
        return
    word = next(word for word in found if not is_integer(word))
    raise ValueError(
        f"{locate(words_equal(word))}: the label {word!r} is a decimal number; if the ends of edges are in other "
        f"columns, say {columns}"
    )
