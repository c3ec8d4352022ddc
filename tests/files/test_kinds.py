"""Kinds of edges in files: read from columns, attributes and relations, and written."""

from __future__ import annotations

import ast
import re

import pandas as pd
import pytest

import motifcount as mc
from motifcount import files

GRAPH = mc.Graph.from_edges(["a", "b", "a", "d"], ["b", "c", "c", "a"], kinds=["+", "-", "?", "+"])
COLUMN = {"sif": "relation", "txt": 2, "edges": 2}


def kinds_of(graph):
    ends = zip(*graph.to_scipy().nonzero(), strict=True)
    return {(graph.labels[u], graph.labels[v]): kind for (u, v), kind in zip(ends, graph.kinds.tolist(), strict=True)}


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt", "edges", "sif", "json", "graphml", "gml", "gexf"])
def test_written_and_read(tmp_path, ending):
    path = tmp_path / f"graph.{ending}"
    files.write_graph(GRAPH, path)
    assert mc.read_graph(path, kinds=COLUMN.get(ending, "kind")) == GRAPH
    assert mc.read_graph(path).kinds is None


@pytest.mark.parametrize("ending", ["npz", "mtx"])
def test_signs_in_matrices(tmp_path, ending):
    graph = mc.Graph.from_edges([0, 1, 0], [1, 2, 2], kinds=["+", "-", "+"])
    path = tmp_path / f"graph.{ending}"
    files.write_graph(graph, path)
    assert mc.read_graph(path, kinds="sign") == graph
    with pytest.warns(UserWarning, match="kinds of edges are left out"):
        files.write_graph(mc.Graph(graph, kinds={"+": "a", "-": "b"}), path)
    with pytest.warns(UserWarning, match="kinds of edges are left out"):
        files.write_graph(mc.Graph(graph, weights=[1, 2, 3]), path)


def table(tmp_path, text, ending="csv"):
    path = tmp_path / f"table.{ending}"
    path.write_text(text)
    return path


def test_signs_of_weights(tmp_path):
    path = table(tmp_path, "source,target,weight,effect\n1,2,-3,x\n2,3,4,y\n1,3,0,y\n1,2,-1,x\n")
    graph, report = files.read_with_report(path, kinds="sign")
    assert graph.kinds.tolist() == ["-", "+"]
    assert graph.dropped == {"self-loops": 0, "duplicates": 1, "weight 0": 1}
    assert mc.read_graph(path, kinds="effect").kinds.tolist() == ["x", "y"]
    assert mc.read_graph(path, kinds=3) == mc.read_graph(path, kinds="effect")
    frame = pd.read_csv(path)
    assert mc.Graph(frame, kinds="sign") == graph == mc.Graph.from_edges(frame, kinds="sign")
    assert report.columns["weight"] == "'weight'"


def test_a_column_is_told_and_no_relation_that_is_not_used(tmp_path):
    path = table(tmp_path, "regulator,target,sign\ncrp,araC,+\ncrp,malT,-\n")
    assert files.read_with_report(path)[1].columns["relation (not used)"] == "'sign'"
    graph, report = files.read_with_report(path, kinds=2)
    assert report.columns == {"source": "'regulator'", "target": "'target'", "kinds": "'sign'"}
    assert (graph.labels, graph.kinds.tolist()) == (("araC", "crp", "malT"), ["+", "-"])
    with pytest.raises(ValueError, match="kinds='sign' is the sign of weights"):
        mc.read_graph(path, kinds="sign")


def test_thresholds_and_undirected_edges(tmp_path):
    path = table(tmp_path, "source,target,weight,kind\n1,2,3,a\n1,2,3,a\n2,3,4,b\n3,1,9,b\n")
    assert mc.read_graph(path, kinds="kind", threshold=5).kinds.tolist() == ["a", "b"]
    both = mc.read_graph(path, kinds="kind", undirected=True)
    assert both.kinds.tolist() == ["a", "b", "a", "b", "b", "b"]


def test_lines_that_disagree(tmp_path):
    path = table(tmp_path, "source,target,kind\nx,y,act\nx,y,rep\n")
    with pytest.raises(ValueError, match="the edge from 'x' to 'y' is listed with two kinds, 'act' and 'rep'"):
        mc.read_graph(path, kinds="kind")


def test_relations_of_sif(tmp_path):
    path = table(tmp_path, "a act b c\nb rep c\nd\n", "sif")
    graph, report = files.read_with_report(path, kinds="relation")
    assert (graph.kinds.tolist(), graph.n_nodes) == (["act", "act", "rep"], 4)
    assert report.columns["kinds"] == "second (act, rep)"


@pytest.mark.parametrize(
    ("ending", "text", "kinds", "message"),
    [
        ("csv", "source,target\n1,2\n", "kind", "no column has this name"),
        ("csv", "source,target,kind\n1,2,x\n", "target", "is a column of ends"),
        ("csv", "source,target,kind\n1,2,\n2,3,x\n", "kind", "a kind for every edge"),
        ("csv", "source,target,kind\n1,2,+\n2,3,\u2212\n", "kind", "look the same; write '-' for each"),
        ("csv", "source,target,kind\n1,2,1\n2,3,1.0\n", "kind", "'1', '1.0' some are one number"),
        (
            "json",
            '{"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
            "kind",
            "must have this attr",
        ),
        ("sif", "a act b\n", "sign", "their relations are kinds by kinds='relation'"),
        ("sif", "a act b\n", "kind", "their relations are kinds by kinds='relation'"),
        ("net", "*Vertices 2\n*Arcs\n1 2 1\n", "kind", "says nothing about this format"),
    ],
)
def test_what_is_not_there(tmp_path, ending, text, kinds, message):
    with pytest.raises(ValueError, match=message):
        mc.read_graph(table(tmp_path, text, ending), kinds=kinds)


CODEX = (
    "pre_root_id,post_root_id,neuropil,syn_count,nt_type\n"
    "1,2,AL,5,ACH\n1,2,MB,7,ACH\n2,3,AL,6,GABA\n3,1,AL,9,GLUT\n1,3,AL,5,DA\n2,1,AL,1,SER\n3,2,AL,5,OCT\n"
)
SIGN_OF = {"ACH": "+", "GABA": "-", "GLUT": "-", "DA": None, "SER": None, "OCT": None}


def test_a_table_of_what_values_stand_for(tmp_path):
    path = table(tmp_path, CODEX)
    graph, report = files.read_with_report(path, kinds={"nt_type": SIGN_OF}, threshold=6)
    assert (graph.labels, graph.kinds.tolist()) == ((1, 2, 3), ["+", "-", "-"])
    assert report.dropped["of no kind"] == 3
    assert report.columns["kinds"] == "'nt_type'"
    assert mc.Graph(pd.read_csv(path), kinds={4: SIGN_OF}) == mc.read_graph(path, kinds={"nt_type": SIGN_OF})
    with pytest.raises(ValueError, match="at most 4 different labels, not 6"):
        mc.read_graph(path, kinds="nt_type")
    with pytest.raises(ValueError, match=r"'GLUT'; .* as kinds=\{'nt_type': \{'GLUT': '\+'\}\}, or none"):
        mc.read_graph(path, kinds={"nt_type": {"ACH": "+", "GABA": "-"}})
    with pytest.raises(ValueError, match="not 2 columns"):
        mc.read_graph(path, kinds={"nt_type": {}, "neuropil": {}})
    with pytest.raises(TypeError, match="kinds must lead from a column to a table of its values, not to 3"):
        mc.read_graph(path, kinds={"nt_type": 3})


def test_a_table_where_edges_go_both_ways(tmp_path):
    path = table(tmp_path, "Source,Target,Type,kind\na,b,Undirected,x\nb,c,Directed,y\nc,d,Directed,z\n")
    graph = mc.read_graph(path, kinds={"kind": {"x": "+", "y": None, "z": "-"}}, undirected=True)
    assert graph.kinds.tolist() == ["+", "+", "-"]


SIGNS_WITHOUT_WEIGHTS = {
    "a column called sign": ("source,target,sign\na,b,+\nb,c,-\na,c,+\n", "kinds=2"),
    "a column of effects": ("source,target,effect\na,b,+\nb,c,-\na,c,+\n", "kinds='effect'"),
    "numbers, no header": ("a b 1\nb c -1\na c 2\n", "weight=2"),
    "numbers under another name": ("source,target,influence\na,b,1\nb,c,-1\na,c,2\n", "weight='influence'"),
}


@pytest.mark.parametrize("name", SIGNS_WITHOUT_WEIGHTS)
def test_signs_without_weights_name_the_column_that_may_hold_them(tmp_path, name):
    text, way = SIGNS_WITHOUT_WEIGHTS[name]
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=rf"kinds='sign' is the sign of weights.* say {re.escape(way)}"):
        mc.read_graph(path, kinds="sign")
    option, _, value = way.partition("=")
    graph = mc.read_graph(path, **{"kinds": "sign", option: ast.literal_eval(value)})
    assert kinds_of(graph) == {("a", "b"): "+", ("b", "c"): "-", ("a", "c"): "+"}


def test_signs_where_nothing_holds_weights(tmp_path):
    (tmp_path / "a.csv").write_text("source,target\na,b\nb,c\n")
    with pytest.raises(ValueError, match="nothing else holds numbers"):
        mc.read_graph(tmp_path / "a.csv", kinds="sign")


LINKS = ", ".join(
    f'{{"source": "{u}", "target": "{v}", "sign": "{sign}", "weight": {w}}}' for u, v, sign, w in ["ab+3", "bc-2"]
)
SIGNED = f'{{"directed": true, "nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "c"}}], "links": [{LINKS}]}}'
CALLED_SIGN = {
    "a table": ("csv", "source,target,sign\na,b,1\nb,c,-1\n", {"1": "up", "-1": "down"}),
    "a table by integers": ("csv", "source,target,sign\na,b,1\nb,c,-1\n", {1: "up", -1: "down"}),
    "weights beside it": ("csv", "source,target,weight,sign\na,b,-3,+\nb,c,2,-\n", {"+": "up", "-": "down"}),
    "JSON": ("json", SIGNED, {"+": "up", "-": "down"}),
}


@pytest.mark.parametrize("case", CALLED_SIGN)
def test_a_table_of_values_belongs_to_a_column_called_sign(tmp_path, case):
    ending, text, values = CALLED_SIGN[case]
    path = table(tmp_path, text, ending)
    graph = mc.read_graph(path, kinds={"sign": values})
    assert kinds_of(graph) == {("a", "b"): "up", ("b", "c"): "down"}


SIGNS_OR_WEIGHTS = {
    "two attributes": ("weight", r"may be the sign of 'weight', or what 'sign' holds"),
    "no weight": ("reference", "nothing is known to hold any; if 'reference' holds them, say weight='reference'"),
}


@pytest.mark.parametrize("case", SIGNS_OR_WEIGHTS)
def test_signs_of_json_are_asked_for_where_two_attributes_may_tell_them(tmp_path, case):
    name, says = SIGNS_OR_WEIGHTS[case]
    path = table(tmp_path, SIGNED.replace("weight", name), "json")
    with pytest.raises(ValueError, match=says) as refused:
        mc.read_graph(path, kinds="sign")
    assert mc.read_graph(path, kinds="sign", weight=name).kinds.tolist() == ["+", "+"]
    if offered := str(refused.value).partition(", or kinds=")[2]:
        assert kinds_of(mc.read_graph(path, kinds=ast.literal_eval(offered))) == {("a", "b"): "+", ("b", "c"): "-"}


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt", "sif"])
@pytest.mark.parametrize("kind", ["tab\t", "NA", " x"])
def test_kinds_that_would_read_back_as_others_are_not_written(tmp_path, ending, kind):
    graph = mc.Graph.from_edges(["a", "b"], ["b", "c"], kinds=[kind, "y"])
    path = tmp_path / f"a.{ending}"
    if (ending, kind) == ("sif", "NA"):
        files.write_graph(graph, path)
        assert mc.read_graph(path, kinds="relation") == graph
        return
    with pytest.raises(ValueError, match="cannot hold this graph"):
        files.write_graph(graph, path)
    assert not path.exists()


def test_the_column_of_weights_is_no_relation(tmp_path):
    path = table(tmp_path, "source,target,sign\na,b,1\nb,c,-1\n")
    report = files.read_with_report(path, kinds="sign", weight="sign")[1]
    assert report.columns == {"source": "'source'", "target": "'target'", "weight": "'sign'"}
