"""Convolutions and pooling with a unit for each position of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Any

import numpy as np
import torch
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import NO_UNIT, Flow, core, placed
from motifcount.inputs.modules.rules.arguments import argument
from motifcount.inputs.modules.rules.wiring import name_of_weight
from motifcount.inputs.modules.trace import Trace
from motifcount.inputs.places import IntArray, KernelPlaces

Window = tuple[IntArray, IntArray]  # from which positions to which


@dataclass(frozen=True)
class Kernel:
    """A call of a convolution, axis by axis."""

    before: tuple[int, ...]  # positions read
    after: tuple[int, ...]  # positions written
    size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int
    is_transposed: bool

    @property
    def n_in(self) -> int:
        """Number of positions read."""
        return prod(self.before)

    @property
    def n_out(self) -> int:
        """Number of positions written."""
        return prod(self.after)

    @staticmethod
    def of(call: Call, n_axes: int, *, transposed: bool) -> Kernel:
        """Return what a call says."""
        value, weight = argument(call, 0, "input"), argument(call, 1, "weight")
        size = tuple(weight.shape[2:])
        dilation = _each(argument(call, 7 if transposed else 5, "dilation", 1), n_axes)
        padding = argument(call, 4, "padding", 0)
        if isinstance(padding, str):
            same = tuple(d * (k - 1) // 2 for d, k in zip(dilation, size, strict=True))
            padding = same if padding == "same" else 0
        return Kernel(
            tuple(value.shape[-n_axes:]),
            tuple(call.results()[0].shape[-n_axes:]),
            size,
            _each(argument(call, 3, "stride", 1), n_axes),
            _each(padding, n_axes),
            dilation,
            argument(call, 6, "groups", 1),
            transposed,
        )

    def windows(self) -> tuple[Window, ...]:
        """By place in the kernel, which positions it leads from, and to; those of the padding are left out."""
        by_axis = [[self._window(axis, k) for k in range(size)] for axis, size in enumerate(self.size)]
        shapes = [*zip(self.before, self.after, strict=True)]
        return tuple(
            _laid([by_axis[axis][k] for axis, k in enumerate(place)], shapes) for place in np.ndindex(*self.size)
        )

    def _window(self, axis: int, k: int) -> Window:
        wide, narrow = (self.after, self.before) if self.is_transposed else (self.before, self.after)
        one = np.arange(narrow[axis])
        other = one * self.stride[axis] - self.padding[axis] + k * self.dilation[axis]
        inside = (other >= 0) & (other < wide[axis])
        pair = one[inside], other[inside]
        return pair if self.is_transposed else pair[::-1]


def _each(value: Any, n_axes: int) -> tuple[int, ...]:
    values = tuple(value) if isinstance(value, Sequence) else (value,)
    return values * n_axes if len(values) == 1 else values


def _laid(by_axis: Sequence[Window], shapes: Sequence[tuple[int, int]]) -> Window:
    """Return the pairs of positions, counted over all axes, of pairs along each."""

    def both(side: int) -> IntArray:
        def wider(found: IntArray, axis: int) -> IntArray:
            return (found[:, None] * shapes[axis][side] + by_axis[axis][side]).ravel()

        return reduce(wider, range(len(by_axis)), np.zeros(1, np.int64))

    return both(0), both(1)


def unrolled(trace: Trace, call: Call, kernel: Kernel, axis: int) -> Flow:
    """Return the layer of all positions that a convolution writes."""
    value, weight, bias = (argument(call, k, name) for k, name in enumerate(("input", "weight", "bias")))
    flow, out = trace.flow(value), call.results()[0]
    assert flow is not None
    axes = range(axis, len(flow.shape))
    columns = trace.read(call, flow, axes)
    n_channels = out.shape[axis]
    kept_bias = None if bias is None else np.repeat(trace.values.kept(bias).reshape(-1), kernel.n_out)
    layer = trace.units.add(name_of_weight(trace, call, weight), n_channels * kernel.n_out, bias=kept_bias)
    layer.channels = np.repeat(np.arange(n_channels), kernel.n_out)
    places = KernelPlaces(
        trace.values.parameter_of(weight) or "",
        tuple(weight.shape),
        tuple(np.maximum(column.numpy(), -1).reshape(-1, kernel.n_in) for column in columns),
        np.arange(layer.first, layer.first + layer.size).reshape(n_channels, -1),
        trace.values.kept(weight),
        kernel.groups,
        kernel.windows(),
        kernel.is_transposed,
        trace.values.negative(weight) if trace.options.signs else None,
    )
    read = np.unique(np.concatenate([reads for reads, _ in places.windows]))
    for of_term in places.sources:
        trace.units.read(torch.from_numpy(of_term[:, read].ravel()), layer)
    sources, targets = places.arcs(places.kept)
    trace.units.connect(layer, sources, targets - layer.first)
    if places.name:
        trace.units.weights.append(places)
    return Flow((placed(layer.first, axes, out.shape),))


def pooled(
    trace: Trace, call: Call, flow: Flow, axes: Sequence[int], window: Window, shape: Sequence[int]
) -> Flow | None:
    """Return a layer with a unit for each position written along some axes, of these sizes; pinned arcs lead to it.

    None if these axes are no positions of channels: nothing changes along them, or channels are mixed.
    """
    cores = torch.broadcast_tensors(*map(core, flow.terms))  # type: ignore[no-untyped-call]
    rest = [axis for axis in range(len(flow.shape)) if axis not in axes]
    if all(cores[0].shape[axis] == 1 for axis in axes):
        return None
    slim = [cores[0].shape[axis] for axis in rest]
    full = [flow.shape[axis] if axis in axes else cores[0].shape[axis] for axis in range(len(flow.shape))]
    tables = [term.expand(full).permute([*rest, *axes]).reshape(prod(slim), -1) for term in cores]
    if not all(_is_of_one_channel(trace, table) for table in tables):
        return None
    n_out = prod(shape)
    reads, writes = (torch.from_numpy(side) for side in window)
    if len(writes) == n_out == len(torch.unique(writes)):  # one position each
        order = reads[writes.argsort()]
        return Flow(tuple(_back(table[:, order], slim, shape, rest, axes, flow) for table in tables))
    layer = trace.units.add(f"{call.module}.{call.name}".lstrip("."), len(tables[0]) * n_out, is_pinned=True)
    layer.channels = np.repeat(np.arange(len(tables[0])), n_out)
    numbers = torch.arange(layer.size).reshape(-1, n_out)
    is_written = torch.zeros(numbers.shape, dtype=torch.bool)
    for table in tables:
        sources = table[:, reads]
        is_written.scatter_reduce_(1, writes.expand(sources.shape), sources >= 0, "amax")
        trace.units.read(sources.reshape(-1), layer)
        trace.units.connect(layer, sources.reshape(-1).numpy(), numbers[:, writes].reshape(-1).numpy())
    found = torch.where(is_written, layer.first + numbers, NO_UNIT)
    return Flow((_back(found, slim, shape, rest, axes, flow),))


def _is_of_one_channel(trace: Trace, table: torch.Tensor) -> bool:
    """Whether each row has units of one channel only, or none."""
    channels = trace.units.channels_of(table)
    highest = channels.max(dim=1, keepdim=True).values
    return bool(((channels == highest) | (channels == NO_UNIT)).all()) and bool((highest >= NO_UNIT).all())


def _back(
    table: torch.Tensor, slim: list[int], shape: Sequence[int], rest: list[int], axes: Sequence[int], flow: Flow
) -> torch.Tensor:
    """Return rows and positions as a term with its axes in their places."""
    order = [*rest, *axes]
    laid = table.reshape([*slim, *shape]).permute([order.index(axis) for axis in range(len(order))])
    sizes = dict(zip(axes, shape, strict=True))
    return laid.expand([sizes.get(axis, flow.shape[axis]) for axis in range(len(order))])


def window_of(call: Call, n_axes: int) -> Window:
    """Return which positions a pooling function makes which of, axis by axis, by what it does to single ones."""
    source = argument(call, 0, "input")
    before = source.shape[-n_axes:]
    by_axis, shapes = [], []
    for axis, n in enumerate(before):
        probe = torch.zeros((n, 1, *before), dtype=torch.float64)
        probe.movedim(2 + axis, 1)[torch.arange(n), torch.arange(n)] = 1
        kwargs = {name: value for name, value in call.kwargs.items() if name != "input"}
        args = call.args[1:] if call.args else ()
        out = pytree.tree_leaves(call.func(probe, *args, **kwargs))[0]
        reached = (out[:, 0] != 0).movedim(1 + axis, 1).flatten(2).any(2).numpy()
        reads, writes = np.nonzero(reached)
        by_axis.append((reads, writes))
        shapes.append(reached.shape)
    return _laid(by_axis, shapes)
