"""Every graph that a null model allows, and what a sampler makes of them: enumeration, batches and a chi-square.

A state is the set of arcs of a small graph, packed into an integer: bit ``n * u + v`` stands for the arc (u, v).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, product

import numpy as np
from scipy.stats import chisquare

import motifcount as mc
from motifcount.graph.access import graph_of


def pack(n, arcs):
    return sum(1 << (n * u + v) for u, v in arcs)


def unpack(n, state):
    return [divmod(bit, n) for bit in range(n * n) if state >> bit & 1]


def cells_of(n, layers=None):
    """Return the cells of each block, (source layer, target layer) -> pairs of nodes."""
    layers = layers or [0] * n
    blocks = defaultdict(list)
    for u, v in product(range(n), repeat=2):
        if u != v:
            blocks[layers[u], layers[v]].append((u, v))
    return blocks


def degrees(arcs):
    return Counter((end, node) for arc in arcs for end, node in enumerate(arc))


def mutual_degrees(arcs, layers):
    """The number of mutual neighbours of every node, by their layer."""
    return Counter((u, layers[v]) for u, v in arcs if (v, u) in arcs)


def mutual_pairs(arcs, layers):
    """The number of mutual pairs, twice, by the layers of both nodes."""
    return Counter((layers[u], layers[v]) for u, v in arcs if (v, u) in arcs)


def realizations(n, arcs, layers=None, *, keep="degrees", keep_mutual=False, pinned=()):
    """Return all states that keep degrees, or numbers of edges or dyads, by block; what leads into `pinned` stays."""
    arcs = set(arcs)
    choices = []
    for (_, target), cells in cells_of(n, layers).items():
        block = arcs & set(cells)
        if target in pinned:
            choices.append([pack(n, block)])
            continue
        choices.append(
            [
                pack(n, chosen)
                for chosen in combinations(cells, len(block))
                if keep != "degrees" or degrees(chosen) == degrees(block)
            ]
        )
    states = map(sum, product(*choices))
    layers = layers or [0] * n
    if keep_mutual:
        wanted = mutual_degrees(arcs, layers)
        states = (state for state in states if mutual_degrees(set(unpack(n, state)), layers) == wanted)
    if keep == "dyads":
        pairs = mutual_pairs(arcs, layers)
        states = (state for state in states if mutual_pairs(set(unpack(n, state)), layers) == pairs)
    return sorted(states)


def classes_of_digraphs(n, *, keep_mutual=False):
    """Group all digraphs of n nodes by their degrees (and mutual degrees); return the groups of two or more."""
    cells = cells_of(n)[0, 0]
    codes = np.arange(1 << len(cells))
    arcs = {cell: codes >> k & 1 for k, cell in enumerate(cells)}
    states = sum(arcs[u, v] << (n * u + v) for u, v in cells)
    sums = [sum(arcs[cell] for cell in cells if cell[end] == node) for end in (0, 1) for node in range(n)]
    if keep_mutual:
        sums += [sum(arcs[u, v] & arcs[v, u] for u, v in cells if u == node) for node in range(n)]
    signature = sum(total.astype(np.int64) * n**k for k, total in enumerate(sums))
    order = np.argsort(signature, kind="stable")
    cuts = np.flatnonzero(np.diff(signature[order])) + 1
    return [group.tolist() for group in np.split(states[order], cuts) if len(group) > 1]


def many(n, states, null, seed, layers=None, pinned=()):
    """Randomize many small graphs at once, each in layers of its own; return the states they become.

    `pinned` are the layers whose incoming arcs stay in place.

    Blocks have streams of their own, so these are independent samples of the null model on one small graph.
    """
    layers = np.array(layers or [0] * n)
    width = layers.max() + 1
    src, dst = [], []
    starts = np.asarray(states)
    for bit in range(n * n):
        copies = np.flatnonzero(starts >> bit & 1)
        src.append(n * copies + bit // n)
        dst.append(n * copies + bit % n)
    copies = np.arange(len(starts))
    graph = mc.Graph.from_edges(
        np.concatenate(src), np.concatenate(dst), n * len(starts), (layers + width * copies[:, None]).ravel()
    )
    if pinned:
        rows = graph.__reduce__()[1][0]
        everywhere = tuple((width * copies[:, None] + pinned).ravel().tolist())
        graph = graph_of(rows._replace(groups=rows.groups._replace(pinned_layers=everywhere)))
    u, v = mc.randomize(graph, null, seed=seed).to_scipy().nonzero()
    assert np.array_equal(u // n, v // n)
    found = np.zeros(len(starts), dtype=np.int64)
    np.add.at(found, u // n, np.int64(1) << (n * (u % n) + v % n))
    return found


def p_uniform(found, states):
    """Return the chi-square p-value of samples that should be uniform over some states, and must not leave them."""
    seen = Counter(np.asarray(found).tolist())
    assert set(seen) <= set(states), "a sample left the set of states"
    return float(chisquare([seen[state] for state in states]).pvalue)


class Components:
    """A union-find over states."""

    def __init__(self, states):
        self.parent = {state: state for state in states}

    def find(self, state):
        while self.parent[state] != state:
            self.parent[state] = self.parent[self.parent[state]]
            state = self.parent[state]
        return state

    def join(self, a, b):
        self.parent[self.find(a)] = self.find(b)

    def __len__(self):
        return len({self.find(state) for state in self.parent})


def pieces(n, states, moves):
    """Return into how many pieces the states fall that `moves(n, arcs)` leaves unconnected."""
    components = Components(states)
    for state in states:
        for other in moves(n, unpack(n, state)):
            components.join(state, other)
    return len(components)


def swaps(n, arcs):
    """Yield every state one swap away."""
    for (a, b), (c, d) in combinations(arcs, 2):
        new = {(a, d), (c, b)}
        if a != d and c != b and not new & set(arcs):
            yield pack(n, {*arcs, *new} - {(a, b), (c, d)})
