"""``motifcount randomize``."""

from __future__ import annotations

from typing import Any

import click
import scipy.sparse

import motifcount as mc
from motifcount._support import arguments, atomic
from motifcount.cli import graphs, options
from motifcount.present import text


@click.command()
@click.argument("file")
@click.option("--output", "-o", required=True, metavar="OUT.npz", help="Where the random graph goes.")
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
    """Draw a random graph and write it into OUT.npz, as a scipy.sparse matrix of the same nodes."""
    path = arguments.path("--output", output)
    if path.suffix != ".npz":
        raise ValueError(f"--output must be a .npz file, not {arguments.shown(output)}")
    arguments.writable(path)
    source, report = graphs.load(file, others, clean)
    model, fresh = options.null_model(null, others), arguments.seed_or_fresh(seed)
    graph = mc.randomize(source, model, seed=fresh, num_threads=threads)
    with atomic.writing(path) as stream:
        scipy.sparse.save_npz(stream, graph.to_scipy())
    graphs.tell(file, report, quiet)
    click.echo(f"{text.describe(graph, output)}; null model {null}, seed {fresh}")
