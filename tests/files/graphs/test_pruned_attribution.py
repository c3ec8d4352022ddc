"""Attribution graphs pruned by influence, against the pruning as it is published."""

from __future__ import annotations

import json

import numpy as np
import pytest

import motifcount as mc
from motifcount import files
from support.attribution import TYPES, changed, kinds_by_label, link, node


@pytest.fixture
def read(tmp_path):
    def read_(content, **options):
        path = tmp_path / "graph.json"
        path.write_text(json.dumps(content))
        return files.read_with_report(path, **options)

    return read_


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
