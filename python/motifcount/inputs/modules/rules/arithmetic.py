"""Sums and products of values: units of their own, which one pinned arc for each term leads to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import MIXED, NO_UNIT, Flow, alike, core, filled, flow_of
from motifcount.inputs.modules.rules.arguments import argument, words
from motifcount.inputs.modules.rules.elementwise import scaled
from motifcount.inputs.modules.trace import Rule, Trace
from motifcount.inputs.places import IntArray

SUMS = words("""
add sub rsub subtract __add__ __radd__ __iadd__ __sub__ __rsub__ __isub__ lerp normal hypot
""")
PRODUCTS = words("""
mul multiply div divide true_divide floor_divide pow float_power remainder fmod atan2 __mul__ __rmul__ __imul__
__truediv__ __rtruediv__ __itruediv__ __pow__ __rpow__ __ipow__ __div__ __rdiv__
""")


def _sum(trace: Trace, call: Call) -> Flow:
    return _combined(trace, call, "sum")


def _product(trace: Trace, call: Call) -> Flow:
    return _combined(trace, call, "product")


def _combined(trace: Trace, call: Call, kind: str) -> Flow:
    shape = call.results()[0].shape
    flows = [flow for tensor in call.tensors() if (flow := trace.flow(tensor)) is not None]
    if kind == "product" and len(flows) == 1:
        for factor in call.args:
            is_number = isinstance(factor, (int, float)) and not isinstance(factor, bool)
            if ("mul" in call.name) and (is_number or trace.is_constant(factor)):
                flows = [scaled(trace, flows[0].to_shape(shape), factor)]
    return combined(trace, call, [flow.to_shape(shape) for flow in flows], kind)


def combined(trace: Trace, call: Call, flows: Sequence[Flow], kind: str) -> Flow:
    """Return the sum or product of values of one shape."""
    flows = [flow_of(flow.terms) for flow in flows]
    shape = flows[0].shape
    with_units = [flow for flow in flows if flow.has_units]
    if not with_units:
        return Flow((filled(shape, MIXED if any(flow.has_mixtures for flow in flows) else NO_UNIT),))
    if len(with_units) == 1 or all(alike(flow, with_units[0]) for flow in with_units[1:]):
        return with_units[0]
    terms = [term for flow in with_units for term in flow.terms]
    if trace.options.residual == "direct":
        return flow_of(terms)
    return _layer_of_its_own(trace, call, flow_of(terms), kind)


def _layer_of_its_own(trace: Trace, call: Call, flow: Flow, kind: str) -> Flow:
    """Add a layer with a unit for each combination of terms."""
    cores = torch.broadcast_tensors(*map(core, flow.terms))  # type: ignore[no-untyped-call]
    table = torch.stack([term.reshape(-1) for term in cores], dim=1).clamp(min=NO_UNIT)
    combinations, which = torch.unique(table, dim=0, return_inverse=True)
    unit_of = _units_of(trace, combinations)
    unit_of[(combinations == NO_UNIT).all(dim=1)] = NO_UNIT
    entries = unit_of[which]
    present, first = _first_places(entries)
    order = torch.full((len(combinations) + 1,), NO_UNIT)
    order[present[first.argsort()]] = torch.arange(len(present))
    numbers = order[entries]  # order[-1] is -1, too
    layer = trace.units.add(f"{call.module}.{kind}".lstrip("."), len(present), is_pinned=True)
    layer.channels = _channels_of(trace, combinations, order[unit_of], layer.size)
    trace.units.read(combinations.reshape(-1), layer)
    pairs = torch.cat([torch.stack((column, order[unit_of]), dim=1) for column in combinations.unbind(dim=1)])
    pairs = torch.unique(pairs[(pairs >= 0).all(dim=1)], dim=0)
    trace.units.connect(layer, pairs[:, 0].numpy(), pairs[:, 1].numpy())
    placed = torch.where(numbers >= 0, layer.first + numbers, NO_UNIT)
    return Flow((placed.reshape(cores[0].shape).expand(flow.shape),))


def _channels_of(trace: Trace, combinations: torch.Tensor, numbers: torch.Tensor, size: int) -> IntArray:
    """Return by unit which channel it is a position of: units of the same channels, term by term, are of one."""
    found = np.zeros(size, np.int64)
    channels = torch.stack([trace.units.channels_of(column) for column in combinations.unbind(dim=1)], dim=1)
    which = torch.unique(channels, dim=0, return_inverse=True)[1]
    kept = numbers >= 0
    found[numbers[kept].numpy()] = which[kept].numpy()
    return found


def _first_places(entries: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the distinct numbers from 0 on, and where each occurs first."""
    present, inverse = torch.unique(entries, return_inverse=True)
    first = torch.full((len(present),), len(entries)).scatter_reduce(0, inverse, torch.arange(len(entries)), "amin")
    return present[present >= 0], first[present >= 0]


def _units_of(trace: Trace, combinations: torch.Tensor) -> torch.Tensor:
    """Return which combinations are one unit.

    Those that share a term are, if no two units of a layer meet in them: so the positions of a channel that other
    layers act on are one unit, and the channels that one gate acts on are not.
    """
    best = torch.arange(len(combinations))
    n_best = len(combinations)
    for anchor in combinations.unbind(dim=1):
        groups = _grouped_by(anchor)
        n_groups = int(groups.max()) + 1
        if n_groups < n_best and _holds_together(trace, combinations, groups):
            best, n_best = groups, n_groups
    return best.clone()


def _grouped_by(anchor: torch.Tensor) -> torch.Tensor:
    """Return groups of equal numbers; each -1 is a group of its own."""
    keys = torch.where(anchor >= 0, anchor, -1 - torch.arange(len(anchor)))
    groups: torch.Tensor = torch.unique(keys, return_inverse=True)[1]
    return groups


def _holds_together(trace: Trace, combinations: torch.Tensor, groups: torch.Tensor) -> bool:
    """Whether no two units of one layer meet in a column of a group; entries of an unread input may."""
    for column in combinations.unbind(dim=1):
        pairs = torch.unique(torch.stack((groups, column), dim=1)[column >= 0], dim=0)
        owners = torch.stack((pairs[:, 0], trace.units.layer_of(pairs[:, 1])), dim=1)
        _, which, counts = torch.unique(owners, dim=0, return_inverse=True, return_counts=True)
        clashing = pairs[counts[which] > 1]
        if len(clashing):
            return False
    return True


def _maximum(trace: Trace, call: Call) -> Flow:
    return _combined(trace, call, "maximum")


def _gated_linear_unit(trace: Trace, call: Call) -> Flow:
    """``glu``: the first half of an axis, times a function of the second."""
    flow = trace.flow(call.args[0])
    assert flow is not None
    dim = argument(call, 1, "dim", -1)
    halves = zip(*(term.chunk(2, dim) for term in flow.terms), strict=True)
    return combined(trace, call, [Flow(tuple(half)) for half in halves], "product")


RULES: dict[str, Rule] = {
    **dict.fromkeys(SUMS, _sum),
    **dict.fromkeys(PRODUCTS, _product),
    **dict.fromkeys(words("maximum minimum fmax fmin clamp clip clamp_min clamp_max"), _maximum),
    "glu": _gated_linear_unit,
}
