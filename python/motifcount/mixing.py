"""How fast the swap chain forgets the graph it starts from, measured on the motif counts themselves."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from motifcount._support import arguments
from motifcount._support.arguments import Sizes
from motifcount._support.threads import effective_threads
from motifcount.graph import Graph, as_graph
from motifcount.motifs.by_class import ByClass
from motifcount.motifs.classes import classes_of
from motifcount.nulls import Null, names_where, resolve
from motifcount.nulls.chains import autocorrelation_time, split_r_hat
from motifcount.nulls.model import Chain, Tracing
from motifcount.nulls.sampling import Report

__all__ = ["Mixing", "MixingWarning", "trace"]

_CHAINS = 4
_RECORDS = 32  # of each chain
_RECORDS_PER_SAMPLE = 4  # records within the length of one sample's chain
N_COUNTS = _CHAINS * _RECORDS
"""Graphs that :func:`measure` counts."""

_FEWEST_SWAPS = 0.3  # of an edge that can move, along one sample's chain
_LONGEST_TIME = 0.75  # of one sample's chain, that an autocorrelation time may take


class MixingWarning(UserWarning):
    """The chain of the null model may be too short for independent samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixing:
    """Traced pilot chains of the null model "degree".

    Attributes
    ----------
    autocorrelation_time
        By class, the integrated autocorrelation time in swap attempts per edge; NaN where nothing varies.
    split_r_hat
        By class, split-R̂ over the chains; near 1 when their halves agree.
    swaps_per_edge
        Length of one sample's chain, for comparison.
    """

    autocorrelation_time: ByClass[float]
    split_r_hat: ByClass[float]
    swaps_per_edge: float
    chains: int
    records: int

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain Python objects."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def correlation(self, name: str, mode_share: float = 0.0) -> float:
        """Correlation between two samples of a class: they share a start, two chain lengths away from each other.

        `mode_share` is the share of the samples that have the class's most frequent count. If the class is so
        rare that constant pilot chains are no surprise, the slowest of the other classes is used.

        Raises
        ------
        KeyError
            If there is no such class.
        TypeError, ValueError
            If `mode_share` is not a number from 0 to 1.
        """
        mode_share = _share("mode_share", mode_share)
        time = self.autocorrelation_time[name]
        if math.isnan(time):
            if _should_have_moved(mode_share):
                return 1.0
            time = max((t for t in self.autocorrelation_time.values() if not math.isnan(t)), default=0.0)
        # An exponential decay has twice its time as integral.
        return math.exp(-2 * self.swaps_per_edge / (time / 2)) if time else 0.0

    def slow_classes(self, mode_shares: Mapping[str, float] | None = None) -> list[str]:
        """Classes for which the chain looks too short, or that never moved although their samples differ.

        `mode_shares` gives, for each class that varies in the samples, the share of its most frequent count; by
        default those classes are looked at that moved.

        Raises
        ------
        KeyError
            If there is no such class.
        TypeError, ValueError
            If `mode_shares` is not a mapping to numbers from 0 to 1.
        """
        times = self.autocorrelation_time
        if mode_shares is None:
            mode_shares = {name: 1.0 for name, time in times.items() if not math.isnan(time)}
        mapping: type[Any] = Mapping
        shares = arguments.instance("mode_shares", mode_shares, mapping, "a mapping from class to share").items()
        return [name for name, share in shares if self._is_slow(name, _share(f"mode_shares[{name!r}]", share))]

    def _is_slow(self, name: str, mode_share: float) -> bool:
        if self.swaps_per_edge < 1:
            return True
        time = self.autocorrelation_time[name]
        if math.isnan(time):
            return _should_have_moved(mode_share)
        return bool(time > _LONGEST_TIME * self.swaps_per_edge or self.split_r_hat[name] > 1 + 10 / self.records)


def _share(name: str, value: Any) -> float:
    return arguments.between(name, value, 0, 1)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _should_have_moved(mode_share: float) -> bool:
    """Whether a count that is not its mode in this share of the samples should have turned up in the pilot chains."""
    independent = _CHAINS * _RECORDS / _RECORDS_PER_SAMPLE
    return bool(mode_share**independent < 1e-3)


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
        "degree" or a :class:`~motifcount.nulls.Degree`; its `swaps_per_edge` is what is examined.
    size, seed, num_threads
        As for :func:`~motifcount.significance`.

    Returns
    -------
    Mixing
        From 4 chains of 32 records, a quarter of `swaps_per_edge` apart, after a whole `swaps_per_edge`.

    Raises
    ------
    TypeError, ValueError
        For a null model without a chain and arguments out of their range.
    """
    model = resolve(null)
    chain = model.chain
    if chain is None:
        known = names_where(lambda other: other.chain is not None)
        raise ValueError(f"null must be a null model with a chain ({known}), not {model.name}")
    graph, sizes = as_graph(adj), arguments.motif_sizes(size)
    families = model.families(graph, sizes)
    return measure(graph, chain, families, arguments.seed_or_fresh(seed), effective_threads(num_threads))


def measure(
    graph: Graph, null: Chain, families: tuple[str, ...], seed: int, num_threads: int, report: Report = None
) -> Mixing:
    """Do what :func:`trace` does, for checked arguments."""
    stride = null.swaps_per_edge / _RECORDS_PER_SAMPLE
    tracing = Tracing(_CHAINS, skipped=_RECORDS_PER_SAMPLE, records=_RECORDS)
    counts = null.with_swaps_per_edge(stride).trace_counts(graph, families, seed, tracing, num_threads, report)
    table = (counts.astype(object) - counts[0, 0]).astype(np.float64)  # exact differences: counts may pass 2**53
    times, r_hats = {}, {}
    for k, name in enumerate(classes_of(families)):
        times[name] = autocorrelation_time(table[:, :, k]) * stride
        r_hats[name] = split_r_hat(table[:, :, k])
    return Mixing(ByClass(times), ByClass(r_hats), null.swaps_per_edge, _CHAINS, _RECORDS)


def warn_if_refused(null: Chain, acceptance: float, stacklevel: int) -> None:
    """Warn, with the remedy, when nearly all swaps were refused.

    If a share f of the edges can swap with each other, and no others, f**2 of the attempts are accepted, so that each
    of these edges gets ``swaps_per_edge * f`` swaps or twice as many. Where none was accepted, nothing could move.
    """
    share = math.sqrt(acceptance) if acceptance > 0 else math.inf
    if null.swaps_per_edge >= 1 and null.swaps_per_edge * share < _FEWEST_SWAPS:  # fewer are warned of anyway
        wanted = min(1e6, math.ceil(4 / share))
        warnings.warn(
            f"swaps_per_edge={null.swaps_per_edge:g} looks short: {1 - acceptance:.3%} of the swaps were refused, so "
            f"few edges can move, and those seldom do; p-values remain valid, but mean, z and its error may be off. "
            f"Try nulls.{type(null).__name__}({wanted:g}).",
            MixingWarning,
            stacklevel=stacklevel,
        )


def warn_if_slow(null: Chain, mixing: Mixing, mode_shares: Mapping[str, float], stacklevel: int) -> None:
    """Warn, with the remedy, when the chain looks too short for some class that varies in the samples."""
    slow = mixing.slow_classes(mode_shares)
    if slow:
        times = [mixing.autocorrelation_time[name] for name in slow]
        longest = max((time for time in times if not math.isnan(time)), default=0.0)
        wanted = max(10, 2 * mixing.swaps_per_edge, math.ceil(3 * longest))
        warnings.warn(
            f"swaps_per_edge={mixing.swaps_per_edge:g} looks short for {', '.join(slow)}: samples stay correlated with "
            f"each other; p-values remain valid, but z and its error may be off. "
            f"Try nulls.{type(null).__name__}({wanted:g}).",
            MixingWarning,
            stacklevel=stacklevel,
        )
