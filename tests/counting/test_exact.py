"""Counts are exact Python ints at every size, and results are read in several ways."""

from __future__ import annotations

import copy
import pickle
from math import comb

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc


def formula_for_one_edge(n):
    return {"003": comb(n, 3) - (n - 2), "012": n - 2, "null": comb(n, 2) - 1, "asymmetric": 1}


def assert_counts(counts, expected):
    assert {name: counts[name] for name in expected} == expected
    assert all(type(value) is int for value in counts.values())
    assert sum(counts.values()) == sum(expected.values())


@pytest.mark.parametrize("n", [2, 1000, 3_810_779, 3_810_780, 10_000_000, 10**9, 2**31 + 7, 2**40])
def test_one_edge_among_many_nodes(n):
    """C(n, 3) passes 2**63 between the third and the fourth size."""
    assert_counts(mc.count(mc.Graph.from_edges([n - 2], [n - 1], n)), formula_for_one_edge(n))


@pytest.mark.slow
def test_ten_million_rows():
    n = 10_000_000
    matrix = sp.csr_array((np.ones(1), np.array([n - 1]), np.minimum(np.arange(n + 1), 1)), shape=(n, n))
    assert_counts(mc.count(matrix), formula_for_one_edge(n))


@pytest.mark.slow
def test_star_of_five_million_leaves():
    n = 5_000_000
    star = mc.Graph.from_edges(np.zeros(n, dtype=np.int64), np.arange(1, n + 1))
    counts = mc.count(star, (3, 4))
    assert_counts(counts, {"021D": comb(n, 2), "003": comb(n, 3), "out_star": comb(n, 3)})
    assert counts["out_star"] > 2**63
    assert mc.count(star, 4, induced=False)["out_star"] == comb(n, 3)


def ten_edges(n):
    src = np.array([0, 0, 1, 2, n - 1, n - 2, 5, 6, 7, 8])
    dst = np.array([1, 2, 2, 0, n - 2, n - 1, 6, 7, 8, n // 2])
    return src, dst


@pytest.mark.parametrize("n", [1000, 10**9])
@pytest.mark.parametrize("made_from", ["edges", "coo"])
def test_ten_edges_among_a_thousand_million_nodes(n, made_from):
    """1 closed triad with a mutual edge, 1 mutual edge alone, 1 path of five nodes; the rest follows from totals."""
    src, dst = ten_edges(n)
    coo = sp.coo_array((np.ones(10), (src, dst)), (n, n))
    graph = mc.Graph.from_edges(src, dst, n) if made_from == "edges" else coo
    counts = mc.count(graph)
    assert {name: counts[name] for name in ("mutual", "asymmetric", "120C", "021C")} == {
        "mutual": 2,
        "asymmetric": 6,
        "120C": 1,
        "021C": 3,
    }
    assert counts["012"] == 6 * (n - 2) - 2 * 3 - 2
    assert counts["102"] == 2 * (n - 2) - 1
    assert sum(counts[name] for name in mc.CLASSES[3]) == comb(n, 3)


def test_wide_indices():
    """Both index arrays int64: counted as they are."""
    matrix = sp.csr_array(np.triu(np.ones((100, 100)), 1))
    wide = sp.csr_array(matrix)
    wide.indptr, wide.indices = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64)
    assert mc.count(wide)["030T"] == mc.count(matrix)["030T"] == comb(100, 3)


def test_aliases():
    counts = mc.count(np.triu(np.ones((5, 5)), 1))
    assert counts["feed_forward_loop"] == counts["030T"] == 10
    triads = ["divergent", "convergent", "chain", "feed_forward_loop", "feedback_loop"]
    assert {counts[alias] - counts[mc.ALIASES[alias]] for alias in triads} == {0}
    assert list(mc.ALIASES)[:6] == ["null_dyad", *triads]
    assert {mc.ALIASES[alias] for alias in list(mc.ALIASES)[6:]} == set(mc.LAYERED_TETRADS)
    assert counts["null_dyad"] == counts["null"]
    assert "divergent" in counts
    assert "divergent" not in list(counts)


def test_unknown_classes_are_named_with_a_suggestion():
    counts = mc.count(np.zeros((3, 3)))
    with pytest.raises(KeyError, match=r"021E.*did you mean '021"):
        counts["021E"]
    with pytest.raises(KeyError, match="bifan"):
        counts["bifan"]
    assert "bifan" not in counts
    assert counts.get("bifan") is None
    with pytest.raises(KeyError, match=r"'nothing'|nothing") as raised:
        mc.count(np.ones((5, 5)), 4)["nothing"]
    assert "(199 in all)" in str(raised.value)
    assert len(str(raised.value)) < 600


@pytest.mark.parametrize(
    ("size", "names"), [(2, (2,)), ((4, 2), (2, 4)), ([3, 3], (3,)), ({2, 3, 4}, (2, 3, 4)), (np.int64(3), (3,))]
)
def test_sizes_come_in_class_order(size, names):
    counts = mc.count(np.eye(4, k=1) + np.eye(4, k=2), size)
    assert tuple(counts) == tuple(name for k in names for name in mc.CLASSES[k])


@pytest.mark.parametrize("name", ["by_block", "by_kind", "by_node", "by_role", "by_arc", "arcs", "layer_names"])
def test_breakdowns_cannot_be_replaced(name):
    counts = mc.count(np.eye(4, k=1), by_node=True, by_role=True, by_arc=True)
    with pytest.raises(AttributeError):
        setattr(counts, name, 5)
    assert counts.columns_by_node()["021C"].tolist() == [1, 2, 2, 1]


def test_breakdowns_are_copied_and_sent():
    counts = mc.count(np.eye(4, k=1), by_node=True, by_role=True, by_arc=True)
    for other in (pickle.loads(pickle.dumps(counts)), copy.copy(counts), copy.deepcopy(counts)):
        np.testing.assert_equal(other.columns_by_node(), counts.columns_by_node())
        np.testing.assert_equal(other.columns_by_node(by_role=True), counts.columns_by_node(by_role=True))
        np.testing.assert_equal(other.columns_by_arc(), counts.columns_by_arc())
        assert other.arcs.tolist() == [[0, 1], [1, 2], [2, 3]]


def test_counts_are_an_immutable_mapping():
    counts = mc.count(np.eye(3, k=1))
    assert (len(counts), dict(counts)["021C"]) == (19, 1)
    with pytest.raises(TypeError):
        counts["021C"] = 2
    blocks = mc.count(mc.Graph(np.eye(3, k=1), layers=[0, 1, 2]), by_block=True).by_block
    with pytest.raises(TypeError):
        blocks["021C"] = {}
    with pytest.raises(TypeError):
        blocks["021C"][0, 1, 2] = 5


@pytest.mark.parametrize("by_block", [False, True])
def test_counts_can_be_copied_and_sent(by_block):
    counts = mc.count(mc.Graph(np.eye(3, k=1), layers=[0, 1, 2]), by_block=by_block)
    for other in (pickle.loads(pickle.dumps(counts)), copy.deepcopy(counts)):
        assert other == counts
        assert other.by_block == counts.by_block


def test_to_numpy_and_to_frame():
    small, large = mc.count(np.eye(4, k=1)), mc.count(mc.Graph.from_edges([0], [1], 10**9))
    assert small.to_numpy().dtype == np.int64
    assert large.to_numpy().dtype == object
    for counts in (small, large):
        assert counts.to_numpy().tolist() == list(counts.values())
        frame = counts.to_frame()
        assert frame.loc["003", "count"] == counts["003"]
        assert frame.index.tolist() == ["null_dyad" if name == "null" else name for name in counts]


def test_people_can_read_counts():
    counts = mc.count(mc.Graph.from_edges([0], [1], 10_000_000))
    assert f"{comb(10_000_000, 3) - 9_999_998:,}" in repr(counts)
    assert repr(counts).startswith("MotifCounts(")
    assert ">021D</td>" in counts._repr_html_()
