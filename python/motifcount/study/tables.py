"""From the files of single networks to the tables of the study, one row a fact."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from motifcount.study import similarity, storage
from motifcount.study.config import CONDITIONS, Config
from motifcount.study.motifs import CLASSES, NULLS, file_of
from motifcount.train import Config as Training

Frames = dict[str, pd.DataFrame]


def gather(config: Config, directory: Path) -> Frames:
    """Read the motifs of every network and return the tables.

    ``stages``: loss and size of every network at every stage. ``counts``: its counts by class and block. ``z``: its z
    by null model and class. ``optimum``: mean and spread of z at the optimum. ``conventions``: Z by the authors'
    conventions. ``similarity``: the test of the claim that networks converge.
    """
    stages, counts, z, conventions = [], [], [], []
    for condition, found in _networks(config, directory):
        for stage, loss, batches in zip(found["stages"], found["loss"], found["batches"], strict=True):
            key = {"condition": condition, "network": found["network"], "stage": stage["stage"]}
            key |= {"sparsity": stage["sparsity"], "optimum": stage["stage"] == found["optimum"]}
            size = {"nodes": stage["nodes"], "edges": stage["edges"]}
            stages.append(key | {"loss": math.nan if loss is None else loss, "batches": batches} | size)
            counts += [key | row for row in _count_rows(stage)]
            z += [key | row for row in _z_rows(stage)]
            conventions += [key | row for row in _convention_rows(stage)] if condition == "trained" else []
    frames = {"stages": pd.DataFrame(stages), "counts": pd.DataFrame(counts), "z": pd.DataFrame(z)}
    frames["conventions"] = pd.DataFrame(conventions, columns=_CONVENTION_COLUMNS)
    frames["optimum"] = _optimum(frames["z"])
    frames["similarity"] = _similarity(frames["z"], config)
    return frames


def folder_of(chunk: Training) -> str:
    """The folder of networks that are trained together."""
    return f"networks-{chunk.first_network:04d}-{chunk.first_network + chunk.networks - 1:04d}"


_KEY = ["condition", "network", "stage", "sparsity", "optimum"]
_CONVENTION_COLUMNS = [*_KEY, "motif", "theirs", "correct"]


def _networks(config: Config, directory: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for chunk in config.chunks():
        for condition in CONDITIONS:
            for network in range(chunk.first_network, chunk.first_network + chunk.networks):
                yield condition, storage.read_json(file_of(directory / folder_of(chunk), condition, network))


def _count_rows(stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, count in stage["counts"].items():
        yield {"class": name, "layers": "all", "count": count}
    for name, blocks in stage["by_block"].items():
        for layers, count in blocks:
            yield {"class": name, "layers": "-".join(map(str, layers)), "count": count}


def _z_rows(stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for null, result in stage["z"].items():
        for name, row in result["classes"].items():
            numbers = {key: math.nan if value is None else value for key, value in row.items()}
            yield {
                "null": null,
                "class": name,
                **numbers,
                **{key: result[key] for key in ("samples", "seed", "mixing_warning")},
            }


def _convention_rows(stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for motif, row in stage.get("conventions", {}).items():
        yield {"motif": motif, **{key: math.nan if value is None else value for key, value in row.items()}}


def _optimum(z: pd.DataFrame) -> pd.DataFrame:
    """Mean, spread and number of networks by condition, null model and class, at the stage of the trained optimum."""
    best = z[z["optimum"]]
    grouped = best.groupby(["condition", "null", "class"], sort=False)["z"]
    return grouped.agg(mean="mean", sd="std", median="median", networks="count").reset_index()


def profiles(z: pd.DataFrame, null: str, conditions: tuple[str, ...] = CONDITIONS) -> pd.DataFrame:
    """Significance profiles at the optimum: a row per (condition, network), a column per class that varies in all.

    Networks without any varying class are left out, and so are their twins.
    """
    best = z[z["optimum"] & (z["null"] == null) & (z["status"] == "varies") & z["condition"].isin(conditions)]
    wide = best.pivot(index=["condition", "network"], columns="class", values="z").reindex(columns=list(CLASSES))
    networks = wide.index.get_level_values("network")
    complete = networks.value_counts() == len(conditions)
    wide = wide[networks.isin(complete.index[complete])].dropna(axis=1)
    lengths = np.sqrt((wide**2).sum(axis=1))
    return wide.div(lengths, axis=0)


def _similarity(z: pd.DataFrame, config: Config) -> pd.DataFrame:
    rows = []
    for k, null in enumerate(NULLS):
        for control in CONDITIONS[1:]:
            found = profiles(z, null, ("trained", control))
            n_networks, n_classes = len(found) // 2, found.shape[1]
            if n_networks < 2 or n_classes < similarity.LEAST_CLASSES:
                continue
            ours, theirs = (found.xs(kind, level="condition").sort_index() for kind in ("trained", control))
            seed = int(np.random.SeedSequence([config.seed, k, CONDITIONS.index(control)]).generate_state(1)[0])
            result = similarity.compare(ours.to_numpy(), theirs.to_numpy(), config.permutations, seed)
            rows.append({"null": null, "control": control, "networks": n_networks, "classes": n_classes})
            rows[-1] |= asdict(result)
    columns = ["null", "control", "networks", "classes", *(entry.name for entry in fields(similarity.Comparison))]
    return pd.DataFrame(rows, columns=columns)


def write(frames: Frames, folder: Path) -> dict[str, Path]:
    """Write each table as CSV and JSON and return the CSV files by name."""
    paths = {}
    for name, frame in frames.items():
        paths[name] = folder / f"{name}.csv"
        storage.write_bytes(paths[name], frame.to_csv(index=False).encode())
        storage.write_bytes(folder / f"{name}.json", (frame.to_json(orient="records") + "\n").encode())
    return paths
