"""A first line that is no edge and names no columns: it may count nodes, of which some have no edges."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from motifcount.files.words.labels import is_integer

Labels = tuple[Hashable, ...]


def number_of_nodes(first: Sequence[str], n_below: int, n_labels: int) -> int | None:
    """Return how many nodes a first line counts beside the lines below it, None if it does not count these.

    Such are ``4 3``, ``3 4`` and ``4 4 3`` above three lines.
    """
    if len(first) < 2 or not all(map(is_integer, first)):
        return None
    values = [int(word.partition(".")[0]) for word in first]
    for *nodes, edges in (values, values[::-1]):
        if edges == n_below and len({*nodes}) == 1 and nodes[0] >= n_labels:
            return nodes[0]
    return None


def alone(first: Sequence[str], n_below: int, n_labels: int) -> int | None:
    """Return how many nodes one number above the edges counts, None if it may not count nodes.

    Raises
    ------
    ValueError
        If it may count nodes as well as edges.
    """
    if len(first) != 1 or not is_integer(first[0]) or (n := int(first[0].partition(".")[0])) < n_labels:
        return None
    if n == n_below > n_labels:
        raise ValueError(
            f"the first line, {first[0]!r}, may count the edges, or nodes of which {n - n_labels:,} have no edges; "
            f"write both numbers ({n_labels} {n_below}, say), or leave it out"
        )
    return n


def all_labels(found: Labels, n: int, first: Sequence[str]) -> Labels:
    """Return the labels of n nodes, of which those found have edges.

    Raises
    ------
    ValueError
        If nothing shows what the others are called.
    """
    if n == len(found):
        return found
    integers = [label for label in found if isinstance(label, int)]
    starts = [k for k in (0, 1) if len(integers) == len(found) and all(k <= label < k + n for label in integers)]
    if len(starts) == 1:
        return tuple(range(starts[0], starts[0] + n))
    called = f", 0 to {n - 1} or 1 to {n}" if starts else ""
    raise ValueError(
        f"the first line, {' '.join(first)!r}, counts {n:,} nodes, of which {n - len(found):,} have no edges, and "
        f"nothing shows what these are called{called}; write a line from each to itself, and leave the first line out"
    )
