"""A small attribution graph, and its parts."""

from __future__ import annotations

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


def kinds_by_label(graph):
    src, dst = graph.to_scipy().nonzero()
    ends = [(graph.labels[u], graph.labels[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True)]
    return dict(zip(ends, graph.kinds.tolist(), strict=True))


def changed(**parts):
    return TOY | parts
