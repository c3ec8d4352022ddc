"""Edge lists of NetworkX with data in braces: options are taken, or refused, and never passed over."""

from __future__ import annotations

import networkx as nx
import pytest

import motifcount as mc
from motifcount.files import read_graph, read_with_report
from support import edge_sets

LINES = [
    ("{'count': 0, 'weight': 1, 'sign': '+', 'w2': 0}"),
    ("{'weight': 0, 'sign': '-', 'w2': 3}"),
    ("{'sign': '-', 'w2': 3}"),
]
READ = {
    "the plainest weight": ({}, "a>b c>a"),
    "backward": ({"columns": (1, 0)}, "b>a a>c"),
    "another weight": ({"weight": "w2"}, "b>c c>a"),
    "as it is": ({"header": False, "columns": (0, 1), "format": "edges"}, "a>b c>a"),
}


@pytest.fixture(params=["abc", "123"])
def nodes(request):
    return request.param


@pytest.fixture
def path(tmp_path, nodes):
    path = tmp_path / "a.edgelist"
    a, b, c = nodes
    path.write_text("".join(f"{u} {v} {data}\n" for (u, v), data in zip((a + b, b + c, c + a), LINES, strict=True)))
    return path


@pytest.mark.parametrize("case", READ)
def test_what_is_said_is_done(path, nodes, case):
    options, expected = READ[case]
    found = {
        (u.translate(str.maketrans(nodes, "abc")), v.translate(str.maketrans(nodes, "abc")))
        for u, v in edge_sets.in_words(read_graph(path, **options))
    }
    assert found == edge_sets.arcs(expected)


def test_edges_without_a_weight_are_told(path):
    assert "1 edges have no 'weight' and count 1" in read_with_report(path)[1].notes
    assert not read_with_report(path, weight="w2")[1].notes


def test_kinds(path):
    graph, report = read_with_report(path, weight="w2", kinds={"sign": {"+": "up", "-": "down"}})
    assert graph.kinds.tolist() == ["down", "down"]
    assert report.columns["kinds"] == "'sign'"
    assert read_graph(path, kinds="sign").kinds.tolist() == ["+", "+"]  # of weights


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"weight": 2}, "weight=2: no edge has this in its data; there are 'count', 'weight'"),
        ({"kinds": "none"}, "kinds='none': no edge has this in its data"),
        ({"columns": (0, 2)}, r"columns=\(0, 2\): edges with data in braces have two columns, columns 0 and 1"),
        ({"header": True}, "header=True says nothing where edges have data in braces"),
        ({"layers": "a,b"}, "says nothing where edges have data in braces"),
        ({"format": "matrix"}, "format='matrix' says nothing here, for data stand in braces"),
    ],
)
def test_what_cannot_be_done_is_refused(path, options, says):
    with pytest.raises(ValueError, match=says):
        read_graph(path, **options)


def test_a_matrix_below_names_of_columns_is_none(tmp_path):
    (tmp_path / "a.txt").write_text("# FromNodeId\tToNodeId\tcount\n1\t2\t3\n2\t3\t0\n3\t1\t1\n")
    with pytest.raises(ValueError, match="format='matrix' says nothing here, for a comment names"):
        read_graph(tmp_path / "a.txt", format="matrix")


def test_what_networkx_writes(tmp_path):
    graph = nx.gnp_random_graph(9, 0.3, seed=1, directed=True)
    for k, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = k % 3
    nx.write_edgelist(graph, tmp_path / "a.edgelist")
    found = edge_sets.by_label(read_graph(tmp_path / "a.edgelist"))
    assert found == {(u, v) for u, v, weight in graph.edges(data="weight") if weight}
    assert len(found) == mc.Graph(graph).n_edges
