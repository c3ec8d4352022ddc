"""``motifcount count``."""

from __future__ import annotations

import sys
from typing import Any

import click

import motifcount as mc
from motifcount.cli import graphs, options, output
from motifcount.cli.selection import Selection, selection
from motifcount.motifs.by_class import occurring
from motifcount.present import text


@click.command()
@click.argument("file")
@click.option("--size", default="2,3", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4.")
@click.option("--subgraph", is_flag=True, help="Count subgraphs, not induced motifs.")
@click.option("--by-block", is_flag=True, help="Also by the layers that the nodes of a motif lie in.")
@click.option("--by-kind", is_flag=True, help="Also by the kinds of a motif's edges, such as signs (--kinds).")
@selection("count", "count")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def count(
    file: str,
    size: str,
    subgraph: bool,
    by_block: bool,
    by_kind: bool,
    clean: bool,
    quiet: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
    **others: Any,
) -> None:
    """Count every motif class of a graph."""
    options.one_format(as_json, as_csv)
    if as_csv and by_block and by_kind:
        raise ValueError("--by-block and --by-kind are two tables, of which --csv prints one")
    selected = Selection.taken_from(others)
    graph, report = graphs.load(file, others, clean)
    counts = mc.count(
        graph,
        options.sizes(size),
        induced=not subgraph,
        by_block=by_block,
        by_kind=by_kind,
        num_threads=threads,
    )
    graphs.tell(file, report, quiet)
    if as_json:
        found = {"graph": graphs.facts(file, graph), "induced": not subgraph, "counts": dict(counts)}
        if by_block:
            rows = counts.rows_by_block()
            found["by_block"] = [dict(zip(("class", "layers", "count"), row, strict=True)) for row in rows]
        if by_kind:
            keys = ("class", "kinds", "name", "parity", "count")
            found["by_kind"] = [dict(zip(keys, row, strict=True)) for row in counts.rows_by_kind()]
        output.print_json(found)
    elif as_csv:
        sys.stdout.write(text.counts_csv(counts))
    else:
        names = selected.of(list(counts), list(occurring(counts)), counts.__getitem__)
        table = text.count_table(counts, names=names, in_ascii=not output.has_arrows())
        output.print_table(text.describe(graph, file), table)
        if by_block:
            output.print_table("by the layers of a motif's nodes", text.block_table(counts, names=names))
        if by_kind:
            output.print_table("by the kinds of a motif's edges", text.kind_table(counts, names=names))
