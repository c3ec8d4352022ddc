"""The motifs of one network at every stage: counts, and z under three null models."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

import motifcount as mc
from motifcount.mixing import MixingWarning
from motifcount.study import conventions
from motifcount.study.config import Config

NULLS = ("cover", "edge_count", "degree")
"""In the order of what they keep: live nodes, edges per block, degrees."""

SIZES = (2, 3, 4)

CLASSES = ("021D", "021U", "021C", *mc.CLASSES[4])
"""What a strictly layered network can hold of three and four nodes."""

GraphAt = Callable[[int], mc.Graph]


def analyse(graph_at: GraphAt, optimum: int | None, config: Config, network: int, *, threads: int) -> dict[str, Any]:
    """Return, as plain Python objects, what the tables need of one network.

    Parameters
    ----------
    graph_at
        The network's graph by stage, without biases.
    optimum
        The stage that gets `config.samples` random graphs and the authors' conventions too.
    """
    stages = []
    for stage, sparsity in enumerate(config.training.sparsities):
        graph = graph_at(stage).drop_ineffective()
        samples = config.samples if stage == optimum else config.stage_samples
        seed = int(np.random.SeedSequence([config.seed, network, stage]).generate_state(1, np.uint64)[0])
        stages.append(
            {
                "stage": stage,
                "sparsity": sparsity,
                **_shape(graph),
                **_counts(graph, threads),
                "z": {null: _z(graph, null, samples, seed, threads) for null in NULLS},
            }
        )
        if stage == optimum and graph.n_edges:
            stages[-1]["conventions"] = conventions.z_scores(graph, config.stage_samples, seed)
    return {"network": network, "optimum": optimum, "stages": stages}


def _shape(graph: mc.Graph) -> dict[str, Any]:
    masks = graph.to_layers()
    return {
        "nodes": graph.n_nodes,
        "edges": graph.n_edges,
        "nodes_by_layer": [masks[0].shape[0], *(mask.shape[1] for mask in masks)],
        "edges_by_block": [int(mask.nnz) for mask in masks],
    }


def _counts(graph: mc.Graph, threads: int) -> dict[str, Any]:
    found = mc.count(graph, SIZES, by_block=True, num_threads=threads)
    assert found.by_block is not None
    blocks: Mapping[str, Any] = found.by_block
    by_block = {name: [[list(layers), n] for layers, n in blocks[name].items()] for name in CLASSES}
    return {"counts": dict(found), "by_block": by_block}


def _z(graph: mc.Graph, null: str, samples: int, seed: int, threads: int) -> dict[str, Any]:
    exact = null == "edge_count"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = mc.significance(
            graph,
            null,
            size=(3, 4),
            samples=0 if exact else samples,
            seed=seed,
            num_threads=threads,
            progress=False,
        )
    for warning in caught:
        if not issubclass(warning.category, MixingWarning):
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    columns = ("observed", "mean", "std", "z", "z_error", "profile", "status")
    return {
        "samples": result.samples,
        "seed": seed,
        "mixing_warning": any(issubclass(warning.category, MixingWarning) for warning in caught),
        "classes": {name: {column: getattr(result, column)[name] for column in columns} for name in CLASSES},
    }
