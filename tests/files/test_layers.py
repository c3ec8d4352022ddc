"""Layers by label: from columns of the table, a second file, or an attribute; words are numbered, and that is told."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from motifcount.files import read_graph, read_with_report
from support.written import read

EDGES = [("zoe", "amy"), ("amy", "bob"), ("zoe", "bob")]
LAYERS = {"zoe": "hidden 2", "amy": "hidden 10", "bob": "output"}
TABLE = "from,to,from_type,to_type,n\n" + "".join(f"{u},{v},{LAYERS[u]},{LAYERS[v]},1\n" for u, v in EDGES)
NUMBERED = {"zoe": 0, "amy": 1, "bob": 2}  # in the order of the words, numbers in theirs


def layers_of(graph):
    return dict(zip(graph.labels, graph.layers.tolist(), strict=True))


@pytest.mark.parametrize("layers", [("from_type", "to_type"), ["from_type", "to_type"], "from_type,to_type", "2,3"])
def test_columns_of_the_table(tmp_path, layers):
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    graph, report = read_with_report(path, layers=layers)
    assert layers_of(graph) == NUMBERED
    assert report.columns["layers"] == "'from_type' and 'to_type'"
    assert "layers are numbered: 0 is 'hidden 2', 1 is 'hidden 10', 2 is 'output'" in report.notes


def test_columns_without_a_header(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("1 2 0 1\n2 3 1 2\n1 3 0 2\n")
    assert layers_of(read_graph(path, layers="2,3")) == {1: 0, 2: 1, 3: 2}


@pytest.mark.parametrize(
    ("text", "layers", "says"),
    [
        (TABLE + "amy,bob,other,output,1\n", "from_type,to_type", "'amy' has two layers"),
        (TABLE, "from_type,to_kind", "no column has this name"),
        (TABLE + "amy,eve,hidden 10,,1\n", "from_type,to_type", "no layer to the node 'eve'"),
        ("0,1,1\n0,0,1\n0,0,0\n", "a,b", "no table of edges"),
        (f"source,target,a,b\nx,y,0,{10**30}\n", "a,b", "must be below 2"),
        ("source,target,a,b\nx,y,0,7.20575940621039e+17\n", "a,b", "lost digits"),
    ],
)
def test_columns_that_give_no_layers(tmp_path, text, layers, says):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(path, layers=layers)


@pytest.mark.parametrize("header", ["", "node,group\n"])
def test_words_in_a_second_file(tmp_path, header):
    path, second = tmp_path / "a.csv", tmp_path / "groups.csv"
    path.write_text(TABLE)
    second.write_text(header + "".join(f"{label},{layer}\n" for label, layer in LAYERS.items()))
    graph, report = read_with_report(path, layers=second)
    assert layers_of(graph) == NUMBERED
    assert any("0 is 'hidden 2'" in note for note in report.notes)
    second.write_text("input\nhidden\noutput\n")
    with pytest.raises(ValueError, match="by label"):
        read_graph(path, layers=second)


def test_words_of_an_attribute(tmp_path):
    graph = nx.DiGraph(EDGES)
    nx.set_node_attributes(graph, LAYERS, "type")
    nx.write_graphml(graph, tmp_path / "a.graphml")
    (tmp_path / "a.json").write_text(json.dumps(nx.node_link_data(graph, edges="links")))
    for name in ("a.graphml", "a.json"):
        assert layers_of(read_graph(tmp_path / name, layers="type")) == NUMBERED


LAYER_FILES = {
    "layers first": "layer,node\n1,zoe\n2,amy\n0,bob\n",
    "words in quotes": '"zoe",1\n"amy",2\nbob,0\n',
    "words in quotes between blanks": '"zoe" 1\n"amy" 2\nbob 0\n',
    "a table of nodes": "Id,Label,modularity_class\n1,zoe,1\n2,amy,2\n3,bob,0\n",
    "an index in front": ",neuron,group\n0,zoe,1\n1,amy,2\n2,bob,0\n",
}


@pytest.mark.parametrize("case", LAYER_FILES)
def test_names_choose_columns_of_a_second_file(tmp_path, case):
    path, second = tmp_path / "a.csv", tmp_path / "groups.csv"
    path.write_text(TABLE)
    second.write_text(LAYER_FILES[case])
    assert layers_of(read_graph(path, layers=second)) == {"zoe": 1, "amy": 2, "bob": 0}


def test_columns_of_a_second_file_are_told_and_integers_are_labels(tmp_path):
    path, second = tmp_path / "a.csv", tmp_path / "groups.csv"
    path.write_text("pre,post\n0,1\n1,2\n0,2\n")
    second.write_text("layer,node\n1,0.0\n2,1.0\n0,2.0\n")
    graph, report = read_with_report(path, layers=second)
    assert layers_of(graph) == {0: 1, 1: 2, 2: 0}
    assert "groups.csv gives layers: 'layer' by 'node'" in report.notes


@pytest.mark.parametrize("text", ["0,zoe\n1,amy\n2,bob\n", "zoe,1,2\namy,1,2\nbob,1,2\n"])
def test_a_second_file_that_does_not_show_its_columns(tmp_path, text):
    path, second = tmp_path / "a.csv", tmp_path / "groups.csv"
    path.write_text(TABLE)
    second.write_text(text)
    with pytest.raises(ValueError, match="as node,layer"):
        read_graph(path, layers=second)


LAYERED = "source,target\nzoe,amy\namy,bob\nzoe,bob\n"


def test_layers_are_given_by_label(tmp_path):
    (tmp_path / "layers.csv").write_text("label,layer\nzoe,0\namy,1\nbob,2\n")
    for layers in ({"zoe": 0, "amy": 1, "bob": 2}, tmp_path / "layers.csv", str(tmp_path / "layers.csv")):
        graph = read(tmp_path, LAYERED, layers=layers)
        assert dict(zip(graph.labels, graph.layers.tolist(), strict=True)) == {"zoe": 0, "amy": 1, "bob": 2}
    assert read(tmp_path, LAYERED, layers="infer").layers.tolist() == [1, 2, 0]


def test_layers_in_no_order_that_shows(tmp_path):
    (tmp_path / "layers.txt").write_text("0\n1\n2\n")
    (tmp_path / "twice.csv").write_text("zoe,0\nzoe,1\namy,1\nbob,2\n")
    for layers in ([0, 1, 2], tmp_path / "layers.txt"):
        with pytest.raises(ValueError, match="by label"):
            read(tmp_path, LAYERED, layers=layers)
    with pytest.raises(ValueError, match="no layer to the node 'zoe'"):
        read(tmp_path, LAYERED, layers={"amy": 1, "bob": 2})
    with pytest.raises(ValueError, match="two layers"):
        read(tmp_path, LAYERED, layers=tmp_path / "twice.csv")
    assert read(tmp_path, "0,1\n1,2\n0,2\n", layers=[0, 1, 2]).layers.tolist() == [0, 1, 2]
