"""Does training leave motifs in the channels of a pruned residual network?

Small residual convolutional networks learn the handwritten digits that scikit-learn ships. Whole kernels are pruned by
their norm, layer by layer, in stages, with training in between. Two controls get the same: networks that learn shuffled
labels, and networks that are pruned without any training. Every network becomes the graph of its channels, and its
motifs are held against random graphs in which every channel keeps its degrees in every layer and residual sums stay.
Class 456 is x → a → b → y with x → y: a residual sum, and a path through both convolutions back to the same channel.

The unit of all statistics is a network: a class's z, averaged over networks with its standard error, and for trained
against control networks the exact p-value of the difference of means over all (or 20,000 random) relabelings, after
Holm's correction for the number of classes.

    python examples/digits_residual.py --networks 10 --output digits.json
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812
from sklearn.datasets import load_digits
from torch import Tensor, nn
from torch.nn.utils import prune

import motifcount as mc

CONDITIONS = ("trained", "shuffled labels", "untrained")
CLASSES = ("bifan", "456", "biparallel", "zigzag", "chain_then_in", "out_then_chain")  # those that vary
CHANNELS, BLOCKS = 24, 3
KEPT = (0.6, 0.35, 0.2)  # of the kernels of every layer, stage by stage
N_TEST = 397
BATCH_SIZE = 100
RELABELINGS = 20_000

Floats = npt.NDArray[np.float64]


class Block(nn.Module):
    """x + two convolutions of x."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        inner = F.relu(self.norm1(self.first(x)))
        return F.relu(x + self.norm2(self.second(inner)))


class Net(nn.Module):
    """A stem, residual blocks, and a layer for the ten digits."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, CHANNELS, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(CHANNELS)
        self.blocks = nn.Sequential(*(Block(CHANNELS) for _ in range(BLOCKS)))
        self.head = nn.Linear(CHANNELS, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norm(self.stem(x)))
        return self.head(self.blocks(x).mean((2, 3)))

    def pruned_layers(self) -> list[nn.Conv2d]:
        """The convolutions within blocks."""
        return [part for part in self.blocks.modules() if isinstance(part, nn.Conv2d)]


@dataclass(frozen=True)
class Digits:
    """Images of shape (n, 1, 8, 8) and their labels."""

    images: Tensor
    labels: Tensor

    @staticmethod
    def split(seed: int) -> tuple[Digits, Digits]:
        """Return images to learn from and others to test with."""
        images, labels = load_digits(return_X_y=True)
        order = np.random.default_rng(seed).permutation(len(images))
        x = torch.tensor(images[order] / 16, dtype=torch.float32).reshape(-1, 1, 8, 8)
        y = torch.tensor(labels[order])
        return Digits(x[N_TEST:], y[N_TEST:]), Digits(x[:N_TEST], y[:N_TEST])

    def shuffled(self, generator: torch.Generator) -> Digits:
        """Return the images with each other's labels."""
        return Digits(self.images, self.labels[torch.randperm(len(self.labels), generator=generator)])


def train(net: Net, data: Digits, epochs: int, generator: torch.Generator) -> None:
    """Train in place; the learning rate falls to zero along half a cosine."""
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
    n_batches = math.ceil(len(data.labels) / BATCH_SIZE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * n_batches)
    net.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(data.labels), generator=generator).split(BATCH_SIZE):
            optimizer.zero_grad()
            F.cross_entropy(net(data.images[batch]), data.labels[batch]).backward()
            optimizer.step()
            schedule.step()


def prune_kernels(net: Net, kept: float) -> None:
    """Keep the kernels of the largest norms of every layer, as masks of ``torch.nn.utils.prune``."""
    for layer in net.pruned_layers():
        norms = layer.weight.detach().norm(dim=(2, 3)).flatten()
        mask = torch.zeros_like(norms)
        mask[norms.topk(round(kept * len(norms))).indices] = 1
        whole = mask.reshape(CHANNELS, CHANNELS, 1, 1).expand_as(layer.weight)
        prune.custom_from_mask(layer, "weight", whole)  # type: ignore[no-untyped-call]


def accuracy(net: Net, data: Digits) -> float:
    """Return the share of images that get their label."""
    net.eval()
    with torch.no_grad():
        return float((net(data.images).argmax(1) == data.labels).float().mean())


def network(condition: str, seed: int, epochs: int) -> tuple[Net, float, float]:
    """Return a pruned network with its accuracies on what it learned from, and on test images."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    learned, test = Digits.split(seed)
    if condition == "shuffled labels":
        learned = learned.shuffled(generator)
    net = Net()
    if condition == "untrained":
        prune_kernels(net, KEPT[-1])
    else:
        train(net, learned, epochs, generator)
        for kept in KEPT:
            prune_kernels(net, kept)
            train(net, learned, epochs, generator)
    return net, accuracy(net, learned), accuracy(net, test)


def scores(net: Net, samples: int, seed: int) -> dict[str, float]:
    """Return z of every class that varies."""
    graph = mc.Graph.from_module(net, (1, 1, 8, 8))
    result = mc.significance(graph, "degree", size=4, samples=samples, seed=seed)
    return {name: float(result.z[name]) for name in CLASSES}


def p_of_difference(first: Floats, second: Floats, rng: np.random.Generator) -> float:
    """Return the two-sided p-value of a difference of means, over relabelings of the networks."""
    together, n = np.concatenate([first, second]), len(first)
    if math.comb(len(together), n) <= RELABELINGS:
        chosen = np.array(list(combinations(range(len(together)), n)))
    else:
        chosen = np.array([rng.permutation(len(together))[:n] for _ in range(RELABELINGS)])
    sums = together[chosen].sum(axis=1)
    middle = together.sum() * n / len(together)
    return float((1 + (abs(sums - middle) >= abs(first.sum() - middle) - 1e-9).sum()) / (1 + len(sums)))


def holm(p_values: list[float]) -> list[float]:
    """Return p-values adjusted for their number (Holm 1979)."""
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, k in enumerate(np.argsort(p_values).tolist()):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[k]))
        adjusted[k] = highest
    return adjusted


def main() -> None:
    parser = argparse.ArgumentParser(description="Motifs in the channels of trained residual networks.")
    parser.add_argument("--networks", type=int, default=16, help="of each condition")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=10, help="of every stage")
    parser.add_argument("--samples", type=int, default=500, help="random graphs for each network")
    parser.add_argument("--output", type=Path, help="JSON file with everything")
    given = parser.parse_args()
    torch.set_num_threads(1)

    found: dict[str, dict[str, list[float]]] = {}
    for condition in CONDITIONS:
        rows: dict[str, list[float]] = {name: [] for name in ("learned", "test", *CLASSES)}
        for seed in range(given.first_seed, given.first_seed + given.networks):
            net, learned, test = network(condition, seed, given.epochs)
            for name, value in {"learned": learned, "test": test, **scores(net, given.samples, seed)}.items():
                rows[name].append(value)
        found[condition] = rows
        print(
            f"{condition}: accuracy {np.mean(rows['learned']):.3f} on what was learned, "
            f"{np.mean(rows['test']):.3f} on test images"
        )
    if given.output:
        given.output.write_text(json.dumps(found, indent=1))
    print_table(found)


def print_table(found: dict[str, dict[str, list[float]]]) -> None:
    """Print z by class and condition, and p-values of trained networks against each control."""
    rng = np.random.default_rng(0)
    trained = found["trained"]
    p_values = {
        control: holm([p_of_difference(np.array(trained[c]), np.array(found[control][c]), rng) for c in CLASSES])
        for control in CONDITIONS[1:]
    }
    print(f"\n{'z':<15}" + "".join(f"{condition:>20}" for condition in CONDITIONS) + "   p against each control")
    for k, name in enumerate(CLASSES):
        cells = []
        for condition in CONDITIONS:
            z = np.array(found[condition][name])
            cells.append(f"{z.mean():+.2f} ± {z.std(ddof=1) / math.sqrt(len(z)):.2f}")
        against = ", ".join(f"{p_values[control][k]:.4f}" for control in CONDITIONS[1:])
        print(f"{name:<15}" + "".join(f"{cell:>20}" for cell in cells) + f"   {against}")


if __name__ == "__main__":
    main()
