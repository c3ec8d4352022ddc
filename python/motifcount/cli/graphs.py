"""The graph that FILE and its options name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
import numpy as np

import motifcount as mc
from motifcount import files
from motifcount._support import arguments
from motifcount.cli import columns, options
from motifcount.files import ReadReport

_PREFIX = "dataset:"

_Loaded = tuple[mc.Graph, ReadReport | None]


def load(file: str, given: dict[str, Any], clean: bool = False) -> _Loaded:
    """Return the graph that FILE and the given :data:`options.INPUT` name, and how a file was read."""
    return _load(file, options.input_options(given), clean)


def load_all(files: Sequence[str], given: dict[str, Any], clean: bool, quiet: bool) -> list[_Loaded]:
    """Return what :func:`load` returns of each FILE, all read alike, and :func:`tell` how."""
    options.refuse_twice("FILES must be different", files)
    said = options.input_options(given)
    loaded = []
    for file in files:
        graph, report = _load(file, said, clean)
        tell(file, report, quiet)
        loaded.append((graph, report))
    return loaded


def _load(file: str, said: dict[str, Any], clean: bool) -> _Loaded:
    report = None
    if file.startswith(_PREFIX):
        if said["layers"] is not None:
            raise ValueError("--layers must not be given for a packaged network, which knows its own")
        if others := [name for name, value in said.items() if value is not None and name not in ("bias", "layers")]:
            raise ValueError(f"--{others[0]} must not be given for a packaged network")
        graph = mc.datasets.load(file.removeprefix(_PREFIX), bias=said["bias"])
    else:
        if file != "-":
            arguments.readable("FILE", arguments.path("FILE", file))
        graph, report = files.read_with_report(file, door=columns.DOOR, **said)
    return graph.drop_ineffective() if clean else graph, report


def tell(file: str, report: ReadReport | None, quiet: bool) -> None:
    """Tell on standard error, in one line, how a file was read."""
    if report is not None and not quiet:
        click.echo(f"motifcount: read {file} as {' '.join(report.line().split())}", err=True)


def facts(file: str, graph: mc.Graph) -> dict[str, object]:
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
