"""``motifcount count --by-node``, ``--by-role`` and ``--by-arc``: a line for each node or edge."""

from __future__ import annotations

import csv

import numpy as np
import pytest

import motifcount as mc

GENES = "source,target\ncrp,araC\ncrp,araB\naraC,araB\naraC,araD\ncrp,araD\ncrp,galE\n"


@pytest.fixture
def genes(tmp_path):
    path = tmp_path / "genes.csv"
    path.write_text(GENES)
    return path


def table(path):
    header, *rows = csv.reader(path.read_text().splitlines())
    return header, {row[0]: [int(value) for value in row[1:]] for row in rows}


@pytest.mark.parametrize("flag", ["by_node", "by_role"])
@pytest.mark.parametrize("size", [3, 4])
def test_a_line_for_each_node_with_its_label(run, genes, tmp_path, flag, size):
    out = tmp_path / "nodes.csv"
    code, text, _ = run("count", genes, "--size", size, f"--{flag.replace('_', '-')}", "-o", out)
    graph = mc.read_graph(genes)
    counts = mc.count(graph, size, **{flag: True})
    header, rows = table(out)
    assert code == 0
    assert "4 nodes" in text or "5 nodes" in text
    assert list(rows) == list(graph.labels)
    columns = counts.columns_by_node(by_role=flag == "by_role")
    assert header[0] == "node"
    for k, name in enumerate(header[1:]):
        assert columns[name].tolist() == [row[k] for row in rows.values()]
    left_out = set(columns) - set(header)
    assert not any(columns[name].any() for name in left_out)
    assert bool(left_out) == (size == 4)  # 199 classes, of which most do not occur


def test_classes_choose_columns_and_nodes_without_labels_have_numbers(run, tmp_path):
    np.save(tmp_path / "a.npy", np.eye(6, k=1) + np.eye(6, k=2))
    assert (
        run("count", tmp_path / "a.npy", "--size", "3", "--by-role", "--classes", "030T", "-o", tmp_path / "b.csv")[0]
        == 0
    )
    header, rows = table(tmp_path / "b.csv")
    assert header == ["node", "030T.a", "030T.b", "030T.c"]
    assert rows == {str(k): [int(k < 4), int(0 < k < 5), int(k > 1)] for k in range(6)}


def test_a_line_for_each_edge(run, genes, tmp_path):
    out = tmp_path / "edges.csv"
    code, text, _ = run("count", genes, "--size", 3, "--by-arc", "--classes", "030T,021D", "-o", out)
    assert (code, "6 edges, by class" in text) == (0, True)
    header, *lines = out.read_text().split()
    assert header == "source,target,021D,030T"
    crp = {"crp,araB,2,1", "crp,araC,1,2", "crp,araD,2,1", "crp,galE,3,0"}
    assert (len(lines), set(lines)) == (6, crp | {"araC,araB,1,1", "araC,araD,1,1"})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by-node", "--by-role", "-o", "x.csv"], "--by-node and --by-role are 2 tables"),
        (["--by-arc"], "--by-arc makes a line for each edge: give its file by --output"),
        (["--by-node"], "--by-node makes a line for each node: give its file by --output"),
        (["--output", "x.csv"], "--output is the file of --by-node, --by-role or --by-arc"),
        (["--by-arc", "--size", "4", "-o", "x.csv"], "--by-arc counts dyads and triads; leave out size 4"),
        (
            ["--by-group", "--size", "4", "--layers", "infer"],
            "--by-group counts dyads and triads; leave out size 4, or --by-group",
        ),
        (["--by-node", "-o", "no/such/folder/x.csv"], "no/such/folder"),
    ],
)
def test_what_does_not_fit_is_refused(run, genes, options, message):
    code, _, error = run("count", genes, *options)
    assert code == 2
    assert message in error
