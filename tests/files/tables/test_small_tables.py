"""Tables of a few lines or columns, where labels in common say little: read right, or refused with the readings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph
from support import edge_sets

SHAPE = "format='matrix'.*format='edges'"
ENDS = r"columns=\(0, 1\).*columns=\(1, 2\)"
HEADER = "header=True.*header=False"
CIRCLES = ["ab", "bc", "ca", "ac", "ba", "cb", "ad", "da"]
REFUSED = {
    # matrices of two nodes
    "two nodes below ids": ("4;5\n0;1\n0;0\n", SHAPE),
    "two nodes below ids, with counts": ("1;2\n7;6\n4;0\n", SHAPE),
    "two nodes below ids, true or false": ("1;2\nFALSE;TRUE\nTRUE;FALSE\n", SHAPE),
    "two nodes below words": ("moss,fox\n2,1\n1,0\n", SHAPE),
    "two nodes beside ids": ("20,0,486\n1,942,0\n", SHAPE),
    "two nodes between ids": ("id 0 1\n0 0 243\n1 7 9\n", SHAPE),
    "counts of two nodes": ("8 4\n3 6\n", SHAPE),
    "two edges of three nodes": ("1 2\n2 3\n", SHAPE),
    "a node in common": ("8 4\n8 6\n", SHAPE),
    "counts of two nodes and none": ("547 864\n0 1131\n", SHAPE),
    # what stands in front
    "one line": ("0|1|100\n", ENDS),
    "a time": ("1000000000 1 to 1\n", ENDS),
    "names or a line with a number": ("to|from|0.867\n", HEADER),
    "names or a line with a relation": ("from -> to\n", HEADER),
    "two lines that are counted": ("0 1 2\n1 2 1\n", ENDS),
    "two lines that are counted, and words": ("0 2 AVAL\n1 3 PVC\n", ENDS),
    "lines that are counted, of two kinds": ("0 5 9\n1 6 9\n2 7 8\n3 5 8\n", ENDS),
    "lines that are counted, and a loop": ("0\t1\t25\t+\n1\t1\t9\t+\n2\t1\t25\t+\n", ENDS),
    "lines that are counted, one target": ("1 2 4\n2 1 4\n3 1 4\n4 2 4\n", ENDS),
    "lines that are counted, an integer among words": ("1\tx\t2\n2\t2\tx\n", ENDS),
    # names of columns
    "numbers above words": ("0|1\ngrass|fox\n", HEADER),
    "numbers above words, and a name": ("0,1,type\nfox,hare,A\nhare,owl,B\n", HEADER),
    "numbers above integers, and a name": ("0 1 sign\n2 -1 -\n4 -1 +\n", HEADER),
    "other numbers above words": ("1,2,w\nfox,hare,3\nhare,owl,4\n", HEADER),
    "u and v above letters": ("u|v\nB|z\nv|B\n", HEADER),
    "a and b above words": ("a,b\nAnna,a\na,Anna\n", HEADER),
    "a weight above numbers": ("a;b;weight\nc;b;1\n", r"columns=\('a', 'b'\)"),
    # relations
    "further targets": ("a\t+\tb\tc\nb\t-\tc\ta\n", r"format='sif'.*columns=\(0, 2\)"),
    "further targets, numbered": ("3 pp 2 1\n1 pp 2 3\n2 pp 1 3\n", r"format='sif'.*columns=\(0, 2\)"),
    "a relation of one letter": ("a r b\nb r c\n", "columns=.*columns="),
    "a relation before an integer": ("2 reg I1L\nI1L reg 2\n2 reg 2\n", "columns=.*columns="),
    "relations that are nodes": ("x glut gaba\nglut gaba x\ny glut x\n", "columns=.*columns="),
    "two columns of words between": (
        "".join(f"{edge[0]}\tx\t{'pq'[k % 2]}\t{edge[1]}\n" for k, edge in enumerate(CIRCLES)),
        "columns=.*columns=",
    ),
    "a relation that leads backward": ("source,interaction,target\na,⊢,b\nb,⊢,c\n", "second node to the first"),
    "a relation before an integer alone": ("Bob\tR\tb\nfrom\tR\t2\n", HEADER),
    # names that are no known ones
    "unknown names above words": ("kam,wen\nAnna,Bob\nBob,Carl\n", HEADER),
    "unknown names above words, and a third": ("kam,wen,wie\nAnna,Bob,gut\nBob,Carl,gut\n", HEADER),
}
READ = {
    "two nodes between words": (",a,b\na,0,1\nb,0,0\n", "a>b"),
    "three edges of three nodes": ("1 2\n2 3\n3 1\n", "1>2 2>3 3>1"),
    "two lines with weights": ("4 2 5\n3 4 6\n", "4>2 3>4"),
    "a path with weights of 1": ("0 1 1\n1 2 1\n2 3 1\n3 4 1\n", "0>1 1>2 2>3 3>4"),
    "letters": ("u v\nv w\nu w\n", "u>v v>w u>w"),
    "u and v above numbers": ("u v\n1 2\n2 3\n", "1>2 2>3"),
    "u and v beside a known name": ("u,v,sign,score\nu,x,-,0.5\nx,s,+,0.8\n", "u>x x>s"),
    "unknown names above words and numbers": ("kam,wen,gewicht\nAnna,Bob,4\nBob,Carl,3\n", "Anna>Bob Bob>Carl"),
    "a relation and a weight": ("a + b 3\nb - c 4\nc + a 5\n", "a>b b>c c>a"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs(expected)


@pytest.mark.parametrize("relation", ["r", "a", "x", "R", "pp", "->", "1"])
def test_a_relation_in_sif_may_be_called_anything(tmp_path, relation):
    (tmp_path / "a.sif").write_text(f"k {relation} m n\nm {relation} n\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.sif")) == edge_sets.arcs("k>m k>n m>n")


def test_a_relation_called_as_a_node_is_read_where_the_user_says_sif(tmp_path):
    (tmp_path / "a.sif").write_text("r r b\nb r c\n")
    with pytest.raises(ValueError, match=r"format='tsv'.*format='sif'"):
        read_graph(tmp_path / "a.sif")
    assert edge_sets.in_words(read_graph(tmp_path / "a.sif", format="sif")) == edge_sets.arcs("r>b b>c")


ENTRIES = {
    "bits": st.integers(0, 1),
    "counts": st.integers(0, 9),
    "many": st.integers(0, 2000),
    "signs": st.integers(-1, 1),
    "fractions": st.sampled_from([0, 0.5, 2.25]),
    "truth": st.booleans(),
}
LABELS = st.one_of(
    st.just((0, 1)),
    st.just((1, 2)),
    st.tuples(st.integers(2, 10**6), st.integers(2, 10**6)),
    st.tuples(*2 * [st.sampled_from(["a", "b", "AVAL", "PVC", "fox", "gene3", "gene7", "2"])]),
)


@given(
    st.sampled_from(sorted(ENTRIES)).flatmap(lambda kind: st.tuples(*4 * [ENTRIES[kind]])),
    LABELS.filter(lambda labels: labels[0] != labels[1]),
    st.sampled_from(["none", "columns", "rows", "both", "short"]),
    st.sampled_from(",;\t| "),
)
def test_a_matrix_of_two_nodes_is_no_list_of_edges(tmp_path_factory, entries, labels, labelled, mark):
    rows = [[str(entry).upper() for entry in entries[k : k + 2]] for k in (0, 2)]
    if labelled in ("rows", "both", "short"):
        rows = [[str(label), *row] for label, row in zip(labels, rows, strict=True)]
    if labelled in ("columns", "both", "short"):
        rows.insert(0, [*(["id"] if labelled == "both" else []), *map(str, labels)])
    path = tmp_path_factory.getbasetemp() / "two.txt"
    path.write_text("".join(mark.join(row) + "\n" for row in rows))
    names = (0, 1) if labelled == "none" else labels
    expected = {(str(names[k]), str(names[1 - k])) for k in (0, 1) if entries[3 * k + 1 - 2 * k]}
    try:
        found = edge_sets.in_words(read_graph(path))
    except ValueError:
        return
    as_edges = {tuple(row) for row in rows if row[0].isdigit()}
    linked = len({end for edge in as_edges for end in edge}) < 2 * len(as_edges)
    assert found == expected or (labelled in ("none", "columns") and linked and found == as_edges)


@given(st.integers(1, 3), st.integers(0, 2**32 - 1), st.integers(0, 1), st.sampled_from(["", "\t+", "\t2.5", "\t7"]))
def test_an_index_in_front_of_few_lines_is_no_source(tmp_path_factory, n_rows, seed, start, behind):
    rng = np.random.default_rng(seed)
    nodes = rng.choice(30, 4, replace=False)
    edges = [rng.choice(nodes, 2, replace=False).tolist() for _ in range(n_rows)]
    path = tmp_path_factory.getbasetemp() / "indexed.tsv"
    path.write_text("".join(f"{k + start}\t{u}\t{v}{behind}\n" for k, (u, v) in enumerate(edges)))
    with pytest.raises(ValueError, match=rf"{ENDS}|format='matrix'"):
        read_graph(path)
