"""``motifcount info``."""

from __future__ import annotations

import platform

import click
import numpy as np
import scipy

import motifcount as mc
from motifcount._support.threads import effective_threads
from motifcount.cli import graphs, options, output
from motifcount.present import text


@click.command()
@click.argument("file", required=False)
@options.combined(options.INPUT, options.JSON)
def info(file: str | None, layers: str | None, bias: bool, as_json: bool) -> None:
    """Describe a graph file, or, without one, this installation."""
    if file is None and (layers is not None or bias):
        raise ValueError("--layers and --bias need a FILE")
    if file is None:
        rows: dict[str, object] = {
            **mc.build_config(),
            "threads": effective_threads(None),
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "datasets": ", ".join(mc.datasets.NAMES),
        }
    else:
        rows = graphs.facts(file, graphs.load(file, layers, bias, clean=False))
    if as_json:
        output.print_json(rows)
    else:
        output.print_table(file or "motifcount", text.key_value_table(rows))
