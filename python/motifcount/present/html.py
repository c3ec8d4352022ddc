"""Results as HTML tables for notebooks, with drawings; the colours are those of the page, light or dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from motifcount.graph import access
from motifcount.motifs import drawings
from motifcount.motifs.by_class import occurring
from motifcount.present import text

if TYPE_CHECKING:
    from motifcount.counting.counts import MotifCounts
    from motifcount.graph import Graph
    from motifcount.inference.comparison import Comparison
    from motifcount.inference.result import Significance

_MOST_BLOCKS = 60
_MOST_LAYERS = 12

_SPACE = "padding:0.1em 0.6em"  # pages without a style of their own put cells side by side
_NUMBER = f"{_SPACE};text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
_TEXT = f"{_SPACE};text-align:left"


def graph_html(graph: Graph) -> str:
    """Return a table of what a graph is."""
    facts = {"nodes": f"{graph.n_nodes:,}", "edges": f"{graph.n_edges:,}"}
    if (groups := access.groups(graph)) is not None:
        names = groups.layer_names or groups.layer_labels.tolist()
        told = [f"{name}: {n:,}" for name, n in zip(names, groups.layer_sizes().tolist(), strict=True)]
        more = [f"and {len(told) - _MOST_LAYERS} more"] if len(told) > _MOST_LAYERS else []
        facts["nodes by layer"] = ", ".join(told[:_MOST_LAYERS] + more)
    if graph.kinds is not None:
        facts["edges by kind"] = ", ".join(f"{kind}: {n:,}" for kind, n in Counter(graph.kinds.tolist()).items())
    if graph.weights is not None and graph.n_edges:
        facts["weights"] = f"{graph.weights.min():.4g} to {graph.weights.max():.4g}"
    if left_out := [f"{what}: {n:,}" for what, n in graph.dropped.items() if n]:
        facts["left out"] = ", ".join(left_out)
    rows = (
        f'<tr><th style="{_TEXT}">{key}</th><td style="{_TEXT}">{escape(value)}</td></tr>'
        for key, value in facts.items()
    )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


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


def comparison_html(comparison: Comparison, null: str) -> str:
    """Return a table of how alike networks are; `null` is a name."""
    groups = comparison.groups
    caption = f"{comparison.measure} of z in {len(comparison.classes)} classes that vary in all; null model {null}"
    if comparison.left_out:
        caption += f". {text.left_out(comparison)}"
    if comparison.test is not None:
        caption += f". {text.group_test(comparison.test)}"
    rows = []
    for k, (name, values) in enumerate(zip(comparison.names, comparison.similarity.tolist(), strict=True)):
        words = (name,) if groups is None else (name, str(groups[k]))
        cells = [f'<td style="{_TEXT}">{escape(word)}</td>' for word in words]
        cells += [f'<td style="{_NUMBER}">{value:+.2f}</td>' for value in values]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    left = ("network",) if groups is None else ("network", "group")
    return _table((*left, *comparison.names), rows, caption)


def _row(name: str, numbers: Iterable[str], note: str | None = None, *, muted: bool = False) -> str:
    cells = "".join(f'<td style="{_NUMBER}">{number}</td>' for number in numbers)
    cells += "" if note is None else f'<td style="{_TEXT}">{note}</td>'
    style = ' style="opacity:0.6"' if muted else ""
    return f'<tr{style}><td>{drawings.svg(name)}</td><td style="{_TEXT}">{name}</td>{cells}</tr>'


def _table(headers: Iterable[str], rows: Iterable[str], caption: str = "") -> str:
    style = dict.fromkeys(("class", "status", "layers", "network", "group"), _TEXT)
    head = "".join(f'<th style="{style.get(header, _NUMBER)}">{escape(header)}</th>' for header in headers)
    title = f'<caption style="{_TEXT}">{escape(caption)}</caption>' if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
