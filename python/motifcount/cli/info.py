"""``motifcount info``."""

from __future__ import annotations

import platform
from typing import Any

import click
import numpy as np
import scipy

import motifcount as mc
from motifcount._support.threads import effective_threads
from motifcount.cli import columns, graphs, options, output
from motifcount.present import text

_MOST_BLOCKS = 12  # that are named


@click.command()
@click.argument("file", required=False)
@options.combined(options.INPUT, options.JSON)
def info(file: str | None, as_json: bool, **others: Any) -> None:
    """Describe a graph file, or, without one, this installation."""
    if file is None and (said := [name for name, value in others.items() if value not in (None, False)]):
        raise ValueError(f"{', '.join(map(columns.say, said))} needs a FILE")
    if file is None:
        rows: dict[str, object] = {
            **mc.build_config(),
            "threads": effective_threads(None),
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "datasets": ", ".join(mc.datasets.NAMES),
        }
    else:
        graph, report = graphs.load(file, others)
        rows = graphs.facts(file, graph) | (report.rows() if report is not None else {})
        if graph.layers is not None:
            rows["blocks"] = _blocks(graph)
    if as_json:
        output.print_json(rows)
    else:
        words = rows if output.has_arrows() else {key: text.plain(str(value)) for key, value in rows.items()}
        output.print_table(file or "motifcount", text.key_value_table(words))


def _blocks(graph: mc.Graph) -> str:
    """Tell which pairs of layers, or groups, have edges, and which of these their degrees fix."""
    blocks = mc.nulls.blocks(graph)
    fixed = [f"{block.source} → {block.target}" for block in blocks if not block.has_choice]
    told = f"{len(blocks)} pairs of groups have edges"
    if not fixed:
        return f"{told}; all can be rearranged with their degrees kept"
    shown = ", ".join(fixed[:_MOST_BLOCKS]) + (", …" if len(fixed) > _MOST_BLOCKS else "")
    return f"{told}; degrees fix {len(fixed)} of them: {shown}"
