"""Census, tetrads and random graphs of a large, strictly layered graph whose arrays are mapped from files.

    python benchmarks/memory_mapped.py EDGES FOLDER [--swaps 1]

Writes ``indptr.npy`` and ``indices.npy`` (4 bytes each for a node and an edge) into the folder, a part at a time, then
runs each call in a process of its own and prints its time and its peak memory, that of the mapped arrays included. Four
blocks between five layers; a unit has ten targets, one in each tenth of the next layer.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from peak_memory import MIB, peak_bytes, resident_bytes

TARGETS, BLOCKS, ROWS_AT_ONCE = 10, 4, 100_000
CALLS = ("triads", "tetrads", "degree")


def make(n_edges: int, folder: Path) -> int:
    """Write the arrays, and return the number of nodes of a layer."""
    width = n_edges // (TARGETS * BLOCKS)
    n_sources, n_nodes = BLOCKS * width, (BLOCKS + 1) * width
    rng = np.random.default_rng(1)
    path = folder / "indptr.npy"
    indptr = np.lib.format.open_memmap(path, "w+", np.int32, (n_nodes + 1,))
    indptr[:] = TARGETS * np.minimum(np.arange(n_nodes + 1, dtype=np.int32), n_sources)
    indices = np.lib.format.open_memmap(folder / "indices.npy", "w+", np.int32, (TARGETS * n_sources,))
    for first in range(0, n_sources, ROWS_AT_ONCE):
        sources = np.arange(first, min(first + ROWS_AT_ONCE, n_sources))
        place = (np.arange(TARGETS) + rng.random((len(sources), TARGETS))) * (width / TARGETS)
        targets = np.minimum(place.astype(np.int64), width - 1) + ((sources // width + 1) * width)[:, None]
        indices[TARGETS * first : TARGETS * (first + len(sources))] = targets.ravel()
    return width


def run(call: str, folder: Path, width: int, swaps: float) -> None:
    """Do one call, and print what it took."""
    import scipy.sparse as sp

    import motifcount as mc

    mc.count(sp.csr_array((3, 3)), 4)  # what is loaded lazily
    before = resident_bytes()
    indptr, indices = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("indptr", "indices"))
    ones = np.broadcast_to(np.int8(1), indices.shape)
    csr = sp.csr_array((ones, indices, indptr), shape=(len(indptr) - 1, len(indptr) - 1))
    began = time.perf_counter()
    if call == "triads":
        assert mc.count(csr, 3)["021D"] == BLOCKS * width * TARGETS * (TARGETS - 1) // 2
    elif call == "tetrads":
        assert mc.count(csr, 4)["out_star"] == BLOCKS * width * TARGETS * (TARGETS - 1) * (TARGETS - 2) // 6
    elif call == "degree":
        graph = mc.Graph(csr, layers=np.repeat(np.arange(BLOCKS + 1, dtype=np.int32), width))
        random = mc.randomize(graph, mc.nulls.Degree(swaps), seed=1)
        assert (random.out_degrees() == graph.out_degrees()).all()
    took = time.perf_counter() - began
    size = indptr.nbytes + indices.nbytes
    peak = peak_bytes() - before
    cells = [call, f"{len(indices):,}", f"{took:.1f} s", *(f"{n / MIB:,.0f} MiB" for n in (size, peak))]
    print(f"| {' | '.join(cells)} | {peak / size:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edges", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--swaps", type=float, default=1, help="attempts per edge")
    parser.add_argument("--call", choices=CALLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.call:
        n_nodes = len(np.load(options.folder / "indptr.npy", mmap_mode="r")) - 1
        run(options.call, options.folder, n_nodes // (BLOCKS + 1), options.swaps)
        return
    make(options.edges, options.folder)
    print("| what | edges | time | arrays | peak | peak ÷ arrays |\n|---|---:|---:|---:|---:|---:|", flush=True)
    for call in CALLS:
        arguments = [str(options.edges), str(options.folder), "--swaps", str(options.swaps), "--call", call]
        subprocess.run([sys.executable, __file__, *arguments], check=True)


if __name__ == "__main__":
    main()
