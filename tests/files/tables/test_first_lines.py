"""A first line that counts nodes and edges: nodes without edges are kept, or the line is refused."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets

TRIANGLE = "0>1 1>2 0>2"
READ = {
    "nodes and edges": ("4 3\n0 1\n1 2\n0 2\n", TRIANGLE, range(4)),
    "edges and nodes": ("3 5\n0 1\n1 2\n0 2\n", TRIANGLE, range(5)),
    "from 1": ("4 2\n2 3\n3 4\n", "2>3 3>4", range(1, 5)),
    "no node alone": ("3 3\na b\nb c\na c\n", "a>b b>c a>c", "abc"),
    "rows, columns, entries": ("4 4 3\n1 2 .5\n2 3 .6\n1 4 .7\n", "1>2 2>3 1>4", range(1, 5)),
    "above three columns": ("4 3\n0 1 5\n1 2 6\n0 2 7\n", TRIANGLE, range(4)),
    "nodes alone": ("4\n0 1\n1 2\n0 2\n", TRIANGLE, range(4)),
    "as many edges as nodes": ("3\n0 1\n1 2\n0 2\n", TRIANGLE, range(3)),
}
REFUSED = {
    "from 0 or from 1": ("4 2\n1 2\n2 3\n", "1 have no edges, .* 0 to 3 or 1 to 4"),
    "words": ("4 3\na b\nb c\na c\n", "1 have no edges, and nothing shows what these are called;"),
    "ids": ("4 3\n10 20\n20 30\n10 30\n", "1 have no edges, and nothing shows what these are called;"),
    "edges or nodes": ("4\n0 1\n1 2\n0 2\n2 1\n", r"may count the edges, or nodes .* write both numbers \(3 4, say\)"),
}


@pytest.mark.parametrize("case", READ)
def test_nodes_without_edges_are_kept(tmp_path, case):
    text, edges, labels = READ[case]
    (tmp_path / "a.txt").write_text(text)
    graph, report = read_with_report(tmp_path / "a.txt", header=True)
    assert edge_sets.in_words(graph) == edge_sets.arcs(edges)
    assert graph.labels == tuple(labels)
    first = text.partition("\n")[0]
    assert f"the first line, {first!r}, counts {len(labels)} nodes" in report.notes
    assert report.header is None
    assert first.split()[0] not in report.columns.values()


@pytest.mark.parametrize("case", REFUSED)
def test_nodes_whose_names_do_not_show_are_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.txt", header=True)


@pytest.mark.parametrize("text", ["4 3\n0 1\n1 2\n0 2\n", "4 3\n10 20\n20 30\n10 30\n"])
def test_it_is_asked_whether_the_line_is_an_edge(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(ValueError, match=r"may count nodes and edges .* header=True .* or header=False"):
        read_graph(tmp_path / "a.txt")


@given(st.integers(2, 12), st.floats(0, 0.4), st.integers(0, 2**32 - 1), st.sampled_from([0, 1]))
def test_random_graphs_below_their_counts(tmp_path_factory, n, density, seed, start):
    graph = nx.gnp_random_graph(n, density, seed, directed=True)
    path = tmp_path_factory.getbasetemp() / "counted.txt"
    lines = [f"{n} {graph.number_of_edges()}", *(f"{u + start} {v + start}" for u, v in graph.edges)]
    path.write_text("\n".join(lines) + "\n")
    ends = {node for edge in graph.edges for node in edge}
    if len(ends) < n and not ends & {0 if start == 0 else n - 1}:
        with pytest.raises(ValueError, match="nothing shows"):
            read_graph(path, header=True, format="edges")
        return
    found = read_graph(path, header=True, format="edges")
    assert found.labels == tuple(range(start, n + start))
    assert edge_sets.in_words(found) == {(str(u + start), str(v + start)) for u, v in graph.edges}
