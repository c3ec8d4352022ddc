"""``motifcount count``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt

import motifcount as mc
from motifcount._support import atomic
from motifcount.cli import graphs, options, output
from motifcount.cli.selection import Selection, selection
from motifcount.motifs.by_class import occurring
from motifcount.present import text

_CHUNK = 10_000  # nodes or edges whose counts are Python numbers at a time


@click.command()
@click.argument("file")
@click.option("--size", default="2,3", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4.")
@click.option("--subgraph", is_flag=True, help="Count subgraphs, not induced motifs.")
@click.option("--by-block", is_flag=True, help="Also by the layers that the nodes of a motif lie in.")
@click.option("--by-kind", is_flag=True, help="Also by the kinds of a motif's edges, such as signs (--kinds).")
@click.option("--by-group", is_flag=True, help="Also by the groups (--layers) of the nodes in a motif's roles.")
@click.option("--by-node", is_flag=True, help="Also by node: a line for each node, to the file of --output.")
@click.option("--by-role", is_flag=True, help="Also by node and role, as 030T.b; to the file of --output.")
@click.option("--by-arc", is_flag=True, help="Also by edge: a line for each edge, to the file of --output.")
@click.option("--output", "-o", "output_file", metavar="OUT", help="CSV file of --by-node, --by-role or --by-arc.")
@selection("count", "count")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def count(
    file: str,
    size: str,
    subgraph: bool,
    by_block: bool,
    by_kind: bool,
    by_group: bool,
    by_node: bool,
    by_role: bool,
    by_arc: bool,
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
    given = [f"--by-{name}" for name, asked in (("block", by_block), ("kind", by_kind), ("group", by_group)) if asked]
    if as_csv and len(given) > 1:
        raise ValueError(f"{' and '.join(given)} are {len(given)} tables, of which --csv prints one")
    tables = {"node": by_node, "role": by_role, "arc": by_arc}
    by = [name for name, asked in tables.items() if asked]
    path = _file_of(by, output_file, file)
    selected = Selection.taken_from(others)
    graph, report = graphs.load(file, others, clean)
    counts = mc.count(
        graph,
        options.sizes(size),
        induced=not subgraph,
        by_block=by_block,
        by_kind=by_kind,
        by_group=by_group,
        by_node=by_node,
        by_role=by_role,
        by_arc=by_arc,
        num_threads=threads,
    )
    names = selected.of(list(counts), list(occurring(counts)), counts.__getitem__)
    if path is not None:
        columns = counts.columns_by_arc() if by_arc else counts.columns_by_node(by_role=by_role)
        chosen = {column: columns[column] for column in columns if column.partition(".")[0] in names}
        with atomic.writing(path) as stream:
            n_lines = output.write_csv(stream, *_table(graph, counts, chosen))
    graphs.tell(file, report, quiet)
    if as_json:
        output.print_json({"graph": graphs.facts(file, graph), "induced": not subgraph, **_as_json(counts)})
    elif as_csv:
        sys.stdout.write(text.counts_csv(counts))
    else:
        _print(counts, names, text.describe(graph, file))
        if path is not None:
            lines = "edges" if by_arc else "nodes"
            click.echo(f"{n_lines:,} {lines}, by {'role' if by_role else 'class'}, in {path}")


def _as_json(counts: mc.MotifCounts) -> dict[str, Any]:
    found: dict[str, Any] = {"counts": dict(counts)}
    if counts.by_block is not None:
        keys: tuple[str, ...] = ("class", "layers", "count")
        found["by_block"] = [dict(zip(keys, row, strict=True)) for row in counts.rows_by_block()]
    if counts.by_kind is not None:
        keys = ("class", "kinds", "name", "parity", "count")
        found["by_kind"] = [dict(zip(keys, row, strict=True)) for row in counts.rows_by_kind()]
    if counts.by_group is not None:
        keys = ("class", "groups", "count")
        found["by_group"] = [dict(zip(keys, row, strict=True)) for row in counts.rows_by_group()]
    return found


def _print(counts: mc.MotifCounts, names: Sequence[str], title: str) -> None:
    output.print_table(title, text.count_table(counts, names=names, in_ascii=not output.has_arrows()))
    if counts.by_block is not None:
        output.print_table("by the layers of a motif's nodes", text.block_table(counts, names=names))
    if counts.by_kind is not None:
        output.print_table("by the kinds of a motif's edges", text.kind_table(counts, names=names))
    if counts.by_group is not None:
        output.print_table("by the groups of the nodes in a motif's roles", text.group_table(counts, names=names))


def _file_of(by: list[str], output_file: str | None, file: str) -> Path | None:
    """Return the file for counts by node, role or arc; None where they are not asked for."""
    if len(by) > 1:
        raise ValueError(f"{' and '.join(f'--by-{name}' for name in by)} are {len(by)} tables; give one of them")
    if not by:
        if output_file is not None:
            raise ValueError(
                "--output is the file of --by-node, --by-role or --by-arc; give one of them, or --csv for the counts"
            )
        return None
    if output_file is None:
        line = "edge" if by == ["arc"] else "node"
        raise ValueError(f"--by-{by[0]} makes a line for each {line}: give its file by --output")
    return output.csv_file(output_file, file)


def _table(
    graph: mc.Graph, counts: mc.MotifCounts, columns: Mapping[str, Any]
) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Return the header and the rows of a table by node, or by edge."""
    if counts.arcs is None:
        return ("node", *columns), _rows(graph, np.arange(graph.n_nodes)[:, None], columns)
    return ("source", "target", *columns), _rows(graph, counts.arcs, columns)


def _rows(graph: mc.Graph, nodes: npt.NDArray[np.int64], columns: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the labels, or numbers, of the nodes of each row, and its counts."""
    for start in range(0, len(nodes), _CHUNK):
        part = slice(start, start + _CHUNK)
        ends = nodes[part].T.tolist()
        if graph.labels is not None:
            ends = [[graph.labels[node] for node in end] for end in ends]
        yield from zip(*ends, *(column[part].tolist() for column in columns.values()), strict=True)
