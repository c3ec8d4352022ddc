"""Bars of long work: on terminals, and in the kernels of notebooks, whose standard error is no terminal."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import scipy.sparse as sp

import motifcount as mc
from motifcount._support.progress import reporter

KERNEL = """
from motifcount._support import progress
progress._PATIENCE = progress._INTERVAL = 0
bars = [progress.reporter(given, 1200, f"<{given}>") for given in (None, True, False)]
for bar in bars:
    report = bar.__enter__()
    if report is not None:
        report(1100)
"""
ENDED = """
with progress.reporter(True, 10, "work") as report:
    report(5)
"""


@pytest.mark.subprocess
def test_a_bar_in_a_notebook():
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    cells = [nbformat.v4.new_code_cell(code) for code in (KERNEL, ENDED)]
    notebook = nbclient.execute(nbformat.v4.new_notebook(cells=cells), kernel_name="python3", timeout=120)
    running, ended = ([output["data"] for output in cell["outputs"]] for cell in notebook.cells)  # no stderr among them
    assert running == [
        {
            "text/html": f'&lt;{given}&gt; <progress value="1100" max="1200"></progress> 1,100 of 1,200',
            "text/plain": f"<{given}>: 1,100 of 1,200",
        }
        for given in (None, True)
    ]
    assert ended == [{"text/html": "", "text/plain": ""}]


@pytest.mark.parametrize(
    ("progress", "terminal", "seen"), [(None, True, True), (None, False, False), (True, True, True)]
)
def test_a_bar_on_a_terminal(progress, terminal, seen, monkeypatch, capsys):
    monkeypatch.setattr("motifcount._support.progress._PATIENCE", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    with reporter(progress, 10, "work") as report:
        report(5)
        report(0, 0)  # between two stages
        report(6, 20)
    assert ("work" in capsys.readouterr().err) == seen


def test_a_function_is_told_the_end():
    told = []
    with reporter(lambda *steps: told.append(steps), 10, "work") as report:
        report(5)
        report(0, 0)
        report(6, 20)
    assert told == [(5, 10), (6, 20), (20, 20)]


def four_times(graph):
    return mc.Graph(sp.block_diag([graph.to_scipy()] * 4, format="csr"))


LONG = {
    "count": lambda graph, **how: mc.count(graph, 4, by_role=True, **how),
    "cooccurrence": lambda graph, **how: mc.cooccurrence(four_times(graph), "021C", **how),
    "randomize by kind": lambda graph, **how: mc.randomize(
        mc.Graph(graph, kinds=np.arange(graph.n_edges) % 2), mc.nulls.Degree(50, keep_kinds=True), seed=1, **how
    ),
    "randomize": lambda graph, **how: mc.randomize(four_times(graph), mc.nulls.Degree(30), seed=1, **how),
    "find, a sample": lambda graph, **how: mc.find(graph, "bifan", limit=30_000, seed=1, **how),
    "find, all": lambda graph, **how: mc.find(graph, "021D", **how),
    "find, the heaviest": lambda graph, **how: mc.find(graph, "021D", limit=3, weights=np.ones(graph.n_edges), **how),
}


@pytest.fixture(scope="module")
def hubs():
    """A graph on which each of these takes a tenth of a second or more."""
    rng = np.random.default_rng(1)
    ends = (rng.pareto(1.0, (2, 120_000)) * 40).astype(int) % 4_000
    return mc.Graph.from_edges(*np.unique(ends[:, ends[0] != ends[1]], axis=1))


@pytest.mark.parametrize("call", LONG.values(), ids=LONG)
def test_long_work_tells_how_far_it_is(call, hubs):
    told = []
    call(hubs, num_threads=1, progress=lambda *steps: told.append(steps))
    assert len(told) > 1
    assert all(0 <= done <= total for done, total in told)
    assert any(0 < done < total for done, total in told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize("call", LONG.values(), ids=LONG)
def test_an_exception_of_the_function_ends_it(call, hubs):
    told = []

    def fail(*steps):
        told.append(steps)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        call(hubs, progress=fail)
    assert len(told) == 1
    assert told[0][0] < told[0][1]  # while it was at work
