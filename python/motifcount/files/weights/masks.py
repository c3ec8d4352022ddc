"""Masks and biases of layers in an .npz file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from motifcount._support.natural import natural
from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.files.weights.chain import Array, Layer, ordered, possible, to_graph
from motifcount.files.weights.state_dicts import of_state
from motifcount.graph import Graph
from motifcount.inputs import sparse

_IN_OUT = re.compile("kernel|coef", re.IGNORECASE)  # as Keras, Flax and scikit-learn call weights, (in, out)


def of_arrays(arrays: Mapping[str, Array], options: Options) -> tuple[Graph, ReadReport]:
    """Return the graph of masks in an .npz file: ``mask0``, ``mask1``, … or others that differ by numbers alone.

    Raises
    ------
    ValueError
        If the names do not tell an order, or an array is neither a mask nor a bias.
    """
    matrices = [name for name, array in arrays.items() if array.ndim == 2]
    vectors = [name for name, array in arrays.items() if array.ndim == 1]
    for name in matrices:
        _refuse_edges(name, arrays[name])
    if any(name.endswith(".weight") for name in matrices):  # as torch calls them
        return of_state(arrays, "state dict", options, in_order=True)
    found = ", ".join(arrays) or "nothing"
    wanted = "a scipy.sparse matrix or masks mask0, mask1, …"
    stems = {re.sub(r"\d+", "#", name) for name in matrices}
    numbered = sorted(matrices, key=natural)
    if len(matrices) + len(vectors) < len(arrays) or not matrices:
        raise ValueError(f"an .npz file must hold {wanted}; this one holds {found}")
    if options.order is not None:
        numbered = ordered(options.order, matrices)
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
        raise ValueError(
            f"an .npz file must hold {wanted}, and biases bias0, bias1, …; this one holds {found}; save them under "
            "these names"
        )
    names_tell = stems == {"mask#"} or all(map(_IN_OUT.search, matrices))
    if not names_tell and len(possible(layers)) > 1:
        raise ValueError(
            f"{found} may lie as (in, out), as kernels of Keras do, or as (out, in), as torch keeps weights; save them "
            "as mask0, mask1, … (in, out), as 0.weight, 1.weight, … (out, in), or with biases that are as long as one "
            "side alone"
        )
    return to_graph(layers, "(in, out)", "masks", options)


def _refuse_edges(name: str, array: Array) -> None:
    """Refuse the numbers of nodes that edges join, as two rows or two columns, which would make a mask of two units."""
    is_named = re.search("edge|link|pair", name.lower()) is not None
    if array.dtype.kind not in "iu" or 2 not in array.shape or array.size == 0 or array.min() < 0:
        return
    if is_named or (array.max() > 1 and array.shape != (2, 2)):
        star = "" if array.shape[1] == 2 else "*"
        raise ValueError(
            f"{name!r}, integers of shape {array.shape}, may hold edges, and is no mask: "
            f"Graph.from_edges({star}np.load(path)[{name!r}]) reads edges; a mask is saved as bools"
        )


def _nonzero(name: str, array: Array) -> npt.NDArray[np.bool_]:
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers or bools, not {array.dtype}")
    sparse.refuse_infinite(name, array)
    return np.asarray(array != 0)


def _bias_of(name: str, arrays: Mapping[str, Array], vectors: Sequence[str]) -> npt.NDArray[np.bool_] | None:
    number = re.findall(r"\d+", name)
    for vector in vectors:
        if re.findall(r"\d+", vector) == number and vector.lower().lstrip("_.").startswith(("b", "intercept")):
            return _nonzero(vector, arrays[vector])
    return None
