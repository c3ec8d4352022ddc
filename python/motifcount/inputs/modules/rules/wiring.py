"""New layers of units, written by weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from motifcount.inputs.modules.calls import Call
from motifcount.inputs.modules.trace import Trace
from motifcount.inputs.modules.units import Bools, Layer
from motifcount.inputs.places import IntArray, WeightPlaces

_PART = re.compile(
    r"(\.?parametrizations\..+|\.?(in_proj_)?(weight|bias)(_orig|_mask|_[vg]|_[ih]h(_l\d+)?(_reverse)?)?)$"
)


def name_of_weight(trace: Trace, call: Call, weight: torch.Tensor) -> str:
    """Return the name of the submodule that a weight belongs to, or of a weight that belongs to none."""
    name = trace.values.name_of(weight) or trace.values.name_of_made(weight)
    return _PART.sub("", name.replace("_orig_mod.", "")) or call.module or trace.recording.name


def new_layer(trace: Trace, name: str, size: int, bias: Any = None) -> Layer:
    """Add a layer, with the bias that it has."""
    kept = trace.values.kept(bias).reshape(-1) if isinstance(bias, torch.Tensor) and trace.is_constant(bias) else None
    return trace.units.add(name, size, bias=kept)


def place(trace: Trace, weight: torch.Tensor, columns: Sequence[IntArray], targets: IntArray, groups: int = 1) -> None:
    """Note the units that the entries of a weight lead from, and to, by their numbers; broadcast to its shape."""
    name = trace.values.parameter_of(weight)
    if name is not None:
        kept = trace.values.kept(weight)
        sources = tuple(np.maximum(column, -1) for column in columns)
        negative = trace.values.negative(weight) if trace.options.signs else None
        trace.units.weights.append(WeightPlaces(name, tuple(weight.shape), sources, targets, kept, groups, negative))


def wire(trace: Trace, layer: Layer, columns: Sequence[torch.Tensor], rows: IntArray, targets: IntArray) -> None:
    """Add an arc for each kept weight: from what is in a row of the columns to a unit of the layer."""
    for column in columns:
        trace.units.read(column, layer)
        trace.units.connect(layer, column.numpy()[rows], targets)


def wire_matrix(trace: Trace, layer: Layer, columns: Sequence[torch.Tensor], kept: Bools) -> None:
    """Add arcs by a matrix of shape (units of the layer, rows of the columns)."""
    for column in columns:
        trace.units.read(column, layer)
        sources, by_source = _merged(column.numpy(), kept)
        targets, rows = np.nonzero(by_source)
        trace.units.connect(layer, sources[rows], targets)


def _merged(sources: IntArray, kept: Bools) -> tuple[IntArray, Bools]:
    """Return each source once, and whether any of its weights is kept."""
    distinct, inverse = np.unique(sources, return_inverse=True)
    if len(distinct) == len(sources):
        return sources, kept
    order = np.argsort(inverse, kind="stable")
    starts = np.searchsorted(inverse[order], np.arange(len(distinct)))
    return distinct, np.logical_or.reduceat(kept[:, order], starts, axis=1)
