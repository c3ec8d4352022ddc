"""If only one test file is run, then this one: fast, and needs NumPy, SciPy and pytest alone."""

from __future__ import annotations

import re
from importlib.metadata import files
from math import comb

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc

TRIADS = {
    "003": [],
    "012": [(0, 1)],
    "102": [(0, 1), (1, 0)],
    "021D": [(1, 0), (1, 2)],
    "021U": [(0, 1), (2, 1)],
    "021C": [(0, 1), (1, 2)],
    "111D": [(0, 1), (1, 0), (2, 1)],
    "111U": [(0, 1), (1, 0), (1, 2)],
    "030T": [(0, 1), (1, 2), (0, 2)],
    "030C": [(0, 1), (1, 2), (2, 0)],
    "201": [(0, 1), (1, 0), (1, 2), (2, 1)],
    "120D": [(1, 0), (1, 2), (0, 2), (2, 0)],
    "120U": [(0, 1), (2, 1), (0, 2), (2, 0)],
    "120C": [(0, 1), (1, 2), (0, 2), (2, 0)],
    "210": [(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)],
    "300": [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)],
}
TETRADS = {
    "out_star": [(0, 1), (0, 2), (0, 3)],
    "in_star": [(0, 3), (1, 3), (2, 3)],
    "chain4": [(0, 1), (1, 2), (2, 3)],
    "y_out": [(0, 1), (1, 2), (1, 3)],
    "y_in": [(0, 2), (1, 2), (2, 3)],
    "chain_then_in": [(0, 1), (1, 2), (3, 2)],
    "out_then_chain": [(1, 0), (1, 2), (2, 3)],
    "zigzag": [(0, 1), (2, 1), (2, 3)],
    "bifan": [(0, 2), (0, 3), (1, 2), (1, 3)],
    "biparallel": [(0, 1), (0, 2), (1, 3), (2, 3)],
}


def matrix_of(edges, n):
    matrix = np.zeros((n, n), dtype=int)
    for u, v in edges:
        matrix[u, v] = 1
    return matrix


@pytest.fixture(scope="module")
def net():
    return mc.datasets.load("pendulum")


def test_the_package_says_what_it_is():
    assert mc.build_config()["version"] == mc.__version__
    assert mc.CLASSES[3] == tuple(TRIADS)
    assert tuple(TETRADS) == mc.LAYERED_TETRADS


def test_the_licences_of_what_a_wheel_holds_come_along():
    texts = {path.name: path.read_text() for path in files("motifcount") if "licenses" in path.parts}
    named = set(re.findall(r"`([\w.-]+)`", texts["README.md"]))
    assert named >= {"GPL-3.0.txt", "GCC-exception-3.1.txt"}
    assert named <= set(texts)


@pytest.mark.parametrize("name", TRIADS)
def test_each_triad_is_recognised(name):
    expected = {other: int(other == name) for other in TRIADS}
    assert mc.count(matrix_of(TRIADS[name], 3), 3) == expected


@pytest.mark.parametrize("name", TETRADS)
def test_each_tetrad_is_recognised(name):
    expected = {other: int(other == name) for other in TETRADS}
    assert mc.count(matrix_of(TETRADS[name], 4), 4) == expected


def test_counts_of_a_complete_digraph():
    n = 50
    counts = mc.count(1 - np.eye(n))
    assert (counts["mutual"], counts["300"], sum(counts.values())) == (comb(n, 2), comb(n, 3), comb(n, 2) + comb(n, 3))
    assert mc.count(1 - np.eye(n), 3, induced=False)["030C"] == 2 * comb(n, 3)


def test_matrix_and_edges_give_the_same_graph():
    matrix = np.random.default_rng(1).random((30, 30)) < 0.2
    np.fill_diagonal(matrix, False)
    graph = mc.Graph(matrix)
    assert mc.Graph(sp.csr_array(matrix)) == mc.Graph.from_edges(*np.nonzero(matrix), 30) == graph
    assert (graph.to_scipy().toarray() == matrix).all()


def test_counts_beyond_64_bits_are_exact():
    n = 10_000_000
    counts = mc.count(mc.Graph.from_edges([0], [1], n))
    assert (counts["003"], counts["012"]) == (comb(n, 3) - (n - 2), n - 2)
    assert counts["003"] > 2**63


def test_blocks_add_up(net):
    counts = mc.count(net, (2, 3, 4), by_block=True)
    assert {name: sum(blocks.values()) for name, blocks in counts.by_block.items()} == counts


def test_nodes_add_up(net):
    counts = mc.count(net, (2, 3), by_node=True)
    assert counts == mc.count(net, (2, 3))
    assert {name: int(column.sum()) for name, column in counts.by_node.items()} == {
        name: counts[name] * (2 if name in mc.CLASSES[2] else 3) for name in counts
    }


def test_threads_do_not_matter(net):
    assert mc.count(net, (2, 3, 4), num_threads=1) == mc.count(net, (2, 3, 4), num_threads=3)
    assert mc.randomize(net, seed=1, num_threads=1) == mc.randomize(net, seed=1, num_threads=3)


def test_randomize_keeps_degrees(net):
    shuffled = mc.randomize(net, seed=5)
    assert shuffled != net
    assert (shuffled.in_degrees() == net.in_degrees()).all()
    assert (shuffled.out_degrees() == net.out_degrees()).all()


@pytest.mark.parametrize("null", ["degree", "edge_count"])
def test_significance_is_reproducible(net, null):
    one = mc.significance(net, null, size=(3, 4), samples=20, seed=3, num_threads=1)
    two = mc.significance(net, null, size=(3, 4), samples=20, seed=3, num_threads=2)
    assert (one.samples_table == two.samples_table).all()
    assert one.status["021D"] == ("fixed" if null == "degree" else "varies")
    assert one.z["bifan"] == pytest.approx((one.observed["bifan"] - one.mean["bifan"]) / one.std["bifan"])


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="square"):
        mc.count(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="size"):
        mc.count(np.zeros((3, 3)), 5)
