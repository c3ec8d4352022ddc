"""Lines among the edges that are none: totals, notes, rules, a second table, the header again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.stray_lines import REFUSED

READ = {
    "a number among words": ("source,target\na,b\nb,c\na,5\n", "a>b b>c a>5"),
    "a word below ids": ("pre,post\n10,20\n20,30\n10,soma\nsoma,glia\n", "10>20 20>30 10>soma soma>glia"),
    "words and one integer": ("a b\nb 7\n", "a>b b>7"),
    "a mark that is a node": ("source,target\n*,b\nb,*\n", "*>b b>*"),
}
TITLES = {
    "a title and a header": "Table S3,Interactions\nsource,target\na,b\n",
    "titles and a header": "Title,Network\nOrganism,Fly\nfrom,to\na,b\nb,c\n",
}


@pytest.mark.parametrize("text", ["source\ttarget\n<\t===\na\tb\n", 'source,target\na,b\n";",";;"\n'])
def test_labels_of_marks_alone_are_no_rule_and_no_note(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    assert read_graph(tmp_path / "a.csv").n_edges == 2


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_line(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


@pytest.mark.parametrize("case", READ)
def test_edges_are_no_notes(tmp_path, case):
    text, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv")) == edge_sets.arcs(expected)


@pytest.mark.parametrize("case", TITLES)
@pytest.mark.parametrize("header", [True, False])
def test_a_header_below_titles_is_no_edge(tmp_path, case, header):
    (tmp_path / "a.csv").write_text(TITLES[case])
    with pytest.raises(ValueError, match="names columns; leave what stands above it out"):
        read_graph(tmp_path / "a.csv", header=header)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(6, 9)), min_size=1, max_size=9, unique=True),
    st.sampled_from([("source", "target"), ("TF", "gene"), ("pre_id", "post_id")]),
    st.sampled_from(["{}", "n{}"]),
    st.sampled_from([None, "weight", "what"]),
    st.data(),
)
def test_a_header_that_is_repeated_is_no_edge(tmp_path_factory, edges, names, label, extra, data):
    path = tmp_path_factory.getbasetemp() / "joined.csv"
    header = ",".join([*names, *([extra] if extra else [])])
    rows = [",".join([label.format(u), label.format(v), *(["3"] if extra else [])]) for u, v in edges]
    at = data.draw(st.lists(st.integers(0, len(rows)), min_size=1, max_size=3))
    for place in sorted(at, reverse=True):
        rows.insert(place, header)
    path.write_text("\n".join([header, *rows]) + "\n")
    graph, report = read_with_report(path)
    assert edge_sets.labels_in_words(graph) == {(label.format(u), label.format(v)) for u, v in edges}
    assert f"{len(at)} lines repeat the header" in report.notes


KEPT = {
    "a node called all": "source,target\nall,b\nb,all\n",
    "words of a text": "source,target\na,b\nfrom,to\nto,from\n",
    "a blank line between edges": "source,target\na,b\n\nc,d\nd,a\n",
    "names that occur again": "source,target\na,b\n\nid,name\nname,id\n",
}


@pytest.mark.parametrize("case", KEPT)
def test_kept(tmp_path, case):
    (tmp_path / "a.csv").write_text(KEPT[case])
    expected = {tuple(line.split(",")) for line in KEPT[case].splitlines()[1:] if line}
    assert edge_sets.labels_in_words(read_graph(tmp_path / "a.csv")) == expected
