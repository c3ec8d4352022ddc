"""Signs of weights where no column is known to hold weights: which option says what the table has instead."""

from __future__ import annotations

from collections.abc import Sequence

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Column, Options
from motifcount.files.words.labels import is_number
from motifcount.files.words.names import says_sign
from motifcount.inputs.kinds import SIGN


def refuse_without_weights(columns: Columns, head: Sequence[Sequence[str]], options: Options) -> None:
    """Refuse kinds that are to be the signs of weights where there are none, and name the column that may hold them.

    Raises
    ------
    ValueError
        If `kinds` asks for signs, and no column is one of weights.
    """
    if options.kinds != SIGN or columns.weight is not None:
        return
    said = options.say("kinds", SIGN)
    rows = head[1:] or head
    others = [k for k in range(columns.n_columns) if k not in (columns.source, columns.target)]
    values = {k: {row[k].strip() for row in rows if k < len(row)} - {""} for k in others}
    if numbers := next((k for k in others if values[k] and all(map(is_number, values[k]))), None):
        way = (
            f"if {columns.called(numbers)} holds them, say {options.say('weight', _named(columns, numbers))} beside it"
        )
    elif words := next(
        (k for k in others if 1 <= len(values[k]) <= 4 and (len(values[k]) < len(rows) or says_sign(columns.name(k)))),
        None,
    ):
        shown = " and ".join(map(repr, sorted(values[words])[:2]))
        way = (
            f"{columns.called(words)} holds words, {shown}, which are kinds by themselves: say "
            f"{options.say('kinds', _named(columns, words))}"
        )
    else:
        way = "no column is one of numbers"
    raise ValueError(f"{said} is the sign of weights, and no column is known to hold any; {way}")


def _named(columns: Columns, column: int) -> Column:
    """Return the name of a column, or its position where it has none of its own, or one that would mean signs."""
    name = columns.names[column] if (columns.header or columns.is_named) and column < len(columns.names) else ""
    is_plain = columns.names.count(name) == 1 and name != SIGN and not is_number(name)
    return name if name and is_plain else column
