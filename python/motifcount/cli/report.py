"""``motifcount report``."""

from __future__ import annotations

import shlex
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import click

import motifcount as mc
from motifcount._support import arguments
from motifcount.cli import graphs, options
from motifcount.cli.output import keep_input
from motifcount.cli.wording import in_options
from motifcount.reports.report import Network, checked_path
from motifcount.reports.report import write as write_page


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--output", "-o", "page", type=Path, required=True, metavar="PAGE", help="The page to be written (.html)."
)
@click.option(
    "--null",
    "names",
    type=click.Choice(list(options.NULLS)),
    multiple=True,
    default=("degree",),
    help="What random graphs keep; may be given more than once.",
)
@click.option("--size", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4; default 4 for strict layers, else 3.")
@options.SAMPLES
@options.combined(options.SEED, options.NULL_OPTIONS)
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS)
def report(
    files: tuple[str, ...],
    page: Path,
    names: tuple[str, ...],
    size: str | None,
    samples: int | Literal["auto"],
    seed: int | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    **others: Any,
) -> None:
    """Test the motifs of graphs, and write one page to be handed on: words, pictures, tables and data.

    Several files are also shown side by side.
    """
    checked_path(page)
    keep_input("--output", page, *files)
    sizes = None if size is None else options.sizes(size)
    seed = arguments.seed_or_fresh(seed)
    loaded = graphs.load_all(files, others, clean, quiet)
    models = options.null_models(names, others)
    networks = []
    for file, (graph, read) in zip(files, loaded, strict=True):
        with recording() as warned:
            results = [
                mc.significance(graph, null, size=sizes, samples=samples, seed=seed, num_threads=threads)
                for null in models
            ]
        networks.append(Network(name=file, results=results, graph=graph, read=read, warnings=warned))
    write(page, networks)


def write(page: Path, networks: Sequence[Network]) -> None:
    write_page(page, networks, command=shlex.join(["motifcount", *sys.argv[1:]]))


@contextmanager
def recording() -> Iterator[list[str]]:
    """Yield a list that fills with what is warned of, in the words of the command line; it is printed, too, at once."""
    told: list[str] = []
    show = warnings.showwarning

    def tell(message: Warning | str, *where: Any, **more: Any) -> None:
        told.append(in_options(str(message)))
        show(message, *where, **more)

    with warnings.catch_warnings():
        warnings.showwarning = tell
        yield told
