"""What was read is told, and every function reads a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import motifcount as mc
from motifcount.files import ReadReport, read_graph, read_with_report
from support import edge_sets


def test_what_was_read_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("pre_id;post_id;syn_count\n1;2;5\n2;3;0\n1;2;1\n3;3;1\n")
    graph, report = read_with_report(path)
    assert isinstance(report, ReadReport)
    assert (report.n_nodes, report.n_edges) == (graph.n_nodes, graph.n_edges) == (3, 1)
    assert report.header is True
    assert dict(report.columns) == {"source": "'pre_id'", "target": "'post_id'", "weight": "'syn_count'"}
    assert dict(report.dropped) == {"weight 0": 1, "self-loops": 1, "duplicates": 1}
    assert report.sample == ((1, 2),)
    for part in ("edge table", "semicolons", "'pre_id'", "3 nodes, 1 edges", "1 self-loops"):
        assert part in report.line()
    assert "1 → 2" in report.rows()["first edges"]


def test_gap_junctions_are_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Neuron 1,Neuron 2,Type,Nbr\na,b,EJ,1\na,c,S,1\n")
    graph, report = read_with_report(path)
    assert edge_sets.by_label_or_position(graph) == {("a", "b"), ("a", "c")}
    assert report.notes == ("column 'Type' holds 'EJ': gap junctions, which have no direction, are taken as written",)


def test_the_same_function_from_everywhere():
    assert mc.read_graph is read_graph


@pytest.mark.parametrize("kind", [str, Path])
def test_every_function_takes_a_path(tmp_path, kind):
    path = tmp_path / "a.csv"
    path.write_text("source,target\nzoe,amy\namy,bob\nzoe,bob\n")
    graph = read_graph(path)
    assert mc.count(kind(path)) == mc.count(graph)
    assert mc.randomize(kind(path), seed=1) == mc.randomize(graph, seed=1)
    assert mc.Graph(kind(path), layers={"zoe": 0, "amy": 1, "bob": 2}) == read_graph(path, layers="infer")
    with pytest.raises(FileNotFoundError, match=r"b\.csv"):
        mc.count(kind(tmp_path / "b.csv"))
