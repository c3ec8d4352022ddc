"""Names of columns that a comment above the first row gives, and comments that give none."""

from __future__ import annotations

import pytest

from motifcount.files import read_with_report
from support import edge_sets

READ = {
    "names of all columns": ("# target source\na b\nb c\n", {}, True, "b>a c>b"),
    "a header below": ("# from,to\nsource,target\na,b\nb,c\n", {}, True, "a>b b>c"),
    "names of more columns": ("# regulator gene weight sign\na b 3\nb c 4\n", {}, False, "a>b b>c"),
    "names of fewer columns": ("# target source\na b 3\nb c 4\n", {}, False, "a>b b>c"),
    "of several the last": ("# to from\n# source target\na b\nb c\n", {}, True, "a>b b>c"),
    "names, and there is no header": ("# to,from\na,b\nb,c\n", {"header": False}, False, "a>b b>c"),
    "unknown names that are a header": ("#kam,wen\nAnna,Bob\nBob,Carl\n", {"header": True}, True, "Anna>Bob Bob>Carl"),
    "names once more below": ("#source,target\na,b\n#source,target\nb,c\n", {}, True, "a>b b>c"),
    "names in words": ("# Format: source target\na b\nb c\n", {}, True, "a>b b>c"),
}


@pytest.mark.parametrize("case", READ)
def test_read_right(tmp_path, case):
    text, options, has_header, expected = READ[case]
    (tmp_path / "a.txt").write_text(text)
    graph, report = read_with_report(tmp_path / "a.txt", **options)
    assert edge_sets.in_words(graph) == edge_sets.arcs(expected)
    assert report.header is has_header


def test_names_alone_are_a_table_without_edges(tmp_path):
    (tmp_path / "a.tsv").write_text("# source\ttarget\n")
    graph, report = read_with_report(tmp_path / "a.tsv")
    assert (graph.n_nodes, graph.n_edges) == (0, 0)
    assert dict(report.columns) == {"source": "'source'", "target": "'target'"}
    (tmp_path / "a.tsv").write_text("# kam\twen\n")
    with pytest.raises(ValueError, match="every line begins with a comment mark"):
        read_with_report(tmp_path / "a.tsv")
