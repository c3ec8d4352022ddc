"""Functions that move entries about: torch applies them to the numbers of units."""

from __future__ import annotations

from typing import Any

import torch
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.flow import MIXED, NO_UNIT, Flow, core, filled, flow_of, no_units
from motifcount.inputs.modules.rules.arguments import argument, words
from motifcount.inputs.modules.trace import Rule, Trace

MOVING = words("""
reshape flatten unflatten permute transpose swapaxes swapdims movedim moveaxis T mT H mH t squeeze unsqueeze expand
repeat tile repeat_interleave chunk split tensor_split split_with_sizes unsafe_chunk unsafe_split hsplit
vsplit dsplit unbind narrow select __getitem__ index_select roll flip fliplr flipud rot90 ravel diagonal unfold
take_along_dim gather cat concat concatenate stack hstack vstack dstack column_stack row_stack broadcast_to
broadcast_tensors atleast_1d atleast_2d atleast_3d channel_shuffle pixel_shuffle pixel_unshuffle masked_select
tril triu meshgrid index_copy
""")


def terms_of(trace: Trace, flow: Flow | None, tensor: torch.Tensor, n: int) -> list[torch.Tensor]:
    """Return `n` terms of a tensor: its own, and others without units."""
    own = () if flow is None else flow.terms
    return [*own, *[filled(tensor.shape, NO_UNIT)] * (n - len(own))]


def _moved(trace: Trace, call: Call) -> Any:
    """Apply the function to each term. What it fills in as 0 is no unit."""
    flows = {id(tensor): flow for tensor in call.tensors() if (flow := trace.flow(tensor)) is not None}
    n_terms = max(len(flow.terms) for flow in flows.values())
    found = [_apply(trace, call, flows, k) for k in range(n_terms)]
    return [Flow(terms) for terms in zip(*found, strict=True)]


def _apply(trace: Trace, call: Call, flows: dict[int, Flow], k: int) -> list[torch.Tensor]:
    def number(value: Any) -> Any:
        if not isinstance(value, torch.Tensor):
            return value
        if id(value) in flows:
            if value.dtype in (torch.bool, torch.long) and call.name not in ("cat", "concat", "stack"):
                constant = None if id(value) == id(call.args[0]) else trace.constant(value)
                if constant is not None:
                    return constant.cpu()
                if value is not call.args[0]:
                    raise trace.refusal(call, "takes places that depend on the data")
            return _raised(terms_of(trace, flows[id(value)], value, k + 1)[k], -NO_UNIT)
        if value.dtype.is_floating_point or value is call.args[0]:
            return filled(value.shape, 0)
        constant = trace.constant(value)
        if constant is None:
            raise trace.refusal(call, "takes places that depend on the data")
        return constant.cpu()

    args, kwargs = pytree.tree_map(number, (call.args, dict(call.kwargs)))
    try:
        out = call.func(*args, **kwargs)
    except RuntimeError:  # not for integers
        out = pytree.tree_map(_long, call.func(*pytree.tree_map(_double, args), **kwargs))
    return [_raised(leaf, NO_UNIT) for leaf in pytree.tree_leaves(out) if isinstance(leaf, torch.Tensor)]


def _raised(term: torch.Tensor, step: int) -> torch.Tensor:
    return (core(term) + step).expand(term.shape)


def _double(value: Any) -> Any:
    return value.double() if isinstance(value, torch.Tensor) and value.dtype == torch.int64 else value


def _long(value: Any) -> Any:
    return value.long() if isinstance(value, torch.Tensor) else value


def _viewed(trace: Trace, call: Call) -> Flow:
    """``view`` and ``reshape``, to the shape that came out: the numbers need not be laid out as the values are."""
    flow = trace.flow(call.args[0])
    out = call.results()[0]
    if flow is None or out.numel() != call.args[0].numel() or out.dtype != call.args[0].dtype:
        raise trace.refusal(call, "looks at bytes")
    return Flow(tuple(term.reshape(out.shape) for term in flow.terms))


def _padded(trace: Trace, call: Call) -> Flow:
    flow = trace.flow(call.args[0])
    assert flow is not None
    pad = call.args[1] if len(call.args) > 1 else call.kwargs["pad"]
    mode = call.args[2] if len(call.args) > 2 else call.kwargs.get("mode", "constant")
    if mode != "constant":
        pads = (torch.nn.functional.pad(term.double(), tuple(pad), mode=mode) for term in flow.terms)
        return Flow(tuple(term.long() for term in pads))
    return Flow(tuple(torch.nn.functional.pad(term, tuple(pad), value=NO_UNIT) for term in flow.terms))


def _set_item(trace: Trace, call: Call) -> Flow:
    """The target after ``x[index] = y``."""
    target, index, value = call.args
    index = pytree.tree_map(lambda i: trace.constant(i) if isinstance(i, torch.Tensor) else i, index)
    if any(
        leaf is None for leaf in pytree.tree_leaves(index, is_leaf=lambda leaf: leaf is None) if leaf is not Ellipsis
    ):
        raise trace.refusal(call, "writes to places that depend on the data, or to a new axis")
    old, new = trace.flow(target), trace.flow(value)
    n_terms = max(len(flow.terms) for flow in (old, new) if flow is not None)
    written = []
    for k in range(n_terms):
        term = terms_of(trace, old, target, k + 1)[k].clone(memory_format=torch.contiguous_format)
        term[index] = terms_of(trace, new, value, k + 1)[k] if isinstance(value, torch.Tensor) else NO_UNIT
        written.append(term)
    return Flow(tuple(written))


def _chosen(trace: Trace, call: Call) -> Flow | list[Flow]:
    """``where``, ``masked_fill``: an entry is one of two values; of both units act where that is not fixed.

    What a mask fixes at some positions of a unit only, it leaves open.
    """
    out = call.results()[0]
    if len(call.args) + len(call.kwargs) == 1:  # where(condition): places
        return no_units(call.results())
    is_where = call.name == "where"
    mask = argument(call, int(not is_where), "condition" if is_where else "mask")
    values = argument(call, int(is_where), "input"), argument(call, 2, "other" if is_where else "value")
    terms = []
    for value, wanted in zip(values, (is_where, not is_where), strict=True):
        flow = trace.flow(value)
        for term in () if flow is None else flow.terms:
            if bool((core(term) >= 0).any()):
                terms.append(_left_by(trace, mask, wanted, term.expand(out.shape)))
    return Flow(tuple(terms) or (filled(out.shape, MIXED),))


def _copied(trace: Trace, call: Call) -> Flow | None:
    """``copy_``: what was there is gone."""
    flow = trace.flow(argument(call, 1, "src", call.kwargs.get("other")))
    return None if flow is None else flow.to_shape(call.results()[0].shape)


def _left_by(trace: Trace, mask: Any, wanted: bool, term: torch.Tensor) -> torch.Tensor:
    """Return what a constant mask leaves of a term, where it is `wanted` at any position."""
    chosen = trace.constant(mask) if trace.is_constant(mask) else None
    if chosen is None:
        return term
    chosen = (chosen.cpu().bool() == wanted).expand(term.shape)
    positions = [axis for axis, size in enumerate(core(term).shape) if size == 1]
    if positions:
        chosen = chosen.amax(positions, keepdim=True)
    return torch.where(chosen, core(term), NO_UNIT).expand(term.shape)


def _complex(trace: Trace, call: Call) -> Flow:
    """Complex numbers of their two parts: the units of both act on them."""
    out = call.results()[0]
    flows = [flow for tensor in call.tensors() if (flow := trace.flow(tensor)) is not None]
    if call.name == "view_as_complex":
        return flow_of([part for term in flows[0].terms for part in term.unbind(-1)])
    return flow_of([term.expand(out.shape) for flow in flows for term in flow.terms])


def _parts(trace: Trace, call: Call) -> Flow:
    """``view_as_real``."""
    flow = trace.flow(call.args[0])
    assert flow is not None
    return Flow(tuple(term[..., None].expand(call.results()[0].shape) for term in flow.terms))


RULES: dict[str, Rule] = {
    **dict.fromkeys(MOVING, _moved),
    **dict.fromkeys(("view", "reshape", "flatten", "unflatten", "ravel"), _viewed),
    **dict.fromkeys(("where", "masked_fill"), _chosen),
    "copy_": _copied,
    **dict.fromkeys(("complex", "polar", "view_as_complex"), _complex),
    "view_as_real": _parts,
    "pad": _padded,
    "__setitem__": _set_item,
}
