"""Lines and fields that a wrong dialect would lose: refused, or read as what they are."""

from __future__ import annotations

import pytest

from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.lost_lines import LOST


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("dialects") / "graph.csv"


@pytest.mark.parametrize("case", LOST)
def test_no_line_is_lost_and_no_column_taken_for_another(path, case):
    text, says = LOST[case]
    path.write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(path)


def test_comments_that_could_be_edges_are_told(path):
    path.write_text("# mine, 2020\na,b\nb,c\na,c\n")
    graph, report = read_with_report(path, header=False)
    assert edge_sets.by_label(graph) == {("a", "b"), ("b", "c"), ("a", "c")}
    assert any("'# mine, 2020', is taken as a comment" in note for note in report.notes)


def test_a_first_line_whose_labels_occur_below_is_an_edge(path):
    path.write_text("source;Directed\nDirected;1\n")
    assert edge_sets.by_label(read_graph(path)) == {("source", "Directed"), ("Directed", "1")}


def test_a_header_of_names_holds_though_a_node_has_one_of_them(path):
    path.write_text("TF_id,target_id\nTF_id,b\n")
    assert edge_sets.by_label(read_graph(path)) == {("TF_id", "b")}
    path.write_text(" From To\n1 a b\n2 b c\n")  # R leaves the names of rows without a name
    assert edge_sets.by_label(read_graph(path)) == {("a", "b"), ("b", "c")}


@pytest.mark.parametrize("lines", ["X-|X\n", "X-|Y\nY|X\n"])
def test_a_bar_behind_a_hyphen_is_refused_with_both_readings(path, lines):
    path.write_text(lines)
    with pytest.raises(ValueError, match=r"delimiter='-\|' or delimiter='\|'"):
        read_graph(path)
    assert edge_sets.by_label(read_graph(path, delimiter="|", header=False)) >= {("X-", lines[3])}


def test_labels_that_are_delimiters_elsewhere_are_no_empty_line(path):
    path.write_text("a\t;\n;\t,\n,\ta\n")
    assert edge_sets.by_label(read_graph(path, header=False)) == {("a", ";"), (";", ","), (",", "a")}


@pytest.mark.parametrize(
    "text", ["#eneral\n\v\n", "0\t1\n\t%@n0\n", "\t0\n1\t1\t0\t\n", "11\t\n\t001\n1\t1\t0\n", "x\t\n1.\t"]
)
@pytest.mark.parametrize("ending", ["tsv", "csv", "txt"])
def test_blank_lines_ragged_rows_and_empty_fields_are_refused_in_words(path, text, ending):
    target = path.with_suffix(f".{ending}")
    target.write_text(text)
    with pytest.raises(ValueError, match=str(target)):
        read_graph(target)
