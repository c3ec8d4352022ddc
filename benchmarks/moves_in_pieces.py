"""Which classes of small graphs do local moves leave in pieces? The tables of docs/null-models.md.

python benchmarks/moves_in_pieces.py [--nodes 4]

All digraphs of 4 and 5 nodes by the mutual, outgoing and incoming neighbours of every node, and all of 4 nodes and two
kinds by the degrees of each kind. A class is in pieces if some moves, one after the other, do not connect it. Classes
that are the same but for the names of nodes and kinds are looked at once. Takes 20 s.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.kinded import KindedStates
from support.realizations import Components

Edges = frozenset[tuple[int, int]]
Graph = tuple[Edges, ...]  # by kind, or asymmetric and mutual edges, whose ends can swap among themselves
Change = list[tuple[Edges, Edges]]  # by kind, the edges that one of two graphs has alone, and the other
Move = Callable[[Change], bool]


def n_swaps(old: Edges, new: Edges) -> int:
    """How many swaps of two edges, checked by no one, lead from some edges to others with the same ends."""

    def most_cycles(old: Edges, new: Edges) -> int:
        if not old:
            return 0
        first = min(old)
        return 1 + max(most_cycles(*left) for left in closed(first[0], first[1], old - {first}, new))

    def closed(start: int, end: int, old: Edges, new: Edges) -> Iterator[tuple[Edges, Edges]]:
        """Take alternating ways out of the edges, from an end back to the start; what is left of them."""
        for added in new:
            if end not in added:
                continue
            other = sum(added) - end
            if other == start:
                yield old, new - {added}
            for removed in old:
                if other in removed:
                    yield from closed(start, sum(removed) - other, old - {removed}, new - {added})

    return len(old) - most_cycles(old, new)


def sizes(change: Change) -> list[int]:
    return [len(old) for old, _ in change]


def is_reversal(change: Change, n: int) -> bool:
    """Whether directed edges (a, n + b) of one kind turn round on a 3-cycle."""
    old, new = max(change, key=lambda pair: len(pair[0]))
    return sorted(sizes(change))[-2:] in ([3], [0, 3]) and new == {(b - n, a + n) for a, b in old}


def is_trade(change: Change, n: int) -> bool:
    """Whether asymmetric and mutual edges change places on a 4-cycle."""
    (old, new), (old_mutual, new_mutual) = change
    pairs = [{tuple(sorted((a, b - n))) for a, b in edges} for edges in (old, new)]
    return sizes(change) == [2, 2] and pairs == [new_mutual, old_mutual]


def is_exchange(change: Change, n_edges: int) -> bool:
    """Whether two kinds, so many edges of each, change places."""
    (old, new), (old_other, new_other) = change
    return sizes(change) == [n_edges, n_edges] and (old, new) == (new_other, old_other)


def joint(most: int) -> Move:
    return lambda change: sum(sizes(change)) <= 2 * most and sum(n_swaps(*each) for each in change) <= most


def mutual_moves(n: int) -> dict[str, list[Move]]:
    local: dict[str, Move] = {
        "swaps of asymmetric edges": lambda change: sizes(change) == [2, 0],
        "+ reversals of 3-cycles": lambda change: sizes(change) == [3, 0] and is_reversal(change, n),
        "+ rotations of three heads (or turns)": lambda change: sizes(change) == [3, 0],
        "+ swaps of mutual edges": lambda change: sizes(change) == [0, 2],
        "+ mutual and asymmetric edges trading places on a 4-cycle": lambda change: is_trade(change, n),
    }
    found = {name: list(local.values())[: k + 1] for k, name in enumerate(local)}
    return found | {f"swaps and joint moves of at most {most} swaps": [joint(most)] for most in (2, 3)}


def kinds_moves(n: int) -> dict[str, list[Move]]:
    local: dict[str, Move] = {
        "swaps into free places": lambda change: sorted(sizes(change)) == [0, 2],
        "+ exchanges of kinds": lambda change: is_exchange(change, 2),
        "+ reversals of 3-cycles": lambda change: sorted(sizes(change)) == [0, 3] and is_reversal(change, n),
        "+ swaps of three": lambda change: sorted(sizes(change)) == [0, 3] or is_exchange(change, 3),
        "+ joint moves": joint(4),
    }
    return {name: list(local.values())[: k + 1] for k, name in enumerate(local)}


def graphs_of(states: KindedStates, codes: np.ndarray, keep_mutual: bool) -> list[Graph]:
    """Return graphs as edges by kind, with heads numbered apart; mutual edges, whose ends are alike, by themselves."""
    kinds = {cell: states.kind(*cell, codes).tolist() for cell in states.cells}
    found = []
    for k in range(len(codes)):
        kind = {cell: of_cell[k] for cell, of_cell in kinds.items()}
        both = {(u, v) for u, v in kind if keep_mutual and kind[u, v] and kind[v, u]}
        by_kind = [
            frozenset((u, v + states.n) for (u, v), x in kind.items() if x == wanted and (u, v) not in both)
            for wanted in range(1, states.base)
        ]
        mutual = [frozenset((u, v) for u, v in both if u < v)] if keep_mutual else []
        found.append((*by_kind, *mutual))
    return found


def in_pieces(graphs: list[Graph], moves: list[Move]) -> bool:
    parts = Components(range(len(graphs)))
    for i, j in combinations(range(len(graphs)), 2):
        if parts.find(i) != parts.find(j):
            change = [(a - b, b - a) for a, b in zip(graphs[i], graphs[j], strict=True)]
            if any(move(change) for move in moves):
                parts.join(i, j)
    return len(parts) > 1


def table(title: str, states: KindedStates, tried: Mapping[str, list[Move]], keep_mutual: bool) -> None:
    orbits = states.orbits(states.classes(keep_mutual))
    print(f"\n| moves | {title}: classes left in pieces, of {sum(n for _, n in orbits):,} |\n|---|---:|")
    known = [(graphs_of(states, codes, keep_mutual), n) for codes, n in orbits]
    for name, moves in tried.items():
        print(f"| {name} | {sum(n for graphs, n in known if in_pieces(graphs, moves)):,} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, choices=(4, 5), default=5, help="of digraphs, at most")
    for n in range(4, parser.parse_args().nodes + 1):
        table(f"keep_mutual, {n} nodes", KindedStates(n, 1), mutual_moves(n), True)
    table("keep_kinds, 4 nodes", KindedStates(4), kinds_moves(4), False)


if __name__ == "__main__":
    main()
