"""Marks that could divide, belong to a label or say something: bars and arrows, quotes, comments, empty cells."""

from __future__ import annotations

import pytest

from motifcount.files import read_graph, read_with_report
from support import edge_sets
from support.refusals.told_apart import REFUSED

FFL = "a>b b>c a>c"
READ = {
    "bars behind labels": ("a| -| b\nb| -| c\n", {"columns": (0, 2)}, "a>b b>c"),
    "an arrow between blanks": ("a -| b\nb -| c\n", {}, "a>b b>c"),
    "quotes behind a blank": ('source\ttarget\n"a"\t "b"\n"b"\t "c"\n', {}, "a>b b>c"),
    "a weight in quotes behind a blank": ('source\ttarget\tweight\n"a"\t "b"\t "1"\n"b"\t "c"\t "0"\n', {}, "a>b"),
    "a tab behind every line": ("1\t2\t\n2\t3\t\n3\t4\t\n", {}, "1>2 2>3 3>4"),
    "data in braces below names": ("source,target,attrs\n1,2,{'a': 1}\n2,3,{'a': 2}\n", {}, "1>2 2>3"),
    "directed": ("# directed: true\n1 2\n2 3\n3 4\n", {}, "1>2 2>3 3>4"),
    "not undirected": ("# undirected: false\n1 2\n2 3\n3 4\n", {}, "1>2 2>3 3>4"),
    "letters that say directed": ("source,target,Type\na,b,D\nb,c,d\n", {}, "a>b b>c"),
    # matrices with empty cells
    "labels at the left": ("10,,1,1,\n20,,,1,\n30,1,,,\n40,1,,,\n", {"fill": 0}, "10>20 10>30 20>30 30>10 40>10"),
    "a delimiter behind a matrix": ("0,1,1,\n0,0,1,\n0,0,0,\n", {}, "0>1 0>2 1>2"),
    "a delimiter behind labels and gaps": (",a,b,c,\na,,1,1,\nb,,,1,\nc,,,,\n", {"fill": 0}, FFL),
    "empty rows of a spreadsheet": ("0,1,1\n0,0,1\n0,0,0\n,,\n,,\n", {}, "0>1 0>2 1>2"),
}


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, options, expected = READ[case]
    (tmp_path / "a.csv").write_text(text)
    assert edge_sets.in_words(read_graph(tmp_path / "a.csv", **options)) == edge_sets.arcs(expected)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.csv")


@pytest.mark.parametrize("ids", [["1", "2", "3"], [f"72057594062103914{k}" for k in range(3)]])
def test_an_empty_row_may_be_a_node_of_a_matrix_with_gaps(tmp_path, ids):
    (tmp_path / "a.csv").write_text(f"{','.join(ids)}\n,1,1\n,,1\n,,\n")
    with pytest.raises(ValueError, match=r"1 rows are empty.*write 0"):
        read_graph(tmp_path / "a.csv", fill=0)
    (tmp_path / "a.csv").write_text(f"{','.join(ids)}\n0,1,1\n0,0,1\n0,0,0\n")
    graph, report = read_with_report(tmp_path / "a.csv", format="matrix")
    assert edge_sets.in_words(graph) == {(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])}
    assert report.header


def test_bars_behind_labels_are_named(tmp_path):
    (tmp_path / "a.txt").write_text("a| b| -| 6\nb| c| +| 3\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.txt", delimiter="|")) == edge_sets.arcs("a>b b>c")
