"""Layers of weights that follow each other, and the graph that they are.

Layers follow each other in the order of the file, or, where a format keeps none, by the numbers in their names; where
neither tells, the only order in which their shapes fit. Weights are (out, in) in state dicts, as torch keeps them, and
(in, out) in arrays of masks; a bias as long as one side only shows which side is out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from motifcount.files.options import Options
from motifcount.files.report import ReadReport
from motifcount.graph import Graph, access

_MOST_TRIED = 7  # layers, in every order

Array = npt.NDArray[Any]
Orientation = Literal["(in, out)", "(out, in)"]


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
                f"no chain; {_way(layers, orientation, options)}"
            )
    biases = [layer.bias for layer in layers] if options.bias else None
    graph = access.named(Graph.from_layers(masks, biases), ("inputs", *(layer.name for layer in layers)))
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
    fits = _by_biases(layers)
    if not fits:
        layer = next(layer for layer in layers if layer.bias is not None)
        assert layer.bias is not None
        raise ValueError(
            f"the bias of {layer.name!r}, of length {len(layer.bias)}, does not fit its weights of shape "
            f"{layer.mask.shape}, or layers lie in different ways"
        )
    order = sorted(possible(layers) or fits, key=lambda orientation: orientation != usual)
    return order[0]


def possible(layers: Sequence[Layer]) -> list[Orientation]:
    """Return the ways in which weights can lie: those that biases fit and in which shapes follow each other."""
    return [way for way in _by_biases(layers) if chains([layer.mask.shape for layer in layers], way)]


def _by_biases(layers: Sequence[Layer]) -> list[Orientation]:
    """Return the ways of lying in which every bias is as long as the side that is out."""
    ways: tuple[tuple[Orientation, int], ...] = (("(out, in)", 0), ("(in, out)", 1))
    sizes = [(layer.mask.shape, len(layer.bias)) for layer in layers if layer.bias is not None]
    return [way for way, out in ways if all(shape[out] == size for shape, size in sizes)]


def _way(layers: Sequence[Layer], orientation: Orientation, options: Options) -> str:
    """Say in which order layers chain, or that they do in none."""
    for order in permutations(layers) if len(layers) <= _MOST_TRIED else ():
        if chains([layer.mask.shape for layer in order], orientation):
            return f"another order is named, as {options.say('order', tuple(layer.name for layer in order))}"
    if len(layers) <= _MOST_TRIED:
        return "nor is another order; branches are read beside their module, by Graph.from_module(module, weights=path)"
    return f"another order is named with {options.say('order')}"


def chains(shapes: Sequence[tuple[int, ...]], orientation: Orientation) -> bool:
    """Tell whether layers of these shapes follow each other."""
    out, into = (0, 1) if orientation == "(out, in)" else (1, 0)
    return all(before[out] == after[into] for before, after in pairwise(shapes))


def ordered(order: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the names of layers in the order that the user says, which must name all."""
    if sorted(order) != sorted(names):
        raise ValueError(f"order must name every layer once ({', '.join(names)}), not {', '.join(order)}")
    return list(order)
