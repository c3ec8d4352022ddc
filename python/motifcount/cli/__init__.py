"""The command `motifcount`."""

from __future__ import annotations

import json
import math
import platform
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
import scipy.sparse
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import motifcount as mc
from motifcount import files
from motifcount._support import arguments, atomic
from motifcount._support.threads import effective_threads
from motifcount.present import text

_PREFIX = "dataset:"
_PRESETS = ("default", "paper")


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Combine option decorators, shown in the order given."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_INPUT = _options(
    click.option(
        "--layers", metavar="FILE", help='"infer", or a file with one integer a node (.npy or text). Masks know theirs.'
    ),
    click.option("--bias", is_flag=True, help="Make biases edges too (masks and state dicts)."),
)
_NULL = click.option(
    "--null", type=click.Choice(["degree", "edge_count", "cover"]), default="degree", help="What random graphs keep."
)
_SEED = click.option("--seed", type=int, help="Same seed, same result.")
_SWAPS = click.option("--swaps-per-edge", type=float, help="Length of the chain of the degree null.")
_MUTUAL = click.option("--keep-mutual", is_flag=True, help="Degree null: also keep each node's mutual edges.")
_CLEAN = click.option("--clean", is_flag=True, help="First drop nodes that cannot matter between input and output.")
_THREADS = click.option("--threads", "-j", type=int, help="Threads; the result never depends on it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(mc.__version__, prog_name="motifcount")
def app() -> None:
    """Count the motifs of a directed graph, and tell which are more or less frequent than chance.

    FILE is a graph file (.npz, .npy, .mtx, .tsv, .csv, .txt, .edges, .el, .graphml, .pt, .pth, .safetensors; text also
    as .gz), or dataset:NAME for a network that comes with the package (dataset:pendulum,
    dataset:hawkmoth).
    """


@app.command()
@click.argument("file")
@click.option("--size", default="2,3", help="Nodes of the motifs: 2, 3, 4 or a list such as 3,4.")
@click.option("--subgraph", is_flag=True, help="Count subgraphs, not induced motifs.")
@_options(_INPUT, _CLEAN, _THREADS, _JSON, _CSV)
def count(
    file: str,
    size: str,
    subgraph: bool,
    layers: str | None,
    bias: bool,
    clean: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Count every motif class of a graph."""
    _one_format(as_json, as_csv)
    graph = _load(file, layers, bias, clean)
    counts = mc.count(graph, _sizes(size), induced=not subgraph, num_threads=threads)
    if as_json:
        _print_json({"graph": _facts(file, graph), "induced": not subgraph, "counts": dict(counts)})
    elif as_csv:
        sys.stdout.write(text.counts_csv(counts))
    else:
        _print_table(text.describe(graph, file), text.count_table(counts))


@app.command()
@click.argument("file")
@_NULL
@click.option("--size", help="2, 3, 4 or a list such as 3,4; default 3, and 4 if it can be counted.")
@click.option("--samples", default=1000, help="Number of random graphs.")
@_options(_SEED, _SWAPS, _MUTUAL)
@click.option("--all", "show_all", is_flag=True, help="Also show classes that cannot occur.")
@click.option("--plot", type=Path, metavar="FILE", help="Also draw z by class (.svg, .png, .pdf).")
@_options(_INPUT, _CLEAN, _THREADS, _JSON, _CSV)
def significance(
    file: str,
    null: str,
    size: str | None,
    samples: int,
    seed: int | None,
    swaps_per_edge: float | None,
    keep_mutual: bool,
    show_all: bool,
    plot: Path | None,
    layers: str | None,
    bias: bool,
    clean: bool,
    threads: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Hold the motif counts of a graph against those of random graphs."""
    _one_format(as_json, as_csv)
    if plot is not None:
        mc.plots.check_output(plot)
    graph = _load(file, layers, bias, clean)
    model = _null(null, swaps_per_edge, keep_mutual)
    sizes = _default_sizes(graph) if size is None else _sizes(size)
    result = mc.significance(graph, model, size=sizes, samples=samples, seed=seed, num_threads=threads)
    if plot is not None:
        mc.plots.save(mc.plots.plot_significance(result), plot)
    if as_json:
        _print_json({"graph": _facts(file, graph), **json.loads(result.to_json())})
    elif as_csv:
        sys.stdout.write(text.significance_csv(result))
    else:
        title = f"{text.describe(graph, file)}; null model {null}, {samples:,} samples, seed {result.seed}"
        _print_table(title, text.significance_table(result, show_all=show_all, width=_console().width))
        for name in result.classes:
            if result.status[name] == "dependent":
                sys.stdout.write(f"  {name} = {result.relations[name]}\n")


@app.command()
@click.argument("file")
@click.option("--output", "-o", required=True, metavar="OUT.npz", help="Where the random graph goes.")
@_options(_NULL, _SEED, _SWAPS, _MUTUAL, _INPUT, _CLEAN, _THREADS)
def randomize(
    file: str,
    output: str,
    null: str,
    seed: int | None,
    swaps_per_edge: float | None,
    keep_mutual: bool,
    layers: str | None,
    bias: bool,
    clean: bool,
    threads: int | None,
) -> None:
    """Draw a random graph and write it into OUT.npz, as a scipy.sparse matrix of the same nodes."""
    path = arguments.path("--output", output)
    if path.suffix != ".npz":
        raise ValueError(f"--output must be a .npz file, not {arguments.shown(output)}")
    arguments.writable(path)
    model, fresh = _null(null, swaps_per_edge, keep_mutual), arguments.seed_or_fresh(seed)
    graph = mc.randomize(_load(file, layers, bias, clean), model, seed=fresh, num_threads=threads)
    with atomic.writing(path) as stream:
        scipy.sparse.save_npz(stream, graph.to_scipy())
    click.echo(f"{text.describe(graph, output)}; null model {null}, seed {fresh}")


@app.command()
@click.argument("directory", default="motifcount-study")
@click.option(
    "--preset",
    default="default",
    metavar="NAME",
    help='"default" (minutes on two cores) or "paper" (full size, for a GPU).',
)
@click.option(
    "--networks",
    type=click.IntRange(1, 10**6),
    help="How many networks to train; default as before, or that of the preset.",
)
@click.option(
    "--seed", type=click.IntRange(0, arguments.MAX_SEED), help="Same seed, same study; default that of the preset."
)
@click.option("--stop-after", type=float, metavar="MINUTES", help="Begin no new step after this time.")
@click.option("--device", help="Where to train: cpu, cuda, …; default a GPU if there is one.")
@_options(_THREADS)
def study(
    directory: str,
    preset: str,
    networks: int | None,
    seed: int | None,
    stop_after: float | None,
    device: str | None,
    threads: int | None,
) -> None:
    """Simulate, train, prune, count and report: the hawkmoth study, in DIRECTORY.

    Stopped at any point, the same command continues where it was. Exit status 75 says that --stop-after stopped it.
    """
    arguments.choice("--preset", preset, _PRESETS)  # and what else can be told before torch is imported
    effective_threads(threads)
    if stop_after is not None:
        arguments.number("--stop-after", stop_after, "a number of minutes, 0 or more", lambda x: 0 <= x < math.inf)
    if arguments.path("directory", directory).is_file():
        raise ValueError(f"directory must be a folder, new or of a study, not the file {directory}")

    from motifcount import study as studies

    config = studies.preset(preset)
    if networks is None:
        networks = studies.networks_of(directory)
    if networks is not None:
        config = config.with_networks(networks)
    if seed is not None:
        config = config.with_seed(seed)
    try:
        result = studies.run(config, directory, stop_after=stop_after, device=device, num_threads=threads, say=_say)
    except studies.Paused as pause:
        click.echo(str(pause))
        sys.exit(75)  # "try again later"
    click.echo(f"report: {result.report}")


def _say(text: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')}  {text}", err=True)


@app.command()
@click.argument("file", required=False)
@_options(_INPUT, _JSON)
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
        rows = _facts(file, _load(file, layers, bias, clean=False))
    if as_json:
        _print_json(rows)
    else:
        _print_table(file or "motifcount", text.key_value_table(rows))


def _null(name: str, swaps_per_edge: float | None, keep_mutual: bool) -> str | mc.nulls.Null:
    if name != "degree":
        if swaps_per_edge is not None or keep_mutual:
            raise ValueError("--swaps-per-edge and --keep-mutual belong to --null degree")
        return name
    if swaps_per_edge is None:
        return mc.nulls.Degree(keep_mutual=keep_mutual)
    return mc.nulls.Degree(swaps_per_edge, keep_mutual)


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
    path = arguments.path("--layers", layers)
    arguments.readable("--layers", path)
    try:
        if path.suffix == ".npy":
            return files.load_npy(path)
        with warnings.catch_warnings(action="ignore"):  # of an empty file
            return np.loadtxt(path, dtype=np.int64, ndmin=1)
    except (ValueError, MemoryError) as error:
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


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=text.WIDE)


def _print_table(title: str, table: Table) -> None:
    console = _console()
    console.print(f"[bold]{escape(title)}[/bold]", highlight=False)
    console.print(table)


def _print_warning(message: Warning | str, *_args: object, **_kwargs: object) -> None:
    sys.stderr.write(f"motifcount: warning: {message}\n")


def main() -> None:
    """Run the command; expected errors become one line on standard error and exit status 2."""
    warnings.showwarning = _print_warning
    try:
        sys.exit(app(standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        sys.stderr.write(f"motifcount: {' '.join(error.format_message().split())}; see motifcount --help\n")
        sys.exit(error.exit_code)
    except (ArithmeticError, ImportError, MemoryError, NotImplementedError, OSError, TypeError, ValueError) as error:
        sys.stderr.write(f"motifcount: {str(error) or type(error).__name__}\n")
        sys.exit(2)
    except click.Abort:
        sys.stderr.write("motifcount: interrupted\n")
        sys.exit(130)
