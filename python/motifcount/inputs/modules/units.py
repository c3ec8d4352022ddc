"""Layers of units and the arcs between them, as the rules add them; and the rows that they make in the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import torch

from motifcount.inputs.modules.flow import Clash, Flow
from motifcount.inputs.places import IntArray, KernelPlaces, WeightPlaces

Bools = npt.NDArray[np.bool_]


@dataclass(eq=False)
class Layer:
    """Units ``first`` to ``first + size - 1``.

    Attributes
    ----------
    name
        The submodule that writes them, or the input that they are.
    is_input
        Whether they are an input, whose entries become one unit where something reads them as one.
    is_pinned
        Whether they are sums or products, reached by one arc for each term.
    bias
        Which units have a bias; None without one.
    channels
        Of units that are positions of channels, the number of the channel; None where each is one of its own.
    """

    name: str
    first: int
    size: int
    is_input: bool = False
    is_pinned: bool = False
    bias: Bools | None = None
    channels: IntArray | None = None


@dataclass(eq=False)
class Arcs:
    """Arcs into a layer: numbers of their units."""

    into: int
    sources: IntArray
    targets: IntArray


class Remerge(Exception):
    """Entries of inputs turn out to be one unit; the forward pass is to be followed again."""


@dataclass
class Inputs:
    """By input, the unit of each of its entries; entries that something reads as one are merged."""

    unit_of: dict[str, IntArray] = field(default_factory=dict)

    def units(self, name: str, n_entries: int) -> IntArray:
        """Return the units, numbered from 0, of an input's entries."""
        return self.unit_of.setdefault(name, np.arange(n_entries))


class Units:
    """All layers and arcs of a module."""

    def __init__(self, inputs: Inputs) -> None:
        self.layers: list[Layer] = []
        self.arcs: list[Arcs] = []
        self._inputs = inputs
        self._names: Counter[str] = Counter()
        self._starts: list[int] = []
        self._read: list[tuple[int, IntArray]] = []
        self._cut: list[IntArray] = []
        self.weights: list[WeightPlaces | KernelPlaces] = []

    @property
    def n_units(self) -> int:
        """Number of units so far."""
        return self.layers[-1].first + self.layers[-1].size if self.layers else 0

    def add(self, name: str, size: int, *, is_pinned: bool = False, bias: Bools | None = None) -> Layer:
        """Add a layer; a name that is taken gets a number."""
        self._names[name] += 1
        unique = name if self._names[name] == 1 else f"{name}#{self._names[name]}"
        self.layers.append(Layer(unique, self.n_units, size, is_pinned=is_pinned, bias=bias))
        self._starts.append(self.layers[-1].first)
        return self.layers[-1]

    def add_input(self, name: str, shape: Sequence[int]) -> Flow:
        """Add an input whose entries are units, as far as they are not merged; axes from the third on are positions."""
        unit_of = self._inputs.units(name, int(torch.Size(shape).numel()))
        layer = self.add(name, int(unit_of.max(initial=-1)) + 1)
        layer.is_input = True
        layer.channels = np.zeros(layer.size, np.int64)
        layer.channels[unit_of[::-1]] = np.arange(len(unit_of))[::-1] // max(1, prod(shape[2:]))  # of the first entry
        return Flow((torch.from_numpy(layer.first + unit_of).reshape(tuple(shape)),))

    def connect(self, layer: Layer, sources: IntArray, targets: IntArray) -> None:
        """Add arcs from units to those of a layer, both by their numbers; sources below 0 are none."""
        kept = sources >= 0
        if not kept.all():
            sources, targets = sources[kept], targets[kept]
        self.arcs.append(Arcs(self.layers.index(layer), sources, targets))

    def read(self, units: torch.Tensor, by: Layer | None = None) -> None:
        """Note that a layer, or an output, is wired to units, whether weights are kept or not; below 0 are none."""
        self._read.append((-1 if by is None else self.layers.index(by), np.unique(units.numpy())))

    def cut(self, units: torch.Tensor) -> None:
        """Note that what would read units is cut off by a scale of 0; they stay in the graph."""
        self._cut.append(np.unique(units.numpy()))

    def layer_of(self, units: torch.Tensor) -> torch.Tensor:
        """Return the position of the layer of each unit."""
        return torch.searchsorted(torch.tensor(self._starts), units.contiguous(), right=True) - 1

    def channels_of(self, units: torch.Tensor) -> torch.Tensor:
        """Return the number of each unit's channel, for all layers together; below 0 stays as it is."""
        found = units.numpy().copy()
        owners = self.layer_of(units.clamp(min=0)).numpy()
        for position in np.unique(owners).tolist():
            layer = self.layers[position]
            if layer.channels is not None:
                own = (owners == position) & (found >= 0)
                found[own] = layer.first + layer.channels[found[own] - layer.first]
        return torch.from_numpy(found)

    def clash(self, columns: Sequence[torch.Tensor]) -> Clash | None:
        """Return the rows in which different units of one layer meet, with these units; None if there are none."""
        if len(columns) == 1:
            return None
        table = torch.stack(list(columns), dim=1)
        layers = torch.where(table >= 0, self.layer_of(table.clamp(min=0)), -1 - torch.arange(table.shape[1]))
        ordered, order = layers.sort(dim=1)
        same = ordered[:, 1:] == ordered[:, :-1]
        involved = torch.zeros_like(ordered, dtype=torch.bool)
        involved[:, 1:] |= same
        involved[:, :-1] |= same
        rows, at = involved.nonzero(as_tuple=True)
        return Clash(rows, table[rows, order[rows, at]]) if len(rows) else None

    def resolve(self, clash: Clash) -> bool:
        """Merge entries of inputs that are read as one; False if the units are not those of inputs.

        Raises
        ------
        Remerge
            If something was merged.
        """
        rows, units = self._inputs_behind(clash)
        layers = self.layer_of(units)
        merged = False
        for position in np.unique(layers.numpy()).tolist():
            chosen = layers == position
            layer = self.layers[position]
            merged |= self._merge(layer, rows[chosen].numpy(), (units[chosen] - layer.first).numpy())
        if merged:
            raise Remerge
        return False

    def _inputs_behind(self, clash: Clash) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the rows and units of a clash that are inputs, those that sums are made of too."""
        found = []
        rows, units = clash.rows, clash.units
        while len(rows):
            layers = self.layer_of(units)
            of_input = torch.tensor([layer.is_input for layer in self.layers])[layers]
            found.append((rows[of_input], units[of_input]))
            steps = [(rows[:0], units[:0])]
            for position in np.unique(layers[~of_input].numpy()).tolist():
                if self.layers[position].is_pinned:
                    chosen = layers == position
                    steps.append(self._terms_of(position, rows[chosen], units[chosen]))
            rows, units = (torch.cat(parts) for parts in zip(*steps, strict=True))
        return tuple(torch.cat(parts) for parts in zip(*found, strict=True))  # type: ignore[return-value]

    def _terms_of(self, position: int, rows: torch.Tensor, units: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return, row by row, the units that lead to the given ones of a layer."""
        arcs = [part for part in self.arcs if part.into == position]
        sources = torch.from_numpy(np.concatenate([part.sources for part in arcs]))
        targets, order = torch.from_numpy(np.concatenate([part.targets for part in arcs])).sort()
        first = self.layers[position].first
        low = torch.searchsorted(targets, units - first)
        counts = torch.searchsorted(targets, units - first, right=True) - low
        repeated = torch.repeat_interleave(torch.arange(len(rows)), counts)
        place = torch.arange(len(repeated)) - (counts.cumsum(0) - counts)[repeated] + low[repeated]
        return rows[repeated], sources[order[place]]

    def _merge(self, layer: Layer, rows: IntArray, units: IntArray) -> bool:
        """Make one unit of all those in a row; tell whether there are fewer than before."""
        if layer.name not in self._inputs.unit_of:  # looked up in an embedding
            return False
        n_rows = int(rows.max()) + 1
        n = n_rows + layer.size
        links = sp.coo_array((np.ones(len(rows)), (rows, n_rows + units)), shape=(n, n))
        _, part = sp.csgraph.connected_components(links, directed=False)
        merged = part[n_rows:][self._inputs.unit_of[layer.name]]
        _, first, inverse = np.unique(merged, return_index=True, return_inverse=True)
        self._inputs.unit_of[layer.name] = np.argsort(np.argsort(first))[inverse]
        return len(first) < layer.size

    def wiring(self) -> dict[int, set[int]]:
        """By layer, those that it is wired to; -1 stands for the outputs."""
        before: dict[int, set[int]] = defaultdict(set)
        for into, units in self._read:
            before[into] |= set(self.layer_of(torch.from_numpy(units[units >= 0])).tolist())
        return before

    def reaching_outputs(self) -> dict[int, IntArray]:
        """Return the layers with a way to an output; of each, its units numbered anew, -1 for those without a way."""
        before = self.wiring()
        cut = np.concatenate([np.empty(0, np.int64), *self._cut])
        reached = {-1, *self.layer_of(torch.from_numpy(cut[cut >= 0])).tolist()}
        todo = list(reached)
        while todo:
            fresh = before[todo.pop()] - reached
            reached |= fresh
            todo += fresh
        is_read = np.zeros(self.n_units, dtype=bool)
        for into, units in self._read:
            if into in reached:
                is_read[units[units >= 0]] = True
        for units in self._cut:
            is_read[units[units >= 0]] = True
        numbers = {}
        for position in reached - {-1}:
            layer = self.layers[position]
            kept = is_read[layer.first : layer.first + layer.size]
            numbers[position] = np.where(kept, np.cumsum(kept) - 1, -1)
        return numbers
