"""State dicts of Linear layers: .pt, .pth, .safetensors."""

from __future__ import annotations

import io
import json
import pickle
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, extras
from motifcount._support.natural import natural
from motifcount.files import sources
from motifcount.files.library_errors import parsing
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.weights.chain import Array, Layer, chains, ordered, to_graph
from motifcount.files.weights.side_by_side import refuse_parallel
from motifcount.graph import Graph
from motifcount.inputs import checkpoints, sparse, tensors

_NAME = re.compile(r"(?P<stem>|.*\.)(?P<what>weight|bias)(?P<kind>|_orig|_mask)")
_MAX_GROUPS = 7


def of_state(state: Mapping[Any, Any], what: str, options: Options, *, in_order: bool) -> tuple[Graph, ReadReport]:
    """Return the graph of a state dict; `in_order` tells whether its order means anything.

    Raises
    ------
    ValueError
        If something in it is not of a Linear layer and would be lost, or layers do not follow each other.
    """
    found = checkpoints.opened(state)
    _refuse_adjacency(found.state, options)
    layers = _linear_layers(checkpoints.with_own_masks(found.state))
    by_name = {layer.name: layer for layer in layers}
    if options.order is not None:
        layers = [by_name[name] for name in ordered(options.order, list(by_name))]
    else:
        refuse_parallel(list(by_name), options)
        if in_order:
            _refuse_numbers(layers, options)
        else:
            layers = _by_names(layers, options)
    what = " in ".join([what, *map(repr, reversed(found.path))])
    graph, report = to_graph(layers, "(out, in)", what, options)
    masks = (f"masks in {', '.join(found.masks)} decide what is kept",) if found.masks else ()
    return graph, replace(report, notes=(*report.notes, *masks), unused=found.left_out)


def _refuse_adjacency(state: Mapping[Any, Any], options: Options) -> None:
    """Refuse one square tensor of 0 and 1 that is called neither a weight nor a mask."""
    for name, value in state.items():
        is_called = not isinstance(name, str) or _NAME.fullmatch(name) or checkpoints.unmasked(name)
        if len(state) > 1 or is_called or options.order is not None or getattr(value, "ndim", 0) != 2:
            return
        array = _array(name, value)
        if array.shape[0] == array.shape[1] and np.isin(array, (0, 1)).all():
            raise ValueError(
                f"{name!r} may be an adjacency matrix (give it to Graph, or save it as .npy) or the mask of a layer "
                f"(save it as {name + '.weight'!r})"
            )


def _linear_layers(state: Mapping[Any, Any]) -> list[Layer]:
    arrays = {name: _array(name, value) for name, value in state.items()}
    matches = {name: _NAME.fullmatch(name) for name in arrays}
    stems = {match["stem"]: None for match in matches.values() if match and match["what"] == "weight"}
    for name, match in matches.items():
        ndim = 0 if match is None else 2 if match["what"] == "weight" else 1
        if match is None or match["stem"] not in stems or arrays[name].ndim != ndim:
            raise ValueError(
                f"{name!r}, of shape {arrays[name].shape}, is no weight or bias of a Linear layer and would be lost; "
                "only state dicts of Linear layers are understood: weights fc1.weight (2 dimensions), biases fc1.bias "
                "(others go beside their module, as Graph.from_module(module, weights=path))"
            )
    if not stems:
        raise ValueError("holds nothing, where weights of Linear layers should be")
    found = []
    for stem in stems:
        has_bias = f"{stem}bias" in arrays or f"{stem}bias_orig" in arrays
        bias = _kept(arrays, f"{stem}bias") if has_bias else None
        found.append(Layer(stem.rstrip(".") or "weight", _kept(arrays, f"{stem}weight"), bias))
    return found


def _array(name: Any, value: Any) -> Array:
    if not isinstance(name, str) or not (tensors.is_torch_tensor(value) or isinstance(value, np.ndarray)):
        raise ValueError(
            f"must hold a state dict, tensors by name, as module.state_dict() is; {arguments.shown(name)} is "
            f"{arguments.shown(value)}"
        )
    with parsing(f"a tensor of numbers ({name!r})"):
        array = tensors.from_tensor(name, value) if tensors.is_torch_tensor(value) else value
        return np.asarray(array.toarray() if hasattr(array, "toarray") else array)


def _kept(arrays: Mapping[str, Array], name: str) -> npt.NDArray[np.bool_]:
    """Which weights are kept: those of the mask if there is one, else the nonzero ones."""
    values = arrays.get(name, arrays.get(f"{name}_orig"))
    mask = arrays.get(f"{name}_mask", values)
    if values is None or mask is None or values.shape != mask.shape:
        raise ValueError(f"{name}_mask must come with {name} or {name}_orig of the same shape")
    if values.dtype.kind == "c":
        raise ValueError(f"{name} holds complex numbers, no weights of a Linear layer")
    sparse.refuse_infinite(name, values)
    return np.asarray(mask != 0)


def _refuse_numbers(layers: Sequence[Layer], options: Options) -> None:
    """Refuse layers whose names differ by numbers that say another order than the file's."""
    names = tuple(layer.name for layer in layers)
    numbered = tuple(sorted(names, key=natural))
    if len({re.sub(r"\d+", "#", name) for name in names}) == 1 and numbered != names:
        raise ValueError(
            f"the layers stand as {', '.join(names)[:80]}, and their numbers say another order; say which, as "
            f"{options.say('order', names)} or {options.say('order', numbered)}"
        )


def _by_names(layers: Sequence[Layer], options: Options) -> list[Layer]:
    """Order layers by the numbers in their names; groups with other names in the only order that chains."""
    groups: dict[str, list[Layer]] = {}
    for layer in sorted(layers, key=lambda layer: natural(layer.name)):
        groups.setdefault(re.sub(r"\d+", "#", layer.name), []).append(layer)
    if len(groups) == 1:
        return next(iter(groups.values()))
    if len(groups) <= _MAX_GROUPS:
        orders = ([layer for group in order for layer in group] for order in permutations(groups.values()))
        shapes_fit = (order for order in orders if chains([layer.mask.shape for layer in order], "(out, in)"))
        fitting = list(islice(shapes_fit, 2))
        if len(fitting) == 1:
            return fitting[0]
    names = tuple(layer.name for group in groups.values() for layer in group)
    first = tuple(layer.name for layer in fitting[0]) if len(groups) <= _MAX_GROUPS and fitting else None
    raise ValueError(
        f"the file keeps no order, and the shapes of its layers ({', '.join(names)}) do not tell one; name it, as "
        f"{options.say('order') if first is None else options.say('order', first)}"
    )


def tensors_in(path: Path) -> Mapping[Any, Any]:
    """Return what a file of tensors by name holds: .pt, .pth, .safetensors, or an index of several (.index.json).

    Raises
    ------
    OSError
        If there is no such file.
    ValueError
        If it is damaged, holds something else, or has another ending.
    """
    readers = {".pt": _load_torch, ".pth": _load_torch, ".safetensors": _load_safetensors}
    if path.name.endswith(".index.json"):
        with parsing("an index of tensors in files"):
            names = sorted(set(json.loads(sources.content(path))["weight_map"].values()))
        return {key: value for name in names for key, value in tensors_in(path.parent / name).items()}
    if path.suffix not in readers:
        raise ValueError(f"weights must be a file ending in {', '.join(readers)} or .index.json, not {path.name}")
    return readers[path.suffix](sources.content(path))


def read_torch(raw: bytes, options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of a .pt file."""
    return of_state(_load_torch(raw), "state dict", options, in_order=True)


def read_safetensors(raw: bytes, options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of a .safetensors file."""
    return of_state(_load_safetensors(raw), "safetensors", options, in_order=False)


def _load_torch(raw: bytes) -> Mapping[Any, Any]:
    torch = extras.require("torch", "train", "a .pt file")
    with parsing("a state dict that torch.load(weights_only=True) reads"), warnings.catch_warnings(action="ignore"):
        try:
            state = torch.load(io.BytesIO(raw), map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            if not str(error).startswith("Weights only load failed"):
                raise
            raise ValueError(
                "holds more than the tensors that torch.load(weights_only=True) takes, a whole module perhaps; save "
                "module.state_dict(), or give the module itself to motifcount"
            ) from error
    if not isinstance(state, Mapping):
        raise ValueError(
            f"must hold a state dict, not {type(state).__name__}; masks are saved by the names of their weights, as "
            "torch.save({'0.weight': mask}, path)"
        )
    return state


def _load_safetensors(raw: bytes) -> Mapping[Any, Any]:
    load = extras.require("safetensors.numpy", "io", "a .safetensors file").load
    with parsing("a safetensors file"):
        try:
            state: dict[str, Any] = load(raw)
        except (TypeError, AttributeError, KeyError):  # bfloat16 and others that NumPy lacks
            from safetensors.torch import load as load_tensors

            state = load_tensors(raw)
    return state
