"""Lists of edges: columns and pairs of integers or labels, data frames; what could be read in two ways is refused."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

import motifcount as mc

WORDS = st.text("abcxyz_ é,\";'|#", min_size=1, max_size=4).filter(lambda word: word == word.strip())
EDGES = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12)
FFL = [("crp", "araC"), ("araC", "araB"), ("crp", "araB")]
from_edges = mc.Graph.from_edges


def named_edges(graph):
    """The edges by label."""
    labels = graph.labels or range(graph.n_nodes)
    src, dst = graph.to_scipy().nonzero()
    return {(labels[u], labels[v]) for u, v in zip(src.tolist(), dst.tolist(), strict=True)}


def is_graph_of(graph, edges):
    return named_edges(graph) == {(u, v) for u, v in edges if u != v} and set(graph.labels) == {*sum(edges, ())}


COLUMNS = {
    "lists": lambda src, dst: from_edges(src, dst),
    "tuples": lambda src, dst: from_edges(tuple(src), tuple(dst)),
    "arrays": lambda src, dst: from_edges(np.array(src), np.array(dst)),
    "objects": lambda src, dst: from_edges(np.array(src, object), np.array(dst, object)),
    "series": lambda src, dst: from_edges(pd.Series(src), pd.Series(dst)),
    "categories": lambda src, dst: from_edges(pd.Series(src, dtype="category"), pd.Series(dst, dtype="category")),
    "pairs": lambda src, dst: from_edges(list(zip(src, dst, strict=True))),
    "array of pairs": lambda src, dst: from_edges(np.column_stack([src, dst])),
    "as a graph": lambda src, dst: mc.Graph(list(zip(src, dst, strict=True))),
    "frame": lambda src, dst: from_edges(pd.DataFrame({"source": src, "target": dst})),
    "frame of a part": lambda src, dst: from_edges(
        pd.DataFrame({"source": ["x", *src], "target": ["q", *dst]}).iloc[1:]
    ),
    "frame without names": lambda src, dst: from_edges(
        pd.DataFrame({"n": "", "to": dst, "from": src}).drop(columns="n"), columns=("from", "to")
    ),
    "frame of an index": lambda src, dst: mc.Graph(pd.DataFrame({"target": dst, "source": src}).set_index("source")),
}


@pytest.mark.parametrize("kind", COLUMNS)
@example(edges=[("#", ";"), ("a", "b")])
@example(edges=[("a", "b"), ("b", "c"), (";", "d")])
@given(edges=EDGES)
def test_words_become_labels(kind, edges):
    src, dst = map(list, zip(*edges, strict=True))
    graph = COLUMNS[kind](src, dst)
    assert is_graph_of(graph, edges)
    assert list(graph.labels) == sorted(graph.labels)
    assert graph.dropped["self-loops"] == sum(u == v for u, v in edges)


@given(edges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12))
def test_integers_are_positions(edges):
    expected = from_edges([u for u, _ in edges], [v for _, v in edges])
    assert from_edges(edges) == from_edges(np.array(edges)) == from_edges(torch.tensor(edges)) == expected
    assert expected.labels is None
    if len(edges) != 2:
        assert mc.count(edges) == mc.count(expected)
    frame = mc.Graph(pd.DataFrame(edges, columns=["source", "target"]))  # where they are ids
    assert named_edges(frame) == named_edges(expected)
    assert frame.labels == tuple(sorted({*sum(edges, ())}))


def test_labels_that_cannot_be_compared_keep_their_order():
    graph = from_edges(["b", 3, "a"], [3, "a", b"x"])
    assert graph.labels == ("b", 3, "a", b"x")
    assert named_edges(graph) == {("b", 3), (3, "a"), ("a", b"x")}


def test_layers_by_label():
    graph = from_edges(FFL, layers={"crp": 0, "araC": 1, "araB": 2, "other": 9})
    assert dict(zip(graph.labels, graph.layers.tolist(), strict=True)) == {"crp": 0, "araC": 1, "araB": 2}
    assert from_edges(FFL, layers="infer").layers.tolist() == graph.layers.tolist()
    assert mc.Graph(nx.DiGraph(FFL), layers={"crp": 0, "araC": 1, "araB": 2}).layers.tolist() == [0, 1, 2]
    frame = pd.DataFrame(FFL, columns=["regulator", "gene"])
    assert from_edges(frame, layers={"crp": 0, "araC": 1, "araB": 2}) == graph
    with pytest.raises(ValueError, match="layers must be a mapping of labels"):
        from_edges(FFL, layers=[0, 1, 2])
    with pytest.raises(ValueError, match="layers must have a layer for every node, but has none for 'araB'"):
        from_edges(FFL, layers={"crp": 0, "araC": 1})


def test_a_frame_of_numbered_columns_has_a_header_or_none():
    frame = pd.DataFrame([["kam", "wen"], ["a", "b"], ["b", "c"]])
    with pytest.raises(ValueError, match=r"header=True or header=False \(arguments of Graph.from_edges\)"):
        mc.Graph(frame)
    assert named_edges(from_edges(frame, header=False)) == {("kam", "wen"), ("a", "b"), ("b", "c")}
    assert named_edges(from_edges(frame, header=True)) == {("a", "b"), ("b", "c")}
    with pytest.raises(ValueError, match="header=False says nothing where columns have names"):
        from_edges(frame.set_axis(["source", "target"], axis=1), header=False)


def test_rows_of_a_frame_are_data():
    frame = pd.DataFrame({"source": ["source", "b"], "target": ["target", "c"]})
    with pytest.raises(ValueError, match=r"1 rows repeat the names of columns; .* say columns=\('source', 'target'\)"):
        mc.Graph(frame)
    assert named_edges(from_edges(frame, columns=("source", "target"))) == {("source", "target"), ("b", "c")}
    with pytest.raises(ValueError, match=r"stands alone: sources and targets .* reset_index"):
        mc.Graph(pd.DataFrame({"target": ["b", "c"]}, index=["a", "b"]))


def test_options_of_a_frame():
    frame = pd.DataFrame({"pre": [7, 7, 8, 9], "post": [8, 8, 9, 7], "syn_count": [2, 3, 4, 0]})
    assert named_edges(from_edges(frame)) == {(7, 8), (8, 9)}
    assert named_edges(from_edges(frame, threshold=5)) == {(7, 8)}
    assert named_edges(from_edges(frame, columns=("post", "pre"), undirected=True)) == {(7, 8), (8, 7), (8, 9), (9, 8)}
    grouped = frame.groupby(["pre", "post"]).sum()
    assert from_edges(grouped).dropped == {"self-loops": 0, "duplicates": 0, "weight 0": 1}
    assert mc.count(frame) == mc.count(from_edges(frame))


@pytest.mark.parametrize("labels", [list("abc"), [5, 7, 6], ["x", "1", "2"]])
def test_a_frame_that_is_a_matrix(labels):
    frame = pd.DataFrame([[0, 0.5, 1], [0, 0, 1], [0, 0, 0]], index=labels, columns=labels)
    a, b, c = labels if labels != ["x", "1", "2"] else ("x", "1", "2")
    assert named_edges(mc.Graph(frame)) == {(a, b), (a, c), (b, c)}
    assert named_edges(mc.Graph(frame.iloc[[2, 0, 1]])) == {(a, b), (a, c), (b, c)}
    assert named_edges(mc.Graph(pd.DataFrame(frame.to_numpy()))) == {(0, 1), (0, 2), (1, 2)}
    frame.iloc[1, 2] = np.nan
    with pytest.raises(ValueError, match=r"adj, .*row 1, column 2 of the matrix is empty; write 0"):
        mc.count(frame)


def test_polars():
    class DataFrame:
        """Stands in for that of polars: the part of its interface that is used."""

        columns = ("from", "to")

        def write_csv(self, *, quote_style):
            return "from,to\na,b\nb,c\n"

    DataFrame.__module__ = "polars.dataframe.frame"
    assert named_edges(mc.Graph(DataFrame())) == {("a", "b"), ("b", "c")}


REFUSED = {
    "two pairs": (lambda: mc.count([(0, 1), (1, 2)]), r"adj may be a matrix of 2 nodes .* or two edges"),
    "a matrix of two": (lambda: mc.Graph([[0, 5], [1, 0]]), r"adj may be a matrix of 2 nodes .* or two edges"),
    "weighted": (lambda: mc.Graph([(0, 1, 5), (1, 2, 3), (0, 2, 1)]), "adj may be a matrix of 3 .* three edges with"),
    "array of pairs": (lambda: mc.Graph(np.zeros((3, 2), int)), r"\(3, 2\); edges go to Graph.from_edges\(adj\)$"),
    "high": (lambda: mc.Graph([(0, 2**50), (1, 2), (0, 2)]), "adj, taken for a list of edges: .*too high"),
    "a path without an ending": (lambda: mc.count("a"), r"adj, a path: a: the ending.*\(in mc.read_graph\)$"),
    "missing": (
        lambda: from_edges(["a", None], ["b", "c"]),
        "src must hold a label for every edge, but entry 1 is None",
    ),
    "empty": (lambda: from_edges(["a"], [""]), "dst must hold a label for every edge, but entry 0 is ''"),
    "nan": (lambda: from_edges(["a", np.nan], ["b", "c"]), "src must hold .* entry 1 is nan"),
    "na": (lambda: from_edges(pd.array([1, None], "Int64"), [0, 1]), "src must not have masked entries"),
    "float": (lambda: from_edges(["a"], [1.0]), "dst must hold integers .* or labels .*, not float64"),
    "floats and words": (lambda: from_edges(["a", "b"], ["c", 1.5]), "dst must hold .* or labels .* entry 1 is 1.5"),
    "mixed kinds": (lambda: from_edges([0, 1], ["a", "b"]), "src and dst must both hold integers or both hold labels"),
    "huge": (lambda: from_edges([10**30], [0]), "src must hold integers of up to 64 bits"),
    "objects": (lambda: from_edges(np.array([0, 1], object), [1, 2]), "src must hold .*; of integers, make an array"),
    "unhashable": (lambda: from_edges(np.array([{}, {}], object), ["a", "b"]), "src must hold .* entry 0 is {}"),
    "uneven": (lambda: from_edges(["a"], ["b", "c"]), "src and dst must have the same length, not 1 and 2"),
    "one column": (
        lambda: from_edges([0, 1, 2]),
        r"src must be rows of pairs, .* where dst is not given, not of shape",
    ),
    "edge index": (lambda: from_edges(np.zeros((2, 3), int)), r"src must be rows of pairs.*Graph.from_edges\(\*src\)"),
    "triples": (lambda: from_edges([("a", "b", 1)]), r"src must be rows of pairs.*row\[:2\]"),
    "two triples": (
        lambda: from_edges([("a", "b", 5), ("b", "c", 0)]),
        r"not of shape \(2, 3\); what stands third is left out by \[row\[:2\] for row in src\]$",
    ),
    "n_nodes": (lambda: from_edges(FFL, n_nodes=5), "n_nodes must be None where nodes have labels"),
    "n_nodes of a frame": (lambda: from_edges(pd.DataFrame(FFL), n_nodes=5), "n_nodes must be None for a frame"),
    "columns of arrays": (lambda: from_edges([0], [1], columns=(0, 1)), "columns must not be given: only a frame"),
    "unknown option": (lambda: from_edges(pd.DataFrame(FFL), colums=1), "colums must not be given: the options of"),
    "format": (lambda: from_edges(pd.DataFrame(FFL), format="sif"), 'format must be "edges" or "matrix" for a frame'),
    "unknown names": (
        lambda: mc.count(pd.DataFrame(FFL, columns=["x", "y"])),
        "adj, .*none of the columns 'x', 'y' .*name them with columns=",
    ),
    "missing end": (
        lambda: from_edges(pd.DataFrame({"source": ["a", None], "target": ["b", "c"]})),
        "src, .*line 3 must hold a source and a target, but one is empty",
    ),
    "ids that were floats": (
        lambda: from_edges(pd.DataFrame({"source": [7.2e17], "target": [1]})),
        "src, .*has lost digits of an integer",
    ),
}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=2))
def test_two_pairs_have_one_rule_in_python_and_in_files(tmp_path_factory, pairs):
    """They may be two edges or a matrix of two nodes, and are read where both are one graph."""
    path = tmp_path_factory.getbasetemp() / "pairs.csv"
    path.write_text("".join(f"{u},{v}\n" for u, v in pairs))
    edges, matrix = from_edges(pairs, n_nodes=3), mc.Graph(np.array(pairs))
    nodes = {end for pair in pairs for end in pair}
    if named_edges(edges) == named_edges(matrix) and nodes == {0, 1}:
        assert mc.Graph(pairs) == matrix
        assert named_edges(mc.read_graph(path)) == named_edges(matrix)
        return
    for read in (lambda: mc.Graph(pairs), lambda: mc.read_graph(path), lambda: mc.Graph(pd.DataFrame(pairs))):
        with pytest.raises(ValueError, match="may be a matrix of 2 nodes"):
            read()
    assert named_edges(mc.read_graph(path, format="matrix")) == named_edges(matrix)
    assert named_edges(mc.read_graph(path, format="edges", header=False)) == named_edges(edges)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case):
    call, says = REFUSED[case]
    with pytest.raises((TypeError, ValueError), match=says):
        call()


@pytest.mark.parametrize("ids", [(12, 7205759406, 5), (720575940621039145, 720575940618707001, 7), (0, 5000, 3)])
def test_ids_are_no_numbers_of_nodes(ids):
    """Without n_nodes, an integer so high that nearly all nodes would have no edge is refused, with both ways out."""
    src, dst = [ids[0], ids[1]], [ids[1], ids[2]]
    with pytest.raises(ValueError, match=r"numbers of nodes.*too high for 2 edges.*DataFrame.*texts.*give") as refusal:
        mc.Graph.from_edges(src, dst)
    way = str(refusal.value).partition("by a frame (")[2].partition(") or as texts")[0]
    by_frame = eval(way, {"Graph": mc.Graph, "pandas": pd, "src": src, "dst": dst})
    by_texts = mc.Graph.from_edges(list(map(str, src)), list(map(str, dst)))
    assert by_frame.n_nodes == by_texts.n_nodes == 3
    assert set(by_frame.labels) == set(ids)
    with pytest.raises(ValueError, match="too high for 3 edges"):
        mc.count(list(zip([*src, 1], [*dst, 2], strict=True)))
    if (n_nodes := max(ids) + 1) < 2**40:
        assert f"give n_nodes={n_nodes}" in str(refusal.value)
        assert mc.Graph.from_edges(src, dst, n_nodes).n_nodes == n_nodes


def test_numbers_of_nodes_may_leave_many_out():
    assert mc.Graph.from_edges([0], [1099]).n_nodes == 1100
    assert mc.Graph.from_edges([0, 0], [1, 1199]).n_nodes == 1200
    with pytest.raises(ValueError, match="too high"):
        mc.Graph.from_edges([0], [1100])
