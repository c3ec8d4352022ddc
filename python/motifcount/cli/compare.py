"""``motifcount compare``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Literal

import click

import motifcount as mc
from motifcount.cli import graphs, options, output
from motifcount.present import text


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--groups", metavar="A,A,B,…", help="A label for each FILE, to test whether networks of a group are alike."
)
@click.option("--measure", type=click.Choice(["cosine", "correlation"]), default="cosine", help="Of the profiles.")
@options.NULL
@click.option("--size", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4; default 4 for strict layers, else 3.")
@options.SAMPLES
@click.option("--permutations", default=9999, help="All labelings if there are no more, else so many random ones.")
@options.combined(options.SEED, options.NULL_OPTIONS)
@click.option("--plot", type=Path, metavar="FILE", help="Also draw a heat map with a tree (.svg, .png, .pdf).")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def compare(
    files: tuple[str, ...],
    groups: str | None,
    measure: Any,
    null: str,
    size: str | None,
    samples: int | Literal["auto"],
    permutations: int,
    seed: int | None,
    plot: Path | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
    **others: Any,
) -> None:
    """Tell how alike the networks of several FILES are in their motifs."""
    options.one_format(as_json, as_csv)
    if plot is not None:
        mc.plots.check_output(plot)
    names = [Path(file).name for file in files]
    loaded = graphs.load_all(files, others, clean, quiet)
    shown = names if len(set(names)) == len(names) else files
    networks = {name: graph for name, (graph, _) in zip(shown, loaded, strict=True)}
    model = options.null_model(null, others)
    found = mc.compare(
        networks,
        None if groups is None else groups.split(","),
        measure=measure,
        null=model,
        size=None if size is None else options.sizes(size),
        samples=samples,
        permutations=permutations,
        seed=seed,
        num_threads=threads,
    )
    if plot is not None:
        mc.plots.save(mc.plots.plot_comparison(found), plot)
    if as_json:
        output.print_json(json.loads(found.to_json()))
    elif as_csv:
        sys.stdout.write(text.comparison_csv(found))
    else:
        drawn = "exact" if samples == 0 else f"samples of each: {samples}"
        title = (
            f"{found.measure} of z in {len(found.classes)} classes that vary in all; null model {model.title}, {drawn}"
        )
        output.print_table(title, text.comparison_table(found))
        if found.left_out:
            output.print_wrapped(text.left_out(found))
        if found.test is not None:
            output.print_wrapped(text.group_test(found.test))
