"""Attention: values carry the path, head by head; queries and keys only weigh positions, and gate."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import Flow, flow_of, mixed, placed
from motifcount.inputs.modules.rules.arguments import argument, words
from motifcount.inputs.modules.rules.arithmetic import combined
from motifcount.inputs.modules.rules.reductions import aggregated
from motifcount.inputs.modules.rules.wiring import new_layer, place, wire_matrix
from motifcount.inputs.modules.trace import Rule, Trace
from motifcount.inputs.modules.units import Layer


def _scaled_dot_product(trace: Trace, call: Call) -> Flow:
    query, key, value = (argument(call, k, name) for k, name in enumerate(("query", "key", "value")))
    out = call.results()[0]
    flow = trace.flow(value)
    if flow is None:
        raise trace.refusal(call, "with constant values")
    carried = _over_positions(trace, call, flow, out.shape)
    if not trace.options.attention_gates:
        return carried
    gates = [gate for part in (query, key) if (gate := trace.flow(part)) is not None]
    return combined(trace, call, [carried, *(_gating(trace, call, gate, out.shape) for gate in gates)], "attention")


def _over_positions(trace: Trace, call: Call, flow: Flow, shape: torch.Size) -> Flow:
    """The units of values, all the same at every position; heads of keys and values may be shared by several."""
    terms = []
    for term in aggregated(trace, call, flow, [len(flow.shape) - 2]).terms:
        if term.ndim > 2 and term.shape[-3] not in (1, shape[-3]):
            term = term.repeat_interleave(shape[-3] // term.shape[-3], dim=-3)
        terms.append(term.expand(shape))
    return flow_of(terms)


def _gating(trace: Trace, call: Call, flow: Flow, shape: torch.Size) -> Flow:
    """All units of a head's queries or keys, as terms of every unit of that head."""
    terms = []
    for term in aggregated(trace, call, flow, [len(flow.shape) - 2]).terms:
        for k in range(term.shape[-1]):
            part = term[..., k : k + 1]
            if part.ndim > 2 and part.shape[-3] not in (1, shape[-3]):
                part = part.repeat_interleave(shape[-3] // part.shape[-3], dim=-3)
            terms.append(part.expand(shape))
    return flow_of(terms)


_NAMES = words("""
query key value embed_dim_to_check num_heads in_proj_weight in_proj_bias bias_k bias_v add_zero_attn dropout_p
out_proj_weight out_proj_bias training key_padding_mask need_weights attn_mask use_separate_proj_weight
q_proj_weight k_proj_weight v_proj_weight
""")


def _multi_head(trace: Trace, call: Call) -> list[Flow]:
    given: dict[str, Any] = {name: argument(call, k, name) for k, name in enumerate(_NAMES)}
    width, n_heads = given["embed_dim_to_check"], given["num_heads"]
    flows = [trace.flow(given[name]) for name in ("query", "key", "value")]
    if flows[2] is None:
        raise trace.refusal(call, "with constant values")
    kept, biases = _projections(trace, given, width)
    name = call.module or "attention"
    out, *weights = call.results()
    layers = {}
    for k, part in enumerate(("queries", "keys", "values")):
        flow = flows[k]
        if flow is None or (part != "values" and not trace.options.attention_gates):
            continue
        layers[part] = trace.units.add(f"{name}.{part}", width, bias=biases[k])
        columns = trace.read(call, flow, [len(flow.shape) - 1])
        wire_matrix(trace, layers[part], columns, kept[k])
        _place(trace, given, k, layers[part], columns)
    carried = Flow((placed(layers["values"].first, [0], [width]),))
    if trace.options.attention_gates:
        heads = (n_heads, width // n_heads)
        gates = []
        for part in ("queries", "keys"):
            if part in layers:
                gating = placed(layers[part].first, [0, 1], heads)
                gates += [gating[:, k : k + 1].expand(heads).reshape(width) for k in range(heads[1])]
        carried = combined(trace, call, [carried, Flow(tuple(gates))], "attention") if gates else carried
    written = new_layer(trace, f"{name}.out_proj", width, given["out_proj_bias"])
    columns = trace.read(call, carried, [0])
    wire_matrix(trace, written, columns, trace.values.kept(given["out_proj_weight"]))
    units = np.arange(written.first, written.first + width)[:, None]
    place(trace, given["out_proj_weight"], [column.numpy()[None] for column in columns], units)
    return [Flow((placed(written.first, [out.ndim - 1], out.shape),)), *(mixed(weight.shape) for weight in weights)]


def _place(trace: Trace, given: dict[str, Any], k: int, layer: Layer, columns: list[torch.Tensor]) -> None:
    """Note where the weights of queries (0), keys (1) or values (2) are: a part of one matrix, or one of their own."""
    units = np.arange(layer.first, layer.first + layer.size)
    read = [column.numpy()[None] for column in columns]
    if given["use_separate_proj_weight"]:
        place(trace, given[f"{'qkv'[k]}_proj_weight"], read, units[:, None])
    else:
        rows = np.full(3 * layer.size, -1)
        rows[k * layer.size : (k + 1) * layer.size] = units
        place(trace, given["in_proj_weight"], read, rows[:, None])


def _projections(trace: Trace, given: dict[str, Any], width: int) -> tuple[list[Any], list[Any]]:
    """Return which weights, and which biases, lead to queries, keys and values."""
    if given["use_separate_proj_weight"]:
        kept = [trace.values.kept(given[f"{part}_proj_weight"]) for part in "qkv"]
    else:
        kept = np.split(trace.values.kept(given["in_proj_weight"]), 3)
    bias = given["in_proj_bias"]
    return kept, [None] * 3 if bias is None else np.split(trace.values.kept(bias), 3)


RULES: dict[str, Rule] = {
    "scaled_dot_product_attention": _scaled_dot_product,
    "multi_head_attention_forward": _multi_head,
}
