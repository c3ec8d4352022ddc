"""The code in README.md and docs/ runs and prints what the pages say, links lead somewhere, nothing public is missing.

A ``python`` block and a ``text`` block right after it are a program and its output. Blocks of a page share their names.
The programs of docs/scaling.md are run by test_scaling.py.
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

import motifcount as mc

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "benchmarks/README.md"]
PAGES += sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
TEXTS = {page: (ROOT / page).read_text() for page in PAGES}
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
PROGRAMS = {page: BLOCK.findall(text) for page, text in TEXTS.items() if page != "docs/scaling.md"}
SMALLER = {  # what takes minutes is made to take seconds
    "docs/flight.md": {"100_000": "2_000"},
    "docs/training.md": {
        "100_000": "2_000",
        "(10, 64, 64, 16, 7), networks=8": "(10, 16, 7), networks=2, min_batches=20, sparsities=(0.0, 0.5)",
        "max_batches=5000": "max_batches=20",
        "stage=10": "stage=1",
    },
    "docs/study.md": {
        "runs=50_000": "runs=2_000, samples=20, stage_samples=10, training=replace(study.preset('default').training, "
        "layer_widths=(10, 8, 7), sparsities=(0.0, 0.5), min_batches=20, max_batches=20)"
    },
}


@pytest.fixture(autouse=True)
def _away_from_the_sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Note. conversions to backend graphs are saved:UserWarning")
@pytest.mark.parametrize("page", [page for page, blocks in PROGRAMS.items() if blocks])
def test_programs(page, capsys):
    names = {"__name__": "page"}
    for code, output in PROGRAMS[page]:
        for large, small in SMALLER.get(page, {}).items():
            code = code.replace(large, small)
        exec(compile(code, page, "exec", dont_inherit=True), names)
        printed = capsys.readouterr().out
        assert not output or printed == output


@pytest.mark.parametrize("page", PAGES)
def test_links(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", TEXTS[page])
    folder = (ROOT / page).parent
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


def test_nothing_public_is_missing_from_the_reference():
    modules = [name for name in mc.__all__ if isinstance(getattr(mc, name), ModuleType)]
    public = {f"motifcount.{name}" for name in mc.__all__ if name not in (*modules, "__version__")}
    for module in (*modules, "study"):
        public |= {f"motifcount.{module}.{name}" for name in importlib.import_module(f"motifcount.{module}").__all__}
    directives = r"\.\. (?:auto(?:class|function|exception)|py:data):: (\S+)"
    documented = re.findall(directives, TEXTS["docs/api.md"])
    assert sorted(documented) == sorted(public)
