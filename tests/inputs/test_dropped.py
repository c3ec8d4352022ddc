"""Self-loops, duplicates and edges of weight 0 are left out and counted alike in all kinds of input; NaN is refused."""

from __future__ import annotations

import json
from collections import Counter

import igraph
import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
import torch
import torch_geometric.data as geometric
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from support import edge_sets
from support.graph_tool import GraphToolGraph

N = 5
ENTRIES = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1), st.sampled_from([0.0, 1.0, -2.5])))


def csr(src, dst, weight, kind=sp.csr_array):
    """Compressed rows (or columns) with entries as they are listed: unsorted, repeated, zeros stored."""
    along, across = (src, dst) if kind is sp.csr_array else (dst, src)
    order = np.argsort(along, kind="stable")
    matrix = kind((N, N))
    matrix.indptr = np.searchsorted(along[order], np.arange(N + 1)).astype(np.int32)
    matrix.indices, matrix.data = across[order].astype(np.int32), weight[order]
    return matrix


def multigraph(src, dst, weight):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(N))
    graph.add_weighted_edges_from(zip(src.tolist(), dst.tolist(), weight.tolist(), strict=True))
    return graph


def graph_tool(src, dst, weight):
    graph = GraphToolGraph(np.column_stack([src, dst]), N)
    graph.edge_properties = {"weight": weight}
    return graph


INPUTS = {
    "coo": lambda src, dst, weight: sp.coo_array((weight, (src, dst)), (N, N)),
    "csr": csr,
    "csc": lambda src, dst, weight: csr(src, dst, weight, sp.csc_array),
    "torch": lambda src, dst, weight: torch.sparse_coo_tensor(
        np.stack([src, dst]), torch.tensor(weight), (N, N), check_invariants=True
    ),
    "networkx": multigraph,
    "igraph": lambda src, dst, weight: igraph.Graph(
        N, np.column_stack([src, dst]), directed=True, edge_attrs={"weight": weight.tolist()}
    ),
    "graph-tool": graph_tool,
    "geometric": lambda src, dst, weight: geometric.Data(
        edge_index=torch.tensor(np.stack([src, dst])), edge_weight=torch.tensor(weight), num_nodes=N
    ),
}


def expected(entries):
    """The graph and what is left out of it, entry by entry."""
    live = [(u, v) for u, v, weight in entries if weight]
    arcs = Counter(arc for arc in live if arc[0] != arc[1])
    matrix = np.zeros((N, N), int)
    for u, v in arcs:
        matrix[u, v] = 1
    loops = sum(u == v for u, v in live)
    dropped = {
        "self-loops": loops,
        "duplicates": sum(arcs.values()) - len(arcs),
        "weight 0": len(entries) - len(live),
    }
    return mc.Graph(matrix), dropped


@pytest.mark.parametrize("kind", INPUTS)
@given(entries=ENTRIES)
def test_every_kind_of_input_leaves_out_the_same(kind, entries):
    src, dst = (np.array([entry[k] for entry in entries], np.int64) for k in (0, 1))
    weight = np.array([entry[2] for entry in entries], np.float64)
    graph = mc.Graph(INPUTS[kind](src, dst, weight))
    assert (graph, graph.dropped) == expected(entries)


@given(entries=ENTRIES)
def test_files_leave_out_the_same(entries, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp()
    graph, dropped = expected(entries)
    links = [{"source": u, "target": v, "weight": weight} for u, v, weight in entries]
    nodes = [{"id": k} for k in range(N)]
    text = json.dumps({"directed": True, "multigraph": True, "nodes": nodes, "links": links})
    (folder / "a.json").write_text(text)
    given = INPUTS["networkx"](*map(np.array, zip(*entries, strict=True))) if entries else nx.DiGraph()
    nx.write_graphml(given, folder / "a.graphml")
    read = mc.read_graph(folder / "a.json")
    assert (read, read.dropped) == (graph, dropped)
    if entries:
        assert mc.read_graph(folder / "a.graphml").dropped == dropped
        (folder / "a.csv").write_text("source,target,weight\n" + "".join(f"{u},{v},{w}\n" for u, v, w in entries))
        assert mc.read_graph(folder / "a.csv").dropped == dropped


@given(entries=ENTRIES)
def test_ends_of_edges_leave_out_loops_and_duplicates(entries):
    live = [(u, v, 1) for u, v, _ in entries]
    graph = mc.Graph.from_edges([u for u, _, _ in live], [v for _, v, _ in live], N)
    assert (graph, graph.dropped) == expected(live)
    layered = mc.Graph.from_edges([u for u, _, _ in live], [v for _, v, _ in live], N, layers=range(N))
    assert layered.dropped == graph.dropped
    assert mc.Graph(graph, layers=range(N)).dropped == graph.dropped


def test_what_is_drawn_or_cut_out_left_nothing_out():
    graph = mc.Graph.from_edges([0, 0, 0, 1], [0, 1, 1, 2], layers=[0, 1, 2])
    assert graph.dropped == {"self-loops": 1, "duplicates": 1, "weight 0": 0}
    for other in (mc.randomize(graph, seed=1), graph.drop_ineffective(), mc.Graph(graph.to_scipy())):
        assert set(other.dropped.values()) == {0}


def test_many_nodes_without_edges():
    graph = mc.Graph.from_edges([5, 5, 7], [10**6, 10**6, 7], 10**9)
    assert graph.dropped == {"self-loops": 1, "duplicates": 1, "weight 0": 0}


def with_nan(form):
    matrix = np.zeros((4, 4))
    matrix[0, 1], matrix[2, 3] = 1, np.nan
    return form(matrix)


NAN = {
    **{form: getattr(sp, f"{form}_array") for form in ("csr", "csc", "coo", "lil", "dok", "bsr")},
    "dense": np.asarray,
    "float16": np.float16,
    "lists": np.ndarray.tolist,
    "torch": torch.tensor,
    "bfloat16": lambda matrix: torch.tensor(matrix).bfloat16(),
    "torch-csr": lambda matrix: torch.tensor(matrix).to_sparse_csr(),
}


@pytest.mark.parametrize("form", NAN)
@pytest.mark.parametrize("use", [mc.Graph, mc.count, lambda adj: mc.significance(adj, samples=2)])
def test_nan_is_refused_with_its_place(form, use):
    with pytest.raises(ValueError, match=r"adj must hold finite numbers, but entry \(2, 3\) is NaN; fill .*np\.where"):
        use(with_nan(NAN[form]))


@pytest.mark.parametrize("form", [*NAN])
def test_inf_is_refused_with_its_place(form):
    """Matrices of distances have inf where there is no edge."""
    for value in (np.inf, -np.inf):
        matrix = np.zeros((4, 4))
        matrix[0, 1], matrix[2, 3] = 1, value
        with pytest.raises(ValueError, match=r"adj must .* entry \(2, 3\) is -?inf; fill"):
            mc.Graph(NAN[form](matrix))
    assert mc.Graph(np.where(np.isfinite(matrix), matrix, 0)).n_edges == 1  # as the refusal says


@pytest.mark.parametrize("form", [np.asarray, sp.csr_array, sp.coo_array, torch.tensor])
def test_complex_numbers_are_refused(form):
    with pytest.raises(TypeError, match=r"adj.* real numbers.*, not complex128"):
        mc.Graph(form(np.eye(4, k=1) * 1j))


def test_nan_in_masks_biases_and_modules():
    mask = with_nan(np.asarray)
    with pytest.raises(ValueError, match=r"masks\[1\] .*entry \(2, 3\) is NaN"):
        mc.Graph.from_layers([np.ones((4, 4)), mask])
    with pytest.raises(ValueError, match=r"biases\[0\] .*entry 1 is NaN"):
        mc.Graph.from_layers([np.ones((4, 2))], [[1, np.nan]])
    layer = torch.nn.Linear(4, 4)
    layer.weight.data = torch.tensor(mask)
    with pytest.raises(ValueError, match=r"module: 0.weight .*entry \(2, 3\) is NaN"):
        mc.Graph.from_module(torch.nn.Sequential(layer))


@pytest.mark.parametrize("weight", [np.nan, "strong", None, [1, 2]])
def test_weights_that_are_no_numbers(weight):
    graph = nx.DiGraph([("a", "b")])
    graph.add_edge("b", "c", weight=weight)
    with pytest.raises(ValueError, match=r"adj: the edge from node 1 to node 2 .* has the weight .* where a number"):
        mc.Graph(graph)


@pytest.mark.parametrize("kind", ["coo", "csr", "csc", "torch"])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([1.0, -1.0, 2.0])), max_size=12))
def test_entries_of_a_matrix_that_cancel_are_no_edge(kind, entries):
    src, dst, weight = (np.array(part) for part in zip(*entries, strict=True)) if entries else (np.zeros(0, int),) * 3
    total = np.zeros((N, N))
    np.add.at(total, (src, dst), weight)
    graph = mc.Graph(INPUTS[kind](src, dst, weight.astype(float)))
    sources, targets = (total != 0).nonzero()
    expected = {(u, v) for u, v in zip(sources.tolist(), targets.tolist(), strict=True) if u != v}
    assert edge_sets.by_label_or_position(graph) == expected
    assert graph.n_edges + sum(graph.dropped.values()) == len(entries)
