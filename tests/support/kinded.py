"""All graphs of a few nodes whose edges have kinds, as integers: a digit for each cell, 0 for no edge, or its kind."""

from __future__ import annotations

from itertools import combinations, permutations, product

import numpy as np

import motifcount as mc
from motifcount.graph import access


class KindedStates:
    """The graphs of `n` nodes with edges in some cells, of `n_kinds` kinds."""

    def __init__(self, n, n_kinds=2, layers=None, cells=None):
        self.n, self.layers = n, np.zeros(n, int) if layers is None else np.array(layers)
        self.cells = cells or [(u, v) for u, v in product(range(n), repeat=2) if u != v]
        self.base = n_kinds + 1
        self.weight = {cell: self.base**k for k, cell in enumerate(self.cells)}
        self.codes = np.arange(self.base ** len(self.cells))

    def kind(self, u, v, states=None):
        """Return by state the kind of an edge, from 1, or 0."""
        states = self.codes if states is None else states
        return states // self.weight[u, v] % self.base if (u, v) in self.weight else np.zeros_like(states)

    def state(self, kinds):
        """Return the state of a mapping of cells to kinds."""
        return sum(kind * self.weight[cell] for cell, kind in kinds.items())

    def signatures(self, keep_mutual=False):
        """Return by state a number for what its nodes keep: edges by kind, or pairs by both, and the other's layer."""
        total = np.zeros(len(self.codes), np.uint64)
        random = np.random.default_rng(1)
        for node, layer in product(range(self.n), range(self.layers.max() + 1)):
            others = [other for other in range(self.n) if other != node and self.layers[other] == layer]
            there = [self.kind(node, other) for other in others]
            back = [self.kind(other, node) for other in others]
            if keep_mutual:
                found = [a * self.base + b for a, b in zip(there, back, strict=True)]
                wanted = range(1, self.base**2)
            else:
                found = [*there, *(kind + self.base for kind in back)]
                wanted = [k for k in range(2 * self.base) if k % self.base]
            for k in wanted:
                number = random.integers(2**64, dtype=np.uint64)
                for each in found:
                    total += np.where(each == k, number, np.uint64(0))
        return total

    def classes(self, keep_mutual=False):
        """Return the groups of two or more states that keep the same."""
        signatures = self.signatures(keep_mutual)
        order = np.argsort(signatures, kind="stable")
        cuts = np.flatnonzero(np.diff(signatures[order])) + 1
        return [group for group in np.split(self.codes[order], cuts) if len(group) > 1]

    def up_to_symmetry(self, classes):
        """Return one of the classes that are the same but for the names of nodes and kinds."""
        return [states for states, _ in self.orbits(classes)]

    def orbits(self, classes):
        """Return one of the classes that are the same but for the names of nodes and kinds, and how many these are."""
        states = np.concatenate(classes)
        lowest = states.copy()
        for order in permutations(range(self.n)):
            for kinds in permutations(range(1, self.base)):
                named = np.array((0, *kinds))
                moved = sum(named[self.kind(u, v, states)] * self.weight[order[u], order[v]] for u, v in self.cells)
                lowest = np.minimum(lowest, moved)
        starts = np.cumsum([0, *map(len, classes[:-1])])
        keys = np.minimum.reduceat(lowest, starts)
        _, first, n_alike = np.unique(keys, return_index=True, return_counts=True)
        return [(classes[k], n) for k, n in zip(first.tolist(), n_alike.tolist(), strict=True)]

    def drawn(self, states, null, seed):
        """Return what a null model makes of many states at once, each in layers of its own."""
        width = self.layers.max() + 1
        parts = []
        for u, v in self.cells:
            kinds = self.kind(u, v, states)
            copies = np.flatnonzero(kinds)
            parts.append((self.n * copies + u, self.n * copies + v, kinds[copies]))
        src, dst, kinds = map(np.concatenate, zip(*parts, strict=True))
        layers = (self.layers + width * np.arange(len(states))[:, None]).ravel()
        graph = mc.Graph.from_edges(src, dst, self.n * len(states), layers, kinds=kinds)
        found = mc.randomize(graph, null, seed=seed)
        u, v = access.edge_arrays(found)
        assert np.array_equal(u // self.n, v // self.n)
        ends = np.zeros((self.n, self.n), np.int64)
        for cell, weight in self.weight.items():
            ends[cell] = weight
        result = np.zeros(len(states), np.int64)
        np.add.at(result, u // self.n, ends[u % self.n, v % self.n] * found.kinds)
        return result


def pieces(states, graphs, *, reversals=True):
    """Return into how many pieces some states fall that are joined by single moves.

    Swaps of two edges of a kind into free cells, or with two edges of another kind; and reversals of directed 3-cycles.
    """
    place = {state: k for k, state in enumerate(states.tolist())}
    part = list(range(len(states)))

    def join(old, change):
        for state in states[old].tolist():
            if state + change in place:
                a, b = part[place[state]], part[place[state + change]]
                part[:] = [a if p == b else p for p in part]

    kind = {cell: graphs.kind(*cell, states) for cell in graphs.cells}
    for (a, c), (b, d) in combinations(graphs.cells, 2):
        if a == b or c == d or (a, d) not in kind or (b, c) not in kind:
            continue
        for x, y in product(range(1, graphs.base), range(graphs.base)):
            if x != y:
                old = (kind[a, c] == x) & (kind[b, d] == x) & (kind[a, d] == y) & (kind[b, c] == y)
                weights = graphs.weight
                join(old, (y - x) * (weights[a, c] + weights[b, d] - weights[a, d] - weights[b, c]))
    for a, b, c in permutations(range(graphs.n), 3):
        there, back = ((a, b), (b, c), (c, a)), ((b, a), (c, b), (a, c))
        if not reversals or not kind.keys() >= {*there, *back}:
            continue
        for x in range(1, graphs.base):
            old = np.all([kind[cell] == x for cell in there] + [kind[cell] == 0 for cell in back], axis=0)
            join(old, x * (sum(graphs.weight[cell] for cell in back) - sum(graphs.weight[cell] for cell in there)))
    return len(set(part))
