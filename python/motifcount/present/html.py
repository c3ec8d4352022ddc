"""Results as HTML tables for notebooks, with drawings; the colours are those of the page, light or dark."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from motifcount.motifs import drawings
from motifcount.motifs.by_class import occurring
from motifcount.present import text

if TYPE_CHECKING:
    from motifcount.counting.counts import MotifCounts
    from motifcount.inference.result import Significance

_MOST_BLOCKS = 60

_SPACE = "padding:0.1em 0.6em"  # pages without a style of their own put cells side by side
_NUMBER = f"{_SPACE};text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
_TEXT = f"{_SPACE};text-align:left"


def counts_html(counts: MotifCounts) -> str:
    """Return a table of counts."""
    shown = occurring(counts)
    rows = (_row(name, [f"{value:,}"]) for name, value in shown.items())
    n_more = len(counts) - len(shown)
    table = _table(("", "class", "count"), rows, f"{n_more} of {len(counts)} classes do not occur" if n_more else "")
    return table if counts.by_block is None else table + _blocks(counts)


def _blocks(counts: MotifCounts) -> str:
    """Return a table of the largest counts by block."""
    found = sorted(counts.rows_by_block(), key=lambda row: -row[2])
    shown = found[:_MOST_BLOCKS]
    caption = f"by layers; {len(found) - len(shown)} smaller counts are not shown" if found != shown else "by layers"
    rows = (
        f'<tr><td style="{_TEXT}">{name}</td><td style="{_TEXT}">{escape(layers)}</td>'
        f'<td style="{_NUMBER}">{n:,}</td></tr>'
        for name, layers, n in shown
    )
    return _table(("class", "layers", "count"), rows, caption)


def significance_html(result: Significance, null: str) -> str:
    """Return a table of z, its error, p and status, of the :attr:`~Significance.shown_classes`; `null` is a name."""
    caption = f"null model {null}, {result.samples:,} samples, seed {result.seed}"
    shown = result.shown_classes
    if n_more := len(result.classes) - len(shown):
        caption += f"; {n_more} of {len(result.classes)} classes do not occur"
    caption += "".join(f"; {note}" for note in result.notes)
    rows = []
    for name in shown:
        cells = text.cells(result, name, wide=True)
        z = " ± ".join(filter(None, (cells["z"], cells["± error"])))
        numbers = (cells["observed"], cells["expected"], cells["sd"], z, cells["p adj."])
        rows.append(_row(name, numbers, cells[""], muted=result.status[name] != "varies"))
    return _table(("", "class", "observed", "expected", "sd", "z ± error", "p adjusted", "status"), rows, caption)


def _row(name: str, numbers: Iterable[str], note: str | None = None, *, muted: bool = False) -> str:
    cells = "".join(f'<td style="{_NUMBER}">{number}</td>' for number in numbers)
    cells += "" if note is None else f'<td style="{_TEXT}">{note}</td>'
    style = ' style="opacity:0.6"' if muted else ""
    return f'<tr{style}><td>{drawings.svg(name)}</td><td style="{_TEXT}">{name}</td>{cells}</tr>'


def _table(headers: Iterable[str], rows: Iterable[str], caption: str = "") -> str:
    style = dict.fromkeys(("class", "status", "layers"), _TEXT)
    head = "".join(f'<th style="{style.get(header, _NUMBER)}">{header}</th>' for header in headers)
    title = f'<caption style="{_TEXT}">{escape(caption)}</caption>' if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
