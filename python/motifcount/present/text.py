"""Results as text for people (rich tables) and for programs (CSV). Knows results only."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.table import Table

from motifcount.counting.counts import MotifCounts
from motifcount.graph import Graph
from motifcount.inference.comparison import Comparison, GroupTest
from motifcount.inference.result import Significance
from motifcount.motifs import wording
from motifcount.motifs.by_class import occurring
from motifcount.motifs.classes import in_tables
from motifcount.present.numbers import amount, z_and_error

WIDE = 140
"""Columns of text that a table of everything takes, and what is written to a file gets."""

_AIRY = 80
_IN_ASCII = {"→": "->", "⇄": "<->", "←": "<-", "±": "+/-", "×": "x", "…": "...", "−": "-"}
_LONG, _LONG_IF_WIDE = 10**9, 10**12  # have more digits than there is room for
_NOTES = {"fixed": "fixed by the null", "constant": "same in all samples", "few": "few: take p"}


def describe(graph: Graph, name: str) -> str:
    """Say in one line what a graph is."""
    layers = graph.layers
    shape = "no layers" if layers is None else f"{len(set(layers.tolist()))} layers"
    return f"{name}: {graph.n_nodes:,} nodes, {graph.n_edges:,} edges, {shape}"


def plain(text: str) -> str:
    """Return text in ASCII, for terminals that have no arrows."""
    for mark, words in _IN_ASCII.items():
        text = text.replace(mark, words)
    return text.encode("ascii", "replace").decode()


def count_table(counts: MotifCounts, *, names: Sequence[str] | None = None, in_ascii: bool = False) -> Table:
    """Return a table of counts, of the classes named or of those that occur."""
    table = _table(("class", "motif"), ("count",))
    occur = occurring(counts)
    shown = list(occur) if names is None else names
    for name in shown:
        table.add_row(name, _motif(name, in_ascii), f"{counts[name]:,}")
    if n_more := len(counts) - len(shown):
        what = "do not occur" if set(shown) == set(occur) else "are not shown"
        table.caption = f"{n_more} of {len(counts)} classes {what}."
        table.caption_justify = "left"
    return table


def block_table(counts: MotifCounts, *, names: Sequence[str]) -> Table:
    """Return a table of counts by layers, of the classes named."""
    table = _table(("class", "layers"), ("count",))
    for name, layers, n in counts.rows_by_block():
        if name in names:
            table.add_row(name, layers, f"{n:,}")
    return table


def group_table(counts: MotifCounts, *, names: Sequence[str]) -> Table:
    """Return a table of counts by groups in the order of roles, of the classes named."""
    table = _table(("class", "groups"), ("count",))
    for name, groups, n in counts.rows_by_group():
        if name in names:
            table.add_row(name, groups, f"{n:,}")
    return table


def kind_table(counts: MotifCounts, *, names: Sequence[str]) -> Table:
    """Return a table of counts by kind, of the classes named, without those that do not occur."""
    table = _table(("class", "kinds", "name", "parity"), ("count",))
    rows = [row for row in counts.rows_by_kind() if row[0] in names]
    shown = [row for row in rows if row[-1]]
    for *words, n in shown:
        table.add_row(*words, f"{n:,}")
    if n_more := len(rows) - len(shown):
        table.caption = f"{n_more} of {len(rows)} do not occur. Kinds are in the order of a motif's arrows."
        table.caption_justify = "left"
    return table


def significance_table(
    result: Significance,
    *,
    show_all: bool,
    width: int = WIDE,
    names: Sequence[str] | None = None,
    in_ascii: bool = False,
) -> Table:
    """Return a table of z and p, of the classes named or of those that can occur (of all if `show_all`).

    Columns that do not fit are left out, never class, z or what is said of a class, and the caption names them; below
    a width of `WIDE`, counts from a billion on are rounded. :func:`significance_csv` has everything.
    """
    shown = list(names if names is not None else result.classes if show_all else result.shown_classes)
    wide = width >= WIDE
    rows = [cells(result, name, wide) | {"motif": _motif(name, in_ascii)} for name in shown]
    fitting = _fitting(rows, width)
    left = [header for header in ("class", "motif") if header in fitting]
    numbers = [header for header in fitting if header not in ("class", "motif", "")]
    table = _table(left, numbers, ("",) if "" in fitting else ())
    table.padding, table.show_edge = (0, _gap(width) - 1, 0, 0), False
    for name, row in zip(shown, rows, strict=True):
        style = None if result.status[name] == "varies" else "dim"
        table.add_row(*(row[str(column.header)] for column in table.columns), style=style)
    table.caption = _caption(result, shown, [header for header in _ORDER if header not in fitting])
    table.caption_justify = "left"
    return table


_ORDER = ("class", "motif", "observed", "expected", "sd", "z", "± error", "p adj.", "p over", "p under", "")
_FIRST = ("class", "z", "", "p adj.", "observed", "motif", "expected", "± error", "p over", "p under", "sd")
"""Columns in the order of their worth: without its arrows nobody knows what a class is that is called by a number."""


def _fitting(rows: Sequence[Mapping[str, str]], width: int) -> list[str]:
    """Return the columns that fit into a width, the most telling first, in the order in which they are shown."""
    chosen: list[str] = []
    room = width
    for header in _FIRST:
        needed = _gap(width) + max([len(header), *(len(row[header]) for row in rows)])
        if needed <= room:
            chosen.append(header)
            room -= needed
    return [header for header in _ORDER if header in chosen]


def _gap(width: int) -> int:
    """Return the columns of text between two columns of a table."""
    return 1 if width < _AIRY else 2


def _motif(name: str, in_ascii: bool) -> str:
    pattern = wording.arrows(name)
    return plain(pattern) if in_ascii else pattern


def cells(result: Significance, name: str, wide: bool) -> dict[str, str]:
    """Return what a table of z and p says of a class, by column; long numbers are rounded."""
    status = result.status[name]
    varies = result.std[name] > 0
    kind = "few" if result.few[name] and status == "varies" else status
    observed, mean = result.observed[name], result.mean[name]
    long = _LONG_IF_WIDE if wide else _LONG
    has_p = status != "fixed" and not math.isnan(result.p_over[name])
    adjusted = result.p_adjusted[name]
    z, error = z_and_error(result.z[name], result.z_error[name])
    return {
        "class": name,
        "observed": f"{observed:,}" if observed < long else f"{observed:.4e}",
        "expected": _number(mean) if mean < long else f"{mean:.4e}",
        "sd": _number(result.std[name]) if varies else "",
        "z": z,
        "± error": error,
        "p adj.": f"{adjusted:.4f}" if has_p and not math.isnan(adjusted) else "",
        "p over": f"{result.p_over[name]:.4f}" if has_p else "",
        "p under": f"{result.p_under[name]:.4f}" if has_p else "",
        "": (_NOTES if wide and (kind != "few" or has_p) else {}).get(kind, "" if kind == "varies" else kind),
    }


def _caption(result: Significance, shown: Sequence[str], left_out: Sequence[str]) -> str | None:
    sentences = []
    if n_hidden := len(result.classes) - len(shown):
        sentences.append(f"{n_hidden} of {len(result.classes)} classes are not shown.")
    if left_out:
        sentences.append(f"Columns that do not fit: {', '.join(left_out)}.")
    sentences += [f"{note[0].upper()}{note[1:]}." for note in result.notes]
    return " ".join(sentences) or None


def comparison_table(comparison: Comparison) -> Table:
    """Return a table of how alike networks are, numbered, with their groups if there are any."""
    numbers = [str(k + 1) for k in range(len(comparison.names))]
    groups = comparison.groups
    table = _table(("", "network", *(() if groups is None else ("group",))), numbers)
    for k, (name, row) in enumerate(zip(comparison.names, comparison.similarity.tolist(), strict=True)):
        group = () if groups is None else (str(groups[k]),)
        table.add_row(numbers[k], name, *group, *(f"{value:+.2f}" for value in row))
    return table


def left_out(comparison: Comparison) -> str:
    """Say in one sentence which classes are not compared; empty if there are none."""
    if not comparison.left_out:
        return ""
    n = len(comparison.left_out)
    return (
        f"{n} {'class' if n == 1 else 'classes'} left out, which vary in all but are few, or hardly vary, in one of "
        f"them, so that z is no measure: {', '.join(comparison.left_out)}."
    )


def group_test(test: GroupTest) -> str:
    """Say in one sentence what a test by groups found."""
    labelings = f"all {test.labelings:,} labelings" if test.exact else f"{test.labelings:,} random labelings"
    return (
        f"Similarity within groups {test.within:+.3f}, between groups {test.between:+.3f}: p = {test.p:.4g} "
        f"(one-sided, {labelings})."
    )


def comparison_csv(comparison: Comparison) -> str:
    """Return the similarity as CSV, a row and a column for each network."""
    rows = zip(comparison.names, comparison.similarity.tolist(), strict=True)
    return _csv(("network", *comparison.names), ((name, *row) for name, row in rows))


def key_value_table(rows: Mapping[str, object]) -> Table:
    """Return a two-column table without a header, whose values go on in further lines where they are long."""
    table = _table(("",), ())
    table.add_column("", overflow="fold")
    table.show_header = False
    for key, value in rows.items():
        table.add_row(key, str(value))
    return table


def _table(left: Iterable[str], right: Iterable[str], notes: Iterable[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for header in left:
        table.add_column(header, no_wrap=True)
    for header in right:
        table.add_column(header, justify="right", no_wrap=True)
    for header in notes:
        table.add_column(header, no_wrap=True)
    return table


def _number(value: float) -> str:
    if 0 < value < 0.0005:
        return amount(value)
    digits = max(0, 3 - int(math.log10(abs(value) + 1)))
    return f"{value:,.{digits}f}"


def counts_csv(counts: MotifCounts) -> str:
    """Return counts as CSV: the columns class and count, between them layers, kinds or groups, if counted by these."""
    if counts.by_kind is not None:
        header = ("class", "kinds", "name", "parity", "count")
        return _csv(header, ((in_tables(name), *row) for name, *row in counts.rows_by_kind()))
    if counts.by_group is not None:
        return _csv(("class", "groups", "count"), ((in_tables(name), *row) for name, *row in counts.rows_by_group()))
    if counts.by_block is not None:
        return _csv(("class", "layers", "count"), ((in_tables(name), *row) for name, *row in counts.rows_by_block()))
    return _csv(("class", "count"), ((in_tables(name), count) for name, count in counts.items()))


def significance_csv(result: Significance) -> str:
    """Return the columns of a significance by class as CSV."""
    classes = result.to_dict()["classes"]
    columns = next(iter(classes.values())).keys()
    return _csv(("class", *columns), ((in_tables(name), *row.values()) for name, row in classes.items()))


def _csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
