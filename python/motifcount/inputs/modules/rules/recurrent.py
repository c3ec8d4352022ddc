"""Recurrent layers: an arc where any gate has a kept weight, from the inputs and among the hidden units."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import Flow, alike, flow_of, placed
from motifcount.inputs.modules.rules.arguments import argument
from motifcount.inputs.modules.rules.wiring import name_of_weight, place, wire_matrix
from motifcount.inputs.modules.trace import Rule, Trace
from motifcount.inputs.modules.units import Bools, Layer


def _kept(trace: Trace, weight: torch.Tensor, size: int) -> Bools:
    """Return whether any gate has a kept weight, of shape (hidden units, inputs)."""
    kept = trace.values.kept(weight)
    return np.asarray(kept.reshape(-1, size, *kept.shape[1:]).any(axis=0))


def _connect(trace: Trace, layer: Layer, columns: list[torch.Tensor], weight: torch.Tensor) -> None:
    """Add the arcs of a weight, of shape (gates * hidden units, inputs)."""
    wire_matrix(trace, layer, columns, _kept(trace, weight, layer.size))
    units = np.tile(np.arange(layer.first, layer.first + layer.size), len(weight) // layer.size)
    place(trace, weight, [column.numpy()[None] for column in columns], units[:, None])


def _hidden(trace: Trace, name: str, size: int, biases: list[torch.Tensor]) -> Layer:
    kept = np.zeros(size, dtype=bool)
    for bias in biases:
        kept |= _kept(trace, bias, size)
    return trace.units.add(name, size, bias=kept if biases else None)


def _network(trace: Trace, call: Call) -> list[Flow]:
    """``gru``, ``lstm``, ``rnn_tanh``, ``rnn_relu``: all layers and directions in one call."""
    is_packed = isinstance(call.args[3], (list, tuple))
    source, states, weights = (call.args[0], *call.args[2:4]) if is_packed else call.args[:3]
    n_layers, bidirectional = (call.args[k + is_packed] for k in (4, 7))
    flow = trace.flow(source)
    if flow is None:
        raise trace.refusal(call, "with constant inputs")
    n_directions = 1 + bool(bidirectional)
    per_direction = len(weights) // (n_layers * n_directions)
    is_projected = per_direction % 2  # of LSTM only, whose four gates are stacked
    size = len(weights[0]) // 4 if is_projected else weights[1].shape[1]
    name = name_of_weight(trace, call, weights[0])
    ends: list[tuple[Layer, Layer]] = []
    columns = trace.read(call, flow, [len(flow.shape) - 1])
    for level in range(n_layers):
        layers = []
        for direction in range(n_directions):
            k = (level * n_directions + direction) * per_direction
            into, within, *biases = weights[k : k + per_direction - is_projected]
            ending = (f".{level}" if n_layers > 1 else "") + ".reverse" * direction
            layer = _hidden(trace, name + ending, size, biases)
            _connect(trace, layer, columns, into)
            end = _projected(trace, layer, weights[k + per_direction - 1]) if is_projected else layer
            _connect(trace, layer, [_numbers(end)], within)
            _start(trace, call, layer, states, level * n_directions + direction, within)
            layers.append((end, layer))
        ends += layers
        columns = [torch.cat([_numbers(end) for end, _ in layers])]
    out, *finals = call.results()
    found = [Flow((columns[0].expand(out.shape),))]
    for which, final in enumerate(finals):  # what comes out, and the cells behind it
        last = torch.stack([_numbers(pair[which]) for pair in ends])
        shape = [len(ends), *[1] * (final.ndim - 2), last.shape[1]]
        found.append(Flow((last.reshape(shape).expand(final.shape),)))
    return found


def _numbers(layer: Layer) -> torch.Tensor:
    return torch.arange(layer.first, layer.first + layer.size)


def _projected(trace: Trace, layer: Layer, weight: torch.Tensor) -> Layer:
    """Add the layer that hidden units are projected to."""
    end = trace.units.add(f"{layer.name}.projection", len(weight))
    _connect(trace, end, [_numbers(layer)], weight)
    return end


def _start(trace: Trace, call: Call, layer: Layer, states: Any, k: int, within: torch.Tensor) -> None:
    """The arcs from the units that set the first state."""
    state, *cells = states if isinstance(states, (list, tuple)) else (states,)
    of_state, *of_cells = (
        None if flow is None else flow_of([term[k] for term in flow.terms]) for flow in map(trace.flow, (state, *cells))
    )
    if of_state is not None:
        _connect(trace, layer, trace.read(call, of_state, [len(of_state.shape) - 1]), within)
    if of_cells and of_cells[0] is not None:
        _carry(trace, call, layer, of_cells[0], of_state)


def _carry(trace: Trace, call: Call, layer: Layer, cells: Flow, state: Flow | None) -> None:
    """The arcs from cells, each to its own unit; the memory of the units that write the state is none."""
    if state is None or not alike(cells, state):
        for column in trace.read(call, cells, [len(cells.shape) - 1]):
            trace.units.read(column, layer)
            trace.units.connect(layer, column.numpy(), np.arange(layer.size))


def _cell(trace: Trace, call: Call) -> list[Flow]:
    """``gru_cell``, ``lstm_cell``, …: one step; a loop over them is unrolled over time."""
    source, states, into, within = call.args[:4]
    biases = [bias for k, name in ((4, "b_ih"), (5, "b_hh")) if (bias := argument(call, k, name)) is not None]
    size = within.shape[1]
    layer = _hidden(trace, name_of_weight(trace, call, into), size, biases)
    readers = [(source, into)]
    first, *cells = states if isinstance(states, (list, tuple)) else (states,)
    readers.append((first, within))
    for value, weight in readers:
        flow = trace.flow(value)
        if flow is not None:
            _connect(trace, layer, trace.read(call, flow, [len(flow.shape) - 1]), weight)
    of_cells = trace.flow(cells[0]) if cells else None
    if of_cells is not None:
        _carry(trace, call, layer, of_cells, trace.flow(first))
    return [Flow((placed(layer.first, [out.ndim - 1], out.shape),)) for out in call.results()]


RULES: dict[str, Rule] = {
    **dict.fromkeys(("gru", "lstm", "rnn_tanh", "rnn_relu"), _network),
    **dict.fromkeys(("gru_cell", "lstm_cell", "rnn_tanh_cell", "rnn_relu_cell"), _cell),
}
