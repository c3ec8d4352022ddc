"""Every kind of input gives the same graph, the input is never changed, and a canonical CSR is not copied."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
import torch_geometric.data as geometric
from hypothesis import given

import motifcount as mc
from motifcount import _core
from motifcount.graph import access, as_graph
from support.graph_tool import GraphToolGraph
from support.strategies import digraphs

N = 6
MATRIX = np.array(
    [
        [0, 1, 1, 0, 0, 0],
        [1, 0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ]
)
SRC, DST = np.nonzero(MATRIX)
GRAPH = mc.Graph.from_edges(SRC, DST, N)
WEIGHTS = np.resize([-1.0, 0.25, 1e-300, 1e300, 3.0], len(SRC))


def with_loops():
    """Weights of every kind, and a loop."""
    matrix = MATRIX.astype(float)
    matrix[SRC, DST] = WEIGHTS
    matrix[2, 2] = matrix[4, 4] = 5
    return matrix


def csr_with(index_dtype, *, unsorted=False, repeated=False, zeros=False):
    """The graph as a CSR array put together by hand: rows out of order, repeated entries, stored zeros."""
    rows = [list(np.flatnonzero(row)) for row in MATRIX]
    data = [[1.5] * len(row) for row in rows]
    for row, values in zip(rows, data, strict=True):
        if repeated and row:
            row.append(row[0])
            values.append(2.0)
        if zeros:
            row.append(N - 1)
            values.append(0.0)
        if unsorted:
            row.reverse()
            values.reverse()
    matrix = sp.csr_array((N, N))
    matrix.indptr = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(index_dtype)
    matrix.indices, matrix.data = np.concatenate(rows).astype(index_dtype), np.concatenate(data)
    return matrix


def spare_room():
    """Index and value arrays longer than indptr says."""
    matrix = csr_with(np.int32)
    matrix.indices, matrix.data = np.append(matrix.indices, [0, 7]), np.append(matrix.data, [1, 1])
    return matrix


def sparse_tensor(layout):
    return getattr(torch.tensor(with_loops()), layout)()


def coo_tensor():
    """Entries in no order, one of them in two parts that add up, and a stored zero."""
    src, dst = np.r_[SRC[::-1], SRC[0], 5], np.r_[DST[::-1], DST[0], 0]
    values = np.r_[WEIGHTS, WEIGHTS[-1], 0]
    return torch.sparse_coo_tensor(np.stack([src, dst]), values, (N, N), check_invariants=True)


def csr_tensor(dtype):
    matrix = csr_with(dtype)
    arrays = (torch.from_numpy(array) for array in (matrix.indptr, matrix.indices, matrix.data))
    return torch.sparse_csr_tensor(*arrays, (N, N), check_invariants=True)


def networkx_graph(kind):
    graph = kind()
    graph.add_nodes_from("abcdef")
    graph.add_weighted_edges_from(("abcdef"[u], "abcdef"[v], -0.5) for u, v in zip(SRC, DST, strict=True))
    graph.add_edges_from([("c", "c"), ("a", "b")])
    return graph


SPARSE = ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"]
INPUTS = {
    **{
        f"{kind}_{form}": (getattr(sp, f"{kind}_{form}"), with_loops) for kind in SPARSE for form in ("array", "matrix")
    },
    **{str(dtype): (np.asarray, lambda dtype=dtype: MATRIX.astype(dtype)) for dtype in ("?", "i1", "u2", "i8", "f2")},
    "float": (np.asarray, with_loops),
    "fortran": (np.asfortranarray, with_loops),
    "view": (lambda matrix: np.repeat(np.repeat(matrix, 2, 0), 2, 1)[::2, ::2], with_loops),
    "lists": (np.ndarray.tolist, lambda: MATRIX),
    "tuples": (lambda matrix: tuple(map(tuple, matrix)), lambda: MATRIX),
    "int32": (csr_with, lambda: np.int32),
    "int64": (csr_with, lambda: np.int64),
    "uint8": (csr_with, lambda: np.uint8),
    "unsorted": (lambda dtype: csr_with(dtype, unsorted=True), lambda: np.int32),
    "repeated": (lambda dtype: csr_with(dtype, repeated=True), lambda: np.int64),
    "zeros": (lambda dtype: csr_with(dtype, zeros=True), lambda: np.int32),
    "untidy": (lambda dtype: csr_with(dtype, zeros=True, repeated=True, unsorted=True), lambda: np.int64),
    "spare-room": (lambda _: spare_room(), lambda: None),
    **{f"torch-{t}": (torch.tensor(MATRIX).to, lambda t=t: getattr(torch, t)) for t in ("float32", "bool", "bfloat16")},
    "torch-grad": (lambda matrix: torch.tensor(matrix, requires_grad=True), with_loops),
    **{
        f"torch-{layout}": (sparse_tensor, lambda layout=layout: layout)
        for layout in ("to_sparse", "to_sparse_csr", "to_sparse_csc")
    },
    "torch-coo-untidy": (lambda _: coo_tensor(), lambda: None),
    "torch-coo-grad": (lambda _: coo_tensor().requires_grad_(), lambda: None),
    "torch-csr-int32": (csr_tensor, lambda: np.int32),
    "torch-csr-int64": (csr_tensor, lambda: np.int64),
    "torch-bsr": (lambda dtype: csr_tensor(dtype).to_sparse_bsr((2, 3)), lambda: np.int64),
    "networkx": (networkx_graph, lambda: nx.DiGraph),
    "networkx-multi": (networkx_graph, lambda: nx.MultiDiGraph),
    "igraph": (lambda edges: igraph.Graph(N, [*edges, (2, 2)], directed=True), lambda: np.argwhere(MATRIX).tolist()),
    "graph-tool": (GraphToolGraph, lambda: [*np.argwhere(MATRIX), (2, 2), (0, 1)]),
    "geometric": (
        lambda edges: geometric.Data(edge_index=torch.tensor(edges).T, num_nodes=N),
        lambda: [*np.argwhere(MATRIX).tolist(), [2, 2], [0, 1]],
    ),
    "graph": (mc.Graph, lambda: GRAPH),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_kind_of_input_gives_the_same_graph(kind):
    make, source = INPUTS[kind]
    given_input = make(source())
    assert mc.Graph(given_input) == GRAPH
    assert mc.count(given_input, num_threads=2) == mc.count(GRAPH)


@pytest.mark.parametrize("dtype", [np.int8, np.uint16, np.int32, np.int64, np.uint64, list])
def test_edges_of_every_integer_type(dtype):
    src, dst = (ends.tolist() if dtype is list else ends.astype(dtype) for ends in (SRC, DST))
    assert mc.Graph.from_edges(src, dst, N) == GRAPH
    assert mc.Graph.from_edges(src, dst).n_nodes == 5


def test_edge_index_of_a_tensor():
    edge_index = torch.tensor(np.stack([SRC, DST]))
    assert mc.Graph.from_edges(*edge_index, N) == GRAPH
    assert mc.Graph.from_edges(*edge_index.int(), N) == GRAPH


def test_repeated_edges_and_loops_are_dropped():
    messy = mc.Graph.from_edges(np.r_[SRC, SRC, 2, 2], np.r_[DST, DST, 2, 2], N)
    assert messy == GRAPH
    assert messy.n_edges == len(SRC)


def test_labels_come_from_networkx_and_igraph():
    labelled = mc.Graph(networkx_graph(nx.DiGraph))
    assert labelled.labels == tuple("abcdef")
    assert mc.Graph(networkx_graph(nx.DiGraph), layers=[0, 1, 2, 3, 4, 5]).labels == tuple("abcdef")
    graph = igraph.Graph(3, [(0, 1)], directed=True)
    assert mc.Graph(graph).labels is None
    graph.vs["name"] = ["x", "y", "z"]
    assert mc.Graph(graph).labels == ("x", "y", "z")


def test_hidden_vertices_of_graph_tool_are_no_nodes():
    view = GraphToolGraph([(1, 4), (4, 9), (9, 1)], vertices=[1, 4, 5, 9])
    graph = mc.Graph(view)
    assert graph == mc.Graph.from_edges([0, 1, 3], [1, 3, 0], 4)
    assert graph.labels == (1, 4, 5, 9)
    assert mc.Graph(GraphToolGraph([])).labels is None
    assert mc.Graph(GraphToolGraph([], vertices=0)).n_nodes == 0


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_a_canonical_csr_is_borrowed_for_a_call(dtype, monkeypatch):
    matrix = csr_with(dtype)
    graph = as_graph(matrix)
    pointers, columns = access.csr(graph)
    assert np.shares_memory(pointers, matrix.indptr)
    assert np.shares_memory(columns, matrix.indices)
    seen = []
    digraph = _core.Digraph
    monkeypatch.setattr(_core, "Digraph", lambda *args: seen.append(args) or digraph(*args))
    mc.count(matrix)
    assert np.shares_memory(seen[0][0], matrix.indptr)
    assert np.shares_memory(seen[0][1], matrix.indices)


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_a_compressed_tensor_is_borrowed_for_a_call(dtype):
    tensor = csr_tensor(dtype)
    pointers, columns = tensor.crow_indices().numpy(), tensor.col_indices().numpy()
    graph = as_graph(tensor)
    assert all(map(np.shares_memory, access.csr(graph), (pointers, columns)))
    owner = mc.Graph(tensor)
    columns[:] = 0
    assert owner == GRAPH


def test_to_scipy_is_a_view():
    matrix = GRAPH.to_scipy()
    inside = access.csr(GRAPH)
    assert all(map(np.shares_memory, (matrix.indptr, matrix.indices), inside))
    assert all(map(np.shares_memory, access.csr(as_graph(matrix)), inside))
    for array in (matrix.indices, matrix.indptr):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    copied = matrix.copy()
    copied.data[1:] = 0
    copied.eliminate_zeros()
    assert (copied.nnz, GRAPH.n_edges) == (1, len(SRC))


def test_a_graph_owns_its_arrays():
    matrix = csr_with(np.int32)
    graph = mc.Graph(matrix)
    before = mc.count(graph)
    matrix.indices[:] = 0
    matrix.indptr[:] = 0
    assert graph == GRAPH
    assert mc.count(graph) == before
    dense = MATRIX.copy()
    graph = mc.Graph(dense)
    dense[:] = 0
    assert graph == GRAPH


@pytest.mark.parametrize("use", [mc.Graph, mc.count, lambda m: mc.significance(m, "edge_count", samples=3, seed=1)])
@pytest.mark.parametrize("untidy", [False, True])
def test_the_input_is_not_changed(use, untidy):
    matrix = csr_with(np.int32, unsorted=untidy, repeated=untidy, zeros=untidy)
    before = [array.copy() for array in (matrix.indptr, matrix.indices, matrix.data)]
    use(matrix)
    after = (matrix.indptr, matrix.indices, matrix.data)
    assert all(map(np.array_equal, before, after))
    assert all(array.flags.writeable for array in after)


def test_read_only_arrays_are_fine():
    matrix = csr_with(np.int32)
    for array in (matrix.indptr, matrix.indices, matrix.data):
        array.flags.writeable = False
    assert mc.count(matrix) == mc.count(GRAPH)
    assert mc.Graph(matrix) == GRAPH


@given(digraphs())
def test_every_sparse_format_of_any_digraph(drawn):
    graph = drawn.graph()
    matrix = graph.to_scipy()
    for form in ("csr", "csc", "coo", "lil", "dok"):
        assert mc.Graph(matrix.asformat(form)) == graph
    assert mc.Graph(matrix.toarray()) == graph
    assert mc.Graph(graph.to_networkx()) == graph
