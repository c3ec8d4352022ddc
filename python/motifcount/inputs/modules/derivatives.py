"""What was read of a module, checked by derivatives: where an output changes with an input, a path must lead.

A copy runs with few and random weights, so that most pairs of an input and an output have no path: once to be followed,
once for the derivatives. In the second run, values count as they do where they are followed: normalization passes
every entry on, and mixtures of units only scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
import torch
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.calls import Call, Recorder
from motifcount.inputs.modules.examples import Example, is_shape
from motifcount.inputs.modules.flow import Flow, core
from motifcount.inputs.modules.recording import Recording
from motifcount.inputs.modules.rules.elementwise import NORMALIZING
from motifcount.inputs.modules.trace import Trace
from motifcount.inputs.modules.units import Units
from motifcount.inputs.places import IntArray

MAX_ENTRIES = 1 << 24  # of weights and values of a module that is checked
N_CHECKED = 8  # units of the outputs


def is_small(module: Any, recording: Recording) -> bool:
    """Whether a module is small enough to be checked."""
    made = (tensor for step in recording.steps if isinstance(step, Call) for tensor in step.results())
    return bool(sum(tensor.numel() for tensor in (*module.parameters(), *made)) <= MAX_ENTRIES)


def drawn_weights(module: Any) -> dict[str, torch.Tensor]:
    """Return random positive numbers for the parameters of a module, by name; of matrices one or two in a row."""
    generator = torch.Generator().manual_seed(1)
    found = {}
    for path, part in module.named_modules():
        for name, parameter in part.named_parameters(recurse=False):
            if parameter.layout != torch.strided or not parameter.is_floating_point():
                continue
            values = torch.rand(parameter.shape, generator=generator) + 0.5
            if parameter.ndim > 1:
                drawn = torch.rand(parameter.shape[:2], generator=generator)
                kept = (drawn == drawn.amin(dim=1, keepdim=True)) | (drawn * drawn.shape[1] < 1)
                values *= kept.reshape(*kept.shape, *[1] * (parameter.ndim - 2)) / 2
            mask = getattr(part, f"{name}_mask", None)
            if isinstance(mask, torch.Tensor) and mask.shape == values.shape:
                values *= mask.detach().cpu() != 0
            found[f"{path}.{name}".lstrip(".")] = values.to(parameter.dtype)
    return found


def drawn_values(example: Example) -> Example:
    """Return an example of which derivatives can be taken, with random positive numbers in place of shapes."""
    generator = torch.Generator().manual_seed(2)

    def drawn(value: Any) -> Any:
        if is_shape(value):
            value = (torch.rand(tuple(value), generator=generator) + 0.5).to(example.dtype)
        is_real = isinstance(value, torch.Tensor) and value.is_floating_point()
        return value.detach().clone().requires_grad_() if is_real else value

    args, kwargs = pytree.tree_map(drawn, (example.args, dict(example.kwargs)), is_leaf=is_shape)
    return Example(args, kwargs, example.dtype)


class Other(Exception):
    """A second run makes other calls than the first."""


class Holding(Recorder):
    """Runs what was followed once more; normalization is held to pass entries on, and mixtures are held constant."""

    def __init__(self, followed: Trace) -> None:
        super().__init__({})
        self._followed = followed

    def _noted(self, name: str, func: Any, args: Any, kwargs: Any) -> Any:
        if name == "scaled_dot_product_attention" and len(args) > 3:
            kwargs, args = {"attn_mask": args[3], **kwargs}, args[:3]
        for mask in {"attn_mask", "key_padding_mask"} & kwargs.keys():  # weighs positions
            kwargs[mask] = pytree.tree_map_only(torch.Tensor, torch.Tensor.detach, kwargs[mask])
        out = super()._noted(name, func, args, kwargs)
        before, now = self._followed.recording.steps[len(self.steps) - 1], self.steps[-1]
        assert isinstance(before, Call)  # submodules that are passed through have not been checked
        assert isinstance(now, Call)
        if before.name != name:
            raise Other
        entering = now.tensors()
        flows = map(self._followed.flow, before.results())
        results = zip(now.results(), flows, strict=True)
        held = {id(result): _held(name, result, flow, entering) for result, flow in results}
        now.out, out = (pytree.tree_map(lambda leaf: held.get(id(leaf), leaf), tree) for tree in (now.out, out))
        return out


def _held(name: str, result: torch.Tensor, flow: Flow | None, entering: Sequence[torch.Tensor]) -> torch.Tensor:
    """Return what came out of a function, of which derivatives are those of what it counts as."""
    if any(result is tensor for tensor in entering):
        return result
    if flow is not None and flow.has_mixtures:
        return result.detach()
    if name in NORMALIZING and entering[0].shape == result.shape:
        passed = entering[0] * (result != 0)
        return passed + (result - passed).detach()
    return result


def units_of(flow: Flow) -> set[int]:
    """Return the numbers of all units in a value."""
    return {number for term in flow.terms for number in _numbers(term)}


def _numbers(term: torch.Tensor) -> list[int]:
    return [int(number) for number in torch.unique(core(term)) if number >= 0]


def misread(followed: Trace, repeated: Recording) -> Call | None:
    """Return the last call that takes a value with which an output changes, though no path leads from it."""
    values, back = _values(followed, repeated), _backwards(followed.units)
    for before, now in zip(followed.recording.outputs, repeated.outputs, strict=True):
        if not now.requires_grad or not values:
            continue
        for chosen, units in _parts_of(now, followed.flow(before)):
            unread = _unread(now[chosen].sum(), _behind(back, units), values)
            for step in reversed(repeated.steps) if unread else ():
                if isinstance(step, Call) and any(tensor is other for tensor in step.tensors() for other in unread):
                    return step
    return None


def _values(followed: Trace, repeated: Recording) -> list[tuple[torch.Tensor, Flow]]:
    """Return the inputs and what came out of calls, with what they were read as."""
    pairs = [(tensor, followed.inputs[name]) for name, tensor in repeated.inputs.items()]
    for before, now in zip(followed.recording.steps, repeated.steps, strict=True):
        if isinstance(before, Call) and isinstance(now, Call):
            flows = [followed.flow(tensor) for tensor in before.results()]
            pairs += [(tensor, flow) for tensor, flow in zip(now.results(), flows, strict=True) if flow is not None]
    return [(tensor, flow) for tensor, flow in pairs if tensor.requires_grad and flow.has_units]


def _parts_of(value: torch.Tensor, flow: Flow | None) -> Iterator[tuple[torch.Tensor, set[int]]]:
    """Yield entries of an output that one unit acts on, and all units that do; of a constant, all entries, and none."""
    if flow is None:
        yield torch.ones(value.shape, dtype=torch.bool), set()
        return
    first = flow.terms[0]
    present = _numbers(first)
    for number in present[:: 1 + len(present) // N_CHECKED]:
        chosen = first == number
        yield chosen, units_of(Flow(tuple(term[chosen] for term in flow.terms)))


def _unread(
    part: torch.Tensor, reached: torch.Tensor, values: Sequence[tuple[torch.Tensor, Flow]]
) -> list[torch.Tensor]:
    """Return the values that change a number by an entry of which no unit reaches it."""
    rows = torch.autograd.grad(part, [tensor for tensor, _ in values], retain_graph=True, allow_unused=True)
    found = []
    for (tensor, flow), row in zip(values, rows, strict=True):
        if row is not None:
            changing = row.cpu().nan_to_num(0, 0, 0) != 0
            units = torch.stack([term[changing] for term in flow.terms])
            is_read = (units >= 0) & reached[units]
            if bool(((units >= 0).any(dim=0) & ~is_read.any(dim=0)).any()):
                found.append(tensor)
    return found


def _backwards(units: Units) -> sp.csr_array:
    """Return the transposed adjacency of all units."""
    sources = np.concatenate([np.empty(0, np.int64), *(arcs.sources for arcs in units.arcs)])
    targets = [arcs.targets + units.layers[arcs.into].first for arcs in units.arcs]
    ends = np.concatenate([np.empty(0, np.int64), *targets])
    return sp.csr_array((np.ones(len(ends), bool), (ends, sources)), (units.n_units, units.n_units))


def _behind(back: sp.csr_array, targets: set[int]) -> torch.Tensor:
    """Return by unit whether a path leads from it to any of some units, themselves included."""
    reached = np.zeros(back.shape[0], dtype=bool)
    fresh: IntArray = np.asarray(sorted(targets), dtype=np.int64)
    while len(fresh):
        reached[fresh] = True
        after = np.unique(back[fresh].indices).astype(np.int64)
        fresh = after[~reached[after]]
    return torch.from_numpy(reached)
