"""Correlation of samples with the start of their chains, class by class, estimated from pilot chains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount.nulls.chains import Trace, decay_of_start, traces_of

_LEVEL = 0.05  # chance that `proven` is above the true one in any class
_SQUARED_DISTANCE = 2.0  # of the observed graph, in variances: more in one of six graphs like the others
_SURE = 4.5  # standard errors, over all records and classes


class Memory(NamedTuple):
    """What is left of a start after the two chains that lie between it and a sample, or between two samples."""

    autocorrelation_time: float  # integrated, of an exponential decay to that correlation, in attempts per edge
    correlation: float  # of two samples
    bias: float  # of the samples' mean, for starting from the observed graph, in standard deviations
    added: float  # variances of a count that both add to that of the mean
    proven: float  # the part of these that the records prove


class Pilots(NamedTuple):
    """Counts along pilot chains from the observed graph, less the observed ones, as floats."""

    table: npt.NDArray[np.float64]  # of shape (chains, records, classes)
    settling: int  # first records of a chain, of which each tells of the start only
    stride: float  # attempts per edge between records


def memories(pilots: Pilots, length: float) -> list[Memory]:
    """Return by class what is left of the start in samples whose chains are of this length, in attempts per edge.

    Each class has noisy records of its own, in which slow decays of small amplitude hide; but the classes of a graph
    decay by mixtures of the same ones. So each is taken to decay as far as its own records tell, and from there on
    in the slowest time of all classes that have enough records, one error up. That holds for the distance of the
    observed graph from the mean, too, and for what distance there is on the way, as a count can be far off in between.
    """
    of_counts = np.ascontiguousarray(pilots.table.transpose(2, 0, 1))
    traces = traces_of(of_counts[..., pilots.settling :], pilots.stride)
    slowest = _slowest(traces)
    n_varying = max(1, sum(trace is not None for trace in traces))
    surely = NormalDist().inv_cdf(1 - _LEVEL / n_varying)
    return [
        _memory(chains, trace, slowest, pilots.stride, length, surely)
        for chains, trace in zip(of_counts, traces, strict=True)
    ]


def _slowest(traces: Sequence[Trace | None]) -> float:
    varying = [trace for trace in traces if trace is not None]
    telling = [trace for trace in varying if not trace.is_rare] or varying
    return max((trace.correlations.decay_time(1) for trace in telling), default=0.0)


def _memory(
    chains: npt.NDArray[np.float64], trace: Trace | None, slowest: float, stride: float, length: float, surely: float
) -> Memory:
    lag = 2 * length
    if trace is None:  # constant, and perhaps not the observed count: then nothing is left of the start
        left = math.exp(-lag / slowest) if slowest else 0.0
        return Memory(autocorrelation_time=2 * slowest, correlation=left, bias=0.0, added=0.0, proven=0.0)
    z = abs(trace.mean) / trace.std
    start = decay_of_start(chains, 0.0, trace, stride) or trace.correlations
    correlation = trace.correlations.at(lag, slowest)
    bias = max(
        z * start.at(lag, slowest),
        _on_the_way(chains, trace, stride, slowest, lag),
        _unseen_bias(correlation, slowest, lag),
    )
    proven = [math.exp(-lag / t) if (t := each.decay_time(-surely)) else 0.0 for each in (trace.correlations, start)]
    return Memory(
        autocorrelation_time=_time(lag, correlation),
        correlation=correlation,
        bias=bias,
        added=added_variance(correlation, bias),
        proven=added_variance(proven[0], z * proven[1]),
    )


def _time(lag: float, correlation: float) -> float:
    """Return the integral of the exponential decay, both ways, to a correlation at a lag."""
    if correlation <= 0:
        return 0.0
    return 2 * lag / -math.log(correlation) if correlation < 1 else math.inf


def _on_the_way(chains: npt.NDArray[np.float64], trace: Trace, stride: float, time: float, lag: float) -> float:
    """Return what is left of the distance, in standard deviations, that the last record surely off the mean has."""
    lags = stride * np.arange(1, chains.shape[1] + 1)
    distances = np.abs(chains.mean(axis=0) - trace.mean) / trace.std
    error = trace.tails / math.sqrt(len(chains))
    sure = np.flatnonzero((lags <= lag) & (distances > _SURE * error))
    if time == 0 or not sure.size:
        return 0.0
    return float(distances[sure[-1]] - error) * math.exp((float(lags[sure[-1]]) - lag) / time)


def _unseen_bias(correlation: float, slowest: float, lag: float) -> float:
    """Return the bias, in standard deviations, of a count whose own distance from the mean is small by accident.

    A count is a sum of modes a_i y_i, each of variance a_i**2, that decay to r_i: its correlation is sum(a_i**2 r_i),
    its bias sum(a_i y_i r_i), where y_i is how far out the observed graph lies. Of a graph like the others, the bias
    has the variance sum(a_i**2 r_i**2), which is at most the correlation times the slowest r.
    """
    return math.sqrt(_SQUARED_DISTANCE * correlation * max(correlation, math.exp(-lag / slowest) if slowest else 0.0))


def added_variance(correlation: float, bias: float) -> float:
    """Return the variances of a count that a common start adds to that of the mean; the bias in standard deviations.

    Given the hidden start h, in the middle between the observed graph and the samples, the mean of the samples lies
    sqrt(correlation) of the distance of h off; and h scatters around where it is expected.
    """
    return correlation - correlation**2 + max(correlation, bias) ** 2
