"""Size 4 on any digraph from the command line: what occurs is shown, what does not is said, and CSV and JSON agree."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import numpy as np
import pytest

import motifcount as mc
from support.tetrads import nonzero

PROGRAM = "from motifcount.cli import main; main()"


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """A network without layers, and its file."""
    matrix = np.random.default_rng(3).random((14, 14)) < 0.2
    np.fill_diagonal(matrix, False)
    path = tmp_path_factory.mktemp("tetrads") / "net.tsv"
    path.write_text("".join(f"{u}\t{v}\n" for u, v in np.argwhere(matrix)))
    return mc.Graph(matrix), path


def run(path, *options, width=80):
    environment = os.environ | {"COLUMNS": str(width), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", PROGRAM, *options[:1], str(path), "--size", "4", *options[1:]]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode()


@pytest.mark.subprocess
@pytest.mark.parametrize("width", [60, 120])
def test_counts_of_what_occurs_and_how_many_do_not(network, width):
    graph, path = network
    occurring = nonzero(mc.count(graph, 4))
    shown = run(path, "count", width=width)
    assert max(map(len, shown.splitlines())) <= width
    rows = [line.split() for line in shown.splitlines()]
    found = {row[0]: int(row[-1].replace(",", "")) for row in rows if row and row[0] in mc.CLASSES[4]}
    assert found == occurring
    assert f"{199 - len(occurring)} of 199 classes do not occur." in shown


@pytest.mark.subprocess
@pytest.mark.parametrize("width", [60, 120])
def test_significance_of_what_occurs(network, width):
    graph, path = network
    options = ("--null", "degree", "--samples", "100", "--seed", "1")
    shown = run(path, "significance", *options, width=width)
    assert max(map(len, shown.splitlines())) <= width
    result = mc.significance(graph, "degree", size=4, samples=100, seed=1)
    seen = {name for name in result.observed if result.observed[name] or result.mean[name]}
    listed = {line.split()[0] for line in shown.splitlines() if line.split()} & set(mc.CLASSES[4])
    assert listed
    assert listed <= seen
    assert f"{199 - len(listed)} of 199 classes are not shown." in shown


@pytest.mark.subprocess
def test_csv_and_json_have_all_classes(network):
    graph, path = network
    counts = {name: int(n) for name, n in mc.count(graph, 4).items()}
    found = json.loads(run(path, "count", "--json"))
    assert counts.items() <= _flat(found).items()
    rows = list(csv.reader(io.StringIO(run(path, "count", "--csv"))))
    by_class = {row[0]: row[-1] for row in rows[1:]}
    assert {mc.ALIASES.get(name, name): int(n) for name, n in by_class.items()} == counts


def _flat(found):
    flat = {}
    for key, value in found.items():
        flat |= _flat(value) if isinstance(value, dict) else {key: value}
    return flat
