"""Embeddings: rows looked up by the data. Their entries are an input, or read from units for the rows."""

from __future__ import annotations

import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import Flow, placed
from motifcount.inputs.modules.rules.arguments import argument
from motifcount.inputs.modules.rules.wiring import name_of_weight, wire_matrix
from motifcount.inputs.modules.trace import Rule, Trace


def _looked_up(trace: Trace, call: Call) -> list[Flow]:
    weight = argument(call, 1, "weight")
    if trace.flow(weight) is not None:
        raise trace.refusal(call, "with a table that depends on the data")
    name = name_of_weight(trace, call, weight)
    rows = trace.units.add(f"{name}.rows", weight.shape[0]) if trace.options.embeddings else None
    layer = trace.units.add(name, weight.shape[1])
    (rows or layer).is_input = True
    if rows is not None:
        numbers = torch.arange(rows.first, rows.first + rows.size)
        wire_matrix(trace, layer, [numbers], trace.values.kept(weight).T)
    out, *rest = call.results()
    return [Flow((placed(layer.first, [out.ndim - 1], out.shape),)), *[None] * len(rest)]  # type: ignore[list-item]


RULES: dict[str, Rule] = {"embedding": _looked_up, "embedding_bag": _looked_up}
