"""The command counts, describes and randomizes as the functions do, and fails in one line."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

import motifcount as mc

NET = "dataset:pendulum"


def test_count_prints_a_table(run):
    status, out, _ = run("count", NET, "--size", "2,3,4")
    assert status == 0
    assert "250 nodes, 1,460 edges, 5 layers" in out
    rows = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line.strip()}
    counts = mc.count(mc.datasets.load("pendulum"), (2, 3, 4))
    assert {name: rows[name] for name in counts} == {name: f"{value:,}" for name, value in counts.items()}


def test_count_as_json_and_csv_agree_with_the_function(run):
    counts = mc.count(mc.datasets.load("pendulum", bias=True), (3, 4), induced=False)
    status, out, _ = run("count", NET, "--size", "3,4", "--subgraph", "--bias", "--json")
    assert status == 0
    assert json.loads(out)["counts"] == dict(counts)
    status, out, _ = run("count", NET, "--size", "3,4", "--subgraph", "--bias", "--csv")
    assert {row["class"]: int(row["count"]) for row in csv.DictReader(io.StringIO(out))} == dict(counts)


def test_counts_by_block_in_every_form(run):
    counts = mc.count(mc.datasets.load("pendulum"), 4, by_block=True)
    blocks = {layers: n for name, layers, n in counts.rows_by_block() if name == "bifan"}
    command = ("count", NET, "--size", 4, "--by-block", "--classes", "bifan")
    _, out, _ = run(*command)
    rows = [line.split() for line in out.splitlines() if "," in line and line.split()[0] == "bifan"]
    assert {" ".join(row[1:-1]): int(row[-1].replace(",", "")) for row in rows if len(row) == 6} == blocks
    _, out, _ = run(*command, "--json")
    found = json.loads(out)["by_block"]
    assert {row["layers"]: row["count"] for row in found if row["class"] == "bifan"} == blocks
    _, out, _ = run(*command, "--csv")
    rows = csv.DictReader(io.StringIO(out))
    assert {row["layers"]: int(row["count"]) for row in rows if row["class"] == "bifan"} == blocks


@pytest.mark.parametrize("command", [("count",), ("significance", "--samples", 10, "--seed", 1)])
def test_pandas_reads_every_class_of_the_csv(run, command):
    name, *options = command
    _, out, _ = run(name, NET, *options, "--size", "2,3,4", "--csv")
    frame = pd.read_csv(io.StringIO(out), index_col="class")
    counts = mc.count(mc.datasets.load("pendulum"), (2, 3, 4))
    assert {mc.ALIASES.get(word, word) for word in frame.index} == set(counts)
    column = "count" if name == "count" else "observed"
    assert all(counts[word] == number for word, number in frame[column].items())


def test_pandas_reads_the_numbers_of_tetrads_as_names(run, tmp_path):
    (tmp_path / "a.txt").write_text("0 1\n1 2\n2 0\n2 3\n")
    out = run("count", tmp_path / "a.txt", "--size", 4, "--csv")[1]
    frame = pd.read_csv(io.StringIO(out), dtype={"class": str}, index_col="class")
    assert frame["count"].to_dict() == dict(mc.count(tmp_path / "a.txt", 4))


def test_info_describes_the_installation_and_a_file(run):
    status, out, _ = run("info")
    assert status == 0
    assert mc.__version__ in out
    assert json.loads(run("info", NET, "--json")[1])["layers"] == [6, 96, 96, 48, 4]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("count", "nothing.npz"), "nothing.npz"),
        (("count", "dataset:pendulun"), "pendulum"),
        (("count", NET, "--size", "5"), "size"),
        (("count", NET, "--size", "two"), "--size"),
        (("count", NET, "--json", "--csv"), "--json"),
        (("count", NET, "--layers", "infer"), "--layers"),
        (("count", NET, "--threads", "0"), "--threads"),
        (("significance", NET, "--samples", "1"), "samples"),
        (("significance", NET, "--seed", "-1"), "seed"),
        (("significance", NET, "--null", "dgree"), "degree"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_errors_are_one_message_and_status_2(run, args, says):
    status, out, err = run(*args)
    assert status == 2
    assert not out
    assert says in err
    assert "Traceback" not in err


def test_randomize_writes_what_the_function_returns(run, tmp_path):
    out = tmp_path / "out.npz"
    options = ["--null", "edge_count", "--layers", "infer", "--seed", 7, "-j", 2]
    (tmp_path / "a.tsv").write_text("0 1\n1 2\n0 3\n3 2\n1 4\n")
    status, said, _ = run("randomize", tmp_path / "a.tsv", "-o", out, *options)
    assert status == 0
    assert "out.npz: 5 nodes, 5 edges" in said
    assert said.endswith("null model edge_count, seed 7\n")
    graph = mc.files.read_graph(tmp_path / "a.tsv", layers="infer")
    assert mc.files.read_graph(out, layers=graph.layers) == mc.randomize(graph, "edge_count", seed=7)
    first = out.read_bytes()
    assert run("randomize", tmp_path / "a.tsv", "-o", out, *options)[0] == 0
    assert out.read_bytes() == first
    seed = run("randomize", NET, "-o", out)[1].split()[-1]
    drawn = mc.files.read_graph(out, layers=mc.datasets.load("pendulum").layers)
    assert drawn == mc.randomize(mc.datasets.load("pendulum"), seed=int(seed))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tsv", "out.npz"]


def test_an_interrupt_is_status_130(run, monkeypatch):
    monkeypatch.setattr(mc, "count", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("count", NET)[0] == 130
