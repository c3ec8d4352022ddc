"""The code on README.md and in docs/ runs and prints what the pages say, links lead somewhere, and nothing public is missing.

A ``python`` block and a ``text`` block right after it are a program and its output. Blocks of a page share their names.
The programs of docs/scaling.md are run by test_scaling.py.
"""

from __future__ import annotations

import importlib
import re
from types import ModuleType

import conftest
import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import motifcount as mc

PAGES = [
    *(conftest.REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md")),
    *sorted((conftest.REPOSITORY / "docs").glob("*.md")),
]
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
PROGRAMS = {page.name: BLOCK.findall(page.read_text()) for page in PAGES if page.name != "scaling.md"}
SMALLER = {  # what takes minutes is made to take seconds
    "flight.md": {"100_000": "2_000"},
    "training.md": {
        "100_000": "2_000",
        "(10, 64, 64, 16, 7), networks=8": "(10, 16, 7), networks=2, min_batches=20, sparsities=(0.0, 0.5)",
        "max_batches=5000": "max_batches=20",
        "stage=10": "stage=1",
    },
    "study.md": {
        "runs=50_000": "runs=2_000, samples=20, stage_samples=10, training=replace(study.preset('default').training, "
        "layer_widths=(10, 8, 7), sparsities=(0.0, 0.5), min_batches=20, max_batches=20)"
    },
}


def identifiers(pages):
    return [page.name if page.parent.name == "docs" else page.relative_to(conftest.REPOSITORY).as_posix() for page in pages]


@pytest.fixture(autouse=True)
def _away_from_the_sources(tmp_path, monkeypatch):
    mpl.use("Agg")
    monkeypatch.chdir(tmp_path)
    yield
    plt.close("all")


@pytest.mark.filterwarnings("ignore:Note. conversions to backend graphs are saved:UserWarning")
@pytest.mark.parametrize("name", [name for name, blocks in PROGRAMS.items() if blocks])
def test_programs(name, capsys):
    names = {"__name__": "page"}
    for code, output in PROGRAMS[name]:
        for large, small in SMALLER.get(name, {}).items():
            code = code.replace(large, small)  # noqa: PLW2901
        exec(compile(code, name, "exec", dont_inherit=True), names)
        printed = capsys.readouterr().out
        assert not output or printed == output


@pytest.mark.parametrize("page", PAGES, ids=identifiers(PAGES))
def test_links(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_nothing_public_is_missing_from_the_reference(repository):
    modules = [name for name in mc.__all__ if isinstance(getattr(mc, name), ModuleType)]
    public = {f"motifcount.{name}" for name in mc.__all__ if name not in (*modules, "__version__")}
    for module in (*modules, "study"):
        public |= {f"motifcount.{module}.{name}" for name in importlib.import_module(f"motifcount.{module}").__all__}
    directives = r"\.\. (?:auto(?:class|function|exception)|py:data):: (\S+)"
    documented = re.findall(directives, (repository / "docs" / "api.md").read_text())
    assert sorted(documented) == sorted(public)
