"""Attribution graphs of language models: layers, signs, ids of two nodes, errors, thresholds."""

from __future__ import annotations

import json

import pytest

import motifcount as mc
from motifcount import files
from support.attribution import TOY, changed, kinds_by_label, link, node


@pytest.fixture
def read(tmp_path):
    def read_(content, **options):
        path = tmp_path / "graph.json"
        path.write_text(json.dumps(content))
        return files.read_with_report(path, **options)

    return read_


def test_the_toy_graph(read):
    graph, report = read(TOY)
    assert dict(zip(graph.labels, graph.layers.tolist(), strict=True)) == {
        "E_97_0": 0,
        "0_7_1": 1,
        "1_3_1": 2,
        "3_99_1": 3,
    }
    assert kinds_by_label(graph)["1_3_1", "3_99_1"] == "-"
    loops = [row for row in mc.count(graph, 3, by_kind=True).rows_by_kind() if row[0] == "030T" and row[-1]]
    assert loops == [("030T", "+-+", "I1", "incoherent", 1)]
    assert report.format == "attribution graph"
    assert "1 nodes of errors are left out, with 1 links; errors=True keeps them" in report.notes
    assert "links with 98.0% of all |weight| are kept" in report.notes
    assert (
        "the attribute 'layer' is numbered: 0 is the embeddings, 1 is layer 0, 2 is layer 1, 3 is the logits"
        in report.notes
    )
    assert mc.read_graph is files.read_graph


def test_errors_are_kept_on_demand(read):
    graph, report = read(TOY, errors=True)
    assert (graph.n_nodes, graph.n_edges) == (5, 5)
    assert "links with 100.0% of all |weight| are kept" in report.notes


def test_other_layers_and_kinds(read):
    graph, _ = read(TOY, layers="layer and position")
    assert graph.layers.tolist() == [0, 1, 2, 3]
    assert read(TOY, layers="position")[0].layers.tolist() == [0, 1, 1, 1]
    assert read(TOY, layers="infer")[0].layers.tolist() == [0, 1, 2, 3]
    kinded = changed(links=[each | {"part": "a"} for each in TOY["links"]])
    with pytest.raises(ValueError, match="says nothing about this format"):
        read(kinded, kinds="part")


def test_attention_comes_before_the_mlp_of_its_layer_and_logits_last(read):
    nodes = [
        node("a", "token", "E", 0),
        node("mlp", "feature", 0),
        node("attention", "attention", 0),
        node("late", "feature", 7),
        node("out", "logit", 3),
    ]
    links = [link("a", "attention", 1), link("attention", "mlp", -1), link("mlp", "late", 1), link("late", "out", 1)]
    graph, report = read(changed(nodes=nodes, links=links))
    assert dict(zip(graph.labels, graph.layers.tolist(), strict=True)) == {
        "a": 0,
        "attention": 1,
        "mlp": 2,
        "late": 3,
        "out": 4,
    }
    assert "1 is layer 0, attention" in " ".join(report.notes)


def test_ids_of_two_nodes(read):
    """An old error node of layer 5 at position 2 has the id of feature 5 of layer 0 there."""
    nodes = [node("0_5_2", "error", "5", 2), node("0_5_2", "feature", "0", 2), node("9_1_2", "logit", "9", 2)]
    graph, report = read(changed(nodes=nodes, links=[link("0_5_2", "9_1_2", 1)]), errors=True)
    assert set(graph.labels) == {"5_-1_2", "0_5_2", "9_1_2"}
    assert kinds_by_label(graph) == {("0_5_2", "9_1_2"): "+"}
    assert any(note.startswith("1 links name an id of two nodes") for note in report.notes)
    with pytest.raises(ValueError, match="two nodes have the node_id '0_5_2'"):
        read(changed(nodes=[*nodes, nodes[1]], links=[]))


def test_what_is_no_link(read):
    links = [
        *TOY["links"],
        link("0_7_1", "nowhere", 1),
        link("0_7_1", "1_3_1", -2),  # parallel: 0.5 - 2
        link("E_97_0", "1_3_1", None),
        link("E_97_0", "3_99_1", 0),
        link("0_7_1", "0_7_1", 1),
        link("E_97_0", "3_99_1", 4) | {"isJsVirtual": True},
    ]
    nodes = [*TOY["nodes"], node("virtual", "feature", "1") | {"isJsVirtual": True}]
    graph, report = read(changed(nodes=nodes, links=links))
    assert kinds_by_label(graph)["0_7_1", "1_3_1"] == "-"
    assert (graph.n_nodes, graph.n_edges) == (4, 4)
    assert graph.dropped == {"self-loops": 1, "duplicates": 0, "weight 0": 1}
    assert any(note.startswith("1 links name nodes that there are not") for note in report.notes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edge_threshold": 1.5}, "edge_threshold must be a number from 0 to 1"),
        ({"node_threshold": -1}, "node_threshold must be a number from 0 to 1"),
    ],
)
def test_thresholds_are_shares(read, options, message):
    with pytest.raises(ValueError, match=message):
        read(TOY, **options)


def test_other_json_has_no_such_options(read):
    plain = {"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}
    assert read(plain)[0].kinds is None
    with pytest.raises(ValueError, match="errors=True says nothing about this format"):
        read(plain, errors=True)


def test_what_is_refused(read):
    with pytest.raises(ValueError, match="has the layer 'x', which is neither a number nor E"):
        read(changed(nodes=[node("a", "feature", "x")], links=[]))
    for key in ("ctx_idx", "influence"):
        with pytest.raises(ValueError, match=rf"node 'a' has the {key} \[1\], where a number must be"):
            read(changed(nodes=[node("a", "feature", "1") | {key: [1]}], links=[]), node_threshold=0.5)
    nodes = [node("a", "feature", "1"), node("b", "feature", "1"), node("z", "logit", "2", token_prob=1.0)]
    links = [link("a", "b", 1), link("b", "a", 1), link("b", "z", 1)]
    with pytest.raises(ValueError, match="some make a cycle"):
        read(changed(nodes=nodes, links=links), edge_threshold=0.8)
