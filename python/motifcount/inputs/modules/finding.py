"""Tensors in what functions and modules take and return, and the memory that tensors have."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import FunctionType
from typing import Any

import torch
from torch.utils import _pytree as pytree
from torch.utils._python_dispatch import TorchDispatchMode


def tensors_in(value: Any) -> list[torch.Tensor]:
    """Return the tensors in nested tuples, lists and dicts."""
    return [leaf for leaf in pytree.tree_leaves(value) if isinstance(leaf, torch.Tensor)]


def tensors_within(value: Any, seen: set[int] | None = None) -> list[torch.Tensor]:
    """Return the tensors that a module takes or returns: in any collections, and in what objects have."""
    seen = set() if seen is None else seen
    found: list[torch.Tensor] = []
    for leaf in pytree.tree_leaves(value):
        if isinstance(leaf, torch.Tensor):
            found.append(leaf)
        elif id(leaf) not in seen:
            seen.add(id(leaf))
            found += tensors_within(_parts(leaf), seen)
    return found


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, Set):
        return list(value)
    is_data = hasattr(value, "__dict__") and not isinstance(value, type | torch.nn.Module | FunctionType)
    return list(vars(value).values()) if is_data else []


class Memory(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Notes the memory of all tensors that are made, by torch functions and by whatever else calls torch's kernels.

    Kernels that no torch function calls, as those of scripted functions, are torch functions from here on.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.made: set[int] = set()

    def __torch_dispatch__(self, func: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        with torch._C.DisableTorchFunction():
            given = {
                memory_of(tensor) for tensor in tensors_in((args, kwargs))
            }  # by what is no torch function, perhaps
            self.made |= {memory_of(tensor) for tensor in tensors_in(out)} - given
        return out


def memory_of(tensor: torch.Tensor) -> int:
    """Return the number of the memory of a tensor; -1 for one that has none of its own, as a sparse one."""
    try:
        return int(tensor.untyped_storage()._cdata)
    except NotImplementedError:
        return -1
