"""The examples run as their users run them, and say what is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import motifcount as mc
from motifcount.files import read_graph

pytestmark = pytest.mark.slow

PACKAGE = Path(mc.__file__).parent


@pytest.fixture
def run(repository, tmp_path):
    def run(*command):
        done = subprocess.run(
            [sys.executable, *command], cwd=repository / "examples", capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.subprocess
def test_compare_nulls(run, tmp_path):
    output = run("compare_nulls.py", "--samples", "50", "--output", tmp_path / "nulls.svg")
    counts = mc.count(mc.datasets.load("pendulum").drop_ineffective(), size=4)
    rows = dict(re.findall(r"^\| (\w+) \| ([\d,]+) \|", output, re.MULTILINE))
    assert rows == {name: f"{n:,}" for name, n in counts.items()}
    assert "</svg>" in (tmp_path / "nulls.svg").read_text()


@pytest.mark.subprocess
def test_package_imports(run, tmp_path):
    package = tmp_path / "package"
    (package / "inner").mkdir(parents=True)
    sources = {
        "__init__.py": "from package import top",
        "top.py": "import package.middle, os\nfrom .inner import leaf",
        "middle.py": "def late():\n    from package.inner import leaf as other",
        "inner/__init__.py": "",
        "inner/leaf.py": "from . import __name__",
        "inner/lone.py": "import sys",
    }
    for name, source in sources.items():
        (package / name).write_text(source)
    output = run("package_imports.py", package, tmp_path / "imports.svg")
    observed = {name: int(n) for name, n in re.findall(r"^  (\d\d\d\w?) +(\d+) ", output, re.MULTILINE)}
    arcs = [(0, 1), (1, 2), (1, 4), (2, 4), (4, 3)]
    assert observed == dict(mc.count(mc.Graph.from_edges(*zip(*arcs, strict=True), 6), size=3))
    assert "</svg>" in (tmp_path / "imports.svg").read_text()


@pytest.mark.subprocess
def test_package_imports_of_motifcount(run, tmp_path):
    first, second = (run("package_imports.py", PACKAGE, tmp_path / "imports.png") for _ in range(2))
    assert first == second
    assert int(re.search(r"^  030T +([\d,]+)", first, re.MULTILINE).group(1).replace(",", "")) > 20


@pytest.mark.subprocess
def test_train_pendulum(run, tmp_path):
    """Two short stages in place of nine long ones."""
    program = f"""
import sys
import train_pendulum as example
example.EPOCHS, example.N_TRAIN, example.N_VALIDATION = 1, 512, 512
example.SPARSITIES, example.MAX_RELATIVE_LOSS = (0, 0.5), 9
sys.argv[1:] = ["--output", {str(tmp_path / "net.npz")!r}]
example.main()
"""
    assert "saved sparsity 0.50" in run("-c", program)
    assert read_graph(tmp_path / "net.npz").n_edges == (6 * 96 + 96 * 96 + 96 * 48 + 48 * 4) // 2


@pytest.mark.subprocess
def test_digits_residual(run, tmp_path):
    """Two small networks of each kind, hardly trained: the table is that of the file, and means of z in it."""
    path = tmp_path / "digits.json"
    options = ["--networks", "2", "--epochs", "1", "--samples", "20", "--output", str(path)]
    program = f"""
import sys
import digits_residual as example
example.CHANNELS, example.BLOCKS, example.KEPT, example.BATCH_SIZE = 12, 2, (0.6, 0.35), 200
sys.argv[1:] = {options}
example.main()
"""
    output = run("-c", program)
    found = json.loads(path.read_text())
    rows = dict(re.findall(r"^(\w+) +((?:[+-][\d.]+ ± [\d.]+ +){3})", output, re.MULTILINE))
    assert len(rows) == 6
    for name, row in rows.items():
        means = [float(mean) for mean in re.findall(r"([+-][\d.]+) ±", row)]
        assert means == [round(sum(kind[name]) / 2, 2) for kind in found.values()], name
    assert all(0 <= share <= 1 for kind in found.values() for share in kind["test"])
