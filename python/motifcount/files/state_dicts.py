"""State dicts of Linear layers: weights of shape (out, in), with biases and the masks of torch.nn.utils.prune."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount._support import arguments
from motifcount.graph import Graph
from motifcount.inputs import tensors

Arrays = dict[str, npt.NDArray[Any]]

_NAME = re.compile(r"(?P<stem>|.*\.)(?P<what>weight|bias)(?P<kind>|_orig|_mask)")


def to_graph(state: Mapping[Any, Any], bias: bool) -> Graph:
    """Return the layered graph of a state dict, layers in its order.

    Raises
    ------
    ValueError
        If something in it is not of a Linear layer and would be lost, or layers do not follow each other.
    """
    arrays = {name: _array(name, value) for name, value in state.items()}
    matches = {name: _NAME.fullmatch(name) for name in arrays}
    stems = {match["stem"]: None for name, match in matches.items() if match and match["what"] == "weight"}
    for name, match in matches.items():
        ndim = 0 if match is None else 2 if match["what"] == "weight" else 1
        if match is None or match["stem"] not in stems or arrays[name].ndim != ndim:
            raise ValueError(
                f"{name!r}, of shape {arrays[name].shape}, is no weight or bias of a Linear layer and would be lost; "
                "only state dicts of Linear layers are understood (others: masks mask0, mask1, … in an .npz file)"
            )
    if not stems:
        raise ValueError("holds nothing, where weights of Linear layers should be")
    masks = [_live(arrays, f"{stem}weight").T for stem in stems]
    has_bias = [f"{stem}bias" in arrays or f"{stem}bias_orig" in arrays for stem in stems]
    biases = [_live(arrays, f"{stem}bias") if has else None for stem, has in zip(stems, has_bias, strict=True)]
    return Graph.from_layers(masks, biases if bias else None)


def _array(name: Any, value: Any) -> npt.NDArray[Any]:
    if not isinstance(name, str) or not (tensors.is_torch_tensor(value) or isinstance(value, np.ndarray)):
        raise ValueError(
            f"must hold a state dict, tensors by name, as module.state_dict() is; {arguments.shown(name)} is "
            f"{arguments.shown(value)}"
        )
    array = tensors.from_tensor(name, value) if tensors.is_torch_tensor(value) else value
    return np.asarray(array.toarray() if hasattr(array, "toarray") else array)


def _live(arrays: Arrays, name: str) -> npt.NDArray[np.bool_]:
    """Which weights are live: those of the mask if there is one, else the nonzero ones."""
    values = arrays.get(name, arrays.get(f"{name}_orig"))
    mask = arrays.get(f"{name}_mask", values)
    if values is None or mask is None or values.shape != mask.shape:
        raise ValueError(f"{name}_mask must come with {name} or {name}_orig of the same shape")
    return np.asarray(mask != 0)
