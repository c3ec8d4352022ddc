"""Motif adjacency matrices: those of all instances, one by one, for every class and every two roles."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.motifs import families
from support import instances
from support.strategies import at_most
from support.tetrads import digraphs

CONNECTED = ["mutual", "asymmetric", *mc.CLASSES[3][3:], *mc.CLASSES[4]]


def by_instance(name, rows, n_nodes, roles=None):
    """Add up every two places of every instance."""
    found = np.zeros((n_nodes, n_nodes), dtype=np.int64)
    family, name = families.find(name)
    letter = ["abcd"[first] for first in family.roles[name]]
    for p, q in product(range(family.size), repeat=2):
        if p != q and (roles is None or (letter[p], letter[q]) == roles):
            np.add.at(found, (rows[:, p], rows[:, q]), 1)
    return found


@pytest.mark.parametrize("size", [2, 3, 4])
@given(matrix=digraphs(least=2, most=7), data=st.data())
@at_most(15)
def test_equal_to_brute_force(size, matrix, data):
    for name, rows in instances.instances_by_class(matrix, size).items():
        if name not in CONNECTED:
            continue
        rows = np.array(rows, dtype=int).reshape(-1, size)
        roles = data.draw(st.sampled_from([None, *product(mc.ROLES[name], repeat=2)])) if len(rows) else None
        found = mc.cooccurrence(matrix, name, roles=roles)
        assert found.toarray().tolist() == by_instance(name, rows, len(matrix), roles).tolist(), (name, roles)


def hub_graph(n=70, seed=5):
    rng = np.random.default_rng(seed)
    density = np.sqrt(np.linspace(0.7, 0.01, n))
    matrix = rng.random((n, n)) < density[:, None] * density
    matrix |= matrix.T & (rng.random((n, n)) < 0.3)
    np.fill_diagonal(matrix, False)
    return matrix


def test_every_class_of_a_graph_with_hubs(num_threads):
    matrix = hub_graph()
    for name in CONNECTED[:60]:
        found = mc.cooccurrence(matrix, name, num_threads=num_threads)
        assert (found.toarray() == by_instance(name, mc.find(matrix, name), len(matrix))).all(), name
        assert found.dtype == np.int64
        assert found.has_canonical_format
        assert (found.data > 0).all()


def test_products_of_matrices():
    """Benson, Gleich and Leskovec 2016, supplement: of cycles (C^T C) * C and its transpose, C = B B o B^T."""
    matrix = hub_graph(400, seed=8)
    a = sp.csr_array(matrix.astype(np.int64))
    mutual = a.multiply(a.T)
    single = (a - mutual).tocsr()
    cycle = (single @ single).multiply(single.T)
    assert (mc.cooccurrence(matrix, "030C") != cycle + cycle.T).nnz == 0
    full = (mutual @ mutual).multiply(mutual)
    assert (mc.cooccurrence(matrix, "300") != full).nnz == 0
    linked = (a + a.T) > 0
    ends = single.T @ single  # 021D: two targets of a source, if nothing links them
    ends = (ends - ends.multiply(linked)).tocsr()
    ends.setdiag(0)
    ends.eliminate_zeros()
    assert (mc.cooccurrence(matrix, "021D", roles=("b", "b")) != ends).nnz == 0


def test_layers(num_threads):
    net = mc.datasets.load("pendulum")
    for name in ("021D", "021C", "030T", "bifan", "biparallel"):
        found = mc.cooccurrence(net, name, num_threads=num_threads)
        assert (found.toarray() == by_instance(name, mc.find(net, name), net.n_nodes)).all()


def test_nodes_without_rows():
    graph = mc.Graph.from_edges([7, 50_000], [99_998, 7], 10**5)
    found = mc.cooccurrence(graph, "021C").tocoo()
    pairs = {(7, 99_998), (7, 50_000), (50_000, 99_998)}
    assert set(zip(*map(np.ndarray.tolist, found.coords), strict=True)) == pairs | {(v, u) for u, v in pairs}
    assert mc.cooccurrence(np.zeros((3, 3)), "bifan").nnz == 0
    assert mc.cooccurrence(np.zeros((0, 0)), "030T").shape == (0, 0)


@pytest.mark.parametrize(
    ("name", "roles", "message"),
    [
        ("012", None, r"^name must be a connected class, not '012'"),
        ("null", None, r"^name must be a connected class, not 'null'"),
        ("030T", ("a",), r"^roles must be two of 'a', 'b', 'c', those of 030T, not \('a',\)"),
        ("021D", ("a", "c"), r"^roles must be two of 'a', 'b', those of 021D, not \('a', 'c'\)"),
        ("030X", None, r"^name must be "),
    ],
)
def test_what_is_refused(name, roles, message):
    with pytest.raises(ValueError, match=message):
        mc.cooccurrence(np.eye(4, k=1), name, roles=roles)


def test_what_does_not_fit_is_refused(monkeypatch):
    from motifcount._support import memory

    for name in ("021U", "bifan"):
        assert mc.cooccurrence(hub_graph(), name).nnz > 100
        monkeypatch.setattr(memory, "total_memory", lambda: 1600)
        with pytest.raises(MemoryError, match=f"^cooccurrence of {name}: the pairs of nodes"):
            mc.cooccurrence(hub_graph(), name, num_threads=1)
        monkeypatch.undo()
