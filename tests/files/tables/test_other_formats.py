"""Files of other kinds that tables are taken for: refused by name, and what the refusal advises works."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import scipy.io
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

import motifcount as mc
from motifcount.files import read_graph
from support import edge_sets

GMT = "may be sets of genes .GMT."
GMX = "may be sets of genes .GMX."
RULE = "is a rule of a Boolean network"
REFUSED = {
    "sets with addresses": ("S1\thttp://x\tg1\tg2\nS2\thttp://y\tg1\tg3\n", GMT),
    "sets of several sizes": ("S1\tna\tg1\tg2\tg4\nS2\tna\tg1\tg3\n", GMT),
    "sets of one gene": ("S1\tna\tg1\nS2\tna\tg1\n", GMT),
    "sets in columns": ("S1\tS2\tS3\nna\tna\tna\ng1\tg1\tg4\ng2\tg3\t\n", GMX),
    "rules": ("targets, factors\nA, B & C\nB, !A\nC, A\n", f"line 2.*{RULE}"),
    "a rule among factors": ("targets, factors\nA, B\nB, !A\n", f"line 3.*{RULE}"),
    "a constant": ("targets,factors\nA, B\nB, 1\n", f"line 3.*{RULE}"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    text, says = REFUSED[case]
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / "a.txt")


@pytest.mark.parametrize(("ending", "says"), [("gmt", "sets of genes"), ("gmx", "sets of genes"), ("bnet", "BoolNet")])
def test_endings_of_other_programs(tmp_path, ending, says):
    (tmp_path / f"a.{ending}").write_text("S1\tna\tg1\n")
    with pytest.raises(ValueError, match=says):
        read_graph(tmp_path / f"a.{ending}")


def test_factors_alone_are_edges(tmp_path):
    (tmp_path / "a.txt").write_text("targets, factors\nA, B\nB, A\nC, A\n")
    assert edge_sets.in_words(read_graph(tmp_path / "a.txt")) == edge_sets.arcs("B>A A>B A>C")


MATRIX = np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]])


@pytest.mark.parametrize("matrix", [MATRIX, MATRIX.astype(float), sp.csc_array(MATRIX.astype(float))])
def test_a_file_of_matlab_is_read_as_its_refusal_says(tmp_path, matrix):
    path = tmp_path / "a.mat"
    scipy.io.savemat(path, {"A": matrix})
    with pytest.raises(ValueError, match=r"motifcount\.Graph\(scipy\.io\.loadmat\(path\)\['A'\]\)"):
        read_graph(path)
    assert edge_sets.in_words(mc.Graph(scipy.io.loadmat(path)["A"])) == edge_sets.arcs("0>1 0>2 1>2")


@pytest.mark.parametrize("name", ["a.h5", "a.mat", "a.keras", "a.csv"])
def test_hdf5_is_told_and_kernels_are_saved_as_the_refusal_says(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(90))
    with pytest.raises(ValueError, match=r"HDF5.*'-v7'.*numpy\.savez\('a\.npz', mask0=…, mask1=…\)"):
        read_graph(tmp_path / name)
    kernels = {"mask0": np.eye(2, 3), "mask1": np.eye(3, 2)}
    np.savez(tmp_path / "a.npz", **kernels)
    assert read_graph(tmp_path / "a.npz") == mc.Graph.from_layers(list(kernels.values()))


def test_what_networkx_reads(tmp_path):
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    (tmp_path / "a.lgr").write_text(
        "LEDA.GRAPH\nstring\nint\n-1\n3\n|{a}|\n|{b}|\n|{c}|\n2\n1 2 0 |{1}|\n2 3 0 |{1}|\n"
    )
    with pytest.raises(ValueError, match=r"networkx\.read_leda"):
        read_graph(tmp_path / "a.lgr")
    assert edge_sets.in_words(mc.Graph(nx.read_leda(tmp_path / "a.lgr"))) == set(graph.edges)
    for name in ("graph6", "sparse6"):
        getattr(nx, f"write_{name}")(nx.path_graph(3), tmp_path / f"a.{name}")
        with pytest.raises(ValueError, match=rf"networkx\.read_{name}"):
            read_graph(tmp_path / f"a.{name}")
        both = edge_sets.arcs("0>1 1>0 1>2 2>1")
        assert edge_sets.in_words(mc.Graph(getattr(nx, f"read_{name}")(tmp_path / f"a.{name}").to_directed())) == both
    nx.write_adjlist(nx.DiGraph([("a", "b"), ("a", "c"), ("b", "c")]), tmp_path / "a.txt")
    with pytest.raises(ValueError, match=r"networkx\.read_adjlist\(path, create_using=networkx\.DiGraph\)"):
        read_graph(tmp_path / "a.txt")
    found = mc.Graph(nx.read_adjlist(tmp_path / "a.txt", create_using=nx.DiGraph))
    assert edge_sets.in_words(found) == edge_sets.arcs("a>b a>c b>c")
    (tmp_path / "a.txt").write_text("a: b c\nb: c a\nc: a b\n")
    with pytest.raises(ValueError, match="without the colons"):
        read_graph(tmp_path / "a.txt")


def test_lists_of_neighbours_with_data(tmp_path):
    nx.write_multiline_adjlist(nx.DiGraph([("a", "b", {"w": 1}), ("a", "c", {"w": 2})]), tmp_path / "a.txt")
    with pytest.raises(ValueError, match=r"networkx\.read_multiline_adjlist"):
        read_graph(tmp_path / "a.txt")
    found = mc.Graph(nx.read_multiline_adjlist(tmp_path / "a.txt", create_using=nx.DiGraph))
    assert edge_sets.in_words(found) == edge_sets.arcs("a>b a>c")


@pytest.mark.parametrize("shape", [(2, 3), (3, 2)])
def test_edges_in_an_array_are_read_as_the_refusal_says(tmp_path, shape):
    edges = np.array([[0, 1], [1, 2], [0, 2]])
    np.savez(tmp_path / "a.npz", found=edges.T if shape == (2, 3) else edges)
    star = r"\*" if shape == (2, 3) else ""
    with pytest.raises(ValueError, match=rf"Graph\.from_edges\({star}np\.load\(path\)\['found'\]\)"):
        read_graph(tmp_path / "a.npz")
    array = np.load(tmp_path / "a.npz")["found"]
    found = mc.Graph.from_edges(*array) if star else mc.Graph.from_edges(array)
    assert edge_sets.in_words(found) == edge_sets.arcs("0>1 1>2 0>2")


@given(
    st.lists(st.integers(1, 4), min_size=3, max_size=5),
    st.sampled_from(["w{}", "kernel{}", "coefs_{}", "mask{}"]),
    st.booleans(),
    st.booleans(),
)
def test_weights_lie_as_names_or_biases_say_or_are_refused(tmp_path_factory, widths, name, turned, with_biases):
    path = tmp_path_factory.getbasetemp() / "weights.npz"
    masks = [np.ones(shape) for shape in pairwise(widths)]
    arrays = {name.format(k): mask.T if turned else mask for k, mask in enumerate(masks)}
    biases = {f"bias{k}": np.ones(mask.shape[1]) for k, mask in enumerate(masks)} if with_biases else {}
    np.savez(path, **arrays, **biases)
    sizes = [mask.shape for mask in arrays.values()]
    ways = {
        "(in, out)": all(before[1] == after[0] for before, after in pairwise(sizes)),
        "(out, in)": all(before[0] == after[1] for before, after in pairwise(sizes)),
    }
    for (into, out), bias in zip(sizes, biases.values(), strict=False):
        ways = {
            "(in, out)": ways["(in, out)"] and len(bias) == out,
            "(out, in)": ways["(out, in)"] and len(bias) == into,
        }
    if name == "w{}" and all(ways.values()):
        with pytest.raises(ValueError, match=r"\(in, out\).*\(out, in\).*mask0.*0\.weight"):
            read_graph(path)
    elif not all(ways.values()) or not turned:
        assert read_graph(path) == mc.Graph.from_layers(masks)
