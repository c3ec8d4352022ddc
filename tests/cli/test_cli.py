"""The command prints what the functions return, and fails in one line."""

from __future__ import annotations

import csv
import io
import json
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

import motifcount as mc
from motifcount import cli, study
from motifcount.present import text

NET = "dataset:pendulum"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command; returns its exit status, standard output and standard error."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["motifcount", *map(str, args)])
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        monkeypatch.delenv("COLUMNS", raising=False)
        with pytest.raises(SystemExit) as stop:
            cli.main()
        captured = capsys.readouterr()
        return stop.value.code or 0, captured.out, captured.err

    return call


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
    assert width > 80 or "do not fit: motif" in " ".join(shown.split())


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


@pytest.fixture
def networks(tmp_path):
    """Files of four networks, and what they hold."""
    draw = np.random.default_rng(1)
    graphs = {tmp_path / f"{k}.json": mc.Graph(draw.random((15, 15)) < 0.2) for k in range(4)}
    for path, graph in graphs.items():
        mc.files.write_graph(graph, path)
    return graphs


def named(networks):
    return {path.name: graph for path, graph in networks.items()}


def test_compare_prints_what_the_function_returns(run, networks, tmp_path):
    found = mc.compare(named(networks), list("abab"), null="dyad_count", samples=0)
    command = ("compare", *networks, "--groups", "a,b,a,b", "--null", "dyad_count", "--samples", 0)
    status, out, err = run(*command, "--json")
    assert (status, out) == (0, found.to_json() + "\n")
    assert err.count("motifcount: read ") == 4
    status, out, _ = run(*command, "--csv", "-q", "--plot", tmp_path / "map.svg")
    assert (tmp_path / "map.svg").stat().st_size > 1000
    assert np.allclose(pd.read_csv(io.StringIO(out), index_col="network"), found.similarity)
    status, out, _ = run(*command)
    assert status == 0
    assert f"cosine of z in {len(found.classes)} classes that vary in all; null model dyad_count, exact" in out
    assert f"{found.similarity[0, 1]:+.2f}" in out
    words = " ".join(out.split())
    assert f"between groups {found.test.between:+.3f}: p = {found.test.p:.4g} (one-sided, all 6 labelings)." in words


def test_compare_samples_each_network_with_a_seed_of_its_own(run, networks):
    found = mc.compare(named(networks), samples=20, seed=3, measure="correlation")
    status, out, _ = run("compare", *networks, "--samples", 20, "--seed", 3, "--measure", "correlation", "--json")
    assert (status, json.loads(out)["similarity"]) == (0, found.similarity.tolist())


def test_compare_refuses(run, networks):
    one = next(iter(networks))
    for args, says in (
        ((one,), "networks must be two or more, not 1"),
        ((one, one), "is given twice"),
        ((*networks, "--groups", "a,b"), "groups must have a label for each of 4 networks, not 2"),
        ((*networks, "--kept", 2), "--kept belongs to --null n_of_m, not to degree"),
    ):
        status, out, err = run("compare", *args, "-q")
        assert (status, out) == (2, "")
        assert says in err


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


def test_the_presets_are_known():
    assert tuple(study.PRESETS) == cli.study.PRESETS


def test_a_study_stopped_by_the_clock_is_status_75(run, tmp_path):
    status, out, err = run("study", tmp_path / "moth", "--stop-after", 0, "--networks", 3, "--seed", 5)
    assert (status, out) == (75, "paused after 0 minutes; run the same again to continue\n")
    assert "flight: 200,000 runs" in err
    config = json.loads((tmp_path / "moth" / "study.json").read_text())["config"]
    assert (config["training"]["networks"], config["training"]["seed"]) == (3, 5)
    assert run("study", tmp_path / "moth", "--stop-after", 0, "--seed", 5)[0] == 75
    config = json.loads((tmp_path / "moth" / "study.json").read_text())["config"]
    assert config["training"]["networks"] == 3  # as before
    status, out, err = run("study", tmp_path / "moth", "--stop-after", 0)
    assert (status, out) == (2, "")
    assert "training.seed 5 instead of 1" in err
    (tmp_path / "moth" / "study.json").write_text("{}")
    assert "study.json is damaged" in run("study", tmp_path / "moth", "--stop-after", 0)[2]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--preset", "papre"), "paper"),
        (("--networks", "0"), "networks"),
        (("--stop-after", "-1"), "--stop-after"),
        (("--device", "tpu7"), "device"),
    ],
)
def test_studies_that_are_refused(run, tmp_path, args, says):
    status, out, err = run("study", tmp_path / "moth", *args)
    assert (status, out) == (2, "")
    assert says in err
    assert not (tmp_path / "moth").exists()


def test_a_diverging_study_is_one_message(run, tmp_path, monkeypatch):
    def diverge(*args, **options):
        raise FloatingPointError("the loss of network 3 is nan")

    monkeypatch.setattr(study, "run", diverge)
    assert run("study", tmp_path)[::2] == (2, "motifcount: the loss of network 3 is nan\n")


def test_an_interrupt_is_status_130(run, monkeypatch):
    monkeypatch.setattr(mc, "count", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("count", NET)[0] == 130


SIGNED = "regulator\ttarget\teffect\na\tb\t+\nb\tc\t-\na\tc\t+\nc\td\t+\nb\td\t-\na\td\t+\n"


@pytest.fixture
def signed(tmp_path):
    path = tmp_path / "signed.tsv"
    path.write_text(SIGNED)
    return path


def test_counts_by_kind(run, signed):
    given = (signed, "--kinds", "effect", "--size", 3, "--by-kind")
    status, out, err = run("count", *given)
    rows = [line.split() for line in out.splitlines() if line.split()[2:3] and line.split()[2] in mc.FEED_FORWARD_LOOPS]
    assert (status, rows) == (
        0,
        [
            ["030T", "+++", "C1", "coherent", "1"],
            ["030T", "+-+", "I1", "incoherent", "2"],
            ["030T", "-+-", "C2", "coherent", "1"],
        ],
    )
    assert "kinds 'effect'" in err
    table = list(csv.DictReader(io.StringIO(run("count", *given, "--csv")[1])))
    assert [row["kinds"] for row in table if row["count"] != "0"] == ["+++", "+-+", "-+-"]
    found = json.loads(run("count", *given, "--json")[1])["by_kind"]
    assert next(row for row in found if row["count"]) == {
        "class": "030T",
        "kinds": "+++",
        "name": "C1",
        "parity": "coherent",
        "count": 1,
    }
    assert run("count", signed, "--kinds", 3, "--by-kind", "--quiet")[2] == ""
    assert run("count", signed, "--kinds", "sign")[2].endswith("which are kinds by themselves: say --kinds effect\n")
    assert "by_kind needs edges with kinds" in run("count", signed, "--by-kind")[2]
    assert "of which --csv prints one" in run("count", NET, "--by-kind", "--by-block", "--csv")[2]


def test_kinds_by_what_values_stand_for(run, signed):
    given = ("count", signed, "--kinds", "effect", "--size", 3, "--by-kind", "--csv")
    flipped = [
        row for row in csv.reader(io.StringIO(run(*given, "--kind", "+=-", "--kind", "-=+")[1])) if row[-1] != "0"
    ]
    assert [row[1:3] for row in flipped[1:]] == [["+-+", "I1"], ["-+-", "C2"], ["---", "I2"]]
    assert "of no kind" in run(*given, "--kind", "+=a", "--kind", "-=")[2]
    assert "no kind is given for '-'" in run(*given, "--kind", "+=a")[2]
    assert "--kind must be a value and its kind, as ACH=+, not 'a'" in run(*given, "--kind", "a")[2]
    assert "--kind must be given with --kinds" in run("count", signed, "--kind", "a=b")[2]


def test_significance_by_kind(run, signed):
    given = (signed, "--kinds", "effect", "--by-kind", "--samples", 20, "--seed", 1)
    status, out, _ = run("significance", *given, "--null", "kinds")
    assert status == 0
    assert "030T +-+" in out
    assert "030T +++ follows from 030T ++-" in out
    graph = mc.read_graph(signed, kinds="effect")
    expected = mc.significance(graph, mc.nulls.ShuffleKinds(), by_kind=True, samples=20, seed=1)
    found = json.loads(run("significance", *given, "--null", "kinds", "--json")[1])
    assert {name: row["observed"] for name, row in found["classes"].items()} == dict(expected.observed)
    assert 'those of "degree" have none' in run("significance", *given)[2]
    assert run("randomize", signed, "--kinds", "effect", "--null", "kinds", "--within-blocks", "--seed", 1)[0] != 0
