"""Results by seed stay what they are: counts, tables of samples, z and random graphs of a dozen graphs.

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

import motifcount as mc

PINNED = Path(__file__).with_name("pinned.json")
SEED = 20261128
NULLS = {
    "degree": "degree",
    "degree-3": mc.nulls.Degree(3),
    "degree-mutual": mc.nulls.Degree(keep_mutual=True),
    "edge_count": "edge_count",
    "cover": "cover",
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


def _digest(array):
    rows = "\n".join(" ".join(map(str, row)) for row in np.atleast_2d(array).tolist())
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


def _sizes(graph):
    return (2, 3, 4) if graph.layers is not None and graph.is_strictly_layered() else (2, 3)


def _edges(graph):
    coo = graph.to_scipy().tocoo()
    return np.stack([coo.row, coo.col])


def _tested(graph, null):
    """Table of samples, z, adjusted p and statuses; or the words of the refusal."""
    try:
        with warnings.catch_warnings(action="ignore"):
            result = mc.significance(graph, null, size=_sizes(graph), samples=60, seed=SEED, num_threads=2)
            drawn = mc.randomize(graph, null, seed=SEED, num_threads=1)
    except (ValueError, NotImplementedError) as error:
        return str(error)
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
        "nulls": {name: _tested(graph, null) for name, null in NULLS.items()} if graph.n_nodes < 10**5 else {},
    }


def _all_results():
    return json.loads(json.dumps({name: _results(graph) for name, graph in _graphs().items()}))


@pytest.mark.slow
def test_results_by_seed_are_what_they_were():
    known, found = json.loads(PINNED.read_text()), _all_results()
    assert list(found) == list(known)
    for name, results in found.items():
        for key, value in results.items():
            assert value == known[name][key], (name, key)


if __name__ == "__main__":
    PINNED.write_text(json.dumps(_all_results(), indent=0) + "\n")
