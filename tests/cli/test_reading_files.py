"""Files on the command line: every option settles what it says, and what was read is reported."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from rich.console import Console

import motifcount as mc
from motifcount.cli import output

PROGRAM = "from motifcount.cli import main; main()"
TABLE = "pre_id,post_id,syn_count\n1,2,5\n2,3,1\n2,3,1\n1,3,0\n3,3,1\n"


@pytest.fixture(autouse=True)
def _in_a_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def facts(run, *args):
    status, out, err = run("info", *args, "--json")
    assert status == 0, err
    return json.loads(out)


def test_info_tells_how_a_file_was_read(run, tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    found = facts(run, "a.csv")
    assert (found["nodes"], found["edges"]) == (3, 2)
    assert "commas" in found["read as"]
    assert found["columns"] == "source: 'pre_id', target: 'post_id', weight: 'syn_count'"
    assert found["left out"] == "1 weight 0, 1 self-loops, 1 duplicates"
    assert found["first edges"].startswith("1 → 2")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("command", [("count",), ("significance", "--samples", 5, "--seed", 1)])
def test_one_line_tells_it_unless_quiet(run, tmp_path, command):
    (tmp_path / "a.csv").write_text(TABLE)
    status, out, err = run(*command, "a.csv")
    told, *rest = [line for line in err.splitlines() if "warning" not in line]
    assert (status, rest) == (0, [])
    assert told.startswith("motifcount: read a.csv as edge table")
    status, quiet_out, err = run(*command, "a.csv", "--quiet")
    assert (status, quiet_out) == (0, out)
    assert "read a.csv" not in err
    assert run("count", "dataset:pendulum")[2] == ""


OPTIONS = {
    ("4 3\n0 1\n1 2\n0 2\n", "--header"): 3,
    ("4 3\n0 1\n1 2\n0 2\n", "--no-header"): 4,
    ("0.5 a b\n0 b c\n", "--columns", "2,3"): 2,
    ("0.5 a b\n0 b c\n", "--columns", "2,3", "--weight", "1"): 1,
    ("k,l,m\n1,a,b\n1,b,c\n", "--columns", "l,m"): 2,
    ("a->b\nb->c\n", "--delimiter", "->"): 2,
    ("a -- b\nb -- c\n", "--columns", "1,3", "--undirected"): 4,
    ("% sym unweighted\n1 2\n2 3\n3 4\n", "--directed"): 3,
    ("0 1 2\n1 0 3\n2 3 0\n", "--format", "matrix"): 6,
    ("0 1 2\n1 0 3\n2 3 0\n", "--columns", "1,2"): 3,
    (TABLE, "--threshold", "2"): 2,
    (TABLE, "--threshold", "3"): 1,
}


@pytest.mark.parametrize("case", OPTIONS)
def test_options_settle_it(run, tmp_path, case):
    text, *options = case
    (tmp_path / "a.txt").write_text(text)
    assert facts(run, "a.txt", *options)["edges"] == OPTIONS[case]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4 3\n0 1\n1 2\n0 2\n", "--header (no edge) or --no-header"),
        ("0 1 2\n1 0 3\n2 3 0\n", "(--format matrix) or a list of edges (--format edges)"),
        ("0.5 a b\n0 b c\n", "--columns 1,2 or --columns 2,3"),
        ("a->b\nb->c\n", "--delimiter '->'"),
        ("% sym unweighted\n1 2\n2 3\n3 4\n", "--undirected takes them both ways, --directed"),
    ],
)
def test_advice_is_in_the_words_of_the_command_line(run, tmp_path, text, says):
    (tmp_path / "a.txt").write_text(text)
    status, out, err = run("count", "a.txt")
    assert (status, out) == (2, "")
    assert says in err


def test_layers_by_label(run, tmp_path):
    (tmp_path / "a.txt").write_text("zoe amy\namy bob\nzoe bob\n")
    (tmp_path / "layers.csv").write_text("zoe,0\namy,1\nbob,1\n")
    (tmp_path / "order.txt").write_text("0\n1\n1\n")
    assert facts(run, "a.txt", "--layers", "layers.csv")["layers"] == [1, 2]
    status, _, err = run("count", "a.txt", "--layers", "order.txt")
    assert status == 2
    assert "--layers must give layers by label" in err


def test_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a,b,c\n0,1,1\n0,0,1\n0,0,0\n")))
    assert facts(run, "-", "--format", "csv")["edges"] == 3
    status, _, err = run("info", "-")
    assert status == 2
    assert "--format csv" in err


def test_missing_files_and_folders_in_words(run, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "folder").mkdir()
    for name in ("none.csv", "none", "no/where.csv"):
        assert run("count", name)[2] == f"motifcount: {name}: no such file or folder\n"
    for name in ("folder.csv", "folder"):
        assert run("count", name)[2] == f"motifcount: {name}: a directory, where a file must be\n"
    assert "empty.csv: the file is empty" in run("count", "empty.csv")[2]


def test_a_terminal_without_arrows_and_of_60_columns(tmp_path):
    command = [sys.executable, "-c", PROGRAM, "significance", "dataset:hawkmoth", "--samples", "10", "--seed", "1"]
    shown = {}
    for encoding in ("ascii", "utf-8"):
        environment = os.environ | {"COLUMNS": "60", "PYTHONIOENCODING": encoding}
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        shown[encoding] = done.stdout.decode(encoding)
        assert max(map(len, shown[encoding].splitlines())) <= 60
        row = next(line for line in shown[encoding].splitlines() if "chain_then_in" in line)
        assert "-" in row
    assert "…" not in shown["utf-8"]


def test_info_loses_nothing_in_narrow_terminals(run, tmp_path, monkeypatch):
    names = [f"cell_{k}_of_a_long_name" for k in range(4)]
    rows = [f"{u},{v},{u}-kind,{v}-kind" for u, v in itertools.pairwise(names)]
    (tmp_path / "a.csv").write_text("\n".join(["pre,post,pre_type,post_type", *rows]))
    monkeypatch.setattr(output, "console", lambda: Console(width=60))
    _, out, _ = run("info", "a.csv", "--layers", "pre_type,post_type")
    assert max(map(len, out.splitlines())) <= 60
    told = "".join(line[19:].strip() for line in out.splitlines())
    assert "strictly layered" in out
    for name in names:
        assert f"is'{name}-kind'" in told.replace(" ", "")


def test_classes_sorting_and_top(run):
    args = ("significance", "dataset:pendulum", "--samples", 20, "--seed", 1)
    _, out, _ = run(*args, "--sort", "z", "--top", 2)
    names = [
        line.split()[0] for line in out.splitlines() if line.split()[:1] in (["biparallel"], ["zigzag"], ["bifan"])
    ]
    assert names == ["biparallel", "zigzag"]
    _, out, _ = run(*args, "--classes", "bifan,chain4")
    assert "bifan" in out
    assert "zigzag" not in out.split("=")[0]
    assert "did you mean 'bifan'" in run(*args, "--classes", "bifam")[2]
    assert "bifan" in run(*args, "--classes", "204")[1]


def test_the_199_come_by_z_or_in_their_order_and_so_in_the_picture(run, tmp_path):
    np.save(tmp_path / "a.npy", np.random.default_rng(1).random((20, 20)) < 0.15)
    args = ("significance", tmp_path / "a.npy", "--size", 4, "--samples", 20, "--seed", 1)

    def names(*more):
        words = [line.split()[:1] for line in run(*args, *more)[1].splitlines()]
        return list(dict.fromkeys(word[0] for word in words if word and word[0] in mc.CLASSES[4]))

    by_class = names("--sort", "class")
    assert by_class == [name for name in mc.CLASSES[4] if name in set(by_class)]
    assert set(names()) == set(names("--sort", "z")) == set(by_class)
    assert names() == names("--sort", "z") != by_class
    run(*args, "--classes", "14,204", "--plot", tmp_path / "two.svg")
    drawn = (tmp_path / "two.svg").read_text()
    assert ">out_star<" in drawn
    assert ">bifan<" in drawn
    assert ">28<" not in drawn


def test_a_class_that_is_named_twice_is_shown_once(run):
    told = run("count", "dataset:pendulum", "--size", "3,4", "--classes", "030T,feed_forward_loop,300")[1]
    assert [line.split()[0] for line in told.splitlines() if line.split()[:1] in (["030T"], ["300"])] == ["030T", "300"]


def test_info_fits_terminals_without_arrows(tmp_path):
    (tmp_path / "a.csv").write_text("source,target\n" + "".join(f"a long name {k},b{k}\n" for k in range(9)))
    environment = os.environ | {"COLUMNS": "60", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-c", PROGRAM, "info", "a.csv"]
    shown = subprocess.run(command, capture_output=True, env=environment, check=True).stdout.decode("ascii")
    assert {len(line) for line in shown.splitlines()[1:]} == {60}
    assert "->" in shown


def counted(run, *args):
    _, out, _ = run("count", "dataset:pendulum", "--size", "3,4", *args)
    rows = [line.split() for line in out.splitlines()]
    return [row[0] for row in rows if row and row[0] in mc.CLASSES[3] + mc.CLASSES[4]], out


def test_classes_sorting_and_top_of_counts(run):
    counts = mc.count(mc.datasets.load("pendulum"), (3, 4))
    ranked = sorted(counts, key=lambda name: -counts[name])
    assert counted(run, "--sort", "count")[0] == ranked
    names, out = counted(run, "--top", 3)
    assert names == [name for name in counts if name in ranked[:3]]
    assert f"{len(counts) - 3} of {len(counts)} classes are not shown." in out
    assert counted(run, "--classes", "bifan,003,030C")[0] == ["bifan", "003", "030C"]
    assert "did you mean 'bifan'" in run("count", "dataset:pendulum", "--size", 4, "--classes", "bifam")[2]


@pytest.mark.parametrize("columns", ["kind_pre,kind_post", "3,4"])
def test_layers_of_two_columns(run, tmp_path, columns):
    (tmp_path / "a.csv").write_text("pre,post,kind_pre,kind_post\na,b,0,1\nb,c,1,1\n")
    assert facts(run, "a.csv", "--layers", columns)["layers"] == [1, 2]
    assert "--layers 9: the table has 4 columns" in run("info", "a.csv", "--layers", "3,9")[2]


WORDS = {
    ("--threshold", "nan"): "--threshold must be a finite number",
    ("--format", "xyz"): "--format must be one of",
    ("--delimiter", "x"): "--delimiter must be marks",
    ("--bias",): "--bias must be left out for this format, which holds none",
    ("--columns", "1,2", "--weight", "2"): "--weight must be another column than",
    ("--layers", "ls,4"): "--layers must be two names or two numbers of columns, not 'ls,4'",
    ("--columns", 's,"4"'): """--columns '"4"': no column has this name; positions are numbers, as --columns 4""",
}


@pytest.mark.parametrize("options", WORDS)
def test_wrong_options_are_named_as_options(run, tmp_path, options):
    (tmp_path / "a.csv").write_text("s,t,ls,lt\na,b,0,1\nb,c,1,2\n")
    status, _, err = run("info", "a.csv", *options)
    assert status == 2
    assert WORDS[options] in err


def test_layers_without_labels_are_asked_for_in_a_file_alone(run, tmp_path):
    (tmp_path / "a.txt").write_text("zoe amy\namy bob\nzoe bob\n")
    (tmp_path / "order.txt").write_text("0\n1\n1\n")
    told = run("info", "a.txt", "--layers", "order.txt")[2]
    assert told.endswith("nodes are called amy, bob, zoe, …: a file with a label and a layer a line\n")
    with pytest.raises(ValueError, match="a mapping of labels to layers, or a file with a label"):
        mc.read_graph(tmp_path / "a.txt", layers=[0, 1, 1])


@pytest.mark.filterwarnings("always")
def test_randomize_keeps_the_labels(run, tmp_path):
    (tmp_path / "a.tsv").write_text("regulator\tgene\ncrp\tara C\nfis\tara C\nfis\tlac\ncrp\tcrp\nx\tx\n")
    for ending in ("csv", "sif", "net", "json", "graphml"):
        status, out, _ = run("randomize", "a.tsv", "-o", f"b.{ending}", "--seed", 3)
        assert (status, f"b.{ending}: 5 nodes, 3 edges" in out) == (0, True)
        found = mc.read_graph(f"b.{ending}")
        assert set(found.labels) == {"ara C", "crp", "fis", "lac"} | ({"x"} if ending != "csv" else set())
        assert dict(zip(found.labels, found.out_degrees().tolist(), strict=True)).items() >= {("fis", 2), ("crp", 1)}
    assert "1 nodes without edges are left out" in run("randomize", "a.tsv", "-o", "b.csv", "--seed", 3)[2]
    assert "a matrix holds no labels" in run("randomize", "a.tsv", "-o", "b.npz", "--seed", 3)[2]
    status, out, err = run("randomize", "a.tsv", "-o", "b.xls")
    assert (status, out) == (2, "")
    assert "--output must end in one of .csv" in err


LOOP = "0 1\n1 2\n2 0\n2 3\n"
ADVICE = {
    ("count", "--size", "5"): "motifcount: --size must be an integer from 2 to 4, not 5",
    ("count", "--threads", "0"): "motifcount: --threads must be",
    ("count", "--clean"): "motifcount: --clean needs layers, .* give the graph some by --layers$",
    ("significance", "--samples", "1"): "motifcount: --samples must be 2 or more",
    ("significance", "--samples", "0"): r"motifcount: --samples 0 \(closed forms\)",
    ("significance", "--seed", "-1"): "motifcount: --seed must be",
    ("significance", "--swaps-per-edge", "0"): "motifcount: --swaps-per-edge must be",
    ("significance", "--null", "cover"): "motifcount: --null cover needs",
    ("significance", "--layers", "infer"): "motifcount: a.txt: --layers: cannot be inferred",
    ("significance", "--plot", "z.gif"): "motifcount: --plot must be",
    ("significance", "--classes", "bifan"): "motifcount: --classes must be one of 003",
}


@pytest.mark.parametrize("case", ADVICE)
def test_every_refusal_names_options(run, tmp_path, case):
    (tmp_path / "a.txt").write_text(LOOP)
    command, *options = case
    status, out, err = run(command, "a.txt", *options)
    told = next(line for line in err.splitlines() if not line.startswith("motifcount: read "))
    assert (status, out) == (2, "")
    assert re.match(ADVICE[case], told)
    assert not re.search(r"\b(num_threads|swaps_per_edge|samples=|Graph\(|nulls\.)", told)


@pytest.mark.filterwarnings("always")
def test_warnings_name_options(run, tmp_path):
    (tmp_path / "a.txt").write_text("0 1\n1 2\n2 3\n")
    told = run("significance", "a.txt", "--samples", 5, "--seed", 1)[2]
    assert "use --layers infer if they should" in told
    told = run("significance", "dataset:pendulum", "--samples", 20, "--seed", 1, "--swaps-per-edge", 0.01)[2]
    assert re.search(r"warning: --swaps-per-edge 0.01 looks short .* Try --swaps-per-edge \d+\.$", told, re.M)


@pytest.mark.filterwarnings("always")
@pytest.mark.parametrize("kept", [["--keep-mutual"], ["--keep-triads"], ["--keep-triads", "--tolerance", "0.2"]])
def test_warnings_recommend_the_same_options(run, tmp_path, kept):
    edges = [f"{k} {(k + step) % 20}\n" for k in range(20) for step in (1, 2, 5, 15)]
    (tmp_path / "a.txt").write_text("".join(edges))
    given = ("significance", "a.txt", "--samples", 9, "--seed", 1, "--size", 3, "--swaps-per-edge", 0.5, *kept)
    told = run(*given)[2]
    assert re.search(rf"Try --swaps-per-edge \d+ {' '.join(kept)}\.$", told, re.M), told


def test_dependent_classes_in_sentences(run, tmp_path):
    (tmp_path / "a.txt").write_text("a b\nb c\na c\nc d\nd a\nb d\nd e\ne a\n")
    _, out, _ = run("significance", "a.txt", "--samples", 200, "--seed", 1)
    told = out[out.index("Dependent classes, whose z is no finding of its own:") :]
    assert "021D follows from" in " ".join(told.split())
    assert "/" not in told


def test_exact_results_have_no_seed(run, tmp_path):
    (tmp_path / "a.txt").write_text("0 1\n1 2\n2 3\n")
    _, out, _ = run("significance", "a.txt", "--null", "edge_count", "--samples", 0, "--layers", "infer")
    assert "null model edge_count, exact" in out
