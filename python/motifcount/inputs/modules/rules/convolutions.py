"""Convolutions by their channels: an arc where the kernel from one channel to another has any entry.

Unrolled, every position of a channel is a unit: see unrolled.py.
"""

from __future__ import annotations

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import Flow, placed
from motifcount.inputs.modules.rules.arguments import argument
from motifcount.inputs.modules.rules.unrolled import Kernel, unrolled
from motifcount.inputs.modules.rules.wiring import name_of_weight, new_layer, place, wire
from motifcount.inputs.modules.trace import Rule, Trace
from motifcount.inputs.modules.units import Layer
from motifcount.inputs.places import IntArray


def _convolution(n_axes: int, *, transposed: bool) -> Rule:
    def rule(trace: Trace, call: Call) -> Flow:
        value, weight, bias = (argument(call, k, name) for k, name in enumerate(("input", "weight", "bias")))
        groups = argument(call, 6, "groups", 1)
        flow = trace.flow(value)
        if flow is None or trace.flow(weight) is not None or trace.flow(bias) is not None:
            raise trace.refusal(call, "with kernels or biases that depend on the data")
        axis = len(flow.shape) - n_axes - 1
        kernel = Kernel.of(call, n_axes, transposed=transposed)
        n_places = kernel.n_in if transposed else kernel.n_out
        name = name_of_weight(trace, call, weight)
        trace.n_unrolled[name] = trace.n_unrolled.get(name, 0) + int(trace.values.kept(weight).sum()) * n_places
        if trace.options.is_unrolled:
            return unrolled(trace, call, kernel, axis)
        columns = trace.read(call, flow, [axis])
        kept = trace.values.kept(weight).any(axis=tuple(range(2, 2 + n_axes)))
        if transposed:  # (in, out / groups) as (out, in / groups)
            within = kept.reshape(groups, kept.shape[0] // groups, kept.shape[1])
            kept = within.swapaxes(1, 2).reshape(-1, kept.shape[0] // groups)
        layer = new_layer(trace, name, kept.shape[0], bias)
        targets, places = np.nonzero(kept)
        wire(trace, layer, columns, targets // (kept.shape[0] // groups) * kept.shape[1] + places, targets)
        _place(trace, weight, [column.numpy() for column in columns], layer, groups, transposed)
        return Flow((placed(layer.first, [axis], call.results()[0].shape),))

    return rule


def _place(
    trace: Trace, weight: torch.Tensor, columns: list[IntArray], layer: Layer, groups: int, transposed: bool
) -> None:
    first, second = np.ogrid[: weight.shape[0], : weight.shape[1]]
    group = first // (weight.shape[0] // groups)
    one, other = first, group * weight.shape[1] + second  # numbers of channels along the first axis, and the second
    reads, writes = (one, other) if transposed else (other, one)
    axes = [*(1,) * (weight.ndim - 2)]
    targets = (layer.first + writes).reshape(*writes.shape, *axes)
    place(trace, weight, [column[reads].reshape(*reads.shape, *axes) for column in columns], targets, groups)


RULES: dict[str, Rule] = {
    f"conv{'_transpose' * transposed}{n}d": _convolution(n, transposed=transposed)
    for n in (1, 2, 3)
    for transposed in (False, True)
}
