"""Instances of classes by trying every choice of nodes, and by networkx."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np

import motifcount as mc
from motifcount.motifs import families


def size_of(name):
    return families.find(name)[0].size


def matrix_of(name):
    """The adjacency of one motif of a class."""
    size = size_of(name)
    matrix = np.zeros((size, size), dtype=bool)
    for source, target in mc.ARCS[families.find(name)[1]]:
        matrix[source, target] = True
    return matrix


def automorphisms(name):
    matrix = matrix_of(name)
    return [p for p in permutations(range(len(matrix))) if (matrix[np.ix_(p, p)] == matrix).all()]


def instances_by_class(adjacency, size):
    """By class, the rows of nodes in the order of ARCS, of the ways to write an instance the first, sorted."""
    adjacency = np.asarray(adjacency, dtype=bool)
    classes = {name: (matrix_of(name).tobytes(), automorphisms(name)) for name in mc.CLASSES[size]}
    by_arcs = {arcs: name for name, (arcs, _) in classes.items()}
    found = {name: set() for name in classes}
    for nodes in permutations(range(len(adjacency)), size):
        name = by_arcs.get(adjacency[np.ix_(nodes, nodes)].tobytes())
        if name is not None:
            found[name].add(min(tuple(nodes[k] for k in order) for order in classes[name][1]))
    return {name: sorted(rows) for name, rows in found.items()}


def instances_by_networkx(graph, name):
    """The same of one class, by VF2."""
    motif = nx.DiGraph(list(mc.ARCS[families.find(name)[1]]))
    motif.add_nodes_from(range(size_of(name)))
    matcher = nx.isomorphism.DiGraphMatcher(graph, motif)
    orders = automorphisms(name)
    rows = set()
    for mapping in matcher.subgraph_isomorphisms_iter():
        node_at = {place: node for node, place in mapping.items()}
        rows.add(min(tuple(node_at[k] for k in order) for order in orders))
    return sorted(rows)


def rows_of(found):
    """An array of instances as sorted tuples."""
    return sorted(map(tuple, found.tolist()))
