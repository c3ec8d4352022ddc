"""The command `motifcount`."""

from __future__ import annotations

import json
import platform
import sys
import warnings
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import scipy
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import motifcount as mc
from motifcount import _threads, files, tables

app = typer.Typer(
    help="Count the motifs of a directed graph, and tell which are more or less frequent than chance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_PREFIX = "dataset:"


class NullName(StrEnum):
    """Names of the null models, as an option."""

    degree = "degree"
    edge_count = "edge_count"
    cover = "cover"


File = Annotated[str, typer.Argument(metavar="FILE", help="A graph file, or dataset:NAME for a packaged network.")]
Size = Annotated[str, typer.Option(help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4.")]
Layers = Annotated[
    str | None, typer.Option(help='"infer", or a file with one integer a node (.npy or text). Masks know theirs.')
]
Bias = Annotated[bool, typer.Option("--bias", help="Make biases edges too (masks and state dicts).")]
Clean = Annotated[bool, typer.Option("--clean", help="First drop nodes that cannot matter between input and output.")]
Threads = Annotated[int | None, typer.Option("--threads", "-j", help="Threads; the result never depends on it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


@app.command()
def count(
    file: File,
    size: Size = "2,3",
    subgraph: Annotated[bool, typer.Option("--subgraph", help="Count subgraphs, not induced motifs.")] = False,
    layers: Layers = None,
    bias: Bias = False,
    clean: Clean = False,
    threads: Threads = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Count every motif class of a graph."""
    _one_format(as_json, as_csv)
    graph = _load(file, layers, bias, clean)
    counts = mc.count(graph, _sizes(size), induced=not subgraph, num_threads=threads)
    if as_json:
        _print_json({"graph": _facts(file, graph), "induced": not subgraph, "counts": dict(counts)})
    elif as_csv:
        sys.stdout.write(tables.counts_csv(counts))
    else:
        _print_table(tables.describe(graph, file), tables.count_table(counts))


@app.command()
def significance(
    file: File,
    null: Annotated[NullName, typer.Option(help="What the random graphs keep.")] = NullName.degree,
    size: Annotated[str | None, typer.Option(help="2, 3, 4 or a list; default 3, and 4 if it can be counted.")] = None,
    samples: Annotated[int, typer.Option(help="Number of random graphs.")] = 1000,
    seed: Annotated[int | None, typer.Option(help="Same seed, same result.")] = None,
    swaps_per_edge: Annotated[float | None, typer.Option(help="Length of the chain of the degree null.")] = None,
    layers: Layers = None,
    bias: Bias = False,
    clean: Clean = False,
    show_all: Annotated[bool, typer.Option("--all", help="Also show classes that cannot occur.")] = False,
    threads: Threads = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Hold the motif counts of a graph against those of random graphs."""
    _one_format(as_json, as_csv)
    graph = _load(file, layers, bias, clean)
    if swaps_per_edge is not None and null is not NullName.degree:
        raise ValueError("--swaps-per-edge belongs to --null degree")
    model = null.value if swaps_per_edge is None else mc.nulls.Degree(swaps_per_edge)
    sizes = _default_sizes(graph) if size is None else _sizes(size)
    result = mc.significance(graph, model, size=sizes, samples=samples, seed=seed, num_threads=threads)
    if as_json:
        _print_json({"graph": _facts(file, graph), **json.loads(result.to_json())})
    elif as_csv:
        sys.stdout.write(tables.significance_csv(result))
    else:
        title = f"{tables.describe(graph, file)}; null model {null.value}, {samples:,} samples, seed {result.seed}"
        _print_table(title, tables.significance_table(result, show_all=show_all))


@app.command()
def info(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A graph file to describe.")] = None,
    layers: Layers = None,
    bias: Bias = False,
    as_json: AsJson = False,
) -> None:
    """Describe a graph file, or, without one, this installation."""
    if file is None:
        rows: dict[str, object] = {
            **mc.build_config(),
            "threads": _threads.effective(None),
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "datasets": ", ".join(mc.datasets.NAMES),
        }
    else:
        rows = _facts(file, _load(file, layers, bias, clean=False))
    if as_json:
        _print_json(rows)
    else:
        _print_table(file or "motifcount", tables.key_value_table(rows))


def _load(file: str, layers: str | None, bias: bool, clean: bool) -> mc.Graph:
    if file.startswith(_PREFIX):
        if layers is not None:
            raise ValueError("--layers must not be given for a packaged network, which knows its own")
        graph = mc.datasets.load(file.removeprefix(_PREFIX), bias=bias)
    else:
        graph = files.read_graph(file, layers=_read_layers(layers), bias=bias)
    return graph.drop_ineffective() if clean else graph


def _read_layers(layers: str | None) -> str | np.ndarray | None:
    if layers is None or layers == "infer":
        return layers
    path = Path(layers)
    try:
        return np.load(path) if path.suffix == ".npy" else np.loadtxt(path, dtype=np.int64, ndmin=1)
    except ValueError as error:
        raise ValueError(f'--layers must be "infer" or a file of integers: {path}: {error}') from error


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"--size must be 2, 3, 4 or a list such as 3,4, not {text!r}") from None


def _default_sizes(graph: mc.Graph) -> tuple[int, ...]:
    strict = graph.layers is not None and graph.is_strictly_layered()
    return (3, 4) if strict else (3,)


def _facts(file: str, graph: mc.Graph) -> dict[str, object]:
    layers = graph.layers
    return {
        "file": file,
        "nodes": graph.n_nodes,
        "edges": graph.n_edges,
        "layers": None if layers is None else np.unique(layers, return_counts=True)[1].tolist(),
        "strictly layered": graph.is_strictly_layered(),
        "highest in-degree": int(graph.in_degrees().max(initial=0)),
        "highest out-degree": int(graph.out_degrees().max(initial=0)),
    }


def _one_format(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise ValueError("--json and --csv exclude each other")


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, indent=2, allow_nan=False) + "\n")


def _print_table(title: str, table: Table) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=140)
    console.print(f"[bold]{escape(title)}[/bold]", highlight=False)
    console.print(table)


def _print_warning(message: Warning | str, *_args: object, **_kwargs: object) -> None:
    sys.stderr.write(f"motifcount: warning: {message}\n")


def main() -> None:
    """Run the command; expected errors become one line on standard error and exit status 2."""
    warnings.showwarning = _print_warning
    try:
        app()
    except (ValueError, TypeError, NotImplementedError, OSError, MemoryError) as error:
        sys.stderr.write(f"motifcount: {str(error) or type(error).__name__}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("motifcount: interrupted\n")
        sys.exit(130)
