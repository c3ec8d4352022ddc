"""``motifcount randomize``."""

from __future__ import annotations

from typing import Any

import click

import motifcount as mc
from motifcount._support import arguments
from motifcount.cli import graphs, options
from motifcount.cli.output import keep_input
from motifcount.files import writing
from motifcount.present import text


@click.command()
@click.argument("file")
@click.option(
    "--output", "-o", required=True, metavar="OUT", help="Where the random graph goes; its ending tells the format."
)
@options.combined(
    options.NULL, options.SEED, options.NULL_OPTIONS, options.INPUT, options.QUIET, options.CLEAN, options.THREADS
)
def randomize(
    file: str,
    output: str,
    null: str,
    seed: int | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    **others: Any,
) -> None:
    """Draw a random graph and write it into OUT.

    OUT ends in .csv, .tsv, .txt, .edges, .sif, .net, .json, .graphml, .gml, .gexf, .mtx or .npz. Nodes keep their
    labels, but in .mtx and .npz, which are matrices of the nodes in the order of FILE.
    """
    path = writing.writable("--output", output)
    keep_input("--output", path, file)
    source, report = graphs.load(file, others, clean)
    model, fresh = options.null_model(null, others), arguments.seed_or_fresh(seed)
    graph = mc.randomize(source, model, seed=fresh, num_threads=threads)
    writing.write_graph(graph, path)
    graphs.tell(file, report, quiet)
    click.echo(f"{text.describe(graph, output)}; null model {model.title}, seed {fresh}")
