"""What the entries of a tensor are: by entry, the unit that it is a value of.

A value of the forward pass has a tensor of unit numbers of its own shape for each of its *terms* (one, unless units of
different layers act on an entry without a layer between them). What is the same all along an axis is stored once.
Operations that move entries about are applied to the unit numbers by torch itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

NO_UNIT = -1
"""The number of an entry that no unit acts on: a constant."""
MIXED = -2
"""The number of an entry that many units act on alike, as a mean: it may scale others, and no weight reads it."""


@dataclass(frozen=True, eq=False)
class Flow:
    """A value: its terms, int64 tensors of its shape."""

    terms: tuple[torch.Tensor, ...]

    @property
    def shape(self) -> torch.Size:
        """The shape of the value."""
        return self.terms[0].shape

    @property
    def has_units(self) -> bool:
        """Whether a unit acts on any entry."""
        return any(bool((core(term) >= 0).any()) for term in self.terms)

    @property
    def has_mixtures(self) -> bool:
        """Whether many units act alike on any entry."""
        return any(bool((core(term) == MIXED).any()) for term in self.terms)

    def to_shape(self, shape: Sequence[int]) -> Flow:
        """Return the value broadcast to a shape."""
        return Flow(tuple(term.expand(shape) for term in self.terms))


@dataclass(frozen=True)
class Clash:
    """Entries of different units of one layer where one is wanted: the numbers of rows, and those of units in them."""

    rows: torch.Tensor
    units: torch.Tensor


def filled(shape: Sequence[int], number: int) -> torch.Tensor:
    """Return a term with the same number everywhere."""
    return torch.full((1,) * len(shape), number, dtype=torch.int64).expand(tuple(shape))


def mixed(shape: Sequence[int]) -> Flow:
    """Return a value that many units act on alike."""
    return Flow((filled(shape, MIXED),))


def no_units(tensors: Sequence[torch.Tensor]) -> list[Flow]:
    """Return values that many units act on alike, for all of some tensors."""
    return [mixed(tensor.shape) for tensor in tensors]


def flow_of(terms: Sequence[torch.Tensor]) -> Flow:
    """Return a value with these terms, each once, and none without a unit if there are others."""
    kept: list[torch.Tensor] = []
    for term in map(compressed, terms):
        if not any(torch.equal(term, other) for other in kept):
            kept.append(term)
    with_units = [term for term in kept if bool((core(term) >= 0).any())]
    return Flow(tuple(with_units or sorted(kept, key=lambda term: int(core(term).min()) if term.numel() else 0)[:1]))


def alike(flow: Flow, other: Flow) -> bool:
    """Whether two values have the same terms, in any order."""
    return len(flow.terms) == len(other.terms) and all(
        any(torch.equal(term, twin) for twin in other.terms) for term in flow.terms
    )


def placed(first: int, axes: Sequence[int], shape: Sequence[int]) -> torch.Tensor:
    """Return a term in which units are counted from a number along some axes, the first the slowest."""
    sizes = [shape[axis] for axis in axes]
    numbers = torch.arange(first, first + int(torch.Size(sizes).numel())).reshape(sizes)
    order = sorted(range(len(axes)), key=lambda k: axes[k])
    numbers = numbers.permute(order)
    slim = [shape[axis] if axis in axes else 1 for axis in range(len(shape))]
    return numbers.reshape(slim).expand(tuple(shape))


def core(term: torch.Tensor) -> torch.Tensor:
    """Return what is stored: axes along which nothing changes have the length 1."""
    for axis in range(term.ndim):
        if term.shape[axis] > 1 and term.stride(axis) == 0:
            term = term.narrow(axis, 0, 1)
    return term


def compressed(term: torch.Tensor) -> torch.Tensor:
    """Return the same numbers, stored once along every axis along which they do not change."""
    kept = core(term)
    for axis in range(kept.ndim):
        if kept.shape[axis] > 1 and kept.numel() and bool((kept == kept.narrow(axis, 0, 1)).all()):
            kept = kept.narrow(axis, 0, 1)
    return kept.clone(memory_format=torch.contiguous_format).expand(term.shape)


def varies(term: torch.Tensor, axis: int) -> bool:
    """Whether a compressed term changes along an axis."""
    return core(term).shape[axis] > 1


def by_row(term: torch.Tensor, axes: Sequence[int]) -> torch.Tensor:
    """Return the numbers as a matrix: a row for every entry along some axes, a column for every one along the others.

    The columns hold what is stored of the others only.
    """
    kept = core(term)
    shape = [term.shape[axis] if axis in axes else kept.shape[axis] for axis in range(term.ndim)]
    rest = [axis for axis in range(term.ndim) if axis not in axes]
    n_rows = int(torch.Size([term.shape[axis] for axis in axes]).numel())
    return kept.expand(shape).permute([*axes, *rest]).reshape(n_rows, -1)


def distinct(rows: torch.Tensor) -> list[torch.Tensor]:
    """Return columns that hold each number of each row once; units first, then -1 as filling."""
    if rows.shape[1] == 1:
        return [rows[:, 0]]
    ordered = rows.sort(dim=1, descending=True).values
    fresh = torch.ones_like(ordered, dtype=torch.bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    fresh &= ordered >= 0
    has_mixed = (rows == MIXED).any(dim=1) & ~fresh.any(dim=1)
    width = max(1, int(fresh.sum(dim=1).max())) if len(rows) else 1
    columns = torch.full((len(rows), width), NO_UNIT)
    place = fresh.cumsum(dim=1) - 1
    at = fresh.nonzero()
    columns[at[:, 0], place[at[:, 0], at[:, 1]]] = ordered[at[:, 0], at[:, 1]]
    columns[has_mixed, 0] = MIXED
    return list(columns.unbind(dim=1))
