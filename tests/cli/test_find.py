"""``motifcount find`` writes what ``find`` returns."""

from __future__ import annotations

import csv
import io

import pytest

import motifcount as mc

EDGES = "source,target\ncrp,araC\naraC,araB\ncrp,araB\naraC,araD\ncrp,araD\n"


@pytest.fixture
def find(run, tmp_path):
    """Run ``motifcount find`` on a file of edges; returns its exit status, standard output and standard error."""
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)

    def call(*args, file=path):
        return run("find", file, *args)

    call.path = path
    return call


def rows_of(text):
    header, *rows = csv.reader(io.StringIO(text))
    return header, sorted(map(tuple, rows))


def test_rows_of_labels(find, tmp_path):
    graph = mc.read_graph(find.path)
    expected = sorted(map(tuple, mc.find(graph, "030T", labels=True).tolist()))
    assert expected == [("crp", "araC", "araB"), ("crp", "araC", "araD")]
    status, out, err = find("feed_forward_loop")
    assert (status, rows_of(out)) == (0, (["a", "b", "c"], expected))
    assert "read" in err
    target = tmp_path / "out.csv"
    status, out, _ = find("030T", "-o", target, "-q", "-j", 2)
    assert (status, out) == (0, f"2 × 030T in {target}\n")
    assert rows_of(target.read_text()) == (["a", "b", "c"], expected)


def test_only_some(find):
    assert rows_of(find("030T", "--node", "araB")[1])[1] == [("crp", "araC", "araB")]
    assert rows_of(find("030T", "--arc", "crp,araD")[1])[1] == [("crp", "araC", "araD")]
    assert len(rows_of(find("030T", "--limit", 1)[1])[1]) == 1
    drawn = find("030T", "--limit", 1, "--seed", 4)[1]
    assert drawn == find("030T", "--limit", 1, "--seed", 4, "-j", 1)[1]


def test_numbers_where_there_are_no_labels(find):
    status, out, _ = find("bifan", "--node", 6, "--limit", 3, file="dataset:pendulum")
    header, rows = rows_of(out)
    assert (status, header, len(rows)) == (0, ["a", "b", "c", "d"], 3)
    assert all("6" in row for row in rows)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("030X",), "CLASS must be a motif class"),
        (("030T", "--seed", 1), "--seed needs a --limit"),
        (("030T", "--limit", 0), "--limit must be an integer from 1 to"),
        (("030T", "--node", "araE"), "--node must be a node of the graph, not 'araE' (did you mean"),
        (("030T", "--arc", "araB,crp"), "--arc must be an edge of the graph, and ('araB', 'crp') is none"),
        (("030T", "--arc", "crp"), "--arc must be two nodes"),
        (("030T", "-o", "-"), "--output must be a file, not -"),
        (("030T", "-o", "out.json"), "--output is a table of commas: its name must end in .csv, not .json"),
        (("030T", "-o", "nowhere/out.csv"), "nowhere/out.csv: no such file or folder"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(find, args, words):
    status, out, err = find(*args, "-q")
    assert (status, out) == (2, "")
    assert err.startswith("motifcount: ")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("node", ["250", "-1", "a"])
def test_numbers_of_no_node_are_refused(find, node):
    for option in ("--node", node), ("--arc", f"0,{node}"):
        status, _, err = find("bifan", *option, "-q", file="dataset:pendulum")
        assert (status, err.count("\n")) == (2, 1)
        assert f"{option[0]} must be a number of a node, from 0 to 249, not '{node}'" in err


@pytest.mark.parametrize(
    "command",
    [
        ("find", "FILE", "030T", "-o", "FILE"),
        ("count", "FILE", "--by-node", "-o", "FILE"),
        ("node-significance", "FILE", "--samples", 2, "-o", "FILE"),
        ("randomize", "FILE", "-o", "FILE"),
        ("randomize", "FILE", "-o", "LINK"),
    ],
)
def test_a_file_that_is_read_is_not_written_over(run, find, tmp_path, command):
    link = tmp_path / "link.csv"
    link.symlink_to(find.path)
    names = {"FILE": find.path, "LINK": link}
    status, _, err = run(*(names.get(word, word) for word in command))
    assert status == 2
    assert "--output must not be FILE itself" in err
    assert find.path.read_text() == EDGES
