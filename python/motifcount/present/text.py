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
from motifcount.inference.result import Significance
from motifcount.motifs import wording

WIDE = 140
"""Columns of text that a table of everything takes, and what is written to a file gets."""

_LONG, _LONG_IF_WIDE = 10**9, 10**12  # have more digits than there is room for
_NOTES = {"fixed": "fixed by the null", "constant": "same in all samples"}


def describe(graph: Graph, name: str) -> str:
    """Say in one line what a graph is."""
    layers = graph.layers
    shape = "no layers" if layers is None else f"{len(set(layers.tolist()))} layers"
    return f"{name}: {graph.n_nodes:,} nodes, {graph.n_edges:,} edges, {shape}"


def count_table(counts: MotifCounts) -> Table:
    """Return a table of counts."""
    table = _table(("class", "motif"), ("count",))
    for name, value in counts.items():
        table.add_row(name, wording.arrows(name), f"{value:,}")
    return table


def significance_table(result: Significance, *, show_all: bool, width: int = WIDE) -> Table:
    """Return a table of z and p. Classes that neither occur nor can occur are left out unless `show_all`.

    Counts from a billion or a thousand billions are rounded, and below a width of `WIDE`, motifs, sd and p under left
    out; :func:`significance_csv` has everything.
    """
    wide = width >= WIDE
    long = _LONG_IF_WIDE if wide else _LONG
    if wide:
        numbers = ("observed", "expected", "sd", "z", "± error", "p over", "p under")
        table = _table(("class", "motif"), numbers, ("",))
    else:
        table = _table(("class",), ("observed", "expected", "z", "± error", "p over"), ("",))
        table.padding, table.show_edge = (0, 1, 0, 0), False
    for name in result.classes if show_all else result.possible_classes:
        status = result.status[name]
        varies = result.std[name] > 0
        observed, mean = result.observed[name], result.mean[name]
        cells = {
            "class": name,
            "motif": wording.arrows(name),
            "observed": f"{observed:,}" if observed < long else f"{observed:.4e}",
            "expected": _number(mean) if mean < long else f"{mean:.4e}",
            "sd": _number(result.std[name]) if varies else "",
            "z": f"{result.z[name]:+.2f}" if varies else "",
            "± error": f"{result.z_error[name]:.2f}" if varies else "",
            "p over": f"{result.p_over[name]:.4f}" if status != "fixed" and result.samples else "",
            "p under": f"{result.p_under[name]:.4f}" if status != "fixed" and result.samples else "",
            "": (_NOTES if wide else {}).get(status, "" if status == "varies" else status),
        }
        table.add_row(
            *(cells[str(column.header)] for column in table.columns), style=None if status == "varies" else "dim"
        )
    return table


def key_value_table(rows: Mapping[str, object]) -> Table:
    """Return a two-column table without a header."""
    table = _table(("", ""), ())
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
    digits = max(0, 3 - int(math.log10(abs(value) + 1)))
    return f"{value:,.{digits}f}"


def counts_csv(counts: MotifCounts) -> str:
    """Return counts as CSV with the columns class and count."""
    return _csv(("class", "count"), counts.items())


def significance_csv(result: Significance) -> str:
    """Return the columns of a significance by class as CSV."""
    classes = result.to_dict()["classes"]
    columns = next(iter(classes.values())).keys()
    return _csv(("class", *columns), ((name, *row.values()) for name, row in classes.items()))


def _csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
