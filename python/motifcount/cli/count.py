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
@selection("count", "count")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def count(
    file: str,
    size: str,
    subgraph: bool,
    clean: bool,
    quiet: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
    **others: Any,
) -> None:
    """Count every motif class of a graph."""
    options.one_format(as_json, as_csv)
    selected = Selection.taken_from(others)
    graph, report = graphs.load(file, others, clean)
    counts = mc.count(graph, options.sizes(size), induced=not subgraph, num_threads=threads)
    graphs.tell(file, report, quiet)
    if as_json:
        output.print_json({"graph": graphs.facts(file, graph), "induced": not subgraph, "counts": dict(counts)})
    elif as_csv:
        sys.stdout.write(text.counts_csv(counts))
    else:
        names = selected.of(list(counts), list(occurring(counts)), counts.__getitem__)
        table = text.count_table(counts, names=names, in_ascii=not output.has_arrows())
        output.print_table(text.describe(graph, file), table)
