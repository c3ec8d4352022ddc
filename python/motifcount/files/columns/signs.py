"""Signs of weights where no column is known to hold any, or another holds signs: which option says what is meant."""

from __future__ import annotations

from collections.abc import Sequence

from motifcount.files.columns.columns import Columns
from motifcount.files.options import Column, Options
from motifcount.files.words.labels import is_number
from motifcount.files.words.names import says_sign
from motifcount.inputs.kinds import SIGN

_SIGNS = {"", "+", "-", "1", "+1", "-1"}


def refuse_without_weights(columns: Columns, head: Sequence[Sequence[str]], options: Options) -> None:
    """Refuse kinds that are to be the signs of weights where there are none, or where another column holds signs.

    Raises
    ------
    ValueError
        If `kinds` asks for signs, and no column is one of weights, or another is called one of signs, too.
    """
    if options.kinds != SIGN:
        return
    said = options.say("kinds", SIGN)
    others = [k for k in range(columns.n_columns) if k not in (columns.source, columns.target)]
    if columns.weight is not None:
        _refuse_a_column_of_signs(columns, head, [k for k in others if k != columns.weight], said, options)
        return
    rows = head[1:] or head
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


def _refuse_a_column_of_signs(
    columns: Columns, head: Sequence[Sequence[str]], others: Sequence[int], said: str, options: Options
) -> None:
    """Refuse signs that may be those of weights, or those that another column holds, unless weights are asked for."""
    if options.weight is not None or columns.weight is None or not columns.header:
        return
    for k in others:
        values = {row[k].strip() for row in head[1:] if k < len(row)}
        if says_sign(columns.name(k)) and values <= _SIGNS:
            raise ValueError(
                f"{said} may be the sign of {columns.called(columns.weight)}, or what {columns.called(k)} holds; say "
                f"{options.say('weight', _named(columns, columns.weight))} beside it, or "
                f"{options.say('kinds', _named(columns, k))}"
            )


def _named(columns: Columns, column: int) -> Column:
    """Return the name of a column, or its position where it has none of its own, or one that would mean signs."""
    name = columns.names[column] if (columns.header or columns.is_named) and column < len(columns.names) else ""
    is_plain = columns.names.count(name) == 1 and name != SIGN and not is_number(name)
    return name if name and is_plain else column
