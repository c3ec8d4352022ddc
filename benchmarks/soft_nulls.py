"""Is z near 0 under null models that are fitted to the graph? The numbers of docs/null-models.md and reading-z.md.

python benchmarks/soft_nulls.py [--graphs N]

z of graphs without structure beyond what the null model says: random digraphs, random layers, and graphs that the
fitted model of a pruned network has drawn. Then, how long closed forms take.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Sequence

import numpy as np

import motifcount as mc

SAMPLES = 60  # of tetrads; triads have closed forms


def random_digraph(seed: int) -> mc.Graph:
    matrix = np.random.default_rng(seed).random((200, 200)) < 0.02
    np.fill_diagonal(matrix, False)
    return mc.Graph(matrix)


def random_layers(seed: int) -> mc.Graph:
    draw = np.random.default_rng(seed)
    return mc.Graph([draw.random((100, 150)) < 0.05, draw.random((150, 100)) < 0.05])


def redrawn(seed: int) -> mc.Graph:
    return mc.randomize(mc.datasets.load("pendulum").drop_ineffective(), "soft_degree", seed=seed)


def mean_z(make: Callable[[int], mc.Graph], size: int, names: Sequence[str], n: int) -> str:
    """Return by class the mean of z and its standard error."""
    found = []
    for seed in range(n):
        result = mc.significance(make(seed), "soft_degree", size=size, samples=0 if size == 3 else SAMPLES, seed=seed)
        found.append([result.z[name] for name in names])
    mean, error = np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / n**0.5
    return ", ".join(f"{name} {m:+.1f} ± {e:.1f}" for name, m, e in zip(names, mean, error, strict=True))


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphs", type=int, default=25)
    n = parser.parse_args().graphs
    few = max(n // 5, 2)  # whose tetrads are sampled
    print(f"mean z under soft_degree of {n} graphs, where tetrads are sampled of {few}")
    print("200 nodes, p 0.02:   ", mean_z(random_digraph, 3, ("021D", "030T"), n), flush=True)
    print("layers 100, 150, 100:", mean_z(random_layers, 4, ("bifan",), few), flush=True)
    print("pendulum, redrawn:   ", mean_z(redrawn, 4, ("bifan",), few), flush=True)
    draw = np.random.default_rng(1)
    graph = mc.Graph(draw.random((120, 120)) < 0.1)
    groups = mc.Graph(draw.random((120, 120)) < 0.1, layers=np.arange(120) % 4)
    print("seconds of closed forms")
    for what, adj, null, size in (
        ("199 tetrads, dyad_count", graph, "dyad_count", 4),
        ("triads, dyad_count", graph, "dyad_count", 3),
        ("triads, dyad_count, four groups", groups, "dyad_count", 3),
        ("triads, soft_degree", graph, "soft_degree", 3),
    ):
        took = seconds(lambda adj=adj, null=null, size=size: mc.significance(adj, null, size=size, samples=0))
        print(f"{what}: {took:.1f}", flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
