"""Functions that make one entry of many: means, maxima, pooling.

Over positions, a unit stays that unit. Over the units of a layer, what comes out is a mixture that scales others.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import MIXED, Flow, by_row, core, distinct, filled, flow_of, no_units
from motifcount.inputs.modules.rules.arguments import argument, axes_of, words
from motifcount.inputs.modules.rules.arithmetic import RULES as ARITHMETIC
from motifcount.inputs.modules.rules.arithmetic import combined
from motifcount.inputs.modules.rules.shapes import RULES as SHAPES
from motifcount.inputs.modules.rules.unrolled import pooled, window_of
from motifcount.inputs.modules.trace import Rule, Trace

OVER_AXES = words("""
mean sum nansum nanmean var std var_mean std_mean amax amin aminmax logsumexp prod norm vector_norm
linalg_vector_norm median nanmedian mode max min count_nonzero
""")

ALONG_AXES = words("""
cumsum cumprod cummax cummin logcumsumexp sort msort topk kthvalue
""")


def without_axes(trace: Trace, term: torch.Tensor, axes: Sequence[int]) -> list[torch.Tensor]:
    """Return what is left of a term of which some axes are made one; these axes have the length 1.

    More terms than one if units of different layers meet, and none if units of one layer are mixed.
    """
    rest = [axis for axis in range(term.ndim) if axis not in axes]
    kept = core(term)
    slim = kept if all(kept.shape[axis] == 1 for axis in axes) else None
    shape = [1 if axis in axes else term.shape[axis] for axis in range(term.ndim)]
    if slim is not None:
        return [slim.expand(shape)]
    narrow = [term.shape[axis] if kept.shape[axis] > 1 else 1 for axis in rest]
    squeezed = kept.expand([kept.shape[axis] for axis in range(term.ndim)])
    columns = distinct(by_row(squeezed, rest))
    clash = trace.units.clash(columns)
    if clash is not None:
        trace.pending.append(clash)
        return []
    slim_shape = [1] * term.ndim
    for axis, size in zip(rest, narrow, strict=True):
        slim_shape[axis] = size
    return [column.reshape(slim_shape).expand(shape) for column in columns]


def aggregated(trace: Trace, call: Call, flow: Flow, axes: Sequence[int]) -> Flow:
    """Return a value of which some axes are positions, one like the other; these axes have the length 1.

    Raises
    ------
    NotImplementedError
        If units lie along them.
    """
    n_pending = len(trace.pending)
    left = over_axes(trace, flow, axes)
    for clash in trace.pending[n_pending:]:
        trace.units.resolve(clash)
        raise trace.refusal(call, "takes units for positions")
    return left


def over_axes(trace: Trace, flow: Flow, axes: Sequence[int]) -> Flow:
    """Return a value of which some axes are made one; these axes have the length 1."""
    terms = [left for term in flow.terms for left in without_axes(trace, term, axes)]
    shape = [1 if axis in axes else size for axis, size in enumerate(flow.shape)]
    return flow_of(terms) if terms else Flow((filled(shape, MIXED),))


def _reduced(trace: Trace, call: Call) -> Any:
    source = argument(call, 0, "input")
    flow = trace.flow(source)
    results = call.results()
    dims = argument(call, 1, "dim", call.kwargs.get("axis"))
    if isinstance(dims, torch.Tensor):  # max(a, b): the larger of two
        return ARITHMETIC["maximum"](trace, call)
    if call.name in ("norm", "vector_norm", "linalg_vector_norm"):
        dims = argument(call, 2, "dim")
    if flow is None or isinstance(dims, bool):
        raise trace.refusal(call, "is given its arguments in a way")
    axes = axes_of(dims, len(flow.shape))
    left = _unrolled(trace, call, flow, axes) or over_axes(trace, flow, axes)
    if len(left.terms) > len(flow.terms):  # layers side by side, as stacked
        left = combined(trace, call, [Flow((term,)) for term in left.terms], "sum")
    if results[0].ndim < len(flow.shape):
        shape = [size for axis, size in enumerate(flow.shape) if axis not in axes]
        left = Flow(tuple(term.reshape(shape) for term in left.terms))
    return [left.to_shape(result.shape) for result in results]


def _along(trace: Trace, call: Call) -> list[Flow]:
    """Sums so far, and entries in their order: positions stay one like the other, units are mixed."""
    position = 2 if call.name in ("topk", "kthvalue") else 1
    dim = 0 if call.name == "msort" else argument(call, position, "dim", call.kwargs.get("axis", -1))
    if isinstance(dim, bool):  # sort(stable, dim), which has no positions
        raise trace.refusal(call, "is given its arguments in a way")
    flow = trace.flow(argument(call, 0, "input"))
    assert flow is not None
    axis = dim % max(1, len(flow.shape))
    left = over_axes(trace, flow, [axis])
    if call.name == "kthvalue" and call.results()[0].ndim < len(flow.shape):
        left = Flow(tuple(term.squeeze(axis) for term in left.terms))
    values, *places = call.results()
    return [left.to_shape(values.shape), *no_units(places)]


def _unrolled(trace: Trace, call: Call, flow: Flow, axes: Sequence[int]) -> Flow | None:
    """Return one unit for all positions of a channel, where they are units; None where they are not."""
    if not trace.options.is_unrolled:
        return None
    n = prod(flow.shape[axis] for axis in axes)
    window = np.arange(n), np.zeros(n, np.int64)
    return pooled(trace, call, flow, axes, window, [1] * len(axes))


def _pooled(n_axes: int) -> Rule:
    """Pooling over the last axes: positions of a channel, one like the other, or units of their own."""

    def rule(trace: Trace, call: Call) -> list[Flow]:
        source = argument(call, 0, "input")
        flow = trace.flow(source)
        if flow is None:
            raise trace.refusal(call, "is given its arguments in a way")
        axes = range(len(flow.shape) - n_axes, len(flow.shape))
        if trace.options.is_unrolled:
            if call.name.startswith("fractional"):
                raise trace.refusal(call, "pools places that are drawn at random")
            first, *others = call.results()
            found = pooled(trace, call, flow, axes, window_of(call, n_axes), first.shape[-n_axes:])
            if found is not None:
                return [found.to_shape(first.shape), *[found] * len(others)]
        left = aggregated(trace, call, flow, axes)
        return [left.to_shape((*flow.shape[:-n_axes], *out.shape[-n_axes:])) for out in call.results()]

    return rule


def _resized(trace: Trace, call: Call) -> list[Flow]:
    source = argument(call, 0, "input")
    return _pooled(source.ndim - 2)(trace, call)  # type: ignore[no-any-return]


def _scattered(trace: Trace, call: Call) -> Flow:
    """``index_add``, ``scatter_add``, …: positions along an axis are added to others, as messages to neighbours."""
    out = call.results()[0]
    target, dim, _, source = (argument(call, k, name) for k, name in enumerate(("input", "dim", "index", "source")))
    source = call.kwargs.get("src") if source is None else source
    terms = [filled(out.shape, MIXED)]
    for tensor in (target, source):
        flow = trace.flow(tensor)
        if flow is not None:
            left = aggregated(trace, call, flow, [dim % len(flow.shape)])
            terms += list(left.to_shape(out.shape).terms)
    return flow_of(terms)


def _selected(trace: Trace, call: Call) -> Any:
    """``index_select``, ``gather``: places along an axis, chosen by constants or, of positions, by the data."""
    source, dim, index = (argument(call, k, name) for k, name in enumerate(("input", "dim", "index")))
    flow = trace.flow(source)
    if trace.is_constant(index) and trace.constant(index) is not None:
        return SHAPES["roll"](trace, call)
    if flow is None or not source.is_floating_point():
        return _looked_up_by_data(trace, call, source)
    return aggregated(trace, call, flow, [dim % source.ndim]).to_shape(call.results()[0].shape)


def _picked(trace: Trace, call: Call) -> Any:
    """``x[index]``: also with places of positions that depend on the data."""
    source, index = call.args
    parts = index if isinstance(index, tuple) else (index,)
    by_data = [k for k, part in enumerate(parts) if isinstance(part, torch.Tensor) and _depends_on_data(trace, part)]
    flow = trace.flow(source)
    if not by_data:
        return SHAPES["roll"](trace, call)
    if flow is None or not source.is_floating_point():
        return _looked_up_by_data(trace, call, source)
    are_places = all(isinstance(part, torch.Tensor) and part.dtype != torch.bool for part in parts)
    if not are_places and (by_data != [0] or len(parts) > 1):
        raise trace.refusal(call, "takes places that depend on the data")
    n = len(parts) if are_places else max(parts[0].ndim, 1)
    left = aggregated(trace, call, flow, list(range(n)))
    shape = call.results()[0].shape
    return Flow(tuple(term.reshape(term.shape[n:]).expand(shape) for term in left.terms))


def _looked_up_by_data(trace: Trace, call: Call, table: torch.Tensor) -> list[Flow]:
    """Constants or whole numbers, chosen by the data: they have no units."""
    if trace.is_constant(table) and trace.values.is_trained(table):
        raise trace.refusal(call, "looks weights up by the data (F.embedding is understood)")
    return no_units(call.results())


def _put(trace: Trace, call: Call) -> Any:
    """``scatter``: entries put at places along an axis; constants at places chosen by the data have no units."""
    target, index, source = (argument(call, k, name) for k, name in ((0, "input"), (2, "index"), (3, "src")))
    if not trace.is_constant(index) and trace.flow(target) is None and trace.flow(source) is None:
        return no_units(call.results())
    return SHAPES["roll"](trace, call)


def _depends_on_data(trace: Trace, index: torch.Tensor) -> bool:
    return trace.flow(index) is not None or trace.constant(index) is None


def _packed(trace: Trace, call: Call) -> list[Flow | None]:
    """Sequences of different lengths, packed and unpacked: all but the last axis are positions."""
    flow = trace.flow(call.args[0])
    assert flow is not None
    left = aggregated(trace, call, flow, range(len(flow.shape) - 1))
    out, *rest = call.results()
    terms = tuple(term.reshape(-1).expand(out.shape) for term in left.terms)
    return [Flow(terms), *[None] * len(rest)]


POOLING = ["max_pool", "avg_pool", "adaptive_avg_pool", "adaptive_max_pool", "lp_pool", "fractional_max_pool"]

RULES: dict[str, Rule] = {
    **dict.fromkeys(("index_add", "scatter_add", "scatter_reduce", "index_reduce"), _scattered),
    **dict.fromkeys(("index_select", "gather", "take_along_dim"), _selected),
    "scatter": _put,
    **dict.fromkeys(("_pack_padded_sequence", "_pad_packed_sequence"), _packed),
    "__getitem__": _picked,
    **dict.fromkeys(OVER_AXES, _reduced),
    **dict.fromkeys(ALONG_AXES, _along),
    **{f"{name}{n}d{ending}": _pooled(n) for name in POOLING for n in (1, 2, 3) for ending in ("", "_with_indices")},
    **dict.fromkeys(("interpolate", "upsample", "upsample_nearest", "upsample_bilinear"), _resized),
}
