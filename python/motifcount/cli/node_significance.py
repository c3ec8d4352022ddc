"""``motifcount node-significance``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

import motifcount as mc
from motifcount._support import atomic
from motifcount.cli import graphs, options, output
from motifcount.inference.node_result import COLUMNS
from motifcount.motifs.classes import in_tables


@click.command("node-significance")
@click.argument("file")
@click.option("--output", "-o", "output_file", metavar="OUT", required=True, help="CSV file of the result.")
@options.NULL
@click.option("--size", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4; default 4 for strict layers, else 3.")
@click.option("--by-role", is_flag=True, help="Test the places of the nodes in the motifs apart, as 030T.b.")
@click.option("--samples", type=int, default=1000, help="Number of random graphs, 2 at least.")
@options.combined(options.SEED, options.NULL_OPTIONS)
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS)
def node_significance(
    file: str,
    output_file: str,
    null: str,
    size: str | None,
    by_role: bool,
    samples: int,
    seed: int | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    **others: Any,
) -> None:
    """Tell which nodes are in more, or fewer, motifs than in random graphs.

    A line of CSV for each node and class, or role, that occurs in the graph or in a random one.
    """
    path = output.csv_file(output_file, file)
    graph, report = graphs.load(file, others, clean)
    graphs.tell(file, report, quiet)
    found = mc.node_significance(
        graph,
        options.null_model(null, others),
        size=None if size is None else options.sizes(size),
        by_role=by_role,
        samples=samples,
        seed=seed,
        num_threads=threads,
    )
    header = "node", "role" if by_role else "class", *COLUMNS
    with atomic.writing(path) as stream:
        n_lines = output.write_csv(stream, header, _rows(graph, found))
    what = "roles" if by_role else "classes"
    click.echo(f"{n_lines:,} lines of nodes and {what}, {found.samples:,} samples, seed {found.seed}, in {output_file}")


def _rows(graph: mc.Graph, found: mc.NodeSignificance) -> Iterator[tuple[Any, ...]]:
    for word, nodes, columns in found.columns():
        numbers = nodes.tolist()
        labels = numbers if graph.labels is None else [graph.labels[node] for node in numbers]
        for label, *values in zip(labels, *(columns[column].tolist() for column in COLUMNS), strict=True):
            cells = ("" if value != value else value for value in values)  # NaN is an empty cell
            yield label, in_tables(word), *cells
