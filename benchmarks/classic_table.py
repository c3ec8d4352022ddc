"""The tables of docs/classic-table.md: motifs of transcription networks against chance.

    python benchmarks/classic_table.py ecoli.tsv yeast.tsv

The files are edge lists, a source and a target a line. First feed-forward loops and bi-fans, in random networks with
the in-degree, out-degree and mutual edges of every node; then the motifs of four nodes that are farthest from these,
beside random networks that keep the triads, too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import motifcount as mc
from motifcount.motifs.wording import arrows

MOTIFS = {"feed-forward loop": "030T", "bi-fan": "bifan"}
PLAIN, KEPT = mc.nulls.Degree(20, keep_mutual=True), mc.nulls.Degree(keep_triads=True)
FEWEST, TETRADS = 5, 12  # of a class in the network, of classes in the table


def random(result: mc.Significance, name: str) -> str:
    """Return mean and standard deviation of the samples, and z with its error, as two cells."""
    spread = f"{result.mean[name]:.1f} ± {result.std[name]:.1f}"
    return f"{spread} | {result.z[name]:.1f} ± {result.z_error[name]:.1f}"


def rows(network: str, graph: mc.Graph, plain: mc.Significance) -> list[str]:
    start = f"| {network} | {graph.n_nodes:,}, {graph.n_edges:,}"
    return [f"{start} | {words} | {plain.observed[name]:,} | {random(plain, name)} |" for words, name in MOTIFS.items()]


def tetrads(network: str, plain: mc.Significance, kept: mc.Significance) -> list[str]:
    often = [name for name in mc.CLASSES[4] if plain.observed[name] >= FEWEST and plain.std[name] * kept.std[name] > 0]
    farthest = sorted(often, key=lambda name: -abs(plain.z[name]))[:TETRADS]
    return [
        f"| {network} | {name} | {arrows(name)} | {plain.observed[name]:,} "
        f"| {random(plain, name)} | {random(kept, name)} |"
        for name in farthest
    ]


def table(head: str, lines: list[str]) -> str:
    names = head.split("; ")
    return "\n".join(["| " + " | ".join(names) + " |", "|" + "---|" * len(names), *lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--samples", type=int, default=1000)
    options = parser.parse_args()
    classic, side_by_side = [], []
    for path in options.files:
        graph = mc.read_graph(path)
        plain, kept = (
            mc.significance(graph, null, size=(3, 4), samples=options.samples, seed=1) for null in (PLAIN, KEPT)
        )
        classic += rows(path.stem, graph, plain)
        side_by_side += tetrads(path.stem, plain, kept)
    chance = "mean ± sd; z ± error"
    print(table(f"network; nodes, edges; motif; in the network; {chance}", classic))
    print(table(f"network; class; edges; in the network; {chance}; triads kept: {chance}", side_by_side))


if __name__ == "__main__":
    main()
