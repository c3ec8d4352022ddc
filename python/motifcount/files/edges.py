"""Edges as every reader gives them, and the one place where they become a graph."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.graph import Graph
from motifcount.graph.access import graph_of, with_kinds, with_weights
from motifcount.inputs.rows import Rows
from motifcount.inputs.tables import from_edge_arrays
from motifcount.motifs.by_class import Frozen

IntArray = npt.NDArray[np.integer[Any]]

_FIRST = 1000  # lines in which edges to be shown are looked for


@dataclass(frozen=True)
class Edges:
    """Edges between the positions of labels.

    ``weight`` is given only where the file, or the user, says that a column holds weights: only then are edges of
    weight 0 none. ``both_ways`` marks edges that the file calls undirected: all (True), none (False) or some (an
    array).
    """

    src: IntArray
    dst: IntArray
    labels: tuple[Hashable, ...] | None
    n_nodes: int
    report: ReadReport
    weight: npt.NDArray[np.float64] | None = None
    both_ways: bool | npt.NDArray[np.bool_] = False
    kinds: Sequence[Hashable] | None = None  # by edge, where the user asks for what the format has of them
    attributes: Mapping[str, Sequence[Any]] | None = None  # of the nodes, where the format has such
    is_signed: bool = False  # an attribution graph: layers and the signs of weights are read unasked
    layer_of: Mapping[Hashable, str] | None = None  # by label, where columns of a table tell


def assemble(edges: Edges, options: Options, layers: Any) -> tuple[Graph, ReadReport]:
    """Return the graph of edges, and the report with what was left out.

    Raises
    ------
    ValueError
        If edges are undirected and nothing says what that is to mean, or a threshold has no sense.
    """
    if options.kind_column is not None and edges.kinds is None:
        raise ValueError(f"{options.said_kinds()} says nothing about this format; leave it out")
    if options.weights and edges.weight is None:
        raise ValueError(f"{options.say('weights', True)} keeps the weights of edges, and these have none")
    if options.asks_signs and edges.weight is None:
        raise ValueError(f"{options.said_kinds()} is the sign of weights, and edges have none")
    dropped: dict[str, int] = {}
    if options.kind_of is not None:
        edges = _of_known_kinds(edges, options, dropped)
    notes = list(edges.report.notes)
    listed = edges
    edges = _thresholded(edges, options, dropped, notes) if options.threshold is not None else _nonzero(edges, dropped)
    src, dst = edges.src, edges.dst
    sample = _sample(edges)
    loops = int(np.count_nonzero(src == dst))
    src, dst, n_listed = _directed(edges, options, notes)
    keep = edges.labels is not None or layers is not None
    rows = from_edge_arrays(src, dst, edges.n_nodes, keep_all_rows=keep)
    duplicates = rows.dropped["duplicates"]
    if n_listed is not None and len(src) == 2 * n_listed:  # every line stands for two edges
        duplicates //= 2
    dropped |= {"self-loops": loops, "duplicates": duplicates}
    rows = rows._replace(labels=edges.labels, dropped=Frozen(dropped))
    if options.kinds is not None:
        rows = _with_kinds(rows, listed, options)
        notes += _kinds_told(rows)
    if options.weights:
        rows = with_weights(rows, *_both_directions(listed, options)[:3])
    graph = graph_of(rows, layers)
    report = replace(
        edges.report, n_nodes=graph.n_nodes, n_edges=graph.n_edges, dropped=dropped, sample=sample, notes=tuple(notes)
    )
    return graph, report


def _of_known_kinds(edges: Edges, options: Options, dropped: dict[str, int]) -> Edges:
    """Return edges with the kinds that a table gives for what the file has; those of None are left out."""
    table, found = options.kind_of or {}, edges.kinds or ()
    by_word = {str(value): kind for value, kind in table.items()}  # in a file, 1 is a text
    for value in dict.fromkeys(found):
        if value not in table and str(value) not in by_word:
            ways = (options.say("kinds", {options.kinds: {str(value): kind}}) for kind in ("+", None))
            raise ValueError(
                f"{options.say('kinds', options.kinds)}: no kind is given for {str(value)[:60]!r}; give it one, as "
                f"{next(ways)}, or none to leave its edges out, as {next(ways)}"
            )
    kinds = [table.get(value, by_word.get(str(value))) for value in found]
    live = np.array([kind is not None for kind in kinds], dtype=bool)
    dropped["of no kind"] = len(live) - int(np.count_nonzero(live))
    return replace(
        edges,
        src=edges.src[live],
        dst=edges.dst[live],
        weight=None if edges.weight is None else edges.weight[live],
        both_ways=edges.both_ways if isinstance(edges.both_ways, bool) else edges.both_ways[live],
        kinds=[kind for kind in kinds if kind is not None],
    )


def _with_kinds(rows: Rows, listed: Edges, options: Options) -> Rows:
    """Return rows with kinds, the same for both directions of an undirected edge."""
    src, dst, weight, kinds = _both_directions(listed, options)
    return with_kinds(rows, src, dst, weight, options.kinds if options.kind_column is None else kinds)


def _both_directions(listed: Edges, options: Options) -> tuple[Any, Any, Any, Any]:
    """Return sources, targets, weights and kinds of edges, each undirected one twice."""
    src, dst, weight, kinds = listed.src, listed.dst, listed.weight, listed.kinds
    if options.undirected:
        both = np.flatnonzero(_both_ways(listed)).tolist()
        src, dst = np.concatenate((src, dst[both])), np.concatenate((dst, src[both]))
        weight = None if weight is None else np.append(weight, weight[both])
        kinds = None if kinds is None else [*kinds, *(kinds[k] for k in both)]
    return src, dst, weight, kinds


def _kinds_told(rows: Rows) -> list[str]:
    """Tell the kinds of edges, and how many edges are of each."""
    if rows.kinds is None:
        return []
    n_edges = np.bincount(rows.kinds.of_arc, minlength=len(rows.kinds.labels)).tolist()
    told = (f"{n:,} of {str(label)!r}" for label, n in zip(rows.kinds.labels, n_edges, strict=True))
    return [f"kinds of edges: {', '.join(told)}"]


def _both_ways(edges: Edges) -> npt.NDArray[np.bool_]:
    """Tell which edges are taken both ways where any are: those marked, or all if none is."""
    marked = np.broadcast_to(np.asarray(edges.both_ways), edges.src.shape)
    return marked if marked.any() else np.ones(len(edges.src), bool)


def _sample(edges: Edges) -> tuple[tuple[Any, Any], ...]:
    """Return the first three edges of the graph, by labels."""
    first = zip(edges.src[:_FIRST].tolist(), edges.dst[:_FIRST].tolist(), strict=True)
    ends = list(dict.fromkeys((source, target) for source, target in first if source != target))[:3]
    if edges.labels is None:
        return tuple(ends)
    return tuple((edges.labels[source], edges.labels[target]) for source, target in ends)


def _nonzero(edges: Edges, dropped: dict[str, int]) -> Edges:
    if edges.weight is None:
        return edges
    live = edges.weight != 0
    n_zeros = len(live) - int(np.count_nonzero(live))
    if n_zeros == 0:
        return edges
    dropped["weight 0"] = n_zeros
    both = edges.both_ways if isinstance(edges.both_ways, bool) else edges.both_ways[live]
    return replace(edges, src=edges.src[live], dst=edges.dst[live], weight=edges.weight[live], both_ways=both)


def _thresholded(edges: Edges, options: Options, dropped: dict[str, int], notes: list[str]) -> Edges:
    """Keep the pairs whose weights add up to the threshold; a row without weight counts 1."""
    weight = np.ones(len(edges.src)) if edges.weight is None else edges.weight
    if weight.size and weight.min() < 0:
        where = f"there are negative ones such as {weight.min():g}"
        raise ValueError(f"{options.say('threshold', options.threshold)} needs weights of 0 or more; {where}")
    if not isinstance(edges.both_ways, bool) and edges.both_ways.any() and not edges.both_ways.all():
        raise ValueError(f"{options.say('threshold')} has no meaning where some edges are undirected and some directed")
    if edges.n_nodes >= 2**31:
        raise ValueError(f"{options.say('threshold')} is for graphs of fewer than 2**31 nodes")
    keys = edges.src.astype(np.int64) * edges.n_nodes + edges.dst
    if options.undirected:
        low, high = np.minimum(edges.src, edges.dst), np.maximum(edges.src, edges.dst)
        keys = low.astype(np.int64) * edges.n_nodes + high
    _, first, pair = np.unique(keys, return_index=True, return_inverse=True)
    sums = np.bincount(pair, weights=weight, minlength=len(first))
    is_loop = edges.src[first] == edges.dst[first]
    is_zero = (sums == 0) & ~is_loop
    least = options.threshold or 0.0
    is_below = (sums < least) & ~np.isclose(sums, least, rtol=1e-9, atol=0) & ~is_loop & ~is_zero  # tenths add up to 1
    live = first[~is_zero & ~is_below]
    dropped["weight 0"] = int(np.count_nonzero(is_zero))
    dropped["pairs below threshold"] = int(np.count_nonzero(is_below))
    if edges.weight is None:
        notes.append("the threshold counts lines, for no column holds weights")
    both = edges.both_ways if isinstance(edges.both_ways, bool) else edges.both_ways[live]
    return replace(edges, src=edges.src[live], dst=edges.dst[live], weight=None, both_ways=both)


def _directed(edges: Edges, options: Options, notes: list[str]) -> tuple[IntArray, IntArray, int | None]:
    """Add the other direction of undirected edges."""
    src, dst = edges.src, edges.dst
    marked = np.broadcast_to(np.asarray(edges.both_ways), src.shape)
    if options.undirected is None and (edges.both_ways is True or marked.any()):
        some = "its edges" if marked.all() else f"{int(marked.sum()):,} of its edges"
        raise ValueError(
            f"the file calls {some} undirected; {options.say('undirected', True)} takes them both ways, "
            f"{options.say('undirected', False)} in the direction in which they are written"
        )
    if not options.undirected:
        return src, dst, None
    both = _both_ways(edges)
    notes.append("undirected edges are taken both ways")
    return np.concatenate((src, dst[both])), np.concatenate((dst, src[both])), len(src)
