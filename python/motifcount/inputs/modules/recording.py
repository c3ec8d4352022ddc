"""One forward pass of a copy of a module, written down call by call."""

from __future__ import annotations

import copy
import inspect
import random
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import torch

from motifcount._support import arguments
from motifcount.inputs.modules.calls import Call, Passage, Recorder, told_of_functions
from motifcount.inputs.modules.examples import Example
from motifcount.inputs.modules.finding import Memory, memory_of, tensors_in, tensors_within


@dataclass(eq=False)
class Recording:
    """A forward pass. All its tensors are kept, so that the ids of no two are the same."""

    name: str  # of the module's class
    steps: list[Call | Passage]
    inputs: dict[str, torch.Tensor]
    outputs: list[torch.Tensor]
    originals: dict[int, tuple[str, torch.Tensor]]  # by id: parameters, buffers and other tensors of the module
    twins: list[Any]  # what stands for these in the copy
    masks: dict[int, torch.Tensor] = field(default_factory=dict)  # by id of a weight, the mask beside it
    made: set[int] = field(default_factory=set)  # the memory of its inputs, and of tensors that were made in it
    on_meta: bool = True

    @cached_property
    def by_memory(self) -> Mapping[int, Sequence[int]]:
        """The ids of all tensors, by the memory that they are views of."""
        found: dict[int, dict[int, None]] = defaultdict(dict)
        made = [tensor for step in self.steps if isinstance(step, Call) for tensor in step.results()]
        for tensor in (*self.inputs.values(), *self.twins, *made):
            found[memory_of(tensor)][id(tensor)] = None
        return {memory: tuple(ids) for memory, ids in found.items() if memory >= 0}


class Unrecorded(Exception):
    """A module that cannot be copied, returns nothing, or lacks a submodule that is named."""


class Scripted(torch.nn.Module):
    """Calls a ScriptModule, in which nothing is seen, as if it were a function."""

    call: Callable[..., Any]

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self.call("ScriptModule", self.inner, args, kwargs)


@dataclass(frozen=True)
class Instead:
    """What stands for parts of a module: submodules that are passed through, functions that are called in place of
    others, tensors in place of its own."""

    ignored: Sequence[str] = ()
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    tensors: Mapping[str, torch.Tensor] = field(default_factory=dict)


def record(
    module: Any, example: Example, instead: Instead, *, with_values: bool = False, recorder: Recorder | None = None
) -> Recording:
    """Run a copy of the module in evaluation mode: on the device "meta", else, or if asked to, with values."""
    plain = unwrapped(module)
    if not with_values:
        try:
            return _run(plain, example, instead, Recorder(instead.functions), on_meta=True)
        except Exception:  # whatever a module raises where there are no values
            pass
    return _run(plain, example, instead, recorder or Recorder(instead.functions), on_meta=False)


def unwrapped(module: Any) -> Any:
    """Return the module inside of torch.compile, DataParallel and their like."""
    while True:
        inner = getattr(module, "_orig_mod", None)
        if inner is None and type(module).__name__ in ("DataParallel", "DistributedDataParallel"):
            inner = module.module
        if inner is None:
            return module
        module = inner


def _run(module: Any, example: Example, instead: Instead, mode: Recorder, *, on_meta: bool) -> Recording:
    twin, originals, twins, masks = _copied(module, instead.tensors, on_meta)
    args, kwargs = example.tensors("meta" if on_meta else _device_of(module))
    names = _names_of_positions(twin, len(args))
    inputs: dict[str, torch.Tensor] = {}
    for name, value in [*zip(names, args, strict=True), *kwargs.items()]:
        found = tensors_within(value)
        inputs |= {name if len(found) == 1 else f"{name}[{i}]": tensor for i, tensor in enumerate(found)}
    _tell_names(twin, mode, instead.ignored)
    with _without_traces(), torch.enable_grad(), mode, Memory() as memory, told_of_functions(mode):
        out = twin(*args, **kwargs)
    outputs = tensors_within(out)
    if not outputs:
        raise Unrecorded(f"module: its forward must return tensors, not {arguments.shown(out)}")
    made = memory.made.union(map(memory_of, inputs.values())).difference(map(memory_of, twins))
    return Recording(type(module).__name__, mode.steps, inputs, outputs, originals, twins, masks, made, on_meta)


def _names_of_positions(module: Any, n: int) -> list[str]:
    """Return what a forward calls its first arguments."""
    kinds = inspect.Parameter
    names: list[str] = []
    for name, parameter in inspect.signature(module.forward).parameters.items():
        if parameter.kind is kinds.VAR_POSITIONAL:
            names += [f"{name}[{i}]" for i in range(n - len(names))]
        elif parameter.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD):
            names.append(name)
    names += [f"argument {i}" for i in range(len(names), n)]  # too many, which the module itself refuses
    return names[:n]


def _device_of(module: Any) -> torch.device:
    return next((tensor.device for tensor in (*module.parameters(), *module.buffers())), torch.device("cpu"))


@contextmanager
def _without_traces() -> Iterator[None]:
    """Keep the states of the random generators and of the fast ways of attention, which hide its parts."""
    fast = torch.backends.mha.get_fastpath_enabled()
    python, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002
    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.backends.mha.set_fastpath_enabled(False)
        try:
            yield
        finally:
            torch.backends.mha.set_fastpath_enabled(fast)
            random.setstate(python)
            np.random.set_state(legacy)  # noqa: NPY002


def _copied(
    module: Any, given: Mapping[str, torch.Tensor], on_meta: bool
) -> tuple[Any, dict[int, tuple[str, Any]], list[Any], dict[int, Any]]:
    """Return a copy in evaluation mode, by id the tensors that its own stand for, its own, and masks beside weights."""
    memo: dict[int, Any] = {}
    originals: dict[int, tuple[str, Any]] = {}
    masks: dict[int, Any] = {}
    for path, part in module.named_modules():
        for name, tensor in _tensors_of(part):
            whole = f"{path}.{name}".lstrip(".")
            if id(tensor) not in memo:
                twin = _twin(tensor, given.get(whole, tensor), on_meta)
                memo[id(tensor)] = twin
                originals[id(twin)] = whole, given.get(whole, tensor)
            mask = given.get(f"{whole}_mask", getattr(part, f"{name}_mask", None))
            if isinstance(mask, torch.Tensor):
                masks[id(memo[id(tensor)])] = mask
    twins = list(memo.values())
    try:
        twin = copy.deepcopy(module, memo).eval()
    except Exception as error:  # whatever its parts raise
        raise Unrecorded(f"module: it cannot be copied ({type(error).__name__}: {error})") from error
    for part in list(twin.modules()):
        if isinstance(part, torch.jit.ScriptModule):
            continue
        part._compiled_call_impl = None
        part._backward_hooks, part._backward_pre_hooks = OrderedDict(), OrderedDict()
        for name, child in part._modules.items():
            if child is not None:
                part._modules[name] = Scripted(child) if isinstance(child, torch.jit.ScriptModule) else unwrapped(child)
    return twin, originals, twins, masks


def _tensors_of(part: Any) -> Iterator[tuple[str, torch.Tensor]]:
    for kind in (part._parameters, part._buffers, vars(part)):
        for name, value in kind.items():
            if isinstance(value, torch.Tensor):
                yield name, value
            elif isinstance(value, (list, tuple, dict)) and not name.startswith("_"):
                yield from ((name, tensor) for tensor in tensors_in(value))


def _twin(tensor: torch.Tensor, value: torch.Tensor, on_meta: bool) -> torch.Tensor:
    """Return what stands for a tensor of the module, of a value that may be another's."""
    dense: torch.Tensor = tensor.detach() if value is tensor else value.to(tensor.device, tensor.dtype)
    if on_meta:
        dense = torch.empty(tensor.shape, dtype=tensor.dtype, device="meta")
    elif tensor.layout == torch.strided:
        dense = dense.clone()
    if isinstance(tensor, torch.nn.Parameter):
        return torch.nn.Parameter(dense, requires_grad=tensor.is_floating_point())
    return dense


def _tell_names(module: Any, mode: Recorder, ignore: Sequence[str]) -> None:
    """Have the recorder told in which submodule it is; those to be ignored are recorded as a whole."""
    found = dict(module.named_modules())
    for name in ignore:
        if name not in found:
            raise Unrecorded(f"ignore must hold names of submodules; {name!r} is none of them")
    for name, part in found.items():
        if isinstance(part, torch.jit.ScriptModule):
            continue
        if isinstance(part, Scripted):
            part.call = mode.call_whole
        part.register_forward_pre_hook(mode.entering(name, name in ignore), with_kwargs=True)
        part.register_forward_hook(mode.leaving(name, name in ignore), with_kwargs=True)
