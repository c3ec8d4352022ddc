"""Weights of feed-forward networks: state dicts of Linear layers, and arrays of masks in .npz files.

Layers follow each other in the order of the file, or, where a format keeps none, by the numbers in their names; where
neither tells, the only order in which their shapes fit. Weights are (out, in) in state dicts, as torch keeps them, and
(in, out) in arrays of masks; a bias as long as one side only shows which side is out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, permutations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments, extras
from motifcount.files.foreign import parsing
from motifcount.files.labels import natural
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.graph import Graph
from motifcount.inputs import tensors

Array = npt.NDArray[Any]
Orientation = Literal["(in, out)", "(out, in)"]

_NAME = re.compile(r"(?P<stem>|.*\.)(?P<what>weight|bias)(?P<kind>|_orig|_mask)")
_WRAPPERS = ("state_dict", "model_state_dict", "model")
_MAX_GROUPS = 7


@dataclass(frozen=True)
class Layer:
    """The kept weights of one layer, and which of its units have a kept bias."""

    name: str
    mask: npt.NDArray[np.bool_]
    bias: npt.NDArray[np.bool_] | None


def to_graph(layers: Sequence[Layer], usual: Orientation, what: str, options: Options) -> tuple[Graph, ReadReport]:
    """Return the layered graph of layers that follow each other, and how they were read.

    Raises
    ------
    ValueError
        If the shapes do not chain.
    """
    orientation = _orientation(layers, usual)
    masks = [layer.mask if orientation == "(in, out)" else layer.mask.T for layer in layers]
    for (before, after), names in zip(pairwise(masks), pairwise(layers), strict=True):
        if before.shape[1] != after.shape[0]:
            first, second = (layer.name for layer in names)
            raise ValueError(
                f"{first!r} gives {before.shape[1]} values and {second!r}, which follows it, takes {after.shape[0]}: "
                f"no chain; another order is named with {options.say('order', (second, first))}"
            )
    biases = [layer.bias for layer in layers] if options.bias else None
    graph = Graph.from_layers(masks, biases)
    widths = [len(masks[0]), *[mask.shape[1] for mask in masks]]
    has_bias = any(layer.bias is not None for layer in layers)
    notes = [f"weights are {orientation}", "layers of " + " → ".join(map(str, widths)) + " units"]
    if has_bias and not options.bias:
        notes.append("biases are no edges")
    n_weights = sum(mask.size for mask in masks)
    columns = {"layers": ", ".join(layer.name for layer in layers)}
    dropped = {"weights of 0": n_weights - sum(int(np.count_nonzero(mask)) for mask in masks)}
    return graph, ReadReport(
        what,
        columns=columns,
        n_nodes=graph.n_nodes,
        n_edges=graph.n_edges,
        dropped=dropped,
        notes=tuple(notes),
    )


def _orientation(layers: Sequence[Layer], usual: Orientation) -> Orientation:
    """Return how weights lie: as biases show, else as usual, else in the only way in which they chain."""
    other: Orientation = "(in, out)" if usual == "(out, in)" else "(out, in)"
    fits = {"(out, in)": True, "(in, out)": True}
    for layer in layers:
        if layer.bias is not None:
            rows, columns = layer.mask.shape
            fits["(out, in)"] &= len(layer.bias) == rows
            fits["(in, out)"] &= len(layer.bias) == columns
    if not any(fits.values()):
        layer = next(layer for layer in layers if layer.bias is not None)
        assert layer.bias is not None
        raise ValueError(
            f"the bias of {layer.name!r}, of length {len(layer.bias)}, does not fit its weights of shape "
            f"{layer.mask.shape}, or layers lie in different ways"
        )
    if not fits[usual]:
        return other
    if not fits[other] or _chains([layer.mask.shape for layer in layers], usual):
        return usual
    return other if _chains([layer.mask.shape for layer in layers], other) else usual


def _chains(shapes: Sequence[tuple[int, ...]], orientation: Orientation) -> bool:
    out, into = (0, 1) if orientation == "(out, in)" else (1, 0)
    return all(before[out] == after[into] for before, after in pairwise(shapes))


def of_state(state: Mapping[Any, Any], what: str, options: Options, *, in_order: bool) -> tuple[Graph, ReadReport]:
    """Return the graph of a state dict; `in_order` tells whether its order means anything.

    Raises
    ------
    ValueError
        If something in it is not of a Linear layer and would be lost, or layers do not follow each other.
    """
    for wrapper in _WRAPPERS:
        if isinstance(state.get(wrapper), Mapping):
            state = state[wrapper]
            break
    layers = _linear_layers(state)
    by_name = {layer.name: layer for layer in layers}
    if options.order is not None:
        return to_graph([by_name[name] for name in _ordered(options.order, list(by_name))], "(out, in)", what, options)
    if not in_order:
        layers = _by_names(layers, options)
    return to_graph(layers, "(out, in)", what, options)


def _ordered(order: Sequence[str], names: Sequence[str]) -> list[str]:
    if sorted(order) != sorted(names):
        raise ValueError(f"order must name every layer once ({', '.join(names)}), not {', '.join(order)}")
    return list(order)


def _linear_layers(state: Mapping[Any, Any]) -> list[Layer]:
    arrays = {name: _array(name, value) for name, value in state.items()}
    matches = {name: _NAME.fullmatch(name) for name in arrays}
    stems = {match["stem"]: None for match in matches.values() if match and match["what"] == "weight"}
    for name, match in matches.items():
        ndim = 0 if match is None else 2 if match["what"] == "weight" else 1
        if match is None or match["stem"] not in stems or arrays[name].ndim != ndim:
            raise ValueError(
                f"{name!r}, of shape {arrays[name].shape}, is no weight or bias of a Linear layer and would be lost; "
                "only state dicts of Linear layers are understood (others: masks mask0, mask1, … in an .npz file)"
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
    if values.dtype.kind == "f" and np.isnan(values).any():
        raise ValueError(f"{name} holds NaN at {tuple(np.argwhere(np.isnan(values))[0].tolist())}, no weight")
    return np.asarray(mask != 0)


def _by_names(layers: Sequence[Layer], options: Options) -> list[Layer]:
    """Order layers by the numbers in their names; groups with other names in the only order that chains."""
    groups: dict[str, list[Layer]] = {}
    for layer in sorted(layers, key=lambda layer: natural(layer.name)):
        groups.setdefault(re.sub(r"\d+", "#", layer.name), []).append(layer)
    if len(groups) == 1:
        return next(iter(groups.values()))
    if len(groups) <= _MAX_GROUPS:
        orders = ([layer for group in order for layer in group] for order in permutations(groups.values()))
        shapes_fit = (order for order in orders if _chains([layer.mask.shape for layer in order], "(out, in)"))
        fitting = list(islice(shapes_fit, 2))
        if len(fitting) == 1:
            return fitting[0]
    names = tuple(layer.name for group in groups.values() for layer in group)
    raise ValueError(
        f"the file keeps no order, and the shapes of its layers ({', '.join(names)}) do not tell one; name it, as "
        f"{options.say('order', names)}"
    )


def of_arrays(arrays: Mapping[str, Array], options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of masks in an .npz file: ``mask0``, ``mask1``, … or others that differ by numbers alone.

    Raises
    ------
    ValueError
        If the names do not tell an order, or an array is neither a mask nor a bias.
    """
    matrices = [name for name, array in arrays.items() if array.ndim == 2]
    vectors = [name for name, array in arrays.items() if array.ndim == 1]
    found = ", ".join(arrays) or "nothing"
    wanted = "a scipy.sparse matrix or masks mask0, mask1, …"
    stems = {re.sub(r"\d+", "#", name) for name in matrices}
    numbered = sorted(matrices, key=natural)
    if len(matrices) + len(vectors) < len(arrays) or not matrices:
        raise ValueError(f"an .npz file must hold {wanted}; this one holds {found}")
    if options.order is not None:
        numbered = _ordered(options.order, matrices)
    elif stems != {"mask#"} and len(matrices) == 1 and arrays[matrices[0]].shape[0] == arrays[matrices[0]].shape[1]:
        raise ValueError(
            f"{matrices[0]!r} may be an adjacency matrix (save it as .npy) or the mask of a layer (name it mask0)"
        )
    elif len(stems) > 1 or "#" not in next(iter(stems)):
        raise ValueError(
            f"an .npz file must hold {wanted}; this one holds {found}, in no order that their names tell; name it, as "
            f"{options.say('order', tuple(matrices))}"
        )
    numbers = [int("".join(re.findall(r"\d+", name)) or 0) for name in numbered]
    steps = {after - before for before, after in pairwise(numbers)}
    if options.order is None and (numbers[0] > 1 or len(steps) > 1 or (stems == {"mask#"} and steps - {1})):
        raise ValueError(f"an .npz file must hold {wanted}, none left out; this one holds {found}")
    layers = [Layer(name, _nonzero(name, arrays[name]), _bias_of(name, arrays, vectors)) for name in numbered]
    used = [layer for layer in layers if layer.bias is not None]
    if len(used) != len(vectors):
        raise ValueError(f"an .npz file must hold {wanted}, and biases bias0, bias1, …; this one holds {found}")
    return to_graph(layers, "(in, out)", "masks", options)


def _nonzero(name: str, array: Array) -> npt.NDArray[np.bool_]:
    if array.dtype.kind not in "biuf" or (array.dtype.kind == "f" and np.isnan(array).any()):
        raise ValueError(f"{name} must hold numbers, none of them NaN")
    return np.asarray(array != 0)


def _bias_of(name: str, arrays: Mapping[str, Array], vectors: Sequence[str]) -> npt.NDArray[np.bool_] | None:
    number = re.findall(r"\d+", name)
    for vector in vectors:
        if re.findall(r"\d+", vector) == number and vector.lower().lstrip("_.").startswith("b"):
            return _nonzero(vector, arrays[vector])
    return None


def read_torch(raw: bytes, options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of a .pt file."""
    torch = extras.require("torch", "train", "a .pt file")
    with parsing("a state dict that torch.load(weights_only=True) reads"), warnings.catch_warnings(action="ignore"):
        state = torch.load(io.BytesIO(raw), map_location="cpu", weights_only=True)
    if not isinstance(state, Mapping):
        raise ValueError(f"must hold a state dict, not {type(state).__name__}")
    return of_state(state, "state dict", options, in_order=True)


def read_safetensors(raw: bytes, options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of a .safetensors file."""
    load = extras.require("safetensors.numpy", "io", "a .safetensors file").load
    with parsing("a safetensors file"):
        try:
            state: dict[str, Any] = load(raw)
        except (TypeError, AttributeError, KeyError):  # bfloat16 and others that NumPy lacks
            from safetensors.torch import load as load_tensors

            state = load_tensors(raw)
    return of_state(state, "safetensors", options, in_order=False)
