"""Functions that make one entry of many: means, maxima, pooling.

Over positions, a unit stays that unit. Over the units of a layer, what comes out is a mixture that scales others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from motifcount.inputs.modules.flow import MIXED, Flow, by_row, core, distinct, filled, flow_of
from motifcount.inputs.modules.recording import Call
from motifcount.inputs.modules.rules.arguments import argument, axes_of, words
from motifcount.inputs.modules.trace import Rule, Trace

OVER_AXES = words("""
mean sum nansum nanmean var std var_mean std_mean amax amin aminmax logsumexp prod norm vector_norm
linalg_vector_norm median nanmedian mode max min logcumsumexp count_nonzero
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


def over_axes(trace: Trace, flow: Flow, axes: Sequence[int]) -> Flow:
    """Return a value of which some axes are made one; these axes have the length 1."""
    terms = [left for term in flow.terms for left in without_axes(trace, term, axes)]
    shape = [1 if axis in axes else size for axis, size in enumerate(flow.shape)]
    return flow_of(terms) if terms else Flow((filled(shape, MIXED),))


def _reduced(trace: Trace, call: Call) -> Any:
    source = call.args[0] if call.args else call.kwargs["input"]
    flow = trace.flow(source)
    results = call.results()
    dims = argument(call, 1, "dim", call.kwargs.get("axis"))
    if isinstance(dims, torch.Tensor):  # max(a, b): the larger of two
        from motifcount.inputs.modules.rules.arithmetic import RULES as SUMS

        return SUMS["add"](trace, call)
    if call.name in ("norm", "vector_norm", "linalg_vector_norm"):
        dims = argument(call, 2, "dim")
    if flow is None or isinstance(dims, bool):
        raise trace.refusal(call, "is given its arguments in a way")
    axes = axes_of(dims, len(flow.shape))
    left = over_axes(trace, flow, axes)
    if results[0].ndim < len(flow.shape):
        shape = [size for axis, size in enumerate(flow.shape) if axis not in axes]
        left = Flow(tuple(term.reshape(shape) for term in left.terms))
    return [left.to_shape(result.shape) for result in results]


def _pooled(n_axes: int) -> Rule:
    """Pooling over the last axes: positions of a channel, one like the other."""

    def rule(trace: Trace, call: Call) -> list[Flow]:
        source = call.args[0] if call.args else call.kwargs["input"]
        flow = trace.flow(source)
        if flow is None:
            raise trace.refusal(call, "is given its arguments in a way")
        axes = range(len(flow.shape) - n_axes, len(flow.shape))
        n_pending = len(trace.pending)
        left = over_axes(trace, flow, axes)
        for clash in trace.pending[n_pending:]:
            trace.units.resolve(clash)
            raise trace.refusal(call, "pools units")
        return [left.to_shape((*flow.shape[:-n_axes], *out.shape[-n_axes:])) for out in call.results()]

    return rule


def _resized(trace: Trace, call: Call) -> list[Flow]:
    source = call.args[0] if call.args else call.kwargs["input"]
    return _pooled(source.ndim - 2)(trace, call)  # type: ignore[no-any-return]


POOLING = ["max_pool", "avg_pool", "adaptive_avg_pool", "adaptive_max_pool", "lp_pool", "fractional_max_pool"]

RULES: dict[str, Rule] = {
    **dict.fromkeys(OVER_AXES, _reduced),
    **{f"{name}{n}d{ending}": _pooled(n) for name in POOLING for n in (1, 2, 3) for ending in ("", "_with_indices")},
    **dict.fromkeys(("interpolate", "upsample", "upsample_nearest", "upsample_bilinear"), _resized),
}
