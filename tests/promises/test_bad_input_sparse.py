"""Matrices, tensors and modules whose parts do not fit each other are refused before anything reads out of bounds."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch

import motifcount as mc
from support.wrong import EYE, NET, assert_refused

pytestmark = pytest.mark.usefixtures("all_is_well_afterwards")

Graph = mc.Graph
Linear, Sequential = torch.nn.Linear, torch.nn.Sequential


def broken(kind, **parts):
    """The path of four nodes in a format of SciPy, with parts of it replaced."""
    matrix = sp.csr_array(EYE).asformat(kind)
    for name, value in parts.items():
        setattr(matrix, name, value)
    return matrix


def lil(*rows):
    matrix = sp.lil_array((4, 4))
    for k, (columns, values) in enumerate(rows):
        matrix.rows[k], matrix.data[k] = columns, values
    return matrix


def dok(*keys):
    matrix = sp.dok_array((4, 4))
    matrix._dict.update(dict.fromkeys(keys, 1.0))
    return matrix


def without(layer, name):
    delattr(layer, name)
    return layer


def with_part(layer, name, value):
    setattr(layer, name, value)
    return layer


def vector(kind, **parts):
    """A sparse vector of four entries, with parts of it replaced."""
    array = sp.csr_array(np.array([1.0, 0, 0, 0])).asformat(kind)
    for name, value in parts.items():
        setattr(array, name, value)
    return array


A = np.array
FORMATS = ("bsr", "coo", "csc", "csr", "dia", "dok", "lil")
SPARSE = {
    "csr-offsets-fall": broken("csr", indptr=A([0, 2, 1, 3, 3])),
    "csr-offsets-end": broken("csr", indptr=A([0, 1, 2, 3, 99])),
    "csr-offsets-end-of-64-bits": broken("csr", indptr=A([0, 1, 2, 3, 2**64 - 1], "u8")),
    "csr-offsets-empty": broken("csr", indptr=A([], "i4")),
    "csr-offsets-list": broken("csr", indptr=[0, 1, 2, 3, 3]),
    "csr-offsets-none": broken("csr", indptr=None),
    "csr-indices-of-64-bits": broken("csr", indices=A([1, 2**63 + 1, 3], "u8")),
    "csr-indices-bool": broken("csr", indices=A([True, True, True])),
    "csr-indices-dates": broken("csr", indices=A([1, 2, 3], "M8[s]")),
    "csr-data-objects": broken("csr", data=A([None, 1, "a"], object)),
    "csr-data-text": broken("csr", data=A(["a", "b", "c"])),
    "csr-data-short": broken("csr", data=A([1.0])),
    "csr-data-matrix": broken("csr", data=np.ones((3, 2))),
    "csr-data-none": broken("csr", data=None),
    "csc-indices": broken("csc", indices=A([0, -2, 2], "i4")),
    "csc-offsets": broken("csc", indptr=A([0, 0, 99, 2, 3], "i4")),
    "coo-short": broken("coo", data=np.ones(2)),
    "coo-uneven": broken("coo", coords=(A([0, 1]), A([1, 2, 3]))),
    "coo-floats": broken("coo", coords=(A([0.5, 1, 2]), A([1, 2, 3]))),
    "coo-negative": broken("coo", coords=(A([0, -1, 2]), A([1, 2, 3]))),
    "coo-high": broken("coo", coords=(A([0, 1, 2]), A([1, 2, 4]))),
    "coo-matrix": broken("coo", coords=(np.ones((2, 2), int), np.ones((2, 2), int)), data=np.ones(2)),
    "bsr-index": broken("bsr", indices=A([99, 0, 0], "i4")),
    "bsr-negative": broken("bsr", indices=A([-99, 0, 0], "i4")),
    "bsr-offsets": broken("bsr", indptr=A([0, 99, 1, 3, 3], "i4")),
    "bsr-end": broken("bsr", indptr=A([0, 1, 2, 3, 10**6], "i4")),
    "bsr-short": broken("bsr", indptr=A([0], "i4")),
    "bsr-data": broken("bsr", data=np.ones((3, 1))),
    "dia-uneven": broken("dia", offsets=A([0, 1])),
    "dia-twice": broken("dia", offsets=A([1, 1]), data=np.ones((2, 4))),
    "dia-vector": broken("dia", data=np.ones(4)),
    "lil-high": lil(([9], [1.0])),
    "lil-negative": lil(([-1], [1.0])),
    "lil-text": lil((["a"], [1.0])),
    "lil-uneven": lil(([1, 2], [1.0])),
    "dok-high": dok((0, 9)),
    "dok-negative": dok((0, -1)),
    "dok-text": dok((0, "a")),
    "dok-three": dok((0, 1, 2)),
    "dok-half": dok((0, 1.5)),
    "lil-half": lil(([1.5], [1.0])),
    "lil-none": broken("lil", rows=A([None, [], [], []], object)),
    "dia-far": broken("dia", offsets=A([2**63], "u8")),
    "dia-lowest": broken("dia", offsets=A([-(2**63)])),
    "bsr-uneven": broken("bsr", data=np.ones((3, 3, 3))),
    "csr-data-masked": broken("csr", data=np.ma.array([1.0, 1, 1], mask=[1, 0, 0])),
    "csr-offsets-masked": broken("csr", indptr=np.ma.array([0, 1, 2, 3, 3], mask=[0, 0, 1, 0, 0])),
    "csr-without": without(broken("csr"), "indices"),
    "csc-without": without(broken("csc"), "indptr"),
    "coo-data-list": broken("coo", data=[1.0, 1.0, 1.0]),
    "coo-without": without(broken("coo"), "coords"),
    **{f"{kind}-shapeless": broken(kind, _shape=None) for kind in FORMATS},
}
VECTORS = {
    "csr-index": vector("csr", indices=A([10**9])),
    "csr-negative": vector("csr", indices=A([-1])),
    "csr-offsets": vector("csr", indptr=A([0, 10**9])),
    "coo-high": vector("coo", coords=(A([4]),)),
    "coo-negative": vector("coo", coords=(A([-1]),)),
    "coo-two": vector("coo", coords=(A([0]), A([0]))),
    "csr-shapeless": vector("csr", _shape=None),
    "tensor": torch.sparse_coo_tensor(A([[77]]), torch.ones(1), (4,), check_invariants=False),
}
GRAPHS = {
    "sparse-huge": lambda: sp.coo_array(([1.0], ([0], [1])), shape=(2**62, 2**62)),
    "sparse-cube": lambda: sp.coo_array(np.ones((2, 2, 2))),
    "list-mixed": lambda: [np.eye(2), "a"],
    "list-none": lambda: [np.eye(2), None],
    "list-graphs": lambda: [NET, NET],
    "class": lambda: Graph,
    "tensor-meta": lambda: torch.ones(3, 3, device="meta"),
    "tensor-number": lambda: torch.tensor(3.0),
    "tensor-cube": lambda: torch.ones(3, 3, 3),
    "tensor-coo": lambda: torch.sparse_coo_tensor(A([[0, 5], [1, 1]]), torch.ones(2), (3, 3), check_invariants=False),
    "tensor-csr": lambda: torch.sparse_csr_tensor(
        torch.tensor([0, 1, 99, 1]), torch.tensor([1]), torch.ones(1), (3, 3), check_invariants=False
    ),
    "tensor-csc": lambda: torch.sparse_csc_tensor(
        torch.tensor([0, 1, 1, 1]), torch.tensor([-1]), torch.ones(1), (3, 3), check_invariants=False
    ),
    "networkx": lambda: nx.path_graph(3),
    "igraph": lambda: igraph.Graph(3, [(0, 1)]),
}
MODULES = {
    "convolution": lambda: torch.nn.Conv2d(1, 2, 3),
    "embedding": lambda: Sequential(torch.nn.Embedding(3, 3), Linear(3, 2)),
    "recurrent": lambda: torch.nn.LSTM(2, 2),
    "attention": lambda: torch.nn.TransformerEncoderLayer(4, 2),
    "empty": Sequential,
    "meta": lambda: Linear(3, 2, device="meta"),
    "quantized": lambda: Sequential(torch.ao.nn.quantized.dynamic.Linear(3, 3), Linear(3, 2)),
    "other-mask": lambda: with_part(Linear(3, 2), "weight_mask", torch.ones(5, 5)),
    "vector-weight": lambda: with_part(Linear(3, 2), "weight", torch.nn.Parameter(torch.ones(3))),
    "no-weight": lambda: without(Linear(3, 2), "weight"),
    "class": lambda: Linear,
    "listed": lambda: [Linear(2, 2)],
    "state": lambda: Linear(2, 2).state_dict(),
}


@pytest.mark.parametrize("case", SPARSE)
def test_broken_matrices(case):
    assert_refused(lambda: mc.count(SPARSE[case]), Graph, "adj")


@pytest.mark.parametrize("case", SPARSE)
def test_broken_masks(case):
    assert_refused(lambda: Graph.from_layers([SPARSE[case]]), Graph.from_layers, "masks")


@pytest.mark.parametrize("case", VECTORS)
def test_broken_biases(case):
    assert_refused(lambda: Graph.from_layers([EYE], [VECTORS[case]]), Graph.from_layers, "biases")


@pytest.mark.parametrize("kind", ["coo", "csr", "dok"])
def test_sparse_biases(kind):
    assert Graph.from_layers([EYE], [vector(kind)]) == Graph.from_layers([EYE], [[1, 0, 0, 0]])


@pytest.mark.parametrize("case", GRAPHS)
def test_what_is_no_graph(case):
    assert_refused(lambda: mc.count(GRAPHS[case]()), Graph, "n_nodes" if case == "sparse-huge" else "adj")


@pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor")
@pytest.mark.parametrize("case", MODULES)
def test_modules_that_are_not_understood(case):
    assert_refused(lambda: Graph.from_module(MODULES[case]()), Graph.from_module, "module")


@pytest.mark.parametrize("dtype", ["i1", "i2", "u1", "u2", "u4", "u8", ">i4", ">i8"])
def test_indices_of_every_integer_type(dtype):
    expected = Graph(EYE)
    for kind in ("csr", "csc"):
        matrix = broken(kind)
        matrix.indptr, matrix.indices = matrix.indptr.astype(dtype), matrix.indices.astype(dtype)
        assert Graph(matrix) == expected
    src, dst = A([0, 1, 2], dtype), A([1, 2, 3], dtype)
    assert Graph(broken("coo", coords=(src, dst))) == expected == Graph.from_edges(src, dst)
    assert Graph(EYE, A([0, 1, 2, 3], dtype)).layers.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "matrix",
    [
        np.asfortranarray(EYE),
        np.kron(EYE, np.ones((2, 2)))[::2, ::2],
        EYE.astype(">f8"),
        EYE.astype(np.float16),
        EYE.astype(np.longdouble),
        EYE > 0,
        sp.csr_array(EYE)[:, ::-1][:, ::-1],
        np.asmatrix(EYE),
    ],
    ids=range(8),
)
def test_unusual_layouts_and_weights_are_taken_as_they_are(matrix):
    assert Graph(matrix) == Graph(EYE)
    assert Graph.from_layers([matrix]) == Graph.from_layers([EYE])
