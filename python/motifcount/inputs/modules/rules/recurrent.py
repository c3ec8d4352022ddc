"""Recurrent layers: an arc where any gate has a kept weight, from the inputs and among the hidden units."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import Flow, flow_of, placed
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
    has_bias, n_layers, bidirectional = (call.args[k + is_packed] for k in (3, 4, 7))
    flow = trace.flow(source)
    if flow is None:
        raise trace.refusal(call, "with constant inputs")
    n_directions = 1 + bool(bidirectional)
    per_direction = len(weights) // (n_layers * n_directions)
    if per_direction != (4 if has_bias else 2):
        raise trace.refusal(call, "with projections")
    size = weights[1].shape[1]
    name = name_of_weight(trace, call, weights[0])
    ends: list[Layer] = []
    columns = trace.read(call, flow, [len(flow.shape) - 1])
    for level in range(n_layers):
        layers = []
        for direction in range(n_directions):
            k = (level * n_directions + direction) * per_direction
            into, within, *biases = weights[k : k + per_direction]
            ending = (f".{level}" if n_layers > 1 else "") + ".reverse" * direction
            layer = _hidden(trace, name + ending, size, biases)
            _connect(trace, layer, columns, into)
            _start(trace, call, layer, states, level * n_directions + direction, within)
            layers.append(layer)
        ends += layers
        columns = [torch.cat([torch.arange(layer.first, layer.first + size) for layer in layers])]
    out, *finals = call.results()
    found = [Flow((columns[0].expand(out.shape),))]
    last = torch.stack([torch.arange(layer.first, layer.first + size) for layer in ends])
    for final in finals:
        shape = [len(ends), *[1] * (final.ndim - 2), size]
        found.append(Flow((last.reshape(shape).expand(final.shape),)))
    return found


def _start(trace: Trace, call: Call, layer: Layer, states: Any, k: int, within: torch.Tensor) -> None:
    """The arcs among the hidden units, and those from the units that set the first state."""
    own = [torch.arange(layer.first, layer.first + layer.size)]
    _connect(trace, layer, own, within)
    for state in states if isinstance(states, (list, tuple)) else (states,):
        flow = trace.flow(state)
        if flow is not None:
            of_layer = flow_of([term[k] for term in flow.terms])
            _connect(trace, layer, trace.read(call, of_layer, [len(of_layer.shape) - 1]), within)


def _cell(trace: Trace, call: Call) -> list[Flow]:
    """``gru_cell``, ``lstm_cell``, …: one step; a loop over them is unrolled over time."""
    source, states, into, within = call.args[:4]
    biases = [bias for k, name in ((4, "b_ih"), (5, "b_hh")) if (bias := argument(call, k, name)) is not None]
    size = within.shape[1]
    layer = _hidden(trace, name_of_weight(trace, call, into), size, biases)
    readers = [(source, into)]
    first = states[0] if isinstance(states, (list, tuple)) else states
    readers.append((first, within))
    for value, weight in readers:
        flow = trace.flow(value)
        if flow is not None:
            _connect(trace, layer, trace.read(call, flow, [len(flow.shape) - 1]), weight)
    return [Flow((placed(layer.first, [out.ndim - 1], out.shape),)) for out in call.results()]


RULES: dict[str, Rule] = {
    **dict.fromkeys(("gru", "lstm", "rnn_tanh", "rnn_relu"), _network),
    **dict.fromkeys(("gru_cell", "lstm_cell", "rnn_tanh_cell", "rnn_relu_cell"), _cell),
}
