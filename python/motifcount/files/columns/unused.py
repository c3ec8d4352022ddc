"""Columns that no role was found for: what they hold is told, and refused where it may say which lines are no edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Options
from motifcount.files.words import weight_names
from motifcount.files.words.labels import is_number

_SHOWN = 8  # columns
_POWERS = ("", *(e + sign + "0" * n for e in "eE" for sign in ("", "+", "-") for n in (1, 2, 3)))


def _spellings(digit: str, *words: str) -> frozenset[str]:
    bodies = [digit, *(digit + point + "0" * n for point in ".," for n in range(21))]
    bodies += ["." + "0" * n for n in range(1, 21)] if digit == "0" else []
    signs = ("", "+", "-") if digit == "0" else ("", "+")
    return frozenset((*words, *(sign + body + power for sign in signs for body in bodies for power in _POWERS)))


def _forms(text: str) -> list[str]:
    return [form for word in text.split() for form in (word, word.capitalize(), word.upper())]


_ZEROS = _spellings("0", *_forms("false f no absent"))
_ONES = _spellings("1", *_forms("true t yes present"))


@dataclass
class Tally:
    """How many fields of a column are 0 or false, and how many 1 or true."""

    zeros: int = 0
    ones: int = 0

    def add(self, fields: Sequence[str]) -> None:
        """Count fields."""
        self.zeros += sum(map(fields.count, _ZEROS.intersection(fields)))
        self.ones += sum(map(fields.count, _ONES.intersection(fields)))

    @classmethod
    def of_array(cls, values: npt.NDArray[Any]) -> Tally:
        """Return the counts of an array of numbers or of bytes."""
        if values.dtype.kind == "S":
            found = cls()
            found.add([field.decode() for field in values.tolist()])
            return found
        return cls(int(np.count_nonzero(values == 0)), int(np.count_nonzero(values == 1)))


def are_numbers(values: set[str]) -> bool:
    """Tell whether fields are numbers, or true and false; some may be empty."""
    words = values - {""}
    return bool(words) and (all(map(is_number, words)) or are_flags(words))


def are_flags(values: set[str]) -> bool:
    """Tell whether fields are 0 and 1, or true and false, and nothing else."""
    return bool(values) and all(word in _ZEROS or word in _ONES for word in values)


def refuse_flags(
    columns: Columns, tallies: Mapping[int, Tally], n_lines: int, options: Options, is_complete: Callable[[], bool]
) -> None:
    """Refuse lines of which a column may say that they are no edges.

    That is a column of 0 and 1 alone whose name says nothing else, one with zeros of whose name a word says weights, or
    one with zeros where every ordered pair of nodes is listed. Columns that the user names say that every line is an
    edge.
    """
    if options.columns is not None or columns.weight is not None:
        return
    for k, tally in tallies.items():
        is_weight = weight_names.says_weight(columns.name(k))
        if not tally.zeros or not (is_weight or weight_names.may_be_amount(columns.name(k))):
            continue
        are_bits = tally.ones > 0 and tally.zeros + tally.ones == n_lines and weight_names.may_be_flag(columns.name(k))
        if are_bits or is_weight or is_complete():
            what = "holds zeros, and is called one of weights" if is_weight else "holds zeros, and every pair is listed"
            what = "holds 0 and 1 alone, or words for them" if are_bits else what
            weight = options.say(
                "weight", columns.name(k) if columns.is_unique(k) and not is_number(columns.name(k)) else k
            )
            ends = options.say("columns", columns.ends_as_named())
            raise ValueError(
                f"{columns.called(k)} {what}: if 0 says that a line is no edge ({tally.zeros:,} of {n_lines:,} lines), "
                f"say {weight}; if every line is an edge, {ends}"
            )


def lists_all_pairs(src: npt.NDArray[Any], dst: npt.NDArray[Any], n_nodes: int) -> bool:
    """Tell whether there is an edge from every node to every other."""
    n_pairs = n_nodes * (n_nodes - 1)
    if n_nodes < 3 or len(src) < n_pairs:
        return False
    keys = src.astype(np.int64) * n_nodes + dst
    return len(np.unique(keys[src != dst])) == n_pairs


def told(columns: Columns, tallies: Mapping[int, Tally]) -> dict[str, str]:
    """Name the columns that are not used, as a report has them."""
    unused = [_described(columns, tallies, k) for k in columns.unused()]
    more = [f"{len(unused) - _SHOWN:,} more"] if len(unused) > _SHOWN else []
    found = {} if columns.relation is None else {"relation (not used)": _described(columns, tallies, columns.relation)}
    return found | ({"not used": ", ".join([*unused[:_SHOWN], *more])} if unused else {})


def _described(columns: Columns, tallies: Mapping[int, Tally], column: int) -> str:
    zeros = tallies[column].zeros if column in tallies else 0
    return columns.called(column) + (f" ({zeros:,} lines hold 0)" if zeros else "")
