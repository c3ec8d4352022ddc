"""Forms of files that were once misread in silence: read as they are meant, or refused with both readings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.misread import REFUSED, SHAPE

READ = {
    # a first line of labels that look like names of columns
    "areas": ("V2\tV1\t3\nV4\tV1\t2\nV4\tMT\t5\n", "V2>V1 V4>V1 V4>MT"),
    "numbered genes and signs": ("gene2,gene1,+\ngene3,gene4,-\n5,gene3,+\n", "gene2>gene1 gene3>gene4 5>gene3"),
    "numbered targets first": ("post1,pre1,3\npost2,pre1,4\npost2,pre2,4\n", "post1>pre1 post2>pre1 post2>pre2"),
    "numbered names above others": ("node1,node2\nAVAL,AVAR\nAVAR,PVC\n", "AVAL>AVAR AVAR>PVC"),
    "numbered names above other numbers": ("gene1,gene2\n17,18\n18,20\n", "17>18 18>20"),
    # a header that is short by one name
    "names of rows, and integers": ('"source" "target"\n"1" 5 6\n"2" 6 7\n', "5>6 6>7"),
    "a delimiter behind every line but the header": ("source,target\na,b,\nb,c,\n", "a>b b>c"),
    # matrices
    "ids of rows and columns": ("bodyId,55,62,74\n55,8,0,0\n62,8,4,0\n74,3,0,0\n", "62>55 74>55"),
    "ids below an empty corner": (",3918,55\n3918,1,2\n55,4,5\n", "3918>55 55>3918"),
    # directions
    "a column that says all are directed": ("source,target,is_directed\na,b,1\nb,c,1\n", "a>b b>c"),
    "substrates and products": ("substrate,product\n1,2\n2,3\n", "1>2 2>3"),
    "substrates of kinases": ("substrate,kinase\n1,2\n2,3\n", "2>1 3>2"),
    "who pays": ("payee,payer\n1,2\n2,3\n", "2>1 3>2"),
    "PSI-MI TAB": ("#ID(s) interactor A\tID(s) interactor B\tx\nu:P1\tu:P2\t1\nu:P2\tu:P3\t1\n", "u:P1>u:P2 u:P2>u:P3"),
    "times of contacts": ("".join(f"{t % 5} {(t * 3 + 1) % 6} {t}\n" for t in range(99) if t % 10 not in (6, 9)), None),
    "ids of columns": ("2178,5216,1464\n0,1,1\n0,0,1\n0,0,0\n", "2178>5216 2178>1464 5216>1464"),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    found = edge_sets.in_words(read_graph(tmp_path / "a.csv"))
    assert found == (
        {tuple(line.split()[:2]) for line in text.splitlines()} if expected is None else edge_sets.arcs(expected)
    )


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


SETTLED = {
    "the last column has no name": ({"columns": (0, 1)}, "a>b a>c"),
    "the first column has no name": ({"columns": (1, 2)}, "b>1 c>0 c>1"),
}


@pytest.mark.parametrize("case", SETTLED)
def test_a_short_header_is_settled_by_positions(tmp_path, case):
    options, expected = SETTLED[case]
    (tmp_path / "a.txt").write_text("source target weight\na b 1 3\nb c 0 9\na c 1 8\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.txt", **options)) == edge_sets.arcs(expected)


@given(
    st.integers(3, 14),
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 9, 50, 1000]),
    st.sampled_from([0.3, 0.9, 1]),
    st.sampled_from(["none", "columns", "rows", "both", "named"]),
)
def test_a_matrix_of_counts_is_no_list_of_edges(tmp_path_factory, n, seed, most, density, labelled):
    path = tmp_path_factory.getbasetemp() / "counts.csv"
    rng = np.random.default_rng(seed)
    matrix = rng.integers(1, most + 1, (n, n)) * (rng.random((n, n)) < density)
    ids = 1000 + rng.permutation(9000)[:n]
    frame = pd.DataFrame(matrix, index=pd.Index(ids, name="bodyId" if labelled == "named" else None), columns=ids)
    has_rows, has_columns = labelled in ("rows", "both", "named"), labelled in ("columns", "both", "named")
    frame.to_csv(path, index=has_rows, header=has_columns)
    labels = ids if has_rows or has_columns else range(n)
    expected = {(str(labels[u]), str(labels[v])) for u, v in zip(*matrix.nonzero(), strict=True) if u != v}
    try:
        graph = read_graph(path)
    except ValueError as error:
        if (has_rows and has_columns) or "format='matrix'" not in str(error):
            raise
        graph = read_graph(path, format="matrix")
    assert edge_sets.in_words(graph) == expected


def test_a_frame_of_counts_is_refused_or_a_matrix():
    matrix = np.random.default_rng(1).integers(1, 9, (5, 5))
    with pytest.raises(ValueError, match=SHAPE):
        mc.Graph(pd.DataFrame(matrix))
    ids = [5, 9, 100, 3, 8]
    with pytest.raises(ValueError, match=SHAPE):
        mc.Graph(pd.DataFrame(matrix, columns=ids))
    assert mc.Graph.from_edges(pd.DataFrame(matrix, columns=ids), format="matrix").labels == tuple(sorted(ids))
    assert mc.Graph(pd.DataFrame(matrix, columns=ids, index=ids)).labels == tuple(sorted(ids))
    assert edge_sets.in_words(mc.Graph(pd.DataFrame([[5, 6], [6, 7], [7, 5]], columns=[20, 30]))) == edge_sets.arcs(
        "5>6 6>7 7>5"
    )


def test_a_name_of_a_node_is_no_name_of_a_column_where_it_stands_in_a_row(tmp_path):
    (tmp_path / "a.txt").write_text("n1 n2\nn1 n3\nn3 n4\n")
    graph, report = read_with_report(tmp_path / "a.txt", header=False)
    assert report.header is False
    assert edge_sets.in_words(graph) == edge_sets.arcs("n1>n2 n1>n3 n3>n4")
    assert edge_sets.in_words(read_graph(tmp_path / "a.txt", header=True)) == edge_sets.arcs("n1>n3 n3>n4")


SIF = {
    "commas": ("a,pp,b\nb,pp,c\n", "format='csv'"),
    "a line of blanks among tabs": ("a pp b\nb\tpp\tc\n", "delimiter=' '.*delimiter="),
    "a table": ("a b 3\nb c 4\n", "format='tsv'"),
    "no direction": ("a -- b\nb -- c\n", "undirected=True"),
}


@pytest.mark.parametrize("case", SIF)
def test_sif_refused(tmp_path, case):
    text, says = SIF[case]
    (tmp_path / "a.sif").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.sif")


def test_sif_of_arrows(tmp_path):
    (tmp_path / "a.sif").write_text("a <- b\nb pp c\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.sif")) == edge_sets.arcs("b>a b>c")


@pytest.mark.parametrize(
    ("text", "way"), [("pre,post,Number\na,b,7\nb,c,2\na,c,9\n", "Number"), ("a b 7\nb c 2\na c 9\n", 2)]
)
def test_a_threshold_asks_for_the_weight(tmp_path, text, way):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=f"weight={way!r}"):
        read_graph(tmp_path / "a.csv", threshold=5)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", threshold=5, weight=way)) == edge_sets.arcs("a>b a>c")


def test_a_threshold_holds_for_both_directions_of_an_undirected_edge(tmp_path):
    (tmp_path / "a.csv").write_text("source,target,weight\na,b,1\nb,a,1\nb,c,1\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", threshold=2, undirected=True)) == edge_sets.arcs("a>b b>a")
    (tmp_path / "a.csv").write_text("source,target,weight,Type\na,b,1,Directed\nb,a,1,Directed\nb,c,2,Directed\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", threshold=2)) == edge_sets.arcs("b>c")


def test_entries_of_a_sparse_matrix_add_up(tmp_path):
    sp.save_npz(tmp_path / "a.npz", sp.coo_array(([1, -1, 2], ([0, 0, 1], [1, 1, 2])), shape=(3, 3)))
    assert edge_sets.in_words(read_graph(tmp_path / "a.npz")) == edge_sets.arcs("1>2")


def test_a_format_of_tables_is_none_of_other_files(tmp_path):
    (tmp_path / "a.txt").write_text("graph [ directed 1 node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]\n")
    with pytest.raises(ValueError, match="no table, but gml; leave format='edges' out"):
        read_graph(tmp_path / "a.txt", format="edges")


def test_leading_zeros_are_those_of_integers_of_one_width(tmp_path):
    (tmp_path / "a.csv").write_text("source,target\n001,1.0\n002,2.0\n001,002\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs("001>1.0 002>2.0 001>002")
