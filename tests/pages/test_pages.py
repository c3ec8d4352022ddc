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
PAGES = ["README.md", "CONTRIBUTING.md", "benchmarks/README.md", "paper/paper.md"]
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


def test_the_sidebar_has_each_page_once():
    tree = r"^```\{toctree\}\n(?::\w+:[^\n]*\n)*\n(.*?)^```$"
    lists = re.findall(tree, TEXTS["docs/index.md"], re.DOTALL | re.MULTILINE)
    listed = "\n".join(lists).split()
    assert sorted(listed) == sorted(path.stem for path in (ROOT / "docs").glob("*.md") if path.stem != "index")


def test_pictures_of_the_gallery_are_made_by_the_lines_above_them(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "figures")
    drawn = [file for _, file in importlib.import_module("make").DRAWN.findall(TEXTS["docs/gallery.md"])]
    shown = re.findall(r"\(figures/([^)]+)\)", TEXTS["docs/gallery.md"])
    assert drawn == shown
    assert len(drawn) == len(PROGRAMS["docs/gallery.md"]) == len(set(drawn))
    assert sum((ROOT / "docs" / "figures" / file).stat().st_size for file in drawn) < 300_000


def test_numbers_of_the_page_from_r():
    text = TEXTS["docs/from-r.md"]
    edges = [re.findall(r'"(\w)"', re.search(rf"{end} *= c\((.*?)\)", text).group(1)) for end in ("from", "to")]
    graph = mc.Graph.from_edges(*edges)
    counts = mc.count(graph, 3)
    columns = "".join(f"{name:>{max(4, len(name))}} " for name in counts)
    assert columns in text
    assert "".join(f"{n:>4} " for n in counts.values()) in text
    assert f"[1] {' '.join(map(str, counts.values()))}" in text
    result = mc.significance(graph, mc.nulls.Degree(keep_mutual=True), size=3, samples=500, seed=1)
    rows = re.findall(r"^\d+ +(\w+) +(\d+) +([\d.]+) +(-?[\d.]+) +([\d.]+)$", text, re.MULTILINE)
    assert [row[0] for row in rows] == [name for name in result if result.status[name] == "varies"]
    for name, *values in rows:
        each = result[name]
        expected = each.observed, each.mean, each.z, each.p_adjusted
        assert tuple(map(float, values)) == pytest.approx(expected, rel=1e-6)
    labels = [[graph.labels[node] for node in row] for row in mc.find(graph, "030T").tolist()]
    assert [re.findall(r'"(\w)"', line) for line in re.findall(r"^\[\d,\] .*$", text, re.MULTILINE)] == labels


def test_speeds_in_the_paper_are_those_that_were_measured():
    rows = re.findall(
        r"^\| (?!work)([^|]+) \| [^|]+ \| ([\d.]+ [µm]?s)[^|]*\| ([^|]+) \| ([\d,]+) \|$",
        TEXTS["paper/paper.md"],
        re.MULTILINE,
    )
    assert len(rows) == 7
    measured = [path.read_text() for path in (ROOT / "benchmarks" / "results").glob("*.md")]
    tables = [line for text in measured for line in text.splitlines() if line.startswith("|")]
    for work, ours, theirs, ratio in rows:
        assert any(line.startswith("| motifcount") and f"| 1 | {ours} |" in line for line in tables), work
        other = [line for line in tables if line.startswith(("| igraph", "| GAP"))]
        speed = re.search(r"\d[\d.]* [µm]?s\b|(?<=at )[\d.]+", theirs).group()
        found = [line for line in other if f"| {speed} |" in line]
        ratios = [float(cell.replace(",", "")) for line in found for cell in line.split(" | ")[-2:-1]]
        assert any(round(value) == float(ratio.replace(",", "")) for value in ratios), work


def test_nothing_public_is_missing_from_the_reference():
    modules = [name for name in mc.__all__ if isinstance(getattr(mc, name), ModuleType)]
    public = {f"motifcount.{name}" for name in mc.__all__ if name not in (*modules, "__version__")}
    for module in (*modules, "study"):
        public |= {f"motifcount.{module}.{name}" for name in importlib.import_module(f"motifcount.{module}").__all__}
    directives = r"\.\. (?:auto(?:class|function|exception)|py:data):: (\S+)"
    documented = re.findall(directives, TEXTS["docs/api.md"])
    assert sorted(documented) == sorted(public)
