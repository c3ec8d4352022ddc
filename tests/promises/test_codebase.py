"""Promises about the source tree and the package as a whole."""

from __future__ import annotations

import ast
import doctest
import fnmatch
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from itertools import takewhile

import networkx as nx
import pytest

import motifcount as mc

MODULES = sorted({mc.__name__, *(module.name for module in pkgutil.walk_packages(mc.__path__, "motifcount."))})
HEAVY = ["torch", "pandas", "networkx", "igraph", "matplotlib", "rich", "click", "numba"]


def sources(repository, *endings):
    files = [path for path in (repository / "cpp").rglob("*") if path.suffix in endings]
    assert files
    return files


def test_one_version_everywhere(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    citation = re.search(r"^version: *\"?([^\s\"]+)", (repository / "CITATION.cff").read_text(), re.MULTILINE)
    recipe = re.search(r"^  version: \"([^\"]+)\"", (repository / "recipe" / "recipe.yaml").read_text(), re.MULTILINE)
    changes = re.search(r"^## \[([\d.]+)\]", (repository / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert mc.__version__ == project["version"] == citation.group(1) == recipe.group(1) == changes.group(1)


def test_every_parallel_region_says_how_many_threads(repository):
    pragmas = [
        line
        for path in sources(repository, ".cpp", ".hpp", ".inc")
        for line in path.read_text().replace("\\\n", " ").splitlines()
        if re.search(r"#\s*pragma\s+omp.*\bparallel\b", line)
    ]
    assert pragmas
    assert all("num_threads(" in line for line in pragmas)


def test_one_file_knows_openmp(repository):
    users = [path.name for path in sources(repository, ".cpp", ".hpp", ".inc") if "<omp.h>" in path.read_text()]
    assert users == ["threads.cpp"]


def test_nothing_is_built_for_one_machine_alone(repository):
    files = [repository / "CMakeLists.txt", repository / "CMakePresets.json", repository / "pyproject.toml"]
    files += [*(repository / "cmake").glob("*.cmake"), *(repository / "cpp").rglob("CMakeLists.txt")]
    assert len(files) > 4
    assert [path for path in files if re.search(r"-march=|-mtune=|-ffast-math", path.read_text())] == []


def test_the_core_knows_no_python(repository):
    files = [path for path in sources(repository, ".cpp", ".hpp", ".inc") if "bindings" not in path.parts]
    assert [path for path in files if re.search(r"pybind11|Python\.h", path.read_text())] == []


@pytest.mark.subprocess
def test_import_is_light():
    program = f"import sys, motifcount; print([name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # some write files
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0


def test_there_are_examples():
    documented = [mc.count, mc.randomize, mc.significance]
    assert all(">>>" in function.__doc__ for function in documented)


def test_public_names():
    assert sorted(mc.__all__) == dir(mc)
    assert all(hasattr(mc, name) for name in mc.__all__)
    assert all(getattr(mc, name).__doc__ for name in mc.__all__ if callable(getattr(mc, name)))


def test_classes_are_in_networkx_order():
    assert mc.CLASSES[3] == tuple(nx.triadic_census(nx.DiGraph([(0, 1)])))
    assert mc.CLASSES[2] == ("mutual", "asymmetric", "null")
    assert list(mc.CLASSES) == [2, 3, 4]
    assert set(mc.ALIASES.values()) <= {"null", *mc.CLASSES[3], *mc.LAYERED_TETRADS}


def test_build_config():
    config = mc.build_config()
    assert {"version", "compiler", "build_type", "openmp"} <= set(config)
    config["version"] = "other"
    assert mc.build_config()["version"] == mc.__version__


def test_no_test_imports_a_test(repository):
    for path in (repository / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in getattr(node, "names", [])] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.rpartition(".")[2].startswith("test_")], path


def mapped(repository, heading):
    """The entries that a table of CONTRIBUTING.md has in its first column, by the heading of that."""
    lines = (repository / "CONTRIBUTING.md").read_text().splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    rows = takewhile(lambda line: line.startswith("|"), lines[start:])
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]


@pytest.mark.parametrize("folder", ["python/motifcount", "python/motifcount/files", "cpp/core"])
def test_the_maps_of_contributing_name_every_room_and_file(repository, folder):
    heading = f"in `{folder}/`" if folder.endswith("files") else f"room in `{folder}/`"
    root, named = repository / folder, mapped(repository, heading)
    found = {path.name for path in root.iterdir() if path.is_dir() and any(path.glob("*.?pp")) | any(path.glob("*.py"))}
    found |= {path.name for path in root.iterdir() if path.suffix in (".py", ".hpp", ".cpp")}
    patterns = [name.rstrip("/") for name in named if not name.startswith("python/")]
    assert {
        name for name in found - {"__init__.py"} if not any(fnmatch.fnmatch(name, each) for each in patterns)
    } == set()
    assert [each for each in patterns if not fnmatch.filter(found, each)] == []
    assert all((repository / name).is_dir() for name in named if name.startswith("python/"))


def test_the_map_of_contributing_names_every_other_folder(repository):
    """Those of the tests that are no rooms of the package, and those beside it."""
    rooms = {path.name for path in (repository / "python/motifcount").iterdir()} | {"mixing"}
    ignored = {line.strip("/") for line in (repository / ".gitignore").read_text().splitlines()}
    tests = {f"tests/{path.name}/" for path in (repository / "tests").iterdir() if any(path.glob("*.*"))}
    tests = {name for name in tests if name.split("/")[1] not in rooms | ignored}
    top = {path.name for path in repository.iterdir() if path.is_dir() and not path.name.startswith(".")} - ignored
    named = set(mapped(repository, "besides"))
    assert (tests | {f"{name}/" for name in top - {"python", "cpp", "tests"}}) - named == set()
    assert all((repository / name).is_dir() for name in named)
