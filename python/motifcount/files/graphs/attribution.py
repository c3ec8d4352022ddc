"""Attribution graphs of language models, as circuit-tracer and Neuronpedia write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from motifcount.files.edges import Edges
from motifcount.files.graphs.attributes import number
from motifcount.files.options import Options
from motifcount.files.report import ReadReport

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Nodes = Sequence[Mapping[str, Any]]

_LAST = float("inf")  # rank of the logits, whose layers are numbered otherwise by every program


def is_attribution(nodes: _Nodes) -> bool:
    """Tell whether all nodes say what they are of a model, as those of attribution graphs do."""
    return bool(nodes) and all("feature_type" in node and "node_id" in node for node in nodes)


def read(nodes: _Nodes, links: _Nodes, options: Options) -> Edges:
    """Return the edges of an attribution graph, its layers and the signs of its weights.

    Nodes of reconstruction errors are left out unless asked for. Layers are ranks: embeddings, then the layers of the
    model, attention before the MLP of one, then logits. Parallel links are added up.

    Raises
    ------
    ValueError
        If two nodes that are no errors have one id, a layer is no number, or links make a cycle.
    """
    nodes = [node for node in nodes if not node.get("isJsVirtual")]
    notes: list[str] = []
    labels, ambiguous = _labels(nodes)
    src, dst, weight = _links(nodes, labels, links, ambiguous, notes)
    keep = np.ones(len(nodes), bool)
    if not options.errors and (errors := np.array(list(map(_is_error, nodes)))).any():
        keep &= ~errors
        lost = int((errors[src] | errors[dst]).sum())
        way = f"{options.say('errors', True)} keeps them"
        notes.append(f"{int(errors.sum()):,} nodes of errors are left out, with {lost:,} links; {way}")
    if options.node_threshold is not None:
        influence = np.array([_influence(node) for node in nodes])
        keep &= (influence <= options.node_threshold) | np.array([not _is_prunable(node) for node in nodes])
    live = keep[src] & keep[dst]
    if options.edge_threshold is not None:
        live &= _strong(nodes, src, dst, np.where(live, weight, 0), options.edge_threshold)
        keep &= _connected(nodes, keep, src[live], dst[live])
        live &= keep[src] & keep[dst]
    total = np.abs(weight).sum()
    notes.append(f"links with {np.abs(weight[live]).sum() / total if total else 1:.1%} of all |weight| are kept")
    place = np.cumsum(keep) - 1
    kept = [node for node, is_kept in zip(nodes, keep, strict=True) if is_kept]
    attributes = _attributes(kept, notes)
    report = ReadReport("attribution graph", columns={"node": "'node_id'", "weight": "'weight'"}, notes=tuple(notes))
    names = tuple(label for label, is_kept in zip(labels, keep, strict=True) if is_kept)
    return Edges(
        place[src[live]],
        place[dst[live]],
        names,
        len(names),
        report,
        weight[live],
        attributes=attributes,
        is_signed=True,
    )


def _is_error(node: Mapping[str, Any]) -> bool:
    return "error" in str(node["feature_type"])


def _is_prunable(node: Mapping[str, Any]) -> bool:
    """Whether a node is a feature or an error: embeddings and logits always stay."""
    return node["feature_type"] not in ("embedding", "logit")


def _influence(node: Mapping[str, Any]) -> float:
    """Return the share of all influence at which a node comes in, which files call its influence."""
    return -_LAST if node.get("influence") is None else _number(node, "influence")


def _number(node: Mapping[str, Any], key: str) -> float:
    """Return a number that a node has, 0 where it has none."""
    try:
        return float(node.get(key) or 0)
    except (TypeError, ValueError):
        raise ValueError(f"node {node['node_id']!r} has the {key} {node[key]!r}, where a number must be") from None


def _labels(nodes: _Nodes) -> tuple[list[str], set[str]]:
    """Return what nodes are called, and the ids that links may mean either of two nodes by.

    Files written before June 2026 give an error node of layer L the id of the feature L of layer 0.
    """
    ids = [str(node["node_id"]) for node in nodes]
    twice = {name for name, n in Counter(ids).items() if n > 1}
    labels = [
        f"{node['layer']}_-1_{node.get('ctx_idx')}" if name in twice and _is_error(node) else name
        for name, node in zip(ids, nodes, strict=True)
    ]
    for label, n in Counter(labels).items():
        if n > 1:
            raise ValueError(f"two nodes have the node_id {label!r}, and links to it may mean either")
    return labels, twice


def _links(
    nodes: _Nodes, labels: Sequence[str], links: _Nodes, ambiguous: set[str], notes: list[str]
) -> tuple[_Ints, _Ints, _Floats]:
    """Return ends and weights of links between nodes, parallel ones added up."""
    place = {label: k for k, label in enumerate(labels)}
    virtual = [link for link in links if not link.get("isJsVirtual")]
    ends = [(str(link.get("source")), str(link.get("target"))) for link in virtual]
    known = [source in place and target in place for source, target in ends]
    if n_lost := len(known) - sum(known):
        notes.append(f"{n_lost:,} links name nodes that there are not, and are left out")
    if n_either := sum(source in ambiguous or target in ambiguous for source, target in ends):
        notes.append(
            f"{n_either:,} links name an id of two nodes; they are taken as those of the feature, not of the error"
        )
    pairs: dict[tuple[int, int], float] = {}
    for (source, target), link, is_known in zip(ends, virtual, known, strict=True):
        if is_known and link.get("weight") is not None:
            pair = place[source], place[target]
            pairs[pair] = pairs.get(pair, 0.0) + number(link["weight"])
    src, dst = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
    return src, dst, np.array(list(pairs.values()), dtype=np.float64)


def _strong(nodes: _Nodes, src: _Ints, dst: _Ints, weight: _Floats, threshold: float) -> npt.NDArray[np.bool_]:
    """Return the smallest set of links that carry this share of all influence on the logits.

    The weights of links to a node are taken as shares of |weight|; the influence of a node is what reaches the logits
    from it along all ways, and that of a link its share times the influence of its target, as circuit-tracer has it.
    """
    n = len(nodes)
    received = np.bincount(dst, np.abs(weight), n)
    share = np.divide(np.abs(weight), received[dst], out=np.zeros(len(weight)), where=received[dst] > 0)
    ways = sp.csr_array((share, (src, dst)), shape=(n, n))
    step = np.array([_number(node, "token_prob") if node["feature_type"] == "logit" else 0.0 for node in nodes])
    influence = step.copy()
    for _ in range(n):
        step = ways @ step
        if not step.any():
            break
        influence += step
    else:
        raise ValueError("links of an attribution graph must not lead back to where they come from; some make a cycle")
    of_link = share * influence[dst]
    order = np.argsort(-of_link, kind="stable")
    before = np.concatenate(([0.0], np.cumsum(of_link[order])[:-1]))
    strong = np.zeros(len(weight), bool)
    strong[order[before < threshold * of_link.sum()]] = True
    return strong


def _connected(nodes: _Nodes, keep: npt.NDArray[np.bool_], src: _Ints, dst: _Ints) -> npt.NDArray[np.bool_]:
    """Drop features without a link in or out, and errors without one out, until none is left."""
    keep = keep.copy()
    prunable = np.array(list(map(_is_prunable, nodes)), dtype=bool)
    needs_in = prunable & ~np.array(list(map(_is_error, nodes)), dtype=bool)
    while True:
        live = keep[src] & keep[dst]
        has_out = np.bincount(src[live], minlength=len(nodes)) > 0
        has_in = np.bincount(dst[live], minlength=len(nodes)) > 0
        dead = keep & ((prunable & ~has_out) | (needs_in & ~has_in))
        if not dead.any():
            return keep
        keep &= ~dead


def _attributes(nodes: _Nodes, notes: list[str]) -> dict[str, list[Any]]:
    """Return what may be layers of nodes: their rank, and their rank and place in the prompt together."""
    keys = [_key(node) for node in nodes]
    ranks = {key: k for k, key in enumerate(sorted(set(keys)))}
    words = {ranks[key]: _written(key) for key in ranks}
    notes.append(f"the attribute 'layer' is numbered: {', '.join(f'{k} is {word}' for k, word in words.items())}")
    layer = [ranks[key] for key in keys]
    positions = [int(_number(node, "ctx_idx")) for node in nodes]
    both = list(zip(layer, positions, strict=True))
    place = {pair: k for k, pair in enumerate(sorted(set(both)))}
    return {
        "layer": layer,
        "position": positions,
        "layer and position": [place[pair] for pair in both],
        "feature_type": [str(node["feature_type"]) for node in nodes],
    }


def _key(node: Mapping[str, Any]) -> tuple[float, int]:
    """Return the layer of a node, and whether it comes after the attention of that layer."""
    kind, layer = str(node["feature_type"]), str(node.get("layer"))
    if kind == "logit":
        return _LAST, 0
    if kind == "embedding" or layer == "E":
        return -1, 0
    try:
        return int(layer), int("lorsa" not in kind)
    except ValueError:
        raise ValueError(f"node {node['node_id']!r} has the layer {layer!r}, which is neither a number nor E") from None


def _written(key: tuple[float, int]) -> str:
    layer, part = key
    if layer == _LAST:
        return "the logits"
    return "the embeddings" if layer < 0 else f"layer {layer:.0f}" + ("" if part else ", attention")
