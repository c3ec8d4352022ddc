"""Counts by the groups of nodes in the roles of a motif: typed motifs.

Open triads come from the numbers of neighbours of every node, by group and dyad: at each node, the pairs of them.
Closed ones are listed by the core, and the three open ones that each was counted as are taken away. Dyads with a third
node apart are what is left of all dyads and third nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from typing import Any

import numpy as np
import numpy.typing as npt

from motifcount import _core
from motifcount._support.progress import Report
from motifcount.counting.parts import ByGroup
from motifcount.graph import Graph, access
from motifcount.inputs.rows import NodeGroups
from motifcount.motifs.families import DYADS, TRIADS, Arcs, Family

MOST_GROUPS = 32

_OUT, _IN = 1, 2  # an arc of the first node of a pair, and of the second; both of a mutual dyad
_PAIRS = {2: ((0, 1),), 3: ((0, 1), (0, 2), (1, 2))}

Groups = tuple[int, ...]
Codes = tuple[int, ...]  # of the pairs of nodes, in the order of _PAIRS
Counts = Counter[tuple[Groups, Codes]]


def counts_by_group(
    graph: Graph, families: tuple[str, ...], induced: bool, threads: int, groups: NodeGroups, report: Report = None
) -> dict[str, ByGroup]:
    """Return by class the counts by the groups of its nodes.

    Raises
    ------
    NotImplementedError
        If families of four nodes are among those asked for, or there are more than 32 groups.
    """
    if not {*families} <= {DYADS.name, TRIADS.name}:
        raise NotImplementedError("by_group counts dyads and triads; leave out size 4, or by_group")
    if groups.n_layers > MOST_GROUPS:
        raise NotImplementedError(
            f"by_group takes at most {MOST_GROUPS} groups of nodes, and the graph has {groups.n_layers}"
        )
    labels: tuple[Any, ...] = groups.layer_names or tuple(groups.layer_labels.tolist())
    sizes = np.bincount(groups.layer_of, minlength=groups.n_layers).tolist()
    neighbours = _neighbours(graph, groups)
    dyads = _dyads(neighbours, groups, sizes)
    found: dict[str, ByGroup] = {}
    for family in families:
        if family == DYADS.name:
            size, counts = DYADS, dyads
        else:
            closed = _core.closed_codes_by_layers(access.in_core(graph), threads, report)
            size, counts = TRIADS, _triads(neighbours, closed, dyads, groups, sizes)
        found |= _by_class(size, counts if induced else _subgraphs(counts), labels)
    return found


def _neighbours(graph: Graph, groups: NodeGroups) -> npt.NDArray[np.int64]:
    """Return by node, group and code from 1 how many neighbours it has."""
    src, dst = access.edge_arrays(graph)
    mutual = access.are_mutual(graph)
    found = np.zeros((graph.n_nodes, groups.n_layers, 3), np.int64)
    group = groups.layer_of
    for nodes, others, code in ((src, dst, np.where(mutual, _OUT | _IN, _OUT)), (dst, src, np.where(mutual, 0, _IN))):
        live = code > 0
        np.add.at(found, (nodes[live], group[others[live]], code[live] - 1), 1)
    return found


def _dyads(neighbours: npt.NDArray[np.int64], groups: NodeGroups, sizes: list[int]) -> Counts:
    counts: Counts = Counter()
    linked: Counter[Groups] = Counter()
    for a in range(len(sizes)):
        of_group = neighbours[groups.layer_of == a].sum(axis=0).tolist()
        for b, (n_out, _, n_mutual) in enumerate(of_group):
            counts[(a, b), (_OUT,)] += n_out
            linked[min(a, b), max(a, b)] += n_out
            if a <= b:
                n_mutual //= 1 + (a == b)
                counts[(a, b), (_OUT | _IN,)] += n_mutual
                linked[a, b] += n_mutual
    for pair in combinations_with_replacement(range(len(sizes)), 2):
        counts[pair, (0,)] = _n_sets(pair, sizes) - linked[pair]
    return counts


def _triads(
    neighbours: npt.NDArray[np.int64],
    closed: npt.NDArray[np.int64],
    dyads: Counts,
    groups: NodeGroups,
    sizes: list[int],
) -> Counts:
    counts: Counts = Counter()
    for a in range(len(sizes)):
        _add_wedges(counts, a, neighbours[groups.layer_of == a])
    for *three, code in np.argwhere(closed).tolist():
        n = int(closed[(*three, code)])
        codes = code & 3, code >> 2 & 3, code >> 4
        counts[tuple(three), codes] += n
        for k in range(3):  # as an open triad around node k
            left = (each if k in pair else 0 for pair, each in zip(_PAIRS[3], codes, strict=True))
            counts[tuple(three), tuple(left)] -= n
    return _with_sparse(counts, dyads, sizes)


def _add_wedges(counts: Counts, group: int, neighbours: npt.NDArray[np.int64]) -> None:
    """Add the pairs of neighbours of all nodes of a group."""
    table = neighbours.reshape(len(neighbours), -1)
    if int(table.sum(axis=1).max(initial=0)) ** 2 * len(table) >= 2**63:
        table = table.astype(object)
    products, sums = table.T @ table, table.sum(axis=0)
    kinds = list(product(range(neighbours.shape[1]), (1, 2, 3)))
    for i, (b, x) in enumerate(kinds):
        for j in range(i, len(kinds)):
            c, y = kinds[j]
            pairs = int(products[i, j])
            if n := pairs if i != j else (pairs - int(sums[i])) // 2:
                counts[(group, b, c), (x, y, 0)] += n


def _with_sparse(counts: Counts, dyads: Counts, sizes: list[int]) -> Counts:
    """Return them with the triads of one linked pair, or none: what is left of all dyads and of all triples."""
    counts = _canonical(counts)
    left: Counter[tuple[tuple[Groups, int], int]] = Counter()  # by a pair, and the group of the third node
    for ((a, b), (code,)), n in dyads.items():
        for c in range(len(sizes)):
            left[_pair(a, b, code), c] += n * (sizes[c] - (a == c) - (b == c))
    rest: Counter[Groups] = Counter()  # by sorted groups
    for triple in combinations_with_replacement(range(len(sizes)), 3):
        rest[triple] = _n_sets(triple, sizes)
    for (three, codes), n in counts.items():
        rest[tuple(sorted(three))] -= n
        for (u, v), code in zip(_PAIRS[3], codes, strict=True):
            if code:
                left[_pair(three[u], three[v], code), three[3 - u - v]] -= n
    for (((a, b), code), c), n in left.items():
        if code and n:
            counts[(a, b, c), (code, 0, 0)] += n
            rest[tuple(sorted((a, b, c)))] -= n
    for groups, n in rest.items():
        counts[groups, (0, 0, 0)] += n
    return counts


def _pair(a: int, b: int, code: int) -> tuple[Groups, int]:
    """Return a pair of groups and a code as they are written: of the ways round, the first."""
    return min(((a, b), code), ((b, a), _reversed(code)))


def _reversed(code: int) -> int:
    return code >> 1 | (code & 1) << 1


def _n_sets(groups: Groups, sizes: list[int]) -> int:
    """Return how many sets of nodes lie in some groups."""
    total = 1
    for group, k in Counter(groups).items():
        n = sizes[group]
        total *= (1, n, n * (n - 1) // 2, n * (n - 1) * (n - 2) // 6)[k]
    return total


def _canonical(counts: Counts) -> Counts:
    found: Counts = Counter()
    for (groups, codes), n in counts.items():
        found[min(_orders(groups, codes))] += n
    return found


def _orders(groups: Groups, codes: Codes) -> Iterator[tuple[Groups, Codes]]:
    """Yield all ways to write a motif."""
    code = dict(zip(_PAIRS[len(groups)], codes, strict=True))
    code |= {(v, u): _reversed(each) for (u, v), each in code.items()}
    for order in permutations(range(len(groups))):
        yield tuple(groups[k] for k in order), tuple(code[order[u], order[v]] for u, v in _PAIRS[len(groups)])


def _subgraphs(counts: Counts) -> Counts:
    """Return the counts of subgraphs, given those of induced motifs."""
    found: Counts = Counter()
    for (groups, codes), n in counts.items():
        for some in product(*([part for part in range(4) if part & code == part] for code in codes)):
            found[groups, some] += n
    return found


def _by_class(family: Family, counts: Counts, labels: tuple[Any, ...]) -> dict[str, ByGroup]:
    """Return by class the counts that are not 0, by the groups of its nodes in the order of their roles."""
    found: dict[str, Counter[Groups]] = {name: Counter() for name in family.arcs}
    for (groups, codes), n in counts.items():
        name, places = _class_of(family.name, codes)
        found[name][min(tuple(groups[k] for k in order) for order in places)] += n
    return {
        name: ByGroup(name, labels, {tuple(labels[k] for k in key): n for key, n in sorted(table.items()) if n})
        for name, table in found.items()
    }


@cache
def _class_of(family: str, codes: Codes) -> tuple[str, list[tuple[int, ...]]]:
    """Return the class of a motif and all ways to lay the nodes of its ARCS on the motif's."""
    motifs: Mapping[str, Arcs] = (DYADS if family == DYADS.name else TRIADS).arcs
    size = 2 if family == DYADS.name else 3
    arcs = set[tuple[int, int]]()
    for (u, v), code in zip(_PAIRS[size], codes, strict=True):
        arcs |= {arc for arc, bit in (((u, v), _OUT), ((v, u), _IN)) if code & bit}
    for name, wanted in motifs.items():
        places = [order for order in permutations(range(size)) if {(order[u], order[v]) for u, v in wanted} == arcs]
        if places:
            return name, places
    raise AssertionError(codes)
