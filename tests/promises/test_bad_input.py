"""Wrong arguments raise the documented exception at once, name the argument, and leave nothing broken behind."""

from __future__ import annotations

import re
import time
from itertools import product

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
import torch_geometric.data as geometric

import motifcount as mc
from support.forks import run_each

EYE = np.eye(4, k=1)
CYCLE = np.roll(np.eye(3), 1, axis=1)
NET = mc.Graph.from_layers([np.ones((2, 3)), np.ones((3, 2))])
Linear = torch.nn.Linear


def graph_tool_graph(*, directed):
    return type("Graph", (), {"__module__": "graph_tool", "is_directed": lambda _: directed})()


def csr(indptr=(0, 1, 2, 3, 3), indices=(1, 2, 3), data=(1, 1, 1), kind=sp.csr_array, dtype=np.int32):
    """The path of four nodes, with parts of it replaced."""
    matrix = kind((4, 4))
    matrix.indptr, matrix.indices = np.array(indptr, dtype=dtype), np.array(indices)
    matrix.data = np.array(data, dtype=float)
    if matrix.indices.dtype == np.int64:
        matrix.indices = matrix.indices.astype(dtype)
    return matrix


def coo(rows, cols):
    matrix = sp.coo_array(EYE)
    matrix.coords = np.array(rows), np.array(cols)
    return matrix


def wrapping():
    """An index that is in range only if 64 bits are cut to 32."""
    matrix = csr()
    matrix.indices = np.array([1, 2, 2**32 + 3])
    return matrix


GRAPHS = {
    "wide": (lambda: mc.Graph(np.zeros((2, 3))), ValueError, r"adj.*square.*\(2, 3\)"),
    "wide-sparse": (lambda: mc.Graph(sp.csr_array((2, 3))), ValueError, r"adj.*square.*\(2, 3\)"),
    "vector": (lambda: mc.count(np.zeros(4)), ValueError, r"adj.*square.*\(4,\)"),
    "sparse-vector": (lambda: mc.count(sp.coo_array(np.ones(4))), ValueError, r"adj.*square.*\(4,\)"),
    "cube": (lambda: mc.count(np.zeros((2, 2, 2))), ValueError, r"adj.*square.*\(2, 2, 2\)"),
    "ragged-lists": (lambda: mc.Graph([[0, 1], [1]]), ValueError, "adj"),
    "empty-list": (lambda: mc.Graph([]), ValueError, "adj"),
    "objects": (lambda: mc.Graph(np.array([[None, 1], [0, 0]])), TypeError, "adj.*object"),
    "words": (lambda: mc.Graph(np.array([["a", "b"], ["c", "d"]])), TypeError, "adj.*U1"),
    "text": (lambda: mc.count("graph"), ValueError, "adj, a path: graph: the ending.*unknown"),
    "bytes": (lambda: mc.count(b"graph.txt"), TypeError, "adj must be .* or a path, not bytes"),
    "none": (lambda: mc.significance(None), TypeError, "adj.*NoneType"),
    "number": (lambda: mc.randomize(3), TypeError, "adj.*int"),
    "nx-undirected": (lambda: mc.Graph(nx.path_graph(3)), TypeError, "adj.*undirected"),
    "nx-multi-undirected": (lambda: mc.Graph(nx.MultiGraph([(0, 1)])), TypeError, "adj.*undirected"),
    "igraph-undirected": (lambda: mc.Graph(igraph.Graph(3, [(0, 1)])), TypeError, "adj.*undirected"),
    "graph-tool-undirected": (lambda: mc.Graph(graph_tool_graph(directed=False)), TypeError, "adj.*undirected.*mutual"),
    "geometric-empty": (lambda: mc.Graph(geometric.Data()), TypeError, "adj.*edge_index.*Data lacks"),
    "geometric-wide": (
        lambda: mc.Graph(geometric.Data(edge_index=torch.ones(3, 2))),
        ValueError,
        r"edge_index.*\(3, 2\)",
    ),
    "geometric-float": (
        lambda: mc.Graph(geometric.Data(edge_index=torch.ones(2, 3))),
        TypeError,
        "edge_index.*float32",
    ),
    "geometric-too-high": (
        lambda: mc.Graph(geometric.Data(edge_index=torch.tensor([[0], [3]]), num_nodes=3)),
        ValueError,
        "3 is outside the range 0 to 2",
    ),
    "edge-index": (
        lambda: mc.Graph(torch.zeros(2, 5).int()),
        ValueError,
        r"adj.*\(2, 5\); edges go to Graph.from_edges",
    ),
    "tensor-wide": (lambda: mc.Graph(torch.ones(3, 4)), ValueError, r"adj.*square.*\(3, 4\)$"),
    "tensor-wide-sparse": (lambda: mc.count(torch.ones(2, 3).to_sparse()), ValueError, r"adj.*square.*\(2, 3\)"),
    "tensor-wide-csr": (lambda: mc.count(torch.ones(2, 3).to_sparse_csr()), ValueError, r"adj.*square.*\(2, 3\)"),
    "tensor-hybrid": (lambda: mc.count(torch.ones(3, 3).to_sparse(1)), ValueError, "sparse.*dense_dim 1"),
    "other-library": (lambda: mc.Graph(re.compile("a")), TypeError, "adj must be a Graph, .*, not re.Pattern"),
    "ends-grad": (lambda: mc.Graph.from_edges(torch.ones(2, requires_grad=True), [0, 1]), TypeError, "src.*float32"),
    "indptr-falls": (lambda: mc.Graph(csr((0, 2, 1, 3, 3))), ValueError, "indptr.*2 to 1"),
    "indptr-starts-late": (lambda: mc.Graph(csr((1, 1, 2, 3, 3))), ValueError, "indptr.*1"),
    "indptr-negative": (lambda: mc.Graph(csr((0, -1, 2, 3, 3))), ValueError, "indptr.*-1"),
    "indptr-past-the-end": (lambda: mc.Graph(csr((0, 1, 2, 3, 99))), ValueError, "indptr.*99"),
    "indptr-overshoots": (lambda: mc.Graph(csr((0, 99, 2, 3, 3))), ValueError, "indptr.*99"),
    "indptr-short": (lambda: mc.Graph(csr((0, 1, 3))), ValueError, "indptr.*5.*3"),
    "indptr-float": (lambda: mc.Graph(csr(dtype=float)), TypeError, "indptr.*float64"),
    "indices-negative": (lambda: mc.Graph(csr(indices=(1, -1, 3))), ValueError, "indices.*-1"),
    "indices-too-high": (lambda: mc.count(csr(indices=(1, 4, 3))), ValueError, "indices.*4"),
    "indices-float": (lambda: mc.count(csr(indices=(1.0, 2.0, 3.0))), TypeError, "indices.*float64"),
    "indices-wrap": (lambda: mc.Graph(wrapping()), ValueError, "indices.*4294967299"),
    "csc-indices": (lambda: mc.Graph(csr(indices=(1, 7, 3), kind=sp.csc_array)), ValueError, "7"),
    "coo-negative": (lambda: mc.Graph(coo([0, -1, 2], [1, 2, 3])), ValueError, "-1 is outside the range 0 to 3"),
    "coo-too-high": (lambda: mc.Graph(coo([0, 1, 2], [1, 2, 2**40])), ValueError, f"{2**40} is outside the range"),
    "ends-float": (lambda: mc.Graph.from_edges([0.0], [1]), TypeError, "src.*float64"),
    "ends-words": (lambda: mc.Graph.from_edges([0], ["1"]), TypeError, "src and dst must both hold"),
    "ends-bool": (lambda: mc.Graph.from_edges([True], [0]), TypeError, "src.*bool"),
    "ends-negative": (lambda: mc.Graph.from_edges([0, -1], [1, 2]), ValueError, "src.*-1"),
    "ends-too-high": (lambda: mc.Graph.from_edges([0], [3], 3), ValueError, "dst.*3"),
    "ends-far-too-high": (lambda: mc.Graph.from_edges([0], [2**32], 3), ValueError, "dst.*4294967296"),
    "ends-uneven": (lambda: mc.Graph.from_edges([0, 1], [1]), ValueError, "src and dst.*2 and 1"),
    "ends-uneven-and-high": (lambda: mc.Graph.from_edges([0, 9], [1], 3), ValueError, "src and dst.*2 and 1"),
    "ends-high-and-uneven": (lambda: mc.Graph.from_edges([9], [1, 2], 3), ValueError, "src and dst.*1 and 2"),
    "ends-matrix": (lambda: mc.Graph.from_edges([[0, 1]], [[1, 2]]), ValueError, "src.*one-dimensional"),
    "ends-ragged": (lambda: mc.Graph.from_edges([[0], [1, 2]], [0, 1]), ValueError, "src"),
    "n-nodes-negative": (lambda: mc.Graph.from_edges([], [], -1), ValueError, "n_nodes.*-1"),
    "n-nodes-float": (lambda: mc.Graph.from_edges([], [], 2.0), TypeError, r"n_nodes.*2\.0"),
    "n-nodes-huge": (lambda: mc.Graph.from_edges([], [], 2**40 + 1), ValueError, f"n_nodes.*{2**40 + 1}"),
    "layers-short": (lambda: mc.Graph(EYE, layers=[0, 1]), ValueError, r"layers.*\(4,\).*\(2,\)"),
    "layers-matrix": (lambda: mc.Graph(EYE, layers=EYE.astype(int)), ValueError, "layers.*shape"),
    "layers-float": (lambda: mc.Graph(EYE, layers=[0.0, 1, 2, 3]), TypeError, "layers.*float64"),
    "layers-word": (lambda: mc.Graph(EYE, layers="foo"), ValueError, "layers.*infer.*foo"),
    "layers-late-word": (lambda: mc.Graph(EYE, layers="levels"), ValueError, "layers.*infer.*levels"),
    "layers-mixed": (
        lambda: mc.Graph(EYE, layers=["a", "b", "c", 4]),
        TypeError,
        "layers.*of one type.*'a'.*, not 4",
    ),
    "layers-none": (lambda: mc.Graph(EYE, layers=[None] * 4), TypeError, "layers.*words.*, not None"),
    "layers-ragged": (lambda: mc.Graph(EYE, layers=[[0], [1, 2], 3, 4]), ValueError, "layers"),
    "layers-wrap": (lambda: mc.Graph(EYE, layers=np.array([0, 1, 2, 2**63], "u8")), ValueError, "layers"),
    "layers-of-a-cycle": (lambda: mc.Graph(CYCLE, layers="infer"), ValueError, "layers.*cycle"),
    "layers-of-masks": (lambda: mc.Graph([np.ones((2, 2))], layers=[0, 0, 1, 1]), ValueError, "layers.*None"),
    "layers-of-module": (lambda: mc.Graph(Linear(2, 2), layers="infer"), ValueError, "layers.*None"),
}

NETWORKS = {
    "no-masks": (lambda: mc.Graph.from_layers([]), ValueError, "masks.*empty"),
    "masks-not-iterable": (lambda: mc.Graph.from_layers(5), TypeError, "masks"),
    "masks-ragged": (lambda: mc.Graph.from_layers([np.ones((2, 3)), np.ones((2, 2))]), ValueError, r"masks\[1\].*2.*3"),
    "masks-ragged-graph": (lambda: mc.count([np.ones((2, 3)), np.ones((2, 2))]), ValueError, r"masks\[1\].*2.*3"),
    "masks-vector": (lambda: mc.Graph.from_layers([np.ones(3)]), ValueError, r"masks\[0\].*2 dimensions.*\(3,\)"),
    "masks-words": (lambda: mc.Graph.from_layers([np.array([["a"]])]), TypeError, r"masks\[0\].*U1"),
    "masks-objects": (lambda: mc.Graph.from_layers([np.array([[None]])]), TypeError, r"masks\[0\].*object"),
    "mask-indptr-falls": (
        lambda: mc.Graph.from_layers([EYE, csr((0, 2, 1, 3, 3))]),
        ValueError,
        r"masks\[1\].indptr.*never fall",
    ),
    "mask-indptr-overshoots": (
        lambda: mc.count([csr((0, 99, 2, 3, 3)), EYE]),
        ValueError,
        r"masks\[0\].indptr.*never fall",
    ),
    "mask-index-too-high": (
        lambda: mc.Graph.from_layers([csr(indices=(1, 2, 4))]),
        ValueError,
        r"masks\[0\].indices: 4.*to 3",
    ),
    "mask-coordinate-negative": (
        lambda: mc.Graph.from_layers([coo([0, 1, -1], [1, 2, 3])]),
        ValueError,
        r"masks\[0\].*-1.*0 to 3",
    ),
    "mask-coordinates-few": (lambda: mc.Graph.from_layers([coo([0, 1], [1, 2])]), ValueError, r"masks\[0\].*2.*3"),
    "biases-few": (lambda: mc.Graph.from_layers([EYE, EYE], [np.ones(4)]), ValueError, "biases.*2.*1"),
    "biases-number": (lambda: mc.Graph.from_layers([EYE], 5), TypeError, "biases"),
    "biases-long": (lambda: mc.Graph.from_layers([EYE], [np.ones(5)]), ValueError, r"biases\[0\].*5.*4"),
    "biases-matrix": (lambda: mc.Graph.from_layers([EYE], [EYE]), ValueError, r"biases\[0\].*1 dimension,"),
    "biases-words": (lambda: mc.Graph.from_layers([EYE], [["a"] * 4]), TypeError, r"biases\[0\].*U1"),
    "not-a-module": (lambda: mc.Graph.from_module(EYE), TypeError, "module.*ndarray"),
    "module-bias": (lambda: mc.Graph.from_module(Linear(2, 2), bias=1), TypeError, "bias.*True or False"),
    "module-bias-by-position": (lambda: mc.Graph.from_module(Linear(2, 2), True), TypeError, "example.*True"),
    "module-residual": (lambda: mc.Graph.from_module(Linear(2, 2), residual="sum"), ValueError, "residual.*'sum'"),
    "module-ignore": (lambda: mc.Graph.from_module(Linear(2, 2), ignore=["a"]), ValueError, "ignore.*'a'"),
    "module-ignore-word": (lambda: mc.Graph.from_module(Linear(2, 2), ignore="a"), TypeError, "ignore.*'a'"),
    "module-rules": (lambda: mc.Graph.from_module(Linear(2, 2), rules={"f": "g"}), ValueError, "rules.*'g'"),
    "module-rules-list": (lambda: mc.Graph.from_module(Linear(2, 2), rules=["f"]), TypeError, "rules"),
    "module-gates": (lambda: mc.Graph.from_module(Linear(2, 2), attention_gates=1), TypeError, "attention_gates"),
    "module-embeddings": (lambda: mc.Graph.from_module(Linear(2, 2), embeddings=1), TypeError, "embeddings"),
    "conv": (lambda: mc.Graph.from_module(torch.nn.Conv2d(1, 1, 1)), ValueError, "module.*Conv2d.*example"),
    "no-forward": (lambda: mc.Graph(torch.nn.ModuleList([Linear(2, 2)])), NotImplementedError, "module.*no forward"),
    "no-linear": (lambda: mc.Graph.from_module(torch.nn.Sequential(torch.nn.ReLU())), ValueError, "module.*no Linear"),
    "chain": (lambda: mc.Graph(torch.nn.Sequential(Linear(2, 3), Linear(4, 2))), ValueError, "module.*3.*4"),
    "lazy": (lambda: mc.Graph.from_module(torch.nn.LazyLinear(3)), ValueError, "module.*LazyLinear"),
    "to-layers-plain": (lambda: mc.Graph(EYE).to_layers(), ValueError, "layers"),
    "to-layers-skip": (lambda: mc.Graph(EYE, layers=[0, 0, 1, 2]).to_layers(), ValueError, "next layer"),
    "drop-ineffective-plain": (lambda: mc.Graph(EYE).drop_ineffective(), ValueError, "layers"),
    "dataset": (lambda: mc.datasets.load("pendulun"), ValueError, "name.*did you mean 'pendulum'"),
}

COUNTS = {
    **{f"size-{k}": (lambda k=k: mc.count(EYE, k), ValueError, f"size.*{k}") for k in (-1, 0, 1, 5, 10**30)},
    "size-among": (lambda: mc.significance(NET, size=(3, 5), samples=5), ValueError, "size.*5"),
    "size-empty": (lambda: mc.count(EYE, ()), ValueError, "size.*empty"),
    **{f"size-{k!r}": (lambda k=k: mc.count(EYE, k), TypeError, "size") for k in (True, 3.0, "3", None, (3, "2"))},
    "size-array": (lambda: mc.count(EYE, np.array(3.5)), TypeError, "size"),
    "size-sparse": (lambda: mc.count(EYE, sp.bsr_array(EYE)), TypeError, "size must be .*bsr_array of shape"),
    "size-cube": (lambda: mc.count(EYE, np.full((1, 1), 3)), TypeError, "size must be"),
    "size-endless-digits": (lambda: mc.count(EYE, 10**5000), ValueError, "size must be .*int"),
    "size-broken": (lambda: mc.count(EYE, csr(indptr=())), TypeError, "size must be .*csr_array"),
    "n-nodes-endless-digits": (lambda: mc.Graph.from_edges([], [], 10**5000), ValueError, "n_nodes must be .*int"),
    "masks-sparse": (lambda: mc.Graph.from_layers(sp.bsr_array(EYE)), TypeError, "masks must be .*bsr_array of shape"),
    "adjust-array": (lambda: mc.significance(NET, samples=5, adjust=np.ones(2)), TypeError, "adjust must be"),
    "size-4-blocks-skip": (
        lambda: mc.count(mc.Graph(np.triu(np.ones((4, 4)), 1), layers=range(4)), 4, by_block=True),
        NotImplementedError,
        "by_block counts tetrads only where every edge leads from one layer to the next",
    ),
    "size-4-blocks": (
        lambda: mc.count(mc.Graph(EYE, layers=[0, 0, 1, 1]), 4, by_block=True),
        NotImplementedError,
        "by_block.*size 4",
    ),
    "induced": (lambda: mc.count(EYE, induced=1), TypeError, "induced.*True or False"),
    "by-block-word": (lambda: mc.count(NET, by_block="yes"), TypeError, "by_block.*True or False"),
    "by-block-plain": (lambda: mc.count(EYE, by_block=True), ValueError, "by_block.*layers"),
    "by-block-many": (
        lambda: mc.count(mc.Graph(np.eye(129), layers=np.arange(129)), by_block=True),
        NotImplementedError,
        "by_block.*129.*128",
    ),
    **{f"threads-{k}": (lambda k=k: mc.count(EYE, num_threads=k), ValueError, "num_threads") for k in (0, -1, 10**6)},
    **{
        f"threads-{k!r}": (lambda k=k: mc.count(EYE, num_threads=k), TypeError, "num_threads") for k in (True, 2.0, "2")
    },
    **{f"length-{k}": (lambda k=k: mc.endpoint_pairs(EYE, k), ValueError, "length") for k in (0, -2)},
    **{f"length-{k!r}": (lambda k=k: mc.endpoint_pairs(EYE, k), TypeError, "length") for k in (True, 1.5, None)},
}

RANDOM = {
    **{
        f"{function.__name__}-{label}": (
            lambda function=function, options=options: function(NET, **options),
            kind,
            regex,
        )
        for function in (mc.randomize, mc.significance)
        for label, options, kind, regex in [
            ("null-near", {"null": "degre"}, ValueError, "null.*degre.*did you mean 'degree'"),
            ("null-case", {"null": "EDGE_COUNT"}, ValueError, "null.*edge_count"),
            ("null-none", {"null": None}, TypeError, "null.*None"),
            ("null-class", {"null": mc.nulls.Degree}, TypeError, "null.*Degree"),
            ("seed-negative", {"seed": -1}, ValueError, "seed.*-1"),
            ("seed-huge", {"seed": 2**64}, ValueError, f"seed.*{2**64}"),
            ("seed-float", {"seed": 1.0}, TypeError, r"seed.*1\.0"),
            ("seed-bool", {"seed": True}, TypeError, "seed.*True"),
            ("seed-word", {"seed": "1"}, TypeError, "seed.*'1'"),
            ("threads", {"num_threads": 0}, ValueError, "num_threads.*0"),
        ]
    },
    **{f"samples-{k}": (lambda k=k: mc.significance(NET, samples=k), ValueError, "samples") for k in (1, -1)},
    "samples-many": (lambda: mc.significance(NET, samples=10**7 + 1, adjust="none"), ValueError, "^samples"),
    "samples-0": (lambda: mc.significance(NET, samples=0), NotImplementedError, "samples=0"),
    **{
        f"samples-{k!r}": (lambda k=k: mc.significance(NET, samples=k), TypeError, "samples")
        for k in (2.5, True, None, "9")
    },
    "first-sample": (lambda: mc.significance(NET, samples=5, first_sample=-1), ValueError, "first_sample.*-1"),
    "last-sample": (lambda: mc.significance(NET, samples=5, first_sample=2**63), ValueError, "first_sample"),
    "last-sample-of-most": (
        lambda: mc.significance(NET, samples=10**7, first_sample=2**63 - 10**7 + 1, adjust="none"),
        ValueError,
        f"first_sample.*{2**63 - 10**7}",
    ),
    "progress-word": (lambda: mc.significance(NET, samples=5, progress="yes"), TypeError, "progress.*yes"),
    "progress-number": (lambda: mc.significance(NET, samples=5, progress=0), TypeError, "progress.*0"),
    **{
        f"swaps-{k!r}": (lambda k=k: mc.nulls.Degree(swaps_per_edge=k), ValueError, "swaps_per_edge")
        for k in (0, -1, float("nan"), float("inf"), -float("inf"), 1e300)
    },
    **{
        f"swaps-{k!r}": (lambda k=k: mc.nulls.Degree(swaps_per_edge=k), TypeError, "swaps_per_edge")
        for k in ("10", True, 1j)
    },
}

CASES = GRAPHS | NETWORKS | COUNTS | RANDOM
assert len(CASES) == len(GRAPHS) + len(NETWORKS) + len(COUNTS) + len(RANDOM)


@pytest.mark.usefixtures("all_is_well_afterwards")
@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused(case):
    call, kind, regex = CASES[case]
    start = time.process_time()
    with pytest.raises(kind, match=f"(?s){regex}") as refused:
        call()
    assert time.process_time() - start < 1
    assert type(refused.value) is kind or type(refused.value).__module__ == "motifcount._core"


DAMAGED = """
import numpy as np, scipy.sparse as sp, motifcount as mc
matrix = sp.{kind}_array(np.eye(300, k=1))
matrix.indptr = matrix.indptr.copy()
matrix.indptr[{where}] = {value}
try:
    mc.Graph(matrix)
except ValueError as error:
    print(error)
"""


@pytest.mark.subprocess
@pytest.mark.slow
def test_damaged_offsets_are_refused_in_every_format():
    """In processes of their own, because SciPy itself reads out of bounds here."""
    cases = list(product(("csr", "csc", "bsr"), ((-1, 10**7), (5, 10**7), (5, -(10**6)), (0, 1))))
    programs = [DAMAGED.format(kind=kind, where=where, value=value) for kind, (where, value) in cases]
    for (kind, damage), (status, told) in zip(cases, run_each(programs), strict=True):
        assert status == 0, (kind, damage, told)
        assert re.search("indptr|index pointer" if kind != "bsr" else ".", told), (kind, damage)
