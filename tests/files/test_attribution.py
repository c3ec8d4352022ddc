"""Attribution graphs of language models: layers, signs, ids of two nodes, errors, thresholds."""

from __future__ import annotations

import json

import numpy as np
import pytest

import motifcount as mc
from motifcount import files

TYPES = {
    "token": "embedding",
    "feature": "cross layer transcoder",
    "attention": "lorsa",
    "error": "mlp reconstruction error",
    "logit": "logit",
}


def node(name, kind, layer, position=1, **more):
    return {
        "node_id": name,
        "jsNodeId": f"{name}-0",
        "feature": 0,
        "layer": layer,
        "ctx_idx": position,
        "feature_type": TYPES[kind],
        "clerp": "",
        **more,
    }


def link(source, target, weight):
    return {"source": source, "target": target, "weight": weight}


TOY = {
    "metadata": {"slug": "toy", "scan": "toy-model", "schema_version": 1, "prompt": "ab", "prompt_tokens": ["a", "b"]},
    "qParams": {"pinnedIds": [], "supernodes": [["pair", "0_7_1", "1_3_1"]], "linkType": "both"},
    "nodes": [
        node("E_97_0", "token", "E", 0),
        node("0_7_1", "feature", "0", influence=0.4),
        node("1_3_1", "feature", "1", influence=0.7),
        node("1_-1_1", "error", "1", influence=0.9),
        node("3_99_1", "logit", "3", token_prob=0.9, is_target_logit=True),
    ],
    "links": [
        link("E_97_0", "0_7_1", 2.5),
        link("0_7_1", "1_3_1", 0.5),
        link("0_7_1", "3_99_1", 1.25),
        link("1_3_1", "3_99_1", -0.75),
        link("1_-1_1", "3_99_1", 0.1),
    ],
}


@pytest.fixture
def read(tmp_path):
    def read_(content, **options):
        path = tmp_path / "graph.json"
        path.write_text(json.dumps(content))
        return files.read_with_report(path, **options)

    return read_


def kinds_by_label(graph):
    src, dst = graph.to_scipy().nonzero()
    ends = [(graph.labels[u], graph.labels[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True)]
    return dict(zip(ends, graph.kinds.tolist(), strict=True))


def changed(**parts):
    return TOY | parts


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
    assert "layers are numbered: 0 is the embeddings, 1 is layer 0, 2 is layer 1, 3 is the logits" in report.notes
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


def random_graph(seed, n_layers=5, width=6):
    rng = np.random.default_rng(seed)
    nodes = [node(f"t{k}", "token", "E", k) for k in range(3)]
    nodes += [
        node(f"{k}_{j}", "feature", str(k), 1, influence=float(rng.random()))
        for k in range(n_layers)
        for j in range(width)
    ]
    nodes += [node(f"e{k}", "error", str(k), 1, influence=float(rng.random())) for k in range(n_layers)]
    nodes += [node(f"z{k}", "logit", "9", 1, token_prob=p) for k, p in enumerate((0.6, 0.3))]
    rank = {each["node_id"]: -1 if each["layer"] == "E" else int(each["layer"]) for each in nodes}
    links = [
        link(a["node_id"], b["node_id"], float(rng.normal()))
        for a in nodes
        for b in nodes
        if rank[a["node_id"]] < rank[b["node_id"]] and b["feature_type"] != TYPES["error"] and rng.random() < 0.4
    ]
    return changed(nodes=nodes, links=links)


def pruned_by_force(content, threshold):
    """The pruning as it is published, with dense matrices and powers: rows are targets."""
    names = [each["node_id"] for each in content["nodes"]]
    kinds = {each["node_id"]: each["feature_type"] for each in content["nodes"]}
    place = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for each in content["links"]:
        matrix[place[each["target"]], place[each["source"]]] = abs(each["weight"])
    normalized = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1e-300)
    logits = np.array([each.get("token_prob", 0) for each in content["nodes"]])
    influence, power = logits.copy(), logits
    for _ in names:
        power = power @ normalized
        influence = influence + power
    scores = normalized * influence[:, None]
    ordered = np.sort(scores.ravel())[::-1]
    least = ordered[np.searchsorted(np.cumsum(ordered) / ordered.sum(), threshold)]
    live = (scores >= least) & (scores > 0)
    keep = set(names)
    while True:
        ends = [(names[v], names[u]) for u, v in np.argwhere(live) if names[u] in keep and names[v] in keep]
        has_out, has_in = {a for a, _ in ends}, {b for _, b in ends}
        dead = {
            name
            for name in keep
            if kinds[name] not in ("embedding", "logit")
            and (name not in has_out or (kinds[name] != TYPES["error"] and name not in has_in))
        }
        if not dead:
            return keep, set(ends)
        keep -= dead


@pytest.mark.parametrize("threshold", [0.5, 0.8, 0.98])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_edge_threshold(read, seed, threshold):
    content = random_graph(seed)
    graph, _ = read(content, errors=True, edge_threshold=threshold)
    keep, ends = pruned_by_force(content, threshold)
    assert set(graph.labels) == keep
    assert set(kinds_by_label(graph)) == ends
    assert len(ends) < len(content["links"])


def test_node_threshold(read):
    content = random_graph(4)
    graph, _ = read(content, errors=True, node_threshold=0.5)
    assert set(graph.labels) == {
        each["node_id"]
        for each in content["nodes"]
        if each["feature_type"] in ("embedding", "logit") or each["influence"] <= 0.5
    }


def test_significance_with_layers_as_ranks(read):
    graph, _ = read(random_graph(5, width=8))
    result = mc.significance(graph, samples=20, seed=1)
    assert result.status["030T"] == "varies"
    signs = mc.significance(graph, mc.nulls.ShuffleKinds(within_blocks=True), by_kind=True, samples=20, seed=1)
    assert any(name.startswith("030T") for name in signs.shown_classes)


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
