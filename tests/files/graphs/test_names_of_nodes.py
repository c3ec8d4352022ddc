"""Nodes of graph formats are called by their labels or names where every node has one of its own, else by their ids."""

from __future__ import annotations

import json

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifcount.files import read_graph, read_with_report
from support import edge_sets

NAMES = st.lists(st.text("abcXYZ 01éα_-.", min_size=1).map(str.strip).filter(bool), min_size=2, max_size=6, unique=True)
YED = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/><graph edgedefault="directed" id="G">
{}<edge id="e0" source="n0" target="n1"/></graph></graphml>"""
YED_NODE = """<node id="n{}"><data key="d6"><y:ShapeNode><y:NodeLabel>{}</y:NodeLabel></y:ShapeNode></data></node>\n"""
GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed" mode="static">
<nodes>{}</nodes><edges><edge id="0" source="n0" target="n1"/></edges></graph></gexf>"""
GEXF_NODE = '<node id="n{}" label="{}"/>'


def links(nodes, edges, **more):
    return json.dumps({"nodes": nodes, "links": [{"source": u, "target": v} for u, v in edges], **more})


@pytest.mark.parametrize(("ending", "whole", "node"), [("graphml", YED, YED_NODE), ("gexf", GEXF, GEXF_NODE)])
@pytest.mark.parametrize(
    ("labels", "expected", "by"),
    [
        (("input", "output"), ("input", "output"), "label"),
        (("same", "same"), ("n0", "n1"), "id"),
        (("input", ""), ("n0", "n1"), "id"),
    ],
)
def test_labels_that_are_unique_are_the_names(tmp_path, ending, whole, node, labels, expected, by):
    path = tmp_path / f"a.{ending}"
    path.write_text(whole.format("".join(node.format(k, label) for k, label in enumerate(labels))))
    graph, report = read_with_report(path)
    assert edge_sets.by_label(graph) == {expected}
    assert report.columns["node"] == repr(by)


@given(NAMES, st.booleans())
def test_names_that_igraph_and_networkx_write(tmp_path_factory, names, has_second):
    """Names come back from every format, whatever the ids of nodes are in it."""
    folder = tmp_path_factory.getbasetemp()
    n = len(names)
    ends = [(k, (k + 1) % n) for k in range(n)] + [(0, n - 1)] * has_second
    expected = {(names[u], names[v]) for u, v in ends}
    graph = igraph.Graph(n, ends, directed=True, vertex_attrs={"name": names})
    other = nx.DiGraph()
    other.add_nodes_from((f"n{k}", {"label": name, "kind": "x"}) for k, name in enumerate(names))
    other.add_edges_from((f"n{u}", f"n{v}") for u, v in ends)
    graph.write_graphml(str(folder / "i.graphml"))
    graph.write_gml(str(folder / "i.gml"))
    nx.write_graphml(other, folder / "n.graphml")
    nx.write_gexf(other, folder / "n.gexf")
    (folder / "n.json").write_text(json.dumps(nx.node_link_data(other)))
    (folder / "c.json").write_text(json.dumps(nx.cytoscape_data(nx.relabel_nodes(other, lambda node: int(node[1:])))))
    for name in ("i.graphml", "i.gml", "n.graphml", "n.gexf", "n.json"):
        assert edge_sets.by_label(read_graph(folder / name)) == expected, name
    assert len(edge_sets.by_label(read_graph(folder / "c.json"))) == len(expected)


JSON = {
    "ids of Cytoscape under names": (
        json.dumps(
            {
                "elements": {
                    "nodes": [{"data": {"id": str(k), "name": name, "SUID": k}} for k, name in ((62, "a"), (61, "b"))],
                    "edges": [{"data": {"id": "9", "source": "62", "target": "61", "interaction": "pp"}}],
                }
            }
        ),
        {("a", "b")},
    ),
    "elements in one list": (
        json.dumps(
            {"elements": [{"data": {"id": "a"}}, {"data": {"id": "b"}}, {"data": {"source": "a", "target": "b"}}]}
        ),
        {("a", "b")},
    ),
    "positions by d3": (links([{"name": name} for name in "abc"], [(0, 2), (2, 1)]), {("a", "c"), ("c", "b")}),
    "names that are integers": (links([{"name": 7}, {"name": 8}, {"name": 0}], [(7, 0), (0, 8)]), {(7, 0), (0, 8)}),
    "ids under labels": (links([{"id": 1, "label": "a"}, {"id": 0, "label": "b"}], [(0, 1)]), {("b", "a")}),
    "labels of one kind": (links([{"id": 1, "label": "cell"}, {"id": 0, "label": "cell"}], [(0, 1)]), {(0, 1)}),
    "graphology": (
        json.dumps(
            {
                "options": {"type": "directed"},
                "nodes": [{"key": "a", "attributes": {}}, {"key": "b"}],
                "edges": [{"key": "e", "source": "a", "target": "b"}],
            }
        ),
        {("a", "b")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", JSON)
def test_nodes_and_links(tmp_path, case):
    text, expected = JSON[case]
    (tmp_path / "a.json").write_text(text)
    assert edge_sets.by_label(read_graph(tmp_path / "a.json")) == expected


AB = [{"id": "a"}, {"id": "b"}]
UNDIRECTED = {
    "Cytoscape by NetworkX": json.dumps(nx.cytoscape_data(nx.Graph([("a", "b")]))),
    "graphology": links(AB, [("a", "b")], options={"type": "undirected"}),
    "Gephi": json.dumps({"nodes": AB, "edges": [{"source": "a", "target": "b", "type": "Undirected"}]}),
    "one edge": json.dumps({"nodes": AB, "edges": [{"source": "a", "target": "b", "undirected": True}]}),
    "one edge, not directed": json.dumps({"nodes": AB, "edges": [{"source": "a", "target": "b", "directed": False}]}),
}


@pytest.mark.parametrize("case", UNDIRECTED)
def test_links_without_direction(tmp_path, case):
    (tmp_path / "a.json").write_text(UNDIRECTED[case])
    with pytest.raises(ValueError, match="undirected=True"):
        read_graph(tmp_path / "a.json")
    assert edge_sets.by_label(read_graph(tmp_path / "a.json", undirected=True)) == {("a", "b"), ("b", "a")}
