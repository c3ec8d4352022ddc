"""Results by seed stay what they are: counts, tables of samples, z and random graphs, of every null model.

``python tests/promises/test_pinned.py`` writes pinned.json anew, for a release that changes a random stream on purpose.
"""

from __future__ import annotations

import hashlib
import json
import random
import warnings
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

import motifcount as mc
from motifcount import nulls

PINNED = Path(__file__).with_name("pinned.json")
SEED = 20261128
EVERYWHERE = {  # null models that are asked for on each of the graphs
    "degree": "degree",
    "degree-3": mc.nulls.Degree(3),
    "degree-mutual": mc.nulls.Degree(keep_mutual=True),
    "edge_count": "edge_count",
    "cover": "cover",
}
CASES = {  # graph, null model and options, of what not all graphs can have or only small ones
    "degree, tetrads": ("mutual", "degree", {"size": (3, 4)}),
    "degree, triads kept": ("mutual", mc.nulls.Degree(3, keep_triads=True), {"size": (3, 4)}),
    "dyad_count": ("mutual", "dyad_count", {"size": (2, 3, 4)}),
    "dyad_count, layers": ("lateral", "dyad_count", {}),
    "soft_degree": ("mutual", "soft_degree", {}),
    "soft_degree, mutual": ("mutual", mc.nulls.SoftDegree(keep_mutual=True), {}),
    "soft_dyad_count": ("mutual", "soft_dyad_count", {}),
    "n_of_m": ("two of four", "n_of_m", {"size": (3, 4)}),
    "kinds": ("signs", "kinds", {"size": (2, 3), "by_kind": True}),
    "weights": ("weights", "weights", {"size": (2, 3)}),
    "masks": ("convolutions", mc.nulls.Masks(), {"size": (3, 4)}),
    "degree, kinds kept": ("signs", mc.nulls.Degree(keep_kinds=True), {"size": (2, 3), "by_kind": True}),
    "degree, wiring kept": (
        *("signs", mc.nulls.Degree(keep_kinds=True, keep_wiring=True)),
        {"size": (2, 3), "by_kind": True},
    ),
    "degree, mutual edges by kind": (
        *("signs", mc.nulls.Degree(keep_mutual=True, keep_kinds=True)),
        {"size": (2, 3), "by_kind": True},
    ),
    "degree, trades": ("large block", "degree", {"size": (3, 4)}),
    "degree, trades within a layer": ("large digraph", "degree", {"size": 3}),
}


def _random_edges(seed, n, m, *, hubs=False):
    """Edges from Python's own generator, whose floats are the same in every version."""
    draw = random.Random(seed).random
    node = (lambda: int(n * draw() ** 3)) if hubs else (lambda: int(n * draw()))
    return np.array([(node(), node()) for _ in range(m)]).reshape(-1, 2).T


def _masks(seed, sizes, density):
    draw = random.Random(seed).random
    return [np.array([[draw() < density for _ in range(b)] for _ in range(a)]) for a, b in pairwise(sizes)]


def _graphs():
    masks = _masks(3, (5, 9, 9, 4), 0.35)
    biases = [np.array([k % 3 != 0 for k in range(mask.shape[1])]) for mask in masks]
    dag = np.triu(_masks(4, (30, 30), 0.2)[0], 1)
    sparse_labels = mc.Graph.from_edges(*_random_edges(5, 80_000, 200), 80_000)
    with_mutual = np.hstack([_random_edges(6, 40, 150), _random_edges(6, 40, 150)[::-1, ::2]])
    lateral = mc.Graph.from_edges(*_random_edges(7, 60, 400), 60, layers=np.arange(60) % 3)
    return {
        "empty": mc.Graph.from_edges([], [], 5),
        "triangle": mc.Graph(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]])),
        "sparse": mc.Graph.from_edges(*_random_edges(1, 300, 900), 300),
        "dense": mc.Graph.from_edges(*_random_edges(2, 30, 700), 30),
        "hubs": mc.Graph.from_edges(*_random_edges(2, 500, 3000, hubs=True), 500),
        "mutual": mc.Graph.from_edges(*with_mutual, 40),
        "isolated": sparse_labels,
        "layered": mc.Graph.from_layers(masks),
        "biased": mc.Graph.from_layers(masks, biases),
        "clean": mc.Graph.from_layers(masks, biases).drop_ineffective(),
        "dag": mc.Graph(dag, layers=np.arange(30) // 5),
        "lateral": lateral,
        "groups": mc.Graph.from_edges(*_random_edges(8, 4000, 40000), 4000),
        "pendulum": mc.datasets.load("pendulum").drop_ineffective(),
    }


def _graphs_of_cases():
    graphs, draw = _graphs(), random.Random(9)
    mutual = graphs["mutual"]
    return {
        "mutual": mutual,
        "lateral": graphs["lateral"],
        "signs": mc.Graph(mutual, kinds=draw.choices("+-", (2, 1), k=mutual.n_edges)),
        "weights": mc.Graph(mutual, weights=np.arange(1.0, mutual.n_edges + 1)),
        "two of four": mc.Graph.from_layers([_two_of_four(draw, n_in, 8) for n_in in (16, 8)]),
        "convolutions": mc.Graph.from_module(_convolutions(draw), (1, 1, 6), conv="unrolled"),
        "large block": mc.Graph.from_layers(_masks(10, (160, 260), 0.5)),
        "large digraph": mc.Graph(_masks(11, (180, 180), 0.55)[0]),
    }


def _two_of_four(draw, n_in, n_out):
    order = [draw.sample(range(4), 4) for _ in range(n_in // 4 * n_out)]
    return np.array(order).reshape(n_out, n_in).T < 2


def _convolutions(draw):
    net = torch.nn.Sequential(torch.nn.Conv1d(1, 4, 3), torch.nn.ReLU(), torch.nn.Conv1d(4, 4, 3))
    for weight in net.parameters():
        weight.data = torch.tensor([float(draw.random() < 0.5) for _ in range(weight.numel())]).reshape(weight.shape)
    return net


def _digest(array):
    rows = "\n".join(" ".join(map(str, row)) for row in np.atleast_2d(array).tolist())
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


def _sizes(graph):
    return (2, 3, 4) if graph.layers is not None and graph.is_strictly_layered() else (2, 3)


def _edges(graph):
    coo = graph.to_scipy().tocoo()
    return np.stack([coo.row, coo.col])


def _tested(graph, null, **options):
    """Table of samples, z, adjusted p and statuses."""
    with warnings.catch_warnings(action="ignore"):
        result = mc.significance(graph, null, samples=60, seed=SEED, num_threads=2, **options)
        drawn = mc.randomize(graph, null, seed=SEED, num_threads=1)
    return {
        "table": _digest(result.samples_table),
        "swaps": [result.attempts, result.accepted],
        "z": {name: round(z, 9) for name, z in result.z.items() if z == z},
        "p_adjusted": {name: round(p, 9) for name, p in result.p_adjusted.items() if p == p},
        "ess": {name: round(ess, 6) for name, ess in result.ess.items()},
        "status": dict(result.status),
        "relations": dict(result.relations),
        "random": _digest(_edges(drawn)),
    }


def _tested_or_refused(graph, null):
    try:
        return _tested(graph, null, size=_sizes(graph))
    except (ValueError, NotImplementedError) as error:
        return str(error)


def _results(graph):
    counts = mc.count(graph, _sizes(graph), by_block=graph.layers is not None)
    subgraphs = mc.count(graph, _sizes(graph), induced=False, by_node=4 not in _sizes(graph) and graph.n_nodes < 10**5)
    blocks = {} if counts.by_block is None else {name: len(found) for name, found in counts.by_block.items()}
    return {
        "graph": repr(graph),
        "edges": _digest(_edges(graph)) if graph.n_nodes < 10**5 else "",
        "counts": dict(counts),
        "blocks": blocks,
        "subgraphs": dict(subgraphs),
        "by_node": "" if subgraphs.by_node is None else _digest(np.stack(list(subgraphs.by_node.values()))),
        "nulls": {name: _tested_or_refused(graph, null) for name, null in EVERYWHERE.items()},
    }


def _results_of_case(case):
    name, null, options = CASES[case]
    return _tested(_graphs_of_cases()[name], null, **options)


def _breakdowns(graph):
    """Counts by node, role and arc, and by kind where edges have some, of all classes of four nodes too."""
    counts = mc.count(graph, (2, 3, 4), by_node=True, by_role=True)
    few = mc.count(graph, by_arc=True, by_kind=graph.kinds is not None)
    by_kind = {} if few.by_kind is None else {f"{row[0]} {row[1]}": row[4] for row in few.rows_by_kind()}
    tables = {"by_node": counts.by_node, "by_role": counts.by_role, "by_arc": few.by_arc}
    columns = {name: np.column_stack([*table.values()]) for name, table in tables.items()}
    return {"counts": dict(counts), "by_kind": by_kind, **{name: _digest(table) for name, table in columns.items()}}


def _all_results():
    found = {name: _results(graph) for name, graph in _graphs().items()}
    found |= {f"{name}, broken down": _breakdowns(graph) for name, graph in _graphs_of_cases().items()}
    found |= {case: _results_of_case(case) for case in CASES}
    return json.loads(json.dumps(found))


def test_every_null_model_is_pinned():
    pinned = [*EVERYWHERE.values(), *(null for _, null, _ in CASES.values())]
    assert {nulls.resolve(null).name for null in pinned} == set(nulls.MODELS)


@pytest.mark.slow
def test_results_by_seed_are_what_they_were():
    known, found = json.loads(PINNED.read_text()), _all_results()
    assert list(found) == list(known)
    for name, results in found.items():
        for key, value in results.items():
            assert value == known[name][key], (name, key)


if __name__ == "__main__":
    PINNED.write_text(json.dumps(_all_results(), indent=0) + "\n")
