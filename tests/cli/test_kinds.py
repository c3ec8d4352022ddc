"""Kinds of edges, by the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

import motifcount as mc

NET = "dataset:pendulum"


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
    assert (
        "--by-kind needs edges with kinds; give the graph some (--kinds sign, say)"
        in run("count", signed, "--by-kind")[2]
    )
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


@pytest.mark.filterwarnings("ignore:the graph has :UserWarning")
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
    kept = json.loads(run("significance", *given, "--keep-kinds", "--json")[1])
    assert kept["null_options"]["keep_kinds"] is True
    assert kept["classes"]["030T +-+"]["observed"] == expected.observed["030T +-+"]
    told = "--keep-kinds needs a graph whose edges have kinds: --kinds sign, say"
    assert told in run("significance", signed, "--keep-kinds")[2]
    within = ("--kinds", "effect", "--null", "kinds", "--within-blocks", "-o", signed.with_name("random.csv"))
    status, _, err = run("randomize", signed, *within)
    assert status == 2
    assert "--within-blocks must not be given for a graph without layers" in err


def test_a_table_of_values_belongs_to_a_column_called_sign(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,-1\n")
    status, out, err = run("info", path, "--kinds", "sign", "--kind", "1=up", "--kind", "-1=down", "--json")
    assert status == 0, err
    assert "1 of 'down', 1 of 'up'" in out


def test_a_value_without_a_kind_is_told_with_the_options_that_give_it_one(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source,target,effect\na,b,x\nb,c,y z\n")
    args = ("info", path, "--kinds", "effect", "--kind", "x=+")
    told = run(*args)[2]
    assert "as --kinds effect --kind 'y z=+', or none to leave its edges out, as --kinds effect --kind 'y z='" in told
    assert run(*args, "--kind", "y z=")[0] == 0


def test_counts_by_group(run, signed, tmp_path):
    layers = tmp_path / "layers.csv"
    graph = mc.read_graph(signed, kinds="effect")
    layers.write_text("node,layer\n" + "".join(f"{node},{k % 2}\n" for k, node in enumerate(graph.labels)))
    expected = mc.count(mc.read_graph(signed, kinds="effect", layers=layers), by_group=True)
    given = ("count", signed, "--kinds", "effect", "--layers", layers, "--by-group")
    table = list(csv.DictReader(io.StringIO(run(*given, "--csv")[1])))
    assert [(row["groups"], int(row["count"])) for row in table if row["class"] == "030T"] == [
        (groups, n) for name, groups, n in expected.rows_by_group() if name == "030T"
    ]
    found = json.loads(run(*given, "--json")[1])["by_group"]
    assert [tuple(row.values()) for row in found] == list(expected.rows_by_group())
    assert "by the groups of the nodes in a motif's roles" in run(*given)[1]
    assert "--by-kind and --by-group are 2 tables" in run(*given, "--by-kind", "--csv")[2]
