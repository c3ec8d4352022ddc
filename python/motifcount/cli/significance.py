"""``motifcount significance``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

import motifcount as mc
from motifcount.cli import graphs, options, output
from motifcount.present import text


@click.command()
@click.argument("file")
@options.NULL
@click.option("--size", help="2, 3, 4 or a list such as 3,4; default 3, and 4 if it can be counted.")
@click.option("--samples", default=1000, help="Number of random graphs.")
@options.combined(options.SEED, options.NULL_OPTIONS)
@click.option("--all", "show_all", is_flag=True, help="Also show classes that cannot occur.")
@click.option("--plot", type=Path, metavar="FILE", help="Also draw z by class (.svg, .png, .pdf).")
@options.combined(options.INPUT, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def significance(
    file: str,
    null: str,
    size: str | None,
    samples: int,
    seed: int | None,
    show_all: bool,
    plot: Path | None,
    layers: str | None,
    bias: bool,
    clean: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
    **null_options: Any,
) -> None:
    """Hold the motif counts of a graph against those of random graphs."""
    options.one_format(as_json, as_csv)
    if plot is not None:
        mc.plots.check_output(plot)
    graph = graphs.load(file, layers, bias, clean)
    model = options.null_model(null, null_options)
    sizes = _default_sizes(graph) if size is None else options.sizes(size)
    result = mc.significance(graph, model, size=sizes, samples=samples, seed=seed, num_threads=threads)
    if plot is not None:
        mc.plots.save(mc.plots.plot_significance(result), plot)
    if as_json:
        output.print_json({"graph": graphs.facts(file, graph), **json.loads(result.to_json())})
    elif as_csv:
        sys.stdout.write(text.significance_csv(result))
    else:
        title = f"{text.describe(graph, file)}; null model {null}, {samples:,} samples, seed {result.seed}"
        output.print_table(title, text.significance_table(result, show_all=show_all, width=output.console().width))
        for name in result.classes:
            if result.status[name] == "dependent":
                sys.stdout.write(f"  {name} = {result.relations[name]}\n")


def _default_sizes(graph: mc.Graph) -> tuple[int, ...]:
    strict = graph.layers is not None and graph.is_strictly_layered()
    return (3, 4) if strict else (3,)
