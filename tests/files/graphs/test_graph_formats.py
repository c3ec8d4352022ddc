"""Formats of other programs: Pajek, Cytoscape, GML, GEXF, GraphML, JSON."""

from __future__ import annotations

import io
import json
import zipfile

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph, read_with_report, write_graph
from support import edge_sets

ABC = {("a", "b"), ("b", "c"), ("a", "c")}
PAIRS = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1])
EDGES = st.lists(PAIRS, min_size=1, max_size=20, unique=True)
GRAPHML = (
    '<graphml><graph id="{}" edgedefault="{}"><node id="a"/><node id="b"/><edge source="a" target="b"/>{}'
    "</graph></graphml>"
)


def node_link(**more):
    nodes, links = [{"id": name} for name in "abc"], [{"source": u, "target": v} for u, v in sorted(ABC)]
    return json.dumps({"directed": True, "nodes": nodes, "links": links} | more)


def vis(*arrows):
    links = [{"from": u, "to": v, "arrows": arrow} for (u, v), arrow in zip(("ab", "bc", "ac"), arrows, strict=False)]
    return json.dumps({"nodes": [{"id": name} for name in "abc"], "edges": links})


READ = {
    "arrows.json": vis("to", {"to": {"enabled": True}, "from": False}, "to"),
    "a.sif": "a pp b c\nb pd c\n",
    "tabs.sif": "a\tpp\tb\tc\nb\tpd\tc\n",
    "a.net": '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2 2\n1 3\n2 3 1.5\n3 1 0\n',
    "list.net": "*Network x\n*Vertices 3\n1 a\n2 b\n3 c\n% comment\n*Arcslist\n1 2 3\n2 3\n",
    "matrix.net": '*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Matrix\n0 1 1\n0 0 1\n0 0 0\n',
    "a.gml": 'graph [ directed 1 node [ id 0 label "a" ] node [ id 1 label "b" ] node [ id 2 label "c" ]\n'
    "edge [ source 0 target 1 ] edge [ source 0 target 2 ] edge [ source 1 target 2 ] ]",
    "directed.gml": 'graph [ node [ id 0 label "a" ] node [ id 1 label "b" ] node [ id 2 label "c" ] directed 1\n'
    'edge [ source 0 target 1 label "x directed 0 [" ] edge [ source 0 target 2 ] edge [ source 1 target 2 ] ] # [',
    "blanks.net": '*Vertices 3\n1 "a" 0.1 0.2 ellipse\n2 b 0.5 0.5 0.5 ic Red\n3 c [1-2]\n*Arcs\n1 2 1 c Blue\n'
    "1 3 w 2\n2 3 0,5\n3 1 0,0\n",
    "a.json": node_link(),
    "edges.json": node_link().replace('"links"', '"edges"'),
    "elements.json": json.dumps(
        {
            "elements": {
                "nodes": [{"data": {"id": name}} for name in "abc"],
                "edges": [{"data": {"source": u, "target": v}} for u, v in sorted(ABC)],
            }
        }
    ),
}


@pytest.mark.parametrize("name", READ)
def test_read_right(tmp_path, name):
    (tmp_path / name).write_text(READ[name])
    assert edge_sets.labels_in_words(read_graph(tmp_path / name)) == ABC


REFUSED = {
    "two.graphml": (GRAPHML.format("g", "directed", "").replace("</graphml>", "<graph/></graphml>"), "more than one"),
    "nested.graphml": (GRAPHML.format("g", "directed", '<node id="c"><graph id="h"/></node>'), "more than one"),
    "undirected.graphml": (GRAPHML.format("g", "undirected", ""), "undirected=True"),
    "two.net": ("*Vertices 2\n*Arcs\n1 2\n*Vertices 2\n", "more than one"),
    "undirected.net": ("*Vertices 2\n*Edges\n1 2\n", "undirected=True"),
    "outside.net": ("*Vertices 2\n*Arcs\n1 3\n", "line 3.*from 1 to 2"),
    "other.net": ("1 2\n", "Pajek"),
    "undirected.json": (node_link(directed=False), "undirected=True"),
    "dangling.json": (node_link(nodes=[{"id": "a"}, {"id": "b"}]), "no node has"),
    "twice.json": (node_link(nodes=[{"id": name} for name in "abcc"]), "two nodes have"),
    "list.json": ("[1, 2]", "nodes and links"),
    "half.json": ('{"nodes": [', "not JSON"),
    "weight.json": (node_link(links=[{"source": "a", "target": "b", "weight": None}]), "weight"),
    "half.sif": ("a pp\n", "line 1"),
    "header.sif": ("source\tinteraction\ttarget\na\tpp\tb\n", "line.*format='tsv'"),
    "comment.sif": ("# by hand\na pp b\n", "line 1.*comment"),
    "tabs.sif": ("#by hand\na\tpp\tb\n", "line 1.*comment"),
    "undirected.gml": ('graph [ node [ id 0 label "a directed 1" ] ]', "undirected=True"),
    "edge.gml": ("graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 directed 1 ] ]", "undirected=True"),
    "nan.net": ("*Vertices 2\n*Arcs\n1 2 nan\n", "weight 'nan', where a number must be"),
    "missing.net": ("*Vertices 2\n*Arcs\n1 2 NA\n", "weight 'NA', where a number must be"),
    "label.net": ("*Vertices 2\n1 Grey wolf\n2 b\n*Arcs\n1 2\n", "line 2: a label with blanks must stand in quotes"),
    "dashes.sif": ("a\t-\tb\nb\t-\tc\n", "undirected=True"),
    "some.sif": ("a\tBidirectional\tb\nb\tpp\tc\n", "1 of its edges undirected"),
    "type.gml": (
        'graph [ directed 1 node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 type "undirected" ] ]',
        "undirected=True",
    ),
    "declared.graphml": (GRAPHML.format("g", "directed", "").replace('<node id="b"/>', ""), "no node has as its id"),
    "blank.graphml": (GRAPHML.format("g", "directed", "").replace('source="a"', 'source=" a"'), "' a', which no node"),
    "arrows.json": (vis("to", "from"), "link 1 has its arrow at 'from'"),
    "both.json": (vis("to", "to, from"), "calls 1 of its edges undirected"),
    "none.json": (vis("to", ""), "calls 1 of its edges undirected"),
    "shown.json": (vis({"to": {"enabled": False}}, "to"), "calls 1 of its edges undirected"),
    "two.gml": ("graph [\ndirected 1\n]\ngraph [\ndirected 1\n]\n", "more than one"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path, name):
    text, says = REFUSED[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / name)


def test_names_of_columns_may_be_nodes_of_sif(tmp_path):
    path = tmp_path / "a.sif"
    for text, edge in (("source pp target\nb pd source\n", ("source", "target")), ("u pp v\n", ("u", "v"))):
        path.write_text(text)
        assert edge in edge_sets.labels_in_words(read_graph(path))
    path.write_text("source\tinteraction\ttarget\na\tpp\tb\n")
    assert edge_sets.labels_in_words(read_graph(path, format="tsv")) == {("a", "b")}


def test_undirected_edges_both_ways(tmp_path):
    path = tmp_path / "a.net"
    path.write_text('*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Edges\n1 2\n*Arcs\n2 3\n')
    assert edge_sets.labels_in_words(read_graph(path, undirected=True)) == {("a", "b"), ("b", "a"), ("b", "c")}
    assert edge_sets.labels_in_words(read_graph(path, undirected=False)) == {("a", "b"), ("b", "c")}


WRITE = {
    "a.graphml": nx.write_graphml,
    "a.gml": nx.write_gml,
    "a.gexf": nx.write_gexf,
    "a.json": lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph, edges="links"))),
}


@pytest.mark.parametrize("name", WRITE)
def test_weights_are_an_attribute_by_name(tmp_path, name):
    """The attribute that is named, else one whose name says weight; 0 is no edge, sums reach the threshold."""
    path = tmp_path / name
    edges = [("a", "b", {"contacts": 2, "synapses": 0}), ("b", "c", {"contacts": 0, "synapses": 3}), ("a", "c", {})]
    edges[2] = ("a", "c", {"contacts": 5, "synapses": 1})
    WRITE[name](nx.DiGraph(edges), path)
    assert edge_sets.labels_in_words(read_graph(path)) == {("b", "c"), ("a", "c")}
    assert edge_sets.labels_in_words(read_graph(path, weight="contacts")) == {("a", "b"), ("a", "c")}
    assert edge_sets.labels_in_words(read_graph(path, weight="contacts", threshold=3)) == {("a", "c")}
    with pytest.raises(ValueError, match=r"no edge has this attribute; there are.*'contacts'"):
        read_graph(path, weight="area")


def test_weights_where_there_is_one_place_for_them(tmp_path):
    for name, text in {"a.net": READ["a.net"], "a.sif": READ["a.sif"], "a.csv": "0,1,1\n0,0,1\n0,0,0\n"}.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(ValueError, match="weight='n' says nothing about"):
            read_graph(tmp_path / name, weight="n")


def test_layers_from_an_attribute(tmp_path):
    graph = nx.DiGraph(sorted(ABC))
    nx.set_node_attributes(graph, {"a": 2, "b": 5, "c": 7}, "level")
    nx.write_graphml(graph, tmp_path / "a.graphml")
    found = read_graph(tmp_path / "a.graphml", layers="level")
    assert dict(zip(found.labels, found.layers.tolist(), strict=True)) == {"a": 2, "b": 5, "c": 7}
    with pytest.raises(ValueError, match="neither an attribute"):
        read_graph(tmp_path / "a.graphml", layers="depth")


@given(EDGES)
def test_what_networkx_and_igraph_write(tmp_path_factory, edges):
    folder = tmp_path_factory.mktemp("written")
    graph = nx.DiGraph(edges)
    expected = set(map(tuple, (map(str, edge) for edge in edges)))
    nx.write_graphml(graph, folder / "a.graphml")
    nx.write_gexf(graph, folder / "a.gexf")
    nx.write_gml(graph, folder / "a.gml")
    nx.write_pajek(graph, folder / "a.net")
    (folder / "a.json").write_text(json.dumps(nx.node_link_data(graph, edges="links")))
    names = sorted(graph, key=str)
    ends = [(names.index(u), names.index(v)) for u, v in edges]
    other = igraph.Graph(len(names), ends, directed=True, vertex_attrs={"name": list(map(str, names))})
    other.write_graphml(str(folder / "b.graphml"))
    for name in ("a.graphml", "a.gexf", "a.gml", "a.net", "a.json"):
        assert edge_sets.labels_in_words(read_graph(folder / name)) == expected, name
    assert read_graph(folder / "b.graphml").n_edges == len(expected)


PROJECT = (
    '/* made by hand */\n*Network A\n*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n*Arcs\n1 2\n2 3\n1 3\n'
    "*Partition sizes\n*Vertices 3\n1\n2\n1\n*Vector x\n*Vertices 3\n0.5\n1\n2\n"
)


def test_a_project_of_pajek(tmp_path):
    path = tmp_path / "a.paj"
    path.write_text(PROJECT)
    graph, report = read_with_report(path)
    assert edge_sets.labels_in_words(graph) == ABC
    assert report.unused == ("*Partition sizes", "*Vector x")
    path.write_text(PROJECT + "*Network B\n*Vertices 3\n*Arcs\n1 2\n")
    with pytest.raises(ValueError, match="more than one network"):
        read_graph(path)


OTHER_ENDINGS = {"a.cyjs": "elements.json", "a.mat": "matrix.net", "a.paj": "list.net", "a": "a.net", "a.bak": "a.gml"}


@pytest.mark.parametrize("name", OTHER_ENDINGS)
def test_first_words_tell_what_an_ending_does_not(tmp_path, name):
    text = READ[OTHER_ENDINGS[name]]
    (tmp_path / name).write_text(text)
    assert edge_sets.labels_in_words(read_graph(tmp_path / name)) == ABC
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(name, text)
    assert edge_sets.labels_in_words(read_graph(tmp_path / "b.zip")) == ABC


def test_a_table_under_other_names(tmp_path):
    text = "a b\nb c\na c\n"
    (tmp_path / "out.ucidata-zachary").write_text("% asym unweighted\n" + text)
    assert edge_sets.labels_in_words(read_graph(tmp_path / "out.ucidata-zachary")) == ABC
    for name in ("c.zip", "c.old.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("folder/a.txt", text)
        assert edge_sets.labels_in_words(read_graph(tmp_path / name)) == ABC
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", text)
        archive.writestr("b.txt", text)
    with pytest.raises(ValueError, match=r"two\.zip: a \.zip file must hold one file, not 2 \(a\.txt, b\.txt\)"):
        read_graph(tmp_path / "two.zip")
    for name, start in {"a.graph": b"3 3\n2 3\n", "a.xyz": b""}.items():
        (tmp_path / name).write_bytes(start)
        with pytest.raises(ValueError, match=rf"the ending '\{name[1:]}' of path is unknown"):
            read_graph(tmp_path / name)
    (tmp_path / "m.net").write_bytes(b"MATLAB 5.0 MAT-file")
    with pytest.raises(ValueError, match=r"scipy\.io\.loadmat"):
        read_graph(tmp_path / "m.net")


SPACES = ["gexf.net/1.2", "www.gexf.net/1.3", "www.gexf.net/1.1draft", "example.org", ""]


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("ending", ["gexf", "graphml"])
def test_any_namespace(tmp_path, space, ending):
    whole = {
        "gexf": '<gexf{}><graph defaultedgetype="directed"><nodes>{}</nodes><edges>{}</edges></graph></gexf>',
        "graphml": '<graphml{}><graph edgedefault="directed">{}{}</graph></graphml>',
    }[ending]
    nodes = "".join(f'<node id="{name}" label="{name}"/>' for name in "abc")
    edges = "".join(f'<edge source="{u}" target="{v}"/>' for u, v in ABC)
    of_space = f' xmlns="http://{space}"' if space else ""
    (tmp_path / f"a.{ending}").write_text(whole.format(of_space, nodes, edges))
    assert edge_sets.labels_in_words(read_graph(tmp_path / f"a.{ending}")) == ABC


BLANKS = ["node A\tpp\tnode B\nnode C\n", "node A\tpp\tnode B\nthe last node\n", "node A\tpp\tnode B\tnode C\n"]


@pytest.mark.parametrize("text", BLANKS)
def test_nodes_of_sif_may_hold_blanks_between_tabs(tmp_path, text):
    path = tmp_path / "a.sif"
    path.write_text(text)
    graph = read_graph(path)
    assert ("node A", "node B") in edge_sets.by_label(graph)
    assert graph.n_nodes == 3


@pytest.mark.parametrize("labels", [["the first node", "b", "a third one"], ["node A", "node B", "node C"]])
def test_sif_that_is_written_reads_back(tmp_path, labels):
    graph = nx.DiGraph([(labels[0], labels[1])])
    graph.add_node(labels[2])
    write_graph(graph, tmp_path / "a.sif")
    assert set(read_graph(tmp_path / "a.sif").labels) == set(labels)


OTHER_JSON = {
    "pairs": ('[["a", "b"], ["b", "c"], ["a", "c"]]', "this holds pairs"),
    "links alone": (json.dumps({"edges": json.loads(node_link())["links"]}), "no list of nodes beside links"),
    "neighbours": (json.dumps(nx.adjacency_data(nx.DiGraph(sorted(ABC)))), "neighbours of nodes"),
    "lists": ('{"a": ["b", "c"], "b": ["c"]}', "lists under names"),
    "columns": ('{"source": ["a", "b", "a"], "target": ["b", "c", "c"]}', "columns of a table"),
}


@pytest.mark.parametrize("case", OTHER_JSON)
def test_other_json_is_refused_with_a_way_out_that_works(tmp_path, case):
    text, says = OTHER_JSON[case]
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=says) as refused:
        read_graph(path)
    open_ = lambda path: io.StringIO(path.read_text())  # noqa: E731
    code = str(refused.value).partition("in Python, ")[2].partition(" takes ")[0]
    graph = eval(code, {"mc": mc, "pandas": pd, "networkx": nx, "json": json, "open": open_, "path": path})
    assert edge_sets.labels_in_words(graph) == ABC
