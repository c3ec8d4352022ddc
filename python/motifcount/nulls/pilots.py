"""Pilot chains: traced before the samples are drawn, and after, from samples that the first ones would not reach."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from motifcount._support.progress import Progress, Report, reporter
from motifcount.graph import Graph
from motifcount.motifs.classes import Counted
from motifcount.nulls.model import Chain, Traced, Tracing
from motifcount.nulls.sampling import SampleRange, Table
from motifcount.nulls.start_correlation import Memory, Pilots, memories

RECORDS = 32
"""Records of each pilot chain, after those that settle."""

SMALLEST = 1e-3
"""Variances of a count that a common start may add to that of the mean, however many samples there are."""

_CHAINS, _CHAINS_IN_DOUBT, _CHAINS_TO_PROVE = 4, 16, 48
_SETTLING = 4
_RECORDS_PER_SAMPLE = 4  # records within the length of one sample's chain
_SHORTEST_STRIDE = 40 / (_CHAINS * RECORDS)  # attempts per edge between two records

Reach = tuple[int, int]
"""The lowest and the highest count along pilot chains."""


@dataclass(frozen=True, slots=True)
class Run:
    """What chains are traced on."""

    graph: Graph
    chain: Chain
    counted: Counted
    seed: int
    num_threads: int

    def trace(self, tracing: Tracing, report: Report = None) -> Traced:
        """Return counts along chains."""
        return self.chain.trace_counts(self.graph, self.counted, self.seed, tracing, self.num_threads, report)


class Found(NamedTuple):
    """What pilot chains from the observed graph tell."""

    by_class: Mapping[str, Sequence[Any]]  # property -> its values, in class order
    # by block that has several states, as (source layer, target layer)
    acceptance: Mapping[tuple[int, int], float]
    moves: Mapping[tuple[int, int], float]  # accepted swaps along one sample's chain, on average
    chains: int


def measure(run: Run, observed: Mapping[str, int], progress: Progress) -> Found:
    """Trace pilot chains from the observed graph, and more of them if a few leave doubt about the samples.

    What these prove is asked of others, three times as many: one set in twenty claims too much. (Below one attempt per
    edge nothing hangs on it.)
    """
    length = run.chain.swaps_per_edge
    stride = max(length / _RECORDS_PER_SAMPLE, _SHORTEST_STRIDE)
    start = np.array(list(observed.values()), dtype=object)

    def trace(first: int, n: int) -> Traced:
        with reporter(progress, n * (_SETTLING + RECORDS), "pilot chains") as report:
            return run.trace(Tracing(stride, _SETTLING + RECORDS, n, first_chain=first), report)

    def remembered(table: Table) -> list[Memory]:
        differences = (table.astype(object) - start).astype(np.float64)  # exact before: counts may pass 2**53
        return memories(Pilots(differences, _SETTLING, stride), length)

    traced = trace(0, _CHAINS)
    found = remembered(traced.table)
    if max((memory.added for memory in found), default=0.0) >= SMALLEST:
        traced = _joined(traced, trace(_CHAINS, _CHAINS_IN_DOUBT - _CHAINS))
        found = remembered(traced.table)
    n_chains = len(traced.table)
    if length >= 1 and max((memory.proven for memory in found), default=0.0) > SMALLEST:
        others = remembered(trace(n_chains, _CHAINS_TO_PROVE).table)
        found = [a._replace(proven=b.proven) for a, b in zip(found, others, strict=True)]
    reach = [(min(column), max(column)) for column in traced.table.reshape(-1, len(observed)).T.tolist()]
    swaps = _swaps(run, traced)
    samples = n_chains * (_SETTLING + RECORDS) * stride / length  # whose chains are as long as all of these
    return Found(
        _by_class(found, reach),
        acceptance={block: accepted / attempts for block, (attempts, accepted) in swaps.items()},
        moves={block: accepted / samples for block, (_, accepted) in swaps.items()},
        chains=n_chains,
    )


def _joined(some: Traced, more: Traced) -> Traced:
    swaps = {
        block: (tried + more.swaps[block][0], accepted + more.swaps[block][1])
        for block, (tried, accepted) in some.swaps.items()
    }
    return Traced(np.concatenate((some.table, more.table)), swaps)


def _by_class(found: Sequence[Memory], reach: Sequence[Reach]) -> dict[str, Sequence[Any]]:
    moved = [low < high for low, high in reach]
    return {
        "autocorrelation_time": [
            memory.autocorrelation_time if moves else math.nan for memory, moves in zip(found, moved, strict=True)
        ],
        "correlation": [memory.correlation for memory in found],
        "bias": [memory.bias for memory in found],
        "proven": [memory.proven for memory in found],
        "reach": reach,
    }


def _swaps(run: Run, traced: Traced) -> dict[tuple[int, int], tuple[int, int]]:
    """Swaps attempted and accepted, by block that is known to have several states."""
    choice = run.chain.blocks_with_choice(run.graph)
    return {
        block: (attempts, accepted)
        for block, (attempts, accepted) in traced.swaps.items()
        if attempts and (accepted or block in choice)
    }


def returns(run: Run, reach: Sequence[Reach], samples: SampleRange, table: Table) -> list[tuple[int, bool] | None]:
    """Return by class its first sample far out of reach, and whether a chain from there came back within its length.

    By detailed balance, what is rare is soon left again; what is not left is not rare. None where all samples are in
    reach, or out of it by less than its width.
    """
    out = [_out_of_reach(column, each) for column, each in zip(table.T, reach, strict=True)]
    first = [samples.first + int(np.argmax(each)) if each.any() else None for each in out]
    starts = sorted({k for k in first if k is not None})
    if not starts:
        return [None] * len(first)
    stride = run.chain.swaps_per_edge / _RECORDS_PER_SAMPLE
    chains = run.trace(Tracing(stride, _RECORDS_PER_SAMPLE, samples=tuple(starts))).table
    return [
        None if k is None else (k, not _out_of_reach(chains[starts.index(k), :, position], reach[position]).all())
        for position, k in enumerate(first)
    ]


def _out_of_reach(counts: Table, reach: Reach) -> Any:
    low, high = reach
    return (counts < low - (high - low)) | (counts > high + (high - low))
