"""How much of a network's motif signal is its size, its live nodes, its degrees, and how much is left?

    python examples/compare_nulls.py [FILE] [--output FIGURE]

Prints z of the tetrads of a layered network (a mask file; default the packaged pendulum network), without its
ineffective nodes, under the three null models, and draws them. Needs matplotlib for the figure.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import motifcount as mc
from motifcount.files import read_graph

NULLS = ("edge_count", "cover", "degree")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()

    network = read_graph(options.file) if options.file else mc.datasets.load("pendulum")
    graph = network.drop_ineffective()
    results = {null: mc.significance(graph, null, size=4, samples=options.samples, seed=options.seed) for null in NULLS}
    print(graph)
    print("| class | observed | " + " | ".join(NULLS) + " |")
    print("|---|---:|" + "---:|" * len(NULLS))
    for name in mc.LAYERED_TETRADS:
        cells = [cell(result, name) for result in results.values()]
        print(f"| {name} | {results['degree'].observed[name]:,} | " + " | ".join(cells) + " |")
    if options.output:
        draw(results, options.output)


def cell(result: mc.Significance, name: str) -> str:
    """Return z and its error, or why there is none."""
    if result.status[name] != "varies":
        return result.status[name]
    return f"{result.z[name]:+.1f} ± {result.z_error[name]:.1f}"


def draw(results: dict[str, mc.Significance], output: Path) -> None:
    """Draw z by class and null model on a symmetric logarithmic axis."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 3.8), layout="constrained")
    for k, (null, result) in enumerate(results.items()):
        names = [name for name in mc.LAYERED_TETRADS if result.status[name] == "varies"]
        x = [mc.LAYERED_TETRADS.index(name) + 0.25 * (k - 1) for name in names]
        axes.bar(x, [result.z[name] for name in names], width=0.23, label=null)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.axhspan(-2, 2, color="0.9", zorder=0)
    axes.set_yscale("symlog", linthresh=2)
    axes.set_xticks(range(len(mc.LAYERED_TETRADS)), mc.LAYERED_TETRADS, rotation=30, ha="right")
    axes.set_ylabel("z (symmetric log)")
    figure.legend(title="null model", frameon=False, ncols=3, loc="outside upper center")
    figure.savefig(output)


if __name__ == "__main__":
    main()
