"""A package that is missing is named with its extra, everywhere and in the same words, with a line that installs it."""

from __future__ import annotations

import tomllib

import pytest

from motifcount._support import extras
from support.forks import run_each

CALLS = {  # what is called without the package: the package, the extra
    "mc.plots.plot_motifs(3)": ("matplotlib", "plot"),
    "mc.count(graph).to_frame()": ("pandas", "frames"),
    "mc.significance(graph, samples=3).to_frame()": ("pandas", "frames"),
    "graph.to_networkx()": ("networkx", "networkx"),
    "graph.to_igraph()": ("igraph", "igraph"),
    "mc.read_graph('a.graphml')": ("networkx", "networkx"),
    "mc.files.write_graph(graph, 'b.gml')": ("networkx", "networkx"),
    "mc.read_graph('a.parquet')": ("pyarrow", "parquet"),
    "mc.read_graph('a.xlsx')": ("openpyxl", "xlsx"),
    "mc.read_graph('a.pt')": ("torch", "train"),
    "mc.read_graph('a.safetensors')": ("safetensors", "io"),
    "mc.flight.simulate([[0] * 8], [[0] * 3])": ("numba", "train"),
    "mc.train": ("torch", "train"),
    "mc.report(mc.significance(graph, samples=3), 'a.html')": ("jinja2", "report"),
    "import motifcount.study": ("jinja2", "study"),
}
PROGRAM = """
import sys
assert {package!r} not in sys.modules, "is imported with motifcount"
sys.modules[{package!r}] = None
import motifcount as mc
graph = mc.Graph.from_edges([0], [1], 3)
try:
    {call}
except ImportError as error:
    print(error)
"""


@pytest.mark.subprocess
def test_a_missing_package_is_named_with_its_extra(tmp_path):
    for ending in ("graphml", "parquet", "xlsx", "pt", "safetensors"):
        (tmp_path / f"a.{ending}").write_text("x")
    programs = [PROGRAM.format(package=package, call=call) for call, (package, _) in CALLS.items()]
    for call, (status, told) in zip(CALLS, run_each(programs, tmp_path), strict=True):
        package, extra = CALLS[call]
        assert status == 0, (call, told)
        assert f"needs {package}: pip install '" in told, call
        assert f"'{package}>=" in told, call
        assert told.endswith(f"(motifcount's extra {extra!r})\n"), call
        assert "motifcount[" not in told, call


def test_requirements_are_those_of_the_project(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    declared = project["optional-dependencies"]
    for extra, wanted in declared.items():
        plain = [line for line in wanted if "[" not in line]
        assert set(plain) <= set(extras.requirements(extra))
        assert not any("[" in line for line in extras.requirements(extra))
    assert {"jinja2>=3.1", "matplotlib>=3.10", "numba>=0.61", "pandas>=2.1", "torch>=2.4"} <= set(
        extras.requirements("study")
    )


def test_a_package_that_is_broken_is_not_called_missing(tmp_path, monkeypatch):
    (tmp_path / "brokenpackage.py").write_text("raise ImportError('libfoo.so: cannot open')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match="a plot needs brokenpackage, which is there but cannot be imported: libfoo"):
        extras.require("brokenpackage", "plot", "a plot")
