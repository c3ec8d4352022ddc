"""Marks that nobody sees: byte order marks, marks of no width, blanks that are none, letters with accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph
from support import edge_sets

UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
BLANKS = "\xa0\u2009\u202f\u3000"


def read(path, text, **options):
    path.write_text(text, encoding="utf-8", newline="")
    return read_graph(path, **options)


@pytest.mark.parametrize(("plain", "twin"), [("e\u0301a", "\xe9a"), *((f"a{mark}b", "ab") for mark in UNSEEN)])
def test_labels_that_look_the_same_are_refused(tmp_path, plain, twin):
    for first, second in ((plain, twin), (twin, plain)):
        with pytest.raises(ValueError, match=r"line [23]: the labels .* look the same"):
            read(tmp_path / "a.csv", f"source,target\n{first},x\n{second},y\n")


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_of_other_kinds_tell_no_labels_apart(tmp_path, blank):
    for quote in ("", '"'):
        with pytest.raises(ValueError, match=r"line 2: the labels .* look the same"):
            read(tmp_path / "a.csv", f"source,target\n{quote}Brown{blank}trout{quote},x\nBrown trout,y\n")
    assert edge_sets.in_words(read(tmp_path / "a.csv", f"source,target\na{blank},{blank}b\nb,a\n")) == edge_sets.arcs(
        "a>b b>a"
    )


@given(st.sampled_from([*UNSEEN, *BLANKS, "\u0301"]), st.integers(0, 4), st.lists(st.sampled_from("abc"), min_size=4))
def test_a_mark_makes_no_second_node(tmp_path_factory, mark, at, letters):
    word = "".join(letters)[:4]
    marked = word[:at] + mark + word[at:]
    path = tmp_path_factory.getbasetemp() / "marked.csv"
    text = f"source,target\n{word},x\n{marked},y\n"
    if mark == "\u0301":  # an accent is seen
        assert read(path, text).n_nodes == 4
    elif marked.strip() == word:
        assert read(path, text).n_nodes == 3
    elif mark in BLANKS:
        assert read(path, text).n_nodes == 4
    else:
        with pytest.raises(ValueError, match=r"look the same|files were joined"):
            read(path, text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", ["source,target", "kam,wen"])
def test_a_byte_order_mark_where_files_were_joined_is_refused_with_its_line(tmp_path, end, header):
    text = end.join([header, "a,b", f"\ufeff{header}", "b,c", ""])
    for start in ("", "\ufeff"):
        with pytest.raises(ValueError, match="line 3 begins with a byte order mark, as where files were joined"):
            read(tmp_path / "a.csv", start + text, header=True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_in_front_is_none_of_the_text(tmp_path, encoding):
    mark = "" if encoding in ("utf-8-sig", "utf-16") else "\ufeff"
    for text, expected in (("1,2\n2,3\n3,4\n", "1>2 2>3 3>4"), ("source,target\nä,b\nb,c\n", "ä>b b>c")):
        (tmp_path / "a.csv").write_bytes((mark + text).encode(encoding))
        assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs(expected)


@pytest.mark.parametrize("number", ["5\u200b", "\u22121", "1\xa0234", "\ufeff1"])
def test_a_number_with_such_a_mark_is_none(tmp_path, number):
    with pytest.raises(ValueError, match="finite number"):
        read(tmp_path / "a.csv", f"source,target,weight\na,b,{number}\n")
