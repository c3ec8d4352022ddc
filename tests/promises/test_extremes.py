"""Graphs at the ends of what is possible: very many nodes, hubs, complete, nearly nothing, counts beyond 64 bits."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from math import comb

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc
from support.repeating import repeated

pytestmark = pytest.mark.slow

LEAVES = 4 * 10**6  # more than 2**63 triples


def nonzero(counts):
    return {name: count for name, count in counts.items() if count}


@pytest.fixture(scope="module")
def star():
    return np.zeros(LEAVES, np.int32), np.arange(1, LEAVES + 1, dtype=np.int32)


def test_a_star_of_four_million_leaves(star):
    hub, leaves = star
    graph = mc.Graph.from_edges(hub, leaves)
    assert comb(LEAVES, 3) > 2**63
    assert nonzero(mc.count(graph, (2, 3, 4))) == {
        "asymmetric": LEAVES,
        "null": comb(LEAVES, 2),
        "003": comb(LEAVES, 3),
        "021D": comb(LEAVES, 2),
        "out_star": comb(LEAVES, 3),
    }
    assert nonzero(mc.count(graph, 3, induced=False))["012"] == LEAVES * (LEAVES - 1)
    assert mc.randomize(graph, seed=1) == graph


def test_a_mutual_star_of_four_million_leaves(star):
    hub, leaves = star
    graph = mc.Graph.from_edges(np.concatenate((hub, leaves)), np.concatenate((leaves, hub)))
    assert nonzero(mc.count(graph)) == {
        "mutual": LEAVES,
        "null": comb(LEAVES, 2),
        "003": comb(LEAVES, 3),
        "201": comb(LEAVES, 2),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems map memory in other ways")
def test_more_than_two_to_the_31_edges():
    n_src, n_dst = 2**16, 2**15  # complete from one layer to the next, and one more source with one edge
    n, n_edges = n_src + 1 + n_dst, n_src * n_dst + 1
    targets = np.arange(n_src + 1, n, dtype=np.int64)
    indices = repeated(np.tile(targets, 2**10), 2**6 + 1)[:n_edges]
    indptr = np.append(np.arange(n_src + 1) * n_dst, np.full(n_dst + 1, n_edges))
    matrix = sp.csr_array((np.broadcast_to(np.int8(1), n_edges), indices, indptr), shape=(n, n))
    out, into = n_src * comb(n_dst, 2), n_dst * comb(n_src, 2) + n_src
    one_edge = (n_edges - 1) * (n - 2) + n - 2 - 2 * (out + into)
    assert nonzero(mc.count(matrix)) == {
        "asymmetric": n_edges,
        "null": comb(n, 2) - n_edges,
        "021D": out,
        "021U": into,
        "012": one_edge,
        "003": comb(n, 3) - one_edge - out - into,
    }


@pytest.mark.parametrize("num_threads", [1, 2])
def test_the_complete_graph_of_3000_nodes(num_threads):
    n = 3000
    complete = mc.Graph(~np.eye(n, dtype=bool))
    assert nonzero(mc.count(complete, num_threads=num_threads)) == {"mutual": comb(n, 2), "300": comb(n, 3)}
    assert mc.count(complete, 3, induced=False)["003"] == comb(n, 3)


def test_a_tournament_of_3000_nodes():
    n = 3000
    counts = mc.count(np.triu(np.ones((n, n), bool), 1))
    assert nonzero(counts) == {"asymmetric": comb(n, 2), "030T": comb(n, 3)}


@pytest.mark.filterwarnings("ignore:the graph has no directed cycle")
@pytest.mark.parametrize("n", [10**9, 2**31, 2**40])
def test_a_few_edges_among_very_many_nodes(n):
    graph = mc.Graph.from_edges([0, 0, n // 2, 1, n - 3], [n // 2, n - 1, n - 1, 2, n - 2], n)
    expected = {
        "asymmetric": 5,
        "null": comb(n, 2) - 5,
        "030T": 1,
        "012": 3 * (n - 3) + 2 * (n - 2),
    }
    assert nonzero(mc.count(graph)) == expected | {"003": comb(n, 3) - expected["012"] - 1}
    assert mc.count(mc.randomize(graph, seed=1), 2) == mc.count(graph, 2)
    if n > 2**32:
        with pytest.raises(NotImplementedError, match=r"at most 4294967294 nodes; the graph has 1099511627776"):
            mc.significance(graph, "edge_count", size=(2, 3), samples=3, seed=1)
    else:
        result = mc.significance(graph, "edge_count", size=(2, 3), samples=3, seed=1)
        assert result.observed == mc.count(graph)


def test_dense_masks():
    sizes = (1, 300, 1, 200, 300)
    pairs = list(pairwise(sizes))
    triples = [(a, b, c) for (a, b), (_, c) in pairwise(pairs)]
    net = mc.Graph.from_layers([np.ones(shape) for shape in pairs])
    expected = {
        "out_star": sum(a * comb(b, 3) for a, b in pairs),
        "in_star": sum(comb(a, 3) * b for a, b in pairs),
        "bifan": sum(comb(a, 2) * comb(b, 2) for a, b in pairs),
        "biparallel": sum(a * comb(b, 2) * c for a, b, c in triples),
        "y_out": sum(a * b * comb(c, 2) for a, b, c in triples),
        "y_in": sum(comb(a, 2) * b * c for a, b, c in triples),
        "chain4": 1 * 300 * 1 * 200 + 300 * 1 * 200 * 300,
    }
    assert nonzero(mc.count(net, 4)) == expected
    for null in ("degree", "edge_count", "cover"):
        assert nonzero(mc.count(mc.randomize(net, null, seed=1), 4)) == expected


@pytest.mark.parametrize("widths", [(5, 0, 5), (0, 0), (0, 5), (1, 1, 1)], ids=str)
def test_layers_without_nodes_or_edges(widths):
    net = mc.Graph.from_layers([np.zeros(shape) for shape in pairwise(widths)])
    assert (net.n_nodes, net.n_edges) == (sum(widths), 0)
    assert nonzero(mc.count(net, (2, 3, 4))) == nonzero({"null": comb(sum(widths), 2), "003": comb(sum(widths), 3)})
    for null in ("degree", "edge_count", "cover"):
        assert mc.randomize(net, null, seed=1).n_edges == 0


SHORT_OF_MEMORY = """
import resource
import numpy as np
import motifcount as mc

graph = mc.Graph.from_edges(np.zeros(2_000_000, np.int32), np.arange(1, 2_000_001, dtype=np.int32))
before = mc.count(graph)
with open("/proc/self/statm") as file:
    in_use = int(file.read().split()[0]) * resource.getpagesize()
_, hard = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (in_use + {spare} * 2**20, hard))
try:
    {work}
except MemoryError as error:
    print("MemoryError", error)
resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
assert mc.count(graph) == before
"""


@pytest.mark.subprocess
@pytest.mark.skipif(sys.platform != "linux", reason="the system does not limit memory")
@pytest.mark.parametrize(
    ("work", "spare"),
    [
        ("mc.count(graph, by_node=True, num_threads=1)", 50),
        ("mc.randomize(graph, num_threads=1)", 20),
        ("mc.significance(mc.datasets.load('pendulum'), samples=10**7, seed=1, num_threads=1)", 200),
        ("mc.significance(graph, samples=20, seed=1, num_threads=1)", 50),
        ("mc.Graph(np.ones((10**4, 10**4), bool))", 120),
    ],
    ids=["by_node", "randomize", "samples", "significance", "graph"],
)
def test_memory_that_is_not_there(work, spare):
    program = SHORT_OF_MEMORY.format(work=work, spare=spare)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("MemoryError"), (ran.stdout, ran.stderr)
