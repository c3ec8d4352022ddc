"""One forward pass of a copy of a module, written down call by call."""

from __future__ import annotations

import copy
import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.examples import Example

Hook = Callable[..., None]


@dataclass(eq=False)
class Call:
    """A call of a torch function: what went in, what came out, and the submodule in whose forward it was made."""

    name: str
    func: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    out: Any
    module: str

    @property
    def where(self) -> str:
        """The call in words."""
        return f"{self.name!r} in {repr(self.module) if self.module else 'its forward'}"

    def tensors(self) -> list[torch.Tensor]:
        """The tensors among the arguments."""
        return tensors_in((self.args, dict(self.kwargs)))

    def results(self) -> list[torch.Tensor]:
        """The tensors that came out."""
        return tensors_in(self.out)


@dataclass(eq=False)
class Passage:
    """A submodule that is passed through: what went in and what came out."""

    args: tuple[Any, ...]
    out: Any
    module: str


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
    on_meta: bool = True


def tensors_in(value: Any) -> list[torch.Tensor]:
    """Return the tensors in nested tuples, lists, dicts and data classes."""
    found: list[torch.Tensor] = []
    for leaf in pytree.tree_leaves(value):
        if isinstance(leaf, torch.Tensor):
            found.append(leaf)
        elif dataclasses.is_dataclass(leaf) and not isinstance(leaf, type):
            found += tensors_in(list(vars(leaf).values()))
    return found


def record(module: Any, example: Example, ignore: Sequence[str]) -> Recording:
    """Run a copy of the module in evaluation mode: on the device "meta", else with values."""
    plain = unwrapped(module)
    try:
        return _run(plain, example, ignore, on_meta=True)
    except Exception:  # whatever a module raises where there are no values
        return _run(plain, example, ignore, on_meta=False)


def unwrapped(module: Any) -> Any:
    """Return the module inside of torch.compile, DataParallel and their like."""
    while True:
        inner = getattr(module, "_orig_mod", None)
        if inner is None and type(module).__name__ in ("DataParallel", "DistributedDataParallel"):
            inner = module.module
        if inner is None:
            return module
        module = inner


def _run(module: Any, example: Example, ignore: Sequence[str], *, on_meta: bool) -> Recording:
    twin, originals, twins, masks = _copied(module, on_meta)
    args, kwargs = example.tensors("meta" if on_meta else _device_of(module))
    names = _names_of_positions(twin, len(args))
    inputs: dict[str, torch.Tensor] = {}
    for name, value in [*zip(names, args, strict=True), *kwargs.items()]:
        found = tensors_in(value)
        inputs |= {name if len(found) == 1 else f"{name}[{i}]": tensor for i, tensor in enumerate(found)}
    mode = _Recorder()
    _tell_names(twin, mode, ignore)
    with _without_traces(), torch.enable_grad(), mode:
        out = twin(*args, **kwargs)
    return Recording(type(module).__name__, mode.steps, inputs, tensors_in(out), originals, twins, masks, on_meta)


def _names_of_positions(module: Any, n: int) -> list[str]:
    """Return what a forward calls its first arguments."""
    kinds = inspect.Parameter
    names: list[str] = []
    for name, parameter in inspect.signature(module.forward).parameters.items():
        if parameter.kind is kinds.VAR_POSITIONAL:
            names += [f"{name}[{i}]" for i in range(n - len(names))]
        elif parameter.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD):
            names.append(name)
    return names[:n]


def _device_of(module: Any) -> torch.device:
    return next((tensor.device for tensor in (*module.parameters(), *module.buffers())), torch.device("cpu"))


@contextmanager
def _without_traces() -> Iterator[None]:
    """Keep the states of the random generators and of the fast ways of attention, which hide its parts."""
    fast = torch.backends.mha.get_fastpath_enabled()
    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.backends.mha.set_fastpath_enabled(False)
        try:
            yield
        finally:
            torch.backends.mha.set_fastpath_enabled(fast)


def _copied(module: Any, on_meta: bool) -> tuple[Any, dict[int, tuple[str, Any]], list[Any], dict[int, Any]]:
    """Return a copy in evaluation mode, by id the tensors that its own stand for, its own, and masks beside weights."""
    memo: dict[int, Any] = {}
    originals: dict[int, tuple[str, Any]] = {}
    masks: dict[int, Any] = {}
    for path, part in module.named_modules():
        for name, tensor in _tensors_of(part):
            if id(tensor) not in memo:
                twin = _twin(tensor, on_meta)
                memo[id(tensor)] = twin
                originals[id(twin)] = f"{path}.{name}".lstrip("."), tensor
            mask = getattr(part, f"{name}_mask", None)
            if isinstance(mask, torch.Tensor):
                masks[id(memo[id(tensor)])] = mask
    twins = list(memo.values())
    twin = copy.deepcopy(module, memo).eval()
    for part in list(twin.modules()):
        part._compiled_call_impl = None
        for name, child in part._modules.items():
            if child is not None and child is not unwrapped(child):
                part._modules[name] = unwrapped(child)
    return twin, originals, twins, masks


def _tensors_of(part: Any) -> Iterator[tuple[str, torch.Tensor]]:
    for kind in (part._parameters, part._buffers, vars(part)):
        for name, value in kind.items():
            if isinstance(value, torch.Tensor):
                yield name, value
            elif isinstance(value, (list, tuple, dict)) and not name.startswith("_"):
                yield from ((name, tensor) for tensor in tensors_in(value))


def _twin(tensor: torch.Tensor, on_meta: bool) -> torch.Tensor:
    dense: torch.Tensor = tensor.detach()
    if on_meta:
        dense = torch.empty(tensor.shape, dtype=tensor.dtype, device="meta")
    elif tensor.layout == torch.strided:
        dense = dense.clone()
    if isinstance(tensor, torch.nn.Parameter):
        return torch.nn.Parameter(dense, requires_grad=tensor.is_floating_point())
    return dense


def _tell_names(module: Any, mode: _Recorder, ignore: Sequence[str]) -> None:
    """Have the recorder told in which submodule it is; those to be ignored are recorded as a whole."""
    found = dict(module.named_modules())
    for name in ignore:
        if name not in found:
            raise ValueError(f"ignore must hold names of submodules; {name!r} is none of them")
    for name, part in found.items():
        if isinstance(part, torch.jit.ScriptModule):
            continue
        part.register_forward_pre_hook(mode.entering(name, name in ignore), with_kwargs=True)
        part.register_forward_hook(mode.leaving(name, name in ignore), with_kwargs=True)


class _Recorder(TorchFunctionMode):
    """Writes every call down."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Call | Passage] = []
        self._path: list[str] = []
        self._ignoring = 0

    def entering(self, name: str, ignored: bool) -> Hook:
        def enter(_module: Any, _args: Any, _kwargs: Any) -> None:
            self._path.append(name)
            self._ignoring += ignored

        return enter

    def leaving(self, name: str, ignored: bool) -> Hook:
        def leave(_module: Any, args: Any, kwargs: Any, out: Any) -> None:
            self._path.pop()
            self._ignoring -= ignored
            if ignored and not self._ignoring:
                self.steps.append(Passage((*args, *kwargs.values()), out, name))

        return leave

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        args, kwargs = _as_they_are((tuple(args), dict(kwargs or {})))
        out = func(*args, **kwargs)
        if not self._ignoring:
            module = self._path[-1] if self._path else ""
            self.steps.append(Call(_name_of(func), func, args, kwargs, _as_they_are(out), module))
        return out


def _as_they_are(value: Any) -> Any:
    """Copy lists and dicts, which the module may change later; their tensors stay the same."""
    return pytree.tree_map(lambda leaf: leaf, value)


def _name_of(func: Any) -> str:
    name = getattr(func, "__name__", None) or str(func)
    if name == "__get__":  # of a property, as Tensor.T is one
        return str(getattr(func.__self__, "__name__", name))
    return str(name)
