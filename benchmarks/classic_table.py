"""The table of docs/classic-table.md: feed-forward loops and bi-fans of transcription networks against chance.

    python benchmarks/classic_table.py ecoli.tsv yeast.tsv

The files are edge lists, a source and a target a line. The random networks keep the in-degree, out-degree and mutual
edges of every node.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import motifcount as mc

MOTIFS = {"feed-forward loop": "030T", "bi-fan": "bifan"}


def rows(path: Path, samples: int) -> list[str]:
    graph = mc.read_graph(path)
    null = mc.nulls.Degree(20, keep_mutual=True)
    result = mc.significance(graph, null, size=(3, 4), samples=samples, seed=1)
    return [
        f"| {path.stem} | {graph.n_nodes:,}, {graph.n_edges:,} | {words} | {result.observed[name]:,} "
        f"| {result.mean[name]:.1f} ± {result.std[name]:.1f} | {result.z[name]:.1f} ± {result.z_error[name]:.1f} |"
        for words, name in MOTIFS.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--samples", type=int, default=1000)
    options = parser.parse_args()
    head = ["network", "nodes, edges", "motif", "in the network", "random, mean ± sd", "z ± error"]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for path in options.files:
        print("\n".join(rows(path, options.samples)))


if __name__ == "__main__":
    main()
