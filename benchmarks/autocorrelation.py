"""How many swaps are enough? Autocorrelation times of the motif counts along swap chains, as a table.

    python benchmarks/autocorrelation.py [FILE ...] [--records N] [--keep-mutual]

Four chains from each network, a record every half attempt per edge after ten attempts per edge; layered networks
without the nodes that cannot matter, unless --raw. Without FILE, the packaged network.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import motifcount as mc
from motifcount.nulls.chains import autocorrelation_time
from motifcount.nulls.model import Tracing

CHAINS, STRIDE, SKIPPED = 4, 0.5, 20  # the latter in records


def slowest(graph: mc.Graph, null: mc.nulls.Degree, records: int) -> tuple[str, float]:
    """Return the class with the longest autocorrelation time, and this time in attempts per edge."""
    sizes = (3, 4) if graph.layers is not None else (3,)
    counts = null.trace_counts(graph, sizes, 1, Tracing(CHAINS, SKIPPED, records), num_threads=2)
    table = (counts.astype(object) - counts[0, 0]).astype(float)
    names = [name for size in sizes for name in mc.CLASSES[size]]
    times = {name: STRIDE * autocorrelation_time(table[:, :, k]) for k, name in enumerate(names)}
    moving = {name: time for name, time in times.items() if not math.isnan(time)}
    name = max(moving, key=lambda key: moving[key])
    return name, moving[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--keep-mutual", action="store_true")
    parser.add_argument("--raw", action="store_true")
    options = parser.parse_args()

    null = mc.nulls.Degree(STRIDE, options.keep_mutual)
    networks = {path.name: mc.files.read_graph(path) for path in options.files}
    networks = networks or {"pendulum": mc.datasets.load("pendulum")}
    print("| network | edges | slowest class | autocorrelation time, attempts per edge |\n|---|---:|---|---:|")
    for name, graph in networks.items():
        cleaned = graph if options.raw or graph.layers is None else graph.drop_ineffective()
        motif, time = slowest(cleaned, null, options.records)
        print(f"| {name} | {cleaned.n_edges:,} | {motif} | {time:.1f} |", flush=True)


if __name__ == "__main__":
    main()
