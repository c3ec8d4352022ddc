"""Kinds of arcs: a sign, or one of a few labels, for each of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support import arguments
from motifcount.inputs.tensors import from_tensor, is_torch_tensor

PLUS, MINUS = "+", "-"
SIGN = "sign"
"""What a user says for the sign of every weight."""
MAX_KINDS = _core.MAX_KINDS

Codes = npt.NDArray[np.uint8]
Nodes = npt.NDArray[np.integer[Any]]


class ArcKinds(NamedTuple):
    """The kinds of arcs, and which of them each arc has.

    Attributes
    ----------
    labels
        The kinds, at most four, ascending (or, if they cannot be compared, as they occur); an arc need not have each.
    of_arc
        By arc, in the order of the rows, the position of its kind in `labels`: uint8 of shape (n_edges,).
    """

    labels: tuple[Hashable, ...]
    of_arc: Codes

    def only(self, keep: npt.NDArray[np.bool_]) -> ArcKinds:
        """Return the kinds of the marked arcs; all labels stay."""
        return self._replace(of_arc=self.of_arc[keep])

    def values(self) -> npt.NDArray[Any]:
        """Return the label of each arc: an array of texts or numbers where all labels are, else one of objects."""
        same = len({type(label) for label in self.labels}) == 1
        plain = same and isinstance(self.labels[0], (str, int, float))
        return _array(self.labels, np.dtype(type(self.labels[0])) if plain else np.dtype(object))[self.of_arc]

    def renamed(self, new: Mapping[Any, Hashable]) -> ArcKinds:
        """Return the arcs with other kinds, given for each old one; two may become one.

        Raises
        ------
        ValueError
            If a kind has no new one.
        """
        if missing := [label for label in self.labels if label not in new]:
            raise ValueError(
                f"kinds must have a kind for each that edges have, but has none for {arguments.shown(missing[0])}"
            )
        labels, codes = labelled("kinds", [new[label] for label in self.labels])
        return ArcKinds(labels, codes[self.of_arc])


def _array(values: Any, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    if dtype.kind != "O":
        return np.array(values, dtype=dtype)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def labelled(name: str, values: Any) -> tuple[tuple[Hashable, ...], Codes]:
    """Return the distinct labels among some values, and by value the position of its label.

    Raises
    ------
    TypeError
        If a value cannot be hashed.
    ValueError
        If a value is missing, or there are more labels than four.
    """
    if is_torch_tensor(values):
        values = from_tensor(name, values)
    if isinstance(values, np.ndarray) and values.dtype.kind != "O":
        distinct, codes = np.unique(values, return_inverse=True)
        return _checked(name, distinct.tolist()), codes.astype(np.uint8)
    items = list(values)
    unhashable = next((label for label in items if not isinstance(label, Hashable)), None)
    if unhashable is not None:
        raise TypeError(f"{name} must hold labels that can be hashed, not {arguments.shown(unhashable)}")
    order: list[Any] = list(dict.fromkeys(items))
    with suppress(TypeError):
        order = sorted(order)
    place = {label: k for k, label in enumerate(_checked(name, order))}
    return tuple(order), np.fromiter((place[label] for label in items), np.uint8, len(items))


def _checked(name: str, labels: list[Any]) -> tuple[Hashable, ...]:
    """Refuse missing labels, and too many."""
    for label in labels:
        if label is None or label != label or label == "":
            raise ValueError(f"{name} must hold a kind for every edge, but one has {arguments.shown(label)}")
    if len(labels) > MAX_KINDS:
        listed = ", ".join(arguments.shown(label) for label in labels[: MAX_KINDS + 1])
        more = ", …" if len(labels) > MAX_KINDS + 1 else ""
        raise ValueError(
            f"{name} must hold at most {MAX_KINDS} different labels, not {len(labels)} ({listed}{more}); give several "
            "kinds of edges one label"
        )
    if len({str(label) for label in labels}) < len(labels):
        raise ValueError(f"{name} must hold labels that differ when they are written, as 1 and '1' do not")
    return tuple(labels)


def signs(weights: npt.NDArray[Any]) -> tuple[tuple[Hashable, ...], Codes]:
    """Return the signs as labels, and by weight, none of which is 0, the position of its sign."""
    return (PLUS, MINUS), (weights < 0).astype(np.uint8)


def placed(
    arcs: tuple[Nodes, Nodes],
    edges: tuple[Nodes, Nodes],
    kinds: tuple[tuple[Hashable, ...], Codes],
    called: Callable[[Any], str],
) -> ArcKinds:
    """Return the kinds of arcs, which ascend by source and target, from those of edges in any order.

    `kinds` are labels and the position of that of each edge; `called` names a node in errors. Edges may be listed more
    than once, and loops and others that are no arcs are passed over.

    Raises
    ------
    ValueError
        If an edge is listed with two kinds, or an arc is none of the edges.
    """
    labels, codes = kinds
    places, is_arc = positions(arcs, edges)
    places, codes = places[is_arc], codes[is_arc]
    of_arc = np.full(len(arcs[0]), len(labels), np.uint8)
    of_arc[places] = codes
    differs = of_arc[places] != codes
    if differs.any():
        k = int(np.argmax(differs))
        at = int(places[k])
        both = " and ".join(arguments.shown(labels[code]) for code in (codes[k], of_arc[at]))
        raise ValueError(
            f"the edge from {called(arcs[0][at])} to {called(arcs[1][at])} is listed with two kinds, {both}; give such "
            "edges one, or a kind of their own"
        )
    if (of_arc == len(labels)).any():
        k = int(np.argmax(of_arc == len(labels)))
        pair = f"{called(arcs[0][k])} to {called(arcs[1][k])}"
        raise ValueError(f"kinds must have a kind for every edge, but have none from {pair}")
    return ArcKinds(labels, of_arc)


def positions(arcs: tuple[Nodes, Nodes], edges: tuple[Nodes, Nodes]) -> tuple[Nodes, npt.NDArray[np.bool_]]:
    """Return the positions of edges among arcs, which ascend by source and target, and which of them are arcs."""
    if all(map(np.array_equal, arcs, edges)):
        return np.arange(len(arcs[0])), np.ones(len(arcs[0]), bool)
    known = np.unique(np.concatenate(arcs))
    keys, wanted = _keys(known, arcs), _keys(known, edges)
    places = np.searchsorted(keys, wanted)
    return places, np.append(keys, -2)[places] == wanted


def _keys(known: Nodes, ends: tuple[Nodes, Nodes]) -> npt.NDArray[np.int64]:
    """Return one number for each pair of nodes, -1 where a node has no arc or the pair is a loop."""
    src, dst = (np.searchsorted(known, side).astype(np.int64) for side in ends)
    n = len(known)
    is_known = (src < n) & (dst < n) & (src != dst)
    if n:
        inside = tuple(np.minimum(side, n - 1) for side in (src, dst))
        is_known &= (known[inside[0]] == ends[0]) & (known[inside[1]] == ends[1])
    return np.where(is_known, src * n + dst, -1)
