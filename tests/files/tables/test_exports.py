"""Files as programs and databases export them: read as they are meant, or refused with a way out that leads there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph
from support import edge_sets
from support.refusals.exports import REFUSED, savetxt

ABC = {("a", "b"), ("b", "c"), ("a", "c")}


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
