"""A torch module as a graph: one forward pass is recorded, and every value followed to what reads it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from motifcount._support import arguments
from motifcount.inputs.modules import derivatives, examples
from motifcount.inputs.modules.examples import Example
from motifcount.inputs.modules.given import given_tensors
from motifcount.inputs.modules.graphs import rows_of
from motifcount.inputs.modules.options import Options
from motifcount.inputs.modules.recording import Instead, Recording, Unrecorded, record, unwrapped
from motifcount.inputs.modules.rules import RULES
from motifcount.inputs.modules.signs import with_signs
from motifcount.inputs.modules.trace import Trace
from motifcount.inputs.modules.units import Inputs, Remerge
from motifcount.inputs.modules.values import Overwritten
from motifcount.inputs.rows import Rows


def from_module(
    module: Any, example: Any, options: Options, weights: Mapping[Any, Any] | None = None, *, bias: bool
) -> Rows:
    """Return the rows of a module; see :meth:`motifcount.Graph.from_module`."""
    _refuse_unknown(options)
    plain = unwrapped(module)
    _refuse_without_weights(plain)
    options = replace(options, tensors=given_tensors(plain, weights or {}))
    trace = _followed(plain, example, options)
    reached = trace.units.reaching_outputs()
    if all(trace.units.layers[position].is_input for position in reached):
        raise ValueError(f"module: {type(plain).__name__} has no layer with weights between its inputs and outputs")
    rows = rows_of(trace.units, reached, bias=bias)
    return with_signs(rows) if options.signs else rows


def _refuse_unknown(options: Options) -> None:
    unknown = [rule for rule in options.names.values() if rule not in RULES]
    if unknown:
        raise ValueError(
            f"rules must lead to functions that are understood, such as 'relu' or 'add', or to one of your own, "
            f"not to {arguments.shown(unknown[0])}"
        )


def _refuse_without_weights(module: Any) -> None:
    if isinstance(module, torch.jit.ScriptModule):
        raise NotImplementedError("module: a ScriptModule cannot be followed; pass the module that it was made of")
    for name, part in module.named_modules():
        if any(torch.nn.parameter.is_lazy(parameter) for parameter in part.parameters(recurse=False)):
            kind = type(part).__name__
            raise ValueError(f"module: {name or 'it'} is a {kind} without weights yet; run a forward pass first")
    if type(module).forward is torch.nn.Module.forward:
        raise NotImplementedError(
            f"module: {type(module).__name__} has no forward, so what feeds what is not told; pass masks to "
            "Graph.from_layers"
        )
    if not any(True for _ in module.parameters()) and not any(True for _ in module.buffers()):
        raise ValueError(f"module: {type(module).__name__} has no Linear layer or others with weights")


def _followed(module: Any, example: Any, options: Options) -> Trace:
    if example is not None:
        given = examples.given(module, example)
        return _traced(module, given, options, _recorded(module, given, options))
    failed = ""
    for guess in examples.inferred(module):
        try:
            recording = record(module, guess, _instead(options))
        except Unrecorded as error:
            raise ValueError(str(error)) from error
        except Exception as error:  # not what the module takes
            failed = failed or f"; with the shape {guess.args[0]} it fails: {_first_line(error)}"
            continue
        if _begins_with_linear(recording):
            return _traced(module, guess, options, recording)
    names = examples.names_of_arguments(module)
    raise ValueError(
        f"module: {type(module).__name__} does not begin with a Linear layer that reads its input alone, so "
        f"example must be given: a tensor, a shape such as example=(1, 3, 32, 32), or a tuple or dict of arguments "
        f"({names}){failed}"
    )


def _traced(module: Any, example: Example, options: Options, recording: Recording) -> Trace:
    try:
        trace = _follow(recording, options)
    except Overwritten:
        trace = _follow(_recorded(module, example, options, with_values=True), options)
    if not options.ignore and not options.rules and derivatives.is_small(module, recording):
        _check(module, example)
    return trace


def _check(module: Any, example: Example) -> None:
    """Refuse a module that is misread, as far as it runs with other weights and has derivatives."""
    example = derivatives.drawn_values(example)
    instead = Instead(tensors=derivatives.drawn_weights(module))
    try:
        with warnings.catch_warnings(action="ignore"):
            followed = _follow(record(module, example, instead, with_values=True), Options(attention_gates=True))
            repeated = record(module, example, instead, with_values=True, recorder=derivatives.Holding(followed))
            call = derivatives.misread(followed, repeated)
    except Exception:  # whatever a module raises with weights and values that are not its own
        return
    if call is not None:
        raise followed.refusal(call, "leads to an output by derivatives but not by its rule")


def _recorded(module: Any, example: Example, options: Options, *, with_values: bool = False) -> Recording:
    try:
        return record(module, example, _instead(options), with_values=with_values)
    except Unrecorded as error:
        raise ValueError(str(error)) from error
    except NotImplementedError as error:
        raise NotImplementedError(f"module: its forward pass failed: {_first_line(error)}") from error
    except Exception as error:
        raise ValueError(
            f"module: its forward pass failed with this example: {type(error).__name__}: {_first_line(error)}"
        ) from error


def _instead(options: Options) -> Instead:
    return Instead(options.ignore, options.functions, options.tensors)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")


def _begins_with_linear(recording: Recording) -> bool:
    """Whether the first weights that are read are those of a Linear layer, and it reads the last axis of the input."""
    (given,) = recording.inputs.values()
    for step in recording.steps:
        name = getattr(step, "name", "")
        if name == "linear":
            return bool(step.args[0].shape == given.shape)
        if name.startswith("conv") or name in ("embedding", "gru", "lstm", "matmul", "multi_head_attention_forward"):
            return False
    return False


def _refuse_more_than(max_edges: int, plain: Trace) -> None:
    """Refuse convolutions that have too many arcs where they are unrolled, given what is known where they are not."""
    total = sum(plain.n_unrolled.values())
    if total > max_edges:
        largest = max(plain.n_unrolled, key=plain.n_unrolled.__getitem__)
        raise ValueError(
            f"max_edges must be at least {total:,} for this module: that many edges convolutions have, unrolled, of "
            f"which {largest} has {plain.n_unrolled[largest]:,}; it is {max_edges:,}"
        )


def _follow(recording: Recording, options: Options) -> Trace:
    """Follow a recording, again as long as entries of its inputs turn out to be one unit."""
    if options.is_unrolled:
        _refuse_more_than(options.max_edges, _follow(recording, replace(options, is_unrolled=False)))
    inputs = Inputs()
    while True:
        trace = Trace(recording, RULES, inputs, options)
        try:
            trace.follow()
        except Remerge:
            continue
        return trace
