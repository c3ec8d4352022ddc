"""``motifcount find``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from typing import Any

import click

import motifcount as mc
from motifcount._support import arguments, atomic
from motifcount.cli import graphs, options, output
from motifcount.motifs import families


@click.command()
@click.argument("file")
@click.argument("name", metavar="CLASS")
@click.option(
    "--output", "-o", "output_file", metavar="OUT", help="CSV file for the instances, in place of standard output."
)
@click.option("--limit", type=int, metavar="K", help="At most K: with --seed, a uniform random sample; else the first.")
@click.option("--node", "nodes", multiple=True, metavar="NODE", help="Only instances with this node; may be repeated.")
@click.option(
    "--arc", "arcs", multiple=True, metavar="A,B", help="Only instances with the edge from A to B; may be repeated."
)
@options.combined(options.SEED, options.INPUT, options.QUIET, options.CLEAN, options.THREADS)
def find(
    file: str,
    name: str,
    output_file: str | None,
    limit: int | None,
    nodes: tuple[str, ...],
    arcs: tuple[str, ...],
    seed: int | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    **others: Any,
) -> None:
    """Find the nodes that form the motifs of a class.

    A line of CSV for each: nodes in the order of the letters in motifcount's drawings of CLASS, by their labels, or
    numbered from 0.
    """
    path = None if output_file is None else output.csv_file(output_file, file)
    graph, report = graphs.load(file, others, clean)
    graphs.tell(file, report, quiet)
    chosen: dict[str, Any] = {
        "nodes": [_node(graph, "--node", word) for word in nodes] or None,
        "arcs": [_arc(graph, word) for word in arcs] or None,
        "labels": graph.labels is not None,
        "num_threads": threads,
    }
    if limit is None and seed is None:
        found: Iterable[Any] = mc.find_chunks(graph, name, **chosen)
    else:
        found = [mc.find(graph, name, limit=limit, seed=seed, **chosen)]
    size = families.find(name)[0].size
    rows = (row for chunk in found for row in chunk.tolist())
    if path is None:
        output.write_csv(sys.stdout.buffer, "abcd"[:size], rows)
        return
    with atomic.writing(path) as stream:
        n = output.write_csv(stream, "abcd"[:size], rows)
    click.echo(f"{n:,} × {name} in {output_file}")


def _node(graph: mc.Graph, option: str, word: str) -> Any:
    """Return the label, or the number, that a word on the command line names."""
    if graph.labels is None:
        if not (word.isdecimal() and int(word) < graph.n_nodes):
            raise ValueError(f"{option} must be a number of a node, from 0 to {graph.n_nodes - 1}, not {word!r}")
        return int(word)
    labels = {str(label): label for label in graph.labels}
    if word not in labels:
        raise ValueError(f"{option} must be a node of the graph, not {word!r}{arguments.suggestion(word, labels)}")
    return labels[word]


def _arc(graph: mc.Graph, text: str) -> tuple[Any, Any]:
    ends = next(csv.reader([text]), [])
    if len(ends) != 2:
        raise ValueError(f"--arc must be two nodes, as source,target, not {text!r}")
    source, target = (_node(graph, "--arc", word) for word in ends)
    return source, target
