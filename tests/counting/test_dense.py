"""Dense graphs, which are counted by rows of bits: equal to products of matrices for every class, node and role."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

import motifcount as mc
from motifcount.motifs import families
from support import oracles

N_NODES = 530  # more than a strip of either width, of 256 and 512 columns


def dense_matrix(links):
    rng = np.random.default_rng(7)
    matrix = rng.random((N_NODES, N_NODES)) < (0.2 if links == "mutual" else 0.35)
    order = rng.permutation(N_NODES)
    if links == "acyclic":
        matrix &= order[:, None] < order
    elif links == "one way":
        matrix &= ~matrix.T
    np.fill_diagonal(matrix, False)
    matrix[order[:3]] = matrix[:, order[:3]] = False  # without arcs
    return matrix


def by_role(matrix):
    """By class, int64 of shape (n_nodes, roles): all links of a node to two others, and between these, by products."""
    links = [~(matrix | matrix.T), matrix & ~matrix.T, matrix.T & ~matrix, matrix & matrix.T]
    links = [(link & ~np.eye(len(matrix), dtype=bool)).astype(np.float32) for link in links]  # exact below 2^24
    found = {name: np.zeros((len(matrix), len(mc.ROLES[name]))) for name in mc.CLASSES[3]}
    for ab, ac, bc in product(range(4), repeat=3):
        pairs = {(0, 1): ab, (0, 2): ac, (1, 2): bc}
        arcs = {pair for pair, link in pairs.items() if link & 1}
        arcs |= {pair[::-1] for pair, link in pairs.items() if link & 2}
        name = oracles.class_of(3, frozenset(arcs))
        place = next(p for p in permutations(range(3)) if {(p[a], p[b]) for a, b in arcs} == set(mc.ARCS[name]))[0]
        role = families.find(name)[0].roles[name]
        column = sorted(set(role)).index(role[place])
        found[name][:, column] += ((links[ab] @ links[bc]) * links[ac]).sum(1)
    return {name: np.rint(table / 2).astype(np.int64) for name, table in found.items()}  # either of the two first


@pytest.mark.parametrize("links", ["acyclic", "one way", "mutual"])
def test_equal_to_products(links):
    matrix = dense_matrix(links)
    assert matrix.sum() >= N_NODES**2 / 8  # else not counted as dense
    expected = by_role(matrix)
    for num_threads in (1, 3):
        roles = mc.count(matrix, 3, by_role=True, num_threads=num_threads)
        nodes = mc.count(matrix, 3, by_node=True, num_threads=num_threads)
        assert nodes == roles == mc.count(matrix, 3, num_threads=num_threads)
        for name, table in expected.items():
            assert roles.by_role[name].tolist() == table.tolist(), name
            assert nodes.by_node[name].tolist() == table.sum(1).tolist(), name
