"""``motifcount significance``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Literal

import click

import motifcount as mc
from motifcount.cli import graphs, options, output
from motifcount.cli import report as report_file
from motifcount.cli.selection import Selection, selection
from motifcount.present import relations, text
from motifcount.reports.report import Network, checked_path


@click.command()
@click.argument("file")
@options.NULL
@click.option("--size", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4; default 4 for strict layers, else 3.")
@click.option("--by-kind", is_flag=True, help="Test dyads and triads by the kinds of their edges.")
@options.SAMPLES
@options.combined(options.SEED, options.NULL_OPTIONS)
@click.option("--all", "show_all", is_flag=True, help="Also show classes that cannot occur.")
@selection("z", "z, over or under")
@click.option("--plot", type=Path, metavar="FILE", help="Also draw z by class (.svg, .png, .pdf).")
@click.option("--report", "page", type=Path, metavar="FILE", help="Also write a page to be handed on (.html).")
@options.combined(options.INPUT, options.QUIET, options.CLEAN, options.THREADS, options.JSON, options.CSV)
def significance(
    file: str,
    null: str,
    size: str | None,
    by_kind: bool,
    samples: int | Literal["auto"],
    seed: int | None,
    show_all: bool,
    plot: Path | None,
    page: Path | None,
    clean: bool,
    quiet: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
    **others: Any,
) -> None:
    """Hold the motif counts of a graph against those of random graphs."""
    options.one_format(as_json, as_csv)
    selected = Selection.taken_from(others)
    if plot is not None:
        mc.plots.check_output(plot)
    if page is not None:
        checked_path(page)
    graph, report = graphs.load(file, others, clean)
    model = options.null_model(null, others)
    sizes = None if size is None else options.sizes(size)
    with report_file.recording() as warned:
        result = mc.significance(
            graph, model, size=sizes, by_kind=by_kind, samples=samples, seed=seed, num_threads=threads
        )
    if page is not None:
        network = Network(name=file, results=[result], graph=graph, read=report, warnings=warned)
        report_file.write(page, [network])
    shown = result.classes if show_all else result.shown_classes
    names = selected.of(result.classes, shown, result.z.__getitem__)
    if plot is not None:
        chosen = names if show_all or selected.is_given else None
        mc.plots.save(mc.plots.plot_significance(result, names=chosen), plot)
    graphs.tell(file, report, quiet)
    if as_json:
        output.print_json({"graph": graphs.facts(file, graph), **json.loads(result.to_json())})
    elif as_csv:
        sys.stdout.write(text.significance_csv(result))
    else:
        drawn = f"{result.samples:,} samples, seed {result.seed}" if result.samples else "exact"
        title = f"{text.describe(graph, file)}; null model {model.title}, {drawn}"
        width, in_ascii = output.console().width, not output.has_arrows()
        table = text.significance_table(result, show_all=show_all, width=width, names=names, in_ascii=in_ascii)
        output.print_table(title, table)
        dependent = {name: result.relations[name] for name in names if result.status[name] == "dependent"}
        if dependent:
            click.echo("Dependent classes, whose z is no finding of its own:")
        for sentence in relations.sentences(dependent):
            output.print_wrapped(sentence)
