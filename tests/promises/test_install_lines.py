"""Lines that install something work from a clone, with the pip of a fresh environment, and name extras that exist."""

from __future__ import annotations

import re
import tomllib

import pytest

PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in ("index", "tutorial", "study", "training"))]


def test_no_page_takes_the_package_for_one_of_an_index(repository):
    pages = [repository / "README.md", repository / "CONTRIBUTING.md", *(repository / "docs").glob("*.md")]
    assert len(pages) > 10
    found = [
        f"{page.name}: {line}"
        for page in pages
        for line in page.read_text().splitlines()
        if re.search(r"pip install [^`|&]*motifcount", line) and "only where yours has it" not in line
    ]
    assert found == []


@pytest.mark.parametrize("page", PAGES)
def test_groups_come_after_a_pip_that_knows_them(repository, page):
    """The pip of an environment of Python 3.11 knows no --group."""
    text = (repository / page).read_text()
    for line in re.findall(r"^.*pip install .*--group.*$", text, re.MULTILINE):
        before = text[: text.index(line)] + line[: line.index("--group")]
        assert "pip install -U pip" in before or "pip install -q -U pip" in before


def test_extras_that_pages_name_exist(repository):
    known = tomllib.loads((repository / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = set()
    for page in [repository / "README.md", *(repository / "docs").glob("*.md")]:
        text = page.read_text()
        named |= {extra for group in re.findall(r"\.\[([a-z,]+)\]'", text) for extra in group.split(",")}
        named |= set(re.findall(r"\(index\.md#install\)(?: the\nextra)? `([a-z]+)`", text))
    rows = re.findall(r"^\| (`[a-z`, ]+`) \|", (repository / "docs" / "index.md").read_text(), re.MULTILINE)
    listed = {extra for row in rows for extra in re.findall(r"`([a-z]+)`", row)}
    assert {"plot", "study", "train"} <= named <= set(known)
    assert listed == set(known)
