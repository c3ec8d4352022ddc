"""Slow, obvious reference implementations, made from the definitions and independent of the library's tables.

A graph is `(n, arcs)`: nodes 0 to n - 1 and a set of pairs, without loops.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations, pairwise, permutations, product
from math import comb, prod

import networkx as nx
import numpy as np
import scipy.sparse as sp

DYADS = {"mutual": "ab ba", "asymmetric": "ab", "null": ""}
TRIADS = {
    "003": "",
    "012": "ab",
    "102": "ab ba",
    "021D": "ba bc",
    "021U": "ab cb",
    "021C": "ab bc",
    "111D": "ab ba cb",
    "111U": "ab ba bc",
    "030T": "ab bc ac",
    "030C": "ab bc ca",
    "201": "ab ba bc cb",
    "120D": "ba bc ac ca",
    "120U": "ab cb ac ca",
    "120C": "ab bc ac ca",
    "210": "ab bc cb ac ca",
    "300": "ab ba bc cb ac ca",
}
TETRADS = {
    "out_star": "ab ac ad",
    "in_star": "ad bd cd",
    "chain4": "ab bc cd",
    "y_out": "ab bc bd",
    "y_in": "ac bc cd",
    "chain_then_in": "ab bc dc",
    "out_then_chain": "ba bc cd",
    "zigzag": "ab cb cd",
    "bifan": "ac ad bc bd",
    "biparallel": "ab ac bd cd",
}
ARCS = {
    size: {name: frozenset(("abcd".index(u), "abcd".index(v)) for u, v in text.split()) for name, text in table.items()}
    for size, table in {2: DYADS, 3: TRIADS, 4: TETRADS}.items()
}


def arcs_of(matrix):
    """Return the arcs of a dense matrix, its diagonal left out."""
    return {(int(u), int(v)) for u, v in np.argwhere(matrix) if u != v}


def every_digraph(n):
    """Yield the arcs of every digraph of n nodes, and its matrix of bools."""
    cells = [(u, v) for u in range(n) for v in range(n) if u != v]
    for chosen in product((False, True), repeat=len(cells)):
        arcs = {cell for cell, there in zip(cells, chosen, strict=True) if there}
        matrix = np.zeros((n, n), dtype=bool)
        for arc in arcs:
            matrix[arc] = True
        yield arcs, matrix


def _relabelled(arcs, order):
    return frozenset((order[u], order[v]) for u, v in arcs)


@cache
def class_of(size, arcs):
    """Return the name of the class that arcs among nodes 0 to size - 1 form, or None."""
    wanted = nx.DiGraph(list(arcs))
    wanted.add_nodes_from(range(size))
    for name, template in ARCS[size].items():
        found = nx.DiGraph(list(template))
        found.add_nodes_from(range(size))
        if nx.is_isomorphic(wanted, found):
            return name
    return None


@cache
def automorphisms(size, name):
    """Return how many orders of the nodes leave the arcs of a class unchanged."""
    template = ARCS[size][name]
    return sum(_relabelled(template, order) == template for order in permutations(range(size)))


def induced_motifs(n, arcs, size):
    """Count by (class, nodes): each node set belongs to the class that all arcs among it form."""
    found = Counter()
    for nodes in combinations(range(n), size):
        code = frozenset((i, j) for i, u in enumerate(nodes) for j, v in enumerate(nodes) if (u, v) in arcs)
        name = class_of(size, code)
        if name is not None:
            found[name, nodes] += 1
    return found


def subgraph_motifs(n, arcs, size):
    """Count by (class, nodes): the placements of each class whose arcs are all there, each motif once."""
    placements = Counter()
    for nodes in permutations(range(n), size):
        for name, template in ARCS[size].items():
            if all((nodes[u], nodes[v]) in arcs for u, v in template):
                placements[name, tuple(sorted(nodes))] += 1
    return Counter({(name, nodes): k // automorphisms(size, name) for (name, nodes), k in placements.items()})


def counts(n, arcs, size, *, induced=True):
    """Return class name -> count, zeros included."""
    found = (induced_motifs if induced else subgraph_motifs)(n, arcs, size)
    totals = dict.fromkeys(ARCS[size], 0)
    for (name, _), k in found.items():
        totals[name] += k
    return totals


def counts_by_block(n, arcs, size, layers, *, induced=True):
    """Return class name -> {sorted layers of the nodes: count}, without zeros."""
    found = (induced_motifs if induced else subgraph_motifs)(n, arcs, size)
    totals = {name: Counter() for name in ARCS[size]}
    for (name, nodes), k in found.items():
        totals[name][tuple(sorted(int(layers[v]) for v in nodes))] += k
    return {name: dict(blocks) for name, blocks in totals.items()}


def clean_masks(masks, biases):
    """Drop ghosts in one pass forwards, then dead nodes in one pass backwards, as the study's authors state it."""
    masks = [np.array(mask, dtype=bool) for mask in masks]
    biases = [None if bias is None else np.array(bias, dtype=bool) for bias in biases]
    for k in range(len(masks) - 1):
        fed = masks[k].any(axis=0) if biases[k] is None else masks[k].any(axis=0) | biases[k]
        masks[k + 1][~fed] = False
    for k in reversed(range(1, len(masks))):
        dead = ~masks[k].any(axis=1)
        masks[k - 1][:, dead] = False
        if biases[k - 1] is not None:
            biases[k - 1][dead] = False
    return masks, biases


def matrices_with_margins(rows, cols):
    """Return every 0-1 matrix with the given row and column sums, as tuples of rows."""
    choices = [list(combinations(range(len(cols)), r)) for r in rows]
    found = []

    def extend(chosen, left):
        if len(chosen) == len(rows):
            found.extend([tuple(chosen)] if not any(left) else [])
            return
        for picked in choices[len(chosen)]:
            if all(left[c] for c in picked):
                extend([*chosen, picked], [left[c] - (c in picked) for c in range(len(cols))])

    extend([], list(cols))
    return found


def falling(n, k):
    """Return n (n - 1) ... (n - k + 1)."""
    return prod(range(n - k + 1, n + 1))


def pairs_joined(n, arcs, length):
    """Return how many (source, end) pairs a walk of `length` arcs joins."""
    reach = {(v, v) for v in range(n)}
    for _ in range(length):
        reach = {(start, head) for start, end in reach for tail, head in arcs if tail == end}
    return len(reach)


def layered_tetrads(masks):
    """Count the ten classes of a feed-forward net from its sparse masks, induced: degree sums and matrix products."""
    masks = [sp.csr_array(mask, dtype=np.int64) for mask in masks]
    total = Counter(dict.fromkeys(TETRADS, 0))
    for mask in masks:
        o, i = mask.sum(axis=1), mask.sum(axis=0)
        u, v = mask.nonzero()
        total["out_star"] += _binomials(o, 3)
        total["in_star"] += _binomials(i, 3)
        total["zigzag"] += int(((o[u] - 1) * (i[v] - 1)).sum())
        shared = mask @ mask.T if mask.shape[0] < mask.shape[1] else mask.T @ mask
        total["bifan"] += _binomials(sp.triu(shared, k=1).data, 2)
    for first, second in pairwise(masks):
        o, i = first.sum(axis=1), first.sum(axis=0)
        o_next, i_next = second.sum(axis=1), second.sum(axis=0)
        total["y_out"] += int((i * o_next * (o_next - 1) // 2).sum())
        total["y_in"] += int((i * (i - 1) // 2 * o_next).sum())
        total["out_then_chain"] += int(((o - 1) * (first @ o_next)).sum())
        total["chain_then_in"] += int((second.T @ i * (i_next - 1)).sum())
        total["biparallel"] += _binomials((first @ second).data, 2)
    for first, second, third in zip(masks, masks[1:], masks[2:], strict=False):
        total["chain4"] += int((first @ (second @ third.sum(axis=1))).sum())
    total["zigzag"] -= 4 * total["bifan"]
    for name in ("chain_then_in", "out_then_chain"):
        total[name] -= 2 * total["biparallel"]
    return dict(total)


def _binomials(values, k):
    return sum(comb(int(value), k) for value in values)
