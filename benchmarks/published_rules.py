"""Do the published rules of pruning give the published Z? One rule at a time, from the same dense networks.

    python benchmarks/published_rules.py FOLDER [--networks 0 1] [--runs 1500000] [--width 400] [--until 0.75]

Networks are trained as the preset `published` says, and again with one of its rules, or all, replaced by those of the
preset `paper`. The first stage, before any cut, is the same for all and is trained once. Everything is kept in FOLDER,
so the same command goes on where it was; `--tables` only writes the tables of what is there: `rules.csv`, a row per
network, set of rules, stage and motif, and `means.csv`. One thread.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import torch

from motifcount import flight, study, train
from motifcount.study import conventions, storage
from motifcount.train import checkpoints
from motifcount.train.layout import Layout

PUBLISHED = study.preset("published").training
OWN_STOPPING = {name: getattr(study.preset("paper").training, name) for name in ("min_batches", "max_batches")}
RULES: dict[str, dict[str, Any]] = {
    "published": {},
    "biases stay": {"biases_by_weights": False},
    "cut weights stay cut": {"stale_weights": False},
    "each stops by itself": OWN_STOPPING,
    "exact numbers": {"one_fewer": False},
    "all ours": {"biases_by_weights": False, "stale_weights": False, "one_fewer": False} | OWN_STOPPING,
}
"""What each set of rules changes of the preset `published`."""

SAMPLES, SEED = 100, 1


class Enough(Exception):
    """The last stage that was asked for is done."""


def training_of(rules: str, width: int, network: int) -> train.Config:
    """Return the training of one network by a set of rules."""
    widths = (10, width, width, width, 16, 7)
    return replace(PUBLISHED, **RULES[rules], layer_widths=widths, networks=1, first_network=network)


def train_until(config: train.Config, data: flight.Dataset, folder: Path, until: float) -> None:
    """Train the stages up to a sparsity."""

    def before_stage(stage: int) -> None:
        if config.sparsities[stage] > until:
            raise Enough

    tell = teller(str(folder))
    with contextlib.suppress(Enough):
        train.run(config, data, folder, device="cpu", num_threads=1, progress=tell, before_stage=before_stage)


def prune(rules: str, args: argparse.Namespace, network: int, data: flight.Dataset) -> None:
    """Prune a network by a set of rules, from its first stage on, which all sets share."""
    config = training_of(rules, args.width, network)
    place = Path(args.folder) / f"network-{network:04d}"
    folder = place / rules.replace(" ", "-")
    if not checkpoints.path_of(folder, 0).exists():
        dense = training_of("published", args.width, network)
        train_until(dense, data, place / "dense", 0.0)
        layout, source = Layout(config.layer_widths), checkpoints.path_of(place / "dense", 0)
        stack = checkpoints.read_stack(source, dense, layout, torch.device("cpu"))
        folder.mkdir(parents=True, exist_ok=True)
        fingerprint = checkpoints.read_config(source)[1]
        checkpoints.save(folder, 0, config, fingerprint, stack, checkpoints.read_trained(source))
    train_until(config, data, folder, args.until)


def teller(what: str) -> Any:
    """Return a function that prints how far training is, every half minute."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 30:
            last = time.monotonic()
            print(f"{time.strftime('%H:%M:%S')}  {what}: {done} of {total} batches", flush=True)

    return tell


def z_of(run: train.Run, stage: int, path: Path) -> list[dict[str, Any]]:
    """Return the authors' Z of a stage, with and without nodes for biases, computed once."""
    if path.exists():
        return list(storage.read_json(path)["rows"])
    rows = []
    for bias in (False, True):
        graph = run.graph(stage, 0, bias=bias).drop_ineffective()
        key = {"bias_nodes": bias, "nodes": graph.n_nodes, "edges": graph.n_edges}
        for motif, z in conventions.z_scores(graph, SAMPLES, SEED).items():
            rows.append(key | {"motif": motif, "z": z["theirs"]})
    storage.write_json(path, {"rows": rows})
    return rows


def results(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield a row per network, set of rules, stage and motif, of all finished stages."""
    for place in (path / rules.replace(" ", "-") for rules in RULES for path in sorted(folder.glob("network-*"))):
        n_stages = sum(1 for _ in place.glob("stage-*.npz"))
        if n_stages < 2:
            continue
        whole, _ = checkpoints.read_config(checkpoints.path_of(place, 0))
        run = train.Run(first_stages(whole, n_stages), place)
        masks = [run.load_model(stage).mask[0].numpy() for stage in range(n_stages)]
        for stage in range(1, n_stages):
            found = run.stages[stage]
            key = {"network": whole.first_network, "rules": place.name, "sparsity": found.sparsity}
            key |= {"loss": float(found.validation_losses[0]), "batches": int(found.batches[0])}
            key |= {"live_biases": int(sum(kept.sum() for kept in run.biases(stage, 0)))}
            key |= {"came_back": int((masks[stage] & ~masks[stage - 1]).sum())}
            for row in z_of(run, stage, place / f"z-{stage:02d}.json"):
                yield key | row


def first_stages(config: train.Config, n: int) -> train.Config:
    """Return a configuration of the first `n` stages."""
    batches = [config.batches(stage) for stage in range(n)]
    least, most = (tuple(numbers) for numbers in zip(*batches, strict=True))
    return replace(config, sparsities=config.sparsities[:n], min_batches=least, max_batches=most)


def write_tables(folder: Path) -> None:
    """Write the tables and print the means."""
    table = pd.DataFrame(results(folder))
    table.to_csv(folder / "rules.csv", index=False, float_format="%.6g")
    grouped = table.groupby(["bias_nodes", "motif", "rules", "sparsity"], sort=False)["z"]
    means = grouped.agg(mean="mean", sd="std", networks="count").reset_index()
    means.to_csv(folder / "means.csv", index=False, float_format="%.4g")
    shown = means[means["motif"].isin(["2nd-order diverging", "bi-fan", "bi-parallel"])]
    wide = shown.pivot_table(index=["bias_nodes", "motif", "rules"], columns="sparsity", values="mean", sort=False)
    print(wide.round(1).to_string())


def main() -> None:
    """Train what is missing, network by network, then write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--networks", type=int, nargs="+", default=[0, 1, 2, 3])
    parser.add_argument("--rules", nargs="+", choices=RULES, default=list(RULES))
    parser.add_argument("--runs", type=int, default=1_500_000)
    parser.add_argument("--width", type=int, default=400)
    parser.add_argument("--until", type=float, default=0.75)
    parser.add_argument("--tables", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if not args.tables:
        data = flight.generate(Path(args.folder) / "flight", args.runs, seed=PUBLISHED.seed, num_threads=1)
        for network in args.networks:
            for rules in args.rules:
                prune(rules, args, network, data)
    write_tables(Path(args.folder))


if __name__ == "__main__":
    main()
