"""Does `MixingWarning` come where it should, and only there? The numbers of docs/reliability.md.

python benchmarks/mixing_warnings.py [--runs N]

First, runs at the default number of swaps on graphs that mix: how many are warned of. Then runs of 1,000 samples on
small graphs whose states are all known: how many have a mean that is 0.3 standard deviations off, which is ten errors
of independent samples, and how many of these, and of the others, are warned of.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

import motifcount as mc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support import mixing
from support.enumerated import KINDS

FAR = 0.3


def sparse(seed: int) -> mc.Graph:
    """Return a digraph of which most classes are rare."""
    return mc.Graph.from_edges(*np.random.default_rng(seed).integers(0, 400, (2, 700)), 400)


def random_digraph(seed: int, n: int, density: float) -> mc.Graph:
    cells = np.random.default_rng(seed).random((n, n)) < density
    np.fill_diagonal(cells, False)
    return mc.Graph(cells)


def pendulum(_seed: int) -> mc.Graph:
    return mc.datasets.load("pendulum").drop_ineffective()


GRAPHS: dict[str, tuple[Callable[[int], mc.Graph], bool, tuple[int, ...], int]] = {  # graph, keep_mutual, size, samples
    "sparse, 400 nodes, 700 edges": (sparse, False, (2, 3), 600),
    "the same, keep_mutual": (sparse, True, (2, 3), 600),
    "pendulum": (pendulum, False, (2, 3, 4), 100),
    "pendulum, more samples": (pendulum, False, (2, 3, 4), 1000),
    "30 nodes, a tenth of the edges": (lambda seed: random_digraph(seed, 30, 0.1), False, (4,), 300),
    "50 nodes, a twentieth of the edges": (lambda seed: random_digraph(seed, 50, 0.05), False, (4,), 300),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200, help="of each kind of graphs")
    runs = parser.parse_args().runs

    print("| graph | classes | samples | runs | warned of |\n|---|---:|---:|---:|---:|")
    for name, (make, keep_mutual, size, samples) in GRAPHS.items():
        null, alarms = mc.nulls.Degree(keep_mutual=keep_mutual), 0
        for seed in range(runs):
            result, texts = mixing.significance(make(seed), null, size=size, samples=samples, seed=seed)
            alarms += bool(texts)
        print(f"| {name} | {len(result.classes)} | {samples:,} | {runs} | {alarms} |", flush=True)

    print(f"\n| states | swaps per edge | runs | off by {FAR} sd | of these warned of | of the others |")
    print("|---|---:|---:|---:|---:|---:|")
    for swaps in (1, 10):
        for kind in KINDS:
            found = list(mixing.runs_on_known_states(kind, runs, swaps))
            off = [run.is_warned for run in found if run.worst > FAR]
            others = [run.is_warned for run in found if run.worst <= FAR]
            print(f"| {kind} | {swaps} | {runs} | {len(off)} | {sum(off)} | {sum(others)} |", flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="the graph has ")
    main()
