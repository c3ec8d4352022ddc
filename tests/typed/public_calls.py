"""Calls that work at run time, which mypy must accept with the types that they give: the hook mypy-calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_type

import numpy as np

import motifcount as mc

if TYPE_CHECKING:
    import pandas as pd

adj = np.eye(4, k=1)
sizes = (3, [3, 4], (2, 3), range(2, 4), {2, 3}, np.array([2, 3]).tolist())


def main() -> None:
    for size in sizes:
        mc.count(adj, size)
    counts = mc.count(adj, [2, 3], induced=False, by_node=True)
    assert_type(counts, mc.MotifCounts)
    assert_type(counts["030T"], int)
    assert_type(dict(counts), dict[str, int])
    result = mc.significance(mc.Graph(adj, layers="infer"), "degree", size=range(3, 5), samples=5, seed=1)
    assert_type(result, mc.Significance)
    assert_type(result.z["bifan"], float)
    assert_type(result["bifan"].z, float)
    assert_type(result.select(["bifan"]).sort("p_adjusted"), mc.Significance)
    assert_type(mc.Significance.from_json(result.to_json()), mc.Significance)
    mc.significance(adj, mc.nulls.Degree(keep_mutual=True), samples=5)
    mc.mixing.trace(adj, size=[2, 3])
    signed = mc.Graph(adj, kinds="sign")
    found = mc.count(signed, by_kind=True).by_kind
    assert found is not None
    assert_type(found["030T"][mc.FEED_FORWARD_LOOPS["C1"]], int)
    mc.significance(signed, mc.nulls.ShuffleKinds(within_blocks=False), by_kind=True, samples=5)
    one, other = (np.random.default_rng(seed).random((20, 20)) < 0.25 for seed in (1, 2))
    compared = mc.compare({"a": one, "b": other}, null="dyad_count", samples=0)
    assert_type(compared, mc.Comparison)
    assert_type(compared.names, tuple[str, ...])
    mc.compare(iter([one, one, other]), iter("aab"), null="dyad_count", samples=0)
    mc.cooccurrence(adj, "030T", roles=["a", "b"])
    mc.Graph.from_layers(iter([adj, adj]), biases=iter([None, None]))
    mc.find(adj, "chain", limit=3, nodes=[0, 1], weights=adj).tolist()
    for rows in mc.find_chunks(adj, "chain", 2, arcs=[(0, 1)]):
        rows.sum()
    if TYPE_CHECKING:
        assert_type(counts.to_frame(), pd.DataFrame)
        assert_type(result.to_frame(), pd.DataFrame)


def masks_in(path: Path) -> Path:
    np.savez(path, a=np.ones((2, 3)), b=np.ones((4, 2)))
    return path


def graphs(path: Path) -> list[mc.Graph]:
    pairs = [("a", "b"), ("b", "c"), ("a", "c")]
    graph = mc.Graph.from_edges(pairs, layers={"a": 0, "b": 1, "c": 2})
    assert_type(graph, mc.Graph)
    assert_type(graph.dropped, dict[str, int])
    mc.Graph(mc.Graph(adj, kinds="sign"), kinds={"+": "act", "-": "rep"})
    mc.files.write_graph(mc.Graph.from_edges(["x", "y"], ["y", "z"], kinds=["+", "-"]), path)
    mc.read_graph(path, kinds="kind")
    ends, table = ["source", "target"], {"kind": {"+": "act", "-": None}}
    mc.read_graph(path, columns=ends, kinds=table)
    mc.read_graph(masks_in(path.with_suffix(".npz")), order=["b", "a"])
    mc.files.write_graph(graph, path)
    mc.report([mc.significance(graph, samples=5, seed=1)], path.with_suffix(".html"), graph=graph)
    return [graph, mc.Graph.from_edges([0, 1], [1, 2]), mc.Graph(pairs), mc.read_graph(path), mc.randomize(adj, seed=1)]
