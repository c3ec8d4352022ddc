"""The graph that FILE and its options name."""

from __future__ import annotations

import warnings

import numpy as np

import motifcount as mc
from motifcount import files
from motifcount._support import arguments
from motifcount.files import arrays

_PREFIX = "dataset:"


def load(file: str, layers: str | None, bias: bool, clean: bool) -> mc.Graph:
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
            return arrays.load_npy(path)
        with warnings.catch_warnings(action="ignore"):  # of an empty file
            return np.loadtxt(path, dtype=np.int64, ndmin=1)
    except (ValueError, MemoryError) as error:
        raise ValueError(f'--layers must be "infer" or a file of integers: {path}: {error}') from error


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
