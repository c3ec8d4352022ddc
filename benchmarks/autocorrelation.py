"""How many swaps are enough? Autocorrelation times of the motif counts along swap chains, as a table.

    python benchmarks/autocorrelation.py [FILE ...] [--records N] [--keep-mutual]

Four chains from each network, a record every half attempt per edge after ten attempts per edge; layered networks
without the nodes that cannot matter, unless --raw. Without FILE, the packaged network.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np

import motifcount as mc
from motifcount.motifs.classes import Counted, classes_of
from motifcount.nulls.model import Tracing

CHAINS, STRIDE, SKIPPED = 4, 0.5, 20  # the latter in records


def autocorrelation_time(chains: np.ndarray) -> float:
    """Return the integrated autocorrelation time of traced chains, in records; at least 1, NaN if nothing varies.

    `chains` has the shape (chains, records). Geyer's initial monotone positive sequence (1992,
    doi:10.1214/ss/1177011137) over autocovariances averaged over the chains, around their common mean.
    """
    n_records = chains.shape[1]
    centred = chains - chains.mean()
    variance = float(np.mean(centred**2))
    if variance == 0:
        return math.nan
    rho = [float(np.mean(centred[:, : n_records - k] * centred[:, k:])) / variance for k in range(n_records // 2)]
    time, last = -1.0, math.inf
    for k in range(0, len(rho) - 1, 2):
        last = min(last, rho[k] + rho[k + 1])
        if last <= 0:
            break
        time += 2 * last
    return max(1.0, time)


def slowest(graph: mc.Graph, null: mc.nulls.Degree, records: int) -> tuple[str, float]:
    """Return the class with the longest autocorrelation time, and this time in attempts per edge."""
    counted = Counted(null.families(graph, (3, 4) if graph.layers is not None else (3,)))
    counts = null.trace_counts(graph, counted, 1, Tracing(STRIDE, SKIPPED + records, CHAINS), num_threads=2).table
    table = (counts[:, SKIPPED:].astype(object) - counts[0, 0]).astype(float)
    times = {name: STRIDE * autocorrelation_time(table[:, :, k]) for k, name in enumerate(classes_of(counted.families))}
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
