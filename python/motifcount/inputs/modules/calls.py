"""Calls of torch functions, and what writes them down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils import _pytree as pytree

from motifcount.inputs.modules.finding import tensors_in
from motifcount.inputs.modules.standins import STANDINS

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


@contextmanager
def told_of_functions(mode: Recorder) -> Iterator[None]:
    """Have the recorder told of calls of autograd functions, which are no torch functions.

    ``Function.apply`` may be at hand already, so what it calls is replaced: that of the class which it derives from.
    """
    kind: Any = torch.autograd.Function.__mro__[1]
    thread = threading.get_ident()

    def apply(cls: Any, *args: Any, **kwargs: Any) -> Any:
        plain = super(kind, cls).apply
        if threading.get_ident() != thread:
            return plain(*args, **kwargs)
        return mode.call_whole(cls.__name__, plain, args, kwargs)

    kind.apply = classmethod(apply)
    try:
        yield
    finally:
        del kind.apply


class Recorder(TorchFunctionMode):
    """Writes every call down; of functions that others stand for, those that they call."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__()
        self._functions = {**STANDINS, **functions}
        self.steps: list[Call | Passage] = []
        self._path: list[str] = []
        self._ignoring = 0
        self._within = False  # a call that is being written down

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
        name, kwargs = _name_of(func), dict(kwargs or {})
        if name in self._functions:
            with self:
                return self._stand_in(name, args, kwargs)
        return self._noted(name, func, args, kwargs)

    def call_whole(self, name: str, func: Any, args: Any, kwargs: Any) -> Any:
        """Call a function that is no torch function, and write none of the calls in it down."""
        if self._within:
            return func(*args, **kwargs)
        if name in self._functions:
            return self._stand_in(name, args, kwargs)
        with torch._C.DisableTorchFunction():
            return self._noted(name, func, args, kwargs)

    def _stand_in(self, name: str, args: Any, kwargs: Any) -> Any:
        """Call what stands for a function; if that calls the function itself, it is meant."""
        function = self._functions.pop(name)
        try:
            return function(*args, **kwargs)
        finally:
            self._functions[name] = function

    def _noted(self, name: str, func: Any, args: Any, kwargs: Any) -> Any:
        args, kwargs = _as_they_are((tuple(args), kwargs))
        self._within = True
        try:
            out = func(*args, **kwargs)
        finally:
            self._within = False
        if not self._ignoring:
            module = self._path[-1] if self._path else ""
            self.steps.append(Call(name, func, args, kwargs, _as_they_are(out), module))
        return out


def _as_they_are(value: Any) -> Any:
    """Copy lists and dicts, which the module may change later; their tensors stay the same."""
    return pytree.tree_map(lambda leaf: leaf, value)


def _name_of(func: Any) -> str:
    kernel = getattr(func, "overloadpacket", None)
    func = kernel or func
    name = getattr(func, "__name__", None) or str(func)
    if kernel is not None and name.startswith("embedding"):  # whose arguments are in another order
        return f"aten.{name}"
    if name == "__get__":  # of a property, as Tensor.T is one
        return str(getattr(func.__self__, "__name__", name))
    return str(name)
