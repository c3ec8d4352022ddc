"""Bars of long work: on terminals, and in the kernels of notebooks, whose standard error is no terminal."""

from __future__ import annotations

import sys

import pytest

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
        assert (report is not None) == seen
        if report is not None:
            report(5)
    assert ("work" in capsys.readouterr().err) == seen
