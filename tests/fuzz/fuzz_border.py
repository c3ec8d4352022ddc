"""The functions of the package with odd arguments: an answer that adds up, or a documented exception with a message."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import motifcount as mc
from fuzz import values
from fuzz.values import Bytes

DOCUMENTED = (ValueError, TypeError, NotImplementedError, MemoryError)


def run(data: bytes) -> None:
    """Make one call that the bytes describe."""
    source = Bytes(data)
    call = source.choice(CALLS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            call(source)
        except DOCUMENTED as error:
            if not str(error) and not isinstance(error, MemoryError):
                raise AssertionError("an error without a message") from error


def seeds() -> list[bytes]:
    """Return inputs that reach every call with ordinary arguments."""
    plain = bytes([0, 6, 1, 2, 0, 1, 1, 0, 1, 0, 1, 2, 1, 0, 1, 1, 2, 0, 0, 1, 2, 1, 0, 1])
    return [bytes([call]) + bytes([kind]) * 2 + plain for call in range(len(CALLS)) for kind in (0, 1, 2, 3, 4)]


def _maybe(source: Bytes, good: Any) -> Any:
    """Mostly the good value; sometimes any."""
    return values.anything(source) if source.byte() > 180 else good


def _graph(source: Bytes) -> mc.Graph:
    n = source.below(9)
    ends = [source.below(n) for _ in range(2 * source.below(24))] if n else []
    layers = source.choice([None, "infer", [v * source.below(4) // max(n, 1) for v in range(n)], list(range(n))])
    return mc.Graph.from_edges(ends[::2], ends[1::2], n, layers)


def check_sums(graph: mc.Graph) -> None:
    """Hold the counts of a graph, unless it is very large, against what they add up to."""
    if graph.n_nodes > 10**6:
        return
    assert graph.in_degrees().sum() == graph.out_degrees().sum() == graph.n_edges
    counts = mc.count(graph)
    assert sum(counts[name] for name in mc.CLASSES[2]) == math.comb(graph.n_nodes, 2)
    assert sum(counts[name] for name in mc.CLASSES[3]) == math.comb(graph.n_nodes, 3)
    assert counts["asymmetric"] + 2 * counts["mutual"] == graph.n_edges


def _make(source: Bytes) -> None:
    adj = source.choice([values.anything, values.array, values.sparse])(source)
    check_sums(mc.Graph(adj, layers=_maybe(source, None)))


def _from_edges(source: Bytes) -> None:
    ends = [[values.integer(source) for _ in range(source.below(8))] for _ in range(2)]
    src, dst = (_maybe(source, column) for column in ends)
    n_nodes = source.choice([None, values.integer(source), values.anything(source)])
    check_sums(mc.Graph.from_edges(src, dst, n_nodes, _maybe(source, None)))


def _from_layers(source: Bytes) -> None:
    make = source.choice([values.array, values.sparse, values.anything])
    masks = [make(source) for _ in range(source.below(4))]
    biases = [values.anything(source) for _ in range(source.below(4))] if source.flag() else None
    graph = mc.Graph.from_layers(_maybe(source, masks), _maybe(source, biases))
    check_sums(graph)
    check_sums(graph.drop_ineffective())
    layers = graph.to_layers()
    assert sum(mask.nnz for mask in layers) <= graph.n_edges
    assert mc.Graph.from_layers(layers, graph.biases) == graph


def _count(source: Bytes) -> None:
    graph = _graph(source)
    counts = mc.count(
        _maybe(source, graph),
        _maybe(source, source.choice([2, 3, 4, (2, 3), (2, 3, 4)])),
        induced=_maybe(source, source.flag()),
        by_block=_maybe(source, source.flag()),
        by_node=_maybe(source, source.flag()),
        num_threads=_maybe(source, 1),
    )
    assert all(type(value) is int and value >= 0 for value in counts.values())


def _null(source: Bytes) -> Any:
    if source.flag():
        return _maybe(source, source.choice(["degree", "edge_count", "cover"]))
    swaps = source.choice([0.1, 3, values.scalar(source)])
    # A chain as long as is allowed takes its time, and that is no fault.
    short = not isinstance(swaps, (int, float)) or not swaps > 100
    return mc.nulls.Degree(swaps_per_edge=swaps if short else 10, keep_mutual=_maybe(source, source.flag()))


def _randomize(source: Bytes) -> None:
    graph = _graph(source)
    null = _null(source)
    random = mc.randomize(graph, null, seed=_maybe(source, source.byte()), num_threads=_maybe(source, 1))
    assert (random.n_nodes, random.n_edges) == (graph.n_nodes, graph.n_edges)
    check_sums(random)


def _significance(source: Bytes) -> None:
    result = mc.significance(
        _maybe(source, _graph(source)),
        _null(source),
        size=_maybe(source, (2, 3)),
        samples=source.choice([0, 1, 2, 5]) if source.byte() < 230 else source.choice([None, -1, 2.0, "3", 10**9]),
        seed=_maybe(source, 1),
        first_sample=_maybe(source, source.below(3)),
        adjust=_maybe(source, "bh"),
        num_threads=_maybe(source, 1),
        executor=_maybe(source, None),
        progress=False,
    )
    assert all(0 <= p <= 1 or math.isnan(p) for p in result.p_over.values())


def _endpoint_pairs(source: Bytes) -> None:
    graph = _graph(source)
    mc.endpoint_pairs(_maybe(source, graph), _maybe(source, source.below(5)))
    assert mc.endpoint_pairs(graph, 1) == graph.n_edges


CALLS: list[Callable[[Bytes], None]] = [
    _make,
    _from_edges,
    _from_layers,
    _count,
    _randomize,
    _significance,
    _endpoint_pairs,
]
