"""Headers of Neo4j's import files: ids that count each kind of node apart."""

from __future__ import annotations

import pytest

from motifcount.files import read_graph

HEADER = ":START_ID(Person),:END_ID(Movie),:TYPE\n"


@pytest.mark.parametrize("header", [HEADER, HEADER.lower(), "p:START_ID(Person),m:END_ID(Movie),role\n"])
def test_two_spaces_of_ids_are_refused(tmp_path, header):
    path = tmp_path / "a.csv"
    path.write_text(header + "1,1,ACTED\n2,1,ACTED\n")
    for options in ({}, {"columns": (0, 1)}):
        with pytest.raises(
            ValueError, match=r"count (P|p)erson and (M|m)ovie apart, .* one id may be two nodes"
        ) as refusal:
            read_graph(path, **options)
    names = str(refusal.value).partition("between them, and ")[2].removesuffix(" above").replace("'", "")
    path.write_text(",".join(names.split(" and ")) + ",t\np1,m1,ACTED\np2,m1,ACTED\n")
    graph = read_graph(path)
    assert (graph.labels, graph.n_edges) == (("m1", "p1", "p2"), 2)


def test_one_space_of_ids(tmp_path):
    path = tmp_path / "a.csv"
    for space in ("(Person)", ""):
        path.write_text(f":END_ID{space},:START_ID{space},:TYPE\n1,2,KNOWS\n1,3,KNOWS\n")
        graph = read_graph(path)
        assert (graph.labels, graph.out_degrees().tolist()) == ((1, 2, 3), [0, 1, 1])
