"""``motifcount node-significance`` writes what ``node_significance`` returns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import motifcount as mc

EDGES = "source,target\na,b\nb,c\na,c\nc,d\nd,a\nb,a\nd,e\ne,f\nf,a\nf,d\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)
    return path


@pytest.mark.parametrize(("sizes", "by_role"), [("3", False), ("2,3", True), ("4", False)])
def test_a_line_for_each_node_and_class_that_occurs(run, path, tmp_path, sizes, by_role):
    out = tmp_path / "nodes.csv"
    options = ["--size", sizes, "--null", "edge_count", "--samples", 20, "--seed", 3, *["--by-role"] * by_role]
    code, told, _ = run("node-significance", path, *options, "-o", out)
    graph = mc.read_graph(path)
    size = tuple(map(int, sizes.split(",")))
    found = mc.node_significance(graph, "edge_count", size=size, by_role=by_role, samples=20, seed=3)
    frame = found.to_frame(nodes=graph.labels)
    what = "role" if by_role else "class"
    read = pd.read_csv(out, index_col=["node", what])
    named = {"null": "null_dyad"}
    assert read.index.tolist() == [(node, named.get(name, name)) for node, name in frame.index]
    assert np.allclose(read.to_numpy(float), frame.to_numpy(float), equal_nan=True)
    assert (code, told) == (
        0,
        f"{len(frame):,} lines of nodes and {'roles' if by_role else 'classes'}, 20 samples, seed 3, in {out}\n",
    )


def test_nodes_without_labels_have_numbers(run, tmp_path):
    np.save(tmp_path / "a.npy", sum(np.roll(np.eye(6), k, axis=1) for k in (1, 2)))
    code, _, _ = run("node-significance", tmp_path / "a.npy", "--samples", 2, "--seed", 1, "-o", tmp_path / "b.csv")
    assert (code, set(pd.read_csv(tmp_path / "b.csv").node)) == (0, set(range(6)))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "'--output'"),
        (("-o", "no/such/folder/x.csv"), "no/such/folder"),
        (("-o", "x.csv", "--samples", 1), "--samples must be an integer from 2 to"),
        (("-o", "x.csv", "--size", "5"), "--size must be"),
        (("-o", "x.csv", "--null", "edge_count", "--keep-mutual"), "--keep-mutual belongs to --null degree"),
    ],
)
def test_refused_in_the_words_of_the_command_line(run, path, options, words):
    code, out, error = run("node-significance", path, *options)
    assert (code, out) == (2, "")
    assert words in error
