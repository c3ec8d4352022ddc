"""Where the weights of a module are in its graph: entries of a parameter, or a kernel at every position."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.signedinteger[Any]]


class WeightPlaces(NamedTuple):
    """Where the entries of a parameter of a module are in its graph.

    Attributes
    ----------
    name
        Name of the parameter, as in the module's state dict.
    shape
        Its shape.
    sources
        By term that weights read, the node that an entry leads from, -1 for none; int64, broadcast to the shape.
    targets
        The node that an entry leads to, -1 for none; int64, broadcast to the shape.
    kept
        Which entries were kept, of the shape.
    groups
        Of a convolution, parts along the first axis that read channels of their own.
    negative
        Which entries are below 0, of the shape, where signs were asked for.
    """

    name: str
    shape: tuple[int, ...]
    sources: tuple[npt.NDArray[np.int64], ...]
    targets: npt.NDArray[np.int64]
    kept: npt.NDArray[np.bool_]
    groups: int = 1
    negative: npt.NDArray[np.bool_] | None = None

    def renumbered(self, number_of: npt.NDArray[np.int64]) -> WeightPlaces:
        """Return the same with other numbers of the nodes; ``number_of[-1]`` must be -1."""
        return self._replace(
            sources=tuple(number_of[of_term] for of_term in self.sources), targets=number_of[self.targets]
        )

    def known(self) -> npt.NDArray[np.bool_]:
        """Return which entries lead from a node to one, of the shape."""
        found = np.zeros(self.shape, dtype=bool)
        for of_term in self.sources:
            found |= (of_term >= 0) & (self.targets >= 0)
        return found

    def arcs(self, mask: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
        """Return sources and targets of the arcs that the entries of a mask give, without self-loops."""
        ends = []
        for of_term in self.sources:
            source, target = np.broadcast_arrays(of_term, self.targets)
            present = mask & (source >= 0) & (target >= 0) & (source != target)
            source, target = (np.broadcast_to(side, self.shape)[present] for side in (source, target))
            ends.append((source, target))
        return _joined(ends)


class KernelPlaces(NamedTuple):
    """Where the entries of a convolution's parameter are in a graph with a node for each position of a channel.

    Attributes
    ----------
    name, shape, kept, groups, negative
        As for :class:`WeightPlaces`.
    sources
        By term that weights read, the node of each channel and position, -1 for none, int64 of shape (channels read,
        positions).
    targets
        The node of each channel and position that is written, int64 of shape (channels written, positions).
    windows
        By place in a kernel, from which positions it leads to which: two arrays of the same length.
    is_transposed
        Whether the first axis of the parameter is that of the channels read.
    """

    name: str
    shape: tuple[int, ...]
    sources: tuple[npt.NDArray[np.int64], ...]
    targets: npt.NDArray[np.int64]
    kept: npt.NDArray[np.bool_]
    groups: int
    windows: tuple[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]], ...]
    is_transposed: bool
    negative: npt.NDArray[np.bool_] | None = None

    def renumbered(self, number_of: npt.NDArray[np.int64]) -> KernelPlaces:
        """Return the same with other numbers of the nodes; ``number_of[-1]`` must be -1."""
        return self._replace(
            sources=tuple(number_of[of_term] for of_term in self.sources), targets=number_of[self.targets]
        )

    def known(self) -> npt.NDArray[np.bool_]:
        """Return which entries lead from a channel of the graph to one, of the shape."""
        read = np.asarray(np.stack([(of_term >= 0).any(axis=1) for of_term in self.sources]).any(axis=0))
        written = np.asarray((self.targets >= 0).any(axis=1))
        first, second = np.indices(self.shape[:2])
        reads, writes = self._channels(first, second)
        found = np.logical_and(read[reads], written[writes]).reshape(*self.shape[:2], *[1] * (len(self.shape) - 2))
        return np.broadcast_to(found, self.shape)

    def _channels(self, first: IntArray, second: IntArray) -> tuple[IntArray, IntArray]:
        """Return the channels read and written by entries at these places of the first two axes."""
        other = first // (self.shape[0] // self.groups) * self.shape[1] + second
        return (first, other) if self.is_transposed else (other, first)

    def arcs(self, mask: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
        """Return sources and targets of the arcs that the entries of a mask give."""
        ends = []
        by_place = mask.reshape(*self.shape[:2], len(self.windows))
        for k, (from_positions, to_positions) in enumerate(self.windows):
            reads, writes = self._channels(*np.nonzero(by_place[:, :, k]))
            target = self.targets[writes[:, None], to_positions].ravel()
            for of_term in self.sources:
                source = of_term[reads[:, None], from_positions].ravel()
                present = (source >= 0) & (target >= 0)
                ends.append((source[present], target[present]))
        return _joined(ends)


def _joined(ends: list[tuple[IntArray, IntArray]]) -> tuple[IntArray, IntArray]:
    none = np.empty(0, np.int64)
    sources, targets = zip((none, none), *ends, strict=True)
    return np.concatenate(sources), np.concatenate(targets)
