"""Matrices whose corner says where edges lead, and matrices with sums."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph, read_with_report
from support import edge_sets

ROWS_ARE_TARGETS = r"""post to target Target postsynaptic post_root_id bodyId_post
 consumer predator target_gene dst receiver child
 cited sink eater post\pre to/from post|pre \pre Post_(rows)"""
ROWS_ARE_SOURCES = r"""pre from source presynaptic prey pre\post from/to regulator id name gene node neuron Row x"""


@given(
    st.integers(3, 8),
    st.integers(0, 2**32 - 1),
    st.sampled_from([*ROWS_ARE_TARGETS.split(), *ROWS_ARE_SOURCES.split()]),
    st.booleans(),
)
def test_the_corner_says_where_edges_lead(tmp_path_factory, n, seed, corner, by_frame):
    path = tmp_path_factory.getbasetemp() / "corner.csv"
    matrix = np.random.default_rng(seed).integers(0, 3, (n, n))
    names = [f"cell{k}" for k in range(n)]
    frame = pd.DataFrame(matrix, pd.Index(names, name=corner), names)
    u, v = matrix.nonzero()
    if corner in ROWS_ARE_TARGETS.split():
        u, v = v, u
    expected = {(names[a], names[b]) for a, b in zip(u, v, strict=True) if a != b}
    if by_frame:
        assert edge_sets.labels_in_words(mc.Graph(frame)) == expected
        return
    frame.to_csv(path)
    graph, report = read_with_report(path, format="matrix")  # it may have sums by chance
    assert edge_sets.labels_in_words(graph) == expected
    assert (report.columns["source"] == "columns") == (corner in ROWS_ARE_TARGETS.split())
    assert any(repr(corner) in note for note in report.notes) == (corner in ROWS_ARE_TARGETS.split())


def test_tables_of_pandas_keep_their_direction():
    ends = pd.DataFrame({"pre": list("abc"), "post": list("bca"), "n": [1, 2, 3]})
    expected = {("a", "b"), ("b", "c"), ("c", "a")}
    for frame in (
        pd.crosstab(ends.pre, ends.post),
        pd.crosstab(ends.post, ends.pre),
        ends.pivot(index="post", columns="pre", values="n").fillna(0),
        ends.pivot(index="pre", columns="post", values="n").fillna(0),
        pd.crosstab(ends.post, ends.pre).rename_axis(index=None),
    ):
        assert edge_sets.labels_in_words(mc.Graph(frame)) == expected


NAMES = [
    "Summe",
    "Gesamtergebnis",
    "Somme",
    "Total general",
    "Tot",
    "Row Totals",
    "Sum of outputs",
    "outdegree",
    "N",
    "Σ",
]


@pytest.mark.parametrize("name", NAMES)
def test_sums_are_known_by_their_numbers(tmp_path, name):
    (tmp_path / "a.csv").write_text(f";a;b;c;{name}\na;0;1;2;3\nb;3;0;0;3\nc;0;0;0;0\n{name};3;1;2;6\n")
    with pytest.raises(ValueError, match=f"the last row, '{name}', has the sums of the others"):
        read_graph(tmp_path / "a.csv")


@given(st.integers(3, 8), st.integers(0, 2**32 - 1))
def test_a_matrix_without_loops_has_no_sums(tmp_path_factory, n, seed):
    path = tmp_path_factory.getbasetemp() / "sums.csv"
    matrix = np.random.default_rng(seed).integers(0, 2, (n, n))
    np.fill_diagonal(matrix, 0)
    names = [f"cell{k}" for k in range(n)]
    pd.DataFrame(matrix, names, names).to_csv(path)
    graph = read_graph(path)
    assert graph.n_edges == matrix.sum()
    sums = np.block([[matrix, matrix.sum(1)[:, None]], [matrix.sum(0), matrix.sum()]])
    pd.DataFrame(sums, [*names, "x"], [*names, "x"]).to_csv(path)
    if matrix.any():
        with pytest.raises(ValueError, match=r"sums of the others.*format='matrix'"):
            read_graph(path)
    assert read_graph(path, format="matrix").n_nodes == n + 1
