"""Autocorrelation of the motif counts along swap chains, and how long they depend on the graph that they start from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from motifcount._support import arguments
from motifcount._support.arguments import Sizes
from motifcount._support.progress import Progress
from motifcount._support.threads import effective_threads
from motifcount._support.warn import warn
from motifcount.counting.count import induced_counts
from motifcount.graph import as_graph
from motifcount.motifs.by_class import ByClass, Frozen
from motifcount.motifs.classes import Counted
from motifcount.nulls import Null, names_where, pilots, resolve
from motifcount.nulls.model import Chain
from motifcount.nulls.sampling import SampleRange, Table

__all__ = ["Mixing", "MixingWarning", "trace"]

_FEWEST_SWAPS = 0.3  # of an edge that can move, along one sample's chain


class MixingWarning(UserWarning):
    """The chain of the null model may be too short for independent samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixing:
    """Traced pilot chains of the null model "degree".

    Attributes
    ----------
    autocorrelation_time
        By class, the integrated autocorrelation time in swap attempts per edge, of the exponential decay that the
        chains show; NaN where nothing varies.
    correlation
        By class, the correlation between two samples: they share a start, two chain lengths away from each other.
    bias
        By class, by how many standard deviations the mean of the samples is off, for starting from the observed graph.
    proven
        By class, by how many variances of a count the common start raises that of the mean, as far as chains prove: in
        95 % of the runs no class has more than is true. Where these prove something, as 48 others do.
    reach
        By class, the lowest and the highest count along the chains.
    acceptance
        By block that has several states, as (source layer, target layer), the share of its swaps that were accepted.
    moves
        By block, too, the number of swaps that are accepted along one sample's chain, on average.
    returns
        Class -> the first sample whose count lies out of reach by more than the width of the reach, and whether a chain
        from there came back within the length of a sample's chain.
    swaps_per_edge
        Length of one sample's chain, for comparison.
    """

    autocorrelation_time: ByClass[float]
    correlation: ByClass[float]
    bias: ByClass[float]
    proven: ByClass[float]
    reach: ByClass[tuple[int, int]]
    acceptance: Mapping[tuple[int, int], float]
    moves: Mapping[tuple[int, int], float]
    swaps_per_edge: float
    chains: int
    records: int
    returns: Mapping[str, tuple[int, bool]] = field(default_factory=lambda: Frozen({}))

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain Python objects."""
        plain = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        for name in ("acceptance", "moves"):
            plain[name] = {f"{source} -> {target}": value for (source, target), value in plain[name].items()}
        return plain

    def stuck_classes(self) -> list[str]:
        """Classes with a sample out of the pilot chains' reach, from which no chain came back: stuck, not rare."""
        return [name for name, (_, came_back) in self.returns.items() if not came_back]

    def slow_classes(self, samples: int = 1000) -> list[str]:
        """Classes for which the chain is too short: it is stuck, or this many samples are surely worth a fifth less.

        (A thousandth of a variance is let pass, however many they are.) Of those that vary along the chains, all are
        slow below one attempt per edge.

        Raises
        ------
        TypeError, ValueError
            If `samples` is no whole number above 0.
        """
        limit = max(1 / (4 * arguments.integer("samples", samples, 1, 2**63)), pilots.SMALLEST)
        stuck = set(self.stuck_classes())
        return [
            name
            for name, (low, high) in self.reach.items()
            if name in stuck or (high > low and (self.swaps_per_edge < 1 or self.proven[name] > limit))
        ]

    def common_error(self, name: str) -> tuple[float, float]:
        """Return correlation and bias of a class; 1 and 0 where it is stuck, as all samples say the same then.

        Raises
        ------
        KeyError
            If there is no such class.
        """
        found = self.correlation[name], self.bias[name]
        return (1.0, 0.0) if name in self.stuck_classes() else found


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def trace(
    adj: Any,
    null: Null | str = "degree",
    *,
    size: Sizes = (2, 3),
    seed: int | None = None,
    num_threads: int | None = None,
) -> Mixing:
    """Trace pilot chains of the null model "degree" and measure how fast the motif counts mix.

    Parameters
    ----------
    adj
        A :class:`~motifcount.Graph` or anything it takes.
    null
        "degree", a :class:`~motifcount.nulls.Degree` or :class:`~motifcount.nulls.Masks`; its `swaps_per_edge` is what
        is examined.
    size, seed, num_threads
        As for :func:`~motifcount.significance`.

    Returns
    -------
    Mixing
        From 4 chains of 36 records, a quarter of `swaps_per_edge` apart, or 0.3125 attempts per edge if that is more;
        from 16 where these leave doubt. The first four records of each chain tell of the start, the others of the
        stationary chain.

    Raises
    ------
    TypeError, ValueError
        For a null model without a chain and arguments out of their range.

    Warns
    -----
    RuntimeWarning
        If the random graphs of so many threads would not fit the memory that is available, and fewer are used.
    """
    model = resolve(null)
    chain = model.chain
    if chain is None:
        known = names_where(lambda other: other.chain is not None)
        raise ValueError(f"null must be a null model with a chain ({known}), not {model.name}")
    graph, sizes = as_graph(adj), arguments.motif_sizes(size)
    counted = Counted(model.families(graph, sizes))
    seed, threads = arguments.seed_or_fresh(seed), effective_threads(num_threads)
    model.check(graph)
    threads = model.threads_that_fit(threads, graph, counted.families)
    chain = model.prepared(graph, threads).chain or chain
    observed = induced_counts(graph, counted, threads=threads)
    return measure(pilots.Run(graph, chain, counted, seed, threads), observed)


def measure(run: pilots.Run, observed: Mapping[str, int], progress: Progress = False) -> Mixing:
    """Do what :func:`trace` does, for checked arguments."""
    found = pilots.measure(run, observed, progress)
    by_class = {key: ByClass(dict(zip(observed, values, strict=True))) for key, values in found.by_class.items()}
    return Mixing(
        **by_class,
        acceptance=Frozen(found.acceptance),
        moves=Frozen(found.moves),
        swaps_per_edge=run.chain.swaps_per_edge,
        chains=found.chains,
        records=pilots.RECORDS,
    )


def with_returns(mixing: Mixing, run: pilots.Run, samples: SampleRange, table: Table) -> Mixing:
    """Add whether chains from samples out of reach came back."""
    found = pilots.returns(run, list(mixing.reach.values()), samples, table)
    return replace(mixing, returns=Frozen({name: each for name, each in zip(mixing.reach, found, strict=True) if each}))


def merged(parts: Sequence[Mixing | None]) -> Mixing | None:
    """Return the pilot chains of several ranges of samples, in order: of each class, the first sample out of reach."""
    first = parts[0]
    if first is None:
        return None
    found = {name: part.returns[name] for part in reversed(parts) if part is not None for name in part.returns}
    return replace(first, returns=Frozen({name: found[name] for name in first.reach if name in found}))


def warn_if_short(null: Chain, mixing: Mixing, samples: int) -> None:
    """Warn, with the remedy, when the chain looks too short for some class or some block.

    If a share f of a block's edges can swap with each other, and no others, f**2 of the attempts are accepted, so that
    each of these edges gets ``swaps_per_edge * f`` swaps or twice as many.
    """
    spe = mixing.swaps_per_edge
    if slow := mixing.slow_classes(samples):
        times = [mixing.autocorrelation_time[each] for each in slow]
        longest = max((time for time in times if math.isfinite(time)), default=0.0)
        stuck = mixing.stuck_classes()
        times_more = 10 if stuck or math.inf in times else 2
        wanted = min(1e6, max(10, times_more * spe, math.ceil(longest * math.log(4 * samples) / 4)))
        why = f"{', '.join(stuck)} hardly move" if stuck else "samples stay correlated with each other"
        warn(
            f"swaps_per_edge={spe:g} looks short for {', '.join(slow)}: {why}; p-values are not affected, but mean, z "
            f"and its error may be off.{_advice(null, wanted)}",
            MixingWarning,
        )
    shares = {block: math.sqrt(accepted) for block, accepted in mixing.acceptance.items()}
    # Moves that change no count need not be many, if there is one in every sample's chain.
    counts_move = any(low < high for low, high in mixing.reach.values())
    still = {
        block: share
        for block, share in shares.items()
        if spe >= 1 and spe * share < _FEWEST_SWAPS and (counts_move or mixing.moves[block] < 1)
    }
    if still:
        block, share = min(still.items(), key=lambda item: item[1])
        where = f" in block {block[0]} -> {block[1]}" if block != (0, 0) or len(mixing.acceptance) > 1 else ""
        wanted = min(1e6, math.ceil(4 / share) if share else 100 * spe)
        warn(
            f"swaps_per_edge={spe:g} looks short: {1 - share**2:.3%} of the swaps{where} were refused, so few edges "
            "can move, and those seldom do; p-values are not affected, but mean, z and its error may be "
            f"off.{_advice(null, wanted)}",
            MixingWarning,
        )


def _advice(null: Chain, swaps_per_edge: float) -> str:
    """Return what to try: nothing where the chain is as long as it may be."""
    return f" Try {null.written(swaps_per_edge=float(swaps_per_edge))}." if swaps_per_edge > null.swaps_per_edge else ""
