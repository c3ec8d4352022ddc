"""Do the published rules of training and pruning give the published Z? One rule at a time.

    python benchmarks/published_rules.py FOLDER [--networks 0 1] [--rules RULES ...] [--runs 1500000] [--until 0.75]

Networks are trained as the preset `published` says, and again with one of its rules, or all, replaced by those of the
preset `paper`. Networks that differ in their pruning alone have their first stage, before any cut, in common.
Everything is kept in FOLDER, so the same command goes on where it was; `--rules dense` trains first stages only, and
`--tables` only writes what is there, `rules.csv`: Z by the authors' conventions, a row per network, set of rules, stage
and motif, of networks that were pruned stage by stage and of first stages that were cut at once and not trained again;
with biases as nodes and without, and with nodes that cannot matter left in. One thread.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import torch

import motifcount as mc
from motifcount import flight, study, train
from motifcount.study import conventions, storage
from motifcount.train import checkpoints
from motifcount.train.layout import Layout
from motifcount.train.pruning import cut
from motifcount.train.stack import Stack

PUBLISHED = study.preset("published").training
OURS = {"biases_by_weights": False, "stale_weights": False, "one_fewer": False, "epsilon": 1e-8}
OWN_STOPPING = {name: getattr(study.preset("paper").training, name) for name in ("min_batches", "max_batches")}
RULES: dict[str, dict[str, Any]] = {
    "published": {},
    "a loss for each network": {"epsilon": OURS["epsilon"]},
    "biases stay": {"biases_by_weights": False},
    "cut weights stay cut": {"stale_weights": False},
    "each stops by itself": OWN_STOPPING,
    "exact numbers": {"one_fewer": False},
    "all ours": OURS | OWN_STOPPING,
}
"""What each set of rules changes of the preset `published`."""

SAMPLES, SEED = 40, 1
LITTLE_IS_LEFT = 0.75  # from here on biases and nodes that cannot matter make a difference
PUBLISHED_STAGES = (0.15, 0.35, 0.55, 0.75, 0.93)  # of which Z is published
CPU = torch.device("cpu")


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


def teller(what: str) -> Callable[[int, int], None]:
    """Return a function that prints how far training is, every 15 seconds."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 15:
            last = time.monotonic()
            print(f"{time.strftime('%H:%M:%S')}  {what}: {done} of {total} batches", flush=True)

    return tell


def first_stage(rules: str, args: argparse.Namespace, network: int, data: flight.Dataset) -> Path:
    """Return the file of a first stage, after training it if need be; those of one epsilon are the same."""
    config = replace(training_of("published", args.width, network), epsilon=training_of(rules, 1, 0).epsilon)
    folder = Path(args.folder) / f"network-{network:04d}" / f"dense-{config.epsilon:g}"
    train_until(config, data, folder, 0.0)
    return checkpoints.path_of(folder, 0)


def prune(rules: str, args: argparse.Namespace, network: int, data: flight.Dataset) -> None:
    """Prune a network by a set of rules, from its first stage on."""
    config = training_of(rules, args.width, network)
    folder = Path(args.folder) / f"network-{network:04d}" / rules.replace(" ", "-")
    if not checkpoints.path_of(folder, 0).exists():
        source = first_stage(rules, args, network, data)
        made, fingerprint = checkpoints.read_config(source)
        stack = checkpoints.read_stack(source, made, Layout(config.layer_widths), CPU)
        folder.mkdir(parents=True, exist_ok=True)
        checkpoints.save(folder, 0, config, fingerprint, stack, checkpoints.read_trained(source))
    train_until(config, data, folder, args.until)


def graphs(folder: Path) -> Iterator[tuple[dict[str, Any], train.Model]]:
    """Yield the networks of every finished stage with what tells them apart, and first stages cut at once."""
    for path in sorted(folder.glob("network-*/*/stage-*.npz")):
        config, _ = checkpoints.read_config(path)
        stage = int(path.stem.removeprefix("stage-"))
        layout = Layout(config.layer_widths)
        key = {"network": config.first_network, "rules": path.parent.name, "epsilon": config.epsilon}
        trained = checkpoints.read_trained(path)
        key |= {"loss": float(trained.validation_losses[0]), "batches": int(trained.batches[0])}
        dense = path.parent.name.startswith("dense")
        for sparsity in PUBLISHED_STAGES if dense else config.sparsities[stage : stage + 1]:
            stack = checkpoints.read_stack(path, config, layout, CPU)
            if dense:
                cut(stack, layout, config, sparsity)
            if sparsity in PUBLISHED_STAGES:
                before = None if dense else checkpoints.read_masks(checkpoints.path_of(path.parent, stage - 1), layout)
                back = 0 if before is None else int((stack.mask[0].numpy() & ~before[0]).sum())
                yield key | {"sparsity": sparsity, "came_back": back}, model_of(config, stack)


def model_of(config: train.Config, stack: Stack) -> train.Model:
    """Return the networks of a stack."""
    return train.Model(config.layer_widths, stack.kept(), stack.mask, config.cuts_biases)


def z_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield Z of every network under every reading of it; each is computed once and kept."""
    for key, model in graphs(folder):
        others = [(True, True), (False, False)] if key["sparsity"] >= LITTLE_IS_LEFT else []
        for bias, clean in ((False, True), *others):
            graph = model.graph(0, bias=bias)
            graph = graph.drop_ineffective() if clean else graph
            reading = {"bias_nodes": bias, "clean": clean, "nodes": graph.n_nodes, "edges": graph.n_edges}
            name = f"{key['network']}-{key['rules']}-{key['sparsity']:g}-{bias}-{clean}.json"
            for motif, z in known_z(graph, folder / "z" / name).items():
                yield key | reading | {"motif": motif, "z": z}


def known_z(graph: mc.Graph, path: Path) -> dict[str, float]:
    """Return the authors' Z of a graph by motif, from a file if it was computed before."""
    if not path.exists():
        found = conventions.z_scores(graph, SAMPLES, SEED)
        storage.write_json(path, {"z": {motif: z["theirs"] for motif, z in found.items()}})
        print(f"{time.strftime('%H:%M:%S')}  {path.name}", flush=True)
    return dict(storage.read_json(path)["z"])


def write_tables(folder: Path) -> None:
    """Write the table and print the means over networks."""
    table = pd.DataFrame(z_rows(folder))
    table.to_csv(folder / "rules.csv", index=False, float_format="%.6g")
    shown = table[table["motif"].isin(["2nd-order diverging", "bi-fan", "bi-parallel"])]
    index = ["clean", "bias_nodes", "motif", "rules"]
    print(shown.pivot_table(index=index, columns="sparsity", values="z", sort=False).round(1).to_string())


def main() -> None:
    """Train what is missing, network by network, then write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--networks", type=int, nargs="+", default=[0, 1, 2, 3])
    parser.add_argument("--rules", nargs="+", choices=["dense", *RULES], default=list(RULES))
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
                if rules == "dense":
                    first_stage("published", args, network, data)
                    first_stage("all ours", args, network, data)
                else:
                    prune(rules, args, network, data)
    write_tables(Path(args.folder))


if __name__ == "__main__":
    main()
