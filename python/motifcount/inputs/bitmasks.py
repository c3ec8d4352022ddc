"""Weights as compressed-tensors writes sparse ones ("sparse-bitmask", "sparse-24-bitmask"): a bit for each entry.

Of a weight X there are ``X.bitmask``, uint8, rows of eight entries a byte with the first in the lowest bit,
``X.shape`` and ``X.compressed``, the values that are not 0; and, but for 2:4, ``X.row_offsets``.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from motifcount.inputs.tensors import from_tensor, is_torch_tensor

_PARTS = ("bitmask", "shape", "compressed", "row_offsets")


def unpacked(state: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a state dict with masks, arrays of bools, in place of what is compressed.

    Raises
    ------
    ValueError
        If a bitmask does not fit its shape, or parts of it are missing.
    """
    stems = [key.removesuffix(".bitmask") for key in state if isinstance(key, str) and key.endswith(".bitmask")]
    if not stems:
        return state
    parts = {f"{stem}.{part}" for stem in stems for part in _PARTS}
    return {key: value for key, value in state.items() if key not in parts} | {
        stem: _mask(stem, state) for stem in stems
    }


def _mask(stem: str, state: Mapping[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    missing = [part for part in ("shape", "compressed") if f"{stem}.{part}" not in state]
    if missing:
        raise ValueError(f"{stem}.bitmask must come with {stem}.{missing[0]}")
    sizes = _array(f"{stem}.shape", state)
    if sizes.dtype.kind not in "iu" or sizes.ndim != 1 or not sizes.size or sizes.min() < 0:
        raise ValueError(f"{stem}.shape must be a list of sizes, not {sizes.dtype} of the shape {sizes.shape}")
    shape = tuple(sizes.tolist())
    packed = _array(f"{stem}.bitmask", state)
    wanted = (*shape[:-1], -(-shape[-1] // 8))
    if packed.dtype != np.uint8 or packed.size != prod(wanted):
        raise ValueError(
            f"{stem}.bitmask must be uint8 of the shape {wanted}, for weights of the shape {shape}, not {packed.dtype} "
            f"of the shape {packed.shape}"
        )
    bits = np.unpackbits(packed.reshape(wanted), axis=-1, count=shape[-1], bitorder="little")
    mask: np.ndarray[Any, np.dtype[np.bool_]] = bits.astype(bool)
    n_values = int(np.prod(np.shape(state[f"{stem}.compressed"])))
    if n_values != np.count_nonzero(mask):
        raise ValueError(
            f"{stem}.compressed must hold a value for each of the {np.count_nonzero(mask)} bits of {stem}.bitmask, not "
            f"{n_values}"
        )
    return mask


def _array(name: str, state: Mapping[Any, Any]) -> Any:
    value = state[name]
    return np.asarray(from_tensor(name, value) if is_torch_tensor(value) else value)
