"""Weights that are given beside a module: state dicts and masks by name, as tensors of the module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch

from motifcount._support import arguments
from motifcount.inputs import checkpoints


def given_tensors(module: Any, weights: Mapping[Any, Any]) -> dict[str, torch.Tensor]:
    """Return what is given for tensors of a module, by the first of their names.

    Raises
    ------
    TypeError
        If something given is no tensor or array.
    ValueError
        If it is of no tensor of the module, or of another shape than that.
    """
    own = _names(module)
    try:
        state = checkpoints.opened(weights).state
    except ValueError as error:
        raise ValueError(f"weights: {error}") from error
    found: dict[str, torch.Tensor] = {}
    unknown = []
    places = {key: list(_places(_plain(key, state), own)) for key in state}
    masked = {own[name][0] for named in places.values() for name, is_mask in named if is_mask}
    for key, value in state.items():
        names = places[key]
        if not names and _has_mask_beside(key, state):  # the module is not pruned: the mask decides
            continue
        if not names:
            unknown.append(key)
        for name, is_mask in names:
            first, tensor = own[name]
            if first in masked and not is_mask:
                continue
            new = _tensor(key, value)
            if new.shape != tensor.shape:
                wanted = f"{tuple(tensor.shape)}, as {name} of the module has it, not {tuple(new.shape)}"
                raise ValueError(f"weights[{key!r}] must have the shape {wanted}")
            new = (new != 0).to(tensor.dtype) if is_mask else new
            if first in found and not torch.equal(found[first], new):
                raise ValueError(f"weights[{key!r}] differs from what is given for {first}, which is the same tensor")
            found[first] = new
    if unknown:
        raise ValueError(
            f"weights must be named as those of the module, such as {next(iter(own), 'none')}; {len(unknown)} are not, "
            f"such as {arguments.shown(unknown[0])}"
        )
    return found


def _names(module: Any) -> dict[str, tuple[str, torch.Tensor]]:
    """By every name of a parameter or buffer, the first of its names, and the tensor."""
    firsts: dict[int, str] = {}
    found = {}
    for named in (module.named_parameters, module.named_buffers):
        for name, tensor in named(remove_duplicate=False):
            found[name] = firsts.setdefault(id(tensor), name), tensor
    return found


def _has_mask_beside(key: Any, state: Mapping[Any, Any]) -> bool:
    return isinstance(key, str) and key.endswith("_orig") and f"{key.removesuffix('_orig')}_mask" in state


def _plain(key: Any, state: Mapping[Any, Any]) -> str:
    """Return a name without what DataParallel and torch.compile put before all of them; "" for what is no name."""
    if not isinstance(key, str):
        return ""
    for prefix in checkpoints.PREFIXES:
        if all(isinstance(other, str) and other.startswith(prefix) for other in state):
            return key.removeprefix(prefix)
    return key


def _places(key: str, own: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield the tensors of the module that a name means, and whether what is given is a mask of them."""
    if key in own:
        yield key, False
    elif f"{key}_orig" in own:  # the module is pruned by torch.nn.utils.prune
        yield f"{key}_orig", False
        yield f"{key}_mask", True
    elif (of := checkpoints.unmasked(key)) is not None:
        yield from ((name, True) for name in (of, f"{of}.weight") if name in own)
        yield from ((f"{name}_mask", False) for name in (of, f"{of}.weight") if f"{name}_mask" in own)
    elif f"{key}.weight" in own or f"{key}.weight_orig" in own:
        yield from _places(f"{key}.weight", own)


def _tensor(key: str, value: Any) -> torch.Tensor:
    if isinstance(value, np.ndarray):
        value = torch.as_tensor(value)
    if not isinstance(value, torch.Tensor):
        raise TypeError(f"weights[{key!r}] must be a tensor or an array, not {arguments.shown(value)}")
    return value.detach().to_dense() if value.layout != torch.strided else value.detach()
