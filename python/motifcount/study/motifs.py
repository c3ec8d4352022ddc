"""The motifs of one network at every stage: counts, and z under three null models."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import motifcount as mc
from motifcount import train
from motifcount.mixing import MixingWarning
from motifcount.study import conventions, storage
from motifcount.study.config import CONDITIONS, Config

NULLS = {"cover": "samples", "edge_count": "closed forms", "degree": "samples"}
"""In the order of what they keep: live nodes, edges per block, degrees."""

SIZES = (2, 3, 4)

CLASSES = ("021D", "021U", "021C", *mc.LAYERED_TETRADS)
"""What a strictly layered network can hold of three and four nodes."""

_FORMAT = 2

GraphAt = Callable[[int], mc.Graph]


def file_of(folder: Path, condition: str, network: int) -> Path:
    """Return the file of a network's motifs."""
    return folder / "motifs" / f"{condition}-{network:04d}.json"


def identity(
    run: train.Run, config: Config, condition: str, network: int, position: int, optimum: int | None
) -> dict[str, Any]:
    """Return what a file of motifs belongs to: network, losses, optimum, random graphs. Other losses, other network."""
    return {
        "format": _FORMAT,
        "seed": config.seed,
        "sparsities": list(config.training.sparsities),
        "samples": config.samples,
        "stage_samples": config.stage_samples,
        "condition": condition,
        "network": network,
        "optimum": optimum,
        "loss": [float(stage.validation_losses[position]) for stage in run.stages],
        "batches": [int(stage.batches[position]) for stage in run.stages],
    }


def is_current(path: Path, made: Mapping[str, Any]) -> bool:
    """Whether a file holds the motifs of this network; a damaged one, or of another network, is made anew."""
    try:
        found = storage.read_json(path)
    except (FileNotFoundError, ValueError):
        return False
    return isinstance(found.get("stages"), list) and all(found.get(key) == value for key, value in made.items())


def units(made: Mapping[str, Any], config: Config) -> int:
    """Return the random graphs that :func:`analyse` draws of a network at most, which is how long it takes."""
    n_sampled = sum(how == "samples" for how in NULLS.values())
    total = n_sampled * config.stage_samples * len(config.training.sparsities)
    if made["optimum"] is None:
        return total
    own = config.samples if made["condition"] == "trained" else 0
    return total + n_sampled * (config.samples - config.stage_samples) + own


def analyse(
    graph_at: GraphAt,
    made: Mapping[str, Any],
    config: Config,
    threads: int,
    report: Callable[[int], object] | None = None,
) -> list[dict[str, Any]]:
    """Return, as plain Python objects, what the tables need of one network, stage by stage.

    Parameters
    ----------
    graph_at
        The network's graph by stage, without biases.
    made
        Its :func:`identity`. The optimum gets `config.samples` random graphs, and of a trained network the authors'
        conventions too.
    report
        Told how many of the network's :func:`units` are done.
    """
    stages: list[dict[str, Any]] = []
    done = 0

    def counting(samples: int) -> Callable[[int, int], object]:
        """Return what reports on so many random graphs that follow those before."""
        nonlocal done
        before, done = done, done + samples
        return lambda n, _total: report(before + n) if report is not None else None

    for stage, sparsity in enumerate(config.training.sparsities):
        graph = graph_at(stage).drop_ineffective()
        at_optimum = stage == made["optimum"]
        samples = config.samples if at_optimum else config.stage_samples
        seeds = _seeds(config.seed, made["network"], stage, CONDITIONS.index(made["condition"]))
        found = {"stage": stage, "sparsity": sparsity, **_shape(graph), **_counts(graph, threads), "z": {}}
        for (null, how), seed in zip(NULLS.items(), seeds, strict=False):
            n = samples if how == "samples" else 0
            found["z"][null] = _z(graph, null, n, seed, threads, counting(n))
        if at_optimum and made["condition"] == "trained" and graph.n_edges:
            found["conventions"] = conventions.z_scores(graph, samples, seeds[-1], counting(samples))
        stages.append(found)
    return stages


def _seeds(*key: int) -> list[int]:
    """One seed for each null model, and one for the authors' conventions."""
    seeds: list[int] = np.random.SeedSequence(key).generate_state(len(NULLS) + 1, np.uint64).tolist()
    return seeds


def _shape(graph: mc.Graph) -> dict[str, Any]:
    masks = graph.to_layers()
    return {
        "nodes": graph.n_nodes,
        "edges": graph.n_edges,
        "nodes_by_layer": [masks[0].shape[0], *(mask.shape[1] for mask in masks)],
        "edges_by_block": [int(mask.nnz) for mask in masks],
    }


def _counts(graph: mc.Graph, threads: int) -> dict[str, Any]:
    found = mc.count(graph, SIZES, by_block=True, num_threads=threads, progress=False)
    assert found.by_block is not None
    blocks: Mapping[str, Any] = found.by_block
    by_block = {name: [[list(layers), n] for layers, n in blocks[name].items()] for name in CLASSES}
    return {"counts": dict(found), "by_block": by_block}


def _z(
    graph: mc.Graph, null: str, samples: int, seed: int, threads: int, progress: Callable[[int, int], object]
) -> dict[str, Any]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = mc.significance(
            graph,
            null,
            size=(3, 4),
            samples=samples,
            seed=seed,
            num_threads=threads,
            progress=progress,
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
