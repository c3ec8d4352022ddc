"""Linear layers, products of matrices, einsum: all as sums over axes that are named by letters."""

from __future__ import annotations

import string
from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import MIXED, NO_UNIT, Flow, filled, flow_of, placed, varies
from motifcount.inputs.modules.rules.arguments import argument, words
from motifcount.inputs.modules.rules.arithmetic import combined
from motifcount.inputs.modules.rules.elementwise import cut
from motifcount.inputs.modules.rules.reductions import without_axes
from motifcount.inputs.modules.rules.wiring import name_of_weight, new_layer, place, wire, wire_matrix
from motifcount.inputs.modules.trace import Rule, Trace
from motifcount.inputs.places import IntArray


def weighted(
    trace: Trace, call: Call, flow: Flow, weight: Any, letters: tuple[str, str, str], bias: Any = None
) -> Flow:
    """Return the layer that weights write: the letters of the axes of value, weights and result are given.

    Letters of the weights that the result lacks are summed over: along them units are read. The others tell the units
    written; those that the value has too, as heads or experts, have weights of their own.
    """
    of_value, of_weight, of_result = letters
    shared = [x for x in of_weight if x in of_value and x in of_result]
    summed = [x for x in of_weight if x in of_value and x not in of_result]
    written = [x for x in of_weight if x not in of_value and x in of_result]
    if len(shared) + len(summed) + len(written) < len(of_weight) or len(set(of_weight)) < len(of_weight):
        raise trace.refusal(call, "multiplies in a way")
    columns = trace.read(call, flow, [of_value.index(x) for x in (*shared, *summed)])
    kept = trace.values.kept(weight).transpose([of_weight.index(x) for x in (*shared, *written, *summed)])
    size = dict(zip(of_weight, weight.shape, strict=True))
    n_shared, n_written, n_summed = (int(np.prod([size[x] for x in part])) for part in (shared, written, summed))
    layer = new_layer(trace, name_of_weight(trace, call, weight), n_shared * n_written, bias)
    kept = kept.reshape(n_shared * n_written, n_summed)
    if n_shared == 1:
        wire_matrix(trace, layer, columns, kept)
    else:
        targets, places = np.nonzero(kept)
        wire(trace, layer, columns, targets // n_written * n_summed + places, targets)
    read = [_along(column.numpy(), [*shared, *summed], of_weight, size) for column in columns]
    units = np.arange(layer.first, layer.first + layer.size)
    place(trace, weight, read, _along(units, [*shared, *written], of_weight, size))
    shape = [dict(zip(of_value, flow.shape, strict=True)).get(x, size.get(x, 1)) for x in of_result]
    return Flow((placed(layer.first, [of_result.index(x) for x in (*shared, *written)], shape),))


def _along(numbers: IntArray, letters: list[str], of_weight: str, size: dict[str, int]) -> IntArray:
    """Return numbers, counted along some axes of a weight, with all its axes; the others have the length 1."""
    laid = numbers.reshape([size[x] for x in letters]).transpose([letters.index(x) for x in of_weight if x in letters])
    return laid.reshape([size[x] if x in letters else 1 for x in of_weight])


def product(trace: Trace, call: Call, values: tuple[Any, Any], letters: tuple[str, str, str], bias: Any = None) -> Flow:
    """Return a sum of products of two tensors over the letters that the result lacks."""
    flows = [trace.flow(value) for value in values]
    if None not in flows:
        return _of_two(trace, flows, letters)
    side = 0 if flows[0] is not None else 1
    flow, other = flows[side], values[1 - side]
    assert flow is not None
    mine, others = letters[side], letters[1 - side]
    summed = [mine.index(x) for x in mine if x in others and x not in letters[2]]
    rest = [axis for axis in range(len(mine)) if axis not in summed]
    if len(summed) == len(others) == 1 and any(varies(term, axis) for term in flow.terms for axis in rest):
        return _weighted_sum(trace, call, flow, other, summed[0], [rest.index(mine.index(x)) for x in letters[2]])
    reads_units = any(varies(term, axis) for term in flow.terms for axis in summed)
    if reads_units or trace.values.is_trained(other) or all(flow.shape[axis] == 1 for axis in summed):
        return weighted(trace, call, flow, other, (mine, others, letters[2]), bias)
    return _passed(trace, flow, mine, letters, values)


def _weighted_sum(trace: Trace, call: Call, flow: Flow, weight: Any, axis: int, order: list[int]) -> Flow:
    """A sum along an axis by weights that all units at a place have in common, as of layers side by side."""
    kept = torch.from_numpy(trace.values.kept(weight))
    flow = cut(trace, flow, kept.reshape([-1 if a == axis else 1 for a in range(len(flow.shape))]))
    parts = zip(*(term.unbind(axis) for term in flow.terms), strict=True)
    return combined(trace, call, [Flow(tuple(term.permute(order) for term in part)) for part in parts], "sum")


def _passed(trace: Trace, flow: Flow, mine: str, letters: tuple[str, str, str], values: tuple[Any, Any]) -> Flow:
    """Fixed numbers that mix positions: the units stay."""
    terms = [left for term in flow.terms for left in _to_result(trace, term, mine, letters, values, False)]
    return flow_of(terms)


def _of_two(trace: Trace, flows: list[Any], letters: tuple[str, str, str]) -> Flow:
    """The product of two values: units pass that are not summed over; those that are gate, as queries and keys do."""
    sizes: tuple[Any, Any] = (flows[0], flows[1])
    terms = []
    for flow, mine in zip(flows, letters, strict=False):
        for term in flow.terms:
            terms += _to_result(trace, term, mine, letters, sizes, trace.options.attention_gates)
    shape = _shape_of(letters, sizes)
    return flow_of(terms) if terms else Flow((filled(shape, MIXED),))


def _to_result(
    trace: Trace, term: torch.Tensor, mine: str, letters: tuple[str, str, str], sizes: tuple[Any, Any], gates: bool
) -> list[torch.Tensor]:
    """Return the units of one term along the axes of the result; none, or (with gates) all, if they are summed over."""
    summed = [axis for axis, x in enumerate(mine) if x not in letters[2]]
    n_pending = len(trace.pending)
    parts = without_axes(trace, term, summed)
    del trace.pending[n_pending:]
    if not parts and gates:
        parts = [term]
        for axis in summed:
            parts = [part.narrow(axis, k, 1) for part in parts for k in range(part.shape[axis])]
    shape = _shape_of(letters, sizes)
    rest = [axis for axis in range(len(mine)) if axis not in summed]
    found = []
    for part in parts:
        order = sorted(rest, key=lambda axis: letters[2].index(mine[axis]))
        moved = part.permute([*order, *summed]).reshape([part.shape[axis] for axis in order])
        wide = [term.shape[mine.index(x)] if x in mine else 1 for x in letters[2]]
        found.append(moved.reshape(wide).expand(shape))
    return found


def _shape_of(letters: tuple[str, str, str], values: tuple[Any, Any]) -> list[int]:
    size: dict[str, int] = {}
    for part, value in zip(letters, values, strict=False):
        for x, n in zip(part, value.shape, strict=True):
            size[x] = max(n, size.get(x, 1))
    return [size[x] for x in letters[2]]


def _linear(trace: Trace, call: Call) -> Flow:
    value, weight, bias = (argument(call, k, name) for k, name in enumerate(("input", "weight", "bias")))
    rest = string.ascii_letters[: value.ndim - 1]
    letters = (rest + "Y", "Y", rest) if weight.ndim == 1 else (rest + "Y", "ZY", rest + "Z")
    return _plus(trace, call, product(trace, call, (value, weight), letters, bias), bias)


def _plus(trace: Trace, call: Call, found: Flow, added: Any) -> Flow:
    """Add a value to what was found, if units act on it."""
    flow = trace.flow(added)
    return found if flow is None else combined(trace, call, [flow.to_shape(found.shape), found], "sum")


def _matmul(trace: Trace, call: Call) -> Flow:
    first, second = (
        call.args[0],
        call.args[1] if len(call.args) > 1 else call.kwargs.get("other", call.kwargs.get("mat2")),
    )
    if call.name == "__rmatmul__":
        first, second = second, first
    return _matrices(trace, call, first, second)


def _matrices(trace: Trace, call: Call, first: Any, second: Any, bias: Any = None) -> Flow:
    n_batch = max(first.ndim, second.ndim, 2) - 2
    batch = string.ascii_letters[:n_batch]
    of_first = batch[n_batch - max(first.ndim - 2, 0) :] + ("XY" if first.ndim > 1 else "Y")
    of_second = batch[n_batch - max(second.ndim - 2, 0) :] + ("YZ" if second.ndim > 1 else "Y")
    result = batch + ("X" if first.ndim > 1 else "") + ("Z" if second.ndim > 1 else "")
    return product(trace, call, (first, second), (of_first, of_second, result), bias)


def _addmm(trace: Trace, call: Call) -> Flow:
    """``addmm(bias, x, W)``: HuggingFace's Conv1D, with weights (in, out)."""
    names = ("input", "batch1", "batch2") if call.name.startswith("baddbmm") else ("input", "mat1", "mat2")
    added, first, second = (argument(call, k, name) for k, name in enumerate(names))
    if trace.flow(first) is None and trace.flow(second) is None:
        return _plus(trace, call, Flow((filled(call.results()[0].shape, NO_UNIT),)), added)
    is_bias = trace.is_constant(added) and added.ndim == 1 and trace.values.is_trained(added)
    return _plus(trace, call, _matrices(trace, call, first, second, added if is_bias else None), added)


def _einsum(trace: Trace, call: Call) -> Flow:
    equation, *values = call.args
    if len(values) == 1 and isinstance(values[0], (list, tuple)):
        values = list(values[0])
    left, arrow, result = equation.replace(" ", "").partition("->")
    letters = left.split(",")
    rest = string.ascii_uppercase + string.ascii_lowercase
    if "..." in equation:
        free = [x for x in rest if x not in equation]
        n_dots = [value.ndim - len(part.replace("...", "")) for part, value in zip(letters, values, strict=True)]
        dots = "".join(free[: max(n_dots)])
        letters = [part.replace("...", dots[len(dots) - n :]) for part, n in zip(letters, n_dots, strict=True)]
        result = result.replace("...", dots)
    if not arrow:
        joined = "".join(letters)
        result = "".join(sorted(x for x in set(joined) if joined.count(x) == 1))
    if len(values) != 2 or any(len(set(part)) < len(part) for part in letters):
        raise trace.refusal(call, f"with the equation {equation!r}")
    return product(trace, call, (values[0], values[1]), (letters[0], letters[1], result))


def _bilinear(trace: Trace, call: Call) -> Flow:
    """``bilinear(x, y, weight, bias)``: x W y for each unit written."""
    *values, weight, bias = (argument(call, k, name) for k, name in enumerate(("input1", "input2", "weight", "bias")))
    kept = trace.values.kept(weight)
    layer = new_layer(trace, name_of_weight(trace, call, weight), len(kept), bias)
    for value, other_axis in zip(values, (2, 1), strict=True):
        flow = trace.flow(value)
        if flow is not None:
            wire_matrix(
                trace, layer, trace.read(call, flow, [value.ndim - 1]), np.any(kept, axis=other_axis, keepdims=False)
            )
    shape = call.results()[0].shape
    return _plus(trace, call, Flow((placed(layer.first, [len(shape) - 1], shape),)), bias)


RULES: dict[str, Rule] = {
    "bilinear": _bilinear,
    "linear": _linear,
    **dict.fromkeys(words("matmul linalg_matmul mm _sparse_mm smm bmm mv dot __matmul__ __rmatmul__"), _matmul),
    "addmm": _addmm,
    "baddbmm": _addmm,
    "einsum": _einsum,
}
