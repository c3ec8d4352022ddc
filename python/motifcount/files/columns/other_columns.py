"""What the columns beside the ends hold: weights, relations, directions, kinds and layers; others are not used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motifcount.files.columns import directions
from motifcount.files.columns.columns import Columns, Row, position
from motifcount.files.columns.first_line import counted, is_counted
from motifcount.files.columns.unused import are_flags, are_numbers
from motifcount.files.columns.without_names import kinds_of, refuse_unnamed
from motifcount.files.options import Options
from motifcount.files.words import names, weight_names
from motifcount.files.words.labels import is_number

_LETTERS = frozenset("YyNn")
"""Flags where a name says that a column holds such; elsewhere they may be labels."""


def with_extras(columns: Columns, first: Sequence[str], head: Sequence[Row], options: Options) -> Columns:
    """Add the columns of weight, relation, direction, kinds and layers."""
    ends = (columns.source, columns.target)
    has_names = columns.header is True or (columns.header is None and columns.is_named)
    weight = relation = direction = kinds = None
    notes = columns.notes
    values = [{row[k].strip() for row in head[1:]} for k in range(columns.n_columns)]
    numbers = {k for k, words in enumerate(values) if are_numbers(words)}
    numbers -= {
        k
        for k in numbers
        if k < len(first)
        and names.understood(first[k]).role == "index"
        and has_names
        and is_counted([row[k].strip() for row in head[1:]])
    }
    if has_names:
        whole = {k for k in numbers if "" not in values[k]}
        letters = {k for k, words in enumerate(values) if words and words <= _LETTERS}
        weight = weight_names.weight(first, ends, whole, {k for k in whole if are_flags(values[k])} | letters)
        relation = names.sign(first, ends)
        if options.columns is None:
            refuse_unnamed(first, head[1:], ends, options)
        direction, told = directions.said(first, head, ends, options)
        notes += told
    if options.weight is not None:
        weight = position(options.weight, "weight", first, columns.n_columns, options)
        if weight in ends:
            raise ValueError(f"{options.say('weight', options.weight)} is a column of ends")
    if options.kind_column is not None:
        kinds = position(options.kind_column, "kinds", first, columns.n_columns, options)
        if kinds in ends:
            raise ValueError(f"{options.say('kinds', options.kinds)} is a column of ends")
    if options.threshold is not None and weight is None:
        _refuse_weights(first, head, (*ends, kinds), columns.n_columns, options)
    layers = None
    if options.layer_columns is not None:
        sources, targets = (
            position(name, "layers", first, columns.n_columns, options) for name in options.layer_columns
        )
        layers = sources, targets
    relation = relation if columns.relation is None else columns.relation
    relation = None if relation in (kinds, weight) else relation
    columns = replace(
        columns,
        weight=weight,
        relation=relation,
        direction=direction,
        kinds=kinds,
        layers=layers,
        counted_from=options.counted_from,
        notes=notes,
    )
    return replace(columns, tallied=tuple(sorted(numbers & {*columns.unused(), *filter(None, [relation])})))


def _refuse_weights(
    first: Sequence[str], head: Sequence[Row], taken: Sequence[int | None], n: int, options: Options
) -> None:
    """Refuse a threshold where a column of numbers may hold the weights that it is for."""
    kinds = kinds_of(head[1:], n) if len(head) > 1 else []
    for k, kind in enumerate(kinds):
        values = [row[k].strip() for row in head[1:]]
        if (
            k in taken
            or kind == "word"
            or not any(values)
            or values in (counted(0, len(values)), counted(1, len(values)))
        ):
            continue
        has_name = len(first) == n and first[k] and not is_number(first[k])
        raise ValueError(
            f"{options.say('threshold', options.threshold)} is for weights, and {options.called(k)} may hold them: say "
            f"{options.say('weight', first[k] if has_name else k)}, or leave the column out, to count lines"
        )
