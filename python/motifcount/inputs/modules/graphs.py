"""Layers of units in the order of the longest ways to them, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
import torch

from motifcount.inputs.masks import Block, stacked
from motifcount.inputs.modules.units import Units
from motifcount.inputs.places import IntArray
from motifcount.inputs.rows import Rows


def rows_of(units: Units, number_of: Mapping[int, IntArray], *, bias: bool) -> Rows:
    """Return the rows of some layers, each with the numbers of its units, -1 for those that are left out."""
    order = _order(units, number_of.keys())
    place = {position: number for number, position in enumerate(order)}
    edges: dict[Block, list[tuple[IntArray, IntArray]]] = {}
    for arcs in units.arcs:
        if arcs.into not in place:
            continue
        owners = units.layer_of(torch.from_numpy(arcs.sources)).numpy()
        for position in np.unique(owners).tolist():
            chosen = slice(None) if (owners == position).all() else owners == position
            sources = number_of[position][arcs.sources[chosen] - units.layers[position].first]
            targets = number_of[arcs.into][arcs.targets[chosen]]
            kept = targets >= 0
            edges.setdefault((place[position], place[arcs.into]), []).append((sources[kept], targets[kept]))
    joined = {block: tuple(map(np.concatenate, zip(*parts, strict=True))) for block, parts in edges.items()}
    biased: dict[Block, IntArray] = {}
    for number, position in enumerate(order):
        is_biased = units.layers[position].bias
        if bias and is_biased is not None and number:
            targets = number_of[position][is_biased]
            biased[number - 1, number] = targets[targets >= 0]
    rows = stacked([int(number_of[position].max(initial=-1)) + 1 for position in order], joined, biased)
    assert rows.groups is not None
    layers = [units.layers[position] for position in order]
    pinned = tuple(number for number, layer in enumerate(layers) if layer.is_pinned)
    names = tuple(layer.name for layer in layers)
    inputs = tuple(number for number, layer in enumerate(layers) if layer.is_input)
    outputs = tuple(number for number, position in enumerate(order) if position in units.wiring()[-1])
    groups = rows.groups._replace(pinned_layers=pinned, layer_names=names, input_layers=inputs, output_layers=outputs)
    node_of = np.full(units.n_units + 1, -1)  # of unit -1, too
    for number, position in enumerate(order):
        numbers, layer = number_of[position], units.layers[position]
        node_of[layer.first : layer.first + layer.size] = np.where(numbers < 0, -1, groups.units(number)[numbers])
    return rows._replace(groups=groups, weights=tuple(places.renumbered(node_of) for places in units.weights))


def _order(units: Units, kept: Set[int]) -> list[int]:
    """Return the layers by the length of the longest way to them, those of one length as they were written."""
    wiring = units.wiring()
    depth: dict[int, int] = {}
    for position in sorted(kept):  # a layer reads only layers before it, and perhaps itself
        before = [depth[other] for other in wiring[position] if other in depth and other != position]
        depth[position] = 0 if units.layers[position].is_input else 1 + max(before, default=0)
    return sorted(depth, key=lambda position: (depth[position], position))
