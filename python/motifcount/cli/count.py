"""``motifcount count``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

import motifcount as mc
from motifcount._support import arguments, atomic
from motifcount.cli import graphs, options, output
from motifcount.cli.selection import Selection, selection
from motifcount.motifs.by_class import occurring
from motifcount.present import text

_CHUNK = 10_000  # nodes whose counts are Python numbers at a time


@click.command()
@click.argument("file")
@click.option("--size", default="2,3", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4.")
@click.option("--subgraph", is_flag=True, help="Count subgraphs, not induced motifs.")
@click.option("--by-block", is_flag=True, help="Also by the layers that the nodes of a motif lie in.")
@click.option("--by-kind", is_flag=True, help="Also by the kinds of a motif's edges, such as signs (--kinds).")
@click.option("--by-node", is_flag=True, help="Also by node: a line for each node, to the file of --output.")
@click.option("--by-role", is_flag=True, help="Also by node and role, as 030T.b; to the file of --output.")
@click.option("--output", "-o", "output_file", metavar="OUT", help="CSV file of --by-node or --by-role.")
@selection("count", "count")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def count(
    file: str,
    size: str,
    subgraph: bool,
    by_block: bool,
    by_kind: bool,
    by_node: bool,
    by_role: bool,
    output_file: str | None,
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
    path = _node_file(by_node, by_role, output_file)
    selected = Selection.taken_from(others)
    graph, report = graphs.load(file, others, clean)
    counts = mc.count(
        graph,
        options.sizes(size),
        induced=not subgraph,
        by_block=by_block,
        by_kind=by_kind,
        by_node=by_node,
        by_role=by_role,
        num_threads=threads,
    )
    names = selected.of(list(counts), list(occurring(counts)), counts.__getitem__)
    if path is not None:
        columns = counts.columns_by_node(by_role=by_role)
        chosen = {column: columns[column] for column in columns if column.partition(".")[0] in names}
        with atomic.writing(path) as stream:
            n_lines = output.write_csv(stream, ("node", *chosen), _node_rows(graph, chosen))
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
        table = text.count_table(counts, names=names, in_ascii=not output.has_arrows())
        output.print_table(text.describe(graph, file), table)
        if by_block:
            output.print_table("by the layers of a motif's nodes", text.block_table(counts, names=names))
        if by_kind:
            output.print_table("by the kinds of a motif's edges", text.kind_table(counts, names=names))
        if path is not None:
            click.echo(f"{n_lines:,} nodes, by {'role' if by_role else 'class'}, in {path}")


def _node_file(by_node: bool, by_role: bool, output_file: str | None) -> Path | None:
    """Return the file for counts by node; None where they are not asked for."""
    if by_node and by_role:
        raise ValueError("--by-node and --by-role are two tables; give one of them")
    if not (by_node or by_role):
        if output_file is not None:
            raise ValueError(
                "--output is the file of --by-node or --by-role; give one of them, or --csv for the counts"
            )
        return None
    if output_file is None:
        raise ValueError(f"--by-{'role' if by_role else 'node'} makes a line for each node: give its file by --output")
    path = arguments.path("--output", output_file)
    arguments.writable(path)
    return path


def _node_rows(graph: mc.Graph, columns: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield a label, or number, and the counts of each node."""
    labels = range(graph.n_nodes) if graph.labels is None else graph.labels
    for start in range(0, graph.n_nodes, _CHUNK):
        stop = start + _CHUNK
        yield from zip(labels[start:stop], *(column[start:stop].tolist() for column in columns.values()), strict=True)
