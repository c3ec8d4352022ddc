"""Functions told by other torch functions, which are called, and followed, in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from string import ascii_letters
from typing import Any

import torch


def _einsum(equation: Any, *values: Any) -> torch.Tensor:
    """Products of more than two tensors, two by two from the left."""
    if len(values) == 1 and isinstance(values[0], Sequence):
        values = tuple(values[0])
    if not isinstance(equation, str) or len(values) < 3:
        return torch.einsum(equation, *values)
    left, arrow, result = equation.replace(" ", "").partition("->")
    parts = [part.replace("...", ".") for part in left.split(",")]
    if not arrow:
        joined = "".join(parts)
        result = "." * ("." in joined) + "".join(sorted(x for x in set(joined) - {"."} if joined.count(x) == 1))
    result = result.replace("...", ".")
    while len(parts) > 1:
        later = set("".join(parts[2:]) + result)
        kept = "".join(dict.fromkeys(x for x in parts[0] + parts[1] if x in later)) if parts[2:] else result
        step = f"{parts[0]},{parts[1]}->{kept}".replace(".", "...")
        values = torch.einsum(step, *values[:2]), *values[2:]
        parts = [kept, *parts[2:]]
    return values[0]  # type: ignore[no-any-return]


def _tensordot(first: torch.Tensor, second: torch.Tensor, dims: Any = 2, **_out: Any) -> torch.Tensor:
    if isinstance(dims, int):
        dims = list(range(first.ndim - dims, first.ndim)), list(range(dims))
    of_first, of_second = ([axis % of.ndim for axis in axes] for axes, of in zip(dims, (first, second), strict=True))
    letters = ascii_letters[: first.ndim]
    others = list(ascii_letters[first.ndim : first.ndim + second.ndim])
    for a, b in zip(of_first, of_second, strict=True):
        others[b] = letters[a]
    free = [x for k, x in enumerate(letters) if k not in of_first] + [x for x in others if x not in letters]
    return torch.einsum(f"{letters},{''.join(others)}->{''.join(free)}", first, second)


def _inner(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    return _tensordot(first, second, ([-1], [-1])) if first.ndim and second.ndim else first * second


def _chain(*matrices: Any) -> torch.Tensor:
    return reduce(torch.matmul, matrices if len(matrices) > 1 else matrices[0])  # type: ignore[no-any-return]


def _checkpoint(function: Callable[..., Any], _keep_random_state: bool, *args: Any) -> Any:
    return function(*args)


def _to(value: torch.Tensor, *args: Any, **kwargs: Any) -> torch.Tensor:
    """``x.to(y)`` takes only the type and the device of y."""
    other = args[0] if args else kwargs.pop("other", None)
    if isinstance(other, torch.Tensor):
        args = other.device, other.dtype, *args[1:]
    return value.to(*args, **kwargs)


def _type_as(value: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return value.to(other.device, other.dtype)


def _expand_as(value: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return value.expand(other.shape)


def _view_as(value: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return value.view(other.shape)


def _reshape_as(value: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    return value.reshape(other.shape)


def _plus(function: Callable[..., torch.Tensor], *, in_place: bool = False) -> Callable[..., torch.Tensor]:
    """A function of two tensors, added to a third."""
    names = ("input", "tensor1", "tensor2")

    def added(*args: Any, value: Any = 1, **named: Any) -> torch.Tensor:
        start, first, second = (*args, *(named[name] for name in names[len(args) :]))
        found = torch.add(start, function(first, second), alpha=value)
        return start.copy_(found) if in_place else found

    return added


STANDINS: dict[str, Callable[..., Any]] = {
    "einsum": _einsum,
    "tensordot": _tensordot,
    "inner": _inner,
    "linalg_multi_dot": _chain,
    "chain_matmul": _chain,
    "CheckpointFunction": _checkpoint,
    "to": _to,
    "type_as": _type_as,
    "expand_as": _expand_as,
    "view_as": _view_as,
    "reshape_as": _reshape_as,
    "addcmul": _plus(torch.mul),
    "addcmul_": _plus(torch.mul, in_place=True),
    "addcdiv": _plus(torch.div),
    "addcdiv_": _plus(torch.div, in_place=True),
}
