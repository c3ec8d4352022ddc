"""``motifcount significance`` prints, and draws, what the function returns."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

import motifcount as mc
from motifcount.cli.options import NULLS
from motifcount.cli.wording import in_options
from motifcount.present import text

NET = "dataset:pendulum"


def test_significance_prints_a_table(run):
    status, out, _ = run("significance", NET, "--clean", "--samples", 50, "--seed", 3, "--size", "3,4")
    assert status == 0
    expected = mc.significance(mc.datasets.load("pendulum").drop_ineffective(), size=(3, 4), samples=50, seed=3)
    line = next(line for line in out.splitlines() if line.split()[:1] == ["bifan"])
    assert f"{expected.z['bifan']:+.2f}" in line
    assert "021D" in out
    assert "fixed by the null" in out
    assert "030C" not in out
    assert "030C" in run("significance", NET, "--samples", 5, "--all", "--size", "3")[1]
    assert "021D" not in run("significance", NET, "--samples", 5)[1]


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, text.WIDE - 1, text.WIDE])
@pytest.mark.parametrize("n_nodes", [None, 10**6])
def test_a_table_of_significance_fits_the_terminal(width, n_nodes):
    net = mc.datasets.load("hawkmoth")
    if n_nodes is not None:  # most without edges: numbers of 17 digits
        layers = np.concatenate((net.layers, np.full(n_nodes - net.n_nodes, net.layers[-1])))
        net = mc.Graph.from_edges(*net.to_scipy().nonzero(), n_nodes, layers)
    result = mc.significance(net, samples=20, seed=1, size=(3, 4))
    console = Console(width=width, file=io.StringIO())
    console.print(text.significance_table(result, show_all=True, width=width))
    shown = console.file.getvalue()
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= width
    row = next(line.split() for line in shown.splitlines() if line.split()[:1] == ["bifan"])
    assert f"{result.z['bifan']:+.2f}" in row
    assert f"{result.p_adjusted['bifan']:.4f}" in row


@pytest.mark.parametrize("width", [60, 80, 100, text.WIDE])
@pytest.mark.parametrize("size", [3, 4])
def test_what_is_needed_least_leaves_a_narrow_table_first(width, size):
    matrix = np.random.default_rng(5).random((30, 30)) < 0.2
    np.fill_diagonal(matrix, False)
    result = mc.significance(matrix, size=size, samples=50, seed=1)
    names = result.shown_classes[:20]
    console = Console(width=width, file=io.StringIO())
    console.print(text.significance_table(result, show_all=False, names=names, width=width))
    lines = console.file.getvalue().splitlines()
    rows = {line.split()[0]: line for line in lines if line.split()[:1]}
    for name in names:
        assert f" {result.z[name]:+.2f} " in rows[name]
    headers = {*text._FIRST} - {""}  # that of the notes
    shown = {header for header in headers if f" {header} " in f" {lines[0]} "}
    assert shown >= {"class", "z", "p adj.", "observed"}
    assert ("motif" in shown) == (size == 3 or width > 60)
    _, _, left_out = " ".join(console.file.getvalue().split()).partition("Columns that do not fit: ")
    assert {*left_out.rstrip(".").split(", ")} - {""} == headers - shown
    assert width < text.WIDE or shown == headers


@pytest.mark.parametrize("null", ["degree", "edge_count"])
def test_significance_as_json_and_csv(run, null):
    args = ("significance", NET, "--size", "4", "--null", null, "--samples", 20, "--seed", 1, "--threads", 2)
    expected = mc.significance(mc.datasets.load("pendulum"), null, size=4, samples=20, seed=1)
    status, out, _ = run(*args, "--json")
    assert status == 0
    result = json.loads(out)
    assert result["seed"] == 1
    assert result["classes"]["bifan"]["z"] == expected.z["bifan"]
    assert {row["class"] for row in csv.DictReader(io.StringIO(run(*args, "--csv")[1]))} == set(expected.classes)


def test_significance_draws_a_plot_beside_the_table(run, tmp_path):
    args = ("significance", NET, "--clean", "--samples", 5, "--seed", 1)
    plain, drawn = run(*args), run(*args, "--plot", tmp_path / "z.svg")
    assert drawn == plain
    assert ">out_then_chain<" in (tmp_path / "z.svg").read_text()
    status, out, err = run(*args, "--plot", tmp_path / "z.gif")
    assert (status, out) == (2, "")
    assert "a .svg, a .png or a .pdf file, not 'z.gif'" in err


@pytest.mark.filterwarnings("default::motifcount.mixing.MixingWarning")
def test_swaps_per_edge_belongs_to_degree(run):
    short = run("significance", NET, "--samples", 20, "--seed", 1, "--size", 4, "--swaps-per-edge", 0.01, "--json")
    assert "warning: --swaps-per-edge 0.01" in short[2]
    model = mc.nulls.Degree(0.01)
    with pytest.warns(mc.mixing.MixingWarning, match="chain4"):
        expected = mc.significance(mc.datasets.load("pendulum"), model, size=4, samples=20, seed=1)
    assert json.loads(short[1])["classes"]["bifan"]["mean"] == expected.mean["bifan"]
    status, _, err = run("significance", NET, "--null", "edge_count", "--swaps-per-edge", 3)
    assert status == 2
    assert "--swaps-per-edge" in err


@pytest.mark.filterwarnings("default::motifcount.mixing.MixingWarning")
def test_triads_are_kept_and_told_of(run, tmp_path):
    path = tmp_path / "graph.tsv"
    path.write_text("".join(f"{k} {(k + step) % 20}\n" for k in range(20) for step in (1, 2, 5)))
    given = (
        "significance",
        path,
        "--keep-triads",
        "--tolerance",
        0.2,
        "--swaps-per-edge",
        30,
        "--samples",
        9,
        "--seed",
        1,
    )
    status, out, err = run(*given)
    assert (status, "Triads are kept: means of the closed ones within" in out) == (0, True), err
    found = json.loads(run(*given, "--json")[1])
    assert found["null_options"] == mc.nulls.Degree(30, keep_triads=True, tolerance=0.2).options
    assert found["triads"]["030T"]["observed"] == mc.count(mc.read_graph(path), 3)["030T"] > 0
    status, _, err = run("significance", path, "--keep-triads", "--tolerance", 0)
    assert (status, "--tolerance must be a finite number from 0.001 to 10, not 0" in err) == (2, True)


def test_layers_from_a_file_or_inferred(run, tmp_path):
    edges = tmp_path / "a.tsv"
    edges.write_text("0 2\n0 3\n1 3\n2 4\n3 4\n")
    (tmp_path / "layers.txt").write_text("0\n0\n1\n1\n2\n")
    np.save(tmp_path / "layers.npy", [0, 0, 1, 1, 2])
    results = [
        run("significance", edges, "--samples", 10, "--seed", 1, "--layers", value, "--json")[1]
        for value in ("infer", tmp_path / "layers.txt", tmp_path / "layers.npy")
    ]
    assert results[0] == results[1] == results[2]
    assert json.loads(results[0])["graph"]["layers"] == [2, 2, 1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--keep-kinds --keep-triads", "--keep-kinds must not be given with --keep-triads"),
        ("--keep-wiring", "--keep-wiring must not be given without --keep-kinds or with --keep-mutual"),
        ("--keep-triads --tolerance 0", "--tolerance must be a finite number from 0.001 to 10, not 0.0"),
        ("--swaps-per-edge 0", "--swaps-per-edge must be a number above 0"),
        ("--null kinds --within-blocks", "--within-blocks must not be given for a graph without layers"),
        ("--null kinds --by-source", "--by-source must not be given where edges of two kinds leave a node"),
        ("--null n_of_m --kept 4", "--kept must be an integer from 1 to 3, not 4"),
        ("--null n_of_m --group-size 1", "--group-size must be an integer from 2 to 2147483647, not 1"),
        ("--by-kind", "--by-kind needs random graphs whose edges have kinds"),
    ],
)
def test_messages_name_the_options_of_null_models(run, tmp_path, monkeypatch, options, words):
    monkeypatch.chdir(tmp_path)
    Path("edges.tsv").write_text("source\ttarget\teffect\na\tb\t+\nb\tc\t-\na\tc\t+\nc\ta\t+\na\td\t-\n")
    Path("layers.csv").write_text("node,layer\na,0\nb,1\nc,2\nd,1\n")
    status, _, err = run("significance", "edges.tsv", "--kinds", "effect", "--samples", 9, "-q", *options.split())
    assert (status, err.startswith(f"motifcount: {words}")) == (2, True), err
    assert not re.search(r"keep_|by_kind needs|=True|not True", err)


def test_arguments_of_null_models_are_options():
    for name in {field.name for model in NULLS.values() for field in fields(model)}:
        assert in_options(f"{name} must be 1, not 2") == f"--{name.replace('_', '-')} must be 1, not 2"
    assert in_options("Try nulls.SoftDegree(keep_mutual=True).") == "Try --null soft_degree --keep-mutual."
    assert in_options("Try nulls.Degree(20, keep_mutual=True).") == "Try --swaps-per-edge 20 --keep-mutual."
