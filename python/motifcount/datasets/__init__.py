"""Networks that come with the package; each has a text file beside it that says where it is from."""

from __future__ import annotations

from importlib import resources

import numpy as np

from motifcount._support import arguments
from motifcount.graph import Graph

__all__ = ["load"]

NAMES = ("hawkmoth", "pendulum")


def load(name: str, *, bias: bool = False) -> Graph:
    """Load a packaged network.

    Parameters
    ----------
    name
        "pendulum": a 6-96-96-48-4 feed-forward network that computes the accelerations and energies of a double
        pendulum, trained and pruned to 10 % of its weights by ``examples/train_pendulum.py`` (BSD-3-Clause).
        "hawkmoth": a 10-400-400-400-16-7 network that controls a simulated hawkmoth, trained and pruned to 7 % of its
        weights by ``motifcount study --preset paper`` (BSD-3-Clause).
    bias
        Also make the biases edges, each from one source-only node per layer.

    Raises
    ------
    TypeError, ValueError
        If there is no network of that name, or `bias` is not True or False.
    """
    name = arguments.choice("name", name, NAMES)
    bias = arguments.flag("bias", bias)
    with resources.files(__name__).joinpath(f"{name}.npz").open("rb") as file, np.load(file) as arrays:
        n_masks = sum(key.startswith("mask") for key in arrays)
        masks = [arrays[f"mask{k}"] for k in range(n_masks)]
        biases = [arrays[f"bias{k}"] for k in range(n_masks)] if bias else None
    return Graph.from_layers(masks, biases)
