"""Files as programs and databases export them: read as they are meant, or refused with a way out that leads there."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph
from support import edge_sets

ABC = {("a", "b"), ("b", "c"), ("a", "c")}


def savetxt(array, fmt):
    text = io.StringIO()
    np.savetxt(text, np.array(array), fmt=fmt)
    return text.getvalue()


EDGES = [(0, 1), (1, 250_000), (0, 250_000)]
READ = {
    "a matrix of R's logicals": (
        '"","a","b","c"\n"a",FALSE,TRUE,TRUE\n"b",FALSE,FALSE,TRUE\n"c",FALSE,FALSE,FALSE\n', ABC
    ),
    "a matrix of Python's": ("a,b,c\nFalse,True,True\nFalse,False,True\nFalse,False,False\n", ABC),
    "a matrix of truth alone": ("false,true,true\nfalse,false,true\nfalse,false,false\n", {(0, 1), (1, 2), (0, 2)}),
    "numpy.savetxt": (savetxt(EDGES, "%.18e"), {*EDGES}),
    "all digits in scientific notation": (savetxt(EDGES, "%.6e"), {*EDGES}),
    "the delimiter that Excel tells itself": ("sep=;\nSource;Target\na;b\nb;c\na;c\n", ABC),
    "the delimiter of Excel on Windows": ("SEP=,\r\na b,c d\r\nc d,e f\r\n", {("a b", "c d"), ("c d", "e f")}),
    "a table by R": ("from,to,Freq\na,b,1\nb,c,2\na,c,1\nc,a,0\n", ABC),
    "numbers of synapses": ("pre,post,number_of_synapses\na,b,1\nb,c,2\na,c,1\nc,a,0\n", ABC),
    "weights beside a bipartite graph": (
        "1 11 3\n2 12 4\n1 13 5\n4 13 2\n4 11 7\n",
        {(1, 11), (2, 12), (1, 13), (4, 13), (4, 11)},
    ),
    "SIGNOR": (
        "ENTITYA;TYPEA;IDA;ENTITYB;TYPEB;IDB;EFFECT\na;protein;1;b;protein;2;up\nb;protein;2;c;protein;3;down\n",
        {("a", "b"), ("b", "c")},
    ),
    "names of rows by R over words": (",p1,p2\nr1,a,b\nr2,b,c\nr3,a,c\n", ABC),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, expected = READ[case]
    (tmp_path / "a.csv").write_text(text, newline="")
    assert edge_sets.by_label_or_position(read_graph(tmp_path / "a.csv")) == expected


REFUSED = {
    "a matrix of two kinds": (",plant1,plant2\nbee1,1,0\nbee2,1,1\nbee3,0,1\n", "columns of a matrix or of values"),
    "values by gene": (",control,treated\ngeneA,5,7\ngeneB,7,5\n", "columns of a matrix or of values"),
    "totals": (",a,b,Total\na,0,1,1\nb,2,0,2\nTotal,2,1,3\n", "the last row, 'Total', has the sums"),
    "a matrix that is not square": ("1,0,1\n0,1,1\n", "not a square matrix"),
    "layers in front of a square": ("1 1 2 1\n1 2 3 1\n2 1 3 1\n2 3 1 1\n", "format='matrix'.*format='edges'"),
    "seconds in front": ("20 1558 1567\n20 1560 1570\n40 1567 1574\n60 1632 1818\n", "columns="),
    "nodes above edges": ("1 A\n2 B\n#\n1 2\n", "line 3, '#'.*TGF"),
    "in and out": ("in,out\nb,a\nc,b\n", "header="),
    "digits cut by MATLAB": ("1.2346e+05 2\n2 1.2346e+05\n3 1.2346e+05\n", "lost digits"),
    "digits cut by %g": ("source,target\n1.23457e+06,2\n2,1.5e+06\n", "line 2.*lost digits"),
    "ids through floats": (savetxt([(720575940621039145, 720575940618707491)] * 2, "%.18e"), "lost digits"),
    "ids through shorter floats": (savetxt([(720575940621039145, 720575940618707491)] * 2, "%.17e"), "lost digits"),
    "a title": ("Table S1,,\n,,\nSource,Target,Weight\na,b,1\n", "line 1, 'Table S1', stands alone: a title"),
    "a web page": ("<!DOCTYPE html>\n<html><body>Not found</body></html>\n", "but a web page"),
    "a pointer of Git LFS": ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
    "a PDF": ("%PDF-1.4\n1 0 obj\nendobj\n", "a PDF"),
    "UCINET": ("dl n=3 format=edgelist1\ndata:\n1 2\n2 3\n", "a dl file of UCINET; keep the lines below 'data:'"),
    "UCINET, in capitals": ("DL N = 3\nFORMAT = FULLMATRIX\nDATA:\n0 1 1\n0 0 1\n0 0 0\n", "a dl file of UCINET"),
    "DIMACS, edges": ("c x\nc\np edge 3 2\ne 1 2\ne 2 3\n", "a DIMACS file; keep the lines that begin with a or e"),
    "DIMACS, arcs": ("p sp 3 2\na 1 2 5\na 2 3 7\n", "a DIMACS file"),
    "GDF": ("nodedef>name VARCHAR,label VARCHAR\na,A\nb,B\nedgedef>node1,node2\na,b\n", "a GDF file"),
    "weights of two kinds": (
        "from_roi,to_roi,ipsi_weight,contra_weight\nV1,V2,0.5,0.1\nV2,V3,0.3,0\n", "none of the columns 'from_roi'"
    ),
    "values under unknown names": ("id,left,right\n1,0.5,0.7\n2,0.1,0.2\n", "the columns 'id', 'left', 'right'"),
    "ids by Excel in German": ("source;target\n7,20576E+17;2\n2;7,20576E+17\n", "line 2.*lost digits"),
    "cut ids among words": ("source,target\n7.20576E+17,soma\nsoma,7.20577E+17\n", "line 2.*lost digits"),
    "ids kept by formulas": ('source,target\n="7205759",="7205760"\n', "line 2: the label '=\"7205759\"' is a formula"),
    "arrows in both directions": ("Gene1\tGene2\tDirection\nA\tB\t->\nB\tC\t<-\n", "'Direction' holds arrows such as"),
    "places": ("id,px,py\n1,50,8\n2,48,11\n", "none of the columns 'id', 'px', 'py'"),
    "measures": ("height,mass\n170,70\n180,80\n", "none of the columns 'height', 'mass'"),
    "a matrix under groups": (
        ",,S,S,I\n,,a,b,c\nS,a,,1,2\nS,b,,,1\nI,c,,,\n", "a matrix of 3 nodes with 2 rows and 2 columns in front"
    ),
    "a matrix with a row of types": (
        ",a,b,c\ntype,S,S,I\na,0,1,2\nb,0,0,1\nc,0,0,0\n", "3 nodes with 2 rows and 1 columns in front"
    ),
    "a matrix that names a node twice": (",a,a,b\na,0,1,1\na,0,0,1\nb,0,0,0\n", "columns of the matrix are called 'a'"),
    "names that pandas tells apart": (",a,a.1,b\na,0,1,1\na,0,0,1\nb,0,0,0\n", "columns of the matrix are called 'a'"),
    "comments of other programs": ("// made by hand\n1 2\n2 3\n", "line 1, '// made by hand', may be a comment"),
    "comments of SQL": ("-- made\na b\nb c\n", "line 1, '-- made', may be a comment"),
    "Graphviz": ("digraph {\n a -> b;\n}\n", "Graphviz"),
}  # fmt: skip


SETTLED = [
    "comments of other programs",
    "measures",
    "comments of SQL",
    "in and out",
    "seconds in front",
    "nodes above edges",
]  # by a header, or refused for another reason


@pytest.mark.parametrize(
    ("case", "header"),
    [(case, header) for case in REFUSED for header in (None, True) if not header or case not in SETTLED],
)
def test_refused_whatever_is_said_of_a_header(tmp_path, case, header):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=f"a.csv: .*(?:{says})"):
        read_graph(tmp_path / "a.csv", header=header)


@pytest.mark.parametrize(
    "ending", ["csv", "json", "graphml", "mtx", "npz", "npy", "pt", "safetensors", "parquet", "xlsx"]
)
def test_what_was_not_downloaded_is_named_in_every_format(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")
    with pytest.raises(ValueError, match=f"a.{ending}: no graph that can be read, but a pointer of Git LFS"):
        read_graph(path)


@pytest.mark.parametrize(("start", "says"), [(b"\x1f\x8b\x08", "gzip"), (b"BZh9", "bzip2"), (b"PK\x03\x04", "xlsx")])
def test_packed_files_without_the_ending(tmp_path, start, says):
    (tmp_path / "a.csv").write_bytes(start + b"\0\1\2")
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


def test_a_date_is_no_name(tmp_path):
    frame = pd.DataFrame({"day": [pd.Timestamp("2020-03-01")] * 2, "source": ["a", "b"], "target": ["b", "c"]})
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    assert edge_sets.by_label_or_position(read_graph(tmp_path / "a.xlsx")) == {("a", "b"), ("b", "c")}
    frame.rename(columns={"day": "target", "target": "x"}).to_excel(tmp_path / "a.xlsx", index=False)
    with pytest.raises(ValueError, match="'2020-03-01 00:00:00' is a date, which Excel makes of names"):
        read_graph(tmp_path / "a.xlsx")


def test_a_frame_of_truth_values():
    frame = pd.DataFrame(np.triu(np.ones((3, 3), bool), 1), index=list("abc"), columns=list("abc"))
    assert edge_sets.by_label_or_position(mc.Graph(frame)) == ABC


@given(st.lists(st.integers(0, 2**53), min_size=2, max_size=8, unique=True), st.integers(0, 20))
def test_floats_are_whole_or_refused(tmp_path_factory, labels, digits):
    """Whatever number of digits is written, a label comes back as its digits say, or not at all where some are cut."""
    path = tmp_path_factory.getbasetemp() / "floats.csv"
    words = [f"{label:.{digits}e}" for label in labels]
    path.write_text("source,target\n" + "".join(f"{word},0\n" for word in words))
    try:
        found = edge_sets.by_label_or_position(read_graph(path))
    except ValueError as error:
        if "lost digits" not in str(error):
            raise
        return
    written = {int(float(word)) for word in words} - {0}
    assert found == {(label, 0) for label in written}
    assert digits < 4 or written == set(labels) - {0}
