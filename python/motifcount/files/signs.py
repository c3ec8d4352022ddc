"""Signs of weights where nothing is known to hold any, or something else holds signs: what is meant is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from motifcount.files.options import Column, Options
from motifcount.files.words.labels import is_number
from motifcount.files.words.names import says_sign
from motifcount.inputs.kinds import SIGN

_SIGNS = {"+", "-", "1", "+1", "-1"}
_FEW = 4


class Field(NamedTuple):
    """A column of a table, or an attribute of edges, beside the ends.

    Attributes
    ----------
    name
        Its name, "" without one.
    called
        What errors call it.
    column
        What the user says for it.
    values
        Those that it has in some edges, as texts.
    """

    name: str
    called: str
    column: Column
    values: Sequence[str]


def refuse_in_doubt(fields: Collection[Field], weight: Field | None, options: Options) -> None:
    """Refuse kinds that are to be the signs of weights where there are none, or where another field holds signs.

    Raises
    ------
    ValueError
        If `kinds` asks for signs, and nothing holds weights, or another field is called one of signs, too.
    """
    if not options.asks_signs:
        return
    said = options.say("kinds", SIGN)
    if weight is None:
        raise ValueError(f"{said} is the sign of weights, and {_instead(fields, options)}")
    for field in fields:
        if options.weight is None and says_sign(field.name) and {*field.values} <= _SIGNS | {""}:
            raise ValueError(
                f"{said} may be the sign of {weight.called}, or what {field.called} holds; say "
                f"{options.say('weight', weight.column)} beside it, or {_as_kinds(field, options)}"
            )


def _instead(fields: Collection[Field], options: Options) -> str:
    """Say which field may hold weights, or kinds, where no weights are known."""
    known = [(field, {*field.values} - {""}) for field in fields]
    if numbers := next((field for field, values in known if values and all(map(is_number, values))), None):
        way = f"if {numbers.called} holds them, say {options.say('weight', numbers.column)} beside it"
    elif words := next(
        (
            field
            for field, values in known
            if 1 <= len(values) <= _FEW and (len(values) < len(field.values) or says_sign(field.name))
        ),
        None,
    ):
        shown = " and ".join(map(repr, sorted({*words.values} - {""})[:2]))
        way = f"{words.called} holds words, {shown}, which are kinds by themselves: say {_as_kinds(words, options)}"
    else:
        way = "nothing else holds numbers"
    return f"nothing is known to hold any; {way}"


def _as_kinds(field: Field, options: Options) -> str:
    """Name a field as that of kinds, by a table of its values where its name alone would mean the signs of weights."""
    if field.column != SIGN:
        return options.say("kinds", field.column)
    return options.say("kinds", {SIGN: {value: value for value in sorted({*field.values} - {""})}})
