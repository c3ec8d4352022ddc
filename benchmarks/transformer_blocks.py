"""How long do pruned MLP blocks of a large language model take, and how much memory?

    python benchmarks/transformer_blocks.py [--width 4096] [--inner 11008] [--matrices 4] [--density 0.5] [--samples 2]

Matrices of width x inner and inner x width by turns, randomly pruned, as one layered graph: read, counted at sizes 2 to
4, and random graphs under `degree` drawn and counted. Times of one run, the largest memory of the process so far, and
what 100 samples would take. Bi-fans are checked against products of the masks, random graphs by their degrees.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

import motifcount as mc
from motifcount.motifs.classes import Counted
from motifcount.nulls.sampling import SampleRange

T = TypeVar("T")
SIZES = (2, 3, 4)


def masks(widths: list[int], density: float) -> list[npt.NDArray[np.bool_]]:
    """Return random masks of shape (n_in, n_out) between layers of these widths."""
    rng = np.random.default_rng(1)
    return [rng.random(shape, dtype=np.float32) < density for shape in pairwise(widths)]


def timed(what: str, call: Callable[[], T]) -> tuple[T, float]:
    """Call a function, and print what it took."""
    start = time.perf_counter()
    found = call()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what:<36} {seconds:9.1f} s   {peak:6.1f} GB at most so far", flush=True)
    return found, seconds


def bifans(mask: npt.NDArray[np.bool_]) -> int:
    """Return the bi-fans of a block, from the targets that pairs of sources share."""
    smaller = mask if mask.shape[0] < mask.shape[1] else mask.T
    dense = smaller.astype(np.float32)
    shared = np.rint(dense @ dense.T).astype(np.int64)
    pairs = shared * (shared - 1) // 2
    return int(pairs.sum() - np.trace(pairs)) // 2


def block_graph(widths: list[int], density: float) -> tuple[mc.Graph, int]:
    """Return the layered graph of random masks, and its number of bi-fans."""
    layers = masks(widths, density)
    graph, _ = timed("read", lambda: mc.Graph.from_layers(layers))
    return graph, sum(bifans(mask) for mask in layers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=4096)
    parser.add_argument("--inner", type=int, default=11008)
    parser.add_argument("--matrices", type=int, default=4)
    parser.add_argument("--density", type=float, default=0.5)
    parser.add_argument("--samples", type=int, default=2)
    parser.add_argument("--threads", type=int)
    given = parser.parse_args()

    widths = [(given.width, given.inner)[k % 2] for k in range(given.matrices + 1)]
    graph, expected = block_graph(widths, given.density)
    print(f"{graph.n_nodes:,} nodes, {graph.n_edges:,} edges", flush=True)
    counts, _ = timed(f"count, sizes {SIZES}", lambda: mc.count(graph, SIZES, num_threads=given.threads))
    assert counts["bifan"] == expected
    drawn, _ = timed("one random graph", lambda: mc.randomize(graph, seed=1, num_threads=given.threads))
    assert np.array_equal(drawn.in_degrees(), graph.in_degrees())
    assert np.array_equal(drawn.out_degrees(), graph.out_degrees())
    del drawn
    null = mc.nulls.Degree()
    samples = SampleRange(1, 0, given.samples)
    counted = Counted(null.families(graph, SIZES))
    threads = given.threads or 2
    found, seconds = timed(
        f"{given.samples} samples, counted", lambda: null.sample_counts(graph, counted, samples, threads)
    )
    assert len(found.table) == given.samples
    print(f"100 samples, at that rate: {100 * seconds / given.samples / 60:.0f} minutes")


if __name__ == "__main__":
    main()
